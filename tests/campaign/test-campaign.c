/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A campaign that cannot fail proves nothing: broken programs are found out, each by the rule that
 * it breaks, and so is every tale that a good judge should not believe. */

#include "campaign-judge.h"
#include "campaign-mutant.h"
#include "campaign-run.h"
#include "sample-order.h"

/* More than any of them needs. */
#define MOST_RUNS 2000

/* How many runs of the other API do not find out what can only be found out with one. */
#define VAIN_RUNS 200

#define EITHER -1

static const struct
{
  const char       *name;
  CampaignMutation  mutation;
  const char       *rule;
  int               api;
} mutants[] = {
  { "calls-lost-not-sent", CAMPAIGN_CALLS_LOST_NOT_SENT, "I4", EITHER },
  { "calls-lost-not-sent-and-sends-again", CAMPAIGN_CALLS_LOST_NOT_SENT, "twice", EITHER },
  { "reads-leniently", CAMPAIGN_READS_LENIENTLY, "I4", EITHER },
  { "reads-pages", CAMPAIGN_READS_PAGES, "I4", EITHER },
  { "refuses", CAMPAIGN_REFUSES, "I4", EITHER },
  { "sends-before-journal", CAMPAIGN_SENDS_BEFORE_JOURNAL, "I2", EITHER },
  { "sends-twice", CAMPAIGN_SENDS_TWICE, "nonce", EITHER },
  { "signs-again", CAMPAIGN_SIGNS_AGAIN, "twice", EITHER },
  { "sends-later", CAMPAIGN_SENDS_LATER, "I6", EITHER },
  /* With API 2.0 the nonce saves it. */
  { "sends-twice-what-has-no-nonce", CAMPAIGN_SENDS_TWICE, "twice", FAULT_API_3_0 },
  { "overlooks-errors", CAMPAIGN_OVERLOOKS_ERRORS, "I4", FAULT_API_3_0 },
  { "believes-internal-errors", CAMPAIGN_BELIEVES_INTERNAL_ERRORS, "I4", FAULT_API_3_0 },
};

static CampaignMutation mutation;

static PurgeTransport *
mutate (PurgeTransport *inner)
{
  return campaign_mutant_new (inner, mutation);
}

/* Runs of one API until the mutant is found out, or until there were so many; without sockets,
 * which would be slow and prove nothing more. Returns how many there were. */
static guint
run_mutant (guint         i,
            FaultApi      api,
            guint         most,
            CampaignBook *book)
{
  g_autoptr (GPtrArray) rows = campaign_rows_new ();
  const CampaignPlace nowhere = { NULL, NULL };
  guint n_runs = 0;

  for (guint32 seed = 1;
       n_runs < most && campaign_book_count (book, mutants[i].rule) == 0;
       seed++)
    {
      const CampaignRow *row = g_ptr_array_index (rows, seed % rows->len);

      if (campaign_run_needs_sockets (row, seed) || campaign_run_choose_api (row, seed) != api)
        continue;
      campaign_run (&nowhere, row, seed, mutate, book);
      n_runs++;
    }

  return n_runs;
}

static void
find_out (guint    i,
          FaultApi api)
{
  g_autoptr (CampaignBook) book = campaign_book_new ();

  book->quiet = TRUE;
  run_mutant (i, api, MOST_RUNS, book);
  g_test_message ("found out in run %u", book->n_runs);
  g_assert_cmpuint (campaign_book_count (book, mutants[i].rule), >, 0);
  if (mutation == CAMPAIGN_READS_LENIENTLY || mutation == CAMPAIGN_READS_PAGES ||
      mutation == CAMPAIGN_OVERLOOKS_ERRORS)
    g_assert_cmpuint (book->n_false_accepted, >, 0);
  if (mutation == CAMPAIGN_CALLS_LOST_NOT_SENT || mutation == CAMPAIGN_REFUSES ||
      mutation == CAMPAIGN_BELIEVES_INTERNAL_ERRORS)
    g_assert_cmpuint (book->n_false_not_sent + campaign_book_count (book, "twice"), >, 0);
}

/* Each half of the campaign finds out what it can; what only one can shows that there are two. */
static void
test_mutant (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (CampaignBook) vain = campaign_book_new ();

  mutation = mutants[i].mutation;
  vain->quiet = TRUE;
  find_out (i, FAULT_API_3_0);
  if (mutants[i].api == EITHER)
    {
      find_out (i, FAULT_API_2_0);
      return;
    }

  run_mutant (i, FAULT_API_2_0, VAIN_RUNS, vain);
  g_assert_cmpuint (campaign_book_count (vain, mutants[i].rule), ==, 0);
}

/* A case in which all is well: two batches, of which the first was accepted and executed, and the
 * second waits. */
typedef struct
{
  CampaignBook    *book;
  CampaignCase     what;
  PurgeSubmission *submission;
  PurgeSubmission *before;
  FaultEntry       entry;
  FaultEntry       other;
} Fixture;

