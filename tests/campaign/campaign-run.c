/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* One run. Every call of #PurgeJob here is something that a person does; whatever else happens is a
 * violation. */

#include "campaign-run.h"

#include "await.h"
#include "campaign-judge.h"
#include "purge-error.h"
#include "purge-job.h"
#include "sample-order.h"

#define BATCH_LIMIT 20
#define MAX_BATCHES 5
#define MAX_STEPS 3

/* Retries that a submission may make by itself, and one correction of the clock a batch. */
#define MAX_RETRIES 6

/* How often a submission is looked up by itself, at most. */
#define MAX_LOOKS 12

/* How long after a purge the server's log is searched for it. */
#define FINDABLE_S 250

typedef struct
{
  CampaignWorld *world;
  CampaignBook  *book;
  PurgeJob      *job;
  GPtrArray     *confirmed;
  GPtrArray     *before;
  GHashTable    *resubmitted;
  guint          moved_s;
  gboolean       faulty;
} Run;

static guint
roll (Run   *run,
      guint  n)
{
  return campaign_world_roll (run->world, n);
}

/* Directories that nobody has purged before, on some hosts. */
static GStrv
urls_new (Run   *run,
          guint  n)
{
  static const char * const hosts[] = {
    "www.example.com", "img.example.com", "a-b.example.net:8080",
  };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint unknown = run->world->row->flags & CAMPAIGN_ROW_HOSTS ? roll (run, n) : G_MAXUINT;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *url =
        g_strdup_printf ("%s://%s/%u/%u+%%20&=~/", roll (run, 2) ? "http" : "https",
                         i == unknown ? "nobody.invalid" : hosts[roll (run, G_N_ELEMENTS (hosts))],
                         run->confirmed->len, i);

      g_strv_builder_add (builder, url);
    }

  return g_strv_builder_end (builder);
}

static CampaignCase
case_new (Run *run)
{
  return (CampaignCase) {
    .submissions = campaign_disk_read (run->world->disk),
    .confirmed = run->confirmed,
    .entries = fault_log_dup_entries (run->world->log),
    .others = fault_log_dup_entries (run->world->colleague),
    .sends = campaign_guard_get_sends (run->world->guard),
    .before = run->before,
    .offset = run->world->row->skew,
    .resubmitted = run->resubmitted,
  };
}

static PurgeSubmission *
find_submission (const CampaignCase *what,
                 gint64              id)
{
  for (guint i = 0; i < what->submissions->len; i++)
    {
      PurgeSubmission *submission = g_ptr_array_index (what->submissions, i);

      if (submission->id == id)
        return submission;
    }

  return NULL;
}

/* What a person sees is what is on the disk. */
static void
judge_view (Run                *run,
            const CampaignCase *what)
{
  PurgeSubmission *submission = find_submission (what, purge_job_get_submission (run->job)->id);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (run->job));

  if (submission == NULL || submission->batches->len != n)
    {
      campaign_book_note (run->book, "view", "%u batches are shown that are not on the disk", n);
      return;
    }

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PurgeBatch) batch = g_list_model_get_item (G_LIST_MODEL (run->job), i);
      const PurgeBatchRecord *record = g_ptr_array_index (submission->batches, i);

      if (purge_batch_get_state (batch) != record->state)
        campaign_book_note (run->book, "view", "batch %u is shown as %s and is %s", i + 1,
                            purge_batch_state_to_string (purge_batch_get_state (batch)),
                            purge_batch_state_to_string (record->state));
    }
}

static void
look (Run        *run,
      const char *stage)
{
  CampaignCase what = case_new (run);

  run->book->stage = stage;
  campaign_guard_allow (run->world->guard, 0, 0, FALSE);
  campaign_judge (&what, run->book);
  if (run->job != NULL)
    judge_view (run, &what);

  g_clear_pointer (&run->before, g_ptr_array_unref);
  run->before = what.submissions;
  g_ptr_array_unref (what.entries);
  g_ptr_array_unref (what.others);
}

static void
note_error (Run        *run,
            const char *what,
            GError     *error)
{
  PurgeError trouble = run->world->row->trouble;

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      !(trouble != 0 && g_error_matches (error, PURGE_ERROR, trouble)))
    campaign_book_note (run->book, "error", "%s: %s", what, error->message);
}

static void
renew_cancellable (Run *run)
{
  g_set_object (&run->world->cancellable, NULL);
  run->world->cancellable = g_cancellable_new ();
}

