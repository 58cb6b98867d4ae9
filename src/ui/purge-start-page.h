/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PurgeStartPage:
 *
 * What a window shows in place of the list while there is no account.
 */
#define PURGE_TYPE_START_PAGE (purge_start_page_get_type ())

G_DECLARE_FINAL_TYPE (PurgeStartPage, purge_start_page, PURGE, START_PAGE, AdwBin)

GtkWidget *purge_start_page_new (void);

G_END_DECLS
