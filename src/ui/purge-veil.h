/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What stands in the GtkText instead of each character: screen readers have a word for it. */
#define PURGE_VEIL_BULLET "•"

/* As many characters as anything can be long; more than a secret may be, so that one that is too
 * long is refused and not cut. */
#define PURGE_VEIL_MAX_LENGTH 8192

/**
 * PurgeVeil:
 *
 * Takes what is typed or pasted into a #GtkText before that has it, keeps it in a
 * #GtkPasswordEntryBuffer of its own, and lets the #GtkText have a bullet for each character. What
 * the #GtkText tells of its text, to whomever, is bullets.
 */
#define PURGE_TYPE_VEIL (purge_veil_get_type ())

G_DECLARE_FINAL_TYPE (PurgeVeil, purge_veil, PURGE, VEIL, GObject)

PurgeVeil  *purge_veil_new      (GtkText   *text);
const char *purge_veil_get_text (PurgeVeil *self);
void        purge_veil_forget   (PurgeVeil *self);

G_END_DECLS
