/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* From a button of the results to what is done about a submission of before: what could be done, what
 * has to be asked first, and why it came to nothing. */

#define G_LOG_DOMAIN "purge-follow-up"

#include "config.h"

#include "purge-follow-up.h"

#include <glib/gi18n-lib.h>

#include "purge-asking.h"
#include "purge-dialogs.h"
#include "purge-explanation.h"
#include "purge-format.h"

#define ANSWER_SEND "send"

/* What a person is about to do; it does not change while the question is open. */
typedef struct {
  GtkWidget     *widget;
  PurgeSession  *session;
  PurgeJob      *job;
  PurgeFollowUp  what;
  PurgeBatch    *batch;
} Intent;

static void
intent_free (Intent *self)
{
  g_object_unref (self->widget);
  g_object_unref (self->session);
  g_object_unref (self->job);
  g_clear_object (&self->batch);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Intent, intent_free)

static GtkWindow *
get_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return root != NULL ? GTK_WINDOW (root) : NULL;
}

/**
 * purge_follow_up_is_idle:
 * @session: a session
 *
 * Returns: whether something can be done about the submission that is shown: it has its account, and
 *   nobody is at work on it, neither here nor in another instance of the program
 */
gboolean
purge_follow_up_is_idle (PurgeSession *session)
{
  PurgeJob *job = purge_session_get_job (session);

  return job != NULL && purge_job_get_account (job) != NULL && !purge_session_get_sending (session) &&
         !purge_job_get_running (job) && purge_job_count (job, PURGE_BATCH_SENDING) == 0;
}

/**
 * purge_follow_up_count:
 * @session: a session
 * @what: %PURGE_FOLLOW_UP_RESUME or %PURGE_FOLLOW_UP_RETRY
 *
 * Returns: how many directories that would send now; 0 where there is nothing to do, or it cannot be
 *   done
 */
guint
purge_follow_up_count (PurgeSession  *session,
                       PurgeFollowUp  what)
{
  PurgeJob *job = purge_session_get_job (session);
  guint n_waiting, n_refused;

  if (!purge_follow_up_is_idle (session))
    return 0;

  n_waiting = purge_job_count (job, PURGE_BATCH_WAITING);
  n_refused = purge_job_count (job, PURGE_BATCH_REJECTED) + purge_job_count (job, PURGE_BATCH_FAILED);
  if (what == PURGE_FOLLOW_UP_RESUME)
    return n_waiting;

  return n_refused > 0 ? n_refused + n_waiting : 0;
}

/**
 * purge_follow_up_can_check:
 * @session: a session
 *
 * Returns: whether the server can be asked now what became of something
 */
gboolean
purge_follow_up_can_check (PurgeSession *session)
{
  PurgeJob *job = purge_session_get_job (session);

  return purge_follow_up_is_idle (session) && !purge_job_get_checking (job) &&
         purge_job_can_check (job);
}

/* What waits is sent in any case. */
static gboolean
would_send (Intent     *self,
            PurgeBatch *batch)
{
  PurgeBatchState state = purge_batch_get_state (batch);

  if (purge_batch_get_successor (batch) != 0)
    return FALSE;

  return batch == self->batch || state == PURGE_BATCH_WAITING ||
         (self->what == PURGE_FOLLOW_UP_RETRY &&
          (state == PURGE_BATCH_REJECTED || state == PURGE_BATCH_FAILED));
}

static PurgeOrder *
new_order (Intent *self)
{
  PurgeSubmission *submission = purge_job_get_submission (self->job);
  g_autoptr (GStrvBuilder) directories = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) urls = g_strv_builder_new ();
  g_auto (GStrv) all_directories = NULL;
  g_auto (GStrv) all_urls = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->job)); i++)
    {
      g_autoptr (PurgeBatch) batch = g_list_model_get_item (G_LIST_MODEL (self->job), i);

      if (would_send (self, batch))
        g_strv_builder_addv (purge_batch_get_kind (batch) == PURGE_KIND_URL ? urls : directories,
                             (const char **) purge_batch_get_directories (batch));
    }

  all_directories = g_strv_builder_end (directories);
  all_urls = g_strv_builder_end (urls);
  return purge_order_new (submission->mode, submission->area,
                          (const char * const *) all_directories, (const char * const *) all_urls);
}

