/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

/* An HTTP proxy that makes tunnels: whatever host is asked for, it leads to one port of the loopback
 * address. It works in threads of its own. */

typedef struct _TunnelProxy TunnelProxy;

TunnelProxy    *tunnel_proxy_new          (guint16      port);
void            tunnel_proxy_free         (TunnelProxy *self);
GProxyResolver *tunnel_proxy_new_resolver (TunnelProxy *self);
guint           tunnel_proxy_count        (TunnelProxy *self);
char           *tunnel_proxy_dup_target   (TunnelProxy *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TunnelProxy, tunnel_proxy_free)
