/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The system keyring. The only file that knows libsecret and its two stores: the Secret Service on
 * the session bus and, inside a sandbox, an encrypted file whose password the portal gives. Does not
 * know what a key is for, or how long to wait for whom.
 *
 * Every operation is a task that begins with a search: that asks nobody, says what is there and
 * what is locked, and shows whether the keyring is alive. After an answer of the person, after the
 * service was lost and after a store that did not answer, the task searches again, so that what is
 * found decides in one place: Operation.found.
 *
 * No cancellable is ever given to libsecret: gnome-keyring (42 and 48) aborts when a client leaves
 * its prompt, and a store that is cancelled then never calls back. A task ceases to wait instead. */

#define G_LOG_DOMAIN "purge-secret-keyring"

#include "config.h"

#include "purge-secret-keyring.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "purge-key-payload.h"

#define ITEM_VERSION "1"
#define BURIALS 2

struct _PurgeSecretKeyring
{
  PurgePatientKeyring parent_instance;

  gboolean            is_open;  /* the portal has given the password of the file */
};

/* Takes the task; the newest item is the first. */
typedef void (*OperationFound) (GTask *task, GList *items);

/* What a task does, as its data. */
typedef struct
{
  OperationFound    found;
  char             *uuid;
  char             *name;         /* of a store */
  PurgeCredentials *credentials;  /* of a store */
  gboolean          is_late;      /* a store that was not answered in time */
  gboolean          has_asked;
  gboolean          has_retried;
  guint             burials;
} Operation;

static void purge_secret_keyring_iface_init (PurgeKeyringInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PurgeSecretKeyring, purge_secret_keyring,
                               PURGE_TYPE_PATIENT_KEYRING,
                               G_IMPLEMENT_INTERFACE (PURGE_TYPE_KEYRING,
                                                      purge_secret_keyring_iface_init))

/* Every program of the session can read attributes, even while the keyring is locked: so there is
 * nothing in them that means anything to it. */
static const SecretSchema schema = {
  APP_ID ".Account", SECRET_SCHEMA_NONE,
  {
    { "application", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "version", SECRET_SCHEMA_ATTRIBUTE_STRING },
  },
};

static void
operation_free (Operation *op)
{
  g_free (op->uuid);
  g_free (op->name);
  g_clear_pointer (&op->credentials, purge_credentials_unref);
  g_free (op);
}

static gboolean
is_sandboxed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) || g_getenv ("SNAP_NAME") != NULL;
}

/* Whether libsecret keeps its items in a file: inside a sandbox it does, and where library tests
 * tell it to. */
static gboolean
keeps_file (void)
{
  return is_sandboxed () || g_strcmp0 (g_getenv ("SECRET_BACKEND"), "file") == 0;
}

static PurgeKeyringTrouble
diagnose (const GError *error)
{
  PurgeKeyringTrouble trouble = purge_keyring_trouble_from_error (error);

  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_INVALID_FILE_FORMAT))
    return PURGE_KEYRING_DAMAGED_FILE;

  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    return PURGE_KEYRING_STAYED_LOCKED;

  return trouble == PURGE_KEYRING_NO_SERVICE && is_sandboxed () ? PURGE_KEYRING_NO_PORTAL : trouble;
}

static char *
describe (PurgeKeyringTrouble  trouble,
          const GError        *error)
{
  g_autoptr (GError) stripped = g_error_copy (error);

  if (trouble == PURGE_KEYRING_DAMAGED_FILE)
    return g_build_filename (g_get_user_data_dir (), "keyrings", "default.keyring", NULL);

  g_dbus_error_strip_remote_error (stripped);
  return g_strdup (stripped->message);
}

/* Whether the daemon died or was started again (libsecret stays with the bus name of the dead one, or
 * with its session, until it is disconnected; it strips the name NoSession and leaves an error that
 * can be any), or another process wrote the keyring file at the same moment. */
static gboolean
is_worth_another_try (const GError *error)
{
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_DBUS_ERROR)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
}

static gboolean
is_missing_object (const GError *error)
{
  return error == NULL
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT)
         || g_error_matches (error, SECRET_ERROR, SECRET_ERROR_NO_SUCH_OBJECT);
}

static void search (GTask *task);

static void
fail (GTask        *task,
      const GError *error)
{
  Operation *op = g_task_get_task_data (task);
  PurgeKeyringTrouble trouble = diagnose (error);
  g_autofree char *detail = describe (trouble, error);

  g_debug ("%s: %s", g_quark_to_string (error->domain), error->message);
  if (op->has_retried || !is_worth_another_try (error))
    {
      purge_patient_keyring_fail (task, trouble, detail);
      return;
    }

  op->has_retried = TRUE;
  secret_service_disconnect ();
  search (task);
}

static void
give_up (GTask *task)
{
  Operation *op = g_task_get_task_data (task);

  if (op->is_late)
    purge_patient_keyring_fail (task, PURGE_KEYRING_SILENT_STORE, NULL);
  else
    purge_patient_keyring_give_up (task);
}

