/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-batch-state.h"
#include "purge-directory-list.h"
#include "purge-limits.h"
#include "purge-mode.h"
#include "purge-quota-reading.h"
#include "purge-tally.h"

G_BEGIN_DECLS

/* How much of what a server said is shown in a row, in characters. */
#define PURGE_FORMAT_SERVER_TEXT_MAX 1000

const char *purge_format_state_word   (PurgeBatchState  state);
const char *purge_format_state_icon   (PurgeBatchState  state);
const char *purge_format_state_style  (PurgeBatchState  state);

char       *purge_format_server_text  (const char      *text,
                                       gsize            max_characters);
char       *purge_format_raw_answer   (const char      *raw);
char       *purge_format_code_line    (const char      *code,
                                       const char      *code_desc,
                                       const char      *task_id);

char       *purge_format_directories  (guint            n_directories);
char       *purge_format_urls         (guint            n_urls);
char       *purge_format_entries      (const guint     *n);
const char *purge_format_area         (PurgeArea        area);
char       *purge_format_plan         (const guint             *n,
                                       const PurgeLimits       *limits,
                                       const PurgeQuotaReading *readings);
char       *purge_format_teller       (const PurgeQuotaReading *reading,
                                       gint64                   told);
char       *purge_format_purge_button (guint            n_directories);
char       *purge_format_add_report   (const PurgeAddReport *report);
char       *purge_format_problems     (guint            n_problems,
                                       guint            n_covered);
char       *purge_format_progress     (guint            n_batches_done,
                                       guint            n_batches);
char       *purge_format_batch_title  (guint            number,
                                       PurgeKind        kind,
                                       guint            n);
char       *purge_format_successor    (guint            number);
char       *purge_format_submission   (const char      *account_name,
                                       const guint     *n,
                                       PurgeMode        mode);
char       *purge_format_time         (gint64           unix_seconds);
char       *purge_format_day          (gint64           unix_seconds);
char       *purge_format_count        (const PurgeTallyPart *part);
char       *purge_format_counts       (const PurgeTally *tally);

G_END_DECLS
