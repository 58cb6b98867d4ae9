/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What a job does by itself after a failure, and what only when it is asked: attempts, pauses, the
 * clock, going on after an end, new batches of old ones. */

#include "purge-job.h"

#include <string.h>

#include "purge-error.h"

#include "await.h"
#include "job-fixture.h"

#define NOW JOB_FIXTURE_NOW

/* Each sign of a script is what becomes of one request; see mock_transport_set_script(). */
static const struct
{
  const char *name;
  guint       n_urls;
  double      chance;
  const char *script;
  const char *states;
  gint64      waited_ms;
} retries[] = {
  { "connection comes back", 5, 0.5, "na", "a", 250 },
  { "comes back the second time", 5, 0.5, "nna", "a", 750 },
  { "never comes back", 25, 0.5, "nnn", "ww", 750 },
  { "busy, then not", 5, 0.5, "ba", "a", 500 },
  { "busy three times", 45, 0.5, "bbb", "www", 1500 },
  { "busy, then no connection", 5, 0.5, "bna", "a", 1000 },
  { "no luck with the dice", 5, 0, "nna", "a", 0 },
  { "what is lost is not sent again", 45, 0.5, "l", "uww", 0 },
  { "what is refused is not sent again", 25, 0.5, "rr", "rr", 0 },
  { "an untrusted server is not tried again", 25, 0.5, "u", "ww", 0 },
  { "lost after a retry", 25, 0.5, "nl", "uw", 250 },
};

static void
test_retries (JobFixture    *fixture,
              gconstpointer  data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, retries[i].n_urls);
  g_autoptr (PurgeJob) loaded = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *states = NULL;
  g_autofree char *loaded_states = NULL;

  mock_clock_set_chance (fixture->clock, retries[i].chance);
  mock_transport_set_script (fixture->transport, retries[i].script);
  g_assert_true (job_fixture_run (fixture, job, &error));
  g_assert_no_error (error);

  states = job_fixture_dup_states (job);
  g_assert_cmpstr (states, ==, retries[i].states);
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, strlen (retries[i].script));
  g_assert_cmpint (mock_clock_get_waited (fixture->clock), ==, retries[i].waited_ms);

  loaded = job_fixture_load (fixture, 0);
  loaded_states = job_fixture_dup_states (loaded);
  g_assert_cmpstr (loaded_states, ==, retries[i].states);
}

static char *
dup_body (MockTransport *transport,
          guint          index)
{
  GBytes *body = purge_request_get_body (mock_transport_get_request (transport, index));

  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static char *
dup_parameter (MockTransport *transport,
               guint          index,
               const char    *name)
{
  g_autofree char *body = dup_body (transport, index);
  g_autofree char *pattern = g_strdup_printf ("&%s=", name);
  const char *found = strstr (body, pattern);

  g_assert_nonnull (found);
  found += strlen (pattern);
  return g_strndup (found, strcspn (found, "&"));
}

/* A new attempt is a new request: an old nonce would be taken for a repetition. */
static void
test_new_nonce (JobFixture    *fixture,
                gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 2);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  mock_transport_set_script (fixture->transport, "ba");
  g_assert_true (job_fixture_run (fixture, job, NULL));

  first = dup_parameter (fixture->transport, 0, "Nonce");
  second = dup_parameter (fixture->transport, 1, "Nonce");
  g_assert_cmpstr (first, !=, second);
}

static void
answer_busy (JobFixture *fixture,
             guint       index,
             const char *retry_after)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("", 0);
  g_autoptr (PurgeExchange) exchange = purge_exchange_new_answer (429, body);

  exchange->retry_after = g_strdup (retry_after);
  mock_transport_answer (fixture->transport, index, exchange);
}

static gboolean
has_one_request (gpointer user_data)
{
  return mock_transport_count (user_data) == 1;
}

static gboolean
has_two_requests (gpointer user_data)
{
  return mock_transport_count (user_data) == 2;
}

