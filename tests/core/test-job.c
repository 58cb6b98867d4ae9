/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A submission from the key to the last verdict, on a wire that the test plays. */

#include "purge-job.h"

#include <string.h>

#include "purge-error.h"

#include "await.h"
#include "job-fixture.h"
#include "sample-order.h"

static const struct
{
  const char *name;
  guint       n_urls;
  const char *script;
  guint       n_requests;
  const char *states;
  const char *summary;
} cases[] = {
  { "one", 1, "a", 1, "a", "1 accepted" },
  { "three batches", 45, "aaa", 3, "aaa", "45 accepted" },
  { "exactly one batch", 20, "a", 1, "a", "20 accepted" },
  { "one more", 21, "aa", 2, "aa", "21 accepted" },
  { "an unknown host costs its batch", 45, "ara", 3, "ara", "25 accepted · 20 rejected" },
  { "a refused key stops after one request", 100, "k", 1, "rwwww", "20 rejected · 80 waiting" },
  { "no quota left", 100, "aaqaa", 5, "aaraa", "80 accepted · 20 rejected" },
  { "no quota left for the first", 100, "q", 1, "rwwww", "20 rejected · 80 waiting" },
  { "no connection", 45, "nnn", 3, "www", "45 waiting" },
  { "no trust", 45, "u", 1, "www", "45 waiting" },
  { "a lost canary", 45, "l", 1, "uww", "20 unknown · 25 waiting" },
  { "one lost", 60, "ala", 3, "aua", "40 accepted · 20 unknown" },
};

static void
test_cases (JobFixture    *fixture,
            gconstpointer  data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, cases[i].n_urls);
  g_autoptr (PurgeJob) loaded = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *states = NULL;
  g_autofree char *loaded_states = NULL;
  g_autofree char *summary = NULL;
  gint64 id;

  mock_transport_set_script (fixture->transport, cases[i].script);
  g_assert_true (job_fixture_run (fixture, job, &error));
  g_assert_no_error (error);

  states = job_fixture_dup_states (job);
  g_object_get (job, "summary", &summary, NULL);
  g_assert_cmpstr (states, ==, cases[i].states);
  g_assert_cmpstr (summary, ==, cases[i].summary);
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, cases[i].n_requests);
  g_assert_false (purge_job_get_running (job));
  g_assert_null (purge_job_get_warning (job));

  /* What the disk says is what the job says. */
  id = purge_job_get_submission (job)->id;
  g_assert_cmpint (id, >, 0);
  loaded = job_fixture_load (fixture, id);
  loaded_states = job_fixture_dup_states (loaded);
  g_assert_cmpstr (loaded_states, ==, cases[i].states);
}

/* Every batch explains itself, live and loaded alike. */
static void
test_explains (JobFixture    *fixture,
               gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 60);
  g_autoptr (PurgeJob) loaded = NULL;

  mock_transport_set_script (fixture->transport, "k");
  g_assert_true (job_fixture_run (fixture, job, NULL));
  loaded = job_fixture_load (fixture, 0);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (PurgeBatch) live = g_list_model_get_item (G_LIST_MODEL (job), i);
      g_autoptr (PurgeBatch) old = g_list_model_get_item (G_LIST_MODEL (loaded), i);
      g_autofree char *said = purge_batch_dup_explanation (live);
      g_autofree char *said_later = purge_batch_dup_explanation (old);

      g_assert_cmpstr (said, ==, said_later);
      g_assert_cmpuint (strlen (said), >, 20);
      g_assert_cmpstrv (purge_batch_get_directories (live), purge_batch_get_directories (old));
    }
}

/* Whether the request of that index carries the directories from, from + 1, … in that order. */
static void
assert_request_has (MockTransport *transport,
                    guint          index,
                    guint          from,
                    guint          n)
{
  gsize length;
  const char *bytes =
    g_bytes_get_data (purge_request_get_body (mock_transport_get_request (transport, index)),
                      &length);
  g_autofree char *body = g_strndup (bytes, length);
  g_autofree char *beyond = g_strdup_printf ("dirs.%u=", n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *pair =
        g_strdup_printf ("dirs.%u=https%%3A%%2F%%2Fwww.example.com%%2F%u%%2F", i, from + i);

      g_assert_nonnull (strstr (body, pair));
    }
  g_assert_null (strstr (body, beyond));
}

