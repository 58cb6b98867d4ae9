/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What is unknown of a job becomes known, or stays unknown: look-ups and the one safe resend. */

#include "purge-job.h"

#include <string.h>

#include "purge-error.h"

#include "await.h"
#include "job-fixture.h"
#include "job-look-up.h"
#include "sample-order.h"

#define NOW JOB_FIXTURE_NOW

static const struct
{
  const char *name;
  JobRecord      records[3];
  guint       n_records;
  const char *state;
} cases[] = {
  { "nothing", { { 0 } }, 0, "u" },
  { "taken, and under way", { { 0, 3, 2, 0 } }, 1, "a" },
  { "done", { { 0, 3, 2, 1 } }, 1, "d" },
  { "failed", { { 0, 3, 2, -1 } }, 1, "f" },
  { "a part of it", { { 0, 2, 2, 1 } }, 1, "u" },
  { "more than it", { { 0, 4, 2, 1 } }, 1, "u" },
  { "others", { { 7, 3, 2, 1 } }, 1, "u" },
  { "long before", { { 0, 3, -61, 1 } }, 1, "u" },
  { "long after", { { 0, 3, 301, 1 } }, 1, "u" },
  { "among others", { { 7, 3, 1, 1 }, { 0, 3, 2, 1 }, { 0, 2, 3, 1 } }, 3, "d" },
};

static void
test_cases (JobFixture    *fixture,
            gconstpointer  data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (PurgeJob) job = job_look_up_lose (fixture, 3);
  g_autoptr (PurgeJob) loaded = NULL;
  g_autofree char *json = job_look_up_dup_log (cases[i].records, cases[i].n_records);
  g_autofree char *states = NULL;
  g_autofree char *loaded_states = NULL;

  g_assert_cmpuint (job_look_up_check (fixture, job, json), ==, *cases[i].state != 'u');
  states = job_fixture_dup_states (job);
  g_assert_cmpstr (states, ==, cases[i].state);
  g_assert_null (purge_job_get_warning (job));

  loaded = job_fixture_load (fixture, 0);
  loaded_states = job_fixture_dup_states (loaded);
  g_assert_cmpstr (loaded_states, ==, cases[i].state);
}

/* One purge in the server's log is one batch, however many batches have the same directories; and
 * where it could be either of two, it is neither. */
static void
test_claimed_once (JobFixture    *fixture,
                   gconstpointer  data)
{
  g_autoptr (PurgeJob) first = job_look_up_lose (fixture, 3);
  g_autoptr (PurgeJob) second = job_fixture_new_job (fixture, 3);
  JobRecord records[] = { { 0, 3, 2, 1 }, { 0, 3, 9, 1 } };
  g_autofree char *one = job_look_up_dup_log (records, 1);
  g_autofree char *two = job_look_up_dup_log (records, 2);

  mock_transport_set_script (fixture->transport, "ll");
  g_assert_true (job_fixture_run (fixture, second, NULL));
  mock_transport_set_script (fixture->transport, NULL);

  g_assert_cmpuint (job_look_up_check (fixture, first, one), ==, 0);
  g_assert_cmpuint (job_look_up_check (fixture, second, one), ==, 0);
  g_assert_cmpuint (job_look_up_check (fixture, second, two), ==, 1);
  g_assert_cmpuint (job_look_up_check (fixture, first, one), ==, 0);
  g_assert_cmpuint (job_look_up_check (fixture, first, two), ==, 1);
}

/* A batch that was accepted at once has its record too, though nobody claimed it. */
static void
test_rival (JobFixture    *fixture,
            gconstpointer  data)
{
  g_autoptr (PurgeJob) lost = job_look_up_lose (fixture, 3);
  g_autoptr (PurgeJob) accepted = job_fixture_new_job (fixture, 3);
  JobRecord records[] = { { 0, 3, 2, 1 }, { 0, 3, 9, 1 } };
  g_autofree char *one = job_look_up_dup_log (records, 1);
  g_autofree char *two = job_look_up_dup_log (records, 2);

  mock_transport_set_script (fixture->transport, "la");
  g_assert_true (job_fixture_run (fixture, accepted, NULL));
  mock_transport_set_script (fixture->transport, NULL);

  g_assert_cmpuint (job_look_up_check (fixture, lost, one), ==, 0);
  g_assert_cmpuint (job_look_up_check (fixture, lost, two), ==, 1);
}

