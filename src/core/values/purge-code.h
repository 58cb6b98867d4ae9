/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-outcome.h"

G_BEGIN_DECLS

/**
 * PurgeCode:
 * @code: the number
 * @event: what such an answer means for a batch
 * @cause: why, for the journal
 * @stops_queue: whether further batches would fare no better
 * @sentence: what it means, untranslated
 * @next_step: what to do, untranslated
 *
 * What is known of one code of API 2.0: how it is judged and how it is explained. Static.
 */
typedef struct {
  int              code;
  PurgeBatchEvent  event;
  PurgeCause       cause;
  gboolean         stops_queue;
  const char      *sentence;
  const char      *next_step;
} PurgeCode;

const PurgeCode *purge_code_find_common (const char *code);
const PurgeCode *purge_code_find_module (int         module_code);
const PurgeCode *purge_code_list_common (guint      *n_codes);
const PurgeCode *purge_code_list_module (guint      *n_codes);

G_END_DECLS
