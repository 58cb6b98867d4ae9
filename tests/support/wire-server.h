/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

/* A server below HTTP: it reads one request and does with the connection what its script says, which
 * a well-behaved HTTP library cannot be made to do. It serves in threads of its own, so that the
 * client under test has the main loop to itself. */

typedef struct _WireServer WireServer;

/* What a script has to work with; input is NULL once the request was read. */
typedef struct
{
  WireServer      *server;
  GSocket         *socket;
  GIOStream       *stream;
  const char      *request;
} WireCall;

typedef void (*WireScript) (WireCall *call);

WireServer *wire_server_new           (WireScript        script,
                                       GTlsCertificate  *certificate);
void        wire_server_free          (WireServer       *self);
guint16     wire_server_get_port      (WireServer       *self);
guint       wire_server_count         (WireServer       *self);
char       *wire_server_dup_request   (WireServer       *self);
void        wire_call_write           (WireCall         *call,
                                       const char       *text);
void        wire_call_reset           (WireCall         *call);
gboolean    wire_call_wait            (WireCall         *call,
                                       guint             ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WireServer, wire_server_free)
