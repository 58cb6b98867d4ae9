/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A database in a thread of its own. Knows threads, tasks and the order of things; knows neither SQL
 * nor what is stored. */

#define G_LOG_DOMAIN "purge-database"

#include "config.h"

#include "purge-database.h"

#include <glib/gi18n-lib.h>

#include "purge-error.h"
#include "purge-mend.h"
#include "purge-private-file.h"
#include "purge-schema.h"
#include "purge-storage-error.h"

#define MEMORY ":memory:"
#define LEASES "leases"

struct _PurgeDatabase
{
  GObject      parent_instance;

  char        *path;
  GThread     *thread;
  GAsyncQueue *jobs;  /* of Job */

  /* These belong to the thread. */
  PurgeSql    *sql;
  PurgeLease  *lease;
  GError      *open_error;

  /* Written by the thread before it says that the database is open, and not after that. */
  char        *notice;
};

G_DEFINE_FINAL_TYPE (PurgeDatabase, purge_database, G_TYPE_OBJECT)

typedef struct _Job Job;

struct _Job
{
  gboolean              (*perform) (PurgeDatabase  *self,
                                    Job            *job,
                                    GError        **error);
  GTask                *task;
  PurgeSqlAccess        access;
  PurgeSqlTransactFunc  func;
  GError               *error;
};

static void
job_free (Job *job)
{
  g_clear_object (&job->task);
  g_clear_error (&job->error);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static gboolean
on_job_done_cb (gpointer user_data)
{
  Job *job = user_data;

  if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_boolean (job->task, TRUE);

  return G_SOURCE_REMOVE;
}

static void
destroy_job (gpointer job)
{
  job_free (job);
}

/* The task goes back to the caller's thread as a whole: were its last reference dropped here, the
 * database that it holds could end in its own thread, waiting for itself. */
static void
give_back (Job *job)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, g_task_get_priority (job->task));
  g_source_set_callback (source, on_job_done_cb, job, destroy_job);
  g_source_set_static_name (source, G_STRFUNC);
  g_source_attach (source, g_task_get_context (job->task));
}

/* Once it has begun, it is done whole, and its true result is told. */
static gboolean
may_begin (Job *job)
{
  return job->task == NULL ||
         !g_cancellable_set_error_if_cancelled (g_task_get_cancellable (job->task), &job->error);
}

/* The error of a damaged file says what to do where nothing can be done about it here. */
static PurgeSql *
open_sound (const char  *path,
            gboolean    *damaged,
            GError     **error)
{
  g_autofree char *prepared = purge_private_file_prepare (path, error);
  g_autoptr (PurgeSql) sql = NULL;

  *damaged = FALSE;
  sql = prepared != NULL ? purge_sql_open (prepared, error) : NULL;
  return sql != NULL && purge_schema_prepare (sql, damaged, error) ? g_steal_pointer (&sql) : NULL;
}

/* What is damaged may be moved only where nobody else has it open. */
static PurgeSql *
open_or_mend (PurgeDatabase  *self,
              gboolean        alone,
              GError        **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *name = g_filename_display_name (self->path);
  gboolean damaged;
  PurgeSql *sql;

  if (alone && !purge_mend_go_on (self->path, &self->notice, error))
    return NULL;

  sql = open_sound (self->path, &damaged, &local_error);
  if (sql != NULL)
    return sql;

  if (damaged && alone)
    return purge_mend_database (self->path, &self->notice, error)
             ? open_sound (self->path, &damaged, error) : NULL;

  if (damaged)
    g_set_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE_DAMAGED,
                 /* Translators: %s is a file name. */
                 _("The database “%s” is damaged, and this program is running elsewhere with it. "
                   "Close it there, and start it again to save what can be read."), name);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}

/* One instance after the other, so that none opens what another one is about to move. */
static gboolean
open_file (PurgeDatabase  *self,
           GError        **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *leases = g_build_filename (folder, LEASES, NULL);
  g_autoptr (PurgeLease) lease = purge_lease_take_at_door (leases, error);
  gboolean alone;

  if (lease == NULL || !purge_lease_is_alone (lease, &alone, error))
    return FALSE;

  self->sql = open_or_mend (self, alone, error);
  if (self->sql == NULL)
    return FALSE;

  purge_lease_open_door (lease);
  self->lease = g_steal_pointer (&lease);
  return TRUE;
}

