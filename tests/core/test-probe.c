/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Keys tried out: stored ones and typed ones, on a wire that the test plays. */

#include "purge-probe.h"

#include <string.h>

#include "purge-error.h"

#include "await.h"
#include "job-fixture.h"

#define GOOD \
  "{\"Response\":{\"UrlPurge\":[],\"PathPurge\":[{\"Batch\":39,\"Total\":100,\"Available\":63," \
  "\"Area\":\"mainland\"}],\"RequestId\":\"1\"}}"
#define NO_SUCH_KEY \
  "{\"Response\":{\"Error\":{\"Code\":\"AuthFailure.SecretIdNotFound\",\"Message\":\"none\"}," \
  "\"RequestId\":\"1\"}}"

static PurgeKeyVerdict *
probe (JobFixture       *fixture,
       PurgeAccount     *account,
       PurgeCredentials *credentials,
       const char       *json,
       PurgeServerQuota **quota,
       GError          **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  guint n = mock_transport_count (fixture->transport);

  purge_probe_async (fixture->workspace, account, credentials, fixture->cancellable, await_cb,
                     &result);
  while (result == NULL && mock_transport_count (fixture->transport) == n)
    g_main_context_iteration (NULL, TRUE);
  if (result == NULL)
    mock_transport_say (fixture->transport, n, json);

  return purge_probe_finish (fixture->workspace, await (&result), quota, error);
}

/* Who signed the last request. */
static void
assert_signed_by (JobFixture *fixture,
                  const char *secret_id)
{
  guint last = mock_transport_count (fixture->transport) - 1;
  PurgeRequest *request = mock_transport_get_request (fixture->transport, last);
  const char *value;

  g_assert_cmpstr (purge_request_get_header (request, 0, &value), ==, "Authorization");
  g_assert_nonnull (strstr (value, secret_id));
}

static void
test_stored (JobFixture    *fixture,
             gconstpointer  data)
{
  g_autoptr (PurgeServerQuota) quota = NULL;
  g_autoptr (PurgeKeyVerdict) verdict = NULL;
  g_autoptr (GError) error = NULL;

  g_object_set (fixture->account, "api", PURGE_API_KIND_3_0, NULL);
  verdict = probe (fixture, fixture->account, NULL, GOOD, &quota, &error);
  g_assert_no_error (error);
  g_assert_cmpint (verdict->finding, ==, PURGE_KEY_GOOD);
  g_assert_cmpuint (purge_server_quota_find (quota, PURGE_KIND_DIRECTORY, PURGE_AREA_MAINLAND)->total,
                    ==, 100);
  assert_signed_by (fixture, "AKIDEXAMPLE/");
}

/* An account and a key that are nowhere but in a dialog, and are nowhere else afterwards. */
static void
test_typed (JobFixture    *fixture,
            gconstpointer  data)
{
  g_autoptr (PurgeAccount) account = purge_account_new (NULL, "Typed");
  g_autoptr (PurgeSecret) key = purge_secret_new ("0123456789abcdefghij", -1);
  g_autoptr (PurgeCredentials) credentials = purge_credentials_new ("AKIDtyped", key, NULL);
  g_autoptr (PurgeKeyVerdict) verdict = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PurgeKeyState state;

  g_object_set (account, "api", PURGE_API_KIND_3_0_INTL, NULL);
  verdict = probe (fixture, account, credentials, NO_SUCH_KEY, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (verdict->finding, ==, PURGE_KEY_BAD_ID);
  g_assert_cmpstr (verdict->message, ==, "none");
  assert_signed_by (fixture, "AKIDtyped/");

  purge_keyring_check_async (purge_workspace_get_keyring (fixture->workspace),
                             purge_account_get_uuid (account), NULL, await_cb, &result);
  g_assert_true (purge_keyring_check_finish (purge_workspace_get_keyring (fixture->workspace),
                                             await (&result), &state, &error));
  g_assert_cmpint (state, ==, PURGE_KEY_ABSENT);
}

static void
test_no_key (JobFixture    *fixture,
             gconstpointer  data)
{
  g_autoptr (PurgeAccount) account = purge_account_new (NULL, "Without a key");
  g_autoptr (GError) error = NULL;

  g_assert_null (probe (fixture, account, NULL, GOOD, NULL, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_NO_KEY);
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 0);
}

static void
test_cancelled (JobFixture    *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (fixture->cancellable);
  g_assert_null (probe (fixture, fixture->account, NULL, GOOD, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(name, function) \
  g_test_add ("/probe/" name, JobFixture, NULL, job_fixture_set_up, function, job_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("stored", test_stored);
  ADD ("typed", test_typed);
  ADD ("no-key", test_no_key);
  ADD ("cancelled", test_cancelled);

  return g_test_run ();
}