/* Batches go out side by side, and the log has them in the same second, a record a host. What one's own
 * batches explain does not make another one doubtful; what a colleague purged does. */
static void
test_beside_others (JobFixture    *fixture,
                    gconstpointer  data)
{
  gboolean own = GPOINTER_TO_INT (data);
  const char * const urls[] = { "https://img.example.com/7/", "https://img.example.com/8/", NULL };
  JobRecord records[] = { { 0, 3, 2, 1 }, { 7, 2, 2, 1, (char *) "img.example.com" } };
  g_autofree char *json = job_look_up_dup_log (records, 2);
  g_autoptr (PurgeJob) lost = job_look_up_lose (fixture, 3);
  g_autoptr (PurgeJob) beside =
    sample_job_new (fixture->workspace, fixture->account, PURGE_MODE_UPDATED, urls);

  mock_transport_set_script (fixture->transport, "la");
  if (own)
    g_assert_true (job_fixture_run (fixture, beside, NULL));
  mock_transport_set_script (fixture->transport, NULL);

  g_assert_cmpuint (job_look_up_check (fixture, lost, json), ==, own);
}

/* A server that cannot be asked changes nothing, and that is said. */
static void
test_failure (JobFixture    *fixture,
              gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_look_up_lose (fixture, 3);

  g_assert_cmpuint (job_look_up_check (fixture, job, "{\"code\":4100,\"message\":\"\"}"), ==, 0);
  g_assert_cmpuint (purge_job_count (job, PURGE_BATCH_UNKNOWN), ==, 3);
  g_assert_nonnull (purge_job_get_warning (job));
  g_assert_cmpuint (job_look_up_check (fixture, job, "{\"code\":0,\"data\":{\"logs\":[],\"total\":0}}"), ==, 0);
  g_assert_null (purge_job_get_warning (job));
}

/* A wrong clock does not keep from asking: a look-up is made anew as often as it takes. */
static void
test_wrong_clock (JobFixture    *fixture,
                  gconstpointer  data)
{
  static const char too_old[] = "{\"code\":4200,\"message\":\"\",\"codeDesc\":\"\"}";
  g_autoptr (PurgeJob) job = job_look_up_lose (fixture, 3);
  g_autoptr (GBytes) body = g_bytes_new_static (too_old, strlen (too_old));
  g_autoptr (PurgeExchange) refused = purge_exchange_new_answer (200, body);
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (NOW + 600);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *expected = g_strdup_printf ("&Timestamp=%d&", NOW + 600);
  g_autofree char *second = NULL;
  JobRecord record = { 0, 3, 602, 1 };
  g_autofree char *json = job_look_up_dup_log (&record, 1);
  guint n_settled;

  refused->date = g_date_time_format (date, "%a, %d %b %Y %H:%M:%S GMT");
  purge_job_check_async (job, NULL, await_cb, &result);
  job_look_up_await (fixture, 2);
  mock_transport_answer (fixture->transport, 1, refused);
  job_look_up_await (fixture, 3);
  second = job_look_up_dup_body (fixture, 2);
  g_assert_nonnull (strstr (second, expected));
  mock_transport_say (fixture->transport, 2, json);
  g_assert_true (purge_job_check_finish (job, await (&result), &n_settled, NULL));
  g_assert_cmpuint (n_settled, ==, 1);
}

/* A server that took a part gave a task, and its log is asked for that; unless it is no task id. */
static void
test_by_task (JobFixture    *fixture,
              gconstpointer  data)
{
  gboolean odd = GPOINTER_TO_INT (data);
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 3);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *body = NULL;
  JobRecord record = { 0, 3, 2, 1 };
  g_autofree char *json = job_look_up_dup_log (&record, 1);

  purge_job_run_async (job, NULL, await_cb, &result);
  job_look_up_await (fixture, 1);
  mock_transport_say (fixture->transport, 0, odd
                        ? "{\"code\":0,\"data\":{\"count\":2,\"task_id\":\"a b\\n\"}}"
                        : "{\"code\":0,\"data\":{\"count\":2,\"task_id\":\"77\"}}");
  g_assert_true (purge_job_run_finish (job, await (&result), NULL));
  g_assert_cmpuint (job_look_up_check (fixture, job, json), ==, 1);
  body = job_look_up_dup_body (fixture, 1);
  g_assert_cmpint (strstr (body, "&taskId=77") != NULL, ==, !odd);
}

