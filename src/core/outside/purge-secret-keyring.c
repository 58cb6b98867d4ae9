/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The system keyring: how a key is looked for, read, stored and removed. Knows libsecret's two stores:
 * the Secret Service on the session bus and, inside a sandbox, an encrypted file whose password the
 * portal gives. Does not know what a key is for, how an item is called, or how long to wait for whom.
 *
 * Every operation is a task that begins with a search: that asks nobody, says what is there and
 * what is locked, and shows whether the keyring is alive. After an answer of the person, after the
 * service was lost and after a store that did not answer, the task searches again, so that what is
 * found decides in one place: PurgeSecretOperation.found.
 *
 * No cancellable is ever given to libsecret: gnome-keyring (42 and 48) aborts when a client leaves
 * its prompt, and a store that is cancelled then never calls back. A task ceases to wait instead. */

#define G_LOG_DOMAIN "purge-secret-keyring"

#include "config.h"

#include "purge-secret-keyring.h"

#include <glib/gi18n-lib.h>

#include "purge-environment.h"
#include "purge-key-payload.h"
#include "purge-secret-operation.h"

#define BURIALS 2

struct _PurgeSecretKeyring
{
  PurgePatientKeyring parent_instance;

  gboolean            is_open;  /* the portal has given the password of the file */
};

static void purge_secret_keyring_iface_init (PurgeKeyringInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PurgeSecretKeyring, purge_secret_keyring,
                               PURGE_TYPE_PATIENT_KEYRING,
                               G_IMPLEMENT_INTERFACE (PURGE_TYPE_KEYRING,
                                                      purge_secret_keyring_iface_init))

static void
on_opened (GTask        *question,
           GObject      *source,
           GAsyncResult *result)
{
  PurgeSecretKeyring *self = g_task_get_source_object (question);
  g_autoptr (GError) error = NULL;
  GList *items = secret_password_search_finish (result, &error);

  g_list_free_full (items, g_object_unref);
  self->is_open = error == NULL;
  purge_patient_keyring_answer (question, self->is_open, PURGE_KEYRING_STAYED_LOCKED, error);
}

static void
search (GTask *task)
{
  PurgeSecretKeyring *self = g_task_get_source_object (task);

  /* The portal may ask a person for the password of the system's keyring. libsecret before 0.21.4
   * can miss its answer, so that a person who gives up must be able to ask again. */
  purge_secret_operation_search (task, self->is_open || !purge_environment_is_sandboxed ()
                                         ? NULL : on_opened);
}

static void
return_credentials (GTask      *task,
                    const char *payload,
                    gsize       length)
{
  PurgeCredentials *credentials = purge_key_payload_read (payload, length);

  if (credentials == NULL)
    {
      purge_patient_keyring_fail (task, PURGE_KEYRING_FOREIGN_ITEM, NULL);
      return;
    }

  g_task_return_pointer (task, credentials, (GDestroyNotify) purge_credentials_unref);
  g_object_unref (task);
}

static void
on_retrieved (GTask        *task,
              GObject      *source,
              GAsyncResult *result)
{
  PurgeSecretOperation *op = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) value = NULL;
  const char *payload;
  gsize length;

  value = secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (source), result, &error);
  if (value == NULL && error != NULL)
    {
      purge_secret_operation_fail (task, error);
      return;
    }

  /* No value and no error: it was locked in the meantime. */
  if (value == NULL)
    {
      purge_patient_keyring_fail (task, PURGE_KEYRING_STAYED_LOCKED, NULL);
      return;
    }

  payload = secret_value_get (value, &length);
  if (!op->is_late)
    return_credentials (task, payload, length);
  else if (purge_key_payload_is_of (payload, length, op->credentials))
    purge_patient_keyring_succeed (task);
  else
    purge_patient_keyring_fail (task, PURGE_KEYRING_SILENT_STORE, NULL);
}

static void
retrieve (GTask             *task,
          SecretRetrievable *item)
{
  secret_retrievable_retrieve_secret (item, NULL, purge_wait_ready_cb,
                                      purge_patient_keyring_wait (task, on_retrieved,
                                                                  purge_secret_operation_give_up));
}

