/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "await.h"
#include "fault-server.h"
#include "h2-server.h"
#include "purge-soup-transport.h"

G_BEGIN_DECLS

/* What the tests of shared connections have in common: a transport whose deadlines go by a clock that
 * stands still, requests that both servers take, and what arrived there. */

/* How long after a request arrived that clock moves on, where no answer is to be expected. */
#define GRACE_MS 300

typedef enum {
  ANSWERED = 1 << PURGE_EXCHANGE_ANSWERED,
  NOT_SENT = 1 << PURGE_EXCHANGE_NOT_SENT,
  LOST = 1 << PURGE_EXCHANGE_LOST,
} Kinds;

/* Whether the server was reached by the request that it will not answer. */
typedef struct
{
  AwaitCondition  is_reached;
  gpointer        server;
} ReuseReach;

void            reuse_init                (void);
PurgeTransport *reuse_transport_new       (void);
PurgeRequest   *reuse_request_new         (const char     *method,
                                           const char     *base,
                                           gsize           padding);
void            reuse_let_time_pass       (void);
gboolean        reuse_on_late_cb          (gpointer        user_data);
PurgeExchange  *reuse_send                (PurgeTransport *transport,
                                           const char     *method,
                                           const char     *base,
                                           gsize           padding,
                                           guint           kinds,
                                           ReuseReach     *reach);
void            reuse_settle              (void);
FaultServer    *http1_server_new          (gboolean        tls);
char           *http1_base                (FaultServer    *server,
                                           gboolean        tls);
gboolean        http1_is_connected        (gpointer        user_data);
guint           http1_count               (FaultServer    *server);
gboolean        http1_has_six_connections (gpointer        user_data);
gboolean        http1_has_one             (gpointer        user_data);
gboolean        http1_has_two             (gpointer        user_data);
H2Server       *http2_server_new          (const H2Fault  *fault);
char           *http2_base                (H2Server       *server);
gboolean        http2_is_connected        (gpointer        user_data);
gboolean        http2_has_one             (gpointer        user_data);
gboolean        http2_has_two             (gpointer        user_data);
gboolean        http2_is_idle             (gpointer        user_data);

G_END_DECLS
