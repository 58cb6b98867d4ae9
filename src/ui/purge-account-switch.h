/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-session.h"

G_BEGIN_DECLS

/**
 * PurgeAccountSwitch:
 *
 * The chosen account, and a menu of all others. Acts through `win.account`, `win.add-account` and
 * `win.accounts`; where there is no account, it is not to be seen.
 */
#define PURGE_TYPE_ACCOUNT_SWITCH (purge_account_switch_get_type ())

G_DECLARE_FINAL_TYPE (PurgeAccountSwitch, purge_account_switch, PURGE, ACCOUNT_SWITCH, AdwBin)

void purge_account_switch_set_session (PurgeAccountSwitch *self,
                                       PurgeSession       *session);

G_END_DECLS
