/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "campaign-book.h"
#include "campaign-clock.h"
#include "campaign-disk.h"
#include "campaign-guard.h"
#include "campaign-keyring.h"
#include "campaign-row.h"
#include "campaign-wire.h"
#include "fault-server.h"
#include "purge-workspace.h"

G_BEGIN_DECLS

/**
 * CampaignPlace:
 * @certificates: the folder of the tests' certificates
 * @fault_server: the fault server as a program
 *
 * Where things are.
 */
typedef struct {
  const char *certificates;
  const char *fault_server;
} CampaignPlace;

/* Puts something between the program and the guard, to see whether the campaign notices. */
typedef PurgeTransport *(*CampaignMutantFunc) (PurgeTransport *inner);

/**
 * CampaignWorld:
 *
 * All that one run is made of: the program's workspace, the server or what stands for it, a second
 * client of the same account, and the dice.
 */
typedef struct {
  const CampaignRow  *row;
  CampaignBook       *book;
  guint32             seed;
  FaultApi            api;
  gboolean            sockets;
  GRand              *dice;
  char               *folder;
  char               *path;
  FaultServer        *server;
  FaultServer        *other;
  FaultServer        *proxy;
  GSubprocess        *old_server;
  FaultMind          *mind;
  FaultScript        *script;
  FaultLog           *log;
  FaultLog           *colleague;
  CampaignWire       *wire;
  CampaignGuard      *guard;
  PurgeTransport     *transport;
  CampaignClock      *clock;
  CampaignKeyring    *keyring;
  PurgeAccount       *account;
  PurgeWorkspace     *workspace;
  CampaignDisk       *disk;
  GCancellable       *cancellable;
  guint               n_colleague;
  guint               n_faults;
} CampaignWorld;

CampaignWorld *campaign_world_new           (const CampaignPlace *place,
                                             const CampaignRow   *row,
                                             guint32              seed,
                                             FaultApi             api,
                                             gboolean             sockets,
                                             CampaignMutantFunc   mutate,
                                             CampaignBook        *book);
void           campaign_world_free          (CampaignWorld       *self);
void           campaign_world_end_server    (CampaignWorld       *self);
void           campaign_world_restart       (CampaignWorld       *self);
void           campaign_world_set_faults    (CampaignWorld       *self,
                                             guint                n_requests);
void           campaign_world_clear_faults  (CampaignWorld       *self);
void           campaign_world_let_colleague (CampaignWorld       *self,
                                             const char * const  *urls);
guint          campaign_world_roll          (CampaignWorld       *self,
                                             guint                n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CampaignWorld, campaign_world_free)

G_END_DECLS
