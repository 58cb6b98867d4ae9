/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PurgeToaster:
 *
 * What happened last, above a list, for a while: one toast at a time, in place of the one before,
 * whose Undo would undo something else by now.
 */
#define PURGE_TYPE_TOASTER (purge_toaster_get_type ())

G_DECLARE_FINAL_TYPE (PurgeToaster, purge_toaster, PURGE, TOASTER, GObject)

PurgeToaster *purge_toaster_new  (AdwToastOverlay *overlay);
void          purge_toaster_show (PurgeToaster    *self,
                                  const char      *title,
                                  const char      *undo_action);
void          purge_toaster_hide (PurgeToaster    *self);

G_END_DECLS
