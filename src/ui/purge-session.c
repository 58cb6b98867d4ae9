/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What one window works on: what it is made of, and what is chosen to send with. Knows no widget:
 * everything that changes is a property. What is shown, and what sends, is in files of their own. */

#define G_LOG_DOMAIN "purge-session"

#include "config.h"

#include "purge-session-private.h"

#include "purge-opening.h"

G_DEFINE_FINAL_TYPE (PurgeSession, purge_session, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (PurgeSessionState, purge_session_state,
  G_DEFINE_ENUM_VALUE (PURGE_SESSION_CLOSED, "closed"),
  G_DEFINE_ENUM_VALUE (PURGE_SESSION_READING, "reading"),
  G_DEFINE_ENUM_VALUE (PURGE_SESSION_OPEN, "open"))

typedef enum {
  PROP_STATE = 1,
  PROP_ACCOUNT,
  PROP_MODE,
  PROP_AREA,
  PROP_JOB,
  PROP_SENDING,
  PROP_CHECKING,
  PROP_KNOWS_NEWEST,
} PurgeSessionProperty;

static GParamSpec *properties[PROP_KNOWS_NEWEST + 1];

/* Where an account is replaced by an edited one, its UUID stays. */
static void
choose_account (PurgeSession *self)
{
  const char *uuid = self->account != NULL ? purge_account_get_uuid (self->account) : self->preferred;
  PurgeAccount *same = uuid != NULL ? purge_accounts_find_uuid (self->accounts, uuid) : NULL;
  g_autoptr (PurgeAccount) chosen = NULL;

  if (same != NULL)
    chosen = g_object_ref (same);
  else
    chosen = g_list_model_get_item (G_LIST_MODEL (self->accounts), 0);

  purge_session_set_account (self, chosen);
}

/* While they are read the one that is preferred may be still to come. */
static void
on_accounts_changed_cb (PurgeSession *self)
{
  if (self->state != PURGE_SESSION_OPEN)
    return;

  choose_account (self);
  purge_session_update_job_account (self);
  purge_session_update_quota (self);
}

/* Whoever hears of an open session finds its account. */
static void
set_state (PurgeSession      *self,
           PurgeSessionState  state)
{
  if (self->state == state)
    return;

  if (state == PURGE_SESSION_OPEN)
    choose_account (self);
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
on_opened_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeSession *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (PurgeJob) job = purge_opening_run_finish (PURGE_WORKSPACE (source), result, &error);

  purge_session_set_knows_newest (self, error == NULL);
  if (error != NULL)
    {
      /* A submission that cannot be read keeps nobody from sending another. */
      set_state (self, g_list_model_get_n_items (G_LIST_MODEL (self->accounts)) > 0
                         ? PURGE_SESSION_OPEN : PURGE_SESSION_CLOSED);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (job != NULL && self->job == NULL)
    purge_session_show_job (self, job);
  set_state (self, PURGE_SESSION_OPEN);
  g_task_return_boolean (task, TRUE);
}

static void
purge_session_dispose (GObject *object)
{
  PurgeSession *self = PURGE_SESSION (object);

  if (self->watcher != NULL)
    purge_watcher_set_job (self->watcher, NULL);
  g_clear_object (&self->watcher);
  g_clear_object (&self->readiness);
  purge_session_dispose_job (self);
  if (self->quotas != NULL)
    purge_quotas_close (self->quotas);
  g_clear_object (&self->quotas);
  g_clear_object (&self->keeper);
  g_clear_object (&self->account);
  g_clear_pointer (&self->preferred, g_free);
  g_clear_object (&self->list);
  g_clear_object (&self->accounts);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (purge_session_parent_class)->dispose (object);
}

static void
purge_session_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  PurgeSession *self = PURGE_SESSION (object);

  switch ((PurgeSessionProperty) property_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_MODE:
      g_value_set_enum (value, self->mode);
      break;
    case PROP_AREA:
      g_value_set_enum (value, purge_session_get_area (self));
      break;
    case PROP_JOB:
      g_value_set_object (value, self->job);
      break;
    case PROP_SENDING:
      g_value_set_boolean (value, purge_session_get_sending (self));
      break;
    case PROP_CHECKING:
      g_value_set_boolean (value, purge_session_get_checking (self));
      break;
    case PROP_KNOWS_NEWEST:
      g_value_set_boolean (value, self->knows_newest);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_session_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  PurgeSession *self = PURGE_SESSION (object);
  PurgeMode mode;
  PurgeArea area;

  switch ((PurgeSessionProperty) property_id)
    {
    case PROP_ACCOUNT:
      purge_session_set_account (self, g_value_get_object (value));
      break;
    case PROP_MODE:
      mode = g_value_get_enum (value);
      if (mode != self->mode)
        {
          self->mode = mode;
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_AREA:
      area = g_value_get_enum (value);
      if (area != self->area)
        {
          self->area = area;
          purge_session_update_quota (self);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_STATE:
    case PROP_JOB:
    case PROP_SENDING:
    case PROP_CHECKING:
    case PROP_KNOWS_NEWEST:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_session_class_init (PurgeSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GParamFlags writable = readable | G_PARAM_WRITABLE;

  object_class->dispose = purge_session_dispose;
  object_class->get_property = purge_session_get_property;
  object_class->set_property = purge_session_set_property;

  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, PURGE_TYPE_SESSION_STATE, PURGE_SESSION_CLOSED, readable);
  properties[PROP_ACCOUNT] =
    g_param_spec_object ("account", NULL, NULL, PURGE_TYPE_ACCOUNT, writable);
  properties[PROP_MODE] =
    g_param_spec_enum ("mode", NULL, NULL, PURGE_TYPE_MODE, PURGE_MODE_UPDATED, writable);
  properties[PROP_AREA] =
    g_param_spec_enum ("area", NULL, NULL, PURGE_TYPE_AREA, PURGE_AREA_NONE, writable);
  properties[PROP_JOB] = g_param_spec_object ("job", NULL, NULL, PURGE_TYPE_JOB, readable);
  properties[PROP_SENDING] = g_param_spec_boolean ("sending", NULL, NULL, FALSE, readable);
  properties[PROP_CHECKING] = g_param_spec_boolean ("checking", NULL, NULL, FALSE, readable);
  properties[PROP_KNOWS_NEWEST] =
    g_param_spec_boolean ("knows-newest", NULL, NULL, FALSE, readable);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_signal_new ("forgotten", PURGE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
purge_session_init (PurgeSession *self)
{
  self->list = purge_directory_list_new ();
  purge_session_init_job (self);
}

/**
 * purge_session_new:
 * @workspace: what the work is done with
 * @accounts: the accounts in it
 *
 * Returns: (transfer full): a session; purge_session_open_async() fills it
 */
PurgeSession *
purge_session_new (PurgeWorkspace *workspace,
                   PurgeAccounts  *accounts)
{
  PurgeSession *self;

  g_return_val_if_fail (PURGE_IS_WORKSPACE (workspace), NULL);
  g_return_val_if_fail (PURGE_IS_ACCOUNTS (accounts), NULL);

  self = g_object_new (PURGE_TYPE_SESSION, NULL);
  self->workspace = g_object_ref (workspace);
  self->accounts = g_object_ref (accounts);
  self->keeper = purge_draft_keeper_new (self->list, purge_workspace_get_draft (workspace));
  self->quotas = purge_quotas_new (workspace);
  self->watcher = purge_watcher_new (purge_workspace_get_clock (workspace));
  self->readiness = purge_readiness_new (workspace, self->list);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (on_accounts_changed_cb), self,
                           G_CONNECT_SWAPPED);
  if (purge_workspace_is_practice (workspace))
    {
      purge_session_set_knows_newest (self, TRUE);
      set_state (self, PURGE_SESSION_OPEN);
    }

  return self;
}

/**
 * purge_session_new_real:
 *
 * Returns: (transfer full): a session with the real database, keyring and network, not yet opened
 */
PurgeSession *
purge_session_new_real (void)
{
  g_autoptr (PurgeWorkspace) workspace = purge_workspace_new_real ();
  g_autoptr (PurgeAccounts) accounts = purge_accounts_new (workspace);

  return purge_session_new (workspace, accounts);
}

/**
 * purge_session_open_async:
 * @self: a session
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is ready
 * @user_data: for @callback
 *
 * Fills the list from its draft, then opens the database, and loads the accounts and the newest
 * submission; `state` tells how far that is. A practice session is open from the start.
 */
void
purge_session_open_async (PurgeSession        *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PURGE_IS_SESSION (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_session_open_async);

  if (purge_session_is_practice (self))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  set_state (self, PURGE_SESSION_READING);
  purge_opening_run_async (self->workspace, self->accounts, self->keeper, cancellable, on_opened_cb,
                           g_steal_pointer (&task));
}

/**
 * purge_session_open_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for the errors of the database
 *
 * Returns: whether all of it was read; where only the newest submission could not be, the session is
 *   open all the same
 */
gboolean
purge_session_open_finish (PurgeSession  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (PURGE_IS_SESSION (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * purge_session_update_quota:
 * @self: a session
 *
 * Counts anew what is left of today's quota.
 */
void
purge_session_update_quota (PurgeSession *self)
{
  g_return_if_fail (PURGE_IS_SESSION (self));

  purge_quotas_count (self->quotas, self->account, purge_session_get_area (self), self->job);
}

/**
 * purge_session_get_state:
 * @self: a session
 *
 * Returns: what it knows of what is on the disk
 */
PurgeSessionState
purge_session_get_state (PurgeSession *self)
{
  g_return_val_if_fail (PURGE_IS_SESSION (self), PURGE_SESSION_CLOSED);

  return self->state;
}

/**
 * purge_session_knows_newest:
 * @self: a session
 *
 * Returns: whether the newest submission of before was read, if there is one; where `state` is open it may
 *   be that it cannot be
 */
gboolean
purge_session_knows_newest (PurgeSession *self)
{
  g_return_val_if_fail (PURGE_IS_SESSION (self), FALSE);

  return self->knows_newest;
}

/**
 * purge_session_set_knows_newest:
 * @self: a session
 * @knows_newest: whether the newest submission was read, or there is none
 *
 * For the files of a session only.
 */
void
purge_session_set_knows_newest (PurgeSession *self,
                                gboolean      knows_newest)
{
  if (self->knows_newest == knows_newest)
    return;

  self->knows_newest = knows_newest;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KNOWS_NEWEST]);
}

/**
 * purge_session_set_account:
 * @self: a session
 * @account: (nullable): the account to send with
 *
 * Chooses an account.
 */
void
purge_session_set_account (PurgeSession *self,
                           PurgeAccount *account)
{
  g_return_if_fail (PURGE_IS_SESSION (self));
  g_return_if_fail (account == NULL || PURGE_IS_ACCOUNT (account));

  if (!g_set_object (&self->account, account))
    return;

  purge_session_update_quota (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNT]);
}

/**
 * purge_session_prefer_account:
 * @self: a session that is not open yet
 * @uuid: (nullable): the UUID of an account
 *
 * Chooses that account when it is open, if it is still there; else the first.
 */
void
purge_session_prefer_account (PurgeSession *self,
                              const char   *uuid)
{
  g_return_if_fail (PURGE_IS_SESSION (self));

  g_free (self->preferred);
  self->preferred = g_strdup (uuid);
}

/**
 * purge_session_get_account:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the chosen account
 */
PurgeAccount *
purge_session_get_account (PurgeSession *self)
{
  g_return_val_if_fail (PURGE_IS_SESSION (self), NULL);

  return self->account;
}

/**
 * purge_session_get_accounts:
 * @self: a session
 *
 * Returns: (transfer none): the accounts
 */
PurgeAccounts *
purge_session_get_accounts (PurgeSession *self)
{
  g_return_val_if_fail (PURGE_IS_SESSION (self), NULL);

  return self->accounts;
}

/**
 * purge_session_get_workspace:
 * @self: a session
 *
 * Returns: (transfer none): what the work is done with
 */
PurgeWorkspace *
purge_session_get_workspace (PurgeSession *self)
{
  g_return_val_if_fail (PURGE_IS_SESSION (self), NULL);

  return self->workspace;
}

/**
 * purge_session_get_list:
 * @self: a session
 *
 * Returns: (transfer none): the list
 */
PurgeDirectoryList *
purge_session_get_list (PurgeSession *self)
{
  g_return_val_if_fail (PURGE_IS_SESSION (self), NULL);

  return self->list;
}

/**
 * purge_session_get_mode:
 * @self: a session
 *
 * Returns: what will be purged
 */
PurgeMode
purge_session_get_mode (PurgeSession *self)
{
  g_return_val_if_fail (PURGE_IS_SESSION (self), PURGE_MODE_UPDATED);

  return self->mode;
}

/**
 * purge_session_get_area:
 * @self: a session
 *
 * Returns: where it will be purged; API 2.0 has no choice of it
 */
PurgeArea
purge_session_get_area (PurgeSession *self)
{
  g_return_val_if_fail (PURGE_IS_SESSION (self), PURGE_AREA_NONE);

  return self->account != NULL && purge_api_kind_has_areas (purge_account_get_api (self->account))
           ? self->area : PURGE_AREA_NONE;
}

/**
 * purge_session_is_practice:
 * @self: a session
 *
 * Returns: whether nothing of it leaves this computer
 */
gboolean
purge_session_is_practice (PurgeSession *self)
{
  g_return_val_if_fail (PURGE_IS_SESSION (self), FALSE);

  return purge_workspace_is_practice (self->workspace);
}

/**
 * purge_session_get_quotas:
 * @self: a session
 * @kind: a kind
 *
 * Returns: (transfer none): the quotas of the chosen account and of the submission that is shown
 */
PurgeQuotas *
purge_session_get_quotas (PurgeSession *self)
{
  g_return_val_if_fail (PURGE_IS_SESSION (self), NULL);

  return self->quotas;
}

/**
 * purge_session_get_keeper:
 * @self: a session
 *
 * Returns: (transfer none): what keeps the list and its draft alike
 */
PurgeDraftKeeper *
purge_session_get_keeper (PurgeSession *self)
{
  g_return_val_if_fail (PURGE_IS_SESSION (self), NULL);

  return self->keeper;
}

/**
 * purge_session_get_watcher:
 * @self: a session
 *
 * Returns: (transfer none): what looks after the submission that is shown
 */
PurgeWatcher *
purge_session_get_watcher (PurgeSession *self)
{
  g_return_val_if_fail (PURGE_IS_SESSION (self), NULL);

  return self->watcher;
}

/**
 * purge_session_get_readiness:
 * @self: a session
 *
 * Returns: (transfer none): when its connections are made ready
 */
PurgeReadiness *
purge_session_get_readiness (PurgeSession *self)
{
  g_return_val_if_fail (PURGE_IS_SESSION (self), NULL);

  return self->readiness;
}
