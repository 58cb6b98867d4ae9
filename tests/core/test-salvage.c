/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-salvage.h"

#include <string.h>

#include "database-sync.h"
#include "journal-file.h"
#include "journal-sync.h"
#include "scratch.h"

#define N_SUBMISSIONS 60

#define PAGE 4096

/* Where the version is in the header of a file. */
#define USER_VERSION 60

/* All that a sound database holds comes over, when only its header says that it is none. */
static void
test_keeps_everything (void)
{
  const char *tables[] = {
    "account", "submission", "batch", "entry", "attempt", "look_up", "claim", "spent",
  };
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autofree char *aside = NULL;
  g_auto (FileBytes) bytes = { NULL, 0 };
  g_autoptr (PurgeSql) before = NULL;
  g_autoptr (PurgeSql) after = NULL;

  journal_file_fill (path, N_SUBMISSIONS);
  {
    g_autoptr (PurgeJournal) journal = journal_sync_new (path);

    g_assert_true (journal_sync_remove (journal, 7, NOW, NULL));
    g_assert_true (journal_sync_remove (journal, N_SUBMISSIONS, NOW, NULL));
  }
  bytes = file_bytes_read (path);
  memset (bytes.bytes + USER_VERSION, 0, 4);
  file_bytes_write (path, bytes.bytes, bytes.length);
  g_object_unref (journal_sync_new (path));

  aside = journal_file_find_aside (scratch);
  before = purge_sql_open (aside, NULL);
  after = purge_sql_open (path, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *count = g_strdup_printf ("SELECT count(*) FROM %s", tables[i]);

      g_test_message ("%s", tables[i]);
      g_assert_cmpint (sample_query (before, count), >, 0);
      g_assert_cmpint (sample_query (before, count), ==, sample_query (after, count));
    }

  g_assert_cmpint (sample_query (after, "SELECT count(*) FROM batch WHERE parent_id IS NOT NULL"), ==,
                   N_SUBMISSIONS - 2);
  g_assert_cmpint (sample_query (after, "SELECT sum(nonce) FROM attempt"), ==,
                   sample_query (before, "SELECT sum(nonce) FROM attempt"));
  /* A number is not given twice, not even that of the last submission, which was deleted. */
  g_assert_cmpint (sample_query (after, "SELECT seq FROM sqlite_sequence WHERE name = 'submission'"),
                   ==, N_SUBMISSIONS);
}

/* A row that means nothing is left out, and what hangs on it. */
static void
test_leaves_out_what_means_nothing (void)
{
  const struct {
    const char *damage;
    guint       n_submissions;
    gint64      n_batches;
    gint64      n_accounts;
  } cases[] = {
    { "UPDATE batch SET cause = 'weather'", 2, 8, 1 },
    { "UPDATE submission SET mode = 'some' WHERE id = 1", 1, 4, 1 },
    { "UPDATE batch SET state = 'lost' WHERE id = 1", 2, 7, 1 },
    { "UPDATE account SET form = 'paper'", 2, 8, 0 },
    { "UPDATE account SET endpoint = 'nowhere'", 2, 8, 0 },
    { "UPDATE attempt SET api = '1.0'", 2, 8, 1 },
    { "DELETE FROM entry WHERE batch_id = 2", 2, 7, 1 },
    { "DELETE FROM entry WHERE batch_id <= 4", 1, 4, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Scratch) scratch = scratch_new ();
      g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
      g_autoptr (PurgeJournal) journal = NULL;
      g_autoptr (PurgeSql) sql = NULL;

      g_test_message ("%s", cases[i].damage);
      journal_file_fill (path, 2);
      sql = purge_sql_open (path, NULL);
      g_assert_true (purge_sql_run (sql, cases[i].damage, NULL, PURGE_SQL_NO_VALUES));
      g_assert_true (purge_sql_run (sql, "PRAGMA user_version = 0", NULL, PURGE_SQL_NO_VALUES));
      g_clear_pointer (&sql, purge_sql_close);

      journal = journal_sync_new (path);
      g_assert_cmpuint (journal_file_count_submissions (journal), ==, cases[i].n_submissions);
      journal_file_assert_meaning (journal);
      g_assert_cmpint (sample_get_n (purge_journal_get_database (journal)), ==, cases[i].n_accounts);
      sql = purge_sql_open (path, NULL);
      g_assert_cmpint (sample_query (sql, "SELECT count(*) FROM batch"), ==, cases[i].n_batches);
    }
}

static GStrv
make_urls (guint n_urls)
{
  GStrv urls = g_new0 (char *, n_urls + 1);

  for (guint i = 0; i < n_urls; i++)
    urls[i] = g_strdup_printf ("http://example.com/%u/", i);

  return urls;
}

/* How often the beginning of each directory stands in a page. */
static guint
count_directories (const char *page)
{
  const char *directory = "http://example.com/";
  gsize length = strlen (directory);
  guint n = 0;

  for (gsize i = 0; i + length <= PAGE; i++)
    n += memcmp (page + i, directory, length) == 0;

  return n;
}

static char *
find_page (const FileBytes *bytes,
           const char      *directory)
{
  gsize length = strlen (directory);

  for (gsize i = 0; i + length <= bytes->length; i++)
    if (memcmp (bytes->bytes + i, directory, length) == 0)
      return bytes->bytes + i / PAGE * PAGE;

  g_assert_not_reached ();
}

/* Of a page that is damaged its own rows are lost, and none before or after them. */
static void
test_loses_no_more_than_a_page (void)
{
  const guint n = 4000;
  const char *damaged[] = { "http://example.com/0/", "http://example.com/2000/",
                            "http://example.com/3999/" };
  g_auto (GStrv) urls = make_urls (n);

  for (guint i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_autoptr (Scratch) scratch = scratch_new ();
      g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
      g_autoptr (PurgeJournal) journal = journal_sync_new (path);
      g_auto (FileBytes) bytes = { NULL, 0 };
      g_autoptr (PurgeSql) sql = NULL;
      guint n_lost;
      char *page;

      purge_submission_unref (sample_submit (journal, (const char * const *) urls, 20));
      g_clear_object (&journal);
      bytes = file_bytes_read (path);
      page = find_page (&bytes, damaged[i]);
      n_lost = count_directories (page);
      g_assert_cmpuint (n_lost, >, 20);
      memset (page, 0, PAGE);
      file_bytes_write (path, bytes.bytes, bytes.length);

      journal = journal_sync_new (path);
      sql = purge_sql_open (path, NULL);
      g_assert_cmpint (sample_query (sql, "SELECT count(*) FROM entry"), ==, n - n_lost);
      journal_file_assert_meaning (journal);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/salvage/keeps-everything", test_keeps_everything);
  g_test_add_func ("/salvage/leaves-out-what-means-nothing", test_leaves_out_what_means_nothing);
  g_test_add_func ("/salvage/loses-no-more-than-a-page", test_loses_no_more_than_a_page);

  return g_test_run ();
}
