/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-session.h"

G_BEGIN_DECLS

/**
 * PurgeKeepChoice:
 *
 * For how long the history is kept, to be chosen. A shorter period deletes at once, and asks before.
 */
#define PURGE_TYPE_KEEP_CHOICE (purge_keep_choice_get_type ())

G_DECLARE_FINAL_TYPE (PurgeKeepChoice, purge_keep_choice, PURGE, KEEP_CHOICE, AdwBin)

void purge_keep_choice_set_session (PurgeKeepChoice *self,
                                    PurgeSession    *session,
                                    GSettings       *settings);

G_END_DECLS
