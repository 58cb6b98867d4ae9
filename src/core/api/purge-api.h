/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-account.h"
#include "purge-area.h"
#include "purge-credentials.h"
#include "purge-exchange.h"
#include "purge-kind.h"
#include "purge-look-up.h"
#include "purge-mode.h"
#include "purge-outcome.h"
#include "purge-request.h"
#include "purge-server-quota.h"

G_BEGIN_DECLS

/**
 * PurgeCall:
 * @urls: (array zero-terminated=1): the directories or URLs of one batch, in the order of the list
 * @mode: what of directories is purged; of URLs everything is
 * @timestamp: UNIX seconds
 * @nonce: for APIs that have one: at least 31 random bits, never 0, never used before
 * @kind: what @urls are
 * @area: where they are purged
 *
 * What one purge request says, whatever the API.
 */
typedef struct {
  const char * const *urls;
  PurgeMode           mode;
  gint64              timestamp;
  guint64             nonce;
  PurgeKind           kind;
  PurgeArea           area;
} PurgeCall;

/**
 * PurgeLookUpCall:
 * @task_id: (nullable): the task that is asked for, as the server called it; else the time decides
 * @since: the first second that is asked for, in UNIX seconds by the server's clock
 * @until: the last such second
 * @timestamp: UNIX seconds
 * @nonce: as in #PurgeCall
 * @kind: what is asked for where the time decides
 *
 * What one look-up asks for, whatever the API.
 */
typedef struct {
  const char *task_id;
  gint64      since;
  gint64      until;
  gint64      timestamp;
  guint64     nonce;
  PurgeKind   kind;
} PurgeLookUpCall;

/**
 * PurgeApi:
 *
 * One vendor's API as pure functions: limits, a request from a batch, an outcome from what came
 * back. Knows the wire format, and no clock, disk or network. A further API is one new file that
 * implements this.
 */
#define PURGE_TYPE_API (purge_api_get_type ())

G_DECLARE_INTERFACE (PurgeApi, purge_api, PURGE, API, GObject)

struct _PurgeApiInterface
{
  GTypeInterface parent_iface;

  PurgeEndpoint *(*get_endpoint)    (PurgeApi               *self);
  guint          (*get_batch_limit) (PurgeApi               *self,
                                     PurgeKind               kind,
                                     PurgeArea               area,
                                     const PurgeServerQuota *quota);
  PurgeRequest  *(*build_purge)     (PurgeApi               *self,
                                     const PurgeCall        *call,
                                     PurgeCredentials       *credentials,
                                     GError                **error);
  PurgeOutcome  *(*read_purge)      (PurgeApi               *self,
                                     PurgeExchange          *exchange,
                                     guint                   n_sent);
  PurgeRequest  *(*build_look_up)   (PurgeApi               *self,
                                     const PurgeLookUpCall  *call,
                                     PurgeCredentials       *credentials,
                                     GError                **error);
  PurgeLookUp   *(*read_look_up)    (PurgeApi               *self,
                                     PurgeExchange          *exchange);

  /* Both or neither. */
  PurgeRequest     *(*build_quota) (PurgeApi          *self,
                                    gint64             timestamp,
                                    guint64            nonce,
                                    PurgeCredentials  *credentials,
                                    GError           **error);
  PurgeServerQuota *(*read_quota)  (PurgeApi          *self,
                                    PurgeExchange     *exchange);
};

PurgeApi      *purge_api_new             (PurgeApiKind            kind,
                                          PurgeEndpoint          *endpoint,
                                          PurgeForm               form,
                                          PurgeSignatureMethod    signature);
PurgeApi      *purge_api_new_for_account (PurgeAccount           *account);
PurgeEndpoint *purge_api_get_endpoint    (PurgeApi               *self);
guint          purge_api_get_batch_limit (PurgeApi               *self,
                                          PurgeKind               kind,
                                          PurgeArea               area,
                                          const PurgeServerQuota *quota);
PurgeRequest  *purge_api_build_purge     (PurgeApi               *self,
                                          const PurgeCall        *call,
                                          PurgeCredentials       *credentials,
                                          GError                **error);
PurgeOutcome  *purge_api_read_purge      (PurgeApi               *self,
                                          PurgeExchange          *exchange,
                                          guint                   n_sent);
PurgeRequest  *purge_api_build_look_up   (PurgeApi               *self,
                                          const PurgeLookUpCall  *call,
                                          PurgeCredentials       *credentials,
                                          GError                **error);
PurgeLookUp   *purge_api_read_look_up    (PurgeApi               *self,
                                          PurgeExchange          *exchange);
gboolean       purge_api_tells_quota     (PurgeApi               *self);
PurgeRequest  *purge_api_build_quota     (PurgeApi               *self,
                                          gint64                  timestamp,
                                          guint64                 nonce,
                                          PurgeCredentials       *credentials,
                                          GError                **error);

PurgeServerQuota *purge_api_read_quota   (PurgeApi               *self,
                                          PurgeExchange          *exchange);

G_END_DECLS
