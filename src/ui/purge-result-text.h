/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-job.h"

G_BEGIN_DECLS

char *purge_result_text_dup_subtitle (PurgeSubmission *submission);
char *purge_result_text_dup          (PurgeJob        *job);

G_END_DECLS
