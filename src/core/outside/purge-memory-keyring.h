/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-keyring.h"

G_BEGIN_DECLS

/**
 * PurgeMemoryKeyring:
 *
 * Keys for as long as the program runs and nowhere but in memory: for practice, and for tests.
 */
#define PURGE_TYPE_MEMORY_KEYRING (purge_memory_keyring_get_type ())

G_DECLARE_FINAL_TYPE (PurgeMemoryKeyring, purge_memory_keyring, PURGE, MEMORY_KEYRING, GObject)

PurgeKeyring *purge_memory_keyring_new (void);

G_END_DECLS
