/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* One look-up. Knows when a batch must have been executed if it was, and the order of things: who
 * else may have purged the same, what the server's log says, what that proves, onto the disk. What
 * counts as proof is decided by the match. */

#define G_LOG_DOMAIN "purge-check"

#include "config.h"

#include "purge-check.h"

#include <glib/gi18n-lib.h>

#include "purge-error.h"
#include "purge-journal-look-up.h"
#include "purge-match.h"
#include "purge-skew.h"

typedef struct
{
  PurgeAccess  *access;
  PurgeBatch   *batch;
  GCancellable *cancellable;
  gint64        skew;
  gint64        since;
  gint64        until;
  GStrv         own;
  GStrv         claimed;
  GStrv         others;
  guint         n_rivals;
  gint64        sent;
  gboolean      corrected;
  gboolean      by_task;
  gboolean      only_absence;
  gboolean      absent;
  gboolean      found;
  PurgeMatch    match;
  PurgeOutcome *failure;
  gboolean      settled;
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  purge_access_unref (check->access);
  g_object_unref (check->batch);
  g_clear_object (&check->cancellable);
  g_strfreev (check->own);
  g_strfreev (check->claimed);
  g_strfreev (check->others);
  purge_match_clear (&check->match);
  g_clear_pointer (&check->failure, purge_outcome_unref);
  g_free (check);
}

static const char *
get_task_id (Check *check)
{
  PurgeOutcome *outcome = purge_batch_get_outcome (check->batch);

  return outcome != NULL ? outcome->answer.task_id : NULL;
}

/* Of a batch that was found in a log, the task is only the name of its first record; the server told
 * none. */
static gboolean
is_task_told (Check *check)
{
  return get_task_id (check) != NULL &&
         purge_batch_get_outcome (check->batch)->answer.raw != NULL;
}

/* Of a request that was lost nothing is known but what the look-up proves; what was said of one that
 * was accepted stays. */
static void
show_settled (Check           *check,
              PurgeBatchState  state)
{
  g_autoptr (PurgeOutcome) outcome = NULL;

  if (purge_batch_get_state (check->batch) == state)
    return;

  if (purge_batch_get_state (check->batch) == PURGE_BATCH_ACCEPTED)
    {
      outcome = purge_outcome_ref (purge_batch_get_outcome (check->batch));
    }
  else
    {
      outcome = purge_outcome_new (check->match.event, PURGE_CAUSE_NONE);
      outcome->answer.task_id = g_strdup (get_task_id (check));
    }

  check->settled = TRUE;
  purge_batch_set (check->batch, state, outcome);
}

