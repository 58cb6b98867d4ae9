/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * PurgeAttention:
 *
 * Somebody at a window, who may send its list in a moment. Main thread only.
 */
#define PURGE_TYPE_ATTENTION (purge_attention_get_type ())

G_DECLARE_FINAL_TYPE (PurgeAttention, purge_attention, PURGE, ATTENTION, GObject)

PurgeAttention *purge_attention_new         (GtkWindow      *window);
void            purge_attention_set_session (PurgeAttention *self,
                                             PurgeSession   *session);

G_END_DECLS
