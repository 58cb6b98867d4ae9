/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

/* The gnome-keyring of a test's session and the person at its prompts, seen from outside: over the
 * bus and as a process, without libsecret. */

void          secret_service_start            (GDBusConnection *bus,
                                               const char      *password);
void          secret_service_end              (GDBusConnection *bus);
void          secret_service_signal           (int              number);
void          secret_service_remove_keyrings  (void);

void          secret_service_lock             (GDBusConnection *bus);
gboolean      secret_service_is_locked        (GDBusConnection *bus);
void          secret_service_wait_for_unlock  (GDBusConnection *bus);
void          secret_service_create_item      (GDBusConnection *bus,
                                               gboolean         in_session,
                                               const char      *uuid,
                                               const char      *content);
guint         secret_service_count_items      (GDBusConnection *bus,
                                               const char      *uuid);
char         *secret_service_print_item       (GDBusConnection *bus,
                                               const char      *uuid);

void          secret_service_prompter_answers (const char      *lines);
void          secret_service_cancel_at_prompt (GCancellable    *cancellable);
GDBusMessage *secret_service_cancel_at_store  (GDBusConnection *bus,
                                               GDBusMessage    *message,
                                               gboolean         incoming,
                                               gpointer         cancellable);
