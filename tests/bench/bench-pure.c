/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* bench-pure request|answer 2.0|3.0 ours|limit N: does N times what is computed around one request of 20
 * directories: puts it together and signs it, or reads its answer. The limit is what GLib and JSON-GLib
 * take for the least that is needed: the hashes alone, or the parsing alone. It prints nothing; what it
 * costs is counted from outside. */

#include <stdlib.h>
#include <string.h>

#include <json-glib/json-glib.h>

#include "purge-api.h"

#define N_DIRECTORIES 20
#define SECRET "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE"

typedef struct {
  const char *name;
  const char *answer;
  guint       n_signed;       /* how many bytes are hashed that grow with the request */
  guint       n_short_hashes; /* and how many times something short is */
} Version;

static const Version versions[] = {
  [PURGE_API_KIND_2_0] = {
    "2.0",
    "{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\",\"data\":{\"count\":20,"
    "\"task_id\":\"1500000000123456789\"}}",
    1500, 0,
  },
  [PURGE_API_KIND_3_0] = {
    "3.0",
    "{\"Response\":{\"RequestId\":\"3c140219-cfe9-470e-b241-907877d6fb03\","
    "\"TaskId\":\"1500000000123456789\"}}",
    1200, 6,
  },
};

typedef void (*Work) (PurgeApi      *api,
                      const Version *version,
                      gpointer       data);

static void
sign (PurgeApi      *api,
      const Version *version,
      gpointer       data)
{
  g_autoptr (PurgeSecret) key = purge_secret_new (SECRET, -1);
  g_autoptr (PurgeCredentials) credentials = purge_credentials_new ("AKIDEXAMPLE", key, NULL);
  const PurgeCall call = {
    .urls = data, .mode = PURGE_MODE_ALL, .timestamp = 1500000000, .nonce = 1234567890,
    .kind = PURGE_KIND_DIRECTORY, .area = PURGE_AREA_NONE,
  };
  g_autoptr (PurgeRequest) request = purge_api_build_purge (api, &call, credentials, NULL);

  g_assert_nonnull (request);
}

static void
hash (PurgeApi      *api,
      const Version *version,
      gpointer       data)
{
  g_autofree char *text = g_strnfill (version->n_signed, 'a');
  g_autofree char *long_hash =
    g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) SECRET, strlen (SECRET), text, -1);

  for (guint i = 0; i < version->n_short_hashes; i++)
    {
      g_autofree char *hash =
        g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) SECRET, strlen (SECRET),
                                   long_hash, -1);

      g_assert_nonnull (hash);
    }
}

static void
read_answer (PurgeApi      *api,
             const Version *version,
             gpointer       data)
{
  g_autoptr (GBytes) body = g_bytes_new_static (version->answer, strlen (version->answer));
  g_autoptr (PurgeExchange) exchange = purge_exchange_new_answer (200, body);
  g_autoptr (PurgeOutcome) outcome = NULL;

  exchange->content_type = g_strdup ("application/json");
  outcome = purge_api_read_purge (api, exchange, N_DIRECTORIES);
  g_assert_cmpint (outcome->event, ==, PURGE_BATCH_EVENT_ACCEPTED);
}

static void
parse (PurgeApi      *api,
       const Version *version,
       gpointer       data)
{
  g_autoptr (JsonParser) parser = json_parser_new ();

  g_assert_true (json_parser_load_from_data (parser, version->answer, -1, NULL));
}

static GStrv
dup_urls (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < N_DIRECTORIES; i++)
    {
      g_autofree char *url = g_strdup_printf ("https://www.example.com/section/%u/images/", i);

      g_strv_builder_add (builder, url);
    }

  return g_strv_builder_end (builder);
}

static Work
find_work (const char *what,
           const char *whose)
{
  const gboolean ours = g_str_equal (whose, "ours");

  if (g_str_equal (what, "request"))
    return ours ? sign : hash;

  return ours ? read_answer : parse;
}

int
main (int    argc,
      char **argv)
{
  g_auto (GStrv) urls = dup_urls ();

  for (guint i = 0; argc == 5 && i < G_N_ELEMENTS (versions); i++)
    if (g_strcmp0 (versions[i].name, argv[2]) == 0)
      {
        g_autoptr (PurgeApi) api =
          purge_api_new (i, NULL, PURGE_FORM_POST, PURGE_SIGNATURE_HMAC_SHA256);

        for (guint n = strtoul (argv[4], NULL, 10); n > 0; n--)
          find_work (argv[1], argv[3]) (api, &versions[i], urls);
        return 0;
      }

  g_printerr ("bench-pure request|answer 2.0|3.0 ours|limit N\n");
  return 1;
}
