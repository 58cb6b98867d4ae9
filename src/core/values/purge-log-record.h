/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-kind.h"

G_BEGIN_DECLS

/**
 * PurgeTaskStatus:
 * @PURGE_TASK_RUNNING: taken, and under way
 * @PURGE_TASK_DONE: finished
 * @PURGE_TASK_FAILED: taken, and came to nothing
 *
 * How far the server has come with what it took.
 */
typedef enum {
  PURGE_TASK_RUNNING,
  PURGE_TASK_DONE,
  PURGE_TASK_FAILED,
} PurgeTaskStatus;

/**
 * PurgeLogRecord:
 * @id: the record's own id, as text
 * @urls: what it purges, as the server wrote it: valid UTF-8, and otherwise hostile
 * @kind: what @urls are
 * @status: how far it has come
 * @time: when the server took it, in seconds since 1970-01-01T00:00:00Z by the server's clock
 *
 * One record of the server's log of purges. One purge may have several, one a host.
 */
typedef struct {
  char            *id;
  GStrv            urls;
  PurgeKind        kind;
  PurgeTaskStatus  status;
  gint64           time;
} PurgeLogRecord;

PurgeLogRecord *purge_log_record_new  (const char         *id,
                                       const char * const *urls,
                                       PurgeKind           kind,
                                       PurgeTaskStatus     status,
                                       gint64              unix_seconds);
void            purge_log_record_free (PurgeLogRecord     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeLogRecord, purge_log_record_free)

G_END_DECLS
