/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-secret.h"

#include <stdio.h>
#include <string.h>

static void
test_keeps_bytes (void)
{
  g_autoptr (PurgeSecret) secret = purge_secret_new ("k\0y", 3);
  PurgeSecret *other = purge_secret_ref (secret);

  g_assert_true (other == secret);
  g_assert_cmpmem (purge_secret_peek (secret), purge_secret_get_length (secret), "k\0y", 3);
  g_assert_cmpint (purge_secret_peek (secret)[3], ==, '\0');
  purge_secret_unref (other);
  g_assert_cmpmem (purge_secret_peek (secret), purge_secret_get_length (secret), "k\0y", 3);
}

static void
test_measures_strings (void)
{
  g_autoptr (PurgeSecret) secret = purge_secret_new ("12345", -1);
  g_autoptr (PurgeSecret) empty = purge_secret_new ("", -1);

  g_assert_cmpuint (purge_secret_get_length (secret), ==, 5);
  g_assert_cmpuint (purge_secret_get_length (empty), ==, 0);
}

static gboolean
page_has_flag (gconstpointer  address,
               const char    *flag)
{
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean inside = FALSE;

  g_assert_true (g_file_get_contents ("/proc/self/smaps", &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      guint64 from;
      guint64 to;

      if (sscanf (lines[i], "%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x ", &from, &to) == 2)
        inside = from <= (gsize) address && (gsize) address < to;
      else if (inside && g_str_has_prefix (lines[i], "VmFlags:"))
        return strstr (lines[i], flag) != NULL;
    }

  return FALSE;
}

static void
test_stays_out_of_dumps (void)
{
  g_autoptr (PurgeSecret) secret = purge_secret_new ("not in a core dump", -1);

  g_assert_true (page_has_flag (purge_secret_peek (secret), " dd"));
}

static void
test_wipes (void)
{
  char bytes[] = "secret";

  purge_secret_wipe (bytes, sizeof bytes);
  g_assert_cmpmem (bytes, sizeof bytes, "\0\0\0\0\0\0\0", 7);
  purge_secret_wipe (NULL, 7);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/secret/keeps-bytes", test_keeps_bytes);
  g_test_add_func ("/secret/measures-strings", test_measures_strings);
  g_test_add_func ("/secret/stays-out-of-dumps", test_stays_out_of_dumps);
  g_test_add_func ("/secret/wipes", test_wipes);

  return g_test_run ();
}
