/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-environment.h"

#include <sys/resource.h>

static void
test_drops_variables (void)
{
  const char *dropped[] = {
    "SSLKEYLOGFILE", "G_TLS_GNUTLS_PRIORITY", "SECRET_BACKEND", "SECRET_FILE_TEST_PATH",
    "SECRET_FILE_TEST_PASSWORD", "SECRET_SERVICE_BUS_NAME",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (dropped); i++)
    g_setenv (dropped[i], "evil", TRUE);
  g_setenv ("PURGE_TEST_BYSTANDER", "good", TRUE);

  purge_environment_harden ();

  for (gsize i = 0; i < G_N_ELEMENTS (dropped); i++)
    {
      g_test_message ("%s", dropped[i]);
      g_assert_null (g_getenv (dropped[i]));
    }
  g_assert_cmpstr (g_getenv ("PURGE_TEST_BYSTANDER"), ==, "good");
}

static void
test_forbids_core_dumps (void)
{
  struct rlimit limit;

  purge_environment_harden ();

  g_assert_cmpint (getrlimit (RLIMIT_CORE, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_cur, ==, 0);
  g_assert_cmpuint (limit.rlim_max, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/environment/drops-variables", test_drops_variables);
  g_test_add_func ("/environment/forbids-core-dumps", test_forbids_core_dumps);

  return g_test_run ();
}
