/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

#include "purge-exchange.h"

G_BEGIN_DECLS

/**
 * PurgeWireFailure:
 * @phase: what was seen last of the connection
 * @starting: whether the first byte of the request may have been written
 * @stopped_by: why we gave it up ourselves, or %PURGE_CAUSE_NONE
 *
 * How far a request came that failed.
 */
typedef struct {
  GSocketClientEvent phase;
  gboolean           starting;
  PurgeCause         stopped_by;
} PurgeWireFailure;

PurgeExchange *purge_wire_failure_to_exchange (const PurgeWireFailure *self,
                                               const GError           *error);

G_END_DECLS
