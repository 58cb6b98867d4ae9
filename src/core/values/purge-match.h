/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-look-up.h"

G_BEGIN_DECLS

/* Around the time of a batch by the server's clock: how much earlier and later the server may have
 * written it down, in seconds. Earlier only as far as clocks are measured badly. */
#define PURGE_MATCH_BEFORE_S 60
#define PURGE_MATCH_AFTER_S 300

/**
 * PurgeMatch:
 * @event: what the records prove of the batch: accepted, done or failed
 * @ids: the ids of the records that are the batch, each once; to be claimed, so that no other batch
 *   is found in them
 *
 * A batch that was found in a server's log. Owned by whoever has it: cleared with
 * purge_match_clear().
 */
typedef struct {
  PurgeBatchEvent event;
  GStrv           ids;
} PurgeMatch;

gboolean purge_match_find  (const PurgeLookUp  *look_up,
                            PurgeKind           kind,
                            const char * const *urls,
                            gint64              since,
                            gint64              until,
                            const char * const *claimed,
                            guint               n_rivals,
                            gboolean            by_task,
                            PurgeMatch         *match);
void     purge_match_clear (PurgeMatch         *match);

/* Whether nothing at all of a batch is there: the proof that it was not executed. */
gboolean purge_match_is_absent (const PurgeLookUp  *look_up,
                                PurgeKind           kind,
                                const char * const *urls);

/* Before that: what is known to be of other batches, or all that is not known to be of this one. */
void     purge_match_leave_out (PurgeLookUp        *look_up,
                                const char * const *others);
void     purge_match_keep_only (PurgeLookUp        *look_up,
                                const char * const *ids);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PurgeMatch, purge_match_clear)

G_END_DECLS
