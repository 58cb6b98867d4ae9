/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* When a list is saved, and when it is tried again. Knows no file and no widget. */

#define G_LOG_DOMAIN "purge-draft-keeper"

#include "config.h"

#include "purge-draft-keeper.h"

#include <glib/gi18n-lib.h>

#include "purge-error.h"

/* From the first change that is not saved, so that somebody who never pauses is saved too. With the
 * pause after which typed text goes to the list, and a slow disk, it stays below two seconds. */
#define DELAY_MS 1000
#define RETRY_MS 5000
/* How long one who waits does so for a disk that does not answer. */
#define DEADLINE_MS 5000

struct _PurgeDraftKeeper
{
  GObject             parent_instance;

  PurgeDirectoryList *list;
  PurgeDraft         *draft;
  gboolean            loading;
  gboolean            loaded;
  gboolean            changed;         /* and not being saved yet */
  gboolean            saving;
  guint               save_id;
  guint               deadline_id;
  GPtrArray          *waiting;
  gboolean            damage_told;
  char               *damage;
  char               *trouble;
};

G_DEFINE_FINAL_TYPE (PurgeDraftKeeper, purge_draft_keeper, G_TYPE_OBJECT)

typedef enum {
  PROP_DAMAGE = 1,
  PROP_TROUBLE,
  PROP_LOADED,
} PurgeDraftKeeperProperty;

static GParamSpec *properties[PROP_LOADED + 1];

static void advance (PurgeDraftKeeper *self);

static void
set_damage (PurgeDraftKeeper *self,
            char             *sentence)
{
  g_free (self->damage);
  self->damage = sentence;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DAMAGE]);
}

static void
set_trouble (PurgeDraftKeeper *self,
             const GError     *error)
{
  g_autofree char *sentence = NULL;

  if (error != NULL)
    /* Translators: %s is one or two whole sentences: what is wrong, and what to do. */
    sentence = g_strdup_printf (_("The list is not saved, and would be lost with the program. %s"),
                                error->message);
  if (g_strcmp0 (sentence, self->trouble) == 0)
    return;

  g_free (self->trouble);
  self->trouble = g_steal_pointer (&sentence);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TROUBLE]);
}

/* Waiting */

static gboolean
is_over (PurgeDraftKeeper *self,
         GTask            *task)
{
  if (g_task_get_source_tag (task) == purge_draft_keeper_load_async)
    return self->loaded;

  /* What nobody has changed is as it was. */
  return !self->changed && !self->saving;
}

/* Lets those go whose wish is fulfilled, and, where there is an error, those too who wait for a save
 * or for anything. */
static void
let_go (PurgeDraftKeeper *self,
        const GError     *error,
        gboolean          everybody)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  /* A callback may ask for something new. */
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++)
    {
      GTask *task = waiting->pdata[i];

      if (is_over (self, task))
        g_task_return_boolean (task, TRUE);
      else if (error != NULL &&
               (everybody || g_task_get_source_tag (task) == purge_draft_keeper_flush_async))
        g_task_return_error (task, g_error_copy (error));
      else
        g_ptr_array_add (self->waiting, g_object_ref (task));
    }

  if (self->waiting->len == 0)
    g_clear_handle_id (&self->deadline_id, g_source_remove);
}

static gboolean
on_deadline_cb (gpointer user_data)
{
  g_autoptr (PurgeDraftKeeper) self = g_object_ref (user_data);
  g_autoptr (GError) error = NULL;

  g_set_error_literal (&error, PURGE_ERROR, PURGE_ERROR_STORAGE,
                       _("The disk does not answer. Wait a moment, or look whether it is still "
                         "connected."));
  self->deadline_id = 0;
  /* Until it is loaded nothing is saved. */
  if (!self->loaded)
    set_trouble (self, error);
  let_go (self, error, TRUE);
  return G_SOURCE_REMOVE;
}

static void
wait_for (PurgeDraftKeeper    *self,
          gpointer             source_tag,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  if (is_over (self, task))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  g_ptr_array_add (self->waiting, g_steal_pointer (&task));
  if (self->deadline_id == 0)
    self->deadline_id = g_timeout_add (DEADLINE_MS, on_deadline_cb, self);
}

static gboolean
is_flush_wanted (PurgeDraftKeeper *self)
{
  for (guint i = 0; i < self->waiting->len; i++)
    if (g_task_get_source_tag (self->waiting->pdata[i]) == purge_draft_keeper_flush_async)
      return TRUE;

  return FALSE;
}

/* Saving */

static gboolean on_time_cb (gpointer user_data);