static void
test_order (JobFixture    *fixture,
            gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 45);

  mock_transport_set_script (fixture->transport, "aaa");
  g_assert_true (job_fixture_run (fixture, job, NULL));

  assert_request_has (fixture->transport, 0, 0, 20);
  assert_request_has (fixture->transport, 1, 20, 20);
  assert_request_has (fixture->transport, 2, 40, 5);
}

static gboolean
has_one_request (gpointer user_data)
{
  return mock_transport_count (user_data) == 1;
}

/* While a request is on the wire, the disk says sending, with the nonce that the request carries; once
 * its verdict shows, the disk has it. */
static void
test_disk_first (JobFixture    *fixture,
                 gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 3);
  g_autoptr (PurgeJob) under_way = NULL;
  g_autoptr (PurgeBatch) batch = g_list_model_get_item (G_LIST_MODEL (job), 0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *states = NULL;
  g_autofree char *nonce = NULL;
  g_autofree char *body = NULL;
  PurgeBatchRecord *record;
  GBytes *bytes;

  purge_job_run_async (job, NULL, await_cb, &result);
  await_condition (has_one_request, fixture->transport);
  g_assert_true (purge_job_get_running (job));
  g_assert_cmpint (purge_batch_get_state (batch), ==, PURGE_BATCH_SENDING);

  under_way = job_fixture_load (fixture, 0);
  states = job_fixture_dup_states (under_way);
  g_assert_cmpstr (states, ==, "s");
  record = g_ptr_array_index (purge_job_get_submission (under_way)->batches, 0);
  nonce = g_strdup_printf ("&Nonce=%" G_GUINT64_FORMAT "&", record->nonce);
  bytes = purge_request_get_body (mock_transport_get_request (fixture->transport, 0));
  body = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_nonnull (strstr (body, nonce));

  mock_transport_say (fixture->transport, 0, "{\"code\":0}");
  g_assert_true (purge_job_run_finish (job, await (&result), NULL));
  g_assert_cmpint (purge_batch_get_state (batch), ==, PURGE_BATCH_ACCEPTED);
}

/* The first batch goes alone and proves the key; the next submission needs no canary any more, until
 * the key is another one. */
static void
test_canary (JobFixture    *fixture,
             gconstpointer  data)
{
  g_autoptr (PurgeJob) first = job_fixture_new_job (fixture, 1);
  g_autoptr (PurgeJob) second = job_fixture_new_job (fixture, 200);
  g_autoptr (PurgeJob) third = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) third_result = NULL;

  mock_transport_set_script (fixture->transport, "a");
  g_assert_true (job_fixture_run (fixture, first, NULL));

  purge_job_run_async (second, NULL, await_cb, &result);
  mock_transport_set_script (fixture->transport, "");
  g_assert_cmpuint (mock_transport_count_open (fixture->transport), ==, 0);
  while (mock_transport_count_open (fixture->transport) < 6)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 1; i <= 10; i++)
    {
      while (mock_transport_count (fixture->transport) <= i)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpuint (mock_transport_count_open (fixture->transport), <=, 6);
      mock_transport_say (fixture->transport, i, "{\"code\":0}");
    }
  g_assert_true (purge_job_run_finish (second, await (&result), NULL));
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 11);

  g_object_set (fixture->account, "key-serial", 7, NULL);
  third = job_fixture_new_job (fixture, 200);
  mock_transport_set_script (fixture->transport, "aaaaaaaaaaak");
  purge_job_run_async (third, NULL, await_cb, &third_result);
  g_assert_true (purge_job_run_finish (third, await (&third_result), NULL));
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 12);
}

