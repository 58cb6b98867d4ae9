/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What is left of a key in the memory of this process after it was stored, after it was loaded and
 * given back, and after a whole run. To be run in a session with an unlocked keyring, and without anything that wipes
 * freed memory for us. */

#define G_LOG_DOMAIN "test-key-memory"

#include "purge-job.h"
#include "purge-secret-keyring.h"
#include "purge-soup-transport.h"

#include "await.h"
#include "fault-server.h"
#include "keyring-sync.h"
#include "memory-scan.h"
#include "sample-order.h"
#include "scratch.h"

#define ACCOUNT "2f0a6f5e-0a58-4f39-9a6e-3f1f0c8f7a11"
#define KEY_LENGTH 32

static guint8 concealed[KEY_LENGTH];

/* A key that is nowhere in this program, not even in its code. */
static void
invent_key (void)
{
  const char *letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  for (gsize i = 0; i < KEY_LENGTH; i++)
    concealed[i] = MEMORY_SCAN_CONCEAL (letters[g_random_int_range (0, 62)]);
}

static PurgeCredentials *
make_credentials (void)
{
  char bytes[KEY_LENGTH];
  g_autoptr (PurgeSecret) key = NULL;

  for (gsize i = 0; i < KEY_LENGTH; i++)
    bytes[i] = MEMORY_SCAN_CONCEAL (concealed[i]);
  key = purge_secret_new (bytes, KEY_LENGTH);
  purge_secret_wipe (bytes, sizeof bytes);

  return purge_credentials_new ("AKIDshop", key, NULL);
}

static guint
scan (gconstpointer except)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;

  return memory_scan_count (concealed, KEY_LENGTH, except);
}

static void
test_leaves_nothing (void)
{
  g_autoptr (PurgeKeyring) keyring = purge_secret_keyring_new ();
  PurgeCredentials *credentials;
  g_autoptr (GError) error = NULL;
  guint after_store;
  guint during_load;
  guint elsewhere;
  guint after_load;

  invent_key ();
  credentials = make_credentials ();
  keyring_sync_store (keyring, ACCOUNT, credentials, NULL, &error);
  g_assert_no_error (error);
  purge_credentials_unref (credentials);
  after_store = scan (NULL);

  credentials = keyring_sync_load (keyring, ACCOUNT, NULL, &error);
  g_assert_no_error (error);
  during_load = scan (NULL);
  elsewhere = scan (purge_secret_peek (purge_credentials_get_key (credentials)));
  purge_credentials_unref (credentials);
  after_load = scan (NULL);

  g_test_message ("Pieces after the store: %u; while loaded: %u, of these outside the secret: %u; "
                  "after: %u", after_store, during_load, elsewhere, after_load);
  g_assert_cmpuint (during_load, >, 0);
  g_assert_cmpuint (after_store, ==, 0);
  g_assert_cmpuint (elsewhere, ==, 0);
  g_assert_cmpuint (after_load, ==, 0);
  keyring_forgets (keyring, ACCOUNT);
}

/* A workspace as the programs have it, but for the place of its journal. */
static PurgeWorkspace *
open_workspace (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "journal.sqlite", NULL);
  g_autoptr (PurgeKeyring) keyring = purge_secret_keyring_new ();
  g_autoptr (PurgeTransport) transport = purge_soup_transport_new ();
  g_autoptr (PurgeClock) clock = purge_clock_new ();
  PurgeWorkspace *workspace = purge_workspace_new (path, keyring, transport, clock);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  purge_workspace_open_async (workspace, NULL, await_cb, &result);
  purge_workspace_open_finish (workspace, await (&result), &error);
  g_assert_no_error (error);
  return workspace;
}

static PurgeAccount *
make_account (PurgeWorkspace *workspace,
              const char     *url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PurgeEndpoint) endpoint = purge_endpoint_parse (url, &error);
  g_autoptr (PurgeCredentials) credentials = make_credentials ();
  PurgeAccount *account =
    g_object_new (PURGE_TYPE_ACCOUNT, "uuid", ACCOUNT, "name", "shop", "endpoint", endpoint, NULL);

  keyring_sync_store (purge_workspace_get_keyring (workspace), ACCOUNT, credentials, NULL, &error);
  g_assert_no_error (error);
  return account;
}

static GStrv
make_urls (guint n)
{
  GStrv urls = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    urls[i] = g_strdup_printf ("https://www.example.%s/%u/", i == 60 ? "invalid" : "com", i);

  return urls;
}

static void
on_batch_done_cb (PurgeJob   *job,
                  GParamSpec *pspec,
                  gpointer    user_data)
{
  guint *during = user_data;

  if (*during == 0)
    *during = memory_scan_count (concealed, KEY_LENGTH, NULL);
}

/* One batch is accepted, one rejected, and what became of others nobody knows. */
static void
test_leaves_nothing_after_a_run (void)
{
  FaultServerOptions options = { .mind = { .quota = 1000 } };
  g_autoptr (GError) error = NULL;
  g_autoptr (FaultServer) server = fault_server_new (&options, &error);
  char *folder = scratch_new ();
  PurgeWorkspace *workspace = open_workspace (folder);
  g_auto (GStrv) urls = make_urls (100);
  g_autoptr (GAsyncResult) result = NULL;
  PurgeAccount *account;
  PurgeJob *job;
  guint during = 0;

  g_assert_no_error (error);
  fault_script_add (fault_server_get_script (server), "2 reset at=executed", NULL);
  fault_script_add (fault_server_get_script (server), "3 close at=body", NULL);
  invent_key ();
  account = make_account (workspace, fault_server_get_base_url (server));

  job = sample_job_new (workspace, account, PURGE_MODE_UPDATED, (const char * const *) urls);
  g_signal_connect (job, "notify::n-batches-done", G_CALLBACK (on_batch_done_cb), &during);
  purge_job_run_async (job, NULL, await_cb, &result);
  g_assert_true (purge_job_run_finish (job, await (&result), &error));
  g_assert_no_error (error);
  g_clear_object (&result);

  g_test_message ("Pieces while it ran: %u; after it: %u", during, scan (NULL));
  g_assert_cmpuint (purge_job_count (job, PURGE_BATCH_UNKNOWN), ==, 40);
  g_assert_cmpuint (during, >, 0);
  g_assert_cmpuint (scan (NULL), ==, 0);

  keyring_forgets (purge_workspace_get_keyring (workspace), ACCOUNT);
  g_object_unref (job);
  g_object_unref (account);
  g_object_unref (workspace);
  scratch_free (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/key-memory/leaves-nothing", test_leaves_nothing);
  g_test_add_func ("/key-memory/leaves-nothing-after-a-run", test_leaves_nothing_after_a_run);

  return g_test_run ();
}
