/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-workspace.h"

G_BEGIN_DECLS

void purge_preconnect (PurgeWorkspace *workspace,
                       PurgeAccount   *account,
                       const guint    *n);

G_END_DECLS
