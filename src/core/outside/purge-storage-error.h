/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PurgeStorageLoss:
 * @PURGE_STORAGE_LOSS_NOTHING_SENT: nothing was sent, since nothing is sent that is not stored
 * @PURGE_STORAGE_LOSS_REQUEST_NOT_SENT: this request was not sent; earlier ones may have been
 * @PURGE_STORAGE_LOSS_ANSWER: the request was sent, and what came back could not be stored
 *
 * What an error of the storage means for what is on the wire.
 */
typedef enum {
  PURGE_STORAGE_LOSS_NOTHING_SENT,
  PURGE_STORAGE_LOSS_REQUEST_NOT_SENT,
  PURGE_STORAGE_LOSS_ANSWER,
} PurgeStorageLoss;

void purge_storage_error_set     (GError           **error,
                                  const char        *path,
                                  int                errsv);
void purge_storage_error_explain (GError           **error,
                                  PurgeStorageLoss   loss);

G_END_DECLS