/* How many requests a run of so many batches may come to. */
static guint
count_allowed (Run *run)
{
  return 2 * g_list_model_get_n_items (G_LIST_MODEL (run->job)) + MAX_RETRIES;
}

/* Where the clock is off, and the server takes a request for a repetition, it is asked once a batch
 * whether it has any trace of it. */
static guint
count_clock_look_ups (Run *run)
{
  return run->world->row->skew != 0 ? 2 * count_allowed (run) : 0;
}

static void
send_waiting (Run *run)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  renew_cancellable (run);
  campaign_guard_allow (run->world->guard, count_allowed (run), count_clock_look_ups (run), FALSE);
  purge_job_run_async (run->job, run->world->cancellable, await_cb, &result);
  purge_job_run_finish (run->job, await (&result), &error);
  note_error (run, "run", error);
}

static void
count_resubmitted (Run             *run,
                   PurgeBatchState  state)
{
  g_auto (GStrv) urls = purge_job_dup_urls (run->job, state);

  for (guint i = 0; urls[i] != NULL; i++)
    {
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (run->resubmitted, urls[i]));

      g_hash_table_replace (run->resubmitted, g_strdup (urls[i]), GUINT_TO_POINTER (n + 1));
    }
}

static void
retry (Run          *run,
       PurgeJobPart  part)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (part == PURGE_JOB_UNKNOWN)
    count_resubmitted (run, PURGE_BATCH_UNKNOWN);
  else
    {
      count_resubmitted (run, PURGE_BATCH_REJECTED);
      count_resubmitted (run, PURGE_BATCH_FAILED);
    }

  renew_cancellable (run);
  campaign_guard_allow (run->world->guard, 2 * count_allowed (run), count_clock_look_ups (run),
                        FALSE);
  purge_job_retry_async (run->job, part, run->world->cancellable, await_cb, &result);
  purge_job_retry_finish (run->job, await (&result), &error);
  note_error (run, "retry", error);
}

static guint
count_batches (Run             *run,
               PurgeBatchState  state)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (run->job)); i++)
    {
      g_autoptr (PurgeBatch) batch = g_list_model_get_item (G_LIST_MODEL (run->job), i);

      n += purge_batch_get_state (batch) == state && purge_batch_get_successor (batch) == 0;
    }

  return n;
}

/* What a look-up asks for: of each whether it was executed, or whether it is done. */
static guint
count_open (Run *run)
{
  return count_batches (run, PURGE_BATCH_UNKNOWN) + count_batches (run, PURGE_BATCH_ACCEPTED);
}

/* Of the unknown batches those that a look-up has to find, since they were executed, nobody else
 * purged the same, and it is not too late. */
static guint
count_findable (Run *run)
{
  CampaignCase what = case_new (run);
  PurgeSubmission *submission = find_submission (&what, purge_job_get_submission (run->job)->id);
  guint n = 0;

  for (guint i = 0; submission != NULL && i < submission->batches->len; i++)
    {
      const PurgeBatchRecord *batch = g_ptr_array_index (submission->batches, i);

      n += batch->state == PURGE_BATCH_UNKNOWN &&
           campaign_judge_count_executed (&what, batch->id) == g_strv_length (batch->urls);
    }
  g_ptr_array_unref (what.submissions);
  g_ptr_array_unref (what.entries);
  g_ptr_array_unref (what.others);

  return n;
}

static gboolean
is_findable (Run *run)
{
  return !run->faulty && run->world->n_colleague == 0 && run->confirmed->len == 1 &&
         run->moved_s < FINDABLE_S && run->world->row->skew == 0 &&
         !(run->world->row->flags &
           (CAMPAIGN_ROW_SLOW | CAMPAIGN_ROW_PROXY | CAMPAIGN_ROW_OLD_TLS)) &&
         g_hash_table_size (run->resubmitted) == 0;
}

/* A look-up may be made once more, by the server's clock. */
static void
check (Run *run)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n_findable = is_findable (run) ? count_findable (run) : 0;
  guint n_unknown = count_batches (run, PURGE_BATCH_UNKNOWN);

  renew_cancellable (run);
  campaign_guard_allow (run->world->guard, 0, 2 * count_open (run), FALSE);
  purge_job_check_async (run->job, run->world->cancellable, await_cb, &result);
  purge_job_check_finish (run->job, await (&result), NULL, &error);
  note_error (run, "check", error);

  n_unknown -= count_batches (run, PURGE_BATCH_UNKNOWN);
  run->book->n_resolvable += n_findable;
  run->book->n_resolved += MIN (n_findable, n_unknown);
}

