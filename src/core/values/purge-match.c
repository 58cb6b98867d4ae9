/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Whether a batch is in a server's log, beyond doubt. The log does not say whose a record is: others
 * purge with the same account at the same time. What it says is when, and what exactly. Knows no
 * wire format and no journal.
 *
 * What is taken for granted is that a purge has one entry, or one a host, all within a second. */

#define G_LOG_DOMAIN "purge-match"

#include "config.h"

#include "purge-match.h"

#include <string.h>

#include "purge-log-entry.h"

/* The entries of one purge are written in one go, which may be on both sides of a full second. */
#define ONE_GO_S 1

/* A batch as the log would have it. */
typedef struct
{
  PurgeUrlSet set;
  GArray     *shares; /* of PurgeUrlSet, one a host */
} Batch;

static void
clear_set (gpointer data)
{
  purge_url_set_clear (data);
}

static void
add_share (Batch      *batch,
           const char *host)
{
  PurgeUrlSet share;

  purge_url_set_init (&share);
  for (guint i = 0; i < batch->set.urls->len; i++)
    {
      const char *url = g_ptr_array_index (batch->set.urls, i);
      g_autofree char *other = purge_url_set_dup_host (url);

      if (strcmp (host, other) == 0)
        purge_url_set_add (&share, url);
    }
  purge_url_set_seal (&share);
  g_array_append_val (batch->shares, share);
}

static void
batch_init (Batch              *batch,
            const char * const *urls)
{
  purge_url_set_init (&batch->set);
  for (guint i = 0; urls[i] != NULL; i++)
    purge_url_set_add (&batch->set, urls[i]);
  purge_url_set_seal (&batch->set);

  batch->shares = g_array_new (FALSE, FALSE, sizeof (PurgeUrlSet));
  g_array_set_clear_func (batch->shares, clear_set);
  for (guint i = 0; i < batch->set.hosts->len; i++)
    add_share (batch, g_ptr_array_index (batch->set.hosts, i));
}

static void
batch_clear (Batch *batch)
{
  purge_url_set_clear (&batch->set);
  g_clear_pointer (&batch->shares, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Batch, batch_clear)

static const PurgeUrlSet *
get_share (const Batch *batch,
           guint        index)
{
  return &g_array_index (batch->shares, PurgeUrlSet, index);
}

static PurgeLogEntry *
get_entry (GPtrArray *entries,
           guint      index)
{
  return g_ptr_array_index (entries, index);
}

static PurgeLogEntry *
find_entry (GPtrArray         *entries,
            const PurgeUrlSet *set,
            gint64             since,
            gint64             until)
{
  for (guint i = 0; i < entries->len; i++)
    {
      PurgeLogEntry *entry = get_entry (entries, i);

      if (!entry->is_taken && entry->time >= since && entry->time <= until &&
          purge_url_set_is_equal (&entry->set, set))
        return entry;
    }

  return NULL;
}

/* The entries of one purge that is exactly the batch, an entry a host, or NULL. */
static GPtrArray *
find_shares (GPtrArray   *entries,
             const Batch *batch,
             gint64       since,
             gint64       until)
{
  g_autoptr (GPtrArray) group = g_ptr_array_new ();

  for (guint i = 0; i < batch->shares->len; i++)
    {
      PurgeLogEntry *entry = find_entry (entries, get_share (batch, i), since, until);

      if (entry == NULL)
        return NULL;
      g_ptr_array_add (group, entry);
    }

  return g_steal_pointer (&group);
}

static void
take (GPtrArray *groups,
      GPtrArray *group)
{
  for (guint i = 0; i < group->len; i++)
    get_entry (group, i)->is_taken = TRUE;
  g_ptr_array_add (groups, group);
}

/* A purge that has an entry a host. */
static void
take_divided (GPtrArray   *groups,
              GPtrArray   *entries,
              const Batch *batch,
              gint64       since,
              gint64       until)
{
  for (guint i = 0; i < entries->len; i++)
    {
      gint64 start = MAX (get_entry (entries, i)->time, since);
      GPtrArray *group;

      while ((group = find_shares (entries, batch, start, MIN (start + ONE_GO_S, until))) != NULL)
        take (groups, group);
    }
}

/* A purge that has one entry. */
static void
take_whole (GPtrArray   *groups,
            GPtrArray   *entries,
            const Batch *batch,
            gint64       since,
            gint64       until)
{
  PurgeLogEntry *entry;

  while ((entry = find_entry (entries, &batch->set, since, until)) != NULL)
    {
      GPtrArray *group = g_ptr_array_new ();

      g_ptr_array_add (group, entry);
      take (groups, group);
    }
}

/* Whether an entry could be of the same purge as another. */
static gboolean
belongs (const PurgeLogEntry *entry,
         const PurgeLogEntry *other)
{
  return ABS (entry->time - other->time) <= ONE_GO_S &&
         !purge_url_set_shares_host (&entry->set, &other->set);
}

/* Whether the group may be a piece of a larger purge: of a colleague who purged these directories
 * among others. */
static gboolean
is_doubtful (GPtrArray *group,
             GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const PurgeLogEntry *entry = get_entry (entries, i);

      for (guint j = 0; !entry->is_taken && j < group->len; j++)
        if (belongs (entry, get_entry (group, j)))
          return TRUE;
    }

  return FALSE;
}

