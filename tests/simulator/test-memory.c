/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What the simulator remembers and counts: days, quota, nonces, tasks and hosts. */

#include "purge-simulator-areas.h"
#include "purge-simulator-hosts.h"
#include "purge-simulator-ledger.h"
#include "purge-simulator-nonces.h"
#include "purge-simulator-tasks.h"
#include "purge-simulator-time.h"

#include <string.h>

static void
test_days (void)
{
  /* 2022-11-29 16:00:00 UTC is midnight in Beijing. */
  gint64 midnight = 1669737600;

  g_assert_cmpint (purge_simulator_time_get_day (midnight), ==,
                   purge_simulator_time_get_day (midnight - 1) + 1);
  g_assert_cmpint (purge_simulator_time_get_day (midnight + 86399), ==,
                   purge_simulator_time_get_day (midnight));
  g_assert_cmpint (purge_simulator_time_get_day (0), ==, 0);
  g_assert_cmpint (purge_simulator_time_get_day (-8 * 3600), ==, 0);
  g_assert_cmpint (purge_simulator_time_get_day (-8 * 3600 - 1), ==, -1);
}

static void
test_dates (void)
{
  static const struct {
    const char *text;
    gboolean    is_end;
    gint64      expected; /* or -1 for no date */
  } cases[] = {
    { "2022-11-30 00:00:00", FALSE, 1669737600 },
    { "2022-11-30", FALSE, 1669737600 },
    { "2022-11-30", TRUE, 1669737600 + 86399 },
    { "2022-11-30 00:00:00", TRUE, 1669737600 },
    { "2024-02-29 12:00:01", FALSE, 1709179201 },
    { "2023-02-29", FALSE, -1 },
    { "2022-13-01", FALSE, -1 },
    { "2022-11-30 24:00:00", FALSE, -1 },
    { "2022-11-30 00:00", FALSE, -1 },
    { "2022-11-30 00:00:00Z", FALSE, -1 },
    { "2022-11-30T00:00:00", FALSE, -1 },
    { " 2022-11-30", FALSE, -1 },
    { "2022-11-3", FALSE, -1 },
    { "1669737600", FALSE, -1 },
    { "yesterday", FALSE, -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 seconds = -1;
      gboolean is_date = purge_simulator_time_parse (cases[i].text, cases[i].is_end, &seconds);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (is_date, ==, cases[i].expected != -1);
      if (is_date)
        g_assert_cmpint (seconds, ==, cases[i].expected);
    }
}

static void
test_ledger (void)
{
  g_autoptr (PurgeSimulatorLedger) ledger = purge_simulator_ledger_new ();

  g_assert_true (purge_simulator_ledger_spend (ledger, "a", 1, 60, 100));
  g_assert_false (purge_simulator_ledger_spend (ledger, "a", 1, 41, 100));
  g_assert_cmpuint (purge_simulator_ledger_get_used (ledger, "a", 1), ==, 60);
  g_assert_true (purge_simulator_ledger_spend (ledger, "a", 1, 40, 100));
  g_assert_false (purge_simulator_ledger_spend (ledger, "a", 1, 1, 100));
  g_assert_false (purge_simulator_ledger_spend (ledger, "a", 1, 1, 50));

  g_assert_true (purge_simulator_ledger_spend (ledger, "b", 1, 100, 100));
  g_assert_true (purge_simulator_ledger_spend (ledger, "a", 2, 100, 100));
  g_assert_cmpuint (purge_simulator_ledger_get_used (ledger, "a", 2), ==, 100);
}

static void
test_areas (void)
{
  g_autoptr (PurgeSimulatorLedger) ledger = purge_simulator_ledger_new ();
  static const struct {
    const char *deployed;
    const char *wanted;
    const char *expected;
  } cases[] = {
    { NULL, NULL, "global" },
    { NULL, "mainland", "mainland" },
    { "global", "overseas", "overseas" },
    { "overseas", NULL, "overseas" },
    { "overseas", "overseas", "overseas" },
    { "overseas", "mainland", NULL },
    { "mainland", "overseas", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (purge_simulator_areas_choose (cases[i].deployed, cases[i].wanted), ==,
                     cases[i].expected);

  /* What is purged in both is paid for in both, or in neither. */
  g_assert_true (purge_simulator_areas_spend ("overseas", ledger, "a", 1, 60, 100));
  g_assert_false (purge_simulator_areas_spend ("global", ledger, "a", 1, 41, 100));
  g_assert_cmpuint (purge_simulator_areas_get_used ("mainland", ledger, "a", 1), ==, 0);
  g_assert_true (purge_simulator_areas_spend ("global", ledger, "a", 1, 40, 100));
  g_assert_cmpuint (purge_simulator_areas_get_used ("mainland", ledger, "a", 1), ==, 40);
  g_assert_cmpuint (purge_simulator_areas_get_used ("overseas", ledger, "a", 1), ==, 100);
  g_assert_true (purge_simulator_areas_spend ("mainland", ledger, "a", 1, 60, 100));
  g_assert_cmpuint (purge_simulator_areas_get_used ("overseas", ledger, "b", 1), ==, 0);
}

static void
test_nonces (void)
{
  g_autoptr (PurgeSimulatorNonces) nonces = purge_simulator_nonces_new ();

  g_assert_true (purge_simulator_nonces_use (nonces, 1, 1000, 700));
  g_assert_false (purge_simulator_nonces_use (nonces, 1, 1000, 700));
  g_assert_true (purge_simulator_nonces_use (nonces, 1, 1001, 700));
  g_assert_true (purge_simulator_nonces_use (nonces, G_MAXUINT64, 1000, 700));
  g_assert_false (purge_simulator_nonces_use (nonces, G_MAXUINT64, 1000, 700));

  /* However many come, those that could still be accepted are not forgotten. */
  for (guint i = 0; i < 10000; i++)
    g_assert_true (purge_simulator_nonces_use (nonces, i, 2000 + i, 1000));
  g_assert_false (purge_simulator_nonces_use (nonces, 1, 1000, 1000));
  for (guint i = 0; i < 10000; i++)
    g_assert_false (purge_simulator_nonces_use (nonces, i, 2000 + i, 1000));
}

static void
test_tasks (void)
{
  g_autoptr (PurgeSimulatorTasks) tasks = purge_simulator_tasks_new ();
  g_autoptr (GPtrArray) urls = g_ptr_array_new ();
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64 start = G_GINT64_CONSTANT (1540810210) * G_USEC_PER_SEC;
  PurgeSimulatorSubmission submission = { .time = start, .area = "mainland", .urls = urls };
  const PurgeSimulatorTask *task;
  g_autofree char *first = NULL;

  g_ptr_array_add (urls, (char *) "http://a.example/");
  for (guint i = 0; i < 1000; i++)
    {
      task = purge_simulator_tasks_add (tasks, &submission);
      g_assert_true (g_str_has_prefix (task->id, "1540810210"));
      g_assert_cmpuint (strlen (task->id), ==, 19);
      g_assert_true (g_hash_table_add (ids, g_strdup (task->id)));
      g_assert_true (purge_simulator_tasks_find (tasks, task->id) == task);
    }
  g_assert_cmpuint (purge_simulator_tasks_get_size (tasks), ==, 1000);
  g_assert_null (purge_simulator_tasks_find (tasks, "1540810210"));

  /* Thirty days are remembered, and no more. */
  first = g_strdup (purge_simulator_tasks_get (tasks, 0)->id);
  submission.time = start + 30 * G_TIME_SPAN_DAY;
  purge_simulator_tasks_add (tasks, &submission);
  g_assert_nonnull (purge_simulator_tasks_find (tasks, first));
  submission.time++;
  submission.id_form = PURGE_SIMULATOR_ID_LETTERS;
  task = purge_simulator_tasks_add (tasks, &submission);
  g_assert_true (g_regex_match_simple ("^1543402210-[a-z0-9]{8}$", task->id, 0, 0));
  g_assert_null (purge_simulator_tasks_find (tasks, first));
  g_assert_cmpuint (purge_simulator_tasks_get_size (tasks), ==, 2);
}

static void
test_hosts (void)
{
  static const struct {
    const char *url;
    const char *host; /* NULL: not a URL for the API; "": no host */
  } cases[] = {
    { "http://a.example/", "a.example" },
    { "https://A.Example:8080/b/", "a.example" },
    { "http://a.example", "a.example" },
    { "http://a.example?b", "a.example" },
    { "http://[2001:db8::1]/", "[2001:db8::1]" },
    { "http://[2001:db8::1]:80/", "[2001:db8::1]" },
    { "http:///", "" },
    { "http://u@a.example/", "" },
    { "http://a b/", "" },
    { "http://*.example/", "" },
    { "http://目.example/", "" },
    { "HTTP://a.example/", NULL },
    { "ftp://a.example/", NULL },
    { "a.example/", NULL },
    { "//a.example/", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *host = purge_simulator_hosts_dup_host (cases[i].url);

      g_test_message ("%s", cases[i].url);
      g_assert_cmpstr (host, ==, cases[i].host);
    }
}

static void
test_known_hosts (void)
{
  const char * const hosts[] = { "A.example", "b.example", NULL };

  g_assert_true (purge_simulator_hosts_knows (hosts, "a.example"));
  g_assert_false (purge_simulator_hosts_knows (hosts, "c.example"));
  g_assert_false (purge_simulator_hosts_knows (hosts, "x.a.example"));
  g_assert_true (purge_simulator_hosts_knows (NULL, "c.example"));
  g_assert_true (purge_simulator_hosts_knows (NULL, "notinvalid"));
  g_assert_false (purge_simulator_hosts_knows (NULL, "a.invalid"));
  g_assert_false (purge_simulator_hosts_knows (NULL, "invalid"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/memory/days", test_days);
  g_test_add_func ("/memory/dates", test_dates);
  g_test_add_func ("/memory/ledger", test_ledger);
  g_test_add_func ("/memory/areas", test_areas);
  g_test_add_func ("/memory/nonces", test_nonces);
  g_test_add_func ("/memory/tasks", test_tasks);
  g_test_add_func ("/memory/hosts", test_hosts);
  g_test_add_func ("/memory/known-hosts", test_known_hosts);

  return g_test_run ();
}
