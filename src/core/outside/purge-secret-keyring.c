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

#include "purge-environment.h"
#include "purge-key-payload.h"

#define SERVICE "org.freedesktop.secrets"
#define PORTAL "org.freedesktop.portal.Desktop"
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
  GList            *doomed;       /* of a forget: the items that are still to be removed */
  guint             burials;
} Operation;

static void purge_secret_keyring_iface_init (PurgeKeyringInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PurgeSecretKeyring, purge_secret_keyring,
                               PURGE_TYPE_PATIENT_KEYRING,
                               G_IMPLEMENT_INTERFACE (PURGE_TYPE_KEYRING,
                                                      purge_secret_keyring_iface_init))

/* Every program of the session can read attributes, even while the keyring is locked: so there is
 * nothing in them that means anything to it. Nor is an item looked for by the name of the schema:
 * of a keyring that was locked when its file was read gnome-keyring (42 and 48) knows hashes of the
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
operation_free (Operation *op)
{
  g_free (op->uuid);
  g_free (op->name);
  g_clear_pointer (&op->credentials, purge_credentials_unref);
  g_list_free_full (op->doomed, g_object_unref);
  g_free (op);
}

/* Whether libsecret keeps its items in a file: inside a sandbox it does, and where library tests
 * tell it to. */
static gboolean
keeps_file (void)
{
  return purge_environment_is_sandboxed () || g_strcmp0 (g_getenv ("SECRET_BACKEND"), "file") == 0;
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

static void
give_up (GTask *task)
{
  Operation *op = g_task_get_task_data (task);

  if (op->is_late)
    purge_patient_keyring_fail (task, PURGE_KEYRING_SILENT_STORE, NULL);
  else
    purge_patient_keyring_give_up (task);
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
  Operation *op = g_task_get_task_data (task);
  g_autoptr (GHashTable) attributes = NULL;
  PurgeWait *call;

  attributes = secret_attributes_build (&schema, "application", APP_ID, "account", op->uuid, NULL);
  if (self->is_open || !purge_environment_is_sandboxed ())
    call = purge_patient_keyring_wait (task, on_searched, give_up);
  else
    /* The portal may ask a person for the password of the system's keyring. libsecret before 0.21.4
     * can miss its answer, so that a person who gives up must be able to ask again. */
    call = purge_patient_keyring_ask (task, PORTAL, FALSE, on_opened);
  if (call != NULL)
    secret_password_searchv (&schema, attributes, SECRET_SEARCH_ALL, NULL, purge_wait_ready_cb, call);
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
  if (is_missing_object (error))
    g_clear_error (&error);
  purge_patient_keyring_answer (question, collection != NULL, PURGE_KEYRING_NOT_SET_UP, error);
}

/* Asks a person to unlock @objects or, where there are none, to choose a password for a new default
 * keyring. A task puts its question once. A question stays on the screen when nobody waits for it
 * any longer, and a second one would only stand in line behind it. */
static void
ask (GTask *task,
     GList *objects)
{
  Operation *op = g_task_get_task_data (task);
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
  secret_retrievable_retrieve_secret (item, NULL, purge_wait_ready_cb,
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
       PurgeWaitEnded    ended,
       PurgeWaitGivenUp  given_up)
{
  Operation *op = g_task_get_task_data (task);
  g_autoptr (GHashTable) attributes = NULL;

  attributes = secret_attributes_build (&schema, "application", APP_ID, "account", op->uuid,
                                        "version", ITEM_VERSION, NULL);
  secret_password_storev_binary (&schema, attributes, SECRET_COLLECTION_DEFAULT, label, value, NULL,
                                 purge_wait_ready_cb,
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
                                 purge_wait_ready_cb,
                                 purge_patient_keyring_wait (task, on_default, give_up));
}

static void clear_file (GTask *task);

static void
on_buried (GTask        *task,
           GObject      *source,
           GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    clear_file (task);
  else
    fail (task, error);
}

/* libsecret keeps its file as it was before the last change beside the file, and there the key that
 * was just removed can still be decrypted. Further changes overwrite that copy. */
static void
on_cleared (GTask        *task,
            GObject      *source,
            GAsyncResult *result)
{
  Operation *op = g_task_get_task_data (task);
  g_autoptr (SecretValue) nothing = secret_value_new ("", 0, "text/plain");
  g_autoptr (GError) error = NULL;

  /* Whether there was anything to remove does not matter. */
  secret_password_clear_finish (result, &error);
  if (error != NULL)
    fail (task, error);
  else if (op->burials++ < BURIALS)
    store (task, "", nothing, on_buried, give_up);
  else
    purge_patient_keyring_succeed (task);
}

static void
clear_file (GTask *task)
{
  Operation *op = g_task_get_task_data (task);
  g_autoptr (GHashTable) attributes = NULL;

  attributes = secret_attributes_build (&schema, "application", APP_ID, "account", op->uuid, NULL);
  secret_password_clearv (&schema, attributes, NULL, purge_wait_ready_cb,
                          purge_patient_keyring_wait (task, on_cleared, give_up));
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
    fail (task, error);
}

/* One after the other: secret_password_clear() ends its task twice where it cannot remove an item. */
static void
remove_doomed (GTask *task)
{
  Operation *op = g_task_get_task_data (task);
  g_autoptr (SecretItem) item = NULL;

  if (op->doomed == NULL)
    {
      purge_patient_keyring_succeed (task);
      return;
    }

  item = op->doomed->data;
  op->doomed = g_list_delete_link (op->doomed, op->doomed);
  secret_item_delete (item, NULL, purge_wait_ready_cb,
                      purge_patient_keyring_wait (task, on_removed, give_up));
}

static void
found_for_forget (GTask *task,
                  GList *items)
{
  Operation *op = g_task_get_task_data (task);
  g_autoptr (GList) locked = NULL;

  for (GList *l = items; l != NULL; l = l->next)
    if (is_locked (l->data))
      locked = g_list_prepend (locked, l->data);

  if (locked != NULL)
    {
      ask (task, locked);
      return;
    }

  if (!purge_patient_keyring_commit (task))
    return;

  g_list_free_full (g_steal_pointer (&op->doomed), g_object_unref);
  for (GList *l = items; l != NULL; l = l->next)
    op->doomed = g_list_prepend (op->doomed, g_object_ref (l->data));
  if (keeps_file ())
    clear_file (task);
  else
    remove_doomed (task);
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
  PurgePatientKeyringClass *patient_class = PURGE_PATIENT_KEYRING_CLASS (klass);

  patient_class->search = search;
  patient_class->fail = fail;
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
