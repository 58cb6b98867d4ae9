/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-match.h"

#include <stdlib.h>
#include <string.h>

/* The batch is of 160 by the server's clock. */
#define SINCE 100
#define UNTIL 460

#define NOWHERE -1
#define ACCEPTED PURGE_BATCH_EVENT_ACCEPTED
#define DONE PURGE_BATCH_EVENT_DONE
#define FAILED PURGE_BATCH_EVENT_FAILED

/* A log is a list of records, and a record its id, its time, D for directories or U for URLs, done,
 * runs or fails, and what it purges; the host is what is before the first slash. */
static const struct
{
  const char *rule;
  const char *log;
  const char *batch;
  int event;
  const char *ids;
  const char *claimed;
  guint n_rivals;
  gboolean by_task;
} cases[] = {
  /* What is there. */
  { "one directory", "1 160 D done a/x/", "a/x/", DONE, "1" },
  { "under way", "1 160 D runs a/x/", "a/x/", ACCEPTED, "1" },
  { "failed", "1 160 D fails a/x/", "a/x/", FAILED, "1" },
  { "two directories", "1 160 D done a/x/ a/y/", "a/x/ a/y/", DONE, "1" },
  { "with a scheme", "1 160 D done http://a/x/ https://a/x/", "http://a/x/ https://a/x/", DONE,
    "1" },
  { "the log has another order", "1 160 D done a/y/ a/z/ a/x/", "a/z/ a/x/ a/y/", DONE, "1" },
  { "the log says one twice", "1 160 D done a/x/ a/x/", "a/x/", DONE, "1" },
  { "the batch says one twice", "1 160 D done a/x/", "a/x/ a/x/", DONE, "1" },
  { "between others", "1 120 D done a/y/ | 2 160 D done a/x/ | 3 200 D done b/x/", "a/x/", DONE,
    "2" },
  { "the newest first", "3 200 D done b/x/ | 2 160 D done a/x/ | 1 120 D done a/y/", "a/x/", DONE,
    "2" },

  /* A record a host. */
  { "two hosts", "1 160 D done a/x/ | 2 160 D done b/x/", "a/x/ b/x/", DONE, "1 2" },
  { "three hosts, mixed", "3 160 D done c/x/ c/y/ | 1 160 D done a/x/ | 2 160 D done b/x/",
    "c/y/ a/x/ b/x/ c/x/", DONE, "1 2 3" },
  { "two hosts, over a full second", "1 160 D done a/x/ | 2 161 D done b/x/", "a/x/ b/x/", DONE,
    "1 2" },
  { "two hosts, the second first", "1 161 D done a/x/ | 2 160 D done b/x/", "a/x/ b/x/", DONE,
    "1 2" },
  { "two hosts, two seconds apart", "1 160 D done a/x/ | 2 162 D done b/x/", "a/x/ b/x/", NOWHERE },
  { "three hosts over three seconds", "1 160 D done a/x/ | 2 161 D done b/x/ | 3 162 D done c/x/",
    "a/x/ b/x/ c/x/", NOWHERE },
  { "two hosts in one record", "1 160 D done a/x/ b/x/", "b/x/ a/x/", DONE, "1" },
  { "two hosts, one under way", "1 160 D done a/x/ | 2 160 D runs b/x/", "a/x/ b/x/", ACCEPTED,
    "1 2" },
  { "two hosts, one failed", "1 160 D done a/x/ | 2 160 D fails b/x/", "a/x/ b/x/", FAILED, "1 2" },
  { "two hosts, one failed, one under way", "1 160 D runs a/x/ | 2 160 D fails b/x/", "a/x/ b/x/",
    FAILED, "1 2" },
  { "two hosts, one failed first", "1 160 D fails a/x/ | 2 160 D runs b/x/", "a/x/ b/x/", FAILED,
    "1 2" },
  { "two hosts, with a scheme", "1 160 D done http://a/x/ | 2 160 D done http://b/x/",
    "http://a/x/ http://b/x/", DONE, "1 2" },
  { "hosts in capitals", "1 160 D done A/x/ | 2 160 D done b/x/", "A/x/ b/x/", DONE, "1 2" },
  { "a host in two spellings is one", "1 160 D done A/x/ a/y/", "A/x/ a/y/", DONE, "1" },
  { "hosts with ports are others", "1 160 D done a:1/x/ | 2 160 D done a:2/x/", "a:1/x/ a:2/x/",
    DONE, "1 2" },

  /* Not all of it, and not it. */
  { "an empty log", "", "a/x/", NOWHERE },
  { "another directory", "1 160 D done a/y/", "a/x/", NOWHERE },
  { "the same on another host", "1 160 D done b/x/", "a/x/", NOWHERE },
  { "another scheme", "1 160 D done https://a/x/", "http://a/x/", NOWHERE },
  { "a directory above", "1 160 D done a/", "a/x/", NOWHERE },
  { "a directory below", "1 160 D done a/x/y/", "a/x/", NOWHERE },
  { "other letters", "1 160 D done a/X/", "a/x/", NOWHERE },
  { "escaped otherwise", "1 160 D done a/%e4/", "a/%E4/", NOWHERE },
  { "fewer on one host", "1 160 D done a/x/", "a/x/ a/y/", NOWHERE },
  { "fewer hosts", "1 160 D done a/x/", "a/x/ b/x/", NOWHERE },
  { "fewer on one of two hosts", "1 160 D done a/x/ | 2 160 D done b/x/", "a/x/ b/x/ b/y/",
    NOWHERE },
  { "one host in two records of two purges", "1 160 D done a/x/ | 2 160 D done a/y/", "a/x/ a/y/",
    NOWHERE },
  { "single URLs", "1 160 U done a/x/", "a/x/", NOWHERE },
  { "single URLs beside it", "1 160 U done b/y | 2 160 D done a/x/", "a/x/", DONE, "2" },
  { "one host as single URLs", "1 160 U done a/x/ | 2 160 D done b/x/", "a/x/ b/x/", NOWHERE },

  /* Colleagues who purge with the same account. */
  { "more on the same host", "1 160 D done a/x/ a/y/", "a/x/", NOWHERE },
  { "more on another host", "1 160 D done a/x/ | 2 160 D done b/x/", "a/x/", NOWHERE },
  { "more on another host, a second later", "1 160 D done a/x/ | 2 161 D done b/x/", "a/x/",
    NOWHERE },
  { "more on another host, a second earlier", "1 160 D done a/x/ | 2 159 D done b/x/", "a/x/",
    NOWHERE },
  { "another host, two seconds later", "1 160 D done a/x/ | 2 162 D done b/x/", "a/x/", DONE, "1" },
  { "another host, two seconds earlier", "1 160 D done a/x/ | 2 158 D done b/x/", "a/x/", DONE,
    "1" },
  { "more on a third host", "1 160 D done a/x/ | 2 160 D done b/x/ | 3 160 D done c/x/",
    "a/x/ b/x/", NOWHERE },
  { "more on a third host, a second from one of two",
    "1 160 D done a/x/ | 2 161 D done b/x/ | 3 162 D done c/x/", "a/x/ b/x/", NOWHERE },
  { "others of the same host are another purge", "1 160 D done a/x/ | 2 160 D done a/y/", "a/x/",
    DONE, "1" },
  { "others of the same host, in capitals", "1 160 D done a/x/ | 2 160 D done A/y/", "a/x/", DONE,
    "1" },
  { "the other batches of a submission", "1 160 D done a/1/ a/2/ | 2 160 D done a/3/ a/4/ | "
    "3 161 D done a/5/", "a/3/ a/4/", DONE, "2" },
  { "others of one of two hosts may be of the other's purge",
    "1 160 D done a/x/ | 2 160 D done b/x/ | 3 160 D done a/y/", "a/x/ b/x/", NOWHERE },
  { "two purges, each with a piece of it",
    "1 160 D done a/x/ | 2 160 D done b/y/ | 3 160 D done a/y/ | 4 160 D done b/x/", "a/x/ b/x/",
    NOWHERE },
  { "a piece of it once more", "1 160 D done a/x/ | 2 160 D done b/x/ | 3 160 D done a/x/",
    "a/x/ b/x/", NOWHERE },
  { "a piece of it at another time", "1 160 D done a/x/ | 2 160 D done b/x/ | 3 200 D done a/x/",
    "a/x/ b/x/", DONE, "1 2" },
  { "more, outside of the time, reaches in", "1 460 D done a/x/ | 2 461 D done b/x/", "a/x/",
    NOWHERE },
  { "more at one time, exactly at another",
    "1 150 D done a/x/ | 2 150 D done b/x/ | 3 170 D done a/x/",
    "a/x/", DONE, "3" },
  { "a host of two in one record", "1 160 D done a/x/ | 2 160 D done a/y/ b/y/", "a/x/", DONE,
    "1" },
  { "more in a record of two hosts", "1 160 D done a/x/ b/x/ | 2 160 D done c/x/", "a/x/ b/x/",
    NOWHERE },

  /* Edges of the time. */
  { "the first second", "1 100 D done a/x/", "a/x/", DONE, "1" },
  { "a second before", "1 99 D done a/x/", "a/x/", NOWHERE },
  { "the last second", "1 460 D done a/x/", "a/x/", DONE, "1" },
  { "a second after", "1 461 D done a/x/", "a/x/", NOWHERE },
  { "half of it before", "1 99 D done a/x/ | 2 100 D done b/x/", "a/x/ b/x/", NOWHERE },
  { "half of it after", "1 460 D done a/x/ | 2 461 D done b/x/", "a/x/ b/x/", NOWHERE },
  { "all of it at the edge", "1 460 D done a/x/ | 2 459 D done b/x/", "a/x/ b/x/", DONE, "1 2" },
  { "a day ago", "1 -86240 D done a/x/", "a/x/", NOWHERE },

  /* Ids. */
  { "claimed", "1 160 D done a/x/", "a/x/", NOWHERE, .claimed = "1" },
  { "claimed among others", "1 160 D done a/x/", "a/x/", NOWHERE, .claimed = "3 2 1" },
  { "others are claimed", "1 160 D done a/x/", "a/x/", DONE, "1", .claimed = "2 11" },
  { "half of it is claimed", "1 160 D done a/x/ | 2 160 D done b/x/", "a/x/ b/x/", NOWHERE,
    .claimed = "2" },
  { "the other is claimed", "1 150 D done a/x/ | 2 170 D done a/x/", "a/x/", DONE, "2",
    .claimed = "1" },
  { "what is claimed is no part of it", "1 160 D done a/x/ | 2 160 D done b/x/", "a/x/", DONE, "1",
    .claimed = "2" },
  { "one id, two records", "1 160 D done a/x/ | 1 160 D done a/y/", "a/x/ a/y/", DONE, "1" },
  { "one id, two records, one under way", "1 160 D done a/x/ | 1 160 D runs b/y/", "a/x/ b/y/",
    ACCEPTED, "1" },
  { "one id, and more", "1 160 D done a/x/ | 1 160 D done a/y/", "a/x/", NOWHERE },
  { "one id, the same twice", "1 160 D done a/x/ | 1 160 D done a/x/", "a/x/", DONE, "1" },
  { "one id, the second record later", "1 160 D done a/x/ | 1 300 D done a/y/", "a/x/ a/y/", DONE,
    "1" },
  { "one id, the second record earlier, too early", "1 160 D done a/x/ | 1 50 D done a/y/",
    "a/x/ a/y/", NOWHERE },

  /* Rivals: other batches that could be what was found. */
  { "one record, one rival", "1 160 D done a/x/", "a/x/", NOWHERE, .n_rivals = 1 },
  { "two records, one rival", "1 160 D done a/x/ | 2 200 D done a/x/", "a/x/", DONE, "1",
    .n_rivals = 1 },
  { "two records, two rivals", "1 160 D done a/x/ | 2 200 D done a/x/", "a/x/", NOWHERE,
    .n_rivals = 2 },
  { "a record outside of the time is nobody's rival's", "1 160 D done a/x/ | 2 99 D done a/x/",
    "a/x/",
    NOWHERE, .n_rivals = 1 },
  { "a doubtful one does not count", "1 160 D done a/x/ | 2 200 D done a/x/ | 3 200 D done b/x/",
    "a/x/", NOWHERE, .n_rivals = 1 },
  { "two hosts twice in one second, one rival",
    "1 160 D done a/x/ | 2 160 D done a/x/ | 3 160 D done b/x/ | 4 160 D done b/x/", "a/x/ b/x/",
    DONE, "1 3", .n_rivals = 1 },
  { "two hosts twice in two seconds, one rival",
    "1 160 D done a/x/ | 2 161 D done a/x/ | 3 160 D done b/x/ | 4 161 D done b/x/", "a/x/ b/x/",
    DONE, "1 3", .n_rivals = 1 },
  { "two hosts twice, two rivals",
    "1 160 D done a/x/ | 2 161 D done a/x/ | 3 160 D done b/x/ | 4 161 D done b/x/", "a/x/ b/x/",
    NOWHERE, .n_rivals = 2 },

  /* Several that are alike. */
  { "the nearest is taken", "1 120 D done a/x/ | 2 165 D done a/x/ | 3 170 D done a/x/", "a/x/",
    DONE,
    "2" },
  { "the nearest is the earlier", "1 159 D done a/x/ | 2 165 D done a/x/", "a/x/", DONE, "1" },
  { "of two as near the earlier", "2 150 D done a/x/ | 1 170 D done a/x/", "a/x/", DONE, "2" },
  { "done and under way is accepted", "1 160 D done a/x/ | 2 200 D runs a/x/", "a/x/", ACCEPTED,
    "1" },
  { "failed and done is accepted", "1 160 D fails a/x/ | 2 200 D done a/x/", "a/x/", ACCEPTED,
    "1" },
  { "failed twice is failed", "1 160 D fails a/x/ | 2 200 D fails a/x/", "a/x/", FAILED, "1" },

  /* Asked for by the task. */
  { "its task", "1 160 D done a/x/", "a/x/", DONE, "1", .by_task = TRUE },
  { "its task, long ago", "1 -86240 D done a/x/", "a/x/", DONE, "1", .by_task = TRUE },
  { "its task, in spite of rivals", "1 160 D done a/x/", "a/x/", DONE, "1", .n_rivals = 7,
    .by_task = TRUE },
  { "its task, on two hosts, minutes apart", "1 160 D runs a/x/ | 2 400 D done b/x/", "a/x/ b/x/",
    ACCEPTED, "1 2", .by_task = TRUE },
  { "its task, failed in part", "1 160 D fails a/x/ | 2 160 D done b/x/", "a/x/ b/x/", FAILED,
    "1 2",
    .by_task = TRUE },
  { "its task, a host in two records", "1 160 D done a/x/ | 2 160 D done a/y/", "a/x/ a/y/", DONE,
    "1 2", .by_task = TRUE },
  { "a task with less", "1 160 D done a/x/", "a/x/ a/y/", NOWHERE, .by_task = TRUE },
  { "a task with more", "1 160 D done a/x/ a/y/", "a/x/", NOWHERE, .by_task = TRUE },
  { "a task with more on another host", "1 160 D done a/x/ | 2 400 D done b/x/", "a/x/", NOWHERE,
    .by_task = TRUE },
  { "a task with more on the same host", "1 160 D done a/x/ | 2 160 D done a/y/", "a/x/", NOWHERE,
    .by_task = TRUE },
  { "a task with it twice", "1 160 D done a/x/ | 2 160 D done a/x/", "a/x/", NOWHERE,
    .by_task = TRUE },
  { "a task with other directories", "1 160 D done a/y/", "a/x/", NOWHERE, .by_task = TRUE },
  { "a task with nothing", "", "a/x/", NOWHERE, .by_task = TRUE },
  { "a task of URLs", "1 160 U done a/x/", "a/x/", NOWHERE, .by_task = TRUE },
  { "a task with URLs", "1 160 D done a/x/ | 2 160 U done a/y", "a/x/", NOWHERE, .by_task = TRUE },
  { "a task that is claimed", "1 160 D done a/x/", "a/x/", NOWHERE, .claimed = "1",
    .by_task = TRUE },
  { "a task that is claimed in part", "1 160 D done a/x/ | 2 160 D done a/y/", "a/x/", NOWHERE,
    .claimed = "2", .by_task = TRUE },
};

