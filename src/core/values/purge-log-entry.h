/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-look-up.h"
#include "purge-url-set.h"

G_BEGIN_DECLS

/**
 * PurgeLogEntry:
 * @id: the id of its records; borrowed
 * @set: what it purges; borrowed from the records
 * @time: the time of its first record
 * @status: how far all of its records have come
 * @is_taken: whether it is part of a purge that was found
 *
 * All that a log has of one kind under one id.
 */
typedef struct {
  const char      *id;
  PurgeUrlSet      set;
  gint64           time;
  PurgeTaskStatus  status;
  gboolean         is_taken;
} PurgeLogEntry;

GPtrArray       *purge_log_entry_list        (const PurgeLookUp    *look_up,
                                              PurgeKind             kind,
                                              const char * const   *claimed);
gboolean         purge_log_entry_is_free     (const PurgeLogRecord *record,
                                              PurgeKind             kind,
                                              const char * const   *claimed);
PurgeTaskStatus  purge_log_entry_join_status (PurgeTaskStatus       a,
                                              PurgeTaskStatus       b);

G_END_DECLS