static PurgeQuestion *
new_question (Intent *self)
{
  g_autoptr (PurgeOrder) order = new_order (self);
  PurgeQuotas *quotas = purge_session_get_quotas (self->session);
  PurgeLimits limits;

  purge_quota_meter_get_limits (purge_quotas_get_job_meter (quotas), &limits);
  return purge_question_new (order, &limits);
}

static const char *
get_failure_heading (PurgeFollowUp what)
{
  /* What the server did with a request that went out again is on the disk, or is not. */
  return what == PURGE_FOLLOW_UP_SEND_AGAIN ? _("Sending Again Failed") : _("Nothing Was Sent");
}

static void
tell (GtkWidget    *widget,
      const char   *heading,
      const GError *error)
{
  g_autofree char *sentence = purge_explanation_for_error (error);
  GtkWindow *window = get_window (widget);

  if (window != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    purge_dialogs_tell (window, heading, sentence);
}

static void
on_done_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Intent) intent = user_data;
  g_autoptr (GError) error = NULL;

  if (!purge_session_follow_up_finish (PURGE_SESSION (source), result, &error))
    tell (intent->widget, get_failure_heading (intent->what), error);
}

/* While it was asked, another instance or a look-up may have settled it: the journal has the last
 * word. */
static void
act (Intent *intent)
{
  if (!purge_follow_up_is_idle (intent->session) ||
      purge_session_get_job (intent->session) != intent->job)
    {
      intent_free (intent);
      return;
    }

  purge_session_follow_up_async (intent->session, intent->what, intent->batch, on_done_cb, intent);
}

static void
on_asked_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Intent) intent = user_data;

  if (purge_asking_run_finish (GTK_WINDOW (source), result) != PURGE_ASKING_NO)
    act (g_steal_pointer (&intent));
}

static void
on_risk_answered_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (Intent) intent = user_data;
  g_autofree char *answer = purge_dialogs_ask_finish (GTK_WINDOW (source), result, NULL);

  if (g_strcmp0 (answer, ANSWER_SEND) == 0)
    act (g_steal_pointer (&intent));
}

static char *
dup_twice (PurgeKind kind,
           guint     n)
{
  if (kind == PURGE_KIND_URL)
    return g_strdup_printf (ngettext ("It may have been purged already. Then it is purged twice, and "
                                      "takes %u URL of the quota a second time.",
                                      "They may have been purged already. Then they are purged "
                                      "twice, and take %u URLs of the quota a second time.", n), n);

  return g_strdup_printf (ngettext ("It may have been purged already. Then it is purged twice, and "
                                    "takes %u directory of the quota a second time.",
                                    "They may have been purged already. Then they are purged twice, "
                                    "and take %u directories of the quota a second time.", n), n);
}

static char *
dup_waiting (const PurgeQuestion *question,
             PurgeKind            kind,
             guint                n)
{
  guint left[PURGE_N_KINDS];
  g_autofree char *entries = NULL;

  for (guint i = 0; i < PURGE_N_KINDS; i++)
    left[i] = question->n[i] - (i == kind ? n : 0);
  entries = purge_format_entries (left);
  /* Translators: %s is what waits, "37 directories, 12 URLs" */
  return g_strdup_printf (_("What waits is sent as well: %s."), entries);
}

static void
append_left (GString          *body,
             const PurgeLimit *limit)
{
  g_string_append_c (body, '\n');
  if (limit->from_server)
    g_string_append_printf (body, ngettext ("%u directory is left today, Tencent says.",
                                            "%u directories are left today, Tencent says.",
                                            limit->left), limit->left);
  else
    g_string_append_printf (body, ngettext ("%u directory is left today, by this computer’s count.",
                                            "%u directories are left today, by this computer’s "
                                            "count.", limit->left), limit->left);
}

