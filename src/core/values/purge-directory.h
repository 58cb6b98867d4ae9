/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-kind.h"
#include "purge-mends.h"
#include "purge-problem.h"

G_BEGIN_DECLS

/* The API documents a limit for URLs (CdnUrlExceedLength) but not its number; this is ours. */
#define PURGE_DIRECTORY_MAX_BYTES 2048

PurgeProblem  purge_directory_judge    (const char   *text,
                                        gssize        length,
                                        PurgeKind     kind,
                                        GString      *url,
                                        PurgeMends   *mends);
char         *purge_directory_suggest  (const char   *text,
                                        PurgeKind     kind,
                                        PurgeProblem  problem);
char         *purge_directory_dup_host (const char   *url);
gboolean      purge_directory_is_root  (const char   *url);

G_END_DECLS