static void
watch (Run *run)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  renew_cancellable (run);
  campaign_guard_allow (run->world->guard, 0, 2 * MAX_LOOKS * count_open (run), FALSE);
  purge_job_watch_async (run->job, run->world->cancellable, await_cb, &result);
  purge_job_watch_finish (run->job, await (&result), &error);
  note_error (run, "watch", error);
}

/* One of the unknown batches, if there is one that may be sent again. */
static void
send_again (Run *run)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (run->job));
  guint first = roll (run, n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PurgeBatch) batch =
        g_list_model_get_item (G_LIST_MODEL (run->job), (first + i) % n);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      if (!purge_job_can_send_again (run->job, batch))
        continue;

      renew_cancellable (run);
      campaign_guard_allow (run->world->guard, 1, 0, TRUE);
      purge_job_send_again_async (run->job, batch, run->world->cancellable, await_cb, &result);
      purge_job_send_again_finish (run->job, await (&result), &error);
      note_error (run, "send again", error);
      return;
    }
}

static PurgeJob *
load (Run    *run,
      gint64  id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PurgeJob *job;

  purge_job_load_async (run->world->workspace, id, NULL, await_cb, &result);
  job = purge_job_load_finish (run->world->workspace, await (&result), &error);
  g_assert_no_error (error);
  purge_job_set_account (job, run->world->account);
  return job;
}

/* The program ends and starts again, and sends nothing by that. */
static void
restart (Run *run)
{
  gint64 id = purge_job_get_submission (run->job)->id;

  g_clear_object (&run->job);
  campaign_world_restart (run->world);
  run->job = load (run, id);
  look (run, "after a restart");
}

/* What happens meanwhile: a second goes by, or somebody else purges. */
static void
on_send (gpointer user_data)
{
  Run *run = user_data;

  if (roll (run, 2) == 0)
    campaign_clock_move_on (run->world->clock, 1 + roll (run, 2));
  if (roll (run, 12) == 0)
    campaign_world_let_colleague (run->world, NULL);
}

/* The colleague purges exactly what one of our batches has, or a part of it. */
static void
imitate (Run *run)
{
  g_autoptr (PurgeBatch) batch =
    g_list_model_get_item (G_LIST_MODEL (run->job),
                           roll (run, g_list_model_get_n_items (G_LIST_MODEL (run->job))));
  const char * const *urls = purge_batch_get_directories (batch);

  campaign_world_let_colleague (run->world, urls + (roll (run, 3) == 0 && urls[1] != NULL));
}

static void
let_time_pass (Run *run)
{
  static const guint spans[] = { 0, 0, 1, 3, 30, 120, 500 };
  guint s = spans[roll (run, G_N_ELEMENTS (spans))];

  run->moved_s += s;
  campaign_clock_move_on (run->world->clock, s);
}

/* Something that a person can do with what there is. */
static void
do_something (Run *run)
{
  gboolean waiting = count_batches (run, PURGE_BATCH_WAITING) > 0;
  gboolean unknown = count_batches (run, PURGE_BATCH_UNKNOWN) > 0;
  gboolean open = count_open (run) > 0;
  gboolean refused = count_batches (run, PURGE_BATCH_REJECTED) > 0 ||
                     count_batches (run, PURGE_BATCH_FAILED) > 0;

  switch (roll (run, 7))
    {
    case 0:
    case 1:
      if (open)
        check (run);
      break;
    case 2:
      if (open)
        watch (run);
      break;
    case 3:
      if (waiting)
        send_waiting (run);
      break;
    case 4:
      if (refused)
        retry (run, PURGE_JOB_REFUSED);
      break;
    case 5:
      if (unknown)
        send_again (run);
      break;
    default:
      if (unknown)
        retry (run, PURGE_JOB_UNKNOWN);
    }
}

static void
confirm (Run   *run,
         GStrv  urls)
{
  g_ptr_array_add (run->confirmed, g_strdupv (urls));
  run->job = sample_job_new (run->world->workspace, run->world->account,
                            roll (run, 2) ? PURGE_MODE_ALL : PURGE_MODE_UPDATED,
                            (const char * const *) urls);
}

/* There was no key, so that there is nothing at all; the person sees to the keyring. */
static void
give_up (Run *run)
{
  g_clear_object (&run->job);
  g_ptr_array_set_size (run->confirmed, run->confirmed->len - 1);
  look (run, "without a key");
  campaign_world_clear_faults (run->world);
}

