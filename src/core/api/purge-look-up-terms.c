/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What the logs of Tencent's APIs have in common: ids, times, and that they are lists. Knows no API. */

#define G_LOG_DOMAIN "purge-look-up-terms"

#include "config.h"

#include "purge-look-up-terms.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "purge-error.h"

#define DATE_FORMAT "%Y-%m-%d %H:%M:%S"

/* The documents name no time zone; it is that of whoever wrote them, which has had no daylight
 * saving since 1991. */
#define ZONE "+08:00"
#define SECONDS_EAST (8 * 60 * 60)

/* The end of the year 9999 there. */
#define LAST_SECOND G_GINT64_CONSTANT (253402271999)

/* A task id is what a server once called it. Nothing else goes into a request: a line end would
 * break out of a multipart body, and a “@” is not signed. */
#define LONGEST_ID 64

/**
 * purge_look_up_terms_is_id:
 * @id: what is said to be the id of a purge
 *
 * Returns: whether it is one
 */
gboolean
purge_look_up_terms_is_id (const char *id)
{
  gsize length = strlen (id);

  if (length == 0 || length > LONGEST_ID)
    return FALSE;

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (id[i]) && strchr ("._-", id[i]) == NULL)
      return FALSE;

  return TRUE;
}

/**
 * purge_look_up_terms_dup_date:
 * @unix_seconds: a time
 *
 * Returns: (transfer full): that time as logs have it
 */
char *
purge_look_up_terms_dup_date (gint64 unix_seconds)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (unix_seconds + SECONDS_EAST);

  return g_date_time_format (date, DATE_FORMAT);
}

/**
 * purge_look_up_terms_read_date:
 * @text: a time as logs have it
 * @unix_seconds: (out): that time; left alone where it is none
 *
 * Returns: whether it is one, to the letter
 */
gboolean
purge_look_up_terms_read_date (const char *text,
                               gint64     *unix_seconds)
{
  g_autofree char *iso = g_strconcat (text, ZONE, NULL);
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (iso, NULL);
  g_autofree char *again = date != NULL ? g_date_time_format (date, DATE_FORMAT) : NULL;

  /* ISO 8601 has more ways to write a date than the log has. */
  if (g_strcmp0 (again, text) != 0)
    return FALSE;

  *unix_seconds = g_date_time_to_unix (date);
  return TRUE;
}

/**
 * purge_look_up_terms_check:
 * @call: what is asked for
 * @error: return location for %PURGE_ERROR_INVALID_INPUT with a translated sentence
 *
 * Returns: whether that can be asked for
 */
gboolean
purge_look_up_terms_check (const PurgeLookUpCall  *call,
                           GError                **error)
{
  if (call->task_id != NULL && !purge_look_up_terms_is_id (call->task_id))
    {
      g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
                           _("What Tencent called this purge cannot be looked up. Look for its "
                             "directories in the purge history of the Tencent Cloud console."));
      return FALSE;
    }

  if (call->task_id == NULL &&
      (call->since < 0 || call->until < call->since || call->until > LAST_SECOND))
    {
      g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
                           _("The time of this purge cannot be looked up. Check the clock of this "
                             "computer."));
      return FALSE;
    }

  return TRUE;
}

/**
 * purge_look_up_terms_read_list:
 * @look_up: what the records are added to
 * @list: (nullable): what is said to be a list of records
 * @read_record: reads one
 * @problem: (out): what is wrong, in developer's English; static
 *
 * Returns: whether it is a list, and every one of its records was read
 */
gboolean
purge_look_up_terms_read_list (PurgeLookUp      *look_up,
                               JsonNode         *list,
                               PurgeReadRecord   read_record,
                               const char      **problem)
{
  JsonArray *records;
  guint n_records;

  *problem = "no list of records";
  if (list == NULL || !JSON_NODE_HOLDS_ARRAY (list))
    return FALSE;

  records = json_node_get_array (list);
  n_records = json_array_get_length (records);
  for (guint i = 0; i < n_records; i++)
    {
      PurgeLogRecord *record = read_record (json_array_get_element (records, i), problem);

      if (record == NULL)
        return FALSE;
      g_ptr_array_add (look_up->records, record);
    }

  return TRUE;
}
