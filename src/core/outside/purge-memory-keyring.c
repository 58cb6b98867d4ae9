/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A keyring that is gone when the program is. Knows a table of keys; is never locked and never
 * fails. */

#define G_LOG_DOMAIN "purge-memory-keyring"

#include "config.h"

#include "purge-memory-keyring.h"

#include "purge-keyring-trouble.h"

struct _PurgeMemoryKeyring
{
  GObject     parent_instance;

  GHashTable *keys;  /* UUID -> PurgeCredentials */
};

static void purge_memory_keyring_iface_init (PurgeKeyringInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PurgeMemoryKeyring, purge_memory_keyring, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PURGE_TYPE_KEYRING,
                                                      purge_memory_keyring_iface_init))

typedef enum {
  PROP_WAITING = 1,
} PurgeMemoryKeyringProperty;

static void
purge_memory_keyring_check (PurgeKeyring *keyring,
                            GTask        *task,
                            const char   *uuid)
{
  PurgeMemoryKeyring *self = PURGE_MEMORY_KEYRING (keyring);

  g_task_return_int (task, g_hash_table_contains (self->keys, uuid) ? PURGE_KEY_PRESENT
                                                                    : PURGE_KEY_ABSENT);
  g_object_unref (task);
}

static void
purge_memory_keyring_load (PurgeKeyring *keyring,
                           GTask        *task,
                           const char   *uuid)
{
  PurgeMemoryKeyring *self = PURGE_MEMORY_KEYRING (keyring);
  PurgeCredentials *credentials = g_hash_table_lookup (self->keys, uuid);

  if (credentials == NULL)
    g_task_return_error (task, purge_keyring_trouble_to_error (PURGE_KEYRING_NO_KEY, NULL));
  else
    g_task_return_pointer (task, purge_credentials_ref (credentials),
                           (GDestroyNotify) purge_credentials_unref);
  g_object_unref (task);
}

/* What has been done ends as done, whether or not somebody cancels it a moment later. */
static void
return_done (GTask *task)
{
  g_task_set_check_cancellable (task, FALSE);
  g_task_return_boolean (task, TRUE);
}

static void
purge_memory_keyring_store (PurgeKeyring     *keyring,
                            GTask            *task,
                            const char       *uuid,
                            const char       *name,
                            PurgeCredentials *credentials)
{
  PurgeMemoryKeyring *self = PURGE_MEMORY_KEYRING (keyring);

  if (!g_task_return_error_if_cancelled (task))
    {
      g_hash_table_replace (self->keys, g_strdup (uuid), purge_credentials_ref (credentials));
      return_done (task);
    }
  g_object_unref (task);
}

static void
purge_memory_keyring_forget (PurgeKeyring *keyring,
                             GTask        *task,
                             const char   *uuid)
{
  PurgeMemoryKeyring *self = PURGE_MEMORY_KEYRING (keyring);

  if (!g_task_return_error_if_cancelled (task))
    {
      g_hash_table_remove (self->keys, uuid);
      return_done (task);
    }
  g_object_unref (task);
}

static void
purge_memory_keyring_iface_init (PurgeKeyringInterface *iface)
{
  iface->check = purge_memory_keyring_check;
  iface->load = purge_memory_keyring_load;
  iface->store = purge_memory_keyring_store;
  iface->forget = purge_memory_keyring_forget;
}

static void
purge_memory_keyring_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  switch ((PurgeMemoryKeyringProperty) prop_id)
    {
    case PROP_WAITING:
      g_value_set_boolean (value, FALSE);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
purge_memory_keyring_finalize (GObject *object)
{
  PurgeMemoryKeyring *self = PURGE_MEMORY_KEYRING (object);

  g_clear_pointer (&self->keys, g_hash_table_unref);

  G_OBJECT_CLASS (purge_memory_keyring_parent_class)->finalize (object);
}

static void
purge_memory_keyring_class_init (PurgeMemoryKeyringClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = purge_memory_keyring_get_property;
  object_class->finalize = purge_memory_keyring_finalize;

  g_object_class_override_property (object_class, PROP_WAITING, "waiting");
}

static void
purge_memory_keyring_init (PurgeMemoryKeyring *self)
{
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                      (GDestroyNotify) purge_credentials_unref);
}

/**
 * purge_memory_keyring_new:
 *
 * Returns: (transfer full): a new, empty keyring
 */
PurgeKeyring *
purge_memory_keyring_new (void)
{
  return g_object_new (PURGE_TYPE_MEMORY_KEYRING, NULL);
}