static PurgeSubmission *
submission_new (const char * const *urls)
{
  g_autoptr (PurgeAccount) account = purge_account_new ("uuid", "Test");
  PurgeSubmission *submission =
    sample_submission_new (account, "https://cdn.example", PURGE_MODE_ALL, 1, urls, 2);

  for (guint i = 0; i < submission->batches->len; i++)
    ((PurgeBatchRecord *) g_ptr_array_index (submission->batches, i))->id = i + 1;
  return submission;
}

static PurgeBatchRecord *
get_batch (PurgeSubmission *submission,
           guint            index)
{
  return g_ptr_array_index (submission->batches, index);
}

static CampaignSend *
get_send (Fixture *fixture,
          guint    index)
{
  return &g_array_index (fixture->what.sends, CampaignSend, index);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const char *urls[] = { "http://a/", "http://b/", "http://c/", NULL };
  CampaignSend send = {
    .mark = 1, .nonce = 7, .timestamp = 100, .batch_id = 1, .purge = TRUE, .over = TRUE,
    .kind = PURGE_EXCHANGE_ANSWERED,
  };

  fixture->book = campaign_book_new ();
  fixture->book->quiet = TRUE;
  fixture->submission = submission_new (urls);
  fixture->before = submission_new (urls);
  get_batch (fixture->submission, 0)->state = PURGE_BATCH_ACCEPTED;
  get_batch (fixture->submission, 0)->timestamp = 100;
  fixture->entry = (FaultEntry) {
    .number = 1, .n_bytes = 9, .length = 9, .whole = TRUE, .mark = 1, .judged = TRUE,
    .nonce = (char *) "7", .timestamp = 100,
    .directories = get_batch (fixture->submission, 0)->urls, .n_executions = 1, .n_executed = 2,
  };
  fixture->other = (FaultEntry) { .timestamp = 100 };

  fixture->what.submissions = g_ptr_array_new ();
  fixture->what.before = g_ptr_array_new ();
  fixture->what.confirmed = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  fixture->what.entries = g_ptr_array_new ();
  fixture->what.others = g_ptr_array_new ();
  fixture->what.sends = g_array_new (FALSE, FALSE, sizeof (CampaignSend));
  fixture->what.resubmitted = g_hash_table_new (g_str_hash, g_str_equal);
  g_ptr_array_add (fixture->what.submissions, fixture->submission);
  g_ptr_array_add (fixture->what.before, fixture->before);
  g_ptr_array_add (fixture->what.confirmed, g_strdupv ((GStrv) urls));
  g_ptr_array_add (fixture->what.entries, &fixture->entry);
  g_array_append_val (fixture->what.sends, send);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  campaign_book_free (fixture->book);
  purge_submission_unref (fixture->submission);
  purge_submission_unref (fixture->before);
  g_ptr_array_unref (fixture->what.submissions);
  g_ptr_array_unref (fixture->what.before);
  g_ptr_array_unref (fixture->what.confirmed);
  g_ptr_array_unref (fixture->what.entries);
  g_ptr_array_unref (fixture->what.others);
  g_array_unref (fixture->what.sends);
  g_hash_table_unref (fixture->what.resubmitted);
}

static void
spoil_nothing (Fixture *fixture)
{
}

static void
lose_directory (Fixture *fixture)
{
  g_clear_pointer (&get_batch (fixture->submission, 1)->urls[0], g_free);
}

static void
double_directory (Fixture *fixture)
{
  g_free (get_batch (fixture->submission, 1)->urls[0]);
  get_batch (fixture->submission, 1)->urls[0] = g_strdup ("http://a/");
}

static void
forget_successor (Fixture *fixture)
{
  get_batch (fixture->submission, 1)->successor = 3;
}

static void
lose_submission (Fixture *fixture)
{
  g_ptr_array_set_size (fixture->what.submissions, 0);
}

static void
invent_submission (Fixture *fixture)
{
  g_ptr_array_add (fixture->what.submissions, fixture->before);
}

static void
invent_request (Fixture *fixture)
{
  get_send (fixture, 0)->timestamp = 101;
}

static void
execute_twice (Fixture *fixture)
{
  fixture->entry.n_executions = 2;
}

static void
execute_again (Fixture *fixture)
{
  g_ptr_array_add (fixture->what.entries, &fixture->entry);
}

/* What the network does to a request of API 3.0 is not the program's fault. */
static void
deliver_object_twice (Fixture *fixture)
{
  fixture->entry.api = FAULT_API_3_0;
  fixture->entry.n_executions = 2;
}

static void
execute_object_again (Fixture *fixture)
{
  fixture->entry.api = FAULT_API_3_0;
  execute_again (fixture);
}

static void
accept_too_much (Fixture *fixture)
{
  fixture->entry.n_executed = 1;
}

