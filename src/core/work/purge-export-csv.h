/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-submission.h"

G_BEGIN_DECLS

void purge_export_csv_begin (GString               *csv);
void purge_export_csv_add   (GString               *csv,
                             const PurgeSubmission *submission,
                             gint64                 number,
                             GPtrArray             *batches,
                             const char            *search);

G_END_DECLS
