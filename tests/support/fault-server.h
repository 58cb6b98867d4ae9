/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

#include "fault-log.h"
#include "fault-script.h"

G_BEGIN_DECLS

/* A server of both APIs below HTTP, for faults: raw sockets on the loopback address, in threads of
 * its own, with a mind, a script and a log. It knows nothing of the program under test. */

typedef struct _FaultServer FaultServer;

/**
 * FaultServerOptions:
 * @mind: how the API behaves
 * @certificate: (nullable): path of a PEM certificate; with it the server speaks TLS
 * @key: (nullable): path of its PEM key
 * @log: (nullable): path of the execution log
 * @other: (nullable): where redirects lead
 *
 * How the server is to be. Everything at zero is a good one.
 */
typedef struct {
  FaultMindOptions  mind;
  const char       *certificate;
  const char       *key;
  const char       *log;
  const char       *other;
} FaultServerOptions;

FaultServer *fault_server_new               (const FaultServerOptions  *options,
                                             GError                   **error);
void         fault_server_stop              (FaultServer               *self);
void         fault_server_free              (FaultServer               *self);
const char  *fault_server_get_base_url      (FaultServer               *self);
guint16      fault_server_get_port          (FaultServer               *self);
FaultMind   *fault_server_get_mind          (FaultServer               *self);
FaultScript *fault_server_get_script        (FaultServer               *self);
FaultLog    *fault_server_get_log           (FaultServer               *self);
void         fault_server_set_listening     (FaultServer               *self,
                                             gboolean                   listening);
void         fault_server_go_on             (FaultServer               *self);
guint        fault_server_count_connections (FaultServer               *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultServer, fault_server_free)

G_END_DECLS
