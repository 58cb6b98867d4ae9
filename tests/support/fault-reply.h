/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FaultReply:
 * @name: what scripts call it
 * @status: status code and phrase, or %NULL where the body stands for the whole answer, which is
 *   none of HTTP
 * @headers: (nullable): further headers, each with its line end; `{other}` is another server
 * @body: (nullable): the body
 * @repeat: how often the body comes, one after the other
 * @refusal: whether a server that answers so has certainly executed nothing; of any other, nobody
 *   knows
 *
 * An answer that does not come from the mind.
 */
typedef struct {
  const char *name;
  const char *status;
  const char *headers;
  const char *body;
  guint       repeat;
  gboolean    refusal;
} FaultReply;

const FaultReply *fault_reply_find     (const char       *name);
const FaultReply *fault_reply_get      (guint             index);
guint             fault_reply_count    (void);
GBytes           *fault_reply_dup_body (const FaultReply *self);

G_END_DECLS
