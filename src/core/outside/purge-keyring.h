/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

#include "purge-credentials.h"

G_BEGIN_DECLS

/**
 * PurgeKeyState:
 * @PURGE_KEY_ABSENT: the keyring holds nothing for the account
 * @PURGE_KEY_LOCKED: it does, but is locked
 * @PURGE_KEY_PRESENT: it does, and can be read
 *
 * What a keyring says of an account without giving the key. Locked is not absent.
 */
typedef enum {
  PURGE_KEY_ABSENT,
  PURGE_KEY_LOCKED,
  PURGE_KEY_PRESENT,
} PurgeKeyState;

/**
 * PurgeKeyring:
 *
 * Where key pairs are kept, one item an account, named by the account's UUID. All calls are
 * asynchronous, never block the main thread, and always end: searching and reading within
 * ten seconds; while a person is asked to unlock, only by an answer or by @cancellable. Property:
 *
 * - `waiting` (boolean): a person is being asked to unlock right now, so show "waiting for the
 *   keyring" with Cancel
 *
 * Errors: the `KEYRING` codes of #PurgeError, %PURGE_ERROR_NO_KEY (load of an absent key),
 * %G_IO_ERROR_CANCELLED.
 */
#define PURGE_TYPE_KEYRING (purge_keyring_get_type ())

G_DECLARE_INTERFACE (PurgeKeyring, purge_keyring, PURGE, KEYRING, GObject)

/* What a keyring implements. Each function takes the task, which carries the cancellable, and ends
 * it with a #PurgeKeyState, a #PurgeCredentials or a boolean. */
struct _PurgeKeyringInterface
{
  GTypeInterface parent_iface;

  void (*check)  (PurgeKeyring *self, GTask *task, const char *uuid);
  void (*load)   (PurgeKeyring *self, GTask *task, const char *uuid);
  void (*store)  (PurgeKeyring *self, GTask *task, const char *uuid, const char *name,
                  PurgeCredentials *credentials);
  void (*forget) (PurgeKeyring *self, GTask *task, const char *uuid);
};

void              purge_keyring_check_async   (PurgeKeyring         *self,
                                               const char           *uuid,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean          purge_keyring_check_finish  (PurgeKeyring         *self,
                                               GAsyncResult         *result,
                                               PurgeKeyState        *state,
                                               GError              **error);
void              purge_keyring_load_async    (PurgeKeyring         *self,
                                               const char           *uuid,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
PurgeCredentials *purge_keyring_load_finish   (PurgeKeyring         *self,
                                               GAsyncResult         *result,
                                               GError              **error);
void              purge_keyring_store_async   (PurgeKeyring         *self,
                                               const char           *uuid,
                                               const char           *name,
                                               PurgeCredentials     *credentials,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean          purge_keyring_store_finish  (PurgeKeyring         *self,
                                               GAsyncResult         *result,
                                               GError              **error);
void              purge_keyring_forget_async  (PurgeKeyring         *self,
                                               const char           *uuid,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean          purge_keyring_forget_finish (PurgeKeyring         *self,
                                               GAsyncResult         *result,
                                               GError              **error);
gboolean          purge_keyring_get_waiting   (PurgeKeyring         *self);

G_END_DECLS
