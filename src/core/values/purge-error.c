/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The one error domain. Knows which errors a person can do something about, and nothing of where
 * they come from. */

#define G_LOG_DOMAIN "purge-error"

#include "config.h"

#include "purge-error.h"

#include <gio/gio.h>

#include "purge-enum.h"

G_DEFINE_QUARK (purge-error-quark, purge_error)

G_DEFINE_ENUM_TYPE (PurgeError, purge_error,
  G_DEFINE_ENUM_VALUE (PURGE_ERROR_INVALID_INPUT, "invalid-input"),
  G_DEFINE_ENUM_VALUE (PURGE_ERROR_REFUSED_FILE, "refused-file"),
  G_DEFINE_ENUM_VALUE (PURGE_ERROR_NOT_FOUND, "not-found"),
  G_DEFINE_ENUM_VALUE (PURGE_ERROR_EXISTS, "exists"),
  G_DEFINE_ENUM_VALUE (PURGE_ERROR_NO_KEY, "no-key"),
  G_DEFINE_ENUM_VALUE (PURGE_ERROR_KEYRING_LOCKED, "keyring-locked"),
  G_DEFINE_ENUM_VALUE (PURGE_ERROR_KEYRING_UNAVAILABLE, "keyring-unavailable"),
  G_DEFINE_ENUM_VALUE (PURGE_ERROR_KEYRING_TIMEOUT, "keyring-timeout"),
  G_DEFINE_ENUM_VALUE (PURGE_ERROR_KEYRING_FAILED, "keyring-failed"),
  G_DEFINE_ENUM_VALUE (PURGE_ERROR_STORAGE, "storage"),
  G_DEFINE_ENUM_VALUE (PURGE_ERROR_STORAGE_DAMAGED, "storage-damaged"),
  G_DEFINE_ENUM_VALUE (PURGE_ERROR_DECLINED, "declined"))

/**
 * purge_error_get_kind:
 * @error: an error of any domain
 *
 * Names what kind of error this is, for scripts: the nick of a #PurgeError, `cancelled`, or
 * `failed` for anything else. The names are stable.
 *
 * Returns: (transfer none): a static string
 */
const char *
purge_error_get_kind (const GError *error)
{
  g_return_val_if_fail (error != NULL, "failed");

  if (error->domain == PURGE_ERROR)
    return purge_enum_to_nick (PURGE_TYPE_ERROR, error->code);

  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? "cancelled" : "failed";
}
