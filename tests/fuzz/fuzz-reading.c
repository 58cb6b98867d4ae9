/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Any bytes as a list of directories: what comes out for sending is what a directory may be, and no
 * line brings down another. */

#include <string.h>

#include "purge-reading.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

static void
check_directory (const char *url)
{
  g_autoptr (GString) again = g_string_new (NULL);
  PurgeMends mends;

  g_assert_cmpuint (strlen (url), <=, PURGE_DIRECTORY_MAX_BYTES);
  g_assert_true (g_str_has_prefix (url, "https://") || g_str_has_prefix (url, "http://"));
  g_assert_true (g_str_has_suffix (url, "/"));
  g_assert_null (strpbrk (url, " \"#*<>?\\^`{|}"));
  g_assert_null (strstr (url, "/../"));
  for (const char *p = url; *p != '\0'; p++)
    g_assert_true (g_ascii_isprint (*p));

  g_assert_cmpint (purge_directory_judge (url, -1, PURGE_KIND_DIRECTORY, again, &mends), ==,
                   PURGE_PROBLEM_NONE);
  g_assert_cmpstr (again->str, ==, url);
  g_assert_cmpint (mends, ==, PURGE_MENDS_NONE);
}

static void
check_problem (const PurgeReadingItem *item)
{
  g_autofree char *suggestion = purge_directory_suggest (item->text, PURGE_KIND_DIRECTORY,
                                                         item->problem);
  g_autofree char *sentence = purge_problem_dup_sentence (item->problem, item->text);

  g_assert_null (item->url);
  g_assert_cmpuint (item->duplicate_of, ==, 0);
  g_assert_nonnull (sentence);
  if (suggestion != NULL)
    check_directory (suggestion);
}

static void
check_item (const PurgeReadingItem *item,
            GHashTable             *seen)
{
  g_assert_cmpuint (item->line, >, 0);
  g_assert_true (g_utf8_validate (item->text, -1, NULL));
  if (item->problem != PURGE_PROBLEM_NONE)
    {
      check_problem (item);
      return;
    }

  check_directory (item->url);
  if (item->mends == PURGE_MENDS_NONE)
    g_assert_cmpstr (item->text, ==, item->url);
  g_assert_cmpint (item->duplicate_of == 0, ==, g_hash_table_add (seen, (char *) item->url));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  char *text = g_malloc (size + 1);
  g_autoptr (PurgeReading) reading = NULL;

  if (size > 0)
    memcpy (text, data, size);

  reading = purge_reading_new_take (text, size);
  for (guint i = 0; i < purge_reading_get_n_items (reading); i++)
    check_item (purge_reading_get_item (reading, i), seen);

  return 0;
}
