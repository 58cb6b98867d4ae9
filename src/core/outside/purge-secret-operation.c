/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What the operations of the system keyring have in common: they begin with a search, ask a person,
 * write, and try once more where the service was lost. Knows how libsecret names an account's item and
 * what its errors mean; does not know what a key is made of, or when it is stored, read or removed. */

#define G_LOG_DOMAIN "purge-secret-operation"

#include "config.h"

#include "purge-secret-operation.h"

#include <glib/gi18n-lib.h>

#include "purge-environment.h"
#include "purge-patient-keyring.h"

#define SERVICE "org.freedesktop.secrets"
#define PORTAL "org.freedesktop.portal.Desktop"
#define ITEM_VERSION "1"

/* Every program of the session can read attributes, even while the keyring is locked: so there is
 * nothing in them that means anything to it. Nor is an item looked for by the name of the schema:
 * of a keyring that was locked when its file was read gnome-keyring (42) knows hashes of the
 * attributes, and takes each item for one of a schema of its own. */
static const SecretSchema schema = {
  APP_ID ".Account", SECRET_SCHEMA_DONT_MATCH_NAME,
  {
    { "application", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "version", SECRET_SCHEMA_ATTRIBUTE_STRING },
  },
};

static void
operation_free (PurgeSecretOperation *op)
{
  g_free (op->uuid);
  g_free (op->name);
  g_clear_pointer (&op->credentials, purge_credentials_unref);
  g_list_free_full (op->doomed, g_object_unref);
  g_free (op);
}

static PurgeKeyringTrouble
diagnose (const GError *error)
{
  PurgeKeyringTrouble trouble = purge_keyring_trouble_from_error (error);

  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_INVALID_FILE_FORMAT))
    return PURGE_KEYRING_DAMAGED_FILE;

  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    return PURGE_KEYRING_STAYED_LOCKED;

  if (trouble == PURGE_KEYRING_NO_SERVICE && purge_environment_is_sandboxed ())
    return PURGE_KEYRING_NO_PORTAL;

  return trouble;
}

/**
 * purge_secret_operation_keeps_file:
 *
 * Returns: whether libsecret keeps its items in a file: inside a sandbox it does, and where
 *   library tests tell it to
 */
gboolean
purge_secret_operation_keeps_file (void)
{
  return purge_environment_is_sandboxed () || g_strcmp0 (g_getenv ("SECRET_BACKEND"), "file") == 0;
}

/**
 * purge_secret_operation_is_missing:
 * @error: (nullable): what came where there should have been an object, or nothing
 *
 * Returns: whether that says that the object does not exist
 */
gboolean
purge_secret_operation_is_missing (const GError *error)
{
  return error == NULL
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT)
         || g_error_matches (error, SECRET_ERROR, SECRET_ERROR_NO_SUCH_OBJECT);
}

static void
search (GTask *task)
{
  PURGE_PATIENT_KEYRING_GET_CLASS (g_task_get_source_object (task))->search (task);
}

/**
 * purge_secret_operation_fail:
 * @task: (transfer full): a task
 * @error: what the keyring said
 *
 * Ends a task, or begins it once more where that may help.
 */
void
purge_secret_operation_fail (GTask        *task,
                             const GError *error)
{
  PurgeSecretOperation *op = g_task_get_task_data (task);

  g_debug ("%s: %s", g_quark_to_string (error->domain), error->message);
  if (op->has_retried || !purge_keyring_trouble_may_pass (error))
    {
      purge_patient_keyring_fail (task, diagnose (error), error);
      return;
    }

  op->has_retried = TRUE;
  /* Otherwise libsecret stays with the bus name and the session of a daemon that is dead. */
  secret_service_disconnect ();
  search (task);
}

/**
 * purge_secret_operation_give_up:
 * @task: (transfer full): a task that does not wait any longer
 *
 * Ends a task as cancelled, or because the keyring is silent.
 */
void
purge_secret_operation_give_up (GTask *task)
{
  PurgeSecretOperation *op = g_task_get_task_data (task);

  if (op->is_late)
    purge_patient_keyring_fail (task, PURGE_KEYRING_SILENT_STORE, NULL);
  else
    purge_patient_keyring_give_up (task);
}

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  guint64 modified_a = secret_retrievable_get_modified ((gpointer) a);
  guint64 modified_b = secret_retrievable_get_modified ((gpointer) b);

  return (modified_a < modified_b) - (modified_a > modified_b);
}

static void
on_searched (GTask        *task,
             GObject      *source,
             GAsyncResult *result)
{
  PurgeSecretOperation *op = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GList *items = secret_password_search_finish (result, &error);

  if (error != NULL)
    {
      purge_secret_operation_fail (task, error);
      return;
    }

  items = g_list_sort (items, compare_newest_first);
  op->found (task, items);
  g_list_free_full (items, g_object_unref);
}

/**
 * purge_secret_operation_search:
 * @task: (transfer full): a task
 * @opened: (nullable): where a person may be asked before the store opens, how the question goes on
 *
 * Searches, without asking for what is locked. Its `found` is called in the end; where there is a
 * question first, the task searches again when that was answered.
 */
