/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-batch-state.h"

G_BEGIN_DECLS

/**
 * PurgeTally:
 * @n_directories: all directories and URLs
 * @n_accepted: accepted, done ones included
 * @n_done: of these, done
 * @n_rejected: rejected, failed ones included
 * @n_failed: of these, accepted and failed later
 * @n_unknown: unknown
 * @n_waiting: waiting or being sent
 * @n_batches: all batches
 * @n_batches_done: batches that are neither waiting nor being sent
 *
 * What became of directories and URLs, added up. A plain value.
 */
typedef struct {
  guint n_directories;
  guint n_accepted;
  guint n_done;
  guint n_rejected;
  guint n_failed;
  guint n_unknown;
  guint n_waiting;
  guint n_batches;
  guint n_batches_done;
} PurgeTally;

#define PURGE_TALLY_N_PARTS 4

/**
 * PurgeTallyPart:
 * @state: the state whose word and colour it has
 * @n: how many directories and URLs
 *
 * What a person tells apart at a glance: done counts as accepted, and failed as rejected.
 */
typedef struct {
  PurgeBatchState state;
  guint           n;
} PurgeTallyPart;

void  purge_tally_add         (PurgeTally       *self,
                               PurgeBatchState   state,
                               guint             n_directories);
void  purge_tally_add_all     (PurgeTally       *self,
                               const PurgeTally *other);
void  purge_tally_split       (const PurgeTally *self,
                               PurgeTallyPart   *parts);
char *purge_tally_dup_summary (const PurgeTally *self);

G_END_DECLS
