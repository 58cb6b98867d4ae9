/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What a log of purges has under one id. Knows no batch. */

#define G_LOG_DOMAIN "purge-log-entry"

#include "config.h"

#include "purge-log-entry.h"

#include <string.h>

static void
entry_free (gpointer data)
{
  PurgeLogEntry *entry = data;

  purge_url_set_clear (&entry->set);
  g_free (entry);
}

static PurgeLogEntry *
add_entry (GPtrArray            *entries,
           const PurgeLogRecord *record)
{
  PurgeLogEntry *entry = g_new0 (PurgeLogEntry, 1);

  entry->id = record->id;
  entry->time = record->time;
  entry->status = record->status;
  purge_url_set_init (&entry->set);
  g_ptr_array_add (entries, entry);
  return entry;
}

static void
add_record (PurgeLogEntry        *entry,
            const PurgeLogRecord *record)
{
  entry->time = MIN (entry->time, record->time);
  entry->status = purge_log_entry_join_status (entry->status, record->status);
  for (guint i = 0; record->urls[i] != NULL; i++)
    purge_url_set_add (&entry->set, record->urls[i]);
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const PurgeLogEntry *first = *(const PurgeLogEntry * const *) a;
  const PurgeLogEntry *second = *(const PurgeLogEntry * const *) b;

  if (first->time != second->time)
    return first->time < second->time ? -1 : 1;

  return strcmp (first->id, second->id);
}

/**
 * purge_log_entry_list:
 * @look_up: a look-up, which has to live as long as the entries
 * @kind: of which kind
 * @claimed: (nullable) (array zero-terminated=1): ids of records that are taken
 *
 * Returns: (transfer full) (element-type PurgeLogEntry): what of @kind is in the log that are nobody's
 *   yet, the oldest first
 */
GPtrArray *
purge_log_entry_list (const PurgeLookUp  *look_up,
                      PurgeKind           kind,
                      const char * const *claimed)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *entries = g_ptr_array_new_with_free_func (entry_free);

  for (guint i = 0; i < look_up->records->len; i++)
    {
      const PurgeLogRecord *record = g_ptr_array_index (look_up->records, i);
      PurgeLogEntry *entry = g_hash_table_lookup (by_id, record->id);

      if (!purge_log_entry_is_free (record, kind, claimed))
        continue;

      if (entry == NULL)
        {
          entry = add_entry (entries, record);
          g_hash_table_insert (by_id, record->id, entry);
        }
      add_record (entry, record);
    }

  for (guint i = 0; i < entries->len; i++)
    purge_url_set_seal (&((PurgeLogEntry *) g_ptr_array_index (entries, i))->set);
  g_ptr_array_sort (entries, compare_entries);
  return entries;
}

/**
 * purge_log_entry_is_free:
 * @record: a record
 * @kind: a kind
 * @claimed: (nullable) (array zero-terminated=1): ids of records that are taken
 *
 * Returns: whether it is of @kind, and not taken
 */
gboolean
purge_log_entry_is_free (const PurgeLogRecord *record,
                         PurgeKind             kind,
                         const char * const   *claimed)
{
  return record->kind == kind &&
         (claimed == NULL || !g_strv_contains (claimed, record->id));
}

/**
 * purge_log_entry_join_status:
 * @a: how far a part of a purge has come
 * @b: how far another has
 *
 * Returns: how far both have: failed is worse than running, and that is worse than done
 */
PurgeTaskStatus
purge_log_entry_join_status (PurgeTaskStatus a,
                             PurgeTaskStatus b)
{
  if (a == PURGE_TASK_FAILED || b == PURGE_TASK_FAILED)
    return PURGE_TASK_FAILED;

  return a == PURGE_TASK_RUNNING ? a : b;
}
