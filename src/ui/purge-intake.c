/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Texts and files on their way into a list. Knows whose turn it is, and reads and judges in threads;
 * what becomes of the rows is not its business. */

#define G_LOG_DOMAIN "purge-intake"

#include "config.h"

#include "purge-intake.h"

#include "purge-directory-list.h"
#include "purge-text-file.h"

/* What takes no longer than this is not worth a word, which could not be read so fast. */
#define PATIENCE_MS 250

struct _PurgeIntake
{
  GObject       parent_instance;

  GCancellable *cancellable;
  GQueue       *tasks;           /* the first one is being read */
  guint         patience_id;
  gboolean      slow;
};

G_DEFINE_FINAL_TYPE (PurgeIntake, purge_intake, G_TYPE_OBJECT)

typedef enum {
  PROP_BUSY = 1,
  PROP_SLOW,
} PurgeIntakeProperty;

static GParamSpec *properties[PROP_SLOW + 1];

/* What one task reads, and what comes of it. All that is asked for together is one text. */
typedef struct {
  GString    *text;
  GListModel *files;
  guint       n_files_read;
  guint       n_duplicates;
} Intake;

static void step (GTask *task);

static void
intake_free (gpointer data)
{
  Intake *intake = data;

  g_string_free (intake->text, TRUE);
  g_clear_object (&intake->files);
  g_free (intake);
}

static void
set_slow (PurgeIntake *self,
          gboolean     slow)
{
  if (self->slow == slow)
    return;

  self->slow = slow;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SLOW]);
}

static gboolean
on_patience_cb (gpointer user_data)
{
  PurgeIntake *self = PURGE_INTAKE (user_data);

  self->patience_id = 0;
  set_slow (self, TRUE);
  return G_SOURCE_REMOVE;
}

static void
free_rows (gpointer rows)
{
  purge_rows_free (rows);
}

static void
judge_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Intake *intake = task_data;
  GError *error = NULL;
  g_autoptr (PurgeReading) reading =
    purge_reading_new (intake->text->str, intake->text->len, PURGE_KIND_DIRECTORY, &error);

  if (reading == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  intake->n_duplicates = purge_reading_get_n_duplicates (reading);
  g_task_return_pointer (task, purge_directory_list_make_rows (reading), free_rows);
}

static void
on_file_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Intake *intake = g_task_get_task_data (task);
  GError *error = NULL;
  gsize length = 0;
  g_autofree char *text = purge_text_file_read_finish (G_FILE (source), result, &length, &error);

  if (text == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  /* A file may lack the end of its last line. */
  if (intake->text->len > 0)
    g_string_append_c (intake->text, '\n');
  g_string_append_len (intake->text, text, length);
  step (task);
}

static void
step (GTask *task)
{
  Intake *intake = g_task_get_task_data (task);
  g_autoptr (GFile) file = NULL;

  if (intake->files != NULL)
    file = g_list_model_get_item (intake->files, intake->n_files_read++);

  if (file != NULL)
    purge_text_file_read_async (file, g_task_get_cancellable (task), on_file_read_cb,
                                g_object_ref (task));
  else
    g_task_run_in_thread (task, judge_in_thread);
}