static void
on_settled_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *check = g_task_get_task_data (task);
  GError *error = NULL;
  PurgeBatchState state;

  if (!purge_journal_settle_finish (PURGE_JOURNAL (source), result, &state, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (check->found)
    show_settled (check, state);
  g_task_return_boolean (task, TRUE);
}

static void
settle (GTask *task)
{
  PurgeWorkspace *workspace = g_task_get_source_object (task);
  Check *check = g_task_get_task_data (task);

  purge_journal_settle_async (purge_workspace_get_journal (workspace),
                              purge_batch_get_id (check->batch),
                              check->found ? &check->match : NULL, check->failure,
                              purge_clock_get_unix_time (purge_workspace_get_clock (workspace)),
                              NULL, on_settled_cb, g_object_ref (task));
}

/* The server's log is written by the server's clock, and so is a timestamp that was corrected; one
 * that was not is as far off as this computer is. */
static void
set_window (Check  *check,
            gint64  skew)
{
  const PurgeAttempt *attempt = purge_batch_get_attempt (check->batch);
  gboolean corrected = attempt->timestamp != attempt->started;
  gint64 executed = corrected ? attempt->timestamp : attempt->started + skew;

  check->skew = skew;
  check->since = executed - PURGE_MATCH_BEFORE_S;
  check->until = executed + PURGE_MATCH_AFTER_S;
}

static void begin (GTask *task);
static void look_up (GTask *task);

/* Nothing is purged by a look-up: where the clock turns out to be off, it is simply made again, with
 * the server's time and for the time that is meant. */
static gboolean
correct_clock (Check         *check,
               PurgeExchange *exchange,
               PurgeOutcome  *failure,
               gint64         now)
{
  gint64 skew;

  if (check->corrected || !purge_skew_measure (exchange, check->sent, now, &skew) ||
      ABS (skew - check->skew) <= PURGE_MATCH_BEFORE_S)
    return FALSE;

  check->corrected = TRUE;
  if (failure != NULL && purge_skew_explains (failure, skew - check->access->skew))
    check->access->skew = skew;
  set_window (check, skew);
  return TRUE;
}

static gboolean
match (Check       *check,
       PurgeLookUp *log,
       gboolean     is_all)
{
  return purge_match_find (log, purge_batch_get_kind (check->batch),
                           purge_batch_get_directories (check->batch), check->since, check->until,
                           (const char * const *) check->claimed, check->n_rivals, is_all,
                           &check->match);
}

/* In which records the batch is may be known already. */
static gboolean
find (Check       *check,
      PurgeLookUp *log)
{
  if (check->by_task)
    return match (check, log, TRUE);

  if (*check->own != NULL)
    {
      purge_match_keep_only (log, (const char * const *) check->own);
      return match (check, log, TRUE);
    }

  purge_match_leave_out (log, (const char * const *) check->others);
  return match (check, log, FALSE);
}

static void
on_looked_up_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeWorkspace *workspace = g_task_get_source_object (task);
  Check *check = g_task_get_task_data (task);
  g_autoptr (PurgeExchange) exchange =
    purge_transport_send_finish (PURGE_TRANSPORT (source), result);
  g_autoptr (PurgeLookUp) found = purge_api_read_look_up (check->access->api, exchange);
  gint64 now = purge_clock_get_unix_time (purge_workspace_get_clock (workspace));

  if (correct_clock (check, exchange, found->failure, now))
    {
      if (check->only_absence)
        look_up (task);
      else
        begin (task);
      return;
    }

  if (check->only_absence)
    {
      check->absent = purge_match_is_absent (found, purge_batch_get_kind (check->batch),
                                             purge_batch_get_directories (check->batch));
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (found->failure != NULL)
    check->failure = purge_outcome_ref (found->failure);
  else
    check->found = find (check, found);
  settle (task);
}

/* One second more at either end than counts, since a purge may be written down over two. A task id
 * that cannot be asked for, since it is none, is no reason not to ask. */
static PurgeRequest *
build (Check            *check,
       PurgeLookUpCall  *call,
       GError          **error)
{
  PurgeAccess *access = check->access;
  PurgeRequest *request = NULL;

  call->since = check->since - 1;
  call->until = check->until + 1;
  call->task_id = is_task_told (check) ? get_task_id (check) : NULL;
  if (call->task_id != NULL)
    request = purge_api_build_look_up (access->api, call, access->credentials, NULL);

  check->by_task = request != NULL;
  if (request != NULL)
    return request;

  call->task_id = NULL;
  return purge_api_build_look_up (access->api, call, access->credentials, error);
}

static void
look_up (GTask *task)
{
  PurgeWorkspace *workspace = g_task_get_source_object (task);
  PurgeClock *clock = purge_workspace_get_clock (workspace);
  Check *check = g_task_get_task_data (task);
  g_autoptr (PurgeRequest) request = NULL;
  PurgeLookUpCall call = {
    .timestamp = purge_access_get_time (check->access, workspace),
    .nonce = purge_clock_roll_new_nonce (clock),
    .kind = purge_batch_get_kind (check->batch),
  };
  GError *error = NULL;

  request = build (check, &call, &error);
  if (request == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  check->sent = purge_clock_get_unix_time (clock);
  purge_transport_send_async (purge_workspace_get_transport (workspace), request,
                              check->cancellable, on_looked_up_cb, g_object_ref (task));
}

static void
on_rivals_found_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *check = g_task_get_task_data (task);
  GError *error = NULL;

  if (!purge_journal_find_rivals_finish (PURGE_JOURNAL (source), result, &check->own,
                                         &check->claimed, &check->others, &check->n_rivals, &error))
    g_task_return_error (task, error);
  else
    look_up (task);
}

/* The timestamps of other batches may be by either clock, as the batch's own may. */
static void
begin (GTask *task)
{
  PurgeWorkspace *workspace = g_task_get_source_object (task);
  Check *check = g_task_get_task_data (task);
  gint64 timestamp = purge_batch_get_attempt (check->batch)->timestamp;

  g_clear_pointer (&check->own, g_strfreev);
  g_clear_pointer (&check->claimed, g_strfreev);
  g_clear_pointer (&check->others, g_strfreev);
  purge_journal_find_rivals_async (purge_workspace_get_journal (workspace),
                                   purge_batch_get_id (check->batch),
                                   MIN (check->since, timestamp - PURGE_MATCH_BEFORE_S),
                                   MAX (check->until, timestamp + PURGE_MATCH_AFTER_S),
                                   check->cancellable, on_rivals_found_cb, g_object_ref (task));
}

static GTask *
task_new (PurgeWorkspace      *workspace,
          gpointer             tag,
          PurgeAccess         *access,
          PurgeBatch          *batch,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  GTask *task = g_task_new (workspace, cancellable, callback, user_data);
  Check *check = g_new0 (Check, 1);

  check->access = purge_access_ref (access);
  check->batch = g_object_ref (batch);
  check->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, check, check_free);
  return task;
}

