/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The interface of every API, and which API an account speaks. Knows no wire format. */

#define G_LOG_DOMAIN "purge-api"

#include "config.h"

#include "purge-api.h"

#include <glib/gi18n-lib.h>

#include "purge-api-v2.h"
#include "purge-api-v3.h"
#include "purge-error.h"

G_DEFINE_INTERFACE (PurgeApi, purge_api, G_TYPE_OBJECT)

static void
purge_api_default_init (PurgeApiInterface *iface)
{
}

/**
 * purge_api_new:
 * @kind: which API
 * @endpoint: (nullable): where it answers, or %NULL for the API's own address
 * @form: how requests go on the wire, where the API leaves a choice
 * @signature: how they are signed, likewise
 *
 * A further API is one more case here.
 *
 * Returns: (transfer full): the API
 */
PurgeApi *
purge_api_new (PurgeApiKind          kind,
               PurgeEndpoint        *endpoint,
               PurgeForm             form,
               PurgeSignatureMethod  signature)
{
  switch (kind)
    {
    case PURGE_API_KIND_2_0:
      return purge_api_v2_new (endpoint, form, signature);
    case PURGE_API_KIND_3_0:
    case PURGE_API_KIND_3_0_INTL:
      return purge_api_v3_new (kind, endpoint);
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * purge_api_new_for_account:
 * @account: an account
 *
 * Takes the account as it is now: a later change of it does not change the API.
 *
 * Returns: (transfer full): the API that @account speaks, at its endpoint
 */
PurgeApi *
purge_api_new_for_account (PurgeAccount *account)
{
  g_return_val_if_fail (PURGE_IS_ACCOUNT (account), NULL);

  return purge_api_new (purge_account_get_api (account), purge_account_get_endpoint (account),
                        purge_account_get_form (account), purge_account_get_signature (account));
}

/**
 * purge_api_get_endpoint:
 * @self: an API
 *
 * Returns: (transfer none): where it answers
 */
PurgeEndpoint *
purge_api_get_endpoint (PurgeApi *self)
{
  g_return_val_if_fail (PURGE_IS_API (self), NULL);

  return PURGE_API_GET_IFACE (self)->get_endpoint (self);
}

/**
 * purge_api_get_batch_limit:
 * @self: an API
 * @kind: what is purged
 * @area: where it is purged
 * @quota: (nullable): what the server says of its limits, where it was asked
 *
 * Returns: how many directories or URLs one request may hold: where @quota does not tell, no more than
 *   any server is known to take
 */
guint
purge_api_get_batch_limit (PurgeApi               *self,
                           PurgeKind               kind,
                           PurgeArea               area,
                           const PurgeServerQuota *quota)
{
  g_return_val_if_fail (PURGE_IS_API (self), 0);

  return PURGE_API_GET_IFACE (self)->get_batch_limit (self, kind, area, quota);
}

/**
 * purge_api_build_purge:
 * @self: an API
 * @call: what the request says
 * @credentials: who says it
 * @error: return location for %PURGE_ERROR_INVALID_INPUT with a translated sentence
 *
 * Builds and signs one purge request. The same @call and @credentials give the same bytes, so that
 * a request can be sent again unchanged. The result holds the signature and the token: it is not
 * stored and not logged.
 *
 * Returns: (transfer full) (nullable): the request, or %NULL with @error set where the API cannot
 *   take what @call says
 */
PurgeRequest *
purge_api_build_purge (PurgeApi         *self,
                       const PurgeCall  *call,
                       PurgeCredentials *credentials,
                       GError          **error)
{
  g_return_val_if_fail (PURGE_IS_API (self), NULL);
  g_return_val_if_fail (call != NULL && call->urls != NULL, NULL);
  g_return_val_if_fail (credentials != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return PURGE_API_GET_IFACE (self)->build_purge (self, call, credentials, error);
}

/**
 * purge_api_read_purge:
 * @self: an API
 * @exchange: what became of a purge request
 * @n_sent: how many directories it held
 *
 * Judges what became of a purge request. A success is only what is one beyond doubt.
 *
 * Returns: (transfer full): the outcome
 */
PurgeOutcome *
purge_api_read_purge (PurgeApi      *self,
                      PurgeExchange *exchange,
                      guint          n_sent)
{
  g_return_val_if_fail (PURGE_IS_API (self), NULL);
  g_return_val_if_fail (exchange != NULL, NULL);

  if (exchange->kind != PURGE_EXCHANGE_ANSWERED)
    return purge_outcome_new_unanswered (exchange);

  return PURGE_API_GET_IFACE (self)->read_purge (self, exchange, n_sent);
}

/**
 * purge_api_build_look_up:
 * @self: an API
 * @call: what is asked for
 * @credentials: who asks
 * @error: return location for %PURGE_ERROR_INVALID_INPUT with a translated sentence
 *
 * Builds and signs a request that changes nothing: which purges the server's log holds, those of one
 * task or of one time. It holds the signature and the token: it is not stored and not logged.
 *
 * Returns: (transfer full) (nullable): the request, or %NULL with @error set where the API cannot
 *   take what @call says
 */
PurgeRequest *
purge_api_build_look_up (PurgeApi               *self,
                         const PurgeLookUpCall  *call,
                         PurgeCredentials       *credentials,
                         GError                **error)
{
  g_return_val_if_fail (PURGE_IS_API (self), NULL);
  g_return_val_if_fail (call != NULL, NULL);
  g_return_val_if_fail (credentials != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return PURGE_API_GET_IFACE (self)->build_look_up (self, call, credentials, error);
}

/**
 * purge_api_read_look_up:
 * @self: an API
 * @exchange: what became of a look-up
 *
 * Reads what a look-up found. Unless every record is understood it found nothing to go by.
 *
 * Returns: (transfer full): the records, or the failure
 */
PurgeLookUp *
purge_api_read_look_up (PurgeApi      *self,
                        PurgeExchange *exchange)
{
  g_return_val_if_fail (PURGE_IS_API (self), NULL);
  g_return_val_if_fail (exchange != NULL, NULL);

  if (exchange->kind != PURGE_EXCHANGE_ANSWERED)
    {
      g_autoptr (PurgeOutcome) failure = purge_outcome_new_unanswered (exchange);

      return purge_look_up_new_failed (failure);
    }

  return PURGE_API_GET_IFACE (self)->read_look_up (self, exchange);
}

/**
 * purge_api_tells_quota:
 * @self: an API
 *
 * Returns: whether its server can be asked what is left of a quota
 */
gboolean
purge_api_tells_quota (PurgeApi *self)
{
  g_return_val_if_fail (PURGE_IS_API (self), FALSE);

  return PURGE_API_GET_IFACE (self)->build_quota != NULL;
}

/**
 * purge_api_build_quota:
 * @self: an API
 * @timestamp: UNIX seconds
 * @nonce: as in #PurgeCall
 * @credentials: who asks
 * @error: return location for %PURGE_ERROR_INVALID_INPUT with a translated sentence
 *
 * Builds and signs a request that changes nothing: what is left of the quotas of the account. It holds
 * the signature and the token: it is not stored and not logged.
 *
 * Returns: (transfer full) (nullable): the request, or %NULL with @error set where the API tells no
 *   quota (see purge_api_tells_quota()) or cannot take the call
 */
PurgeRequest *
purge_api_build_quota (PurgeApi          *self,
                       gint64             timestamp,
                       guint64            nonce,
                       PurgeCredentials  *credentials,
                       GError           **error)
{
  g_return_val_if_fail (PURGE_IS_API (self), NULL);
  g_return_val_if_fail (credentials != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!purge_api_tells_quota (self))
    {
      g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
                           _("This API does not tell what is left of a quota. Look it up in the "
                             "Tencent Cloud console."));
      return NULL;
    }

  return PURGE_API_GET_IFACE (self)->build_quota (self, timestamp, nonce, credentials, error);
}

/**
 * purge_api_read_quota:
 * @self: an API that tells its quota
 * @exchange: what became of the question
 *
 * Reads what is left of the quotas. Unless all of the answer is understood it tells nothing.
 *
 * Returns: (transfer full): the quotas, or the failure
 */
PurgeServerQuota *
purge_api_read_quota (PurgeApi      *self,
                      PurgeExchange *exchange)
{
  g_return_val_if_fail (purge_api_tells_quota (self), NULL);
  g_return_val_if_fail (exchange != NULL, NULL);

  if (exchange->kind != PURGE_EXCHANGE_ANSWERED)
    {
      g_autoptr (PurgeOutcome) failure = purge_outcome_new_unanswered (exchange);

      return purge_server_quota_new_failed (failure);
    }

  return PURGE_API_GET_IFACE (self)->read_quota (self, exchange);
}
