/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-job.h"

G_BEGIN_DECLS

void purge_cli_progress_watch   (PurgeJob *job);
void purge_cli_progress_unwatch (PurgeJob *job);

G_END_DECLS