/* The question that was open has been answered: every task that waits for that goes on. */
static void
answer (PurgeSecretKeyring  *self,
        gboolean             is_agreed,
        const GError        *error,
        PurgeKeyringTrouble  otherwise)
{
  g_autoptr (GPtrArray) tasks = NULL;

  tasks = purge_patient_keyring_take_waiters (PURGE_PATIENT_KEYRING (self));
  for (guint i = 0; i < tasks->len; i++)
    if (is_agreed)
      search (tasks->pdata[i]);
    else if (error != NULL)
      fail (tasks->pdata[i], error);
    else
      purge_patient_keyring_fail (tasks->pdata[i], otherwise, NULL);
}

static gboolean
is_locked (gpointer item)
{
  return SECRET_IS_ITEM (item) && secret_item_get_locked (item);
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
  Operation *op = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GList *items = secret_password_search_finish (result, &error);

  if (error != NULL)
    {
      fail (task, error);
      return;
    }

  items = g_list_sort (items, compare_newest_first);
  op->found (task, items);
  g_list_free_full (items, g_object_unref);
}

static void
on_opened_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (PurgeSecretKeyring) self = user_data;
  g_autoptr (GError) error = NULL;
  GList *items = secret_password_search_finish (result, &error);

  g_list_free_full (items, g_object_unref);
  self->is_open = error == NULL;
  answer (self, self->is_open, error, PURGE_KEYRING_STAYED_LOCKED);
}

static void
search (GTask *task)
{
  PurgeSecretKeyring *self = g_task_get_source_object (task);
  Operation *op = g_task_get_task_data (task);
  g_autoptr (GHashTable) attributes = NULL;

  attributes = secret_attributes_build (&schema, "application", APP_ID, "account", op->uuid, NULL);
  if (self->is_open || !is_sandboxed ())
    secret_password_searchv (&schema, attributes, SECRET_SEARCH_ALL, NULL, purge_call_ready_cb,
                             purge_patient_keyring_wait (task, on_searched, give_up));
  /* The portal may ask a person for the password of the system's keyring. */
  else if (purge_patient_keyring_ask (task))
    secret_password_searchv (&schema, attributes, SECRET_SEARCH_ALL, NULL, on_opened_cb,
                             g_object_ref (self));
}

static void
on_bus (GTask        *task,
        GObject      *source,
        GAsyncResult *result)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);

  if (bus == NULL)
    {
      purge_patient_keyring_fail (task, PURGE_KEYRING_NO_BUS, NULL);
      return;
    }

  /* The end of the session must not tear a purge that is under way. */
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  search (task);
}

/* Takes the task. Name and credentials are of a store. */
static void
start (GTask            *task,
       OperationFound    found,
       const char       *uuid,
       const char       *name,
       PurgeCredentials *credentials)
{
  Operation *op = g_new0 (Operation, 1);

  op->found = found;
  op->uuid = g_strdup (uuid);
  op->name = g_strdup (name);
  op->credentials = credentials != NULL ? purge_credentials_ref (credentials) : NULL;
  g_task_set_task_data (task, op, (GDestroyNotify) operation_free);

  if (keeps_file ())
    search (task);
  else
    g_bus_get (G_BUS_TYPE_SESSION, NULL, purge_call_ready_cb,
               purge_patient_keyring_wait (task, on_bus, give_up));
}

static void
on_unlocked_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (PurgeSecretKeyring) self = user_data;
  g_autoptr (GError) error = NULL;
  int n_unlocked = secret_service_unlock_finish (NULL, result, NULL, &error);

  answer (self, n_unlocked > 0, error, PURGE_KEYRING_STAYED_LOCKED);
}

static void
on_created_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (PurgeSecretKeyring) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretCollection) collection = secret_collection_create_finish (result, &error);

  /* A dismissed question leaves libsecret with the path “/”, where it finds nothing. */
  if (is_missing_object (error))
    g_clear_error (&error);
  answer (self, collection != NULL, error, PURGE_KEYRING_NOT_SET_UP);
}

static void
create_default (PurgeSecretKeyring *self)
{
  secret_collection_create (NULL,
                            /* Translators: the name of the keyring that is made where there is none,
                             * as password managers show it */
                            _("Default keyring"),
                            SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_CREATE_NONE, NULL,
                            on_created_cb, g_object_ref (self));
}

/* Asks a person to unlock @objects or, where there are none, to choose a password for a new default
 * keyring. A task puts its question once. */
