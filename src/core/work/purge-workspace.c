/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The outside world, put together. Knows which parts there are; does no work with them. */

#define G_LOG_DOMAIN "purge-workspace"

#include "config.h"

#include "purge-workspace.h"

#include "purge-memory-keyring.h"
#include "purge-secret-keyring.h"
#include "purge-soup-transport.h"

#define MEMORY ":memory:"

struct _PurgeWorkspace
{
  GObject         parent_instance;

  PurgeDatabase  *database;
  PurgeJournal   *journal;
  PurgeRecorder  *recorder;
  PurgeKeyring   *keyring;
  PurgeTransport *transport;
  PurgeClock     *clock;
  PurgeDraft     *draft;
  gboolean        practice;
};

G_DEFINE_FINAL_TYPE (PurgeWorkspace, purge_workspace, G_TYPE_OBJECT)

static void
purge_workspace_dispose (GObject *object)
{
  PurgeWorkspace *self = PURGE_WORKSPACE (object);

  if (self->database != NULL)
    purge_database_close (self->database);
  if (self->recorder != NULL)
    purge_recorder_stop (self->recorder);
  g_clear_object (&self->recorder);
  g_clear_object (&self->journal);
  g_clear_object (&self->database);
  g_clear_object (&self->keyring);
  g_clear_object (&self->transport);
  g_clear_object (&self->clock);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (purge_workspace_parent_class)->dispose (object);
}

static void
purge_workspace_class_init (PurgeWorkspaceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = purge_workspace_dispose;
}

static void
purge_workspace_init (PurgeWorkspace *self)
{
}

/* Beside the database. */
static PurgeDraft *
new_draft (const char *database_path)
{
  g_autofree char *folder = g_path_get_dirname (database_path);
  g_autofree char *path = g_build_filename (folder, "draft.txt", NULL);

  return purge_draft_new (path);
}

/**
 * purge_workspace_new:
 * @database_path: where the database is, or `:memory:`
 * @keyring: where keys are kept
 * @transport: what sends
 * @clock: what tells the time
 *
 * Returns: (transfer full): a workspace of these parts, to be opened
 */
PurgeWorkspace *
purge_workspace_new (const char     *database_path,
                     PurgeKeyring   *keyring,
                     PurgeTransport *transport,
                     PurgeClock     *clock)
{
  PurgeWorkspace *self;

  g_return_val_if_fail (database_path != NULL, NULL);
  g_return_val_if_fail (PURGE_IS_KEYRING (keyring), NULL);
  g_return_val_if_fail (PURGE_IS_TRANSPORT (transport), NULL);
  g_return_val_if_fail (PURGE_IS_CLOCK (clock), NULL);

  self = g_object_new (PURGE_TYPE_WORKSPACE, NULL);
  self->database = purge_database_new (database_path);
  self->journal = purge_journal_new (self->database);
  self->recorder = purge_recorder_new (self->journal, clock);
  self->keyring = g_object_ref (keyring);
  self->transport = g_object_ref (transport);
  self->clock = g_object_ref (clock);
  if (!g_str_equal (database_path, MEMORY))
    self->draft = new_draft (database_path);

  return self;
}

/**
 * purge_workspace_new_real:
 *
 * Returns: (transfer full): the workspace of the programs: the person's database, the system keyring,
 *   the network, the system's clock
 */
PurgeWorkspace *
purge_workspace_new_real (void)
{
  g_autoptr (PurgeKeyring) keyring = purge_secret_keyring_new ();
  g_autoptr (PurgeTransport) transport = purge_soup_transport_new ();
  g_autoptr (PurgeClock) clock = purge_clock_new ();
  g_autofree char *path =
    g_build_filename (g_get_user_data_dir (), DATA_FOLDER, "journal.sqlite", NULL);

  return purge_workspace_new (path, keyring, transport, clock);
}

/**
 * purge_workspace_new_practice:
 *
 * Returns: (transfer full): a workspace whose database and keys are gone with it; what it talks to is
 *   for the account that is put into it
 */
PurgeWorkspace *
purge_workspace_new_practice (void)
{
  g_autoptr (PurgeKeyring) keyring = purge_memory_keyring_new ();
  g_autoptr (PurgeTransport) transport = purge_soup_transport_new ();
  g_autoptr (PurgeClock) clock = purge_clock_new ();
  PurgeWorkspace *self = purge_workspace_new (MEMORY, keyring, transport, clock);

  self->practice = TRUE;
  return self;
}

