/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* One record of a server's log of purges. Knows no wire format. */

#define G_LOG_DOMAIN "purge-log-record"

#include "config.h"

#include "purge-log-record.h"

/**
 * purge_log_record_new:
 * @id: its id
 * @urls: (array zero-terminated=1): what it purges
 * @kind: what those are
 * @status: how far it has come
 * @unix_seconds: when the server took it, by the server's clock
 *
 * Returns: (transfer full): a record
 */
PurgeLogRecord *
purge_log_record_new (const char         *id,
                      const char * const *urls,
                      PurgeKind           kind,
                      PurgeTaskStatus     status,
                      gint64              unix_seconds)
{
  PurgeLogRecord *self;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (urls != NULL, NULL);

  self = g_new0 (PurgeLogRecord, 1);
  self->id = g_strdup (id);
  self->urls = g_strdupv ((GStrv) urls);
  self->kind = kind;
  self->status = status;
  self->time = unix_seconds;
  return self;
}

/**
 * purge_log_record_free:
 * @self: (transfer full): a record
 */
void
purge_log_record_free (PurgeLogRecord *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_strfreev (self->urls);
  g_free (self);
}