/* Whoever waited has been told by now. */
static void
on_completed_cb (PurgeIntake *self,
                 GParamSpec  *pspec,
                 GTask       *task)
{
  g_queue_remove (self->tasks, task);
  g_object_unref (task);

  if (!g_queue_is_empty (self->tasks))
    {
      step (g_queue_peek_head (self->tasks));
      return;
    }

  g_clear_handle_id (&self->patience_id, g_source_remove);
  set_slow (self, FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
purge_intake_dispose (GObject *object)
{
  PurgeIntake *self = PURGE_INTAKE (object);

  g_clear_handle_id (&self->patience_id, g_source_remove);

  G_OBJECT_CLASS (purge_intake_parent_class)->dispose (object);
}

/* Each task holds the intake, so there is none left here. */
static void
purge_intake_finalize (GObject *object)
{
  PurgeIntake *self = PURGE_INTAKE (object);

  g_queue_free (self->tasks);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (purge_intake_parent_class)->finalize (object);
}

static void
purge_intake_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  PurgeIntake *self = PURGE_INTAKE (object);

  switch ((PurgeIntakeProperty) property_id)
    {
    case PROP_BUSY:
      g_value_set_boolean (value, purge_intake_get_busy (self));
      break;
    case PROP_SLOW:
      g_value_set_boolean (value, self->slow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_intake_class_init (PurgeIntakeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = purge_intake_dispose;
  object_class->finalize = purge_intake_finalize;
  object_class->get_property = purge_intake_get_property;

  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[PROP_SLOW] = g_param_spec_boolean ("slow", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
purge_intake_init (PurgeIntake *self)
{
  self->cancellable = g_cancellable_new ();
  self->tasks = g_queue_new ();
}

/**
 * purge_intake_new:
 *
 * Returns: (transfer full): an intake that has nothing to do
 */
PurgeIntake *
purge_intake_new (void)
{
  return g_object_new (PURGE_TYPE_INTAKE, NULL);
}

/**
 * purge_intake_read_async:
 * @self: an intake
 * @text: (nullable) (array length=length): a text
 * @length: its length in bytes
 * @files: (nullable): a list of #GFile, read behind the text, in their order
 * @callback: called when all of it is read
 * @user_data: for @callback
 *
 * Reads a text and files as one text, when what came before is read. Where one file cannot be read,
 * nothing is.
 */
void
purge_intake_read_async (PurgeIntake         *self,
                         const char          *text,
                         gsize                length,
                         GListModel          *files,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  Intake *intake;
  GTask *task;

  g_return_if_fail (PURGE_IS_INTAKE (self));
  g_return_if_fail (text != NULL || length == 0);

  intake = g_new0 (Intake, 1);
  intake->text = g_string_new_len (text != NULL ? text : "", length);
  intake->files = files != NULL ? g_object_ref (files) : NULL;

  task = g_task_new (self, self->cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_intake_read_async);
  g_task_set_task_data (task, intake, intake_free);
  g_task_set_return_on_cancel (task, TRUE);
  g_signal_connect_object (task, "notify::completed", G_CALLBACK (on_completed_cb), self,
                           G_CONNECT_SWAPPED);

  g_queue_push_tail (self->tasks, task);
  if (g_queue_get_length (self->tasks) > 1)
    return;

  self->patience_id = g_timeout_add (PATIENCE_MS, on_patience_cb, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
  step (task);
}

/**
 * purge_intake_read_finish:
 * @self: an intake
 * @result: what the callback was given
 * @n_duplicates: (out): how many duplicates there were
 * @error: %PURGE_ERROR_INVALID_INPUT, %PURGE_ERROR_REFUSED_FILE or %G_IO_ERROR_CANCELLED
 *
 * Ends purge_intake_read_async().
 *
 * Returns: (transfer full) (nullable): what purge_directory_list_add_rows() adds
 */
PurgeRows *
purge_intake_read_finish (PurgeIntake   *self,
                          GAsyncResult  *result,
                          guint         *n_duplicates,
                          GError       **error)
{
  Intake *intake;
  PurgeRows *rows;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_intake_read_async), NULL);

  intake = g_task_get_task_data (G_TASK (result));
  rows = g_task_propagate_pointer (G_TASK (result), error);
  /* The thread may still be at it where it was cancelled. */
  if (rows != NULL)
    *n_duplicates = intake->n_duplicates;
  return rows;
}

/**
 * purge_intake_cancel:
 * @self: an intake
 *
 * Gives everything up that is not read yet.
 */
void
purge_intake_cancel (PurgeIntake *self)
{
  g_autoptr (GCancellable) cancellable = NULL;

  g_return_if_fail (PURGE_IS_INTAKE (self));

  cancellable = g_steal_pointer (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_cancellable_cancel (cancellable);
}

/**
 * purge_intake_get_busy:
 * @self: an intake
 *
 * Returns: whether something is being read
 */
gboolean
purge_intake_get_busy (PurgeIntake *self)
{
  g_return_val_if_fail (PURGE_IS_INTAKE (self), FALSE);

  return !g_queue_is_empty (self->tasks);
}

/**
 * purge_intake_get_slow:
 * @self: an intake
 *
 * Returns: whether something has been read for so long that somebody should be told
 */
gboolean
purge_intake_get_slow (PurgeIntake *self)
{
  g_return_val_if_fail (PURGE_IS_INTAKE (self), FALSE);

  return self->slow;
}