static PurgeTaskStatus
read_status (const char *word)
{
  if (strcmp (word, "done") == 0)
    return PURGE_TASK_DONE;
  if (strcmp (word, "runs") == 0)
    return PURGE_TASK_RUNNING;

  g_assert_cmpstr (word, ==, "fails");
  return PURGE_TASK_FAILED;
}

/* Every case holds for URLs, too, with both kinds exchanged. */
static PurgeKind
read_kind (const char *word,
           PurgeKind   directory)
{
  return strcmp (word, "D") == 0 ? directory : !directory;
}

static PurgeLookUp *
read_log (const char *text,
          PurgeKind   directory)
{
  PurgeLookUp *look_up = purge_look_up_new ();
  g_auto (GStrv) records = g_strsplit (text, " | ", -1);

  for (guint i = 0; records[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (records[i], " ", -1);

      g_assert_cmpuint (g_strv_length (words), >=, 5);
      g_ptr_array_add (look_up->records,
                       purge_log_record_new (words[0], (const char * const *) words + 4,
                                             read_kind (words[2], directory), read_status (words[3]),
                                             strtoll (words[1], NULL, 10)));
    }

  return look_up;
}

static void
check_case (guint              index,
            PurgeKind          kind,
            const PurgeLookUp *look_up)
{
  g_auto (GStrv) urls = g_strsplit (cases[index].batch, " ", -1);
  g_auto (GStrv) claimed =
    cases[index].claimed != NULL ? g_strsplit (cases[index].claimed, " ", -1) : NULL;
  g_auto (PurgeMatch) match = { NOWHERE, NULL };
  g_autofree char *ids = NULL;
  gboolean found;

  found = purge_match_find (look_up, kind, (const char * const *) urls, SINCE, UNTIL,
                            (const char * const *) claimed, cases[index].n_rivals,
                            cases[index].by_task, &match);
  ids = match.ids != NULL ? g_strjoinv (" ", match.ids) : NULL;
  g_test_message ("%s", cases[index].rule);
  g_assert_cmpint (found, ==, cases[index].event != NOWHERE);
  g_assert_cmpint ((int) match.event, ==, cases[index].event);
  g_assert_cmpstr (ids, ==, cases[index].ids);
}

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint kind = 0; kind < PURGE_N_KINDS; kind++)
      {
        g_autoptr (PurgeLookUp) look_up = read_log (cases[i].log, kind);

        check_case (i, kind, look_up);
      }
}

