/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* An answer, put together from what the script says and what the mind does. The same for those who
 * serve it on a socket and for those who only say that they did. */

#include "fault-answer.h"

#include <stdlib.h>
#include <string.h>

/* What the mind does, once or twice; what it says last counts. */
static void
execute (FaultMind          *mind,
         const FaultRequest *request,
         const FaultStep    *step,
         FaultVerdict       *verdict)
{
  g_auto (GStrv) directories = fault_request_dup_directories (request);
  guint n = g_strv_length (directories);
  guint n_executed;
  guint n_executions;

  fault_mind_judge (mind, request, step->fewer && n > 0 ? n - 1 : G_MAXUINT, verdict);
  if (!step->twice)
    return;

  n_executed = verdict->n_executed;
  n_executions = verdict->n_executions;
  fault_verdict_clear (verdict);
  fault_mind_judge (mind, request, G_MAXUINT, verdict);
  g_assert_true (request->api == FAULT_API_3_0 || verdict->n_executed == 0);
  verdict->n_executed = MAX (verdict->n_executed, n_executed);
  verdict->n_executions += n_executions;
}

/* What is answered, in the envelope of the API that was asked. */
static GBytes *
dup_body (const FaultRequest *request,
          const FaultStep    *step,
          FaultVerdict       *verdict)
{
  if (step->reply != NULL)
    {
      g_clear_pointer (&verdict->code, g_free);
      return fault_reply_dup_body (step->reply);
    }

  if (*step->code != '\0')
    fault_words_refuse_as (verdict, request->api, step->code);
  else if (verdict->json == NULL)
    fault_words_refuse (verdict, request->api, FAULT_REFUSES_BROKEN);

  return g_bytes_new (verdict->json, strlen (verdict->json));
}

static char *
dup_head (const FaultStep *step,
          const char      *date,
          const char      *other)
{
  const FaultReply *reply = step->reply;
  const char *headers = reply != NULL && reply->headers != NULL ? reply->headers : "";
  g_autoptr (GString) head = g_string_new (NULL);

  g_string_append_printf (head, "HTTP/1.1 %s\r\n", reply != NULL ? reply->status : "200 OK");
  if (strstr (step->headers, "Date:") == NULL)
    g_string_append_printf (head, "Date: %s\r\n", date);
  g_string_append (head, headers);
  g_string_replace (head, "{other}", other != NULL ? other : "/elsewhere", 0);
  g_string_append (head, step->headers);

  return g_string_free (g_steal_pointer (&head), FALSE);
}

/**
 * fault_answer_init:
 * @self: (out caller-allocates): the answer
 * @mind: who executes the request, if the script lets it
 * @request: a whole request
 * @step: what the script says
 * @other: (nullable): where redirects lead
 * @verdict: (out caller-allocates): what it came to; without an answer where nothing was executed
 */
void
fault_answer_init (FaultAnswer        *self,
                   FaultMind          *mind,
                   const FaultRequest *request,
                   const FaultStep    *step,
                   const char         *other,
                   FaultVerdict       *verdict)
{
  g_autofree char *date = fault_mind_dup_date (mind);

  *verdict = (FaultVerdict) { 0 };
  if (!step->unexecuted)
    execute (mind, request, step, verdict);

  *self = (FaultAnswer) { .body = dup_body (request, step, verdict) };

  if (step->reply != NULL && step->reply->status == NULL)
    {
      self->head = g_strdup ("");
      return;
    }

  self->head = dup_head (step, date, other);
  self->status = strtoul (self->head + strlen ("HTTP/1.1 "), NULL, 10);
}

void
fault_answer_clear (FaultAnswer *self)
{
  g_clear_pointer (&self->head, g_free);
  g_clear_pointer (&self->body, g_bytes_unref);
}

/* The value of the last header of that name, or NULL. */
char *
fault_answer_dup_header (const FaultAnswer *self,
                         const char        *name)
{
  g_auto (GStrv) lines = g_strsplit (self->head, "\r\n", -1);
  char *value = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_ascii_strncasecmp (lines[i], name, strlen (name)) == 0 && lines[i][strlen (name)] == ':')
      {
        g_free (value);
        value = g_strstrip (g_strdup (lines[i] + strlen (name) + 1));
      }

  return value;
}

static void
append_chunks (GString    *text,
               const char *body,
               gsize       length)
{
  gsize half = length / 2;

  if (half > 0)
    {
      g_string_append_printf (text, "%" G_GSIZE_MODIFIER "x\r\n", half);
      g_string_append_len (text, body, half);
      g_string_append (text, "\r\n");
    }
  if (length > half)
    {
      g_string_append_printf (text, "%" G_GSIZE_MODIFIER "x\r\n", length - half);
      g_string_append_len (text, body + half, length - half);
      g_string_append (text, "\r\n");
    }
  g_string_append (text, "0\r\n\r\n");
}

/**
 * fault_answer_to_bytes:
 * @self: an answer
 * @framing: how the end of the body is told
 *
 * Returns: (transfer full): what goes on the wire
 */
GBytes *
fault_answer_to_bytes (const FaultAnswer *self,
                       FaultFraming       framing)
{
  g_autoptr (GString) text = g_string_new (self->head);
  gsize length;
  const char *body = g_bytes_get_data (self->body, &length);

  if (text->len == 0)
    return g_bytes_ref (self->body);

  switch (framing)
    {
    case FAULT_FRAMING_CHUNKED:
      g_string_append (text, "Transfer-Encoding: chunked\r\n\r\n");
      append_chunks (text, body, length);
      return g_string_free_to_bytes (g_steal_pointer (&text));
    case FAULT_FRAMING_EOF:
      g_string_append (text, "Connection: close\r\n\r\n");
      break;
    case FAULT_FRAMING_LENGTH:
    case FAULT_FRAMING_SHORT:
    default:
      g_string_append_printf (text, "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                              framing == FAULT_FRAMING_SHORT && length > 3 ? length - 3 : length);
    }

  g_string_append_len (text, body, length);
  return g_string_free_to_bytes (g_steal_pointer (&text));
}