static char *
dup_risk (Intent              *self,
          const PurgeQuestion *question)
{
  guint n = purge_batch_get_n_directories (self->batch);
  PurgeKind kind = purge_batch_get_kind (self->batch);
  guint n_waiting = question->n[PURGE_KIND_DIRECTORY] + question->n[PURGE_KIND_URL] - n;
  PurgeLimit limit = question->limits.of[PURGE_KIND_DIRECTORY];
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *twice = dup_twice (kind, n);
  g_autofree char *asked = purge_question_dup_body (question);

  g_string_append (body, twice);
  if (kind == PURGE_KIND_DIRECTORY && limit.left != G_MAXUINT &&
      (question->reasons & PURGE_ASK_HALF_OF_QUOTA) == 0)
    append_left (body, &limit);
  if (n_waiting > 0)
    {
      g_autofree char *waiting = dup_waiting (question, kind, n);

      g_string_append_printf (body, "\n%s", waiting);
    }
  g_string_append_printf (body, "\n\n%s", asked);

  return g_string_free (g_steal_pointer (&body), FALSE);
}

/* Always asked, and Return says no. */
static void
ask_about_risk (Intent              *intent,
                const PurgeQuestion *question)
{
  guint n = purge_batch_get_n_directories (intent->batch);
  g_autofree char *heading =
    purge_batch_get_kind (intent->batch) == PURGE_KIND_URL
      ? g_strdup_printf (ngettext ("Send %u URL as New?", "Send %u URLs as New?", n), n)
      : g_strdup_printf (ngettext ("Send %u Directory as New?", "Send %u Directories as New?", n), n);
  g_autofree char *body = dup_risk (intent, question);
  PurgeDialogResponse send = { ANSWER_SEND, _("_Send as New"), ADW_RESPONSE_DESTRUCTIVE };

  purge_dialogs_ask_async (get_window (intent->widget), &(PurgeDialogQuestion) {
                             .heading = heading,
                             .body = body,
                             .cancel_label = _("_Cancel"),
                             .responses = &send,
                             .n_responses = 1,
                             .default_id = PURGE_DIALOGS_CANCEL,
                           }, NULL, on_risk_answered_cb, intent);
}

/**
 * purge_follow_up_run:
 * @widget: the widget that was pressed
 * @session: a session that shows a submission
 * @what: what to do about it
 * @batch: (nullable): about which batch, where it is about one
 *
 * Does it, after a question where one should be asked. Where nothing can be done, nothing happens.
 */
void
purge_follow_up_run (GtkWidget     *widget,
                     PurgeSession  *session,
                     PurgeFollowUp  what,
                     PurgeBatch    *batch)
{
  g_autoptr (PurgeQuestion) question = NULL;
  Intent *intent;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (PURGE_IS_SESSION (session));

  if (!purge_follow_up_is_idle (session))
    return;

  intent = g_new0 (Intent, 1);
  intent->widget = g_object_ref (widget);
  intent->session = g_object_ref (session);
  intent->job = g_object_ref (purge_session_get_job (session));
  intent->what = what;
  g_set_object (&intent->batch, batch);

  question = new_question (intent);
  if (what == PURGE_FOLLOW_UP_SEND_AS_NEW)
    ask_about_risk (intent, question);
  else if (what == PURGE_FOLLOW_UP_SEND_AGAIN || question->reasons == PURGE_ASK_NOT)
    act (intent);
  else
    purge_asking_run_async (get_window (widget), question, FALSE, on_asked_cb, intent);
}

static void
on_checked_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;

  if (!purge_watcher_check_finish (PURGE_WATCHER (source), result, &error))
    tell (widget, _("The Server Was Not Asked"), error);
}

/**
 * purge_follow_up_check:
 * @widget: the widget that was pressed
 * @session: a session that shows a submission
 *
 * Asks the server what became of what is unknown. Sends no purge.
 */
void
purge_follow_up_check (GtkWidget    *widget,
                       PurgeSession *session)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (PURGE_IS_SESSION (session));

  if (purge_follow_up_can_check (session))
    purge_watcher_check_async (purge_session_get_watcher (session), on_checked_cb,
                               g_object_ref (widget));
}