static void
schedule (PurgeDraftKeeper *self,
          guint             delay_ms)
{
  if (self->save_id == 0)
    self->save_id = g_timeout_add (delay_ms, on_time_cb, self);
}

static void
tell_damage (PurgeDraftKeeper *self)
{
  const char *aside = purge_draft_get_aside (self->draft);
  g_autofree char *name = NULL;

  if (aside == NULL || self->damage_told)
    return;

  self->damage_told = TRUE;
  name = g_filename_display_name (aside);
  /* Translators: %s is the name of a file. */
  set_damage (self, g_strdup_printf (_("The saved list was damaged. What could be read is in the "
                                       "list; the damaged file is now “%s”."), name));
}

static void
on_saved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (PurgeDraftKeeper) self = user_data;
  g_autoptr (GError) error = NULL;

  self->saving = FALSE;
  if (!purge_draft_save_finish (PURGE_DRAFT (source), result, &error))
    {
      self->changed = TRUE;
      set_trouble (self, error);
      schedule (self, RETRY_MS);
      let_go (self, error, FALSE);
      return;
    }

  set_trouble (self, NULL);
  tell_damage (self);
  advance (self);
}

/* The text is made once for each write, and no earlier. */
static void
save (PurgeDraftKeeper *self)
{
  g_clear_handle_id (&self->save_id, g_source_remove);
  self->changed = FALSE;
  self->saving = TRUE;
  purge_draft_save_async (self->draft, purge_directory_list_dup_all_text (self->list), NULL,
                          on_saved_cb, g_object_ref (self));
}

static gboolean
on_time_cb (gpointer user_data)
{
  PurgeDraftKeeper *self = PURGE_DRAFT_KEEPER (user_data);

  self->save_id = 0;
  save (self);
  return G_SOURCE_REMOVE;
}

/* The next step, whatever it was that has changed. */
static void
advance (PurgeDraftKeeper *self)
{
  if (self->loaded && self->changed && !self->saving)
    {
      if (is_flush_wanted (self))
        save (self);
      else
        schedule (self, DELAY_MS);
    }

  let_go (self, NULL, FALSE);
}

static void
on_list_changed_cb (PurgeDraftKeeper *self)
{
  self->changed = TRUE;
  advance (self);
}

/* Loading */

static void
on_loaded_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (PurgeDraftKeeper) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PurgeReading) reading =
    purge_draft_load_finish (PURGE_DRAFT (source), result, &error);

  self->loading = FALSE;
  set_trouble (self, error);
  if (reading == NULL)
    {
      let_go (self, error, TRUE);
      return;
    }

  /* What comes from the draft need not go back into it. */
  g_signal_handlers_block_by_func (self->list, on_list_changed_cb, self);
  purge_directory_list_restore (self->list, reading);
  g_signal_handlers_unblock_by_func (self->list, on_list_changed_cb, self);

  self->loaded = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
  if (purge_draft_get_damaged (self->draft))
    save (self);
  advance (self);
}

static void
purge_draft_keeper_dispose (GObject *object)
{
  PurgeDraftKeeper *self = PURGE_DRAFT_KEEPER (object);

  g_clear_handle_id (&self->save_id, g_source_remove);
  g_clear_handle_id (&self->deadline_id, g_source_remove);
  g_clear_object (&self->list);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (purge_draft_keeper_parent_class)->dispose (object);
}

static void
purge_draft_keeper_finalize (GObject *object)
{
  PurgeDraftKeeper *self = PURGE_DRAFT_KEEPER (object);

  g_ptr_array_unref (self->waiting);
  g_free (self->damage);
  g_free (self->trouble);

  G_OBJECT_CLASS (purge_draft_keeper_parent_class)->finalize (object);
}

