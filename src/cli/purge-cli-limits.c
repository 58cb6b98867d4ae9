/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* How much may be purged: by this computer's count, and by the server's where it tells. */

#define G_LOG_DOMAIN "purge-cli-limits"

#include "config.h"

#include "purge-cli-limits.h"

#include <glib/gi18n-lib.h>

#include "purge-api.h"
#include "purge-cli-error.h"
#include "purge-cli-output.h"
#include "purge-cli-wait.h"
#include "purge-key-verdict.h"
#include "purge-quota-reading.h"
#include "purge-quota.h"
#include "purge-server-question.h"

/**
 * purge_cli_limits_count:
 * @session: a session
 * @account: one of its accounts
 * @area: where; %PURGE_AREA_NONE for wherever more was spent
 * @cancellable: what ends the waiting
 * @quota: (out): how much of its quota is used
 * @error: return location for %PURGE_ERROR_STORAGE, %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it could be counted
 */
gboolean
purge_cli_limits_count (PurgeCliSession  *session,
                        PurgeAccount     *account,
                        PurgeArea         area,
                        GCancellable     *cancellable,
                        PurgeCliQuota    *quota,
                        GError          **error)
{
  g_auto (PurgeCliWait) wait = { NULL };
  g_autoptr (PurgeApi) api = purge_api_new_for_account (account);
  PurgeJournal *journal = purge_workspace_get_journal (session->workspace);
  gint64 now = purge_clock_get_unix_time (purge_workspace_get_clock (session->workspace));

  quota->day = purge_quota_day_of (now);
  for (guint kind = 0; kind < PURGE_N_KINDS; kind++)
    quota->total[kind] = purge_account_get_quota (account, kind);
  purge_journal_sum_up_async (journal, account,
                              purge_endpoint_to_string (purge_api_get_endpoint (api)), area,
                              purge_quota_day_start (quota->day),
                              purge_quota_day_start (quota->day + 1), now, cancellable,
                              purge_cli_wait_cb, &wait);
  return purge_journal_sum_up_finish (journal, purge_cli_wait_result (&wait), quota->used, NULL,
                                      error);
}

static PurgeServerQuota *
ask (PurgeCliSession  *session,
     PurgeAccount     *account,
     GCancellable     *cancellable,
     GError          **error)
{
  g_auto (PurgeCliWait) opened = { NULL };
  g_auto (PurgeCliWait) answered = { NULL };
  g_autoptr (PurgeAccess) access = NULL;

  purge_access_open_async (session->workspace, account, cancellable, purge_cli_wait_cb, &opened);
  access = purge_access_open_finish (session->workspace, purge_cli_wait_result (&opened), error);
  if (access == NULL)
    return NULL;

  purge_server_question_async (session->workspace, access, cancellable, purge_cli_wait_cb,
                               &answered);
  return purge_server_question_finish (session->workspace, purge_cli_wait_result (&answered),
                                       error);
}

static char *
dup_failure (PurgeAccount       *account,
             const PurgeOutcome *failure)
{
  g_autoptr (PurgeApi) api = purge_api_new_for_account (account);
  const char *endpoint = purge_endpoint_to_string (purge_api_get_endpoint (api));
  g_autoptr (PurgeKeyVerdict) verdict =
    purge_key_verdict_new (purge_account_get_api (account), endpoint, failure, 0);

  return g_strdup (verdict->sentence);
}

/**
 * purge_cli_limits_ask:
 * @session: a session
 * @account: one of its accounts
 * @cancellable: what ends the waiting
 * @why_not: (out) (transfer full) (nullable): a sentence, translated, where the server could not be
 *   asked; %NULL where its API does not tell
 *
 * Asks the server for the quotas of an account, where its API tells them. Purges nothing.
 *
 * Returns: (transfer full) (nullable): the quotas, or %NULL where they are not known
 */
PurgeServerQuota *
purge_cli_limits_ask (PurgeCliSession  *session,
                      PurgeAccount     *account,
                      GCancellable     *cancellable,
                      char            **why_not)
{
  g_autoptr (PurgeApi) api = purge_api_new_for_account (account);
  g_autoptr (PurgeServerQuota) quota = NULL;
  g_autoptr (GError) error = NULL;

  *why_not = NULL;
  if (!purge_api_tells_quota (api))
    return NULL;

  quota = ask (session, account, cancellable, &error);
  if (quota != NULL && quota->failure == NULL)
    return g_steal_pointer (&quota);

  *why_not = quota != NULL ? dup_failure (account, quota->failure)
                           : purge_cli_error_dup_sentence (error);
  return NULL;
}

/**
 * purge_cli_limits_complain:
 * @why_not: (nullable): why the server could not be asked
 *
 * Says it on standard error, if there is something to say.
 */
void
purge_cli_limits_complain (const char *why_not)
{
  g_autofree char *safe = purge_cli_output_safe (why_not);
  /* Translators: %s is a whole sentence that says why */
  g_autofree char *line =
    g_strdup_printf (_("cdn-purge-cli: Tencent did not say what is left. %s\n"), safe);

  if (why_not != NULL)
    purge_cli_output_say (line);
}

static PurgeQuotaReading
read_quota (const PurgeServerQuota *server,
            PurgeKind               kind,
            PurgeArea               area,
            const PurgeCliQuota    *quota)
{
  PurgeQuotaReading told = { 0 };

  if (server != NULL)
    told = purge_quota_reading_new_told (server, kind, area, 0);

  return told.known ? told
                    : purge_quota_reading_new_counted (quota->used[kind], quota->total[kind]);
}

/**
 * purge_cli_limits_fill:
 * @limits: (out caller-allocates): the limits
 * @account: an account
 * @area: where it purges; %PURGE_AREA_NONE for wherever a domain is served
 * @quota: what was counted
 * @server: (nullable): what the server says, which is believed rather
 *
 * Says how much one request may hold, and how much is left today.
 */
void
purge_cli_limits_fill (PurgeLimits            *limits,
                       PurgeAccount           *account,
                       PurgeArea               area,
                       const PurgeCliQuota    *quota,
                       const PurgeServerQuota *server)
{
  g_autoptr (PurgeApi) api = purge_api_new_for_account (account);

  for (guint kind = 0; kind < PURGE_N_KINDS; kind++)
    {
      PurgeQuotaReading reading = read_quota (server, kind, area, quota);

      limits->of[kind] = (PurgeLimit) {
        .batch = purge_api_get_batch_limit (api, kind, area, server),
        .left = reading.left,
        .from_server = reading.from_server,
      };
    }
}
