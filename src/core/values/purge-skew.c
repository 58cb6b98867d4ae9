/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* How far the clock of this computer is off, as far as an answer tells, and whether that is why
 * the server refused. Knows no clock: the times are handed in. */

#define G_LOG_DOMAIN "purge-skew"

#include "config.h"

#include "purge-skew.h"

#include "purge-http-date.h"

/* API 2.0's "request expired", and its one code for a repeated nonce and for a time that is off;
 * API 3.0's "signature expired" (Tencent's pages on error codes). The cause belongs to it: a module code
 * or an HTTP status may have said something worse. Beyond its limit a clock cannot have been accepted:
 * of 4500 Tencent's pages say five minutes in one place and two hours in another. */
static const struct
{
  const char *code;
  PurgeCause  cause;
  gint64      limit;
} clock_codes[] = {
  { "4200", PURGE_CAUSE_REFUSED_BY_API, PURGE_SKEW_LIMIT_S },
  { "4500", PURGE_CAUSE_REPLAY, PURGE_SKEW_LONGEST_LIMIT_S },
  { "AuthFailure.SignatureExpire", PURGE_CAUSE_REFUSED_BY_API, PURGE_SKEW_LIMIT_S },
};

/**
 * purge_skew_measure:
 * @exchange: what became of a request
 * @sent: when it was sent by this computer's clock, in seconds since 1970-01-01T00:00:00Z
 * @received: when its answer was there, by the same clock
 * @seconds: (out): how far the server is ahead of this computer; negative where it is behind, left
 *   alone where that cannot be told
 *
 * Compares the `Date` of an answer with the middle of the round trip. An answer that lay in a cache
 * (it has an `Age`), that took longer than %PURGE_SKEW_LONGEST_TRIP_S or has no strict date (see
 * purge_http_date_parse()), or one before 1970, which no request can be signed for, tells nothing, and neither does a clock that was set back meanwhile.
 *
 * Returns: whether it could be told
 */
gboolean
purge_skew_measure (const PurgeExchange *exchange,
                    gint64               sent,
                    gint64               received,
                    gint64              *seconds)
{
  gint64 date;

  g_return_val_if_fail (exchange != NULL, FALSE);
  g_return_val_if_fail (seconds != NULL, FALSE);

  if (exchange->kind != PURGE_EXCHANGE_ANSWERED || exchange->age != NULL ||
      !purge_http_date_parse (exchange->date, &date) || date <= 0)
    return FALSE;

  /* Without a sign, so that no two clocks are too far apart to be subtracted. */
  if (received < sent || (guint64) received - (guint64) sent > PURGE_SKEW_LONGEST_TRIP_S)
    return FALSE;

  *seconds = date - (sent + (received - sent) / 2);
  return TRUE;
}

static gboolean
is_off_by (gint64 seconds,
           gint64 limit)
{
  return seconds < -limit || seconds > limit;
}

static gint64
find_limit (const PurgeOutcome *outcome)
{
  for (guint i = 0; i < G_N_ELEMENTS (clock_codes); i++)
    if (g_strcmp0 (outcome->answer.code, clock_codes[i].code) == 0 &&
        outcome->cause == clock_codes[i].cause)
      return clock_codes[i].limit;

  return -1;
}

/**
 * purge_skew_explains:
 * @outcome: what became of a request
 * @seconds: how far the server was ahead of this computer then, or behind
 *
 * Says whether the clock may be why a request was refused: the server named its time, and the clock
 * is more than %PURGE_SKEW_LIMIT_S off. What changes nothing may then be asked again with the
 * server's time.
 *
 * Returns: whether it may
 */
gboolean
purge_skew_explains (const PurgeOutcome *outcome,
                     gint64              seconds)
{
  g_return_val_if_fail (outcome != NULL, FALSE);

  return find_limit (outcome) >= 0 && is_off_by (seconds, PURGE_SKEW_LIMIT_S);
}

/**
 * purge_skew_proves:
 * @outcome: what became of a batch
 * @seconds: how far the server was ahead of this computer then, or behind
 *
 * Says whether a batch was certainly refused because of the clock, so that nothing of it was
 * executed, and it may be signed again, once, with the server's time and a new nonce. The code for a
 * repeated nonce does not prove it where a clock that is so far off may still be accepted: a request
 * that was delivered twice on its way is executed once, and answered with that code.
 *
 * Returns: whether it was
 */
gboolean
purge_skew_proves (const PurgeOutcome *outcome,
                   gint64              seconds)
{
  gint64 limit;

  g_return_val_if_fail (outcome != NULL, FALSE);

  limit = find_limit (outcome);
  return limit >= 0 && is_off_by (seconds, limit);
}
