/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The script: one line a request or a range of them,
 *
 *   WHICH DEED [at=PHASE] [reply=NAME] [code=CODE[/MODULE]] [framing=NAME] [header=NAME:VALUE]
 *              [unexecuted] [executed] [fewer] [twice]
 *
 * WHICH is a number from 1, `2-4`, or `*`; the last line that fits counts. PHASE is a number of
 * bytes of the request or a name. */

#include "fault-script.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  guint     first;
  guint     last;
  FaultStep step;
} Rule;

struct _FaultScript
{
  GMutex  mutex;
  GArray *rules;
};

static const char * const deeds[] = {
  "answer", "reset", "close", "silent", "stop", "drip", "continue", "flood", "flood-head",
  "deaf", NULL,
};

static const char * const phases[] = {
  "accept", "byte", "head", "body", "last", "whole", "executed", "status", "answer-head",
  "answer-body", "tail", "answered", NULL,
};

static const char * const framings[] = { "length", "chunked", "eof", "short", NULL };

static int
find (const char * const *names,
      const char         *name)
{
  for (int i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return i;

  return -1;
}

static gboolean
read_phase (FaultStep  *step,
            const char *value)
{
  int phase = find (phases, value);

  if (g_ascii_isdigit (*value))
    {
      step->phase = FAULT_AT_BYTE;
      step->at = strtoul (value, NULL, 10);
      return TRUE;
    }

  step->phase = MAX (phase, 0);
  return phase >= 0;
}

static gboolean
read_flag (FaultStep  *step,
           const char *name)
{
  if (g_str_equal (name, "unexecuted"))
    step->unexecuted = TRUE;
  else if (g_str_equal (name, "executed"))
    step->unexecuted = FALSE;
  else if (g_str_equal (name, "fewer"))
    step->fewer = TRUE;
  else if (g_str_equal (name, "twice"))
    step->twice = TRUE;
  else
    return FALSE;

  return TRUE;
}

/* A code is a refusal, unless it is said that the request was executed all the same. */
static void
read_code (FaultStep  *step,
           const char *value)
{
  g_strlcpy (step->code, value, sizeof step->code);
  step->unexecuted = TRUE;
}

static gboolean
read_option (FaultStep  *step,
             const char *option)
{
  const char *value = strchr (option, '=');
  int framing;

  if (value == NULL)
    return read_flag (step, option);

  value++;
  if (g_str_has_prefix (option, "at="))
    return read_phase (step, value);
  if (g_str_has_prefix (option, "code="))
    read_code (step, value);
  else if (g_str_has_prefix (option, "header="))
    g_snprintf (step->headers + strlen (step->headers),
                sizeof step->headers - strlen (step->headers), "%s\r\n", value);
  else if (g_str_has_prefix (option, "reply="))
    {
      step->reply = fault_reply_find (value);
      step->unexecuted |= step->reply != NULL && step->reply->refusal;
      return step->reply != NULL;
    }
  else if (g_str_has_prefix (option, "framing="))
    {
      framing = find (framings, value);
      step->framing = MAX (framing, 0);
      return framing >= 0;
    }
  else
    return FALSE;

  return TRUE;
}

/**
 * fault_step_parse:
 * @step: (out caller-allocates): what it says
 * @text: a line of a script without its first word
 * @error: return location for %G_SHELL_ERROR
 *
 * Returns: whether it could be read
 */
gboolean
fault_step_parse (FaultStep   *step,
                  const char  *text,
                  GError     **error)
{
  g_auto (GStrv) words = NULL;
  int deed;

  *step = (FaultStep) { .phase = FAULT_AT_ANSWERED };
  if (!g_shell_parse_argv (text, NULL, &words, error))
    return FALSE;

  deed = find (deeds, words[0]);
  step->deed = MAX (deed, 0);
  for (guint i = 1; deed >= 0 && words[i] != NULL; i++)
    if (!read_option (step, words[i]))
      deed = -1;

  if (deed < 0)
    g_set_error (error, G_SHELL_ERROR, G_SHELL_ERROR_FAILED, "Cannot be read: %s", text);
  return deed >= 0;
}

FaultScript *
fault_script_new (void)
{
  FaultScript *self = g_new0 (FaultScript, 1);

  g_mutex_init (&self->mutex);
  self->rules = g_array_new (FALSE, FALSE, sizeof (Rule));
  return self;
}

void
fault_script_free (FaultScript *self)
{
  g_array_unref (self->rules);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * fault_script_add:
 * @self: a script
 * @line: a line; an empty one, or one that begins with `#`, says nothing
 * @error: return location for %G_SHELL_ERROR
 *
 * Returns: whether it could be read
 */
gboolean
fault_script_add (FaultScript  *self,
                  const char   *line,
                  GError      **error)
{
  g_autofree char *text = g_strstrip (g_strdup (line));
  char *rest = text + strcspn (text, " ");
  guint first = 1;
  guint last = G_MAXUINT;
  FaultStep step;
  char *end;

  if (*text == '\0' || *text == '#')
    return TRUE;
  if (!fault_step_parse (&step, rest, error))
    return FALSE;

  if (*text != '*')
    {
      first = strtoul (text, &end, 10);
      last = *end == '-' ? strtoul (end + 1, &end, 10) : first;
    }
  fault_script_set (self, first, last, &step);
  return TRUE;
}

/* The requests from first to last are dealt with as step says. */
void
fault_script_set (FaultScript     *self,
                  guint            first,
                  guint            last,
                  const FaultStep *step)
{
  Rule rule = { first, last, *step };

  g_mutex_lock (&self->mutex);
  g_array_append_val (self->rules, rule);
  g_mutex_unlock (&self->mutex);
}

/* From now on every request is answered. */
void
fault_script_clear (FaultScript *self)
{
  g_mutex_lock (&self->mutex);
  g_array_set_size (self->rules, 0);
  g_mutex_unlock (&self->mutex);
}

/* What happens to the request of that number. */
void
fault_script_get (FaultScript *self,
                  guint        number,
                  FaultStep   *step)
{
  *step = (FaultStep) { .phase = FAULT_AT_ANSWERED };

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->rules->len; i++)
    {
      const Rule *rule = &g_array_index (self->rules, Rule, i);

      if (rule->first <= number && number <= rule->last)
        *step = rule->step;
    }
  g_mutex_unlock (&self->mutex);
}
