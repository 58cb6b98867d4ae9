/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A job with everything it works with, in a test's hands. */

#include "job-fixture.h"

#include "purge-memory-keyring.h"

#include "await.h"
#include "sample-order.h"
#include "scratch.h"

static void
store_key (JobFixture *fixture)
{
  g_autoptr (PurgeSecret) key = purge_secret_new ("Gu5t9xGARNpq86cd98joQYCN3EXAMPLE", -1);
  g_autoptr (PurgeCredentials) credentials = purge_credentials_new ("AKIDEXAMPLE", key, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PurgeKeyring *keyring = purge_workspace_get_keyring (fixture->workspace);

  purge_keyring_store_async (keyring, purge_account_get_uuid (fixture->account), "Test",
                             credentials, NULL, await_cb, &result);
  g_assert_true (purge_keyring_store_finish (keyring, await (&result), &error));
  g_assert_no_error (error);
}

static void
open_workspace (JobFixture *fixture)
{
  g_autoptr (PurgeKeyring) keyring = purge_memory_keyring_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture->workspace = purge_workspace_new (fixture->path, keyring,
                                            PURGE_TRANSPORT (fixture->transport),
                                            PURGE_CLOCK (fixture->clock));
  purge_workspace_open_async (fixture->workspace, NULL, await_cb, &result);
  g_assert_true (purge_workspace_open_finish (fixture->workspace, await (&result), &error));
  g_assert_no_error (error);
  store_key (fixture);
}

void
job_fixture_set_up (JobFixture    *fixture,
                    gconstpointer  data)
{
  fixture->folder = scratch_new ();
  fixture->path = g_build_filename (fixture->folder, "journal.sqlite", NULL);
  fixture->transport = mock_transport_new ();
  fixture->clock = mock_clock_new (JOB_FIXTURE_NOW);
  fixture->cancellable = g_cancellable_new ();
  fixture->account = purge_account_new (NULL, "Test");
  open_workspace (fixture);
}

void
job_fixture_tear_down (JobFixture    *fixture,
                       gconstpointer  data)
{
  g_assert_finalize_object (fixture->workspace);
  /* What was given up by that ends in the main loop. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->transport);
  g_assert_finalize_object (fixture->account);
  g_assert_finalize_object (fixture->clock);
  g_object_unref (fixture->cancellable);
  g_free (fixture->path);
  scratch_free (fixture->folder);
}

/* As if the program had ended and were started again. */
void
job_fixture_reopen (JobFixture *fixture)
{
  g_assert_finalize_object (fixture->workspace);
  open_workspace (fixture);
}

GStrv
job_fixture_dup_urls (guint n)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *url = g_strdup_printf ("https://www.example.com/%u/", i);

      g_strv_builder_add (builder, url);
    }

  return g_strv_builder_end (builder);
}

PurgeJob *
job_fixture_new_job (JobFixture *fixture,
                     guint       n_urls)
{
  g_auto (GStrv) urls = job_fixture_dup_urls (n_urls);

  return sample_job_new (fixture->workspace, fixture->account, PURGE_MODE_UPDATED,
                        (const char * const *) urls);
}

gboolean
job_fixture_run (JobFixture  *fixture,
                 PurgeJob    *job,
                 GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  purge_job_run_async (job, fixture->cancellable, await_cb, &result);
  return purge_job_run_finish (job, await (&result), error);
}

char *
job_fixture_dup_states (PurgeJob *job)
{
  g_autoptr (GString) states = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (job)); i++)
    {
      g_autoptr (PurgeBatch) batch = g_list_model_get_item (G_LIST_MODEL (job), i);
      PurgeBatchState state = purge_batch_get_state (batch);

      /* Not the s of sending. */
      g_string_append_c (states, state == PURGE_BATCH_SUPERSEDED
                                   ? 'x' : *purge_batch_state_to_string (state));
    }

  return g_string_free (g_steal_pointer (&states), FALSE);
}

PurgeJob *
job_fixture_load (JobFixture *fixture,
                  gint64      id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PurgeJob *job;

  purge_job_load_async (fixture->workspace, id, NULL, await_cb, &result);
  job = purge_job_load_finish (fixture->workspace, await (&result), &error);
  g_assert_no_error (error);
  return job;
}
