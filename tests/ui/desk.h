/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "mock-transport.h"
#include "purge-session.h"

G_BEGIN_DECLS

/* The key of each account; it must be in nothing that the window gives away. */
#define DESK_SECRET_ID "AKIDtest"
#define DESK_SECRET_KEY "0123456789abcdefghij"

/**
 * Desk:
 *
 * What a widget of the window needs to live: a session whose database and keyring are in memory, and
 * whose requests the test answers.
 */
typedef struct {
  MockTransport  *transport;
  PurgeKeyring   *keyring;
  PurgeWorkspace *workspace;
  PurgeAccounts  *accounts;
  PurgeSession   *session;
} Desk;

void       desk_init          (int            *argc,
                               char         ***argv);
GSettings *desk_new_settings  (void);
void       desk_furnish       (Desk            *desk,
                               const char      *database_path);
void       desk_open          (Desk            *desk);
void       desk_set_up        (Desk           *desk,
                               gconstpointer   without_account);
void       desk_tear_down     (Desk           *desk,
                               gconstpointer   without_account);
void       desk_add_account   (Desk           *desk,
                               const char     *name);
void       desk_send_urls     (PurgeSession        *session,
                               const char * const  *urls,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
void       desk_fill          (Desk           *desk,
                               guint           n_directories);
void       desk_send          (Desk           *desk,
                               guint           n_directories,
                               const char     *script);

GtkWidget *desk_present       (GtkWidget      *widget);
GtkWidget *desk_find          (GtkWidget      *widget,
                               GType           type,
                               const char     *text);
gboolean   desk_shows         (GtkWidget      *widget,
                               const char     *text);
void       desk_await_text    (GtkWidget      *widget,
                               const char     *text);
GtkWindow *desk_await_window  (GType           type);
void       desk_answer        (const char      *shown,
                               const char      *response);
void       desk_await_gone    (gpointer        pointer);
void       desk_assert_gone   (gpointer        widget);

G_END_DECLS
