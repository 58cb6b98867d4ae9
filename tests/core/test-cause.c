/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-cause.h"

/* The names are stored: a new version must read what an old one wrote. */
static void
test_names (void)
{
  static const char * const names[] = {
    "none", "refused-by-api", "too-many-requests", "redirected", "http-refused", "name-lookup",
    "no-connection", "connect-timeout", "proxy", "tls-failed", "certificate", "tls-too-old",
    "cancelled-before", "connection-lost", "timeout", "answer-too-long", "answer-encoded",
    "answer-unclear", "web-page", "server-error", "server-internal", "restarted",
    "cancelled-after", "fewer-accepted", "replay", "clock", "program-ended", "queue-stopped",
    "not-recorded",
  };
  GEnumClass *causes = g_type_class_ref (PURGE_TYPE_CAUSE);

  g_assert_cmpuint (G_N_ELEMENTS (names), ==, causes->n_values);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      PurgeCause cause;

      g_assert_cmpstr (purge_cause_to_string (causes->values[i].value), ==, names[i]);
      g_assert_true (purge_cause_from_string (names[i], &cause));
      g_assert_cmpint (cause, ==, causes->values[i].value);
    }
  g_type_class_unref (causes);
}

static void
test_other_names (void)
{
  static const char * const names[] = { NULL, "", "None", "timeout ", "time", "4100" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      PurgeCause cause = PURGE_CAUSE_PROXY;

      g_assert_false (purge_cause_from_string (names[i], &cause));
      g_assert_cmpint (cause, ==, PURGE_CAUSE_PROXY);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cause/names", test_names);
  g_test_add_func ("/cause/other-names", test_other_names);

  return g_test_run ();
}
