/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The history, as much of it as somebody has looked at. The journal searches, in its own thread: what
 * is asked last is what is shown. */

#define G_LOG_DOMAIN "purge-history"

#include "config.h"

#include "purge-history.h"

#include <string.h>

#include "purge-journal-history.h"

struct _PurgeHistory
{
  GObject         parent_instance;

  PurgeWorkspace *workspace;
  GPtrArray      *entries;
  char           *search;
  gint64          since;
  gint64          until;
  char           *failure;
  GCancellable   *loading;
  gboolean        complete;
};

typedef enum {
  PROP_LOADING = 1,
  PROP_FAILURE,
} PurgeHistoryProperty;

static GParamSpec *properties[PROP_FAILURE + 1];

static void purge_history_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PurgeHistory, purge_history, G_TYPE_OBJECT,
  G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, purge_history_list_model_init))

/* One page under way: after which submission, 0 for the first page, which replaces what is there. */
typedef struct {
  PurgeHistory *history;
  GCancellable *cancellable;
  gint64        after;
} Page;

static void
page_free (Page *page)
{
  g_object_unref (page->history);
  g_object_unref (page->cancellable);
  g_free (page);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, page_free)

static void
set_loading (PurgeHistory *self,
             GCancellable *cancellable)
{
  g_cancellable_cancel (self->loading);
  g_set_object (&self->loading, cancellable);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
set_failure (PurgeHistory *self,
             const char   *failure)
{
  if (g_strcmp0 (self->failure, failure) == 0)
    return;

  g_free (self->failure);
  self->failure = g_strdup (failure);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FAILURE]);
}

static gboolean
is_same (PurgeHistory                 *self,
         guint                         position,
         const PurgeSubmissionSummary *other)
{
  PurgeHistoryEntry *entry = g_ptr_array_index (self->entries, position);
  const PurgeSubmissionSummary *summary = purge_history_entry_get_summary (entry);

  return summary->id == other->id && summary->created == other->created &&
         summary->n_urls == other->n_urls && summary->n_hits == other->n_hits &&
         memcmp (&summary->tally, &other->tally, sizeof summary->tally) == 0 &&
         g_strcmp0 (summary->account_name, other->account_name) == 0;
}

/* What is as it was keeps its entry: a view that is looked at, or about to be clicked in, stays as it is. */
static void
replace_entries (PurgeHistory *self,
                 GPtrArray    *summaries)
{
  guint n_removed = self->entries->len;
  guint n_added = summaries->len;
  guint start = 0;

  while (start < MIN (n_removed, n_added) && is_same (self, start, summaries->pdata[start]))
    start++;
  while (MIN (n_removed, n_added) > start &&
         is_same (self, n_removed - 1, summaries->pdata[n_added - 1]))
    n_removed--, n_added--;

  n_removed -= start;
  n_added -= start;
  if (n_removed > 0)
    g_ptr_array_remove_range (self->entries, start, n_removed);
  for (guint i = start; i < start + n_added; i++)
    g_ptr_array_insert (self->entries, (int) i,
                        purge_history_entry_new (g_steal_pointer (&summaries->pdata[i])));

  if (n_removed + n_added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), start, n_removed, n_added);
}

static void
add_entries (PurgeHistory *self,
             GPtrArray    *summaries)
{
  guint position = self->entries->len;

  for (guint i = 0; i < summaries->len; i++)
    g_ptr_array_add (self->entries,
                     purge_history_entry_new (g_steal_pointer (&summaries->pdata[i])));

  if (summaries->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, 0, summaries->len);
}

static void
on_listed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Page) page = user_data;
  PurgeHistory *self = page->history;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) summaries =
    purge_journal_list_finish (PURGE_JOURNAL (source), result, &error);

  /* Something else was asked for meanwhile. */
  if (page->cancellable != self->loading)
    return;

  if (summaries != NULL)
    {
      self->complete = summaries->len < PURGE_HISTORY_PAGE;
      if (page->after == 0)
        replace_entries (self, summaries);
      else
        add_entries (self, summaries);
    }
  set_failure (self, error != NULL ? error->message : NULL);
  set_loading (self, NULL);
}

