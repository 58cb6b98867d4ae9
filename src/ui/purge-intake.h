/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

#include "purge-rows.h"

G_BEGIN_DECLS

/**
 * PurgeIntake:
 *
 * Texts and files on their way into a list, read in a thread one after the other, in the order in
 * which they came: a text of 200,000 lines takes a while, and the window lives on meanwhile.
 * Properties, which notify: `busy` (boolean): whether there are any; `slow` (boolean): whether that
 * is so long already that somebody should be told. Main thread only.
 */
#define PURGE_TYPE_INTAKE (purge_intake_get_type ())

G_DECLARE_FINAL_TYPE (PurgeIntake, purge_intake, PURGE, INTAKE, GObject)

PurgeIntake *purge_intake_new         (void);
void         purge_intake_read_async  (PurgeIntake         *self,
                                       const char          *text,
                                       gsize                length,
                                       GListModel          *files,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
PurgeRows   *purge_intake_read_finish (PurgeIntake         *self,
                                       GAsyncResult        *result,
                                       guint               *n_duplicates,
                                       GError             **error);
void         purge_intake_cancel      (PurgeIntake         *self);
gboolean     purge_intake_get_busy    (PurgeIntake         *self);
gboolean     purge_intake_get_slow    (PurgeIntake         *self);

G_END_DECLS