static void
purge_draft_keeper_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  PurgeDraftKeeper *self = PURGE_DRAFT_KEEPER (object);

  switch ((PurgeDraftKeeperProperty) property_id)
    {
    case PROP_DAMAGE:
      g_value_set_string (value, self->damage);
      break;
    case PROP_TROUBLE:
      g_value_set_string (value, self->trouble);
      break;
    case PROP_LOADED:
      g_value_set_boolean (value, self->loaded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_draft_keeper_class_init (PurgeDraftKeeperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = purge_draft_keeper_dispose;
  object_class->finalize = purge_draft_keeper_finalize;
  object_class->get_property = purge_draft_keeper_get_property;

  properties[PROP_DAMAGE] = g_param_spec_string ("damage", NULL, NULL, NULL, flags);
  properties[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, NULL, flags);
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
purge_draft_keeper_init (PurgeDraftKeeper *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * purge_draft_keeper_new:
 * @list: a list
 * @draft: (nullable): its draft, which nobody else uses; %NULL for a list that goes with the program
 *
 * Nothing is saved before the draft is loaded.
 *
 * Returns: (transfer full): what keeps them alike
 */
PurgeDraftKeeper *
purge_draft_keeper_new (PurgeDirectoryList *list,
                        PurgeDraft         *draft)
{
  PurgeDraftKeeper *self;

  g_return_val_if_fail (PURGE_IS_DIRECTORY_LIST (list), NULL);
  g_return_val_if_fail (draft == NULL || PURGE_IS_DRAFT (draft), NULL);

  self = g_object_new (PURGE_TYPE_DRAFT_KEEPER, NULL);
  self->list = g_object_ref (list);
  self->loaded = draft == NULL;
  if (g_set_object (&self->draft, draft))
    g_signal_connect_object (list, "items-changed", G_CALLBACK (on_list_changed_cb), self,
                             G_CONNECT_SWAPPED);

  return self;
}

/**
 * purge_draft_keeper_get_loaded:
 * @self: a keeper
 *
 * Returns: whether the list is what it was when the program ended; also where there is no draft
 */
gboolean
purge_draft_keeper_get_loaded (PurgeDraftKeeper *self)
{
  g_return_val_if_fail (PURGE_IS_DRAFT_KEEPER (self), FALSE);

  return self->loaded;
}

/**
 * purge_draft_keeper_load_async:
 * @self: a keeper
 * @cancellable: (nullable): a cancellable, for the answer
 * @callback: called when the draft is in the list
 * @user_data: for @callback
 *
 * Adds what is in the draft to the list, the first time that it is called.
 */
void
purge_draft_keeper_load_async (PurgeDraftKeeper    *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (PURGE_IS_DRAFT_KEEPER (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  wait_for (self, purge_draft_keeper_load_async, cancellable, callback, user_data);
  if (self->loaded || self->loading)
    return;

  self->loading = TRUE;
  purge_draft_load_async (self->draft, NULL, on_loaded_cb, g_object_ref (self));
}

/**
 * purge_draft_keeper_load_finish:
 * @self: a keeper
 * @result: what the callback was given
 * @error: return location for %PURGE_ERROR_STORAGE where the disk does not answer; the draft comes
 *   when it does
 *
 * Returns: whether the draft is in the list
 */
gboolean
purge_draft_keeper_load_finish (PurgeDraftKeeper  *self,
                                GAsyncResult      *result,
                                GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_draft_keeper_load_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * purge_draft_keeper_flush_async:
 * @self: a keeper
 * @cancellable: (nullable): a cancellable, for the answer
 * @callback: called when the list is on the disk, or cannot be saved
 * @user_data: for @callback
 *
 * Saves what is not saved, without waiting for a pause.
 */
void
purge_draft_keeper_flush_async (PurgeDraftKeeper    *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (PURGE_IS_DRAFT_KEEPER (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  wait_for (self, purge_draft_keeper_flush_async, cancellable, callback, user_data);
  advance (self);
}

/**
 * purge_draft_keeper_flush_finish:
 * @self: a keeper
 * @result: what the callback was given
 * @error: return location for the errors of the storage
 *
 * Returns: whether the list is on the disk; where it is not, it is tried again, and `trouble` says why
 */
gboolean
purge_draft_keeper_flush_finish (PurgeDraftKeeper  *self,
                                 GAsyncResult      *result,
                                 GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_draft_keeper_flush_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * purge_draft_keeper_get_damage:
 * @self: a keeper
 *
 * Returns: (transfer none) (nullable): what became of a damaged draft, a translated sentence
 */
const char *
purge_draft_keeper_get_damage (PurgeDraftKeeper *self)
{
  g_return_val_if_fail (PURGE_IS_DRAFT_KEEPER (self), NULL);

  return self->damage;
}

/**
 * purge_draft_keeper_get_trouble:
 * @self: a keeper
 *
 * Returns: (transfer none) (nullable): why the list is not saved, in translated sentences
 */
const char *
purge_draft_keeper_get_trouble (PurgeDraftKeeper *self)
{
  g_return_val_if_fail (PURGE_IS_DRAFT_KEEPER (self), NULL);

  return self->trouble;
}

/**
 * purge_draft_keeper_dismiss:
 * @self: a keeper
 *
 * The person has read what became of a damaged draft.
 */
void
purge_draft_keeper_dismiss (PurgeDraftKeeper *self)
{
  g_return_if_fail (PURGE_IS_DRAFT_KEEPER (self));

  set_damage (self, NULL);
}