/* Two instances look the same batch up: both show what the first one found. */
static void
test_two_instances (JobFixture    *fixture,
                    gconstpointer  data)
{
  g_autoptr (PurgeJob) mine = job_look_up_lose (fixture, 3);
  g_autoptr (PurgeJob) theirs = job_fixture_load (fixture, 0);
  g_autoptr (GAsyncResult) my_result = NULL;
  g_autoptr (GAsyncResult) their_result = NULL;
  JobRecord record = { 0, 3, 2, 1 };
  g_autofree char *json = job_look_up_dup_log (&record, 1);
  guint n_mine;
  guint n_theirs;

  purge_job_set_account (theirs, fixture->account);
  purge_job_check_async (mine, NULL, await_cb, &my_result);
  purge_job_check_async (theirs, NULL, await_cb, &their_result);
  job_look_up_await (fixture, 3);
  mock_transport_say (fixture->transport, 1, json);
  mock_transport_say (fixture->transport, 2, json);
  g_assert_true (purge_job_check_finish (mine, await (&my_result), &n_mine, NULL));
  g_assert_true (purge_job_check_finish (theirs, await (&their_result), &n_theirs, NULL));

  g_assert_cmpuint (n_mine + n_theirs, ==, 1);
  g_assert_cmpuint (purge_job_count (mine, PURGE_BATCH_DONE), ==, 3);
  g_assert_cmpuint (purge_job_count (theirs, PURGE_BATCH_DONE), ==, 3);
}

/* By a clock that is off, a rival has a time that the server's log does not know. */
static void
test_rival_by_a_wrong_clock (JobFixture    *fixture,
                             gconstpointer  data)
{
  g_autoptr (PurgeJob) accepted = job_fixture_new_job (fixture, 3);
  g_autoptr (PurgeJob) lost = job_fixture_new_job (fixture, 3);
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (NOW + 600);
  g_autoptr (GAsyncResult) result = NULL;
  JobRecord record = { 0, 3, 602, 1 };
  g_autofree char *json = job_look_up_dup_log (&record, 1);
  g_autoptr (GBytes) body = g_bytes_new (json, strlen (json));
  g_autoptr (PurgeExchange) first = purge_exchange_new_answer (200, body);
  guint n_settled;

  mock_transport_set_script (fixture->transport, "al");
  g_assert_true (job_fixture_run (fixture, accepted, NULL));
  g_assert_true (job_fixture_run (fixture, lost, NULL));
  mock_transport_set_script (fixture->transport, NULL);

  first->date = g_date_time_format (date, "%a, %d %b %Y %H:%M:%S GMT");
  purge_job_check_async (lost, NULL, await_cb, &result);
  job_look_up_await (fixture, 3);
  mock_transport_answer (fixture->transport, 2, first);
  job_look_up_await (fixture, 4);
  mock_transport_say (fixture->transport, 3, json);
  g_assert_true (purge_job_check_finish (lost, await (&result), &n_settled, NULL));
  g_assert_cmpuint (n_settled, ==, 0);
}

static gboolean
send_again (JobFixture  *fixture,
            PurgeJob    *job,
            const char  *json,
            GError     **error)
{
  g_autoptr (PurgeBatch) batch = g_list_model_get_item (G_LIST_MODEL (job), 0);
  g_autoptr (GAsyncResult) result = NULL;
  guint n_before = mock_transport_count (fixture->transport);

  purge_job_send_again_async (job, batch, NULL, await_cb, &result);
  if (json != NULL)
    {
      job_look_up_await (fixture, n_before + 1);
      mock_transport_say (fixture->transport, n_before, json);
    }
  return purge_job_send_again_finish (job, await (&result), error);
}

/* Only an acceptance says anything of the first sending; every other answer may be to the second. */
static const struct
{
  const char *name;
  const char *json;
  const char *state;
} answers[] = {
  { "accepted", "{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\"}", "a" },
  { "seen before", "{\"code\":4500,\"message\":\"\"}", "u" },
  { "refused", "{\"code\":4000,\"message\":\"(9110)\",\"codeDesc\":9110}", "u" },
  { "busy", "{\"code\":4000,\"message\":\"(22063)\",\"codeDesc\":22063}", "u" },
};