/* Up to a minute is waited for, as the server asks; more than that is left to the person. */
static void
test_retry_after (JobFixture    *fixture,
                  gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 2);
  g_autoptr (PurgeBatch) batch = g_list_model_get_item (G_LIST_MODEL (job), 0);
  g_autoptr (GAsyncResult) result = NULL;

  purge_job_run_async (job, NULL, await_cb, &result);
  await_condition (has_one_request, fixture->transport);
  answer_busy (fixture, 0, "60");
  await_condition (has_two_requests, fixture->transport);
  g_assert_cmpint (mock_clock_get_waited (fixture->clock), ==, 60000);

  answer_busy (fixture, 1, "61");
  g_assert_true (purge_job_run_finish (job, await (&result), NULL));
  g_assert_cmpint (purge_batch_get_state (batch), ==, PURGE_BATCH_WAITING);
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 2);
}

static void
on_retry_in_cb (PurgeBatch *batch,
                GParamSpec *pspec,
                GString    *seen)
{
  guint seconds;

  g_object_get (batch, "retry-in", &seconds, NULL);
  g_string_append_printf (seen, "%u ", seconds);
}

static void
test_countdown (JobFixture    *fixture,
                gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 2);
  g_autoptr (PurgeBatch) batch = g_list_model_get_item (G_LIST_MODEL (job), 0);
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (GAsyncResult) result = NULL;

  g_signal_connect (batch, "notify::retry-in", G_CALLBACK (on_retry_in_cb), seen);
  purge_job_run_async (job, NULL, await_cb, &result);
  await_condition (has_one_request, fixture->transport);
  answer_busy (fixture, 0, "3");
  await_condition (has_two_requests, fixture->transport);
  mock_transport_say (fixture->transport, 1, "{\"code\":0}");
  g_assert_true (purge_job_run_finish (job, await (&result), NULL));

  g_assert_cmpstr (seen->str, ==, "3 2 1 0 ");
}

static gboolean
is_counting (gpointer user_data)
{
  guint seconds;

  g_object_get (user_data, "retry-in", &seconds, NULL);
  return seconds > 0;
}

/* Who cancels while it waits has sent nothing, and the disk knows that. */
static void
test_cancelled_while_waiting (JobFixture    *fixture,
                              gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 25);
  g_autoptr (PurgeJob) loaded = NULL;
  g_autoptr (PurgeBatch) batch = g_list_model_get_item (G_LIST_MODEL (job), 0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *states = NULL;
  g_autofree char *loaded_states = NULL;

  mock_clock_set_held (fixture->clock, TRUE);
  mock_clock_set_chance (fixture->clock, 0.9);
  mock_transport_set_script (fixture->transport, "n");
  purge_job_run_async (job, fixture->cancellable, await_cb, &result);
  await_condition (is_counting, batch);
  g_cancellable_cancel (fixture->cancellable);
  g_assert_true (purge_job_run_finish (job, await (&result), NULL));

  states = job_fixture_dup_states (job);
  g_assert_cmpstr (states, ==, "ww");
  g_assert_cmpint (purge_batch_get_outcome (batch)->cause, ==, PURGE_CAUSE_CANCELLED_BEFORE);
  g_assert_false (is_counting (batch));
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 1);
  loaded = job_fixture_load (fixture, 0);
  loaded_states = job_fixture_dup_states (loaded);
  g_assert_cmpstr (loaded_states, ==, "ww");
}

/* Six for the whole submission: three batches side by side cannot have nine. */
static void
test_budget (JobFixture    *fixture,
             gconstpointer  data)
{
  g_autoptr (PurgeJob) first = job_fixture_new_job (fixture, 1);
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 100);
  g_autofree char *states = NULL;

  mock_transport_set_script (fixture->transport, "a" "nnnnn" "nnnnnnnnnn");
  g_assert_true (job_fixture_run (fixture, first, NULL));
  g_assert_true (job_fixture_run (fixture, job, NULL));

  states = job_fixture_dup_states (job);
  g_assert_cmpstr (states, ==, "wwwww");
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 1 + 5 + 6);
}

