/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* kill-driver: core at work as cdn-purge-cli has it, journal on disk and libsoup on the wire, but
 * with the key in memory, so that it starts without a keyring. It works on the database of
 * $XDG_DATA_HOME and ends with 0, or with 1 and a sentence.
 *
 *   account URL   makes the account that the others use
 *   purge         submits the directories on standard input
 *   careless      the same as a program would that journals after sending: what must be found out
 *   resume ID     sends what waits of a submission
 */

#define G_LOG_DOMAIN "kill-driver"

#include "purge-access.h"
#include "purge-accounts.h"
#include "purge-clock.h"
#include "purge-error.h"
#include "purge-job.h"
#include "purge-memory-keyring.h"
#include "purge-soup-transport.h"

#include <stdio.h>

#include "await.h"
#include "journal-sync.h"
#include "sample-order.h"

typedef struct
{
  PurgeWorkspace *workspace;
  PurgeAccounts  *accounts;
} Desk;

static PurgeCredentials *
make_credentials (void)
{
  g_autoptr (PurgeSecret) key = purge_secret_new ("keyTHATopensNOTHING0000000000000", -1);

  return purge_credentials_new ("AKIDdriver", key, NULL);
}

static gboolean
open_desk (Desk    *desk,
           GError **error)
{
  g_autoptr (PurgeKeyring) keyring = purge_memory_keyring_new ();
  g_autoptr (PurgeTransport) transport = purge_soup_transport_new ();
  g_autoptr (PurgeClock) clock = purge_clock_new ();
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autofree char *path =
    g_build_filename (g_get_user_data_dir (), "cdn-purge", "journal.sqlite", NULL);

  desk->workspace = purge_workspace_new (path, keyring, transport, clock);
  purge_workspace_open_async (desk->workspace, NULL, await_cb, &opened);
  if (!purge_workspace_open_finish (desk->workspace, await (&opened), error))
    return FALSE;

  desk->accounts = purge_accounts_new (desk->workspace);
  purge_accounts_load_async (desk->accounts, NULL, await_cb, &loaded);
  return purge_accounts_load_finish (desk->accounts, await (&loaded), error);
}

static void
close_desk (Desk *desk)
{
  g_clear_object (&desk->accounts);
  purge_workspace_close (desk->workspace);
  g_clear_object (&desk->workspace);
}

static gboolean
add_account (Desk        *desk,
             const char  *url,
             GError     **error)
{
  g_autoptr (PurgeEndpoint) endpoint = purge_endpoint_parse (url, error);
  g_autoptr (PurgeCredentials) credentials = make_credentials ();
  g_autoptr (PurgeAccount) account = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  if (endpoint == NULL)
    return FALSE;

  account = g_object_new (PURGE_TYPE_ACCOUNT, "name", "shop", "endpoint", endpoint, NULL);
  purge_accounts_put_async (desk->accounts, account, credentials, NULL, await_cb, &result);
  return purge_accounts_put_finish (desk->accounts, await (&result), error);
}

/* The one account, with its key. */
static PurgeAccount *
take_account (Desk    *desk,
              GError **error)
{
  g_autoptr (PurgeAccount) account = g_list_model_get_item (G_LIST_MODEL (desk->accounts), 0);
  g_autoptr (PurgeCredentials) credentials = make_credentials ();
  g_autoptr (GAsyncResult) result = NULL;
  PurgeKeyring *keyring = purge_workspace_get_keyring (desk->workspace);

  g_assert_nonnull (account);
  purge_keyring_store_async (keyring, purge_account_get_uuid (account), "shop", credentials, NULL,
                             await_cb, &result);
  return purge_keyring_store_finish (keyring, await (&result), error) ? g_steal_pointer (&account)
                                                                      : NULL;
}

static GStrv
read_urls (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  char line[1024];

  while (fgets (line, sizeof line, stdin) != NULL)
    g_strv_builder_add (builder, g_strchomp (line));

  return g_strv_builder_end (builder);
}

static gboolean
run_job (PurgeJob  *job,
         GError   **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  purge_job_run_async (job, NULL, await_cb, &result);
  return purge_job_run_finish (job, await (&result), error);
}

static gboolean
submit (Desk    *desk,
        GError **error)
{
  g_autoptr (PurgeAccount) account = take_account (desk, error);
  g_auto (GStrv) urls = read_urls ();
  g_autoptr (PurgeJob) job = NULL;

  if (account == NULL)
    return FALSE;

  job = sample_job_new (desk->workspace, account, PURGE_MODE_UPDATED, (const char * const *) urls);
  return run_job (job, error);
}