static void
test_send_again (JobFixture    *fixture,
                 gconstpointer  data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (PurgeJob) job = job_look_up_lose (fixture, 3);
  g_autoptr (PurgeBatch) batch = g_list_model_get_item (G_LIST_MODEL (job), 0);
  g_autoptr (PurgeJob) loaded = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *first = job_look_up_dup_body (fixture, 0);
  g_autofree char *second = NULL;
  g_autofree char *states = NULL;

  mock_clock_set_unix_time (fixture->clock, NOW + 239);
  g_assert_true (purge_job_can_send_again (job, batch));
  g_assert_true (send_again (fixture, job, answers[i].json, &error));
  g_assert_no_error (error);
  second = job_look_up_dup_body (fixture, 1);
  g_assert_cmpstr (first, ==, second);

  /* Once, whatever came of it, and after a restart too. */
  g_assert_false (purge_job_can_send_again (job, batch));
  g_assert_false (send_again (fixture, job, NULL, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  loaded = job_fixture_load (fixture, 0);
  purge_job_set_account (loaded, fixture->account);
  states = job_fixture_dup_states (loaded);
  g_assert_cmpstr (states, ==, answers[i].state);
  g_assert_false (send_again (fixture, loaded, NULL, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND);
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 2);
}

static void
assert_impossible (JobFixture *fixture,
                   PurgeJob   *job)
{
  g_autoptr (PurgeBatch) batch = g_list_model_get_item (G_LIST_MODEL (job), 0);
  g_autoptr (GError) error = NULL;
  guint n_before = mock_transport_count (fixture->transport);

  g_assert_false (purge_job_can_send_again (job, batch));
  g_assert_false (send_again (fixture, job, NULL, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND);
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, n_before);
}

static void
test_too_late (JobFixture    *fixture,
               gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_look_up_lose (fixture, 3);

  mock_clock_set_unix_time (fixture->clock, NOW + 240);
  assert_impossible (fixture, job);
}

/* Another key would make other bytes. */
static void
test_other_key (JobFixture    *fixture,
                gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_look_up_lose (fixture, 3);

  g_object_set (fixture->account, "key-serial", 5, NULL);
  purge_job_set_account (job, fixture->account);
  assert_impossible (fixture, job);
}

/* API 3.0 has no nonce, so nothing keeps its server from doing it twice; it is the API that was spoken
 * that counts, not that of the account now. */
static void
test_api_v3 (JobFixture    *fixture,
             gconstpointer  data)
{
  g_autoptr (PurgeJob) job = NULL;

  g_object_set (fixture->account, "api", GPOINTER_TO_INT (data), NULL);
  job = job_look_up_lose (fixture, 3);
  assert_impossible (fixture, job);
  g_object_set (fixture->account, "api", PURGE_API_KIND_2_0, NULL);
  purge_job_set_account (job, fixture->account);
  assert_impossible (fixture, job);
}

/* The account may have changed since; the request has not. */
static void
test_other_form (JobFixture    *fixture,
                 gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_look_up_lose (fixture, 3);
  g_autofree char *first = job_look_up_dup_body (fixture, 0);
  g_autofree char *second = NULL;

  g_object_set (fixture->account, "form", PURGE_FORM_MULTIPART,
                "signature", PURGE_SIGNATURE_HMAC_SHA1, NULL);
  purge_job_set_account (job, fixture->account);
  g_assert_true (send_again (fixture, job, answers[0].json, NULL));
  second = job_look_up_dup_body (fixture, 1);
  g_assert_cmpstr (first, ==, second);
}

/* A request that the server has said it has, or has taken in part, is looked up instead. */
static void
test_known_to_server (JobFixture    *fixture,
                      gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 3);
  g_autoptr (GAsyncResult) result = NULL;

  purge_job_run_async (job, NULL, await_cb, &result);
  job_look_up_await (fixture, 1);
  mock_transport_say (fixture->transport, 0, GPOINTER_TO_INT (data) == 0
                        ? "{\"code\":4500,\"message\":\"\"}"
                        : "{\"code\":0,\"data\":{\"count\":2,\"task_id\":\"7\"}}");
  g_assert_true (purge_job_run_finish (job, await (&result), NULL));
  g_assert_cmpuint (purge_job_count (job, PURGE_BATCH_UNKNOWN), ==, 3);
  assert_impossible (fixture, job);
}

/* Without the key the server is not asked, neither once nor again and again nor by sending again, and
 * what was unknown stays unknown. */
static void
test_no_key (JobFixture    *fixture,
             gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_look_up_lose (fixture, 3);
  g_autoptr (PurgeBatch) batch = g_list_model_get_item (G_LIST_MODEL (job), 0);
  PurgeKeyring *keyring = purge_workspace_get_keyring (fixture->workspace);
  g_autoptr (GAsyncResult) forgotten = NULL;
  g_autoptr (GAsyncResult) checked = NULL;
  g_autoptr (GAsyncResult) watched = NULL;
  g_autoptr (GAsyncResult) sent = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *states = NULL;

  purge_keyring_forget_async (keyring, purge_account_get_uuid (fixture->account), NULL, await_cb,
                              &forgotten);
  g_assert_true (purge_keyring_forget_finish (keyring, await (&forgotten), NULL));

  purge_job_check_async (job, NULL, await_cb, &checked);
  g_assert_false (purge_job_check_finish (job, await (&checked), NULL, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_NO_KEY);
  g_assert_false (purge_job_get_checking (job));

  g_clear_error (&error);
  purge_job_watch_async (job, NULL, await_cb, &watched);
  g_assert_false (purge_job_watch_finish (job, await (&watched), &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_NO_KEY);
  g_assert_false (purge_job_get_checking (job));

  g_clear_error (&error);
  purge_job_send_again_async (job, batch, NULL, await_cb, &sent);
  g_assert_false (purge_job_send_again_finish (job, await (&sent), &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_NO_KEY);
  g_assert_false (purge_job_get_running (job));

  states = job_fixture_dup_states (job);
  g_assert_cmpstr (states, ==, "u");
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 1);
}

/* What was found and cannot be written down is not found. */
static void
test_no_journal (JobFixture    *fixture,
                 gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_look_up_lose (fixture, 3);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  JobRecord record = { 0, 3, 2, 1 };
  g_autofree char *json = job_look_up_dup_log (&record, 1);
  g_autofree char *states = NULL;

  purge_job_check_async (job, NULL, await_cb, &result);
  job_look_up_await (fixture, 2);
  purge_workspace_close (fixture->workspace);
  mock_transport_say (fixture->transport, 1, json);
  g_assert_false (purge_job_check_finish (job, await (&result), NULL, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE);
  g_assert_false (purge_job_get_checking (job));
  states = job_fixture_dup_states (job);
  g_assert_cmpstr (states, ==, "u");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function, data) \
  g_test_add ("/job-check/" name, JobFixture, data, job_fixture_set_up, function, \
              job_fixture_tear_down)

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/job-check/found/%s", cases[i].name);

      g_strdelimit (path, " ", '-');
      g_test_add (path, JobFixture, GUINT_TO_POINTER (i), job_fixture_set_up, test_cases,
                  job_fixture_tear_down);
    }
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *path = g_strdup_printf ("/job-check/send-again/%s", answers[i].name);

      g_strdelimit (path, " ", '-');
      g_test_add (path, JobFixture, GUINT_TO_POINTER (i), job_fixture_set_up, test_send_again,
                  job_fixture_tear_down);
    }
  ADD ("claimed-once", test_claimed_once, NULL);
  ADD ("rival", test_rival, NULL);
  ADD ("beside-ones-own", test_beside_others, GINT_TO_POINTER (TRUE));
  ADD ("beside-a-colleague", test_beside_others, GINT_TO_POINTER (FALSE));
  ADD ("by-task", test_by_task, GINT_TO_POINTER (FALSE));
  ADD ("by-no-task", test_by_task, GINT_TO_POINTER (TRUE));
  ADD ("two-instances", test_two_instances, NULL);
  ADD ("failure", test_failure, NULL);
  ADD ("wrong-clock", test_wrong_clock, NULL);
  ADD ("rival-by-a-wrong-clock", test_rival_by_a_wrong_clock, NULL);
  ADD ("no-key", test_no_key, NULL);
  ADD ("no-journal", test_no_journal, NULL);
  ADD ("send-again/too-late", test_too_late, NULL);
  ADD ("send-again/other-key", test_other_key, NULL);
  ADD ("send-again/api-v3", test_api_v3, GINT_TO_POINTER (PURGE_API_KIND_3_0));
  ADD ("send-again/api-v3-intl", test_api_v3, GINT_TO_POINTER (PURGE_API_KIND_3_0_INTL));
  ADD ("send-again/other-form", test_other_form, NULL);
  ADD ("send-again/repeated", test_known_to_server, GINT_TO_POINTER (0));
  ADD ("send-again/taken-in-part", test_known_to_server, GINT_TO_POINTER (1));

  return g_test_run ();
}
