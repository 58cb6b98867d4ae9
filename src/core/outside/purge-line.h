/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* As many connections to one server as requests are sent side by side. */
#define PURGE_LINE_MAX_CONNECTIONS 6

/**
 * PurgeLine:
 *
 * The connections to one server, counted: how many are open or being made, how many requests are
 * under way on them, and whether they carry one request at a time (HTTP/1.1) or all of them
 * (HTTP/2). Decides how many to make; makes none.
 */
typedef struct _PurgeLine PurgeLine;

/**
 * PurgeLineNews:
 * @PURGE_LINE_NO_NEWS: nothing that matters
 * @PURGE_LINE_KNOWN: it is known now what the server speaks, so that purge_line_is_short() and
 *   purge_line_count_missing() may say something else than before
 * @PURGE_LINE_TOO_OLD: the server speaks a TLS that is too old: no byte may be written
 *
 * What is learnt from an event of a connection.
 */
typedef enum {
  PURGE_LINE_NO_NEWS,
  PURGE_LINE_KNOWN,
  PURGE_LINE_TOO_OLD,
} PurgeLineNews;

gboolean      purge_line_is_local      (GUri                *uri);
PurgeLine    *purge_line_new           (void);
void          purge_line_free          (PurgeLine          *self);
void          purge_line_forget        (PurgeLine          *self);
void          purge_line_turn_to       (PurgeLine          *self,
                                        GUri               *uri);
GUri         *purge_line_get_uri       (PurgeLine          *self);
void          purge_line_begin         (PurgeLine          *self,
                                        GUri               *uri);
GCancellable *purge_line_begin_ahead   (PurgeLine          *self);
void          purge_line_give_up       (PurgeLine          *self);
void          purge_line_end           (PurgeLine          *self,
                                        GUri               *uri);
PurgeLineNews purge_line_watch         (PurgeLine          *self,
                                        GUri               *uri,
                                        GSocketClientEvent  event,
                                        GIOStream          *connection);
void          purge_line_take          (PurgeLine          *self);
void          purge_line_leave         (PurgeLine          *self,
                                        GUri               *uri);
gboolean      purge_line_is_short      (PurgeLine          *self);
guint         purge_line_count_missing (PurgeLine          *self,
                                        guint               n_wanted);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeLine, purge_line_free)

G_END_DECLS
