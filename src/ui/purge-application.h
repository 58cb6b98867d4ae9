/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PurgeApplication:
 *
 * The program: one window, files as arguments, `--practice` and `--version`. Files fill the list;
 * nothing that it can be told from outside sends anything.
 */
#define PURGE_TYPE_APPLICATION (purge_application_get_type ())

G_DECLARE_FINAL_TYPE (PurgeApplication, purge_application, PURGE, APPLICATION, AdwApplication)

PurgeApplication *purge_application_new (void);

G_END_DECLS