static void
load (PurgeHistory *self,
      gint64        after)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const PurgeHistoryQuery query = {
    self->search, self->since, self->until, after, PURGE_HISTORY_PAGE,
  };
  Page *page = g_new0 (Page, 1);

  page->history = g_object_ref (self);
  page->cancellable = g_object_ref (cancellable);
  page->after = after;
  set_loading (self, cancellable);
  purge_journal_list_async (purge_workspace_get_journal (self->workspace), &query, cancellable,
                            on_listed_cb, page);
}

static void
purge_history_dispose (GObject *object)
{
  PurgeHistory *self = PURGE_HISTORY (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (purge_history_parent_class)->dispose (object);
}

static void
purge_history_finalize (GObject *object)
{
  PurgeHistory *self = PURGE_HISTORY (object);

  g_free (self->search);
  g_free (self->failure);

  G_OBJECT_CLASS (purge_history_parent_class)->finalize (object);
}

static void
purge_history_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  PurgeHistory *self = PURGE_HISTORY (object);

  switch ((PurgeHistoryProperty) property_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading != NULL);
      break;
    case PROP_FAILURE:
      g_value_set_string (value, self->failure);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_history_class_init (PurgeHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = purge_history_dispose;
  object_class->finalize = purge_history_finalize;
  object_class->get_property = purge_history_get_property;

  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_FAILURE] = g_param_spec_string ("failure", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
purge_history_init (PurgeHistory *self)
{
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
}

static GType
purge_history_get_item_type (GListModel *model)
{
  return PURGE_TYPE_HISTORY_ENTRY;
}

static guint
purge_history_get_n_items (GListModel *model)
{
  GPtrArray *entries = PURGE_HISTORY (model)->entries;

  return entries != NULL ? entries->len : 0;
}

static gpointer
purge_history_get_item (GListModel *model,
                        guint       position)
{
  if (position >= purge_history_get_n_items (model))
    return NULL;

  return g_object_ref (g_ptr_array_index (PURGE_HISTORY (model)->entries, position));
}

static void
purge_history_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = purge_history_get_item_type;
  iface->get_n_items = purge_history_get_n_items;
  iface->get_item = purge_history_get_item;
}

/**
 * purge_history_new:
 * @workspace: an open workspace
 *
 * Returns: (transfer full): a history that has nothing yet; purge_history_reload() fills it
 */
PurgeHistory *
purge_history_new (PurgeWorkspace *workspace)
{
  PurgeHistory *self;

  g_return_val_if_fail (PURGE_IS_WORKSPACE (workspace), NULL);

  self = g_object_new (PURGE_TYPE_HISTORY, NULL);
  self->workspace = g_object_ref (workspace);
  return self;
}

/**
 * purge_history_reload:
 * @self: a history
 *
 * Begins anew with the newest submission. What is there stays until the first page has come.
 */
void
purge_history_reload (PurgeHistory *self)
{
  g_return_if_fail (PURGE_IS_HISTORY (self));

  load (self, 0);
}

/**
 * purge_history_load_more:
 * @self: a history
 *
 * Loads the next page, unless one is under way or there is none.
 */
void
purge_history_load_more (PurgeHistory *self)
{
  PurgeHistoryEntry *last;

  g_return_if_fail (PURGE_IS_HISTORY (self));

  if (self->loading != NULL || self->complete || self->entries->len == 0)
    return;

  last = g_ptr_array_index (self->entries, self->entries->len - 1);
  load (self, purge_history_entry_get_summary (last)->id);
}

/**
 * purge_history_set_search:
 * @self: a history
 * @text: (nullable): what has to be in a directory, byte for byte; nothing where empty
 *
 * Searches. The answer to what was searched for before is not waited for.
 */
void
purge_history_set_search (PurgeHistory *self,
                          const char   *text)
{
  g_return_if_fail (PURGE_IS_HISTORY (self));

  if (g_strcmp0 (self->search, text) == 0)
    return;

  g_free (self->search);
  self->search = g_strdup (text);
  load (self, 0);
}

/**
 * purge_history_set_period:
 * @self: a history
 * @since: UNIX seconds
 * @until: UNIX seconds, or 0
 *
 * Has only what was submitted from @since on and before @until; with two zeros, everything.
 */
void
purge_history_set_period (PurgeHistory *self,
                          gint64        since,
                          gint64        until)
{
  g_return_if_fail (PURGE_IS_HISTORY (self));

  if (self->since == since && self->until == until)
    return;

  self->since = since;
  self->until = until;
  load (self, 0);
}

/**
 * purge_history_get_search:
 * @self: a history
 *
 * Returns: (transfer none): what was searched for; empty where nothing was
 */
const char *
purge_history_get_search (PurgeHistory *self)
{
  g_return_val_if_fail (PURGE_IS_HISTORY (self), "");

  return self->search != NULL ? self->search : "";
}

/**
 * purge_history_get_loading:
 * @self: a history
 *
 * Returns: whether a page is under way
 */
gboolean
purge_history_get_loading (PurgeHistory *self)
{
  g_return_val_if_fail (PURGE_IS_HISTORY (self), FALSE);

  return self->loading != NULL;
}

/**
 * purge_history_get_failure:
 * @self: a history
 *
 * Returns: (transfer none) (nullable): why the last page could not be loaded, translated
 */
const char *
purge_history_get_failure (PurgeHistory *self)
{
  g_return_val_if_fail (PURGE_IS_HISTORY (self), NULL);

  return self->failure;
}

static void
drop (PurgeHistory *self,
      gint64        submission_id)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      PurgeHistoryEntry *entry = g_ptr_array_index (self->entries, i);

      if (purge_history_entry_get_summary (entry)->id != submission_id)
        continue;

      g_ptr_array_remove_index (self->entries, i);
      g_list_model_items_changed (G_LIST_MODEL (self), i, 1, 0);
      return;
    }
}

