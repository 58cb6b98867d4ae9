/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <json-glib/json-glib.h>

#include "purge-area.h"
#include "purge-kind.h"
#include "purge-outcome.h"
#include "purge-tally.h"

G_BEGIN_DECLS

/**
 * PurgeExportBatch:
 * @state: its state; superseded where a later batch was made of it
 * @kind: what its entries are
 * @urls: (array zero-terminated=1): its entries, in order
 * @answer: (nullable): what the server said
 * @explanation: (nullable): what became of it in words, translated
 *
 * What is told of one batch. Borrows all of it.
 */
typedef struct {
  PurgeBatchState     state;
  PurgeKind           kind;
  const char * const *urls;
  const PurgeAnswer  *answer;
  const char         *explanation;
} PurgeExportBatch;

void purge_export_json_add_tally   (JsonBuilder            *builder,
                                    const PurgeTally       *tally);
void purge_export_json_add_head    (JsonBuilder            *builder,
                                    gint64                  number,
                                    PurgeArea               area,
                                    const PurgeTally       *tally);
void purge_export_json_add_batch   (JsonBuilder            *builder,
                                    const PurgeExportBatch *batch);
void purge_export_json_add_failure (JsonBuilder            *builder,
                                    const char             *kind,
                                    const char             *sentence);

G_END_DECLS
