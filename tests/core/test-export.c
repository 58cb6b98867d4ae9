/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-export.h"

#include <string.h>

#include "purge-error.h"

#include "await.h"
#include "job-fixture.h"
#include "sample-order.h"

/* What the fixture has in its keyring. */
#define SECRET_ID "AKIDEXAMPLE"
#define SECRET_KEY "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE"

#define HEADINGS "submission,time,account,directory,state,code,codeDesc,message,taskId\n"
#define TIME "2018-11-23T19:06:40Z"

static const char * const urls[] = {
  "https://www.example.com/a,b/", "https://www.example.com/%E6%96%B0/", NULL
};

/* A server that would have a spreadsheet, a terminal and a reader do something. */
static const struct
{
  const char *account;
  const char *answer;
  const char *cells;
  const char *members;
} answers[] = {
  { "=SUM(1)",
    "{\"code\":4000,\"codeDesc\":\"-9015\",\"message\":\"+1, \\\"引用\\\"\\n\\u202Eevil\"}",
    "4000,'-9015,\"'+1, \"\"引用\"\"‹U+000A›‹U+202E›evil\",",
    "\"code\":4000,\"codeDesc\":\"-9015\",\"message\":\"+1, \\\"引用\\\"\\n\\u202eevil\",\"taskId\":null" },
  { "@home", "{\"code\":4000,\"codeDesc\":9110,\"message\":\"@x\\u001b[31m\"}",
    "4000,9110,'@x‹U+001B›[31m,",
    "\"code\":4000,\"codeDesc\":\"9110\",\"message\":\"@x\\u001b[31m\",\"taskId\":null" },
  { "+1", "{\"code\":4000,\"message\":\"=A(1,2)\"}",
    "4000,,\"'=A(1,2)\",",
    "\"code\":4000,\"codeDesc\":null,\"message\":\"=A(1,2)\",\"taskId\":null" },
  { "生产", "{\"code\":4000,\"message\":\"\\t=1\"}",
    "4000,,‹U+0009›=1,",
    "\"code\":4000,\"codeDesc\":null,\"message\":\"\\t=1\",\"taskId\":null" },
};

static PurgeJob *
new_job (JobFixture *fixture,
         const char *account)
{
  g_object_set (fixture->account, "name", account, NULL);

  return sample_job_new (fixture->workspace, fixture->account, PURGE_MODE_UPDATED, urls);
}

static gboolean
has_request (gpointer user_data)
{
  return mock_transport_count_open (user_data) > 0;
}

static void
run_and_say (JobFixture *fixture,
             PurgeJob   *job,
             const char *answer)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  purge_job_run_async (job, NULL, await_cb, &result);
  await_condition (has_request, fixture->transport);
  mock_transport_say (fixture->transport, mock_transport_count (fixture->transport) - 1, answer);
  g_assert_true (purge_job_run_finish (job, await (&result), &error));
  g_assert_no_error (error);
}

/* What a request is authorized with is in no export. */
static void
assert_nothing_usable (PurgeJob   *job,
                       const char *text)
{
  g_assert_null (strstr (text, SECRET_ID));
  g_assert_null (strstr (text, SECRET_KEY));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (job)); i++)
    {
      g_autoptr (PurgeBatch) batch = g_list_model_get_item (G_LIST_MODEL (job), i);
      const PurgeAttempt *attempt = purge_batch_get_attempt (batch);
      g_autofree char *nonce = NULL;
      g_autofree char *time = NULL;

      g_assert_nonnull (attempt);
      nonce = g_strdup_printf ("%" G_GUINT64_FORMAT, attempt->nonce);
      time = g_strdup_printf ("%" G_GINT64_FORMAT, attempt->timestamp);
      g_assert_null (strstr (text, nonce));
      g_assert_null (strstr (text, time));
    }
}