static gboolean
is_locked (gpointer item)
{
  return SECRET_IS_ITEM (item) && secret_item_get_locked (item);
}

static void
found_for_check (GTask *task,
                 GList *items)
{
  g_task_return_int (task, items == NULL ? PURGE_KEY_ABSENT
                           : is_locked (items->data) ? PURGE_KEY_LOCKED
                           : PURGE_KEY_PRESENT);
  g_object_unref (task);
}

static void
found_for_load (GTask *task,
                GList *items)
{
  GList newest = { NULL };

  if (items == NULL)
    {
      purge_patient_keyring_fail (task, PURGE_KEYRING_NO_KEY, NULL);
      return;
    }

  newest.data = items->data;
  if (is_locked (newest.data))
    purge_secret_operation_ask (task, &newest);
  else
    retrieve (task, newest.data);
}

static void
found_after_store (GTask *task,
                   GList *items)
{
  if (items == NULL || is_locked (items->data))
    purge_patient_keyring_fail (task, PURGE_KEYRING_SILENT_STORE, NULL);
  else
    retrieve (task, items->data);
}

/* The store was not answered in time. The daemon may have kept the key all the same, for instance
 * where it was only stopped for a while. */
static void
read_back (GTask *task)
{
  PurgeSecretOperation *op = g_task_get_task_data (task);

  op->is_late = TRUE;
  op->found = found_after_store;
  search (task);
}

static void
on_stored (GTask        *task,
           GObject      *source,
           GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    purge_patient_keyring_succeed (task);
  else
    purge_secret_operation_fail (task, error);
}

static void
store_key (GTask *task)
{
  PurgeSecretOperation *op = g_task_get_task_data (task);
  g_autofree char *label = NULL;
  g_autoptr (SecretValue) value = NULL;
  char *payload;

  if (!purge_patient_keyring_commit (task))
    return;

  /* Translators: how password managers show a key; %s is the name of an account */
  label = g_strdup_printf (_("CDN Purge: %s"), op->name);
  /* The value is a copy in memory of libsecret's that is locked and wiped. */
  payload = purge_key_payload_write (op->credentials);
  value = secret_value_new (payload, -1, "text/plain");
  purge_key_payload_free (payload);

  purge_secret_operation_store (task, label, value, on_stored, read_back);
}

static void
on_default (GTask        *task,
            GObject      *source,
            GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretCollection) collection = secret_collection_for_alias_finish (result, &error);
  GList objects = { collection };

  if (collection == NULL && purge_secret_operation_is_missing (error))
    purge_secret_operation_ask (task, NULL);
  else if (collection == NULL)
    purge_secret_operation_fail (task, error);
  else if (secret_collection_get_locked (collection))
    purge_secret_operation_ask (task, &objects);
  else
    store_key (task);
}

/* A store asks by itself where it must, and then can be neither timed nor left: so everything it
 * might ask for is asked for beforehand. */
static void
found_for_store (GTask *task,
                 GList *items)
{
  if (purge_secret_operation_keeps_file ())
    store_key (task);
  else
    secret_collection_for_alias (NULL, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, NULL,
                                 purge_wait_ready_cb,
                                 purge_patient_keyring_wait (task, on_default,
                                                             purge_secret_operation_give_up));
}

static void on_cleared (GTask *task, GObject *source, GAsyncResult *result);

static void
on_buried (GTask        *task,
           GObject      *source,
           GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    purge_secret_operation_clear (task, on_cleared);
  else
    purge_secret_operation_fail (task, error);
}

/* libsecret keeps its file as it was before the last change beside the file, and there the key that
 * was just removed can still be decrypted. Further changes overwrite that copy. */
