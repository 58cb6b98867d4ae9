/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Whether a batch may be sent again without a person, and when. Knows what proves that nothing was
 * executed; knows no clock and throws no dice. */

#define G_LOG_DOMAIN "purge-retry"

#include "config.h"

#include "purge-retry.h"

#include <string.h>

#include "purge-http-date.h"

#define BASE_NOT_SENT_MS 500u
#define BASE_REFUSED_MS 1000u

/* The longest pause before the last attempt; more than that would need a ceiling. */
G_STATIC_ASSERT ((BASE_REFUSED_MS << (PURGE_RETRY_MAX_ATTEMPTS - 2)) <= 20000);

static PurgeRetryClass
classify_cause (PurgeCause cause)
{
  switch (cause)
    {
    case PURGE_CAUSE_NAME_LOOKUP:
    case PURGE_CAUSE_NO_CONNECTION:
    case PURGE_CAUSE_CONNECT_TIMEOUT:
    case PURGE_CAUSE_PROXY:
    case PURGE_CAUSE_TLS_FAILED:
      return PURGE_RETRY_NOT_SENT;

    case PURGE_CAUSE_TOO_MANY_REQUESTS:
      return PURGE_RETRY_REFUSED_BEFORE;

    case PURGE_CAUSE_CERTIFICATE:
    case PURGE_CAUSE_TLS_TOO_OLD:
    case PURGE_CAUSE_REDIRECTED:
      return PURGE_RETRY_SECURITY;

    case PURGE_CAUSE_NONE:
    case PURGE_CAUSE_REFUSED_BY_API:
    case PURGE_CAUSE_HTTP_REFUSED:
    case PURGE_CAUSE_CANCELLED_BEFORE:
    case PURGE_CAUSE_CLOCK:
    case PURGE_CAUSE_QUEUE_STOPPED:
    case PURGE_CAUSE_NOT_RECORDED:
      return PURGE_RETRY_FINAL;

    case PURGE_CAUSE_CONNECTION_LOST:
    case PURGE_CAUSE_TIMEOUT:
    case PURGE_CAUSE_ANSWER_TOO_LONG:
    case PURGE_CAUSE_ANSWER_ENCODED:
    case PURGE_CAUSE_ANSWER_UNCLEAR:
    case PURGE_CAUSE_WEB_PAGE:
    case PURGE_CAUSE_SERVER_ERROR:
    case PURGE_CAUSE_SERVER_INTERNAL:
    case PURGE_CAUSE_RESTARTED:
    case PURGE_CAUSE_CANCELLED_AFTER:
    case PURGE_CAUSE_FEWER_ACCEPTED:
    case PURGE_CAUSE_REPLAY:
    case PURGE_CAUSE_PROGRAM_ENDED:
    default:
      return PURGE_RETRY_AMBIGUOUS;
    }
}

/**
 * purge_retry_classify:
 * @outcome: what became of a batch
 *
 * What happened comes before why: what is lost stays lost, whatever its cause, and nothing but the
 * proof that it was not executed makes a batch one that may be sent again.
 *
 * Returns: what may be done about it
 */
PurgeRetryClass
purge_retry_classify (const PurgeOutcome *outcome)
{
  g_return_val_if_fail (outcome != NULL, PURGE_RETRY_AMBIGUOUS);

  switch (outcome->event)
    {
    case PURGE_BATCH_EVENT_NOT_EXECUTED:
      return classify_cause (outcome->cause);

    case PURGE_BATCH_EVENT_REJECTED:
      return classify_cause (outcome->cause) == PURGE_RETRY_SECURITY ? PURGE_RETRY_SECURITY
                                                                     : PURGE_RETRY_FINAL;

    case PURGE_BATCH_EVENT_ACCEPTED:
    case PURGE_BATCH_EVENT_DONE:
    case PURGE_BATCH_EVENT_FAILED:
    case PURGE_BATCH_EVENT_RESUBMITTED:
      return PURGE_RETRY_FINAL;

    case PURGE_BATCH_EVENT_SEND:
    case PURGE_BATCH_EVENT_LOST:
    default:
      return PURGE_RETRY_AMBIGUOUS;
    }
}

/**
 * purge_retry_decide:
 * @outcome: what became of the last attempt
 * @n_attempts: how many attempts were made of this batch, that one among them
 * @n_retries: how many the submission has made by itself so far
 * @chance: a number from 0 to less than 1, each as likely as any other
 * @delay_ms: (out): how long to wait before the next attempt; left alone where there is none
 *
 * Decides whether a batch is sent again by itself, after a pause that lies anywhere between nothing
 * and a limit that doubles with every attempt, so that many that failed together do not come back
 * together. What the server asks to wait is waited at least; if that is more than
 * %PURGE_RETRY_LONGEST_WAIT_S, a person decides.
 *
 * Returns: whether it is
 */
gboolean
purge_retry_decide (const PurgeOutcome *outcome,
                    guint               n_attempts,
                    guint               n_retries,
                    double              chance,
                    guint              *delay_ms)
{
  PurgeRetryClass retry_class;
  guint limit;
  guint wait;

  g_return_val_if_fail (outcome != NULL, FALSE);
  g_return_val_if_fail (n_attempts > 0, FALSE);
  g_return_val_if_fail (chance >= 0 && chance < 1, FALSE);
  g_return_val_if_fail (delay_ms != NULL, FALSE);

  retry_class = purge_retry_classify (outcome);
  if (retry_class != PURGE_RETRY_NOT_SENT && retry_class != PURGE_RETRY_REFUSED_BEFORE)
    return FALSE;

  if (n_attempts >= PURGE_RETRY_MAX_ATTEMPTS || n_retries >= PURGE_RETRY_MAX_PER_SUBMISSION ||
      outcome->retry_after > PURGE_RETRY_LONGEST_WAIT_S)
    return FALSE;

  limit = (retry_class == PURGE_RETRY_NOT_SENT ? BASE_NOT_SENT_MS : BASE_REFUSED_MS)
          << (n_attempts - 1);
  wait = MAX (outcome->retry_after, 0) * 1000;
  *delay_ms = MAX ((guint) (chance * limit), wait);
  return TRUE;
}

/* RFC 9110, section 10.2.3: digits and nothing else. */
static gint64
read_seconds (const char *text)
{
  gint64 seconds;

  if (text[strspn (text, "0123456789")] != '\0' || *text == '\0')
    return -1;

  /* A number that does not fit is a very long time. */
  return g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &seconds, NULL) ? seconds : G_MAXINT64;
}

/**
 * purge_retry_read_after:
 * @retry_after: (nullable): the header `Retry-After`, as it came
 * @date: (nullable): the header `Date` of the same answer, as it came
 *
 * Reads how long a server asks to wait: a number of seconds, or a date, which is taken by the
 * server's own clock. A number that is too large is read as %G_MAXINT64.
 *
 * Returns: how many seconds, or -1 where it asks for nothing that can be understood
 */
gint64
purge_retry_read_after (const char *retry_after,
                        const char *date)
{
  g_autofree char *trimmed = NULL;
  gint64 now;
  gint64 then;

  if (retry_after == NULL)
    return -1;

  trimmed = g_strstrip (g_strdup (retry_after));
  if (!purge_http_date_parse (trimmed, &then))
    return read_seconds (trimmed);

  return purge_http_date_parse (date, &now) && then >= now ? then - now : -1;
}
