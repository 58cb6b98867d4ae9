/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Connections made ready for a submission that may come. Knows where it would go and in how many
 * requests; touches neither key nor journal, and sends nothing. */

#define G_LOG_DOMAIN "purge-preconnect"

#include "config.h"

#include "purge-preconnect.h"

#include "purge-api.h"
#include "purge-limits.h"

/**
 * purge_preconnect:
 * @workspace: what would be worked with
 * @account: whose submission it would be
 * @n: (array fixed-size=2): how many entries there are, by #PurgeKind
 *
 * Makes as many connections ready as the submission would use, for the next three seconds; not in
 * practice, where there is nothing to wait for. That a computer connects tells the vendor that the
 * program is in use: so it is to be called only where there is something to be sent, and a person at
 * work.
 */
void
purge_preconnect (PurgeWorkspace *workspace,
                  PurgeAccount   *account,
                  const guint    *n)
{
  g_autoptr (PurgeApi) api = NULL;
  PurgeLimits limits = { 0 };

  g_return_if_fail (PURGE_IS_WORKSPACE (workspace));
  g_return_if_fail (PURGE_IS_ACCOUNT (account));
  g_return_if_fail (n != NULL);

  /* A GET takes none that is there. */
  if (purge_workspace_is_practice (workspace) ||
      (purge_account_get_api (account) == PURGE_API_KIND_2_0 &&
       purge_account_get_form (account) == PURGE_FORM_GET))
    return;

  api = purge_api_new_for_account (account);
  for (guint kind = 0; kind < PURGE_N_KINDS; kind++)
    limits.of[kind].batch = purge_api_get_batch_limit (api, kind, PURGE_AREA_NONE, NULL);

  purge_transport_preconnect (purge_workspace_get_transport (workspace),
                              purge_endpoint_to_string (purge_api_get_endpoint (api)),
                              purge_limits_count_requests (&limits, n));
}
