/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* One connection: reads requests as far as the script wants, answers as far as it wants, and does
 * to the connection what it says. Runs in a thread of its own from the first byte to the last. */

#include "fault-connection.h"

#include <string.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "fault-answer.h"

#define PAUSE_MS 20
#define FLOOD_BLOCK (16 * 1024)
#define STATUS_BYTES 5

typedef struct
{
  const FaultServing *serving;
  GSocket            *socket;
  GIOStream          *stream;
  guint               number;
  FaultStep           step;
  GString            *text;
  gsize               head;
  gsize               whole;
} Connection;

static gboolean
write_text (Connection *self,
            const char *text,
            gsize       length)
{
  return g_output_stream_write_all (g_io_stream_get_output_stream (self->stream), text, length,
                                    NULL, self->serving->ended, NULL);
}

/* A pause that ends with the server. */
static void
pause_for (Connection *self,
           guint       ms)
{
  GPollFD fd;

  if (!g_cancellable_make_pollfd (self->serving->ended, &fd))
    return;

  g_poll (&fd, 1, ms);
  g_cancellable_release_fd (self->serving->ended);
}

static void
reset (Connection *self)
{
  struct linger now = { 1, 0 };

  setsockopt (g_socket_get_fd (self->socket), SOL_SOCKET, SO_LINGER, &now, sizeof now);
  g_socket_close (self->socket, NULL);
}

/* Until the client goes or the server ends; what still comes is not counted. */
static void
outlast (Connection *self)
{
  char buffer[4096];

  while (g_socket_receive (self->socket, buffer, sizeof buffer, self->serving->ended, NULL) > 0)
    ;
}

static void
repeat (Connection *self,
        const char *first,
        const char *text,
        gsize       length,
        guint       ms)
{
  if (!write_text (self, first, strlen (first)))
    return;

  while (write_text (self, text, length) && !g_cancellable_is_cancelled (self->serving->ended))
    if (ms > 0)
      pause_for (self, ms);
}

static void
flood (Connection *self)
{
  g_autofree char *block = g_strnfill (FLOOD_BLOCK, ' ');

  if (self->step.deed == FAULT_FLOOD)
    repeat (self, "HTTP/1.1 200 OK\r\nContent-Length: 107374182400\r\n\r\n", block, FLOOD_BLOCK,
            0);
  else
    repeat (self, "HTTP/1.1 200 OK\r\nX: ", block, FLOOD_BLOCK, 0);
}

static void
drip (Connection *self)
{
  gboolean begun = self->step.phase > FAULT_AT_EXECUTED;

  repeat (self, begun ? "" : "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", " ", 1, PAUSE_MS);
}

/* Whoever is told may let it go on before this thread waits. */
static void
stop (Connection *self)
{
  const FaultServing *serving = self->serving;
  guint mark = serving->mark (serving->data);

  fault_log_say (serving->log, self->number, "stopped");
  serving->wait (serving->data, mark);
}

/* Does what the script wants at this phase, if it is this one. Returns whether there is anything
 * left to be done with the connection. */
static gboolean
act (Connection *self,
     FaultPhase  phase)
{
  const FaultServing *serving = self->serving;

  if (self->step.phase != phase)
    return TRUE;

  switch (self->step.deed)
    {
    case FAULT_STOP:
      stop (self);
      return TRUE;
    case FAULT_DEAF:
      serving->go_deaf (serving->data);
      return TRUE;
    case FAULT_RESET:
      reset (self);
      return FALSE;
    case FAULT_CLOSE:
      g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
      outlast (self);
      return FALSE;
    case FAULT_SILENT:
      outlast (self);
      return FALSE;
    case FAULT_DRIP:
      drip (self);
      return FALSE;
    case FAULT_CONTINUE:
      repeat (self, "", "HTTP/1.1 100 Continue\r\n\r\n", strlen ("HTTP/1.1 100 Continue\r\n\r\n"),
              PAUSE_MS);
      return FALSE;
    case FAULT_FLOOD:
    case FAULT_FLOOD_HEAD:
      flood (self);
      return FALSE;
    case FAULT_ANSWER:
    default:
      return TRUE;
    }
}

/* How much of the request there is to be read before the next phase. */
static gsize
find_limit (Connection *self,
            FaultPhase  phase)
{
  gsize body = self->whole - self->head;

  switch (phase)
    {
    case FAULT_AT_BYTE:
      return self->whole > 0 ? MIN (self->step.at, self->whole) : self->step.at;
    case FAULT_AT_HEAD:
      return self->whole > 0 ? self->head : G_MAXSIZE;
    case FAULT_AT_BODY:
      return self->whole == 0 ? G_MAXSIZE : body > 0 ? self->head + body / 2 : self->whole / 2;
    case FAULT_AT_LAST:
      return self->whole > 0 ? self->whole - 1 : G_MAXSIZE;
    case FAULT_AT_ACCEPT:
    case FAULT_AT_WHOLE:
    case FAULT_AT_EXECUTED:
    case FAULT_AT_STATUS:
    case FAULT_AT_ANSWER_HEAD:
    case FAULT_AT_ANSWER_BODY:
    case FAULT_AT_TAIL:
    case FAULT_AT_ANSWERED:
    default:
      return self->whole > 0 ? self->whole : G_MAXSIZE;
    }
}