/* A list is confirmed and sent; takes it. */
static void
submit (Run   *run,
        GStrv  urls)
{
  g_clear_object (&run->job);
  confirm (run, urls);
  if (roll (run, 6) == 0)
    imitate (run);
  send_waiting (run);

  if (purge_job_get_submission (run->job)->id == 0 && run->world->row->trouble != 0)
    {
      give_up (run);
      confirm (run, urls);
      send_waiting (run);
    }
  look (run, "after sending");
  g_strfreev (urls);
}

static void
step (Run *run)
{
  run->faulty = roll (run, 3) == 0;
  if (run->faulty)
    campaign_world_set_faults (run->world, 2);
  else
    campaign_world_clear_faults (run->world);

  let_time_pass (run);
  if (roll (run, 5) == 0)
    imitate (run);
  do_something (run);
  look (run, "after a step");
}

static void
live (Run *run)
{
  guint n_batches = 1 + roll (run, MAX_BATCHES);
  guint n_urls = (n_batches - 1) * BATCH_LIMIT + 1 + roll (run, BATCH_LIMIT);

  if (run->world->row->flags & CAMPAIGN_ROW_QUOTA)
    fault_mind_set_quota (run->world->mind, roll (run, n_urls));
  run->faulty = TRUE;
  campaign_world_set_faults (run->world, n_batches);
  submit (run, urls_new (run, n_urls));

  /* The same list once more, as another submission. */
  if (roll (run, 8) == 0)
    submit (run, g_strdupv (g_ptr_array_index (run->confirmed, 0)));

  restart (run);
  for (guint i = 0; i < MAX_STEPS; i++)
    {
      step (run);
      if (roll (run, 3) == 0)
        restart (run);
    }
  restart (run);

  /* What was still on its way when the program ended. */
  g_clear_object (&run->job);
  campaign_world_end_server (run->world);
  look (run, "at the end");
}

/**
 * campaign_run_choose_api:
 * @row: what goes wrong
 * @seed: what is left to chance
 *
 * Returns: which API the run is of, each as often as the other where the row leaves it open
 */
FaultApi
campaign_run_choose_api (const CampaignRow *row,
                         guint32            seed)
{
  if (row->flags & CAMPAIGN_ROW_V2)
    return FAULT_API_2_0;
  if (row->flags & CAMPAIGN_ROW_V3)
    return FAULT_API_3_0;

  /* Seeds of a row are as far from each other as there are rows, so that their last bit may be one
   * and the same. */
  return seed * 2654435761u >> 31 == 0 ? FAULT_API_2_0 : FAULT_API_3_0;
}

/**
 * campaign_run_needs_sockets:
 * @row: what goes wrong
 * @seed: what is left to chance
 *
 * Returns: whether the run goes through sockets, as about a quarter of them do
 */
gboolean
campaign_run_needs_sockets (const CampaignRow *row,
                            guint32            seed)
{
  if (!(row->flags & CAMPAIGN_ROW_WIRE))
    return TRUE;

  return (row->flags & CAMPAIGN_ROW_SOCKET) != 0 && seed % 9 < 2;
}

/**
 * campaign_run:
 * @place: where things are
 * @row: what goes wrong
 * @seed: what is left to chance, API and sockets included
 * @mutate: (nullable): what is put between the program and the wire
 * @book: where it is noted what does not hold
 */
void
campaign_run (const CampaignPlace *place,
              const CampaignRow   *row,
              guint32              seed,
              CampaignMutantFunc   mutate,
              CampaignBook        *book)
{
  FaultApi api = campaign_run_choose_api (row, seed);
  gboolean sockets = campaign_run_needs_sockets (row, seed);
  g_autoptr (CampaignWorld) world = NULL;
  Run run = { .book = book };

  campaign_book_begin (book, row->name, seed, api, sockets);
  book->stage = "at the beginning";
  book->noisy = (row->flags & CAMPAIGN_ROW_NOISY) != 0;
  world = campaign_world_new (place, row, seed, api, sockets, mutate, book);
  run.world = world;
  run.confirmed = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  run.resubmitted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  campaign_guard_set_hook (world->guard, on_send, &run);

  live (&run);

  g_clear_object (&run.job);
  g_clear_pointer (&run.before, g_ptr_array_unref);
  g_ptr_array_unref (run.confirmed);
  g_hash_table_unref (run.resubmitted);
}