static void
on_recovered_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  guint n_recovered;

  if (!purge_journal_recover_finish (PURGE_JOURNAL (source), result, &n_recovered, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_opened_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeWorkspace *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  if (!purge_database_open_finish (PURGE_DATABASE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  purge_journal_recover_async (self->journal, cancellable, on_recovered_cb,
                               g_steal_pointer (&task));
}

/**
 * purge_workspace_open_async:
 * @self: a workspace
 * @cancellable: (nullable): cancels it
 * @callback: called in the main context
 * @user_data: for @callback
 *
 * Opens the database, and turns what was being sent when a program ended into unknown.
 */
void
purge_workspace_open_async (PurgeWorkspace      *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (PURGE_IS_WORKSPACE (self));

  g_task_set_source_tag (task, purge_workspace_open_async);
  purge_database_open_async (self->database, cancellable, on_opened_cb, g_steal_pointer (&task));
}

/**
 * purge_workspace_open_finish:
 * @self: a workspace
 * @result: what the callback was given
 * @error: return location for %PURGE_ERROR_STORAGE, %PURGE_ERROR_STORAGE_DAMAGED or
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the workspace can be worked with
 */
gboolean
purge_workspace_open_finish (PurgeWorkspace  *self,
                             GAsyncResult    *result,
                             GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_workspace_open_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * purge_workspace_close:
 * @self: a workspace
 *
 * Waits until everything that was asked of the database is done, and closes it.
 */
void
purge_workspace_close (PurgeWorkspace *self)
{
  g_return_if_fail (PURGE_IS_WORKSPACE (self));

  purge_database_close (self->database);
}

/**
 * purge_workspace_is_practice:
 * @self: a workspace
 *
 * Returns: whether it is for practice
 */
gboolean
purge_workspace_is_practice (PurgeWorkspace *self)
{
  g_return_val_if_fail (PURGE_IS_WORKSPACE (self), FALSE);

  return self->practice;
}

/**
 * purge_workspace_get_database:
 * @self: a workspace
 *
 * Returns: (transfer none): its database
 */
PurgeDatabase *
purge_workspace_get_database (PurgeWorkspace *self)
{
  g_return_val_if_fail (PURGE_IS_WORKSPACE (self), NULL);

  return self->database;
}

/**
 * purge_workspace_get_journal:
 * @self: a workspace
 *
 * Returns: (transfer none): its journal
 */
PurgeJournal *
purge_workspace_get_journal (PurgeWorkspace *self)
{
  g_return_val_if_fail (PURGE_IS_WORKSPACE (self), NULL);

  return self->journal;
}

/**
 * purge_workspace_get_recorder:
 * @self: a workspace
 *
 * Returns: (transfer none): what writes verdicts into its journal
 */
PurgeRecorder *
purge_workspace_get_recorder (PurgeWorkspace *self)
{
  g_return_val_if_fail (PURGE_IS_WORKSPACE (self), NULL);

  return self->recorder;
}

/**
 * purge_workspace_get_keyring:
 * @self: a workspace
 *
 * Returns: (transfer none): its keyring
 */
PurgeKeyring *
purge_workspace_get_keyring (PurgeWorkspace *self)
{
  g_return_val_if_fail (PURGE_IS_WORKSPACE (self), NULL);

  return self->keyring;
}

/**
 * purge_workspace_get_transport:
 * @self: a workspace
 *
 * Returns: (transfer none): its transport
 */
PurgeTransport *
purge_workspace_get_transport (PurgeWorkspace *self)
{
  g_return_val_if_fail (PURGE_IS_WORKSPACE (self), NULL);

  return self->transport;
}

/**
 * purge_workspace_get_clock:
 * @self: a workspace
 *
 * Returns: (transfer none): its clock
 */
PurgeClock *
purge_workspace_get_clock (PurgeWorkspace *self)
{
  g_return_val_if_fail (PURGE_IS_WORKSPACE (self), NULL);

  return self->clock;
}

/**
 * purge_workspace_get_draft:
 * @self: a workspace
 *
 * Returns: (transfer none) (nullable): the draft of the list; %NULL where nothing is left behind
 */
PurgeDraft *
purge_workspace_get_draft (PurgeWorkspace *self)
{
  g_return_val_if_fail (PURGE_IS_WORKSPACE (self), NULL);

  return self->draft;
}
