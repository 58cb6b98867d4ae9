/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Every module code on the vendor's page of errors, answered on demand. */

#include "purge-simulator-v2.h"

#include <string.h>

typedef struct {
  const char *code;
  const char *words;
} Words;

/* The page of RefreshCdnDir has other words for the first than the page of errors; the second is on
 * no page, but users saw it. */
static const Words own_words[] = {
  { "9110", "没有这个域名的信息 cdn no such host" },
  { "1012", "传参错误 invalid error code" },
};

static const char *
get_words (const char *code,
           const char *words)
{
  for (gsize i = 0; i < G_N_ELEMENTS (own_words); i++)
    {
      if (g_str_equal (own_words[i].code, code))
        return own_words[i].words;
    }

  return words;
}

/* To a request that is wrong in everything else. */
static void
check_answer (const char *code,
              const char *words)
{
  PurgeSimulatorOptions options = { .fail_code = code };
  g_autoptr (PurgeSimulatorState) state = purge_simulator_state_new (&options);
  PurgeSimulatorCall call = { .method = "GET", .host = "h", .path = PURGE_SIMULATOR_V2_PATH };
  g_autoptr (PurgeSimulatorAnswer) answer = purge_simulator_v2_answer (state, &call);
  const char *desc = g_str_equal (code, "1012") ? "\"InvalidParameter\"" : code;
  g_autofree char *expected =
    g_strdup_printf ("{\"code\":4000,\"message\":\"(%s)%s\",\"codeDesc\":%s}", code,
                     get_words (code, words), desc);

  g_assert_true (purge_simulator_v2_knows_error (code));
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (answer->body, ==, expected);
  g_assert_cmpint (json_node_get_int (answer->verdict), ==, 4000);
  g_assert_false (answer->executed);
}

static void
test_module_codes (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "module-codes-v2.tsv", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  guint n_codes = 0;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", 2);

      g_test_message ("%s", fields[0]);
      check_answer (fields[0], fields[1]);
      n_codes++;
    }

  g_assert_cmpuint (n_codes, ==, 135);
  check_answer ("1012", NULL);
}

static void
test_unknown_codes (void)
{
  const char * const codes[] = { "", "0", "1", "9999", "-1", "4100x", " 4100", "404",
                                 "4294971396", "LimitExceeded" };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_test_message ("%s", codes[i]);
      g_assert_false (purge_simulator_v2_knows_error (codes[i]));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/errors/module-codes", test_module_codes);
  g_test_add_func ("/errors/unknown-codes", test_unknown_codes);

  return g_test_run ();
}
