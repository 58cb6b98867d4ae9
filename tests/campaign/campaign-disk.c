/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A second pair of eyes on the journal. Each call waits in a main context of its own, so that
 * nothing else moves meanwhile. */

#include "campaign-disk.h"

struct _CampaignDisk
{
  GMainContext  *context;
  PurgeDatabase *database;
  PurgeJournal  *journal;
};

static void
on_ready_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
wait_for (CampaignDisk  *self,
          GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (self->context, TRUE);
}

/* path: of a journal that is there. */
CampaignDisk *
campaign_disk_new (const char *path)
{
  CampaignDisk *self = g_new0 (CampaignDisk, 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  self->context = g_main_context_new ();
  self->database = purge_database_new (path);
  g_main_context_push_thread_default (self->context);
  purge_database_open_async (self->database, NULL, on_ready_cb, &result);
  wait_for (self, &result);
  g_main_context_pop_thread_default (self->context);
  purge_database_open_finish (self->database, result, &error);
  g_assert_no_error (error);
  self->journal = purge_journal_new (self->database);

  return self;
}

void
campaign_disk_free (CampaignDisk *self)
{
  purge_database_close (self->database);
  g_object_unref (self->journal);
  g_object_unref (self->database);
  g_main_context_unref (self->context);
  g_free (self);
}

static gint64
find_latest (CampaignDisk *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  purge_journal_find_latest_async (self->journal, NULL, on_ready_cb, &result);
  wait_for (self, &result);
  purge_journal_find_latest_finish (self->journal, result, &id, &error);
  g_assert_no_error (error);
  return id;
}

static PurgeSubmission *
load (CampaignDisk *self,
      gint64        id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PurgeSubmission *submission;

  purge_journal_load_async (self->journal, id, NULL, on_ready_cb, &result);
  wait_for (self, &result);
  submission = purge_journal_load_finish (self->journal, result, &error);
  g_assert_no_error (error);
  return submission;
}

/**
 * campaign_disk_read:
 * @self: the eyes
 *
 * Returns: (transfer full) (element-type PurgeSubmission): every submission of the journal, as it
 *   is on the disk now
 */
GPtrArray *
campaign_disk_read (CampaignDisk *self)
{
  GPtrArray *submissions = g_ptr_array_new_with_free_func ((GDestroyNotify) purge_submission_unref);
  gint64 latest;

  g_main_context_push_thread_default (self->context);
  latest = find_latest (self);
  for (gint64 id = 1; id <= latest; id++)
    g_ptr_array_add (submissions, load (self, id));
  g_main_context_pop_thread_default (self->context);

  return submissions;
}
