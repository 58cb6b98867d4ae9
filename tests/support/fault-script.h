/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "fault-reply.h"

G_BEGIN_DECLS

/**
 * FaultDeed:
 * @FAULT_ANSWER: nothing bad by itself
 * @FAULT_RESET: the connection is reset
 * @FAULT_CLOSE: the connection is closed
 * @FAULT_SILENT: the connection stays, and nothing more is said
 * @FAULT_STOP: nothing more is read or said until the script may go on
 * @FAULT_DRIP: what is left of the answer comes byte by byte, and never ends
 * @FAULT_CONTINUE: `100 Continue`, without an end
 * @FAULT_FLOOD: a body without an end
 * @FAULT_FLOOD_HEAD: a header without an end
 * @FAULT_DEAF: no connection is taken any more, from here on
 *
 * What is done at a phase.
 */
typedef enum {
  FAULT_ANSWER,
  FAULT_RESET,
  FAULT_CLOSE,
  FAULT_SILENT,
  FAULT_STOP,
  FAULT_DRIP,
  FAULT_CONTINUE,
  FAULT_FLOOD,
  FAULT_FLOOD_HEAD,
  FAULT_DEAF,
} FaultDeed;

/**
 * FaultPhase:
 * @FAULT_AT_ACCEPT: the connection was made, before TLS and before the first byte
 * @FAULT_AT_BYTE: so many bytes of the request were read
 * @FAULT_AT_HEAD: its head was read
 * @FAULT_AT_BODY: half of its body was
 * @FAULT_AT_LAST: all but its last byte were
 * @FAULT_AT_WHOLE: all was read, nothing done
 * @FAULT_AT_EXECUTED: it was done, nothing said
 * @FAULT_AT_STATUS: five bytes of the answer were said
 * @FAULT_AT_ANSWER_HEAD: half of the answer's head was
 * @FAULT_AT_ANSWER_BODY: half of the answer's body was
 * @FAULT_AT_TAIL: all but its last byte were
 * @FAULT_AT_ANSWERED: all was said
 *
 * How far a request came, in order.
 */
typedef enum {
  FAULT_AT_ACCEPT,
  FAULT_AT_BYTE,
  FAULT_AT_HEAD,
  FAULT_AT_BODY,
  FAULT_AT_LAST,
  FAULT_AT_WHOLE,
  FAULT_AT_EXECUTED,
  FAULT_AT_STATUS,
  FAULT_AT_ANSWER_HEAD,
  FAULT_AT_ANSWER_BODY,
  FAULT_AT_TAIL,
  FAULT_AT_ANSWERED,
} FaultPhase;

/**
 * FaultFraming:
 * @FAULT_FRAMING_LENGTH: by its length
 * @FAULT_FRAMING_CHUNKED: in chunks
 * @FAULT_FRAMING_EOF: by the end of the connection
 * @FAULT_FRAMING_SHORT: by a length that is three too small
 *
 * How the end of an answer's body is told.
 */
typedef enum {
  FAULT_FRAMING_LENGTH,
  FAULT_FRAMING_CHUNKED,
  FAULT_FRAMING_EOF,
  FAULT_FRAMING_SHORT,
} FaultFraming;

/**
 * FaultStep:
 * @deed: what is done
 * @phase: when
 * @at: how many bytes, for %FAULT_AT_BYTE
 * @reply: (nullable): what is answered in place of what the mind says
 * @code: the code that is answered in its place, of API 2.0 with `/` and a module code; or empty
 * @framing: how the answer is framed
 * @unexecuted: the mind is not asked; so it is with a @code and with a @reply that refuses, unless
 *   it is said otherwise
 * @fewer: one directory fewer is purged than were sent
 * @twice: the request comes before the mind twice, and what it says then is answered
 * @headers: headers more, each with its line end; a `Date` among them replaces the server's
 *
 * What happens to one request.
 */
typedef struct {
  FaultDeed         deed;
  FaultPhase        phase;
  gsize             at;
  const FaultReply *reply;
  char              code[56];
  FaultFraming      framing;
  gboolean          unexecuted;
  gboolean          fewer;
  gboolean          twice;
  char              headers[96];
} FaultStep;

/* What happens to which request. From any thread. */

typedef struct _FaultScript FaultScript;

FaultScript *fault_script_new   (void);
void         fault_script_free  (FaultScript      *self);
gboolean     fault_script_add   (FaultScript      *self,
                                 const char       *line,
                                 GError          **error);
void         fault_script_set   (FaultScript      *self,
                                 guint             first,
                                 guint             last,
                                 const FaultStep  *step);
void         fault_script_clear (FaultScript      *self);
void         fault_script_get   (FaultScript      *self,
                                 guint             number,
                                 FaultStep        *step);
gboolean     fault_step_parse   (FaultStep        *step,
                                 const char       *text,
                                 GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultScript, fault_script_free)

G_END_DECLS
