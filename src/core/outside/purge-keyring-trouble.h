/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PurgeKeyringTrouble:
 * @PURGE_KEYRING_NO_KEY: there is no key for the account
 * @PURGE_KEYRING_NO_BUS: no session bus, as on a server or in a bare terminal
 * @PURGE_KEYRING_NO_SERVICE: nothing answers for the keyring
 * @PURGE_KEYRING_NO_PORTAL: the same inside a sandbox, where the portal is missing
 * @PURGE_KEYRING_SILENT: no answer in time
 * @PURGE_KEYRING_SILENT_STORE: no answer in time, and the new key may or may not be there
 * @PURGE_KEYRING_STAYED_LOCKED: the question for the password was dismissed, or could not be shown
 * @PURGE_KEYRING_NOT_SET_UP: there is no default keyring, and none was made
 * @PURGE_KEYRING_DAMAGED_FILE: the keyring file cannot be read
 * @PURGE_KEYRING_FOREIGN_ITEM: what is stored is not a key of ours
 * @PURGE_KEYRING_REFUSED: anything else; the cause has the words
 *
 * What can be wrong with a keyring, by what a person can do about it.
 */
typedef enum {
  PURGE_KEYRING_NO_KEY,
  PURGE_KEYRING_NO_BUS,
  PURGE_KEYRING_NO_SERVICE,
  PURGE_KEYRING_NO_PORTAL,
  PURGE_KEYRING_SILENT,
  PURGE_KEYRING_SILENT_STORE,
  PURGE_KEYRING_STAYED_LOCKED,
  PURGE_KEYRING_NOT_SET_UP,
  PURGE_KEYRING_DAMAGED_FILE,
  PURGE_KEYRING_FOREIGN_ITEM,
  PURGE_KEYRING_REFUSED,
} PurgeKeyringTrouble;

PurgeKeyringTrouble  purge_keyring_trouble_from_error (const GError        *error);
gboolean             purge_keyring_trouble_may_pass   (const GError        *error);
GError              *purge_keyring_trouble_to_error   (PurgeKeyringTrouble  trouble,
                                                       const GError        *cause);

G_END_DECLS