/* Answers with a code, and with the time of a server whose clock is off by so many seconds. */
static void
answer_at (JobFixture *fixture,
           guint       index,
           const char *json,
           gint64      off)
{
  PurgeClock *clock = PURGE_CLOCK (fixture->clock);
  g_autoptr (GBytes) body = g_bytes_new (json, strlen (json));
  g_autoptr (PurgeExchange) exchange = purge_exchange_new_answer (200, body);
  g_autoptr (GDateTime) date =
    g_date_time_new_from_unix_utc (purge_clock_get_unix_time (clock) + off);

  exchange->date = g_date_time_format (date, "%a, %d %b %Y %H:%M:%S GMT");
  mock_transport_answer (fixture->transport, index, exchange);
}

#define TOO_OLD "{\"code\":4200,\"message\":\"\",\"codeDesc\":\"\"}"
#define REPEATED "{\"code\":4500,\"message\":\"\",\"codeDesc\":\"\"}"
#define ACCEPTED "{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\"}"

static const struct
{
  const char *name;
  const char *code;
  gint64      off;
  gboolean    signed_anew;
  const char *state;
} skews[] = {
  { "too old, ten minutes behind", TOO_OLD, 600, TRUE, "a" },
  { "too old, a day ahead", TOO_OLD, -86400, TRUE, "a" },
  { "taken for a repetition, three hours behind", REPEATED, 10800, TRUE, "a" },
  { "too old, but the clock is right", TOO_OLD, 0, FALSE, "r" },
  { "too old, four minutes are no reason", TOO_OLD, 240, FALSE, "r" },
  { "a repetition with a right clock proves nothing", REPEATED, 3, FALSE, "u" },
};

static void
test_skews (JobFixture    *fixture,
            gconstpointer  data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 2);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *states = NULL;

  purge_job_run_async (job, NULL, await_cb, &result);
  await_condition (has_one_request, fixture->transport);
  answer_at (fixture, 0, skews[i].code, skews[i].off);
  if (skews[i].signed_anew)
    {
      g_autofree char *timestamp = NULL;
      g_autofree char *expected = g_strdup_printf ("%" G_GINT64_FORMAT, NOW + skews[i].off);

      await_condition (has_two_requests, fixture->transport);
      timestamp = dup_parameter (fixture->transport, 1, "Timestamp");
      g_assert_cmpstr (timestamp, ==, expected);
      mock_transport_say (fixture->transport, 1, ACCEPTED);
    }
  g_assert_true (purge_job_run_finish (job, await (&result), NULL));

  states = job_fixture_dup_states (job);
  g_assert_cmpstr (states, ==, skews[i].state);
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 1 + skews[i].signed_anew);
  /* A clock that had to be helped is told. */
  g_assert_cmpint (purge_job_get_warning (job) != NULL, ==, skews[i].signed_anew);
}

/* The code for a repetition may be about the clock, where that is off but not out of the question: the
 * server's log tells. Only where it has no trace of the directories is the request signed anew. */
static const struct
{
  const char *name;
  const char *log;
  gboolean    signed_anew;
} logs[] = {
  { "no trace", "", TRUE },
  { "others only", "{\"id\":1,\"type\":1,\"status\":1,\"datetime\":\"2018-11-24 03:16:40\","
    "\"url_list\":[\"https://www.example.com/7/\"]}", TRUE },
  { "one of them", "{\"id\":1,\"type\":1,\"status\":1,\"datetime\":\"2018-11-24 03:16:40\","
    "\"url_list\":[\"https://www.example.com/7/\",\"https://www.example.com/1/\"]}", FALSE },
  { "no log", NULL, FALSE },
};

static void
test_repetition (JobFixture    *fixture,
                 gconstpointer  data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 2);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *json =
    g_strdup_printf ("{\"code\":0,\"data\":{\"logs\":[%s],\"total\":%d}}",
                     logs[i].log != NULL ? logs[i].log : "",
                     logs[i].log != NULL && *logs[i].log != '\0');
  g_autofree char *body = NULL;
  g_autofree char *states = NULL;

  purge_job_run_async (job, NULL, await_cb, &result);
  await_condition (has_one_request, fixture->transport);
  answer_at (fixture, 0, REPEATED, 600);
  await_condition (has_two_requests, fixture->transport);
  body = dup_body (fixture->transport, 1);
  g_assert_nonnull (strstr (body, "Action=GetCdnRefreshLog&"));
  mock_transport_say (fixture->transport, 1, logs[i].log != NULL ? json : TOO_OLD);
  if (logs[i].signed_anew)
    {
      while (mock_transport_count (fixture->transport) < 3)
        g_main_context_iteration (NULL, TRUE);
      mock_transport_say (fixture->transport, 2, ACCEPTED);
    }
  g_assert_true (purge_job_run_finish (job, await (&result), NULL));

  states = job_fixture_dup_states (job);
  g_assert_cmpstr (states, ==, logs[i].signed_anew ? "a" : "u");
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 2 + logs[i].signed_anew);
}