/* Cancelling stops what is not sent, and tells the truth about what is. */
static void
test_cancel (JobFixture    *fixture,
             gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 45);
  g_autoptr (PurgeExchange) lost =
    purge_exchange_new_failed (PURGE_EXCHANGE_LOST, PURGE_CAUSE_CANCELLED_AFTER, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *states = NULL;

  purge_job_run_async (job, fixture->cancellable, await_cb, &result);
  await_condition (has_one_request, fixture->transport);
  g_cancellable_cancel (fixture->cancellable);
  mock_transport_answer (fixture->transport, 0, lost);
  g_assert_true (purge_job_run_finish (job, await (&result), &error));
  g_assert_no_error (error);

  states = job_fixture_dup_states (job);
  g_assert_cmpstr (states, ==, "uww");
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 1);
}

static void
test_cancelled_before (JobFixture    *fixture,
                       gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 45);
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (fixture->cancellable);
  g_assert_false (job_fixture_run (fixture, job, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 0);
  g_assert_null (job_fixture_load (fixture, 0));
}

/* Without a key there is no submission, neither on the wire nor on the disk. */
static void
test_no_key (JobFixture    *fixture,
             gconstpointer  data)
{
  g_autoptr (PurgeAccount) stranger = purge_account_new (NULL, "No key");
  g_auto (GStrv) urls = job_fixture_dup_urls (2);
  g_autoptr (PurgeJob) job = sample_job_new (fixture->workspace, stranger, PURGE_MODE_ALL,
                                            (const char * const *) urls);
  g_autoptr (GError) error = NULL;

  g_assert_false (job_fixture_run (fixture, job, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_NO_KEY);
  g_assert_false (purge_job_get_running (job));
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 0);
  g_assert_null (job_fixture_load (fixture, 0));
}

/* What cannot be written is not sent. */
static void
test_no_journal (JobFixture    *fixture,
                 gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 2);
  g_autoptr (GError) error = NULL;

  purge_workspace_close (fixture->workspace);
  g_assert_false (job_fixture_run (fixture, job, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE);
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 0);
}

/* The journal is lost while requests are under way: their verdicts show, nothing more is sent, and
 * that is said. */
static void
test_journal_lost (JobFixture    *fixture,
                   gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 45);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *states = NULL;

  purge_job_run_async (job, NULL, await_cb, &result);
  await_condition (has_one_request, fixture->transport);
  purge_workspace_close (fixture->workspace);
  mock_transport_say (fixture->transport, 0, "{\"code\":0}");
  g_assert_true (purge_job_run_finish (job, await (&result), &error));
  g_assert_no_error (error);

  states = job_fixture_dup_states (job);
  g_assert_cmpstr (states, ==, "aww");
  g_assert_nonnull (purge_job_get_warning (job));
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 1);
}

static void
test_dup_urls (JobFixture    *fixture,
               gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 41);
  g_auto (GStrv) rejected = NULL;
  g_auto (GStrv) accepted = NULL;
  const char *last[] = { "https://www.example.com/40/", NULL };

  mock_transport_set_script (fixture->transport, "aar");
  g_assert_true (job_fixture_run (fixture, job, NULL));

  rejected = purge_job_dup_urls (job, PURGE_BATCH_REJECTED);
  accepted = purge_job_dup_urls (job, PURGE_BATCH_ACCEPTED);
  g_assert_cmpstrv (rejected, last);
  g_assert_cmpuint (g_strv_length (accepted), ==, 40);
  g_assert_cmpstr (accepted[39], ==, "https://www.example.com/39/");
}

