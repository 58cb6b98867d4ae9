/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PurgeSimulatorNonces:
 *
 * The pairs of nonce and timestamp that were used, so that no request is executed twice.
 */
typedef struct _PurgeSimulatorNonces PurgeSimulatorNonces;

PurgeSimulatorNonces *purge_simulator_nonces_new  (void);
void                  purge_simulator_nonces_free (PurgeSimulatorNonces *self);
gboolean              purge_simulator_nonces_use  (PurgeSimulatorNonces *self,
                                                   guint64               nonce,
                                                   gint64                timestamp,
                                                   gint64                oldest);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeSimulatorNonces, purge_simulator_nonces_free)

G_END_DECLS