static void
on_removed_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  const gint64 *id = g_task_get_task_data (task);
  GError *error = NULL;

  if (purge_journal_remove_finish (PURGE_JOURNAL (source), result, &error))
    {
      drop (g_task_get_source_object (task), *id);
      g_task_return_boolean (task, TRUE);
    }
  else
    {
      g_task_return_error (task, error);
    }
}

static gint64
get_now (PurgeHistory *self)
{
  return purge_clock_get_unix_time (purge_workspace_get_clock (self->workspace));
}

/**
 * purge_history_remove_async:
 * @self: a history
 * @submission_id: one of its submissions
 * @callback: called in the main context
 * @user_data: for @callback
 *
 * Deletes a submission for ever; purge_history_remove_finish() says whether it is gone.
 */
void
purge_history_remove_async (PurgeHistory        *self,
                            gint64               submission_id,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (PURGE_IS_HISTORY (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, purge_history_remove_async);
  g_task_set_task_data (task, g_memdup2 (&submission_id, sizeof submission_id), g_free);
  purge_journal_remove_async (purge_workspace_get_journal (self->workspace), submission_id,
                              get_now (self), NULL, on_removed_cb, task);
}

static void
on_removed_before_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeHistory *self = g_task_get_source_object (task);
  GError *error = NULL;
  guint n_removed;

  if (!purge_journal_remove_before_finish (PURGE_JOURNAL (source), result, &n_removed, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (n_removed > 0 && self->entries->len > 0)
    load (self, 0);
  g_task_return_boolean (task, TRUE);
}

/**
 * purge_history_remove_before_async:
 * @self: a history
 * @time: UNIX seconds; G_MAXINT64 for all
 * @callback: called in the main context
 * @user_data: for @callback
 *
 * Deletes all submissions that were made before a time, for ever, but for those that are being sent;
 * purge_history_remove_finish() says whether they are gone.
 */
void
purge_history_remove_before_async (PurgeHistory        *self,
                                   gint64               time,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (PURGE_IS_HISTORY (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, purge_history_remove_async);
  purge_journal_remove_before_async (purge_workspace_get_journal (self->workspace), time,
                                     get_now (self), NULL, on_removed_before_cb, task);
}

/**
 * purge_history_remove_finish:
 * @self: a history
 * @result: what the callback was given
 * @error: return location for %PURGE_ERROR_NOT_FOUND, %PURGE_ERROR_INVALID_INPUT where it is being
 *   sent, %PURGE_ERROR_STORAGE or %PURGE_ERROR_STORAGE_DAMAGED
 *
 * Returns: whether it is gone from the disk
 */
gboolean
purge_history_remove_finish (PurgeHistory  *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_history_remove_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
