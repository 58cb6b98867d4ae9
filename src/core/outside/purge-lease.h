/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PurgeLease:
 *
 * Tells living instances of the program from dead ones: each holds a lock on one byte of a file that
 * they all share, and the number of the byte is the number of the lease. The system lets go of the
 * lock when the process ends, however it ends. Process ids would not do: they mean nothing across
 * sandboxes.
 */
typedef struct _PurgeLease PurgeLease;

PurgeLease *purge_lease_take       (const char        *path,
                                    GError           **error);
void        purge_lease_release    (PurgeLease        *self);
gint64      purge_lease_get_number (const PurgeLease  *self);
gboolean    purge_lease_check      (const PurgeLease  *self,
                                    gint64             number,
                                    gboolean          *alive,
                                    GError           **error);

/* What only one instance may do at a time, and what it may do only where no other one lives. */
PurgeLease *purge_lease_take_at_door (const char        *path,
                                      GError           **error);
void        purge_lease_open_door    (PurgeLease        *self);
gboolean    purge_lease_is_alone     (const PurgeLease  *self,
                                      gboolean          *alone,
                                      GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeLease, purge_lease_release)

G_END_DECLS