/* A server that goes on to refuse is not argued with. */
static void
test_skew_once (JobFixture    *fixture,
                gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 25);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *states = NULL;

  purge_job_run_async (job, NULL, await_cb, &result);
  await_condition (has_one_request, fixture->transport);
  answer_at (fixture, 0, TOO_OLD, 600);
  await_condition (has_two_requests, fixture->transport);
  answer_at (fixture, 1, TOO_OLD, 9000);
  g_assert_true (purge_job_run_finish (job, await (&result), NULL));

  states = job_fixture_dup_states (job);
  g_assert_cmpstr (states, ==, "rw");
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 2);
}

/* The dice fall twice on the same number within one second: the journal sees it. */
static void
test_nonce_collision (JobFixture    *fixture,
                      gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 25);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *states = NULL;

  mock_clock_set_nonce (fixture->clock, 4711000000, 2);
  mock_transport_set_script (fixture->transport, "aa");
  g_assert_true (job_fixture_run (fixture, job, NULL));

  states = job_fixture_dup_states (job);
  g_assert_cmpstr (states, ==, "aa");
  first = dup_parameter (fixture->transport, 0, "Nonce");
  second = dup_parameter (fixture->transport, 1, "Nonce");
  g_assert_cmpstr (first, ==, "4711000000");
  g_assert_cmpstr (second, !=, first);
}

/* After an end of the program what waits is sent when a person asks, and only that. */
static void
test_resume (JobFixture    *fixture,
             gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 65);
  g_autofree char *states = NULL;
  g_autofree char *body = NULL;

  mock_transport_set_script (fixture->transport, "q");
  g_assert_true (job_fixture_run (fixture, job, NULL));
  g_clear_object (&job);
  job_fixture_reopen (fixture);

  job = job_fixture_load (fixture, 0);
  states = job_fixture_dup_states (job);
  g_assert_cmpstr (states, ==, "rwww");
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 1);

  purge_job_set_account (job, fixture->account);
  mock_transport_set_script (fixture->transport, "qaaa");
  g_assert_true (job_fixture_run (fixture, job, NULL));
  g_clear_pointer (&states, g_free);
  states = job_fixture_dup_states (job);
  g_assert_cmpstr (states, ==, "raaa");
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 4);
  body = dup_body (fixture->transport, 1);
  g_assert_nonnull (strstr (body, "dirs.0=https%3A%2F%2Fwww.example.com%2F20%2F&"));
}

static gboolean
retry (JobFixture    *fixture,
       PurgeJob      *job,
       PurgeJobPart   part,
       GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  purge_job_retry_async (job, part, fixture->cancellable, await_cb, &result);
  return purge_job_retry_finish (job, await (&result), error);
}

