/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-look-up.h"

G_BEGIN_DECLS

char *look_up_text_new (const PurgeLookUp *look_up);

G_END_DECLS
