/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Times as scripts and spreadsheets read them. Knows no clock, and no place. */

#define G_LOG_DOMAIN "purge-time"

#include "config.h"

#include "purge-time.h"

/**
 * purge_time_dup_rfc3339:
 * @unix_seconds: a time, in seconds since 1970-01-01T00:00:00Z
 *
 * Returns: (transfer full) (nullable): `2026-07-01T08:30:00Z` (RFC 3339), or %NULL outside the years
 *   1 to 9999
 */
char *
purge_time_dup_rfc3339 (gint64 unix_seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (unix_seconds);

  return time != NULL ? g_date_time_format_iso8601 (time) : NULL;
}
