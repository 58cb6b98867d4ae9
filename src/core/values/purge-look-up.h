/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-log-record.h"
#include "purge-outcome.h"

G_BEGIN_DECLS

/**
 * PurgeLookUp:
 * @records: (element-type PurgeLogRecord): what the server's log holds, in the server's order; owned
 * @failure: (nullable): why there is nothing to go by; set where the answer cannot be trusted, and
 *   then there are no records
 *
 * What a look-up found. That nothing was found is a finding; a failure is none.
 */
typedef struct {
  gatomicrefcount  ref_count;
  GPtrArray       *records;
  PurgeOutcome    *failure;
} PurgeLookUp;

#define PURGE_TYPE_LOOK_UP (purge_look_up_get_type ())

GType        purge_look_up_get_type   (void);
PurgeLookUp *purge_look_up_new        (void);
PurgeLookUp *purge_look_up_new_failed (PurgeOutcome *failure);
PurgeLookUp *purge_look_up_ref        (PurgeLookUp  *self);
void         purge_look_up_unref      (PurgeLookUp  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeLookUp, purge_look_up_unref)

G_END_DECLS