/* What was refused stays refused, and its successor counts in its place. */
static void
test_retry_refused (JobFixture    *fixture,
                    gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 45);
  g_autoptr (PurgeJob) loaded = NULL;
  g_autoptr (PurgeBatch) refused = g_list_model_get_item (G_LIST_MODEL (job), 1);
  g_autoptr (PurgeBatch) successor = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *states = NULL;
  g_autofree char *loaded_states = NULL;
  g_autofree char *summary = NULL;

  mock_transport_set_script (fixture->transport, "ara" "a");
  g_assert_true (job_fixture_run (fixture, job, NULL));
  g_assert_true (retry (fixture, job, PURGE_JOB_REFUSED, &error));
  g_assert_no_error (error);

  states = job_fixture_dup_states (job);
  g_assert_cmpstr (states, ==, "araa");
  g_object_get (job, "summary", &summary, NULL);
  g_assert_cmpstr (summary, ==, "45 accepted");
  g_assert_cmpuint (purge_batch_get_successor (refused), ==, 4);
  successor = g_list_model_get_item (G_LIST_MODEL (job), 3);
  g_assert_cmpstrv (purge_batch_get_directories (successor), purge_batch_get_directories (refused));

  loaded = job_fixture_load (fixture, 0);
  loaded_states = job_fixture_dup_states (loaded);
  g_assert_cmpstr (loaded_states, ==, "araa");
  g_assert_cmpuint (purge_job_count (loaded, PURGE_BATCH_REJECTED), ==, 0);

  /* Once is enough. */
  g_assert_false (retry (fixture, job, PURGE_JOB_REFUSED, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND);
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 4);
}

static void
test_send_unknown_as_new (JobFixture    *fixture,
                          gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 25);
  g_autofree char *states = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  mock_transport_set_script (fixture->transport, "l" "aa");
  g_assert_true (job_fixture_run (fixture, job, NULL));
  g_assert_true (retry (fixture, job, PURGE_JOB_UNKNOWN, NULL));

  /* The unknown one is superseded; the one that waited goes first. */
  states = job_fixture_dup_states (job);
  g_assert_cmpstr (states, ==, "xaa");
  g_assert_cmpuint (purge_job_count (job, PURGE_BATCH_ACCEPTED), ==, 25);
  first = dup_parameter (fixture->transport, 0, "Nonce");
  second = dup_parameter (fixture->transport, 2, "Nonce");
  g_assert_cmpstr (first, !=, second);
}

/* Both parts in one run, under one canary. */
static void
test_retry_both_parts (JobFixture    *fixture,
                       gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 65);
  g_autofree char *states = NULL;

  mock_transport_set_script (fixture->transport, "arla" "aa");
  g_assert_true (job_fixture_run (fixture, job, NULL));
  g_assert_true (retry (fixture, job, PURGE_JOB_REFUSED | PURGE_JOB_UNKNOWN, NULL));

  states = job_fixture_dup_states (job);
  g_assert_cmpstr (states, ==, "arxaaa");
  g_assert_cmpuint (purge_job_count (job, PURGE_BATCH_ACCEPTED), ==, 65);
}

/* Two are unknown, and one of them alone is sent as new. */
static void
test_send_one_as_new (JobFixture    *fixture,
                      gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 25);
  g_autoptr (PurgeBatch) first = g_list_model_get_item (G_LIST_MODEL (job), 0);
  g_autoptr (PurgeBatch) second = g_list_model_get_item (G_LIST_MODEL (job), 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *states = NULL;

  mock_transport_set_script (fixture->transport, "lla");
  g_assert_true (job_fixture_run (fixture, job, NULL));
  g_assert_true (job_fixture_run (fixture, job, NULL));
  purge_job_send_as_new_async (job, second, NULL, await_cb, &result);
  g_assert_true (purge_job_send_as_new_finish (job, await (&result), &error));
  g_assert_no_error (error);

  states = job_fixture_dup_states (job);
  g_assert_cmpstr (states, ==, "uxa");
  g_assert_cmpuint (purge_batch_get_successor (second), ==, 3);
  g_assert_cmpuint (purge_batch_get_successor (first), ==, 0);

  purge_job_send_as_new_async (job, second, NULL, await_cb, &again);
  g_assert_false (purge_job_send_as_new_finish (job, await (&again), &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND);
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 3);
}

/* Whose account is gone can be looked at, and nothing more. */
static void
test_no_account (JobFixture    *fixture,
                 gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 25);
  g_autoptr (PurgeJob) loaded = NULL;
  g_autoptr (GError) error = NULL;

  mock_transport_set_script (fixture->transport, "k");
  g_assert_true (job_fixture_run (fixture, job, NULL));
  loaded = job_fixture_load (fixture, 0);
  g_assert_false (job_fixture_run (fixture, loaded, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (retry (fixture, loaded, PURGE_JOB_REFUSED, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND);
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 1);
}

/* A second click, or a second window of the same job, does nothing. */
static void
test_one_thing_at_a_time (JobFixture    *fixture,
                          gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 5);
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;

  purge_job_run_async (job, NULL, await_cb, &first);
  purge_job_run_async (job, NULL, await_cb, &second);
  g_assert_false (purge_job_run_finish (job, await (&second), &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_EXISTS);

  await_condition (has_one_request, fixture->transport);
  mock_transport_say (fixture->transport, 0, ACCEPTED);
  g_assert_true (purge_job_run_finish (job, await (&first), NULL));
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 1);
}