static GPtrArray *
find_groups (GPtrArray   *entries,
             const Batch *batch,
             gint64       since,
             gint64       until)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  take_whole (groups, entries, batch, since, until);
  take_divided (groups, entries, batch, since, until);

  for (guint i = groups->len; i > 0; i--)
    if (is_doubtful (g_ptr_array_index (groups, i - 1), entries))
      g_ptr_array_remove_index (groups, i - 1);

  return groups;
}

/* A task that was asked for by its name: all that the log has of it, if that is exactly the batch. */
static GPtrArray *
find_task (const PurgeLookUp  *look_up,
           PurgeKind           kind,
           GPtrArray          *entries,
           const Batch        *batch,
           const char * const *claimed)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  PurgeUrlSet all;
  guint n_urls = 0;
  gboolean is_clean = TRUE;

  purge_url_set_init (&all);
  for (guint i = 0; i < look_up->records->len; i++)
    is_clean &= purge_log_entry_is_free (g_ptr_array_index (look_up->records, i), kind,
                                         claimed);
  for (guint i = 0; i < entries->len; i++)
    {
      const PurgeLogEntry *entry = get_entry (entries, i);

      n_urls += entry->set.urls->len;
      for (guint j = 0; j < entry->set.urls->len; j++)
        purge_url_set_add (&all, g_ptr_array_index (entry->set.urls, j));
    }
  purge_url_set_seal (&all);

  if (is_clean && n_urls == all.urls->len && purge_url_set_is_equal (&all, &batch->set))
    take (groups, g_ptr_array_ref (entries));
  purge_url_set_clear (&all);
  return groups;
}

static PurgeTaskStatus
get_status (GPtrArray *group)
{
  PurgeTaskStatus status = PURGE_TASK_DONE;

  for (guint i = 0; i < group->len; i++)
    status = purge_log_entry_join_status (status, get_entry (group, i)->status);

  return status;
}

/* Of several that are alike nobody can tell which is the batch: what is believed is what all say. */
static PurgeBatchEvent
get_event (GPtrArray *groups)
{
  PurgeTaskStatus status = get_status (g_ptr_array_index (groups, 0));

  for (guint i = 1; i < groups->len; i++)
    if (get_status (g_ptr_array_index (groups, i)) != status)
      return PURGE_BATCH_EVENT_ACCEPTED;

  return status == PURGE_TASK_DONE     ? PURGE_BATCH_EVENT_DONE
         : status == PURGE_TASK_FAILED ? PURGE_BATCH_EVENT_FAILED
                                       : PURGE_BATCH_EVENT_ACCEPTED;
}

static gint64
get_distance (GPtrArray *group,
              gint64     expected)
{
  gint64 distance = get_entry (group, 0)->time - expected;

  return ABS (distance);
}

static GPtrArray *
find_nearest (GPtrArray *groups,
              gint64     expected)
{
  GPtrArray *nearest = g_ptr_array_index (groups, 0);

  for (guint i = 1; i < groups->len; i++)
    {
      GPtrArray *group = g_ptr_array_index (groups, i);

      if (get_distance (group, expected) < get_distance (nearest, expected))
        nearest = group;
    }

  return nearest;
}

static GStrv
dup_ids (GPtrArray *group)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < group->len; i++)
    g_strv_builder_add (builder, get_entry (group, i)->id);

  return g_strv_builder_end (builder);
}

/**
 * purge_match_find:
 * @look_up: what a look-up found
 * @kind: what the batch consists of
 * @urls: (array zero-terminated=1): the directories or URLs of the batch, as they were sent
 * @since: the first second in which the server may have written it down, by the server's clock:
 *   %PURGE_MATCH_BEFORE_S before the time of the batch
 * @until: the last such second: %PURGE_MATCH_AFTER_S after the time of the batch
 * @claimed: (nullable) (array zero-terminated=1): the ids that are other batches
 * @n_rivals: how many other batches of the account could be found in the same records
 * @by_task: whether @look_up was asked for the batch's own task: then it has to be all of that, and
 *   neither @since, @until nor @n_rivals matter
 * @match: (out caller-allocates): what was found, to be cleared with purge_match_clear(); left alone
 *   where nothing was
 *
 * Looks for a batch in a log. It is there only if entries of its kind that nobody has claimed are
 * exactly its own, nothing less and nothing more, in one record or in one a host, within a second and within the
 * time of the batch, and if that is so more often than there are rivals. Records that stand beside
 * them in the same second and that could be of the same purge make it a different purge; a record
 * that shares a host with one of them could not. Records of the same id are one.
 *
 * It may be found where a stranger purged exactly the same directories within that time; no log can
 * tell that apart, and what was confirmed is purged then as well.
 *
 * Returns: whether it is there
 */
