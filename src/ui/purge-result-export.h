/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gtk/gtk.h>

#include "purge-job.h"

G_BEGIN_DECLS

void     purge_result_export_copy      (GtkWidget  *widget,
                                        PurgeJob   *job);
void     purge_result_export_run       (GtkWidget  *widget,
                                        PurgeJob   *job,
                                        gint64      number);
gboolean purge_result_export_has_curl  (PurgeJob   *job);
void     purge_result_export_copy_curl (GtkWidget  *widget,
                                        PurgeJob   *job,
                                        PurgeBatch *batch);

G_END_DECLS