/* In what order the server lists its records says nothing. */
static void
test_any_order (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PurgeLookUp) look_up = read_log (cases[i].log, PURGE_KIND_DIRECTORY);
      GPtrArray *records = look_up->records;

      for (guint turn = 0; turn < 10 && records->len > 0; turn++)
        {
          int place = g_random_int_range (0, records->len);

          g_ptr_array_insert (records, place, g_ptr_array_steal_index (records, records->len - 1));
          check_case (i, PURGE_KIND_DIRECTORY, look_up);
        }
    }
}

/* What else is in the log never makes a batch found, but for the same directories once more. */
static void
test_more_finds_no_more (void)
{
  static const char * const urls[] = { "a/x/", "a/z/", "b/x/", "b/z/", "c/z/" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PurgeLookUp) look_up = read_log (cases[i].log, PURGE_KIND_DIRECTORY);

      if (cases[i].event != NOWHERE)
        continue;

      for (guint j = 0; j < G_N_ELEMENTS (urls); j++)
        {
          const char * const more[] = { urls[j], "d/z/", NULL };

          g_ptr_array_add (look_up->records,
                           purge_log_record_new ("more", more, PURGE_KIND_DIRECTORY,
                                                 PURGE_TASK_DONE, 158 + j));
          check_case (i, PURGE_KIND_DIRECTORY, look_up);
        }
    }
}

