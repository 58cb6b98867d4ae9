/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What servers say of quotas. Knows when a person may be bothered for the key, and how long what was
 * said counts; what it means for a list is decided by others. */

#define G_LOG_DOMAIN "purge-quota-asker"

#include "config.h"

#include "purge-quota-asker.h"

#include "purge-api.h"
#include "purge-probe.h"
#include "purge-quota-reading.h"

struct _PurgeQuotaAsker
{
  GObject         parent_instance;

  PurgeWorkspace *workspace;
  GHashTable     *memory;
  guint           n_asking;
};

G_DEFINE_FINAL_TYPE (PurgeQuotaAsker, purge_quota_asker, G_TYPE_OBJECT)

typedef enum {
  PROP_ASKING = 1,
} PurgeQuotaAskerProperty;

static GParamSpec *properties[PROP_ASKING + 1];
static guint told_signal;

typedef struct {
  PurgeServerQuota *quota;
  gint64            told;
} Memory;

static void
memory_free (gpointer data)
{
  Memory *memory = data;

  purge_server_quota_unref (memory->quota);
  g_free (memory);
}

/* An account that was edited may be another one at Tencent. */
static char *
dup_key (PurgeAccount *account)
{
  g_autoptr (PurgeApi) api = purge_api_new_for_account (account);

  return g_strdup_printf ("%s %u %d %s", purge_account_get_uuid (account),
                          purge_account_get_key_serial (account), purge_account_get_api (account),
                          purge_endpoint_to_string (purge_api_get_endpoint (api)));
}

static gint64
get_now (PurgeQuotaAsker *self)
{
  return purge_clock_get_unix_time (purge_workspace_get_clock (self->workspace));
}

static void
count_asking (PurgeQuotaAsker *self,
              int              by)
{
  self->n_asking += by;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ASKING]);
}

/**
 * purge_quota_asker_remember:
 * @self: an asker
 * @account: an account with the key that is stored
 * @quota: what the server has just said of it
 *
 * Remembers what somebody else was told.
 */
void
purge_quota_asker_remember (PurgeQuotaAsker  *self,
                            PurgeAccount     *account,
                            PurgeServerQuota *quota)
{
  Memory *memory;

  g_return_if_fail (PURGE_IS_QUOTA_ASKER (self));
  g_return_if_fail (quota != NULL && quota->failure == NULL);

  memory = g_new0 (Memory, 1);
  memory->quota = purge_server_quota_ref (quota);
  memory->told = get_now (self);
  g_hash_table_replace (self->memory, dup_key (account), memory);
  g_signal_emit (self, told_signal, 0);
}

static void
end (GTask           *task,
     PurgeKeyVerdict *verdict,
     GError          *error)
{
  count_asking (g_task_get_source_object (task), -1);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, verdict, (GDestroyNotify) purge_key_verdict_free);
}

static void
on_probed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeAccount *account = g_task_get_task_data (task);
  g_autoptr (PurgeServerQuota) quota = NULL;
  GError *error = NULL;
  PurgeKeyVerdict *verdict =
    purge_probe_finish (PURGE_WORKSPACE (source), result, &quota, &error);

  if (quota != NULL && quota->failure == NULL)
    purge_quota_asker_remember (g_task_get_source_object (task), account, quota);
  end (task, verdict, error);
}

static void
probe (GTask *task)
{
  PurgeQuotaAsker *self = g_task_get_source_object (task);

  purge_probe_async (self->workspace, g_task_get_task_data (task), NULL,
                     g_task_get_cancellable (task), on_probed_cb, g_object_ref (task));
}

static void
on_keyring_checked_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeKeyState state = PURGE_KEY_ABSENT;
  GError *error = NULL;

  if (!purge_keyring_check_finish (PURGE_KEYRING (source), result, &state, &error))
    end (task, NULL, error);
  else if (state != PURGE_KEY_PRESENT)
    end (task, NULL, NULL);
  else
    probe (task);
}

static void
purge_quota_asker_finalize (GObject *object)
{
  PurgeQuotaAsker *self = PURGE_QUOTA_ASKER (object);

  g_hash_table_unref (self->memory);
  g_object_unref (self->workspace);

  G_OBJECT_CLASS (purge_quota_asker_parent_class)->finalize (object);
}

