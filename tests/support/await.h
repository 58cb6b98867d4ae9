/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

/* Waiting in tests: never for a time, always for a thing, and never for ever. */

#define AWAIT_SECONDS 30

/* For GAsyncReadyCallback with a GAsyncResult ** as user data. */
void          await_store_cb  (GObject       *source,
                               GAsyncResult  *result,
                               gpointer       user_data);
GAsyncResult *await_result    (GAsyncResult **result);

typedef gboolean (*AwaitCondition) (gpointer user_data);

void          await_condition (AwaitCondition  condition,
                               gpointer        user_data);
