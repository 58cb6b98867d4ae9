/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* When connections are made ready. Knows a person's haste, and nothing of the wire: whether there are
 * connections already is the transport's to know. It has no timer, so that an idle window stays idle. */

#define G_LOG_DOMAIN "purge-readiness"

#include "config.h"

#include "purge-readiness.h"

#include "purge-preconnect.h"
#include "purge-warm-up.h"

#define PAUSE_MS (60 * 1000)

struct _PurgeReadiness
{
  GObject             parent_instance;

  PurgeWorkspace     *workspace;
  PurgeDirectoryList *list;
  PurgeAccount       *account;
  gint64              touched;
  gboolean            warming;
  gboolean            warm;
};

G_DEFINE_FINAL_TYPE (PurgeReadiness, purge_readiness, G_TYPE_OBJECT)

static void
preconnect (PurgeReadiness *self)
{
  guint n[PURGE_N_KINDS];

  for (guint kind = 0; kind < PURGE_N_KINDS; kind++)
    n[kind] = purge_directory_list_get_n_of_kind (self->list, kind);

  purge_preconnect (self->workspace, self->account, n);
}

static void
on_warm_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (PurgeReadiness) self = user_data;

  purge_warm_up_finish (result);
  self->warming = FALSE;
  self->warm = TRUE;
  preconnect (self);
}

static gboolean
may_connect (PurgeReadiness *self,
             PurgeAccount   *account)
{
  return account != NULL && !purge_workspace_is_practice (self->workspace) &&
         purge_directory_list_get_n_sendable (self->list) > 0;
}

/**
 * purge_readiness_expect:
 * @self: when connections are made ready
 * @account: (nullable): the chosen one
 *
 * The list may be sent in a moment. May be called as often as one likes. What the first connection of
 * the program has to read is read in a thread before it.
 */
void
purge_readiness_expect (PurgeReadiness *self,
                        PurgeAccount   *account)
{
  g_return_if_fail (PURGE_IS_READINESS (self));

  if (!may_connect (self, account))
    return;

  g_set_object (&self->account, account);
  self->touched = purge_clock_get_boot_time (purge_workspace_get_clock (self->workspace));
  if (self->warm)
    preconnect (self);
  else if (!self->warming)
    purge_warm_up_async (on_warm_cb, g_object_ref (self));
  self->warming = !self->warm;
}

/**
 * purge_readiness_touch:
 * @self: when connections are made ready
 * @account: (nullable): the chosen one
 *
 * A person is at the list. Most changes of a list are followed by more of them, and not by its being
 * sent; so this counts once a minute, and for an account that is new.
 */
void
purge_readiness_touch (PurgeReadiness *self,
                       PurgeAccount   *account)
{
  gint64 now;

  g_return_if_fail (PURGE_IS_READINESS (self));

  now = purge_clock_get_boot_time (purge_workspace_get_clock (self->workspace));
  if (account != self->account || now - self->touched >= PAUSE_MS)
    purge_readiness_expect (self, account);
}

static void
purge_readiness_dispose (GObject *object)
{
  PurgeReadiness *self = PURGE_READINESS (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->list);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (purge_readiness_parent_class)->dispose (object);
}

static void
purge_readiness_class_init (PurgeReadinessClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = purge_readiness_dispose;
}

static void
purge_readiness_init (PurgeReadiness *self)
{
}

/**
 * purge_readiness_new:
 * @workspace: what would be worked with
 * @list: what would be sent
 *
 * Returns: (transfer full): connects to nothing yet
 */
PurgeReadiness *
purge_readiness_new (PurgeWorkspace     *workspace,
                     PurgeDirectoryList *list)
{
  PurgeReadiness *self = g_object_new (PURGE_TYPE_READINESS, NULL);

  self->workspace = g_object_ref (workspace);
  self->list = g_object_ref (list);
  return self;
}
