/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Any bytes as a list of directories and URLs: what comes out for sending is what they may be, no
 * line brings down another, and what is written of it is read as it was. */

#include <string.h>

#include "purge-notation.h"
#include "purge-reading.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

static gboolean
is_directory (const char *url)
{
  return strchr (url, '?') == NULL && g_str_has_suffix (url, "/");
}

static void
check_url (const char *url,
           PurgeKind   kind)
{
  g_autoptr (GString) again = g_string_new (NULL);
  PurgeMends mends;

  g_assert_cmpuint (strlen (url), <=, PURGE_DIRECTORY_MAX_BYTES);
  g_assert_true (g_str_has_prefix (url, "https://") || g_str_has_prefix (url, "http://"));
  g_assert_true (kind == PURGE_KIND_URL || is_directory (url));
  g_assert_null (strpbrk (url, " \"#*<>\\^`{|}"));
  g_assert_null (g_strstr_len (url, strcspn (url, "?"), "/../"));
  for (const char *p = url; *p != '\0'; p++)
    g_assert_true (g_ascii_isprint (*p));

  g_assert_cmpint (purge_directory_judge (url, -1, kind, again, &mends), ==,
                   PURGE_PROBLEM_NONE);
  g_assert_cmpstr (again->str, ==, url);
  g_assert_cmpint (mends, ==, PURGE_MENDS_NONE);
}

static void
check_problem (const PurgeReadingItem *item)
{
  g_autofree char *suggestion = purge_directory_suggest (item->text, item->kind, item->problem);
  g_autofree char *sentence = purge_problem_dup_sentence (item->problem, item->text);

  g_assert_null (item->url);
  g_assert_cmpuint (item->duplicate_of, ==, 0);
  g_assert_nonnull (sentence);
  if (suggestion != NULL)
    check_url (suggestion, item->kind);
}

static void
check_item (const PurgeReadingItem *item,
            GHashTable             *seen)
{
  g_autofree char *written = NULL;

  g_assert_cmpuint (item->line, >, 0);
  g_assert_true (g_utf8_validate (item->text, -1, NULL));
  if (item->problem != PURGE_PROBLEM_NONE)
    {
      check_problem (item);
      return;
    }

  check_url (item->url, item->kind);
  if (item->mends == PURGE_MENDS_NONE)
    g_assert_cmpstr (item->text, ==, item->url);
  written = purge_notation_write (item->kind, item->url);
  g_assert_cmpint (item->duplicate_of == 0, ==, !g_hash_table_contains (seen, written));
  g_hash_table_add (seen, g_steal_pointer (&written));
}

/* As a list is kept: one entry a line, as it is shown. What is too long is cut, and nothing begins
 * with a byte order mark. */
static void
check_again (PurgeReading *reading)
{
  GString *text = g_string_new ("\n");
  g_autoptr (PurgeReading) again = NULL;
  gsize length;

  for (guint i = 0; i < purge_reading_get_n_items (reading); i++)
    {
      const PurgeReadingItem *item = purge_reading_get_item (reading, i);
      g_autofree char *line = purge_notation_write (item->kind, item->text);

      g_string_append_printf (text, "%s\n", line);
    }

  length = text->len;
  again = purge_reading_new_take_lines (g_string_free (text, FALSE), length);
  g_assert_cmpuint (purge_reading_get_n_items (again), ==, purge_reading_get_n_items (reading));
  for (guint i = 0; i < purge_reading_get_n_items (reading); i++)
    {
      const PurgeReadingItem *item = purge_reading_get_item (reading, i);
      const PurgeReadingItem *other = purge_reading_get_item (again, i);

      if (strlen (item->text) > PURGE_LINE_MAX_BYTES)
        continue;

      g_assert_cmpint (other->kind, ==, item->kind);
      g_assert_cmpstr (other->text, ==, item->text);
      g_assert_cmpstr (other->url, ==, item->url);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  char *text = g_malloc (size + 1);
  g_autoptr (PurgeReading) reading = NULL;

  if (size > 0)
    memcpy (text, data, size);

  reading = purge_reading_new_take (text, size);
  for (guint i = 0; i < purge_reading_get_n_items (reading); i++)
    check_item (purge_reading_get_item (reading, i), seen);

  /* A list refuses a text with NUL. */
  if (memchr (data, '\0', size) == NULL)
    check_again (reading);

  return 0;
}