void
purge_secret_operation_search (GTask          *task,
                               PurgeWaitEnded  opened)
{
  PurgeSecretOperation *op = g_task_get_task_data (task);
  g_autoptr (GHashTable) attributes = NULL;
  PurgeWait *call;

  attributes = secret_attributes_build (&schema, "application", APP_ID, "account", op->uuid, NULL);
  if (opened == NULL)
    call = purge_patient_keyring_wait (task, on_searched, purge_secret_operation_give_up);
  else
    call = purge_patient_keyring_ask (task, PORTAL, FALSE, opened);
  if (call != NULL)
    secret_password_searchv (&schema, attributes, SECRET_SEARCH_ALL, NULL,
                             purge_wait_ready_cb, call);
}

/**
 * purge_secret_operation_start:
 * @task: (transfer full): a task
 * @found: what is done with what is found
 * @uuid: of which account
 * @name: (nullable): of a store, what the account is called
 * @credentials: (nullable) (transfer none): of a store, the key
 *
 * Begins a task.
 */
void
purge_secret_operation_start (GTask                     *task,
                              PurgeSecretOperationFound  found,
                              const char                *uuid,
                              const char                *name,
                              PurgeCredentials          *credentials)
{
  PurgeSecretOperation *op = g_new0 (PurgeSecretOperation, 1);

  op->found = found;
  op->uuid = g_strdup (uuid);
  op->name = g_strdup (name);
  op->credentials = credentials != NULL ? purge_credentials_ref (credentials) : NULL;
  g_task_set_task_data (task, op, (GDestroyNotify) operation_free);

  if (purge_secret_operation_keeps_file ())
    search (task);
  else
    purge_patient_keyring_connect (task);
}

static void
on_unlocked (GTask        *question,
             GObject      *source,
             GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  int n_unlocked = secret_service_unlock_finish (NULL, result, NULL, &error);

  purge_patient_keyring_answer (question, n_unlocked > 0, PURGE_KEYRING_STAYED_LOCKED, error);
}

static void
on_created (GTask        *question,
            GObject      *source,
            GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretCollection) collection = secret_collection_create_finish (result, &error);

  /* A dismissed question leaves libsecret with the path “/”, where it finds nothing. */
  if (purge_secret_operation_is_missing (error))
    g_clear_error (&error);
  purge_patient_keyring_answer (question, collection != NULL, PURGE_KEYRING_NOT_SET_UP, error);
}

/**
 * purge_secret_operation_ask:
 * @task: (transfer full): a task
 * @objects: (nullable) (element-type GDBusProxy): what is locked
 *
 * Asks a person to unlock @objects or, where there are none, to choose a password for a new default
 * keyring. A task puts its question once. A question stays on the screen when nobody waits for it
 * any longer, and a second one would only stand in line behind it.
 */
void
purge_secret_operation_ask (GTask *task,
                            GList *objects)
{
  PurgeSecretOperation *op = g_task_get_task_data (task);
  PurgeWait *call;

  if (op->has_asked)
    {
      purge_patient_keyring_fail (task, PURGE_KEYRING_STAYED_LOCKED, NULL);
      return;
    }

  call = purge_patient_keyring_ask (task, SERVICE, TRUE,
                                    objects != NULL ? on_unlocked : on_created);
  if (call == NULL)
    return;

  op->has_asked = TRUE;
  if (objects != NULL)
    secret_service_unlock (NULL, objects, NULL, purge_wait_ready_cb, call);
  else
    secret_collection_create (NULL,
                              /* Translators: the name of the keyring that is made where there is
                               * none, as password managers show it */
                              _("Default keyring"),
                              SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_CREATE_NONE, NULL,
                              purge_wait_ready_cb, call);
}

/**
 * purge_secret_operation_store:
 * @task: (transfer full): a task
 * @label: how password managers show the item
 * @value: what is in it
 * @ended: how the task goes on
 * @given_up: what it does where the answer does not come in time
 *
 * Writes the item of the account, in the place of the one there is.
 */
void
purge_secret_operation_store (GTask            *task,
                              const char       *label,
                              SecretValue      *value,
                              PurgeWaitEnded    ended,
                              PurgeWaitGivenUp  given_up)
{
  PurgeSecretOperation *op = g_task_get_task_data (task);
  g_autoptr (GHashTable) attributes = NULL;

  attributes = secret_attributes_build (&schema, "application", APP_ID, "account", op->uuid,
                                        "version", ITEM_VERSION, NULL);
  secret_password_storev_binary (&schema, attributes, SECRET_COLLECTION_DEFAULT, label, value, NULL,
                                 purge_wait_ready_cb,
                                 purge_patient_keyring_wait (task, ended, given_up));
}

/**
 * purge_secret_operation_clear:
 * @task: (transfer full): a task
 * @ended: how it goes on
 *
 * Removes the items of the account from a file.
 */
void
purge_secret_operation_clear (GTask          *task,
                              PurgeWaitEnded  ended)
{
  PurgeSecretOperation *op = g_task_get_task_data (task);
  g_autoptr (GHashTable) attributes = NULL;

  attributes = secret_attributes_build (&schema, "application", APP_ID, "account", op->uuid, NULL);
  secret_password_clearv (&schema, attributes, NULL, purge_wait_ready_cb,
                          purge_patient_keyring_wait (task, ended, purge_secret_operation_give_up));
}