/* A failed look-up finds nothing, and neither does one of thousands of records take its time. */
static void
test_extremes (void)
{
  static const char * const urls[] = { "a/x/", "b/x/", NULL };
  g_autoptr (PurgeOutcome) outcome = purge_outcome_new (PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_TIMEOUT);
  g_autoptr (PurgeLookUp) failed = purge_look_up_new_failed (outcome);
  g_autoptr (PurgeLookUp) large = purge_look_up_new ();
  g_auto (PurgeMatch) match = { NOWHERE, NULL };

  for (guint i = 0; i < 3000; i++)
    {
      const char * const one[] = { urls[i % 2], NULL };
      g_autofree char *id = g_strdup_printf ("%u", i);

      g_ptr_array_add (large->records,
                       purge_log_record_new (id, one, PURGE_KIND_DIRECTORY, PURGE_TASK_DONE, 160 + i / 2 % 2));
    }

  g_assert_false (purge_match_find (failed, PURGE_KIND_DIRECTORY, urls, SINCE, UNTIL, NULL, 0, FALSE, &match));
  g_assert_false (purge_match_find (failed, PURGE_KIND_DIRECTORY, urls, SINCE, UNTIL, NULL, 0, TRUE, &match));
  g_assert_true (purge_match_find (large, PURGE_KIND_DIRECTORY, urls, SINCE, UNTIL, NULL, 1499, FALSE, &match));
  purge_match_clear (&match);
  g_assert_false (purge_match_find (large, PURGE_KIND_DIRECTORY, urls, SINCE, UNTIL, NULL, 1500, FALSE, &match));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/match/cases", test_cases);
  g_test_add_func ("/match/any-order", test_any_order);
  g_test_add_func ("/match/more-finds-no-more", test_more_finds_no_more);
  g_test_add_func ("/match/extremes", test_extremes);

  return g_test_run ();
}
