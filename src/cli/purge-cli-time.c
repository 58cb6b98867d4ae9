/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Times as people read them. Knows no clock. */

#define G_LOG_DOMAIN "purge-cli-time"

#include "config.h"

#include "purge-cli-time.h"

/**
 * purge_cli_time_dup_local:
 * @unix_seconds: a time, in seconds since 1970-01-01T00:00:00Z
 *
 * Returns: (transfer full): the time where the person is, `2026-07-01 10:30`; empty outside the years
 *   1 to 9999
 */
char *
purge_cli_time_dup_local (gint64 unix_seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (unix_seconds);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("");
}
