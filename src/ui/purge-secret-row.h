/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PurgeSecretRow:
 *
 * A row to type a secret into: an #AdwPasswordEntryRow to those who look at it, and bullets to those
 * who ask on the accessibility bus or copy. As an editable, too, it has bullets only; it may be set
 * and emptied that way.
 */
#define PURGE_TYPE_SECRET_ROW (purge_secret_row_get_type ())

G_DECLARE_FINAL_TYPE (PurgeSecretRow, purge_secret_row, PURGE, SECRET_ROW, AdwEntryRow)

const char *purge_secret_row_get_secret (PurgeSecretRow *self);
void        purge_secret_row_forget     (PurgeSecretRow *self);

G_END_DECLS
