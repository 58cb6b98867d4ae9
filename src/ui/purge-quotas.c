/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The quotas of a window. Knows which there are, and when the server is asked without a person's
 * doing. */

#define G_LOG_DOMAIN "purge-quotas"

#include "config.h"

#include "purge-quotas.h"

#include "purge-api.h"

struct _PurgeQuotas
{
  GObject          parent_instance;

  PurgeQuotaAsker *asker;
  GCancellable    *asking;
  PurgeQuotaMeter *meter;
  PurgeQuotaMeter *job_meter;
};

G_DEFINE_FINAL_TYPE (PurgeQuotas, purge_quotas, G_TYPE_OBJECT)

static void
purge_quotas_finalize (GObject *object)
{
  PurgeQuotas *self = PURGE_QUOTAS (object);

  g_object_unref (self->job_meter);
  g_object_unref (self->meter);
  g_object_unref (self->asking);
  g_object_unref (self->asker);

  G_OBJECT_CLASS (purge_quotas_parent_class)->finalize (object);
}

static void
purge_quotas_class_init (PurgeQuotasClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = purge_quotas_finalize;
}

static void
purge_quotas_init (PurgeQuotas *self)
{
  self->asking = g_cancellable_new ();
}

/**
 * purge_quotas_new:
 * @workspace: what to count and ask with
 *
 * Returns: (transfer full): quotas of which nothing is known yet
 */
PurgeQuotas *
purge_quotas_new (PurgeWorkspace *workspace)
{
  PurgeQuotas *self;

  g_return_val_if_fail (PURGE_IS_WORKSPACE (workspace), NULL);

  self = g_object_new (PURGE_TYPE_QUOTAS, NULL);
  self->asker = purge_quota_asker_new (workspace);
  self->meter = purge_quota_meter_new (workspace, self->asker);
  self->job_meter = purge_quota_meter_new (workspace, self->asker);
  return self;
}

/**
 * purge_quotas_count:
 * @self: quotas
 * @account: (nullable): the chosen account
 * @area: where it would purge
 * @job: (nullable): the submission that is shown
 *
 * Counts anew.
 */
void
purge_quotas_count (PurgeQuotas  *self,
                    PurgeAccount *account,
                    PurgeArea     area,
                    PurgeJob     *job)
{
  g_return_if_fail (PURGE_IS_QUOTAS (self));

  purge_quota_meter_count (self->meter, account, area);
  purge_quota_meter_count (self->job_meter, job != NULL ? purge_job_get_account (job) : NULL,
                           job != NULL ? purge_job_get_submission (job)->area : PURGE_AREA_NONE);
}

/**
 * purge_quotas_can_ask:
 * @account: (nullable): an account
 *
 * Returns: whether its server can be asked what is left
 */
gboolean
purge_quotas_can_ask (PurgeAccount *account)
{
  g_autoptr (PurgeApi) api = account != NULL ? purge_api_new_for_account (account) : NULL;

  return api != NULL && purge_api_tells_quota (api);
}

/**
 * purge_quotas_ask_after:
 * @self: quotas
 * @job: (nullable): a submission of which something was just sent
 *
 * Asks the server, where its API tells quotas, and where nobody has to be asked for the key: it was in
 * hand just now.
 */
void
purge_quotas_ask_after (PurgeQuotas *self,
                        PurgeJob    *job)
{
  PurgeAccount *account = job != NULL ? purge_job_get_account (job) : NULL;

  g_return_if_fail (PURGE_IS_QUOTAS (self));

  if (purge_quotas_can_ask (account))
    purge_quota_asker_ask_async (self->asker, account, TRUE, self->asking, NULL, NULL);
}

/**
 * purge_quotas_close:
 * @self: quotas
 *
 * Gives up what was asked without a person's doing.
 */
void
purge_quotas_close (PurgeQuotas *self)
{
  g_return_if_fail (PURGE_IS_QUOTAS (self));

  g_cancellable_cancel (self->asking);
}

/**
 * purge_quotas_get_meter:
 * @self: quotas
 *
 * Returns: (transfer none): what is left of the chosen account's quota
 */
PurgeQuotaMeter *
purge_quotas_get_meter (PurgeQuotas *self)
{
  g_return_val_if_fail (PURGE_IS_QUOTAS (self), NULL);

  return self->meter;
}

/**
 * purge_quotas_get_job_meter:
 * @self: quotas
 *
 * Returns: (transfer none): what is left of the quota of the account of the submission that is shown
 */
PurgeQuotaMeter *
purge_quotas_get_job_meter (PurgeQuotas *self)
{
  g_return_val_if_fail (PURGE_IS_QUOTAS (self), NULL);

  return self->job_meter;
}

/**
 * purge_quotas_get_asker:
 * @self: quotas
 *
 * Returns: (transfer none): who asks servers
 */
PurgeQuotaAsker *
purge_quotas_get_asker (PurgeQuotas *self)
{
  g_return_val_if_fail (PURGE_IS_QUOTAS (self), NULL);

  return self->asker;
}
