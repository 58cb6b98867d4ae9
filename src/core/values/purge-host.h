/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-mends.h"
#include "purge-problem.h"

G_BEGIN_DECLS

PurgeProblem purge_host_judge_authority (const char *authority,
                                         gsize       length,
                                         gboolean    secure,
                                         GString    *canonical,
                                         PurgeMends *mends);

G_END_DECLS