/**
 * purge_check_is_possible:
 * @batch: a batch
 *
 * Returns: whether the server can tell more of it: it is unknown, or accepted and not known to be done
 */
gboolean
purge_check_is_possible (PurgeBatch *batch)
{
  PurgeBatchState state;

  g_return_val_if_fail (PURGE_IS_BATCH (batch), FALSE);

  state = purge_batch_get_state (batch);
  return purge_batch_get_attempt (batch) != NULL &&
         (state == PURGE_BATCH_UNKNOWN || state == PURGE_BATCH_ACCEPTED);
}

/**
 * purge_check_async:
 * @workspace: what to work with
 * @access: who asks which API
 * @batch: a batch for which purge_check_is_possible()
 * @cancellable: (nullable): gives the look-up up
 * @callback: called in the main context
 * @user_data: for @callback
 *
 * Asks the server whether it executed a batch, or is done with it, and moves the batch where that is
 * proved beyond doubt.
 */
void
purge_check_async (PurgeWorkspace      *workspace,
                   PurgeAccess         *access,
                   PurgeBatch          *batch,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PURGE_IS_WORKSPACE (workspace));
  g_return_if_fail (access != NULL);
  g_return_if_fail (PURGE_IS_BATCH (batch));

  task = task_new (workspace, purge_check_async, access, batch, cancellable, callback, user_data);
  if (!purge_check_is_possible (batch))
    {
      g_task_return_new_error (task, PURGE_ERROR, PURGE_ERROR_NOT_FOUND, "%s",
                               _("The request is not in the state it was in, since it went on in "
                                 "another window. Load the submission again to see where it is."));
      return;
    }

  set_window (g_task_get_task_data (task), access->skew);
  begin (task);
}

/**
 * purge_check_finish:
 * @workspace: what was worked with
 * @result: what the callback was given
 * @settled: (out): whether more is known of the batch now
 * @failure: (out) (transfer full) (nullable): why the server could not tell, as an outcome of the
 *   look-up, or %NULL where it was asked well, whatever it found
 * @error: return location for %PURGE_ERROR_STORAGE, %PURGE_ERROR_NOT_FOUND where it has moved
 *   on, %PURGE_ERROR_EXISTS where the records were claimed for another batch meanwhile,
 *   or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the look-up was made and is on the disk
 */
gboolean
purge_check_finish (PurgeWorkspace  *workspace,
                    GAsyncResult    *result,
                    gboolean        *settled,
                    PurgeOutcome   **failure,
                    GError         **error)
{
  Check *check;

  g_return_val_if_fail (g_task_is_valid (result, workspace), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_check_async), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  check = g_task_get_task_data (G_TASK (result));
  *settled = check->settled;
  *failure = g_steal_pointer (&check->failure);
  return TRUE;
}

/**
 * purge_check_absence_async:
 * @workspace: what to work with
 * @access: who asks which API; its clock is right by now
 * @batch: a batch that is being sent
 * @cancellable: (nullable): gives the look-up up
 * @callback: called in the main context
 * @user_data: for @callback
 *
 * Asks the server whether it has any trace of a batch.
 */
void
purge_check_absence_async (PurgeWorkspace      *workspace,
                           PurgeAccess         *access,
                           PurgeBatch          *batch,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Check *check;

  g_return_if_fail (PURGE_IS_WORKSPACE (workspace));
  g_return_if_fail (access != NULL);
  g_return_if_fail (PURGE_IS_BATCH (batch) && purge_batch_get_attempt (batch) != NULL);

  task = task_new (workspace, purge_check_absence_async, access, batch, cancellable, callback,
                   user_data);
  check = g_task_get_task_data (task);
  check->only_absence = TRUE;
  set_window (check, access->skew);
  look_up (task);
}

/**
 * purge_check_absence_finish:
 * @workspace: what was worked with
 * @result: what the callback was given
 *
 * Returns: whether the server has none; %FALSE also where it could not be asked
 */
gboolean
purge_check_absence_finish (PurgeWorkspace *workspace,
                            GAsyncResult   *result)
{
  Check *check;

  g_return_val_if_fail (g_task_is_valid (result, workspace), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_check_absence_async), FALSE);

  check = g_task_get_task_data (G_TASK (result));
  return g_task_propagate_boolean (G_TASK (result), NULL) && check->absent;
}