static void
on_cleared (GTask        *task,
            GObject      *source,
            GAsyncResult *result)
{
  PurgeSecretOperation *op = g_task_get_task_data (task);
  g_autoptr (SecretValue) nothing = secret_value_new ("", 0, "text/plain");
  g_autoptr (GError) error = NULL;

  /* Whether there was anything to remove does not matter. */
  secret_password_clear_finish (result, &error);
  if (error != NULL)
    purge_secret_operation_fail (task, error);
  else if (op->burials++ < BURIALS)
    purge_secret_operation_store (task, "", nothing, on_buried, purge_secret_operation_give_up);
  else
    purge_patient_keyring_succeed (task);
}

static void remove_doomed (GTask *task);

static void
on_removed (GTask        *task,
            GObject      *source,
            GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;

  if (secret_item_delete_finish (SECRET_ITEM (source), result, &error))
    remove_doomed (task);
  else
    purge_secret_operation_fail (task, error);
}

/* One after the other: secret_password_clear() ends its task twice where it cannot remove an item. */
static void
remove_doomed (GTask *task)
{
  PurgeSecretOperation *op = g_task_get_task_data (task);
  g_autoptr (SecretItem) item = NULL;

  if (op->doomed == NULL)
    {
      purge_patient_keyring_succeed (task);
      return;
    }

  item = op->doomed->data;
  op->doomed = g_list_delete_link (op->doomed, op->doomed);
  secret_item_delete (item, NULL, purge_wait_ready_cb,
                      purge_patient_keyring_wait (task, on_removed,
                                                  purge_secret_operation_give_up));
}

static void
found_for_forget (GTask *task,
                  GList *items)
{
  PurgeSecretOperation *op = g_task_get_task_data (task);
  g_autoptr (GList) locked = NULL;

  for (GList *l = items; l != NULL; l = l->next)
    if (is_locked (l->data))
      locked = g_list_prepend (locked, l->data);

  if (locked != NULL)
    {
      purge_secret_operation_ask (task, locked);
      return;
    }

  if (!purge_patient_keyring_commit (task))
    return;

  g_list_free_full (g_steal_pointer (&op->doomed), g_object_unref);
  for (GList *l = items; l != NULL; l = l->next)
    op->doomed = g_list_prepend (op->doomed, g_object_ref (l->data));
  if (purge_secret_operation_keeps_file ())
    purge_secret_operation_clear (task, on_cleared);
  else
    remove_doomed (task);
}

static void
purge_secret_keyring_check (PurgeKeyring *self,
                            GTask        *task,
                            const char   *uuid)
{
  purge_secret_operation_start (task, found_for_check, uuid, NULL, NULL);
}

static void
purge_secret_keyring_load (PurgeKeyring *self,
                           GTask        *task,
                           const char   *uuid)
{
  purge_secret_operation_start (task, found_for_load, uuid, NULL, NULL);
}

static void
purge_secret_keyring_store (PurgeKeyring     *self,
                            GTask            *task,
                            const char       *uuid,
                            const char       *name,
                            PurgeCredentials *credentials)
{
  purge_secret_operation_start (task, found_for_store, uuid, name, credentials);
}

static void
purge_secret_keyring_forget (PurgeKeyring *self,
                             GTask        *task,
                             const char   *uuid)
{
  purge_secret_operation_start (task, found_for_forget, uuid, NULL, NULL);
}

static void
purge_secret_keyring_iface_init (PurgeKeyringInterface *iface)
{
  iface->check = purge_secret_keyring_check;
  iface->load = purge_secret_keyring_load;
  iface->store = purge_secret_keyring_store;
  iface->forget = purge_secret_keyring_forget;
}

static void
purge_secret_keyring_class_init (PurgeSecretKeyringClass *klass)
{
  PurgePatientKeyringClass *patient_class = PURGE_PATIENT_KEYRING_CLASS (klass);

  patient_class->search = search;
  patient_class->fail = purge_secret_operation_fail;
}

static void
purge_secret_keyring_init (PurgeSecretKeyring *self)
{
}

/**
 * purge_secret_keyring_new:
 *
 * Returns: (transfer full): the system keyring; nothing is asked of it yet
 */
PurgeKeyring *
purge_secret_keyring_new (void)
{
  return g_object_new (PURGE_TYPE_SECRET_KEYRING, NULL);
}
