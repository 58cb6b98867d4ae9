/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The one form of a date that HTTP servers may write. Knows no clock, and none of the older forms,
 * which a server of today has no reason to use. */

#define G_LOG_DOMAIN "purge-http-date"

#include "config.h"

#include "purge-http-date.h"

#include <string.h>

/* What a date looks like: letters, then digits, where such are wanted, and all else as it is. */
#define SHAPE "Aaa, 00 Aaa 0000 00:00:00 GMT"

static const char * const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };

static const char * const months[] = {
  "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
};

static gboolean
has_shape (const char *text)
{
  if (strlen (text) != strlen (SHAPE))
    return FALSE;

  for (gsize i = 0; SHAPE[i] != '\0'; i++)
    if (SHAPE[i] == '0' ? !g_ascii_isdigit (text[i])
                        : g_ascii_tolower (SHAPE[i]) != 'a' && text[i] != SHAPE[i])
      return FALSE;

  return TRUE;
}

static int
read_number (const char *text,
             guint       n_digits)
{
  int number = 0;

  for (guint i = 0; i < n_digits; i++)
    number = number * 10 + g_ascii_digit_value (text[i]);

  return number;
}

/* Counted from 1, 0 where it is none. */
static int
read_name (const char         *text,
           const char * const *names,
           guint               n_names)
{
  for (guint i = 0; i < n_names; i++)
    if (strncmp (text, names[i], 3) == 0)
      return i + 1;

  return 0;
}

/**
 * purge_http_date_parse:
 * @text: (nullable): the value of a header
 * @unix_seconds: (out): the time, in seconds since 1970-01-01T00:00:00Z; left alone where it is none
 *
 * Reads `Sun, 06 Nov 1994 08:49:37 GMT`, the IMF-fixdate of RFC 9110, section 5.6.7, to the letter:
 * the day of the week has to be right, and the leap second, which no clock here knows, is none.
 *
 * Returns: whether @text is such a date
 */
gboolean
purge_http_date_parse (const char *text,
                       gint64     *unix_seconds)
{
  g_autoptr (GDateTime) date = NULL;
  int day;

  g_return_val_if_fail (unix_seconds != NULL, FALSE);

  if (text == NULL || !has_shape (text))
    return FALSE;

  day = read_name (text, days, G_N_ELEMENTS (days));
  date = g_date_time_new_utc (read_number (text + 12, 4),
                              read_name (text + 8, months, G_N_ELEMENTS (months)),
                              read_number (text + 5, 2),
                              read_number (text + 17, 2),
                              read_number (text + 20, 2),
                              read_number (text + 23, 2));
  if (date == NULL || g_date_time_get_day_of_week (date) != day)
    return FALSE;

  *unix_seconds = g_date_time_to_unix (date);
  return TRUE;
}
