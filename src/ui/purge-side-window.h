/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-list-editor.h"

G_BEGIN_DECLS

/* The windows that open beside the main one. */

void purge_side_window_present (GtkWindow       *parent,
                                const char      *name,
                                PurgeListEditor *editor,
                                PurgeSession    *session);
void purge_side_window_close   (GtkWindow       *parent);

G_END_DECLS
