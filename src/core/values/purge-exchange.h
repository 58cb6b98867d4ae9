/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-cause.h"

G_BEGIN_DECLS

/* The longest answer that is read. Tencent's are a few hundred bytes, but for logs. */
#define PURGE_EXCHANGE_MAX_BODY (256 * 1024)

/**
 * PurgeExchangeKind:
 * @PURGE_EXCHANGE_ANSWERED: a whole HTTP answer came, whatever its status
 * @PURGE_EXCHANGE_NOT_SENT: no application byte left this computer (class A)
 * @PURGE_EXCHANGE_UNTRUSTED: no application byte left, since the other side could not prove who it
 *   is or speaks too old a TLS (class E)
 * @PURGE_EXCHANGE_LOST: bytes may have arrived, and no whole answer came (class C)
 *
 * How far one request came. The line between the second and the last is drawn when the first byte
 * of the request is about to be written.
 */
typedef enum {
  PURGE_EXCHANGE_ANSWERED,
  PURGE_EXCHANGE_NOT_SENT,
  PURGE_EXCHANGE_UNTRUSTED,
  PURGE_EXCHANGE_LOST,
} PurgeExchangeKind;

/**
 * PurgeExchange:
 * @kind: how far it came
 * @cause: why it came no further; %PURGE_CAUSE_NONE where it was answered
 * @detail: (nullable): what the library said of the failure, in developer's English
 * @status: the HTTP status, or 0
 * @body: (nullable): the body as it came, at most %PURGE_EXCHANGE_MAX_BODY bytes; set where answered
 * @content_type: (nullable): the header of that name, as it came
 * @location: (nullable): the header of that name, as it came
 * @date: (nullable): the header of that name, as it came
 * @age: (nullable): the header of that name, as it came
 * @retry_after: (nullable): the header of that name, as it came
 *
 * All that became of one request on the wire: a plain value, made by a transport and read by an API.
 */
typedef struct {
  gatomicrefcount   ref_count;
  PurgeExchangeKind kind;
  PurgeCause        cause;
  char             *detail;
  guint             status;
  GBytes           *body;
  char             *content_type;
  char             *location;
  char             *date;
  char             *age;
  char             *retry_after;
} PurgeExchange;

#define PURGE_TYPE_EXCHANGE (purge_exchange_get_type ())

GType          purge_exchange_get_type   (void);
PurgeExchange *purge_exchange_new_failed (PurgeExchangeKind  kind,
                                          PurgeCause         cause,
                                          const char        *detail);
PurgeExchange *purge_exchange_new_answer (guint              status,
                                          GBytes            *body);
PurgeExchange *purge_exchange_ref        (PurgeExchange     *self);
void           purge_exchange_unref      (PurgeExchange     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeExchange, purge_exchange_unref)

G_END_DECLS