/* Two instances have the same submission open, and both go on with it: each batch is sent once. */
static void
test_two_instances (JobFixture    *fixture,
                    gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 45);
  g_autoptr (PurgeJob) mine = NULL;
  g_autoptr (PurgeJob) theirs = NULL;
  g_autoptr (GAsyncResult) my_result = NULL;
  g_autoptr (GAsyncResult) their_result = NULL;
  g_autoptr (GAsyncResult) reloaded = NULL;
  g_autofree char *states = NULL;

  mock_transport_set_script (fixture->transport, "q" "aaaaaaaa");
  g_assert_true (job_fixture_run (fixture, job, NULL));
  mine = job_fixture_load (fixture, 0);
  theirs = job_fixture_load (fixture, 0);
  purge_job_set_account (mine, fixture->account);
  purge_job_set_account (theirs, fixture->account);
  purge_job_run_async (mine, NULL, await_cb, &my_result);
  purge_job_run_async (theirs, NULL, await_cb, &their_result);
  g_assert_true (purge_job_run_finish (mine, await (&my_result), NULL));
  g_assert_true (purge_job_run_finish (theirs, await (&their_result), NULL));
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 3);
  /* Whoever came too late leaves nothing waiting that the other one has not taken. */
  g_assert_cmpuint (purge_job_count (mine, PURGE_BATCH_WAITING), ==, 0);
  g_assert_cmpuint (purge_job_count (theirs, PURGE_BATCH_WAITING), ==, 0);

  purge_job_reload_async (theirs, NULL, await_cb, &reloaded);
  g_assert_true (purge_job_reload_finish (theirs, await (&reloaded), NULL));
  states = job_fixture_dup_states (theirs);
  g_assert_cmpstr (states, ==, "raa");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD_DATA(group, name, index, function) \
  G_STMT_START { \
    g_autofree char *path = g_strdup_printf ("/job-retry/" group "/%s", name); \
    g_strdelimit (path, " ", '-'); \
    g_test_add (path, JobFixture, GUINT_TO_POINTER (index), job_fixture_set_up, function, \
                job_fixture_tear_down); \
  } G_STMT_END
#define ADD(name, function) \
  g_test_add ("/job-retry/" name, JobFixture, NULL, job_fixture_set_up, function, \
              job_fixture_tear_down)

  for (guint i = 0; i < G_N_ELEMENTS (retries); i++)
    ADD_DATA ("attempts", retries[i].name, i, test_retries);
  for (guint i = 0; i < G_N_ELEMENTS (skews); i++)
    ADD_DATA ("clock", skews[i].name, i, test_skews);
  for (guint i = 0; i < G_N_ELEMENTS (logs); i++)
    ADD_DATA ("repetition", logs[i].name, i, test_repetition);
  ADD ("new-nonce", test_new_nonce);
  ADD ("retry-after", test_retry_after);
  ADD ("countdown", test_countdown);
  ADD ("cancelled-while-waiting", test_cancelled_while_waiting);
  ADD ("budget", test_budget);
  ADD ("clock-once", test_skew_once);
  ADD ("nonce-collision", test_nonce_collision);
  ADD ("resume", test_resume);
  ADD ("retry-refused", test_retry_refused);
  ADD ("send-unknown-as-new", test_send_unknown_as_new);
  ADD ("retry-both-parts", test_retry_both_parts);
  ADD ("send-one-as-new", test_send_one_as_new);
  ADD ("no-account", test_no_account);
  ADD ("one-thing-at-a-time", test_one_thing_at_a_time);
  ADD ("two-instances", test_two_instances);

  return g_test_run ();
}
