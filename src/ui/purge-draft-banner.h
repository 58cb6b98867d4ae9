/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-session.h"

G_BEGIN_DECLS

/**
 * PurgeDraftBanner:
 *
 * Says while the list cannot be saved, and once that its draft was damaged.
 */
#define PURGE_TYPE_DRAFT_BANNER (purge_draft_banner_get_type ())

G_DECLARE_FINAL_TYPE (PurgeDraftBanner, purge_draft_banner, PURGE, DRAFT_BANNER, AdwBin)

void purge_draft_banner_set_session (PurgeDraftBanner *self,
                                     PurgeSession     *session);

G_END_DECLS
