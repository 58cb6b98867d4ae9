/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Asynchronous calls, one after the other:
 *
 *   g_autoptr (GAsyncResult) result = NULL;
 *
 *   thing_do_async (thing, NULL, await_cb, &result);
 *   g_assert_true (thing_do_finish (thing, await (&result), &error));
 */

void          await_cb (GObject       *source,
                        GAsyncResult  *result,
                        gpointer       user_data);
GAsyncResult *await    (GAsyncResult **result);

/* Anything else: never for a time, always for a thing, and never for ever. */

typedef gboolean (*AwaitCondition) (gpointer user_data);

void await_condition (AwaitCondition condition,
                      gpointer       user_data);

G_END_DECLS
