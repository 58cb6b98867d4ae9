/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-transport.h"

G_BEGIN_DECLS

/* A wire without a wire: every request waits until the test says what becomes of it, in any order. */

#define MOCK_TYPE_TRANSPORT (mock_transport_get_type ())

G_DECLARE_FINAL_TYPE (MockTransport, mock_transport, MOCK, TRANSPORT, GObject)

MockTransport *mock_transport_new         (void);
guint          mock_transport_count       (MockTransport *self);
guint          mock_transport_count_open  (MockTransport *self);
PurgeRequest  *mock_transport_get_request (MockTransport *self,
                                           guint          index);
void           mock_transport_answer      (MockTransport *self,
                                           guint          index,
                                           PurgeExchange *exchange);
void           mock_transport_say         (MockTransport *self,
                                           guint          index,
                                           const char    *json);
void           mock_transport_set_script  (MockTransport *self,
                                           const char    *signs);
char          *mock_transport_steal_ahead (MockTransport *self);

G_END_DECLS
