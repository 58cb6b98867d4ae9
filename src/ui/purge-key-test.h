/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-session.h"

G_BEGIN_DECLS

/**
 * PurgeKeyTest:
 *
 * Tries a key out and shows in words what came of it. Where nothing was tried it takes no room.
 * Property:
 *
 * - `running` (boolean, read-only): the server is being asked, or a person for the keyring
 */
#define PURGE_TYPE_KEY_TEST (purge_key_test_get_type ())

G_DECLARE_FINAL_TYPE (PurgeKeyTest, purge_key_test, PURGE, KEY_TEST, AdwBin)

void     purge_key_test_start       (PurgeKeyTest     *self,
                                     PurgeSession     *session,
                                     PurgeAccount     *account,
                                     PurgeCredentials *credentials);
void     purge_key_test_cancel      (PurgeKeyTest     *self);
void     purge_key_test_clear       (PurgeKeyTest     *self);
gboolean purge_key_test_get_running (PurgeKeyTest     *self);

G_END_DECLS
