/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-list-editor.h"

G_BEGIN_DECLS

/* Files that were named when the program was started. */

void purge_import (PurgeListEditor *editor,
                   GFile           *file);

G_END_DECLS
