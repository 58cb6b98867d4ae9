/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-job.h"

G_BEGIN_DECLS

/**
 * PurgeExportFormat:
 * @PURGE_EXPORT_CSV: a table with one line a directory, for spreadsheets
 * @PURGE_EXPORT_JSON: one object, for scripts
 *
 * How results are written into a file.
 */
typedef enum {
  PURGE_EXPORT_CSV,
  PURGE_EXPORT_JSON,
} PurgeExportFormat;

const char *purge_export_get_ending  (PurgeExportFormat   format);
gboolean    purge_export_read_ending (const char         *name,
                                      PurgeExportFormat  *format);
char       *purge_export_dup_text    (PurgeJob           *job,
                                      gint64              number,
                                      PurgeExportFormat   format);
char       *purge_export_dup_curl    (PurgeJob           *job,
                                      PurgeBatch         *batch,
                                      GError            **error);

G_END_DECLS