gboolean
purge_match_find (const PurgeLookUp  *look_up,
                  PurgeKind           kind,
                  const char * const *urls,
                  gint64              since,
                  gint64              until,
                  const char * const *claimed,
                  guint               n_rivals,
                  gboolean            by_task,
                  PurgeMatch         *match)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) groups = NULL;
  g_auto (Batch) batch = { { NULL } };

  g_return_val_if_fail (look_up != NULL, FALSE);
  g_return_val_if_fail (urls != NULL && urls[0] != NULL, FALSE);
  g_return_val_if_fail (match != NULL, FALSE);

  batch_init (&batch, urls);
  entries = purge_log_entry_list (look_up, kind, claimed);
  groups = by_task ? find_task (look_up, kind, entries, &batch, claimed)
                   : find_groups (entries, &batch, since, until);
  if (groups->len <= (by_task ? 0 : n_rivals))
    return FALSE;

  match->event = get_event (groups);
  match->ids = dup_ids (find_nearest (groups, by_task ? 0 : since + PURGE_MATCH_BEFORE_S));
  return TRUE;
}

/**
 * purge_match_is_absent:
 * @look_up: what a look-up found
 * @kind: what the batch consists of
 * @urls: (array zero-terminated=1): the directories or URLs of a batch
 *
 * A log in which none of them is, whoever purged them, has no trace of the batch.
 *
 * Returns: whether the log could be read and has none
 */
gboolean
purge_match_is_absent (const PurgeLookUp  *look_up,
                       PurgeKind           kind,
                       const char * const *urls)
{
  g_return_val_if_fail (look_up != NULL, FALSE);
  g_return_val_if_fail (urls != NULL, FALSE);

  for (guint i = 0; i < look_up->records->len; i++)
    {
      const PurgeLogRecord *record = g_ptr_array_index (look_up->records, i);

      for (guint j = 0; urls[j] != NULL; j++)
        if (record->kind == kind &&
            g_strv_contains ((const char * const *) record->urls, urls[j]))
          return FALSE;
    }

  return look_up->failure == NULL;
}

static gboolean
is_explained (const PurgeLogRecord *record,
              GHashTable           *others)
{
  for (guint i = 0; record->urls[i] != NULL; i++)
    if (!g_hash_table_contains (others, record->urls[i]))
      return FALSE;

  return record->urls[0] != NULL;
}

/**
 * purge_match_leave_out:
 * @look_up: what a look-up found; loses records
 * @others: (array zero-terminated=1): directories that other batches of about that time hold, and
 *   the batch does not
 *
 * Takes out of a log what other batches of one's own explain. Batches go out side by side, so that
 * the log has them in the same second; they would look like pieces of the same purge.
 */
void
purge_match_leave_out (PurgeLookUp        *look_up,
                       const char * const *others)
{
  g_autoptr (GHashTable) set = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_if_fail (look_up != NULL);
  g_return_if_fail (others != NULL);

  for (guint i = 0; others[i] != NULL; i++)
    g_hash_table_add (set, (gpointer) others[i]);

  for (guint i = look_up->records->len; i > 0; i--)
    if (is_explained (g_ptr_array_index (look_up->records, i - 1), set))
      g_ptr_array_remove_index (look_up->records, i - 1);
}

/**
 * purge_match_keep_only:
 * @look_up: what a look-up found; loses records
 * @ids: (array zero-terminated=1): the records that are known to be a batch
 *
 * Leaves of a log only the records in which a batch was found before. They are all of it then, as the
 * records of a task are.
 */
void
purge_match_keep_only (PurgeLookUp        *look_up,
                       const char * const *ids)
{
  g_return_if_fail (look_up != NULL);
  g_return_if_fail (ids != NULL);

  for (guint i = look_up->records->len; i > 0; i--)
    {
      const PurgeLogRecord *record = g_ptr_array_index (look_up->records, i - 1);

      if (!g_strv_contains (ids, record->id))
        g_ptr_array_remove_index (look_up->records, i - 1);
    }
}

/**
 * purge_match_clear:
 * @match: a match
 *
 * Frees what a match owns.
 */
void
purge_match_clear (PurgeMatch *match)
{
  g_clear_pointer (&match->ids, g_strfreev);
}
