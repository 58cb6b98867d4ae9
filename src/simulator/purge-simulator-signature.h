/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *purge_simulator_signature_string (const char *method,
                                        const char *host,
                                        const char *path,
                                        GTree      *parameters);
char *purge_simulator_signature_make   (const char *text,
                                        const char *secret_key,
                                        const char *signature_method);

G_END_DECLS
