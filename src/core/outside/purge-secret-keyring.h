/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-keyring.h"
#include "purge-patient-keyring.h"

G_BEGIN_DECLS

/**
 * PurgeSecretKeyring:
 *
 * The system keyring, through libsecret. Main thread only.
 */
#define PURGE_TYPE_SECRET_KEYRING (purge_secret_keyring_get_type ())

G_DECLARE_FINAL_TYPE (PurgeSecretKeyring, purge_secret_keyring, PURGE, SECRET_KEYRING,
                      PurgePatientKeyring)

PurgeKeyring *purge_secret_keyring_new (void);

G_END_DECLS
