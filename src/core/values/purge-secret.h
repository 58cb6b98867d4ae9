/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PurgeSecret:
 *
 * A short secret in pages of its own that are kept out of swap and of core dumps and are wiped when
 * the last reference goes. It never changes after it was made and may be read from any thread.
 */
typedef struct _PurgeSecret PurgeSecret;

#define PURGE_TYPE_SECRET (purge_secret_get_type ())
#define PURGE_SECRET_MAX_LENGTH 4096

GType         purge_secret_get_type   (void);
PurgeSecret  *purge_secret_new        (const char        *bytes,
                                       gssize             length);
PurgeSecret  *purge_secret_ref        (PurgeSecret       *self);
void          purge_secret_unref      (PurgeSecret       *self);
const char   *purge_secret_peek       (const PurgeSecret *self);
gsize         purge_secret_get_length (const PurgeSecret *self);
void          purge_secret_wipe       (gpointer           bytes,
                                       gsize              length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeSecret, purge_secret_unref)

G_END_DECLS