/* Reads up to that phase and no byte further; byte by byte while nobody knows how far that is. */
static gboolean
read_up_to (Connection *self,
            FaultPhase  phase)
{
  GInputStream *input = g_io_stream_get_input_stream (self->stream);
  char buffer[4096];
  gsize limit;

  while (self->text->len < (limit = find_limit (self, phase)))
    {
      gsize unknown = phase < FAULT_AT_WHOLE ? 1 : sizeof buffer;
      gsize most = limit < G_MAXSIZE ? MIN (limit - self->text->len, sizeof buffer) : unknown;
      gssize n = g_input_stream_read (input, buffer, most, self->serving->ended, NULL);

      if (n <= 0)
        {
          fault_log_say (self->serving->log, self->number, "gone");
          return FALSE;
        }

      g_string_append_len (self->text, buffer, n);
      if (self->whole == 0)
        fault_request_measure (self->text->str, self->text->len, &self->head, &self->whole);
      fault_log_receive (self->serving->log, self->number, self->text->len, self->whole);
    }

  return TRUE;
}

/* Where in the answer a phase is. */
static gsize
find_cut (FaultPhase phase,
          gsize      head,
          gsize      whole)
{
  switch ((guint) phase)
    {
    case FAULT_AT_STATUS:
      return MIN (STATUS_BYTES, whole);
    case FAULT_AT_ANSWER_HEAD:
      return head / 2;
    case FAULT_AT_ANSWER_BODY:
      return head + (whole - head) / 2;
    case FAULT_AT_TAIL:
      return whole > 0 ? whole - 1 : 0;
    default:
      return whole;
    }
}

static gboolean
say (Connection        *self,
     const FaultAnswer *answer)
{
  g_autoptr (GBytes) bytes = fault_answer_to_bytes (answer, self->step.framing);
  gsize whole;
  const char *text = g_bytes_get_data (bytes, &whole);
  const char *end = g_strstr_len (text, whole, "\r\n\r\n");
  gsize cut = find_cut (self->step.phase, end != NULL ? (gsize) (end + 4 - text) : 0, whole);

  /* What was done before is not done again. */
  if (!write_text (self, text, cut) ||
      (self->step.phase > FAULT_AT_EXECUTED && !act (self, self->step.phase)) ||
      !write_text (self, text + cut, whole - cut))
    return FALSE;

  return answer->status != 0 && self->step.framing != FAULT_FRAMING_EOF &&
         self->step.deed != FAULT_DEAF;
}

/* Executes and answers a request that was read whole. */
static gboolean
answer (Connection *self)
{
  const FaultServing *serving = self->serving;
  g_autoptr (FaultRequest) request = fault_request_parse (self->text->str, self->text->len);
  g_auto (FaultVerdict) verdict = { 0 };
  g_auto (FaultAnswer) said = { 0 };

  if (request == NULL)
    return FALSE;

  fault_log_read (serving->log, self->number, request);
  if (!act (self, FAULT_AT_WHOLE))
    return FALSE;

  fault_answer_init (&said, serving->mind, request, &self->step, serving->other, &verdict);
  fault_log_judge (serving->log, self->number, &verdict);
  if (!act (self, FAULT_AT_EXECUTED))
    return FALSE;

  return say (self, &said);
}

/* Returns whether the connection can carry another request. */
static gboolean
serve_one (Connection *self)
{
  const FaultPhase early[] = { FAULT_AT_BYTE, FAULT_AT_HEAD, FAULT_AT_BODY, FAULT_AT_LAST };

  for (guint i = 0; i < G_N_ELEMENTS (early); i++)
    if (self->step.phase == early[i])
      {
        if (!read_up_to (self, early[i]) || !act (self, early[i]))
          return FALSE;
      }

  return read_up_to (self, FAULT_AT_WHOLE) && answer (self);
}

static void
begin (Connection *self)
{
  self->number = fault_log_begin (self->serving->log);
  fault_script_get (self->serving->script, self->number, &self->step);
  g_string_truncate (self->text, 0);
  self->head = self->whole = 0;
}

static gboolean
open_stream (Connection *self)
{
  g_autoptr (GSocketConnection) plain =
    g_socket_connection_factory_create_connection (self->socket);

  if (self->serving->certificate == NULL)
    {
      self->stream = G_IO_STREAM (g_steal_pointer (&plain));
      return TRUE;
    }

  self->stream =
    g_tls_server_connection_new (G_IO_STREAM (plain), self->serving->certificate, NULL);
  return self->stream != NULL &&
         g_tls_connection_handshake (G_TLS_CONNECTION (self->stream), self->serving->ended, NULL);
}

/**
 * fault_connection_serve:
 * @serving: what it shares with the others
 * @socket: the connection, just accepted
 *
 * Serves until the script, the client or the server ends it. A request has begun when its
 * connection has, or when the first byte of a further one is there to be read.
 */
void
fault_connection_serve (const FaultServing *serving,
                        GSocket            *socket)
{
  g_autoptr (GString) text = g_string_new (NULL);
  Connection self = { .serving = serving, .socket = socket, .text = text };

  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
  begin (&self);
  if (act (&self, FAULT_AT_ACCEPT))
    {
      if (!open_stream (&self))
        fault_log_say (serving->log, self.number, "gone");
      else
        while (serve_one (&self) &&
               g_socket_condition_wait (socket, G_IO_IN, serving->ended, NULL) &&
               g_socket_get_available_bytes (socket) > 0)
          begin (&self);
    }

  /* A good end says so in TLS, a bad one does not. */
  if (self.stream != NULL && self.step.deed == FAULT_ANSWER)
    g_io_stream_close (self.stream, serving->ended, NULL);
  g_clear_object (&self.stream);
  g_socket_close (socket, NULL);
}
