/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What is free between blocks that are in use goes back to the system, and what is in use stays. */

#include "config.h"

#include "purge-heap.h"

#include <string.h>
#include <unistd.h>

#include "sanitizer.h"

/* Too small to be mapped alone. */
#define BLOCK_SIZE 16384
#define N_BLOCKS 4096
#define HALF ((gsize) BLOCK_SIZE * N_BLOCKS / 2)

/* Bytes. */
static gsize
get_resident (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  words = g_strsplit (text, " ", 3);
  return g_ascii_strtoull (words[1], NULL, 10) * sysconf (_SC_PAGESIZE);
}

static gboolean
on_over_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
test_trim (void)
{
  g_autofree char **blocks = g_new (char *, N_BLOCKS);
  g_autofree char *last = NULL;
  gsize before;
  gboolean over = FALSE;

  for (guint i = 0; i < N_BLOCKS; i++)
    blocks[i] = g_strnfill (BLOCK_SIZE, 'x');
  last = g_strnfill (BLOCK_SIZE, 'y');
  for (guint i = 0; i < N_BLOCKS; i++)
    g_free (blocks[i]);
  before = get_resident ();

  purge_heap_trim_when_idle ();
  g_idle_add_full (G_PRIORITY_LOW + 1, on_over_cb, &over, NULL);
  g_assert_cmpuint (get_resident (), >, before - HALF);
  while (!over)
    g_main_context_iteration (NULL, TRUE);

#ifdef HAVE_MALLOC_TRIM
  if (!IS_SANITIZED)
    g_assert_cmpuint (get_resident (), <, before - HALF);
#endif
  g_assert_cmpuint (strspn (last, "y"), ==, BLOCK_SIZE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/heap/trim", test_trim);

  return g_test_run ();
}