static void
test_csv (JobFixture    *fixture,
          gconstpointer  data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (PurgeJob) job = new_job (fixture, answers[i].account);
      const char *safe = strchr ("=+-@", *answers[i].account) != NULL ? "'" : "";
      g_autofree char *expected = NULL;
      g_autofree char *text = NULL;

      run_and_say (fixture, job, answers[i].answer);
      text = purge_export_dup_text (job, 7, PURGE_EXPORT_CSV);
      expected = g_strdup_printf (HEADINGS
                                  "7," TIME ",%s%s,\"%s\",rejected,%s\n"
                                  "7," TIME ",%s%s,%s,rejected,%s\n",
                                  safe, answers[i].account, urls[0], answers[i].cells,
                                  safe, answers[i].account, urls[1], answers[i].cells);
      g_assert_cmpstr (text, ==, expected);
      assert_nothing_usable (job, text);
    }
}

static void
test_json (JobFixture    *fixture,
           gconstpointer  data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (PurgeJob) job = new_job (fixture, answers[i].account);
      g_autofree char *expected = NULL;
      g_autofree char *explanation = NULL;
      g_autofree char *text = NULL;
      g_autoptr (PurgeBatch) batch = NULL;

      run_and_say (fixture, job, answers[i].answer);
      batch = g_list_model_get_item (G_LIST_MODEL (job), 0);
      explanation = purge_batch_dup_explanation (batch);
      text = purge_export_dup_text (job, 7, PURGE_EXPORT_JSON);
      expected = g_strdup_printf (
        "{\"submission\":7,\"area\":null,\"accepted\":0,\"rejected\":2,\"unknown\":0,\"waiting\":0,"
        "\"done\":0,\"failed\":0,\"batches\":[{\"state\":\"rejected\",\"kind\":\"directory\",%s,"
        "\"explanation\":\"%s\",\"directories\":[\"%s\",\"%s\"]}],\"problems\":[],\"changes\":[],"
        "\"error\":null}\n", answers[i].members, explanation, urls[0], urls[1]);
      g_assert_cmpstr (text, ==, expected);
      assert_nothing_usable (job, text);
    }
}

/* In practice there is no number that anything could show. */
static void
test_without_number (JobFixture    *fixture,
                     gconstpointer  data)
{
  g_autoptr (PurgeJob) job = new_job (fixture, "Practice");
  g_autofree char *csv = NULL;
  g_autofree char *json = NULL;

  run_and_say (fixture, job, "{\"code\":0,\"codeDesc\":\"Success\"}");
  csv = purge_export_dup_text (job, 0, PURGE_EXPORT_CSV);
  json = purge_export_dup_text (job, 0, PURGE_EXPORT_JSON);
  g_assert_true (g_str_has_prefix (csv, HEADINGS "," TIME ",Practice,"));
  g_assert_true (g_str_has_prefix (json, "{\"submission\":null,\"area\":null,\"accepted\":2,"));
}