static gboolean
open_memory (PurgeDatabase  *self,
             GError        **error)
{
  g_autoptr (PurgeSql) sql = purge_sql_open (MEMORY, error);

  if (sql == NULL || !purge_schema_prepare (sql, NULL, error))
    return FALSE;

  self->sql = g_steal_pointer (&sql);
  return TRUE;
}

static gboolean
perform_open (PurgeDatabase  *self,
              Job            *job,
              GError        **error)
{
  if (self->sql != NULL)
    return TRUE;

  g_clear_error (&self->open_error);
  if (g_str_equal (self->path, MEMORY) ? open_memory (self, &self->open_error)
                                       : open_file (self, &self->open_error))
    return TRUE;

  g_propagate_error (error, g_error_copy (self->open_error));
  return FALSE;
}

static gboolean
perform_close (PurgeDatabase  *self,
               Job            *job,
               GError        **error)
{
  g_clear_pointer (&self->sql, purge_sql_close);
  g_clear_pointer (&self->lease, purge_lease_release);
  return TRUE;
}

static void
set_not_open (PurgeDatabase  *self,
              GError        **error)
{
  g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_STORAGE,
                       _("The database is not open. Start the program again."));
}

static gboolean
perform_transaction (PurgeDatabase  *self,
                     Job            *job,
                     GError        **error)
{
  if (self->sql != NULL)
    return purge_sql_transact (self->sql, job->access, job->func, g_task_get_task_data (job->task),
                               error);

  if (self->open_error != NULL)
    g_propagate_error (error, g_error_copy (self->open_error));
  else
    set_not_open (self, error);

  return FALSE;
}

static gboolean
is_write (Job *job)
{
  return job->func != NULL && job->access == PURGE_SQL_WRITE;
}

/* What was asked for while the thread was busy is written together with the first of it: they all
 * wait for the disk, and nobody is told before it has them all.
 *
 * Returns: (transfer full) (nullable): what came behind them and does not write */
static Job *
perform_writes (PurgeDatabase *self,
                Job           *first)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new ();
  g_autoptr (GArray) steps = g_array_new (FALSE, TRUE, sizeof (PurgeSqlStep));
  guint n_steps = 0;
  Job *next = first;

  for (; next != NULL && is_write (next); next = g_async_queue_try_pop (self->jobs))
    {
      PurgeSqlStep step = { next->func, g_task_get_task_data (next->task), NULL };

      g_ptr_array_add (jobs, next);
      if (may_begin (next))
        g_array_append_val (steps, step);
    }

  purge_sql_write_steps (self->sql, (gpointer) steps->data, steps->len);
  for (guint i = 0; i < jobs->len; i++)
    {
      Job *job = jobs->pdata[i];

      if (job->error == NULL)
        job->error = g_array_index (steps, PurgeSqlStep, n_steps++).error;
      give_back (job);
    }

  return next;
}

static void
perform_job (PurgeDatabase *self,
             Job           *job)
{
  if (may_begin (job))
    job->perform (self, job, &job->error);

  if (job->task != NULL)
    give_back (job);
  else
    job_free (job);
}

/* The thread. Its last job is to close. */
static gpointer
perform_jobs (gpointer user_data)
{
  PurgeDatabase *self = user_data;
  gboolean closing = FALSE;
  Job *job = NULL;

  while (!closing)
    {
      if (job == NULL)
        job = g_async_queue_pop (self->jobs);

      closing = job->perform == perform_close;
      if (is_write (job) && self->sql != NULL)
        job = perform_writes (self, job);
      else
        perform_job (self, g_steal_pointer (&job));
    }

  return NULL;
}

static void
push_job (PurgeDatabase *self,
          Job           *job)
{
  g_async_queue_push (self->jobs, job);
}

static Job *
job_new (gboolean (*perform) (PurgeDatabase *, Job *, GError **),
         GTask     *task)
{
  Job *job = g_new0 (Job, 1);

  job->perform = perform;
  job->task = task;
  return job;
}

static void
purge_database_finalize (GObject *object)
{
  PurgeDatabase *self = PURGE_DATABASE (object);

  purge_database_close (self);
  g_async_queue_unref (self->jobs);
  g_clear_error (&self->open_error);
  g_free (self->notice);
  g_free (self->path);

  G_OBJECT_CLASS (purge_database_parent_class)->finalize (object);
}

static void
purge_database_class_init (PurgeDatabaseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = purge_database_finalize;
}

static void
purge_database_init (PurgeDatabase *self)
{
  self->jobs = g_async_queue_new ();
  self->thread = g_thread_new ("database", perform_jobs, self);
}