static void
ask (GTask *task,
     GList *objects)
{
  PurgeSecretKeyring *self = g_task_get_source_object (task);
  Operation *op = g_task_get_task_data (task);

  if (op->has_asked)
    {
      purge_patient_keyring_fail (task, PURGE_KEYRING_STAYED_LOCKED, NULL);
      return;
    }

  if (!purge_patient_keyring_ask (task))
    return;

  op->has_asked = TRUE;
  if (objects != NULL)
    secret_service_unlock (NULL, objects, NULL, on_unlocked_cb, g_object_ref (self));
  else
    create_default (self);
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
  Operation *op = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) value = NULL;
  const char *payload;
  gsize length;

  value = secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (source), result, &error);
  if (value == NULL && error != NULL)
    {
      fail (task, error);
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
  secret_retrievable_retrieve_secret (item, NULL, purge_call_ready_cb,
                                      purge_patient_keyring_wait (task, on_retrieved, give_up));
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
    ask (task, &newest);
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
  Operation *op = g_task_get_task_data (task);

  op->is_late = TRUE;
  op->found = found_after_store;
  search (task);
}

static void
store (GTask            *task,
       const char       *label,
       SecretValue      *value,
       PurgeCallEnded    ended,
       PurgeCallGivenUp  given_up)
{
  Operation *op = g_task_get_task_data (task);
  g_autoptr (GHashTable) attributes = NULL;

  attributes = secret_attributes_build (&schema, "application", APP_ID, "account", op->uuid,
                                        "version", ITEM_VERSION, NULL);
  secret_password_storev_binary (&schema, attributes, SECRET_COLLECTION_DEFAULT, label, value, NULL,
                                 purge_call_ready_cb,
                                 purge_patient_keyring_wait (task, ended, given_up));
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
    fail (task, error);
}

static void
store_key (GTask *task)
{
  Operation *op = g_task_get_task_data (task);
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

  store (task, label, value, on_stored, read_back);
}

static void
on_default (GTask        *task,
            GObject      *source,
            GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretCollection) collection = secret_collection_for_alias_finish (result, &error);
  GList objects = { collection };

  if (collection == NULL && is_missing_object (error))
    ask (task, NULL);
  else if (collection == NULL)
    fail (task, error);
  else if (secret_collection_get_locked (collection))
    ask (task, &objects);
  else
    store_key (task);
}

/* A store asks by itself where it must, and then can be neither timed nor left: so everything it
 * might ask for is asked for beforehand. */
static void
found_for_store (GTask *task,
                 GList *items)
{
  if (keeps_file ())
    store_key (task);
  else
    secret_collection_for_alias (NULL, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, NULL,
                                 purge_call_ready_cb,
                                 purge_patient_keyring_wait (task, on_default, give_up));
}

static void clear (GTask *task);

static void
on_buried (GTask        *task,
           GObject      *source,
           GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    clear (task);
  else
    fail (task, error);
}

/* libsecret keeps its file as it was before the last change beside the file, and there the key that
 * was just removed can still be decrypted. Further changes overwrite that copy. */
static void
bury (GTask *task)
{
  Operation *op = g_task_get_task_data (task);
  g_autoptr (SecretValue) nothing = secret_value_new ("", 0, "text/plain");

  op->burials++;
  store (task, "", nothing, on_buried, give_up);
}

static void
on_cleared (GTask        *task,
            GObject      *source,
            GAsyncResult *result)
{
  Operation *op = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  /* Whether there was anything to remove does not matter. */
  secret_password_clear_finish (result, &error);
  if (error != NULL)
    fail (task, error);
  else if (keeps_file () && op->burials < BURIALS)
    bury (task);
  else
    purge_patient_keyring_succeed (task);
}

static void
clear (GTask *task)
{
  Operation *op = g_task_get_task_data (task);
  g_autoptr (GHashTable) attributes = NULL;

  if (!purge_patient_keyring_commit (task))
    return;

  attributes = secret_attributes_build (&schema, "application", APP_ID, "account", op->uuid, NULL);
  secret_password_clearv (&schema, attributes, NULL, purge_call_ready_cb,
                          purge_patient_keyring_wait (task, on_cleared, give_up));
}

static void
found_for_forget (GTask *task,
                  GList *items)
{
  g_autoptr (GList) locked = NULL;

  for (GList *l = items; l != NULL; l = l->next)
    if (is_locked (l->data))
      locked = g_list_prepend (locked, l->data);

  if (locked != NULL)
    ask (task, locked);
  else
    clear (task);
}

static void
purge_secret_keyring_check (PurgeKeyring *self,
                            GTask        *task,
                            const char   *uuid)
{
  start (task, found_for_check, uuid, NULL, NULL);
}

static void
purge_secret_keyring_load (PurgeKeyring *self,
                           GTask        *task,
                           const char   *uuid)
{
  start (task, found_for_load, uuid, NULL, NULL);
}

static void
purge_secret_keyring_store (PurgeKeyring     *self,
                            GTask            *task,
                            const char       *uuid,
                            const char       *name,
                            PurgeCredentials *credentials)
{
  start (task, found_for_store, uuid, name, credentials);
}

static void
purge_secret_keyring_forget (PurgeKeyring *self,
                             GTask        *task,
                             const char   *uuid)
{
  start (task, found_for_forget, uuid, NULL, NULL);
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