/* Views bind to properties: each says what the job itself says. */
static void
test_properties (JobFixture    *fixture,
                 gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 61);
  g_autofree char *warning = NULL;
  gboolean running, checking;
  guint n_directories, n_accepted, n_rejected, n_unknown, n_waiting, n_batches, n_done;

  mock_transport_set_script (fixture->transport, "arlq");
  g_assert_true (job_fixture_run (fixture, job, NULL));

  g_object_get (job,
                "running", &running, "checking", &checking, "warning", &warning,
                "n-directories", &n_directories, "n-accepted", &n_accepted,
                "n-rejected", &n_rejected, "n-unknown", &n_unknown, "n-waiting", &n_waiting,
                "n-batches", &n_batches, "n-batches-done", &n_done, NULL);
  g_assert_false (running);
  g_assert_false (checking);
  g_assert_null (warning);
  g_assert_cmpuint (n_directories, ==, 61);
  g_assert_cmpuint (n_accepted, ==, purge_job_count (job, PURGE_BATCH_ACCEPTED));
  g_assert_cmpuint (n_rejected, ==, purge_job_count (job, PURGE_BATCH_REJECTED));
  g_assert_cmpuint (n_unknown, ==, purge_job_count (job, PURGE_BATCH_UNKNOWN));
  g_assert_cmpuint (n_waiting, ==, purge_job_count (job, PURGE_BATCH_WAITING));
  g_assert_cmpuint (n_accepted + n_rejected + n_unknown + n_waiting, ==, 61);
  g_assert_cmpuint (n_batches, ==, 4);
  g_assert_cmpuint (n_done, ==, 4);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (job)) == PURGE_TYPE_BATCH);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (job), 4));
}

static void
test_batch_properties (JobFixture    *fixture,
                       gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 1);
  g_autoptr (PurgeBatch) batch = g_list_model_get_item (G_LIST_MODEL (job), 0);
  g_autofree char *none = NULL;
  g_autofree char *code = NULL;
  g_autofree char *code_desc = NULL;
  g_autofree char *message = NULL;
  g_autofree char *raw = NULL;
  g_autofree char *told = NULL;
  g_autofree char *explanation = NULL;
  const char *const parts[] = { "sentence", "sent", "quota", "next-step" };
  PurgeBatchState state;
  guint number, n_directories, successor;
  gboolean sent_again;

  g_object_get (batch, "code", &none, NULL);
  g_assert_null (none);

  mock_transport_set_script (fixture->transport, "r");
  g_assert_true (job_fixture_run (fixture, job, NULL));
  g_object_get (batch,
                "number", &number, "state", &state, "n-directories", &n_directories,
                "code", &code, "code-desc", &code_desc, "message", &message, "raw", &raw,
                "successor", &successor, "sent-again", &sent_again, NULL);
  g_assert_cmpuint (number, ==, purge_batch_get_number (batch));
  g_assert_cmpint (state, ==, PURGE_BATCH_REJECTED);
  g_assert_cmpuint (n_directories, ==, 1);
  g_assert_cmpstr (code, ==, "4000");
  g_assert_cmpstr (code_desc, ==, "9110");
  g_assert_true (g_str_has_prefix (message, "(9110)"));
  g_assert_nonnull (strstr (raw, message));
  g_assert_cmpuint (successor, ==, 0);
  g_assert_false (sent_again);

  explanation = purge_batch_dup_explanation (batch);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *part = NULL;

      g_object_get (batch, parts[i], &part, NULL);
      g_assert_nonnull (part);
      g_assert_nonnull (strstr (explanation, part));
    }
  g_object_get (batch, "sentence", &told, NULL);
  g_assert_cmpstr (told, ==, purge_batch_get_sentence (batch));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/job/%s", cases[i].name);

      g_strdelimit (path, " ", '-');
      g_test_add (path, JobFixture, GUINT_TO_POINTER (i), job_fixture_set_up, test_cases,
                  job_fixture_tear_down);
    }
#define ADD(name, function) \
  g_test_add ("/job/" name, JobFixture, NULL, job_fixture_set_up, function, job_fixture_tear_down)
  ADD ("explains", test_explains);
  ADD ("order", test_order);
  ADD ("disk-first", test_disk_first);
  ADD ("canary", test_canary);
  ADD ("cancel", test_cancel);
  ADD ("cancelled-before", test_cancelled_before);
  ADD ("no-key", test_no_key);
  ADD ("no-journal", test_no_journal);
  ADD ("journal-lost", test_journal_lost);
  ADD ("urls-by-state", test_dup_urls);
  ADD ("properties", test_properties);
  ADD ("batch-properties", test_batch_properties);
#undef ADD

  return g_test_run ();
}
