/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "fault-script.h"
#include "purge-error.h"
#include "purge-exchange.h"

G_BEGIN_DECLS

/**
 * CampaignFlags:
 * @CAMPAIGN_ROW_WIRE: can be met without a socket
 * @CAMPAIGN_ROW_SOCKET: can be met on a socket
 * @CAMPAIGN_ROW_EITHER: whether it was executed is left to the dice
 * @CAMPAIGN_ROW_SLOW: nothing comes, so that deadlines are short
 * @CAMPAIGN_ROW_CANCEL: the person cancels when the script stops
 * @CAMPAIGN_ROW_PROXY: it is a proxy that does it
 * @CAMPAIGN_ROW_DEAF: no connection is taken from the start
 * @CAMPAIGN_ROW_OLD_TLS: the server speaks TLS 1.1
 * @CAMPAIGN_ROW_QUOTA: there is not enough quota
 * @CAMPAIGN_ROW_HOSTS: some hosts are not known
 * @CAMPAIGN_ROW_SAME_NONCE: the dice are stuck
 * @CAMPAIGN_ROW_WINDOW: the server takes timestamps of the last five minutes only
 * @CAMPAIGN_ROW_NOISY: the TLS library complains of itself where the other side is gone before it
 *   asked for its address
 * @CAMPAIGN_ROW_V2: there is no such thing with API 3.0
 * @CAMPAIGN_ROW_V3: there is no such thing with API 2.0
 *
 * What belongs to a row beside its step.
 */
typedef enum {
  CAMPAIGN_ROW_WIRE = 1 << 0,
  CAMPAIGN_ROW_SOCKET = 1 << 1,
  CAMPAIGN_ROW_BOTH = CAMPAIGN_ROW_WIRE | CAMPAIGN_ROW_SOCKET,
  CAMPAIGN_ROW_EITHER = 1 << 2,
  CAMPAIGN_ROW_SLOW = 1 << 3,
  CAMPAIGN_ROW_CANCEL = 1 << 4,
  CAMPAIGN_ROW_PROXY = 1 << 5,
  CAMPAIGN_ROW_DEAF = 1 << 6,
  CAMPAIGN_ROW_OLD_TLS = 1 << 7,
  CAMPAIGN_ROW_QUOTA = 1 << 8,
  CAMPAIGN_ROW_HOSTS = 1 << 9,
  CAMPAIGN_ROW_SAME_NONCE = 1 << 10,
  CAMPAIGN_ROW_WINDOW = 1 << 11,
  CAMPAIGN_ROW_NOISY = 1 << 12,
  CAMPAIGN_ROW_V2 = 1 << 13,
  CAMPAIGN_ROW_V3 = 1 << 14,
} CampaignFlags;

/**
 * CampaignRow:
 * @name: the row of the fault matrix, and which of its forms
 * @step: what happens to a request that it is done to
 * @flags: what belongs to it
 * @certificate: (nullable): the certificate that the server shows
 * @skew: how far this computer's clock is ahead
 * @trouble: why the keyring does not give the key, or 0
 * @kind: how far a request comes without any server, where @cause is set
 * @cause: why no further
 *
 * One kind of fault.
 */
typedef struct {
  char              *name;
  FaultStep          step;
  CampaignFlags      flags;
  const char        *certificate;
  int                skew;
  PurgeError         trouble;
  PurgeExchangeKind  kind;
  PurgeCause         cause;
} CampaignRow;

GPtrArray *campaign_rows_new (void);

G_END_DECLS
