/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-list-editor.h"

G_BEGIN_DECLS

void purge_submit (PurgeListEditor *editor,
                   PurgeSession    *session);

G_END_DECLS
