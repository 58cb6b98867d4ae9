/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Look-ups as text, to be compared with what a test expects. */

#define G_LOG_DOMAIN "look-up-text"

#include "config.h"

#include "look-up-text.h"

/**
 * look_up_text_new:
 * @look_up: a look-up
 *
 * Returns: (transfer full): all its records in one line: ids, kinds, statuses, times, URLs
 */
char *
look_up_text_new (const PurgeLookUp *look_up)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < look_up->records->len; i++)
    {
      const PurgeLogRecord *record = g_ptr_array_index (look_up->records, i);
      g_autofree char *urls = g_strjoinv (" ", record->urls);

      g_string_append_printf (text, "%s%s %s %d %" G_GINT64_FORMAT " %s", i > 0 ? "; " : "",
                              record->id, record->kind == PURGE_KIND_DIRECTORY ? "dir" : "url", record->status,
                              record->time, urls);
    }

  return g_string_free (text, FALSE);
}
