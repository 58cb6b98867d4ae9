/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *purge_place_dup_build_folder (void);
void  purge_place_set_language     (void);

G_END_DECLS