static gboolean
resume (Desk        *desk,
        const char  *id,
        GError     **error)
{
  g_autoptr (PurgeAccount) account = take_account (desk, error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PurgeJob) job = NULL;

  if (account == NULL)
    return FALSE;

  purge_job_load_async (desk->workspace, g_ascii_strtoll (id, NULL, 10), NULL, await_cb, &result);
  job = purge_job_load_finish (desk->workspace, await (&result), error);
  if (job == NULL)
    return FALSE;

  purge_job_set_account (job, account);
  if (run_job (job, error))
    return TRUE;

  /* Nothing waits, or it waits no longer: that is no fault. */
  if (!g_error_matches (*error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND))
    return FALSE;

  g_clear_error (error);
  return TRUE;
}

static PurgeOutcome *
send_carelessly (Desk             *desk,
                 PurgeAccess      *access,
                 PurgeBatchRecord *batch,
                 PurgeAttempt     *attempt)
{
  PurgeTransport *transport = purge_workspace_get_transport (desk->workspace);
  PurgeCall call = {
    .urls = (const char * const *) batch->urls,
    .mode = PURGE_MODE_UPDATED,
    .timestamp = attempt->timestamp,
    .nonce = attempt->nonce,
  };
  g_autoptr (PurgeRequest) request =
    purge_api_build_purge (access->api, &call, access->credentials, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PurgeExchange) exchange = NULL;

  purge_transport_send_async (transport, request, NULL, await_cb, &result);
  exchange = purge_transport_send_finish (transport, await (&result));
  return purge_api_read_purge (access->api, exchange, g_strv_length (batch->urls));
}

static gboolean
send_carelessly_and_then_say_so (Desk              *desk,
                                 PurgeAccess       *access,
                                 PurgeBatchRecord  *batch,
                                 GError           **error)
{
  PurgeJournal *journal = purge_workspace_get_journal (desk->workspace);
  PurgeClock *clock = purge_workspace_get_clock (desk->workspace);
  g_autoptr (PurgeAttempt) attempt =
    purge_attempt_new (access->account,
                       purge_endpoint_to_string (purge_api_get_endpoint (access->api)));
  g_autoptr (PurgeOutcome) outcome = NULL;
  PurgeBatchState state;

  attempt->nonce = purge_clock_roll_nonce (clock);
  attempt->timestamp = attempt->started = purge_clock_get_unix_time (clock);
  outcome = send_carelessly (desk, access, batch, attempt);

  return journal_sync_begin_attempt (journal, batch->id, attempt, error) &&
         journal_sync_record (journal, batch->id, outcome, &state, error);
}

static gboolean
submit_carelessly (Desk    *desk,
                   GError **error)
{
  g_autoptr (PurgeAccount) account = take_account (desk, error);
  g_auto (GStrv) urls = read_urls ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PurgeAccess) access = NULL;
  g_autoptr (PurgeSubmission) submission = NULL;

  if (account == NULL)
    return FALSE;

  purge_access_open_async (desk->workspace, account, NULL, await_cb, &result);
  access = purge_access_open_finish (desk->workspace, await (&result), error);
  if (access == NULL)
    return FALSE;

  submission =
    sample_submission_new (account, purge_endpoint_to_string (purge_api_get_endpoint (access->api)),
                           PURGE_MODE_UPDATED, g_get_real_time () / G_USEC_PER_SEC,
                           (const char * const *) urls,
                           purge_api_get_batch_limit (access->api, PURGE_KIND_DIRECTORY,
                                                      PURGE_AREA_NONE, NULL));
  if (!journal_sync_add (purge_workspace_get_journal (desk->workspace), submission, error))
    return FALSE;

  for (guint i = 0; i < submission->batches->len; i++)
    if (!send_carelessly_and_then_say_so (desk, access, submission->batches->pdata[i], error))
      return FALSE;

  return TRUE;
}

static gboolean
obey (Desk         *desk,
      char        **arguments,
      GError      **error)
{
  const char *command = arguments[1];

  if (!open_desk (desk, error))
    return FALSE;
  if (g_str_equal (command, "account"))
    return add_account (desk, arguments[2], error);
  if (g_str_equal (command, "purge"))
    return submit (desk, error);
  if (g_str_equal (command, "careless"))
    return submit_carelessly (desk, error);

  g_assert_cmpstr (command, ==, "resume");
  return resume (desk, arguments[2], error);
}

int
main (int   argc,
      char *argv[])
{
  Desk desk = { NULL };
  g_autoptr (GError) error = NULL;
  gboolean obeyed;

  g_assert_cmpint (argc, >=, 2);
  obeyed = obey (&desk, argv, &error);
  if (!obeyed)
    g_printerr ("%s\n", error->message);
  close_desk (&desk);

  return obeyed ? 0 : 1;
}
