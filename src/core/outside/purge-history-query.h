/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PurgeHistoryQuery:
 * @search: (nullable): what has to be in a directory or URL, byte for byte; nothing where empty
 * @since: only what was submitted from then on, in UNIX seconds
 * @until: only what was submitted before then; 0: until now
 * @before_id: only submissions before this one; 0: from the newest on
 * @limit: how many at most; 0: all
 *
 * Which submissions are wanted. All zero, that is every one.
 */
typedef struct {
  const char *search;
  gint64      since;
  gint64      until;
  gint64      before_id;
  guint       limit;
} PurgeHistoryQuery;

G_END_DECLS
