/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Whether a request of API 3.0 is signed with the SecretKey: by TC3-HMAC-SHA256, made again from the
 * bytes and the headers that came, or as in API 2.0. Knows what is signed; how it is done is said in
 * purge-simulator-tc3.c and purge-simulator-signature.c. */

#define G_LOG_DOMAIN "purge-simulator-v3-signature"

#include "config.h"

#include "purge-simulator-signature.h"
#include "purge-simulator-tc3.h"
#include "purge-simulator-v3-private.h"

#include <string.h>

#define SERVICE "cdn"
#define UNSIGNED_PAYLOAD "UNSIGNED-PAYLOAD"

/* Nullable: the host without its port, where it has one. */
static char *
dup_host_without_port (const char *host)
{
  const char *colon = strrchr (host, ':');

  return colon != NULL && strchr (colon, ']') == NULL ? g_strndup (host, colon - host) : NULL;
}

/* The service is the first label of the host for the SDKs of Node.js, Java and PHP, whatever host
 * that is; for all others, and for the vendor's hosts, it is the product. */
static gboolean
is_service (const char *service,
            const char *host)
{
  g_autofree char *label = g_strndup (host, strcspn (host, "."));
  g_autofree char *bare = g_strndup (host, strcspn (host, ".:"));

  return g_str_equal (service, SERVICE) || g_str_equal (service, label)
         || g_str_equal (service, bare);
}

static gboolean
is_date_of (const char *date,
            const char *timestamp)
{
  g_autoptr (GDateTime) when =
    g_date_time_new_from_unix_utc (g_ascii_strtoll (timestamp, NULL, 10));
  g_autofree char *expected = g_date_time_format (when, "%Y-%m-%d");

  return g_str_equal (date, expected);
}

/* Nullable: the lines of the headers that were signed, or NULL where one of them did not come. The
 * type of the body is signed as it came, all else in small letters. */
static char *
make_headers (const PurgeSimulatorCall *call,
              const char * const       *names,
              const char               *host)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *value = purge_simulator_call_get_header (call, names[i]);
      g_autofree char *small = value != NULL ? g_ascii_strdown (value, -1) : NULL;

      if (value == NULL)
        return NULL;

      if (g_str_equal (names[i], "host"))
        value = host;
      else if (!g_str_equal (names[i], "content-type"))
        value = small;
      g_string_append_printf (lines, "%s:%s\n", names[i], value);
    }

  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static void
choose_payload (const PurgeSimulatorCall *call,
                PurgeSimulatorTc3Request *request)
{
  const char *declared = purge_simulator_call_get_header (call, "x-tc-content-sha256");

  request->payload = "";
  request->payload_length = 0;
  if (g_strcmp0 (declared, UNSIGNED_PAYLOAD) == 0)
    {
      request->payload = UNSIGNED_PAYLOAD;
      request->payload_length = strlen (UNSIGNED_PAYLOAD);
    }
  else if (g_str_equal (call->method, "POST"))
    request->payload = g_bytes_get_data (call->body, &request->payload_length);
}

static gboolean
is_signed_for (PurgeSimulatorV3Turn              *turn,
               const PurgeSimulatorAuthorization *authorization,
               const char                        *host)
{
  const PurgeSimulatorCall *call = turn->call;
  gboolean is_get = g_str_equal (call->method, "GET");
  g_autofree char *headers = make_headers (call, (const char * const *) authorization->names, host);
  g_autofree char *canonical = NULL;
  g_autofree char *text = NULL;
  g_autofree char *signature = NULL;
  PurgeSimulatorTc3Request request = {
    .method = call->method,
    .path = call->path,
    .query = is_get && call->query != NULL ? call->query : "",
    .headers = headers,
    .signed_headers = authorization->signed_headers,
  };

  if (headers == NULL)
    return FALSE;

  choose_payload (call, &request);
  canonical = purge_simulator_tc3_request (&request);
  text = purge_simulator_tc3_string (canonical,
                                     purge_simulator_v3_turn_get_common (turn, "Timestamp"),
                                     authorization->date, authorization->service);
  signature = purge_simulator_tc3_make (text, turn->state->secret_key, authorization->date,
                                        authorization->service);

  return g_str_equal (signature, authorization->signature);
}

static gboolean
is_form_signed_for (PurgeSimulatorV3Turn *turn,
                    const char           *host)
{
  const PurgeSimulatorCall *call = turn->call;
  g_autofree char *text = purge_simulator_signature_string (call->method, host, call->path,
                                                            turn->form);
  g_autofree char *signature =
    purge_simulator_signature_make (text, turn->state->secret_key,
                                    g_tree_lookup (turn->form, "SignatureMethod"));

  return g_str_equal (signature, purge_simulator_v3_turn_get_common (turn, "Signature"));
}

/**
 * purge_simulator_v3_is_signed:
 * @turn: a request with all its common parameters
 * @authorization: (nullable): its header Authorization, or %NULL where it is signed as in API 2.0
 *
 * Makes the signature again. SDKs disagree whether the port is a part of the host that they sign, so
 * either will do.
 *
 * Returns: whether it is the one that came
 */
gboolean
purge_simulator_v3_is_signed (PurgeSimulatorV3Turn              *turn,
                              const PurgeSimulatorAuthorization *authorization)
{
  const char *host = turn->call->host;
  g_autofree char *without_port = dup_host_without_port (host);

  if (authorization == NULL)
    return is_form_signed_for (turn, host)
           || (without_port != NULL && is_form_signed_for (turn, without_port));

  if (!is_service (authorization->service, host)
      || !is_date_of (authorization->date, purge_simulator_v3_turn_get_common (turn, "Timestamp")))
    return FALSE;

  return is_signed_for (turn, authorization, host)
         || (without_port != NULL && is_signed_for (turn, authorization, without_port));
}
