/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-kind.h"

G_BEGIN_DECLS

/**
 * PurgeLimit:
 * @batch: how many one request may hold
 * @left: how many may be purged today yet
 * @from_server: whether @left is what the server says, and not what this computer counts
 *
 * What limits one kind of entries.
 */
typedef struct {
  guint    batch;
  guint    left;
  gboolean from_server;
} PurgeLimit;

/**
 * PurgeLimits:
 * @of: by #PurgeKind
 *
 * What limits a submission. A plain value.
 */
typedef struct {
  PurgeLimit of[PURGE_N_KINDS];
} PurgeLimits;

guint purge_limits_count_requests (const PurgeLimits *self,
                                   const guint       *n);

G_END_DECLS
