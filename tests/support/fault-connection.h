/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

#include "fault-log.h"
#include "fault-script.h"

G_BEGIN_DECLS

/**
 * FaultServing:
 * @mind: who executes
 * @script: what happens
 * @log: where it is noted
 * @certificate: (nullable): with it TLS is spoken
 * @other: (nullable): where redirects lead
 * @ended: cancelled when the server ends
 * @mark: how often the script could go on so far
 * @wait: waits until it may once more
 * @go_deaf: lets the server take no more connections
 * @data: for the two
 *
 * What the connections of a server share.
 */
typedef struct {
  FaultMind       *mind;
  FaultScript     *script;
  FaultLog        *log;
  GTlsCertificate *certificate;
  const char      *other;
  GCancellable    *ended;
  guint          (*mark)    (gpointer data);
  void           (*wait)    (gpointer data,
                             guint    mark);
  void           (*go_deaf) (gpointer data);
  gpointer         data;
} FaultServing;

void fault_connection_serve (const FaultServing *serving,
                             GSocket            *socket);

G_END_DECLS
