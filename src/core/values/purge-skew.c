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
 * or an HTTP status may have said something worse. */
static const struct
{
  const char *code;
  PurgeCause  cause;
} clock_codes[] = {
  { "4200", PURGE_CAUSE_REFUSED_BY_API },
  { "4500", PURGE_CAUSE_REPLAY },
  { "AuthFailure.SignatureExpire", PURGE_CAUSE_REFUSED_BY_API },
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
 * purge_http_date_parse()) tells nothing, and neither does a clock that was set back meanwhile.
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
      !purge_http_date_parse (exchange->date, &date))
    return FALSE;

  /* Without a sign, so that no two clocks are too far apart to be subtracted. */
  if (received < sent || (guint64) received - (guint64) sent > PURGE_SKEW_LONGEST_TRIP_S)
    return FALSE;

  *seconds = date - (sent + (received - sent) / 2);
  return TRUE;
}

/**
 * purge_skew_explains:
 * @outcome: what became of a batch
 * @seconds: how far the server was ahead of this computer then, or behind
 *
 * Says whether a batch was refused because of the clock: the server named its time, and the clock is
 * more than %PURGE_SKEW_LIMIT_S off. A request that was sent for the first time may then be signed
 * again, once, with the server's time and a new nonce.
 *
 * Returns: whether it was
 */
gboolean
purge_skew_explains (const PurgeOutcome *outcome,
                     gint64              seconds)
{
  g_return_val_if_fail (outcome != NULL, FALSE);

  if (seconds >= -PURGE_SKEW_LIMIT_S && seconds <= PURGE_SKEW_LIMIT_S)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (clock_codes); i++)
    if (g_strcmp0 (outcome->answer.code, clock_codes[i].code) == 0)
      return outcome->cause == clock_codes[i].cause;

  return FALSE;
}
