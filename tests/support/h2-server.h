/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A server that speaks HTTP/2 frame by frame, over TLS on the loopback address, in threads of its own:
 * it answers every request with a success, but for the one that its fault is for. */

/* Codes of errors. */
#define H2_INTERNAL_ERROR 2
#define H2_REFUSED_STREAM 7
#define H2_CANCEL 8
#define H2_ENHANCE_YOUR_CALM 11
#define H2_HTTP_1_1_REQUIRED 13

/**
 * H2Moment:
 * @H2_AT_HEAD: the request's HEADERS were read
 * @H2_AT_BODY: the first of its DATA were, and they were not the last
 * @H2_AT_WHOLE: all of it was
 * @H2_AT_ANSWER_HEAD: the HEADERS of the answer were said
 * @H2_AT_ANSWER_BODY: half of its body was
 * @H2_AT_ANSWERED: all was said
 *
 * How far a request came.
 */
typedef enum {
  H2_AT_HEAD,
  H2_AT_BODY,
  H2_AT_WHOLE,
  H2_AT_ANSWER_HEAD,
  H2_AT_ANSWER_BODY,
  H2_AT_ANSWERED,
} H2Moment;

/**
 * H2Deed:
 * @H2_NOTHING: goes on
 * @H2_RESET: the connection is reset
 * @H2_CLOSE: the connection is closed
 * @H2_RST_STREAM: the request is, with a code
 * @H2_GOAWAY: it is said up to which request anything was looked at, with a code; the connection stays
 * @H2_GOAWAY_CLOSE: the same, and then the connection is closed
 * @H2_STATUS: it is answered with a status
 *
 * What is done then.
 */
typedef enum {
  H2_NOTHING,
  H2_RESET,
  H2_CLOSE,
  H2_RST_STREAM,
  H2_GOAWAY,
  H2_GOAWAY_CLOSE,
  H2_STATUS,
} H2Deed;

/**
 * H2Fault:
 * @number: to which request, from 1, in the order of their HEADERS
 * @moment: when
 * @deed: what
 * @code: the code of an error, or the status
 * @last: for GOAWAY, how many requests before this one were the last that was looked at; 0 is this one
 */
typedef struct {
  guint    number;
  H2Moment moment;
  H2Deed   deed;
  guint    code;
  guint    last;
} H2Fault;

typedef struct _H2Server H2Server;

H2Server *h2_server_new               (GTlsCertificate *certificate,
                                       const H2Fault   *fault);
void      h2_server_free              (H2Server        *self);
void      h2_server_set_held          (H2Server        *self,
                                       gboolean         held);
void      h2_server_hang_up           (H2Server        *self);
guint16   h2_server_get_port          (H2Server        *self);
guint     h2_server_count_requests    (H2Server        *self);
guint     h2_server_count_faults      (H2Server        *self);
guint     h2_server_count_connections (H2Server        *self);
guint     h2_server_count_open        (H2Server        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (H2Server, h2_server_free)

G_END_DECLS