static void
accept_waiting (Fixture *fixture)
{
  get_batch (fixture->submission, 1)->state = PURGE_BATCH_DONE;
}

static void
wait_executed (Fixture *fixture)
{
  get_batch (fixture->submission, 0)->state = PURGE_BATCH_WAITING;
}

static void
reject_executed (Fixture *fixture)
{
  get_batch (fixture->submission, 0)->state = PURGE_BATCH_REJECTED;
}

static void
stay_sending (Fixture *fixture)
{
  get_batch (fixture->submission, 1)->state = PURGE_BATCH_SENDING;
}

static void
doubt_waiting (Fixture *fixture)
{
  get_batch (fixture->submission, 1)->state = PURGE_BATCH_UNKNOWN;
}

static void
revive (Fixture *fixture)
{
  get_batch (fixture->before, 1)->state = PURGE_BATCH_REJECTED;
}

static void
forget_unknown (Fixture *fixture)
{
  get_batch (fixture->before, 1)->state = PURGE_BATCH_UNKNOWN;
}

static void
swap (Fixture *fixture)
{
  get_batch (fixture->before, 1)->id = 9;
}

static void
call_arrived_not_sent (Fixture *fixture)
{
  get_send (fixture, 0)->kind = PURGE_EXCHANGE_NOT_SENT;
}

static void
stay_under_way (Fixture *fixture)
{
  get_send (fixture, 0)->over = FALSE;
}

/* What somebody else purged may be taken for it where it was looked up, once and at that time. */
static void
borrow (Fixture *fixture)
{
  fixture->entry.n_executions = fixture->entry.n_executed = 0;
  fixture->other.directories = get_batch (fixture->submission, 0)->urls;
  fixture->other.n_executed = 2;
  get_batch (fixture->submission, 0)->n_look_ups = 1;
  g_ptr_array_add (fixture->what.others, &fixture->other);
}

static void
borrow_late (Fixture *fixture)
{
  borrow (fixture);
  fixture->other.timestamp = 500;
}

static void
borrow_unseen (Fixture *fixture)
{
  borrow (fixture);
  get_batch (fixture->submission, 0)->n_look_ups = 0;
}

static const struct
{
  const char *name;
  void      (*spoil) (Fixture *fixture);
  const char *rule;
} tales[] = {
  { "all-is-well", spoil_nothing, NULL },
  { "a-directory-is-gone", lose_directory, "I1" },
  { "a-directory-is-there-twice", double_directory, "I1" },
  { "a-successor-is-not-there", forget_successor, "I1" },
  { "a-submission-is-gone", lose_submission, "I1" },
  { "a-submission-of-nobody", invent_submission, "I6" },
  { "a-request-of-nobody", invent_request, "I6" },
  { "a-nonce-executed-twice", execute_twice, "I3" },
  { "a-request-executed-twice", execute_again, "I3" },
  { "a-request-of-3.0-delivered-twice", deliver_object_twice, NULL },
  { "a-request-of-3.0-executed-twice", execute_object_again, "I3" },
  { "a-directory-purged-twice-through-3.0", execute_object_again, "twice" },
  { "a-directory-purged-twice", execute_again, "twice" },
  { "accepted-and-done-in-part", accept_too_much, "I4" },
  { "done-and-never-sent", accept_waiting, "I4" },
  { "waiting-and-executed", wait_executed, "I4" },
  { "rejected-and-executed", reject_executed, "I4" },
  { "sent-by-nobody", stay_sending, "I4" },
  { "unknown-and-never-sent", doubt_waiting, "doubt" },
  { "rejected-and-waiting-again", revive, "I5" },
  { "unknown-and-waiting-again", forget_unknown, "I5" },
  { "another-batch", swap, "I5" },
  { "not-sent-and-arrived", call_arrived_not_sent, "transport" },
  { "still-under-way", stay_under_way, "transport" },
  { "found-in-what-somebody-else-purged", borrow, NULL },
  { "found-in-what-somebody-else-purged-later", borrow_late, "I4" },
  { "found-without-a-look", borrow_unseen, "I4" },
};

static void
test_tale (Fixture       *fixture,
           gconstpointer  data)
{
  guint i = GPOINTER_TO_UINT (data);

  tales[i].spoil (fixture);
  campaign_judge (&fixture->what, fixture->book);
  if (tales[i].rule == NULL)
    g_assert_cmpuint (fixture->book->n_violations, ==, 0);
  else
    g_assert_cmpuint (campaign_book_count (fixture->book, tales[i].rule), >, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tales); i++)
    {
      g_autofree char *path = g_strconcat ("/campaign/judge/", tales[i].name, NULL);

      g_test_add (path, Fixture, GUINT_TO_POINTER (i), set_up, test_tale, tear_down);
    }
  for (guint i = 0; i < G_N_ELEMENTS (mutants); i++)
    {
      g_autofree char *path = g_strconcat ("/campaign/mutant/", mutants[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_mutant);
    }

  return g_test_run ();
}
