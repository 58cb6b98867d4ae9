/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "config.h"

#include "job-look-up.h"

#include <string.h>

#include "await.h"

static char *
dup_time (gint64 unix_seconds)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (8 * 60 * 60);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (unix_seconds);
  g_autoptr (GDateTime) there = g_date_time_to_timezone (utc, zone);

  return g_date_time_format (there, "%Y-%m-%d %H:%M:%S");
}

char *
job_look_up_dup_log (const JobRecord *records,
                     guint            n_records)
{
  g_autoptr (GString) json = g_string_new ("{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\","
                                           "\"data\":{\"logs\":[");

  for (guint i = 0; i < n_records; i++)
    {
      g_autofree char *time = dup_time (JOB_FIXTURE_NOW + records[i].after);

      g_string_append_printf (json, "%s{\"id\":%u,\"app_id\":1,\"project_id\":0,"
                              "\"host\":\"www.example.com\",\"type\":1,\"status\":%d,"
                              "\"datetime\":\"%s\",\"url_list\":[",
                              i > 0 ? "," : "", 900 + i, records[i].status, time);
      for (guint j = 0; j < records[i].n_urls; j++)
        g_string_append_printf (json, "%s\"https://%s/%u/\"", j > 0 ? "," : "",
                                records[i].host != NULL ? records[i].host : "www.example.com",
                                records[i].from + j);
      g_string_append (json, "]}");
    }
  g_string_append_printf (json, "],\"total\":%u}}", n_records);

  return g_string_free (g_steal_pointer (&json), FALSE);
}

typedef struct
{
  MockTransport *transport;
  guint          n;
} Requests;

static gboolean
has_requests (gpointer user_data)
{
  Requests *requests = user_data;

  return mock_transport_count (requests->transport) >= requests->n;
}

void
job_look_up_await (JobFixture *fixture,
                   guint       n_requests)
{
  Requests requests = { fixture->transport, n_requests };

  await_condition (has_requests, &requests);
}

/* A job of which the first batch is lost. */
PurgeJob *
job_look_up_lose (JobFixture *fixture,
                  guint       n_urls)
{
  PurgeJob *job = job_fixture_new_job (fixture, n_urls);

  mock_transport_set_script (fixture->transport, "l");
  g_assert_true (job_fixture_run (fixture, job, NULL));
  mock_transport_set_script (fixture->transport, NULL);
  g_assert_cmpuint (purge_job_count (job, PURGE_BATCH_UNKNOWN), ==, MIN (n_urls, 20));
  return job;
}

char *
job_look_up_dup_body (JobFixture *fixture,
                      guint       index)
{
  GBytes *body = purge_request_get_body (mock_transport_get_request (fixture->transport, index));

  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

/* Checks with one look-up, the last request so far, that is answered with @json. */
guint
job_look_up_check (JobFixture *fixture,
                   PurgeJob   *job,
                   const char *json)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n_before = mock_transport_count (fixture->transport);
  g_autofree char *body = NULL;
  guint n_settled;

  purge_job_check_async (job, NULL, await_cb, &result);
  job_look_up_await (fixture, n_before + 1);
  g_assert_true (purge_job_get_checking (job));
  body = job_look_up_dup_body (fixture, n_before);
  g_assert_nonnull (strstr (body, "Action=GetCdnRefreshLog&"));
  mock_transport_say (fixture->transport, n_before, json);
  g_assert_true (purge_job_check_finish (job, await (&result), &n_settled, &error));
  g_assert_no_error (error);
  g_assert_false (purge_job_get_checking (job));
  return n_settled;
}
