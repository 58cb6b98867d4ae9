/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "fault-log.h"
#include "fault-script.h"
#include "purge-transport.h"

G_BEGIN_DECLS

/* The fault server without a socket: the same mind, script and log, and what the real transport
 * would make of each fault. Thousands of runs a minute; whether the real transport makes the same
 * of it is for the runs with sockets to say. */

#define CAMPAIGN_TYPE_WIRE (campaign_wire_get_type ())

G_DECLARE_FINAL_TYPE (CampaignWire, campaign_wire, CAMPAIGN, WIRE, GObject)

/* What happens when the script stops. */
typedef void (*CampaignStopFunc) (gpointer user_data);

CampaignWire *campaign_wire_new         (FaultMind         *mind,
                                         FaultScript       *script,
                                         FaultLog          *log,
                                         GRand             *dice);
void          campaign_wire_set_stop    (CampaignWire      *self,
                                         CampaignStopFunc   stop,
                                         gpointer           user_data);
void          campaign_wire_set_failure (CampaignWire      *self,
                                         guint              first,
                                         guint              last,
                                         PurgeExchangeKind  kind,
                                         PurgeCause         cause);
void          campaign_wire_set_deaf    (CampaignWire      *self,
                                         gboolean           deaf);

G_END_DECLS
