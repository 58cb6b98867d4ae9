/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PurgeCause:
 * @PURGE_CAUSE_NONE: nothing hindered it
 * @PURGE_CAUSE_REFUSED_BY_API: the API said no, with a code
 * @PURGE_CAUSE_TOO_MANY_REQUESTS: HTTP 429 or an equal code: not executed (class B)
 * @PURGE_CAUSE_REDIRECTED: a 3xx answer; never followed
 * @PURGE_CAUSE_HTTP_REFUSED: a 4xx answer without a readable code
 * @PURGE_CAUSE_NAME_LOOKUP: the host's name was not found
 * @PURGE_CAUSE_NO_CONNECTION: refused, unreachable or no network
 * @PURGE_CAUSE_CONNECT_TIMEOUT: no connection in time
 * @PURGE_CAUSE_PROXY: the proxy refused or failed
 * @PURGE_CAUSE_TLS_FAILED: the TLS handshake broke off
 * @PURGE_CAUSE_CERTIFICATE: the certificate was not trusted
 * @PURGE_CAUSE_TLS_TOO_OLD: less than TLS 1.2
 * @PURGE_CAUSE_CANCELLED_BEFORE: cancelled before the first byte
 * @PURGE_CAUSE_CONNECTION_LOST: the connection ended before a whole answer
 * @PURGE_CAUSE_TIMEOUT: no whole answer in time
 * @PURGE_CAUSE_ANSWER_TOO_LONG: more than 256 KiB
 * @PURGE_CAUSE_ANSWER_ENCODED: the answer had a content coding that was not asked for
 * @PURGE_CAUSE_ANSWER_UNCLEAR: no strict answer of the API (finding F1, rows H9 to H14)
 * @PURGE_CAUSE_WEB_PAGE: the answer is a web page, likely a sign-in page
 * @PURGE_CAUSE_SERVER_ERROR: a 5xx answer without a readable code
 * @PURGE_CAUSE_SERVER_INTERNAL: the API named an internal error of its own: it may have executed
 * @PURGE_CAUSE_RESTARTED: the library was about to send the request again by itself
 * @PURGE_CAUSE_CANCELLED_AFTER: cancelled after the first byte
 * @PURGE_CAUSE_FEWER_ACCEPTED: success, but for fewer directories than were sent (row H16)
 * @PURGE_CAUSE_REPLAY: code 4500: the server has seen the nonce, or dislikes the clock
 * @PURGE_CAUSE_CLOCK: refused for its time, and the clock was seen to be off: not executed
 * @PURGE_CAUSE_PROGRAM_ENDED: the program ended while the request was under way
 * @PURGE_CAUSE_QUEUE_STOPPED: not sent, because an earlier batch stopped the queue
 * @PURGE_CAUSE_NOT_RECORDED: not sent, because the journal could not be written
 *
 * Why a batch is in the state it is in, where the state alone does not tell. The nicks are stored in
 * the journal and shown to scripts: they never change.
 */
typedef enum {
  PURGE_CAUSE_NONE,
  PURGE_CAUSE_REFUSED_BY_API,
  PURGE_CAUSE_TOO_MANY_REQUESTS,
  PURGE_CAUSE_REDIRECTED,
  PURGE_CAUSE_HTTP_REFUSED,
  PURGE_CAUSE_NAME_LOOKUP,
  PURGE_CAUSE_NO_CONNECTION,
  PURGE_CAUSE_CONNECT_TIMEOUT,
  PURGE_CAUSE_PROXY,
  PURGE_CAUSE_TLS_FAILED,
  PURGE_CAUSE_CERTIFICATE,
  PURGE_CAUSE_TLS_TOO_OLD,
  PURGE_CAUSE_CANCELLED_BEFORE,
  PURGE_CAUSE_CONNECTION_LOST,
  PURGE_CAUSE_TIMEOUT,
  PURGE_CAUSE_ANSWER_TOO_LONG,
  PURGE_CAUSE_ANSWER_ENCODED,
  PURGE_CAUSE_ANSWER_UNCLEAR,
  PURGE_CAUSE_WEB_PAGE,
  PURGE_CAUSE_SERVER_ERROR,
  PURGE_CAUSE_SERVER_INTERNAL,
  PURGE_CAUSE_RESTARTED,
  PURGE_CAUSE_CANCELLED_AFTER,
  PURGE_CAUSE_FEWER_ACCEPTED,
  PURGE_CAUSE_REPLAY,
  PURGE_CAUSE_CLOCK,
  PURGE_CAUSE_PROGRAM_ENDED,
  PURGE_CAUSE_QUEUE_STOPPED,
  PURGE_CAUSE_NOT_RECORDED,
} PurgeCause;

#define PURGE_TYPE_CAUSE (purge_cause_get_type ())

GType       purge_cause_get_type  (void);
const char *purge_cause_to_string (PurgeCause  cause);
gboolean    purge_cause_from_string (const char *string,
                                     PurgeCause *cause);

G_END_DECLS