/* What was sent again has one line, and in JSON each batch says what became of it. */
static void
test_sent_again (JobFixture    *fixture,
                 gconstpointer  data)
{
  g_autoptr (PurgeJob) job = new_job (fixture, "Test");
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *csv = NULL;
  g_autofree char *json = NULL;
  g_auto (GStrv) lines = NULL;

  mock_transport_set_script (fixture->transport, "ra");
  g_assert_true (job_fixture_run (fixture, job, NULL));
  purge_job_retry_async (job, PURGE_JOB_REFUSED, NULL, await_cb, &result);
  g_assert_true (purge_job_retry_finish (job, await (&result), NULL));

  csv = purge_export_dup_text (job, 7, PURGE_EXPORT_CSV);
  lines = g_strsplit (csv, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_nonnull (strstr (lines[1], ",accepted,"));
  g_assert_nonnull (strstr (lines[2], ",accepted,"));

  json = purge_export_dup_text (job, 7, PURGE_EXPORT_JSON);
  g_assert_nonnull (strstr (json, "\"accepted\":2,\"rejected\":0,"));
  g_assert_nonnull (strstr (json, "[{\"state\":\"superseded\","));
  g_assert_nonnull (strstr (json, ",{\"state\":\"accepted\","));
}

/* Where nothing was sent, the reason is an error. */
static void
test_nothing_sent (JobFixture    *fixture,
                   gconstpointer  data)
{
  g_autoptr (PurgeJob) job = new_job (fixture, "Test");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  before = purge_export_dup_text (job, 0, PURGE_EXPORT_JSON);
  g_assert_nonnull (strstr (before, "\"error\":{\"kind\":\"waiting\",\"sentence\":"));

  mock_clock_set_chance (fixture->clock, 0);
  mock_transport_set_script (fixture->transport, "nnn");
  g_assert_true (job_fixture_run (fixture, job, NULL));
  after = purge_export_dup_text (job, 7, PURGE_EXPORT_JSON);
  g_assert_nonnull (strstr (after, "\"waiting\":2,"));
  g_assert_nonnull (strstr (after, "\"error\":{\"kind\":\"no-connection\",\"sentence\":"));
}

static PurgeBatch *
get_batch (PurgeJob *job)
{
  g_autoptr (PurgeBatch) batch = g_list_model_get_item (G_LIST_MODEL (job), 0);

  return batch;
}

/* What was sent is shown as it was sent, whatever the account has become since. */
static void
test_curl (JobFixture    *fixture,
           gconstpointer  data)
{
  g_autoptr (PurgeJob) job = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *gone = NULL;

  g_object_set (fixture->account, "form", PURGE_FORM_GET, NULL);
  job = new_job (fixture, "Test");
  before = purge_export_dup_curl (job, get_batch (job), &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (before, "curl --get 'https://cdn.api.qcloud.com/v2/index.php' "));
  g_assert_nonnull (strstr (before, "'dirs.1=https://www.example.com/%E6%96%B0/'"));

  run_and_say (fixture, job, "{\"code\":0}");
  g_object_set (fixture->account, "api", PURGE_API_KIND_3_0, "form", PURGE_FORM_POST, NULL);
  after = purge_export_dup_curl (job, get_batch (job), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (after, ==, before);
  assert_nothing_usable (job, after);

  purge_job_set_account (job, NULL);
  gone = purge_export_dup_curl (job, get_batch (job), &error);
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND);
  g_assert_null (gone);
}

static void
test_endings (void)
{
  static const struct
  {
    const char *name;
    int         format;
  } cases[] = {
    { "a.csv", PURGE_EXPORT_CSV },
    { "a.json", PURGE_EXPORT_JSON },
    { "A.JSON", PURGE_EXPORT_JSON },
    { "a.csv.json", PURGE_EXPORT_JSON },
    { "a.json.bak", -1 },
    { "json", -1 },
    { "", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PurgeExportFormat format = PURGE_EXPORT_CSV;
      gboolean says = purge_export_read_ending (cases[i].name, &format);

      g_test_message ("%s", cases[i].name);
      g_assert_cmpint (says ? (int) format : -1, ==, cases[i].format);
    }
  g_assert_cmpstr (purge_export_get_ending (PURGE_EXPORT_CSV), ==, ".csv");
  g_assert_cmpstr (purge_export_get_ending (PURGE_EXPORT_JSON), ==, ".json");
}

static void
add (const char *name,
     void      (*test) (JobFixture *, gconstpointer))
{
  g_test_add (name, JobFixture, NULL, job_fixture_set_up, test, job_fixture_tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/export/csv", test_csv);
  add ("/export/json", test_json);
  add ("/export/without-number", test_without_number);
  add ("/export/sent-again", test_sent_again);
  add ("/export/nothing-sent", test_nothing_sent);
  add ("/export/curl", test_curl);
  g_test_add_func ("/export/endings", test_endings);

  return g_test_run ();
}
