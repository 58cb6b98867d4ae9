/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

#include "purge-credentials.h"

G_BEGIN_DECLS

void         purge_cli_terminal_keep_streams (void);
gboolean     purge_cli_terminal_ask          (const char    *question,
                                              GCancellable  *cancellable,
                                              GError       **error);

/**
 * PurgeCliHidden:
 *
 * Standard input without echo, where it is a terminal; for as long as it stands on the stack.
 */
typedef struct PurgeCliHidden PurgeCliHidden;

PurgeCliHidden *purge_cli_hidden_begin     (GError         **error);
PurgeSecret    *purge_cli_hidden_read_part (PurgeCliHidden  *self,
                                            PurgeKeyPart     part,
                                            const char      *prompt,
                                            gboolean        *trimmed,
                                            GCancellable    *cancellable,
                                            GError         **error);
void            purge_cli_hidden_end       (PurgeCliHidden  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeCliHidden, purge_cli_hidden_end)

G_END_DECLS
