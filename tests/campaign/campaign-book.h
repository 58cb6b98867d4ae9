/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "fault-request.h"

G_BEGIN_DECLS

/**
 * CampaignBook:
 * @quiet: whether violations are counted only
 * @trace: whether each run is said before it begins
 * @n_runs: how many runs there were
 * @n_runs_of: how many of them were of which API
 * @n_sockets: how many of them were through sockets
 * @n_violations: how often something did not hold
 * @n_false_accepted: batches that were called accepted, and that the server never executed
 * @n_false_not_sent: batches that were called not executed, and that the server executed
 * @n_purges: requests to purge that were sent
 * @n_look_ups: look-ups that were sent
 * @n_resolvable: unknown batches that were looked up when nothing hindered it
 * @n_resolved: those of them that were found out about, rightly
 * @violated: (element-type utf8 guint): how often each rule was violated
 * @rows: (element-type utf8 guint): how often each row was run
 *
 * What a campaign comes to.
 */
typedef struct {
  gboolean    quiet;
  gboolean    trace;
  guint       n_runs;
  guint       n_runs_of[2];
  guint       n_sockets;
  guint       n_violations;
  guint       n_false_accepted;
  guint       n_false_not_sent;
  guint       n_purges;
  guint       n_look_ups;
  guint       n_resolvable;
  guint       n_resolved;
  GHashTable *violated;
  GHashTable *rows;
  gboolean    noisy;
  const char *row;
  guint32     seed;
  const char *stage;
} CampaignBook;

CampaignBook *campaign_book_new          (void);
void          campaign_book_free         (CampaignBook *self);
void          campaign_book_catch_warnings
                                         (CampaignBook *self);
void          campaign_book_begin        (CampaignBook *self,
                                          const char   *row,
                                          guint32       seed,
                                          FaultApi      api,
                                          gboolean      sockets);
void          campaign_book_note         (CampaignBook *self,
                                          const char   *rule,
                                          const char   *format,
                                          ...) G_GNUC_PRINTF (3, 4);
guint         campaign_book_count        (CampaignBook *self,
                                          const char   *rule);
char         *campaign_book_dup_line     (CampaignBook *self);
void          campaign_book_print_table  (CampaignBook *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CampaignBook, campaign_book_free)

G_END_DECLS
