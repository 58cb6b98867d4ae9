/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-session.h"

G_BEGIN_DECLS

/**
 * PurgeStorageBanner:
 *
 * What is the matter with the disk below a session: results that it has not taken yet, or a database
 * that was damaged. Where there is nothing to say it takes no room.
 */
#define PURGE_TYPE_STORAGE_BANNER (purge_storage_banner_get_type ())

G_DECLARE_FINAL_TYPE (PurgeStorageBanner, purge_storage_banner, PURGE, STORAGE_BANNER, AdwBin)

void purge_storage_banner_set_session (PurgeStorageBanner *self,
                                       PurgeSession       *session);
void purge_storage_banner_read_notice (PurgeStorageBanner *self);

G_END_DECLS