static void
purge_quota_asker_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch ((PurgeQuotaAskerProperty) property_id)
    {
    case PROP_ASKING:
      g_value_set_boolean (value, purge_quota_asker_get_asking (PURGE_QUOTA_ASKER (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_quota_asker_class_init (PurgeQuotaAskerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = purge_quota_asker_finalize;
  object_class->get_property = purge_quota_asker_get_property;

  properties[PROP_ASKING] =
    g_param_spec_boolean ("asking", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  told_signal = g_signal_new ("told", PURGE_TYPE_QUOTA_ASKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 0);
}

static void
purge_quota_asker_init (PurgeQuotaAsker *self)
{
  self->memory = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, memory_free);
}

/**
 * purge_quota_asker_new:
 * @workspace: what to ask with
 *
 * Returns: (transfer full): an asker that was told nothing yet
 */
PurgeQuotaAsker *
purge_quota_asker_new (PurgeWorkspace *workspace)
{
  PurgeQuotaAsker *self;

  g_return_val_if_fail (PURGE_IS_WORKSPACE (workspace), NULL);

  self = g_object_new (PURGE_TYPE_QUOTA_ASKER, NULL);
  self->workspace = g_object_ref (workspace);
  return self;
}

/**
 * purge_quota_asker_ask_async:
 * @self: an asker
 * @account: an account of an API that tells quotas
 * @quietly: whether not to ask where a person would be asked to unlock the keyring
 * @cancellable: (nullable): gives it up
 * @callback: called in the main context
 * @user_data: for @callback
 *
 * Asks the server for the quotas of an account.
 */
void
purge_quota_asker_ask_async (PurgeQuotaAsker     *self,
                             PurgeAccount        *account,
                             gboolean             quietly,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PURGE_IS_QUOTA_ASKER (self));
  g_return_if_fail (PURGE_IS_ACCOUNT (account));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_quota_asker_ask_async);
  g_task_set_task_data (task, purge_account_copy (account), g_object_unref);
  count_asking (self, 1);
  if (quietly)
    purge_keyring_check_async (purge_workspace_get_keyring (self->workspace),
                               purge_account_get_uuid (account), cancellable,
                               on_keyring_checked_cb, g_steal_pointer (&task));
  else
    probe (task);
}

/**
 * purge_quota_asker_ask_finish:
 * @self: an asker
 * @result: what the callback was given
 * @error: return location for the errors of purge_probe_finish()
 *
 * Returns: (transfer full) (nullable): what came of it; %NULL with @error set where the server was not
 *   asked, and without where it was not, so as to bother nobody
 */
PurgeKeyVerdict *
purge_quota_asker_ask_finish (PurgeQuotaAsker  *self,
                              GAsyncResult     *result,
                              GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_quota_asker_ask_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * purge_quota_asker_recall:
 * @self: an asker
 * @account: an account
 * @told: (out) (optional): when the server said it, in UNIX seconds
 *
 * Returns: (transfer none) (nullable): what the server said of the account, if that still counts
 */
PurgeServerQuota *
purge_quota_asker_recall (PurgeQuotaAsker *self,
                          PurgeAccount    *account,
                          gint64          *told)
{
  g_autofree char *key = NULL;
  Memory *memory;

  g_return_val_if_fail (PURGE_IS_QUOTA_ASKER (self), NULL);
  g_return_val_if_fail (PURGE_IS_ACCOUNT (account), NULL);

  key = dup_key (account);
  memory = g_hash_table_lookup (self->memory, key);
  if (memory == NULL || !purge_quota_reading_is_fresh (memory->told, get_now (self)))
    return NULL;

  if (told != NULL)
    *told = memory->told;
  return memory->quota;
}

/**
 * purge_quota_asker_get_asking:
 * @self: an asker
 *
 * Returns: whether a server is being asked
 */
gboolean
purge_quota_asker_get_asking (PurgeQuotaAsker *self)
{
  g_return_val_if_fail (PURGE_IS_QUOTA_ASKER (self), FALSE);

  return self->n_asking > 0;
}
