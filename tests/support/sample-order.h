/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-job.h"

G_BEGIN_DECLS

/* Submissions of directories alone, in no area: what most tests need. */

PurgeSubmission *sample_submission_new (PurgeAccount       *account,
                                        const char         *endpoint,
                                        PurgeMode           mode,
                                        gint64              created,
                                        const char * const *urls,
                                        guint               batch_limit);
PurgeJob        *sample_job_new        (PurgeWorkspace     *workspace,
                                        PurgeAccount       *account,
                                        PurgeMode           mode,
                                        const char * const *urls);

G_END_DECLS
