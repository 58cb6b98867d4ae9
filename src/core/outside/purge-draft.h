/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

#include "purge-reading.h"

G_BEGIN_DECLS

/* What is read of a draft: a list may hold several texts, each of which has the limits of a text. */
#define PURGE_DRAFT_MAX_BYTES (4 * PURGE_TEXT_MAX_BYTES)
#define PURGE_DRAFT_MAX_LINES (4 * PURGE_TEXT_MAX_LINES)

/**
 * PurgeDraft:
 *
 * A list in a file, so that it outlives the program: plain text, one row a line, which only the user
 * can read. Load it first and once; after that there may be one call at a time. Main thread only; the
 * disk is waited for elsewhere.
 */
#define PURGE_TYPE_DRAFT (purge_draft_get_type ())

G_DECLARE_FINAL_TYPE (PurgeDraft, purge_draft, PURGE, DRAFT, GObject)

PurgeDraft   *purge_draft_new          (const char           *path);
void          purge_draft_load_async   (PurgeDraft           *self,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
PurgeReading *purge_draft_load_finish  (PurgeDraft           *self,
                                        GAsyncResult         *result,
                                        GError              **error);
void          purge_draft_save_async   (PurgeDraft           *self,
                                        char                 *text,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean      purge_draft_save_finish  (PurgeDraft           *self,
                                        GAsyncResult         *result,
                                        GError              **error);
gboolean      purge_draft_get_damaged  (PurgeDraft           *self);
const char   *purge_draft_get_aside    (PurgeDraft           *self);

G_END_DECLS
