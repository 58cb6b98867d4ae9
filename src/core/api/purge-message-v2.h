/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-account.h"
#include "purge-credentials.h"
#include "purge-endpoint.h"
#include "purge-request.h"

G_BEGIN_DECLS

/**
 * PurgeMessageV2:
 *
 * The parameters of one request of API 2.0, and who signs them. Names and values are borrowed: they
 * have to live as long as the message.
 */
typedef struct _PurgeMessageV2 PurgeMessageV2;

PurgeMessageV2 *purge_message_v2_new   (const char            *action,
                                        gint64                 timestamp,
                                        guint64                nonce,
                                        PurgeSignatureMethod   signature,
                                        PurgeCredentials      *credentials,
                                        GError               **error);
void            purge_message_v2_add   (PurgeMessageV2        *self,
                                        const char            *name,
                                        const char            *value);
PurgeRequest   *purge_message_v2_build (PurgeMessageV2        *self,
                                        PurgeEndpoint         *endpoint,
                                        PurgeForm              form,
                                        GError               **error);
void            purge_message_v2_free  (PurgeMessageV2        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeMessageV2, purge_message_v2_free)

G_END_DECLS
