/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PurgeError:
 * @PURGE_ERROR_INVALID_INPUT: the person gave something that cannot be used; mend it
 * @PURGE_ERROR_REFUSED_FILE: the file holds no list of directories, or cannot be read as one
 * @PURGE_ERROR_NOT_FOUND: there is no account, submission or batch of that name; name another
 * @PURGE_ERROR_EXISTS: the name is taken; choose another
 * @PURGE_ERROR_NO_KEY: the keyring holds no key for the account; enter it
 * @PURGE_ERROR_KEYRING_LOCKED: the keyring stayed locked; unlock it and try again
 * @PURGE_ERROR_KEYRING_UNAVAILABLE: there is no keyring service; start or install one
 * @PURGE_ERROR_KEYRING_TIMEOUT: the keyring did not answer in time; wait, or restart it
 * @PURGE_ERROR_KEYRING_FAILED: the keyring answered with an error of its own
 * @PURGE_ERROR_STORAGE: the disk did not take or give what was asked; make room or mend it
 * @PURGE_ERROR_STORAGE_DAMAGED: the database is damaged, foreign or newer than this program
 * @PURGE_ERROR_DECLINED: a question was answered with no; nothing is to be done
 *
 * What can go wrong before a request, by what the person can do about it. What became of a request
 * that was made is no error but a value: see #PurgeOutcome. %G_IO_ERROR_CANCELLED is never
 * translated into this domain.
 */
typedef enum {
  PURGE_ERROR_INVALID_INPUT,
  PURGE_ERROR_REFUSED_FILE,
  PURGE_ERROR_NOT_FOUND,
  PURGE_ERROR_EXISTS,
  PURGE_ERROR_NO_KEY,
  PURGE_ERROR_KEYRING_LOCKED,
  PURGE_ERROR_KEYRING_UNAVAILABLE,
  PURGE_ERROR_KEYRING_TIMEOUT,
  PURGE_ERROR_KEYRING_FAILED,
  PURGE_ERROR_STORAGE,
  PURGE_ERROR_STORAGE_DAMAGED,
  PURGE_ERROR_DECLINED,
} PurgeError;

#define PURGE_TYPE_ERROR (purge_error_get_type ())
#define PURGE_ERROR (purge_error_quark ())

GType       purge_error_get_type (void);
GQuark      purge_error_quark    (void);
const char *purge_error_get_kind (const GError *error);

G_END_DECLS
