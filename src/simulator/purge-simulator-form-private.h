/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-simulator-form.h"

G_BEGIN_DECLS

/* What the two readers of forms share. */

GTree    *purge_simulator_form_new      (void);
char     *purge_simulator_form_dup_text (const char  *data,
                                         gsize        length,
                                         GError     **error);
gboolean  purge_simulator_form_add      (GTree       *parameters,
                                         char        *name,
                                         char        *value,
                                         GError     **error);

G_END_DECLS
