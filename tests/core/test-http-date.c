/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-http-date.h"

static const struct
{
  const char *text;
  const char *time;
} cases[] = {
  { "Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z" },
  { "Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00Z" },
  { "Wed, 31 Dec 1969 23:59:59 GMT", "1969-12-31T23:59:59Z" },
  { "Tue, 19 Jan 2038 03:14:08 GMT", "2038-01-19T03:14:08Z" },
  { "Thu, 29 Feb 2024 23:59:59 GMT", "2024-02-29T23:59:59Z" },
  { "Fri, 31 Dec 9999 23:59:59 GMT", "9999-12-31T23:59:59Z" },
  { "Sat, 03 Jun 2023 12:00:00 GMT", "2023-06-03T12:00:00Z" },
  { "Mon, 31 Jul 2023 12:00:00 GMT", "2023-07-31T12:00:00Z" },
  { "Tue, 01 Aug 2023 12:00:00 GMT", "2023-08-01T12:00:00Z" },
};

static const char * const junk[] = {
  NULL, "", " ", "0", "-1", "now", "1e9",
  /* The older forms, and others. */
  "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37Z",
  /* Not to the letter. */
  "sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 NOV 1994 08:49:37 GMT",
  "Sun, 06 Nov 1994 08:49:37 gmt", "Sun, 06 Nov 1994 08:49:37 UTC",
  "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 GMT ",
  " Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMTx",
  "Sun,  6 Nov 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT", "Sun; 06 Nov 1994 08:49:37 GMT",
  "Sun, 06-Nov-1994 08:49:37 GMT", "Sun, 06 Nov 1994 08.49.37 GMT",
  "Sun, 06 Nov 1994 8:49:37  GMT", "Sun, +6 Nov 1994 08:49:37 GMT",
  "Sun, 06 Nov +994 08:49:37 GMT", "Sun, 06 Nov 1994 -8:49:37 GMT",
  "Sun, 06 Nov 1994 08:49:3x GMT",
  /* Not in the calendar. */
  "Mon, 06 Nov 1994 08:49:37 GMT", "Xxx, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Xxx 1994 08:49:37 GMT",
  "Thu, 29 Feb 2023 00:00:00 GMT", "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 32 Nov 1994 08:49:37 GMT",
  "Sun, 06 Nov 0000 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:37 GMT",
  "Sun, 06 Nov 1994 08:49:60 GMT", "Sun, 06 Nov 1994 08:49:99 GMT",
};

static void
test_dates (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (cases[i].time, NULL);
      gint64 seconds = 1;

      g_test_message ("%s", cases[i].text);
      g_assert_true (purge_http_date_parse (cases[i].text, &seconds));
      g_assert_cmpint (seconds, ==, g_date_time_to_unix (time));
    }
}

static void
test_junk (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (junk); i++)
    {
      gint64 seconds = 1;

      g_test_message ("%s", junk[i] != NULL ? junk[i] : "NULL");
      g_assert_false (purge_http_date_parse (junk[i], &seconds));
      g_assert_cmpint (seconds, ==, 1);
    }
}

/* Whatever the server writes is read as it was meant, for years. */
static void
test_every_day (void)
{
  g_autoptr (GDateTime) start = g_date_time_new_utc (2023, 1, 1, 0, 0, 0);

  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (GDateTime) time = g_date_time_add_seconds (start, i * 90061.0);
      g_autofree char *text = g_date_time_format (time, "%a, %d %b %Y %H:%M:%S GMT");
      gint64 seconds;

      g_assert_true (purge_http_date_parse (text, &seconds));
      g_assert_cmpint (seconds, ==, g_date_time_to_unix (time));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/http-date/dates", test_dates);
  g_test_add_func ("/http-date/junk", test_junk);
  g_test_add_func ("/http-date/every-day", test_every_day);

  return g_test_run ();
}