/**
 * purge_database_new:
 * @path: (type filename): the file, in a folder that is the program's own; or `:memory:` for a
 *   database that is gone when it is closed
 *
 * Touches nothing yet.
 *
 * Returns: (transfer full): a database that is to be opened
 */
PurgeDatabase *
purge_database_new (const char *path)
{
  PurgeDatabase *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (PURGE_TYPE_DATABASE, NULL);
  self->path = g_strdup (path);
  return self;
}

/**
 * purge_database_open_async:
 * @self: a database
 * @cancellable: (nullable): keeps what has not begun from beginning
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Opens the database, makes it where there is none, and brings it to the newest version. The file
 * gets mode 0600 and its folder 0700. A damaged one is moved aside, and what can be read of it goes
 * into a new one: see purge_database_dup_notice(). A database that is open already stays so; after a
 * failure this may be tried again.
 */
void
purge_database_open_async (PurgeDatabase        *self,
                           GCancellable         *cancellable,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PURGE_IS_DATABASE (self));
  g_return_if_fail (self->thread != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_database_open_async);
  g_task_set_check_cancellable (task, FALSE);
  push_job (self, job_new (perform_open, g_steal_pointer (&task)));
}

/**
 * purge_database_open_finish:
 * @self: a database
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is open; if not, %PURGE_ERROR_STORAGE_DAMAGED where the file is no file, another
 *   program's, newer than this program, or damaged while another instance has it open, else
 *   %PURGE_ERROR_STORAGE. What was refused was not changed
 */
gboolean
purge_database_open_finish (PurgeDatabase  *self,
                            GAsyncResult   *result,
                            GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_database_open_async), FALSE);

  if (g_task_propagate_boolean (G_TASK (result), error))
    return TRUE;

  purge_storage_error_explain (error, PURGE_STORAGE_LOSS_NOTHING_SENT);
  return FALSE;
}

/**
 * purge_database_close:
 * @self: a database
 *
 * Does what was asked for so far, closes the file, ends the thread, and returns when that is done;
 * the answers still come through the main loop. What is asked for later fails. Also done when the
 * last reference goes.
 */
void
purge_database_close (PurgeDatabase *self)
{
  g_return_if_fail (PURGE_IS_DATABASE (self));

  if (self->thread == NULL)
    return;

  push_job (self, job_new (perform_close, NULL));
  g_thread_join (g_steal_pointer (&self->thread));
}

/**
 * purge_database_run:
 * @self: a database
 * @task: (transfer full): a task whose result is a boolean; its task data goes to @func
 * @access: whether @func writes
 * @func: what to do in the thread of the database
 *
 * Runs @func, wholly or not at all, and returns its result to @task, in the task's own context, when
 * what was written is on the disk. What waits to be written is written in one transaction: where the
 * disk fails, all of it fails. A task that is cancelled before its turn changes nothing and fails
 * with %G_IO_ERROR_CANCELLED; after that it is done whole and the true result is told. The task data
 * belongs to the thread until then.
 */
void
purge_database_run (PurgeDatabase         *self,
                    GTask                 *task,
                    PurgeSqlAccess         access,
                    PurgeSqlTransactFunc   func)
{
  g_autoptr (Job) job = NULL;

  g_return_if_fail (PURGE_IS_DATABASE (self));
  g_return_if_fail (G_IS_TASK (task));
  g_return_if_fail (func != NULL);

  job = job_new (perform_transaction, task);
  g_task_set_check_cancellable (task, FALSE);
  if (self->thread == NULL)
    {
      set_not_open (self, &job->error);
      give_back (g_steal_pointer (&job));
      return;
    }

  job->access = access;
  job->func = func;
  push_job (self, g_steal_pointer (&job));
}

/**
 * purge_database_dup_notice:
 * @self: a database that was opened
 *
 * Returns: (transfer full) (nullable): a translated text that the person has to be shown, since the
 *   database was damaged; %NULL where there is nothing to say
 */
char *
purge_database_dup_notice (PurgeDatabase *self)
{
  g_return_val_if_fail (PURGE_IS_DATABASE (self), NULL);

  return g_strdup (self->notice);
}

/**
 * purge_database_get_lease:
 * @self: a database
 *
 * To be called in a function of purge_database_run() only.
 *
 * Returns: (transfer none) (nullable): what tells others that this instance lives; %NULL for a
 *   database in memory, which nobody shares
 */
PurgeLease *
purge_database_get_lease (PurgeDatabase *self)
{
  g_return_val_if_fail (PURGE_IS_DATABASE (self), NULL);

  return self->lease;
}
