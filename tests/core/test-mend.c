/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Damaged databases, which are moved aside while what can be read of them is kept. */

#include "purge-mend.h"

#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "await.h"
#include "database-sync.h"
#include "journal-file.h"
#include "journal-sync.h"
#include "purge-error.h"
#include "scratch.h"

#define PAGE 4096
#define N_SUBMISSIONS 60

static void
assert_tidy (const char *path)
{
  const char *suffixes[] = { ".mended", ".mended-wal", ".mended-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *left = g_strconcat (path, suffixes[i], NULL);

      g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
    }
}

/* What is wrong with a file of a sound database of several pages. */

static void
make_text (FileBytes *bytes)
{
  g_free (bytes->bytes);
  bytes->bytes = g_strdup ("http://example.com/\n");
  bytes->length = strlen (bytes->bytes);
}

static void
make_header_and_noise (FileBytes *bytes)
{
  memset (bytes->bytes + 16, 0xa5, bytes->length - 16);
}

static void
make_truncated (FileBytes *bytes)
{
  bytes->length = bytes->length - 2 * PAGE - 100;
}

static void
make_noise_at_the_end (FileBytes *bytes)
{
  memset (bytes->bytes + bytes->length - 3 * PAGE, 0x5a, 3 * PAGE);
}

static void
make_broken_schema (FileBytes *bytes)
{
  memset (bytes->bytes + 100, 0xff, 8);
}

/* The fields of the header: 60 is user_version, 68 application_id. */
static void
make_without_version (FileBytes *bytes)
{
  memset (bytes->bytes + 60, 0, 4);
}

static void
rename_all (FileBytes  *bytes,
            const char *from,
            const char *to)
{
  gsize length = strlen (from);

  for (gsize i = 0; i + length <= bytes->length; i++)
    if (memcmp (bytes->bytes + i, from, length) == 0)
      memcpy (bytes->bytes + i, to, length);
}

static void
make_missing_table (FileBytes *bytes)
{
  rename_all (bytes, "look_up", "hook_up");
}

static const struct
{
  const char *name;
  void      (*make) (FileBytes *bytes);
  gboolean    is_readable;
} damages[] = {
  { "text", make_text, FALSE },
  { "header-and-noise", make_header_and_noise, FALSE },
  { "truncated", make_truncated, TRUE },
  { "noise-at-the-end", make_noise_at_the_end, TRUE },
  { "broken-schema", make_broken_schema, FALSE },
  { "without-version", make_without_version, TRUE },
  { "missing-table", make_missing_table, TRUE },
};

static void
test_moves_aside (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "data", "journal.sqlite", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_auto (FileBytes) bytes = journal_file_read (N_SUBMISSIONS);
  g_autoptr (PurgeJournal) journal = NULL;
  g_autoptr (PurgeJournal) later = NULL;
  g_autofree char *aside = NULL;
  g_autofree char *name = NULL;
  g_autofree char *notice = NULL;
  g_autofree char *no_notice = NULL;
  struct stat info;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  damages[i].make (&bytes);
  file_bytes_write (path, bytes.bytes, bytes.length);
  journal = journal_sync_new (path);

  aside = journal_file_find_aside (folder);
  g_assert_nonnull (aside);
  file_bytes_assert_same (aside, &bytes);
  name = g_path_get_basename (aside);
  notice = purge_database_dup_notice (purge_journal_get_database (journal));
  g_test_message ("%s", notice);
  g_assert_nonnull (strstr (notice, name));
  g_assert_cmpint (strstr (notice, "was kept") != NULL, ==, damages[i].is_readable);
  g_assert_cmpint (journal_file_count_submissions (journal) > 0, ==, damages[i].is_readable);
  journal_file_assert_meaning (journal);
  assert_tidy (path);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0600);

  /* And that was that. */
  sample_send (journal, sample_submit_one (journal), 4711, PURGE_BATCH_EVENT_ACCEPTED);
  g_clear_object (&journal);
  later = journal_sync_new (path);
  no_notice = purge_database_dup_notice (purge_journal_get_database (later));
  g_assert_null (no_notice);
  file_bytes_assert_same (aside, &bytes);
}

/* What was committed but stands in the log alone is kept too, and the log moves with its file. */
static void
test_moves_the_log_too (void)
{
  g_autoptr (Scratch) elsewhere = scratch_new ();
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *live = g_build_filename (elsewhere, "journal.sqlite", NULL);
  g_autofree char *live_log = g_strconcat (live, "-wal", NULL);
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autoptr (PurgeJournal) writer = journal_sync_new (live);
  g_autoptr (PurgeJournal) journal = NULL;
  g_autoptr (PurgeSql) sql = purge_sql_open (live, NULL);
  g_auto (FileBytes) file = { NULL, 0 };
  g_auto (FileBytes) file_log = { NULL, 0 };
  g_autofree char *aside = NULL;
  g_autofree char *aside_log = NULL;

  sample_submit_one (writer);
  g_assert_true (purge_sql_run (sql, "PRAGMA user_version = 0", NULL, PURGE_SQL_NO_VALUES));
  file = file_bytes_read (live);
  file_log = file_bytes_read (live_log);
  g_assert_cmpuint (file_log.length, >, 0);
  file_bytes_write (path, file.bytes, file.length);
  file_bytes_write (log, file_log.bytes, file_log.length);

  journal = journal_sync_new (path);
  g_assert_cmpuint (journal_file_count_submissions (journal), ==, 1);
  aside = journal_file_find_aside (scratch);
  aside_log = g_strconcat (aside, "-wal", NULL);
  file_bytes_assert_same (aside, &file);
  file_bytes_assert_same (aside_log, &file_log);
}

static void
test_waits_for_other_instances (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_auto (FileBytes) bytes = journal_file_read (2);
  g_autoptr (PurgeDatabase) other = purge_database_new (path);
  g_autoptr (PurgeDatabase) database = purge_database_new (path);
  g_autoptr (GError) error = NULL;
  g_autofree char *no_aside = NULL;
  g_autofree char *aside = NULL;

  file_bytes_write (path, bytes.bytes, bytes.length);
  g_assert_true (database_sync_open (other, NULL));
  make_text (&bytes);
  file_bytes_write (path, bytes.bytes, bytes.length);
  g_assert_false (database_sync_open (database, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE_DAMAGED);
  g_assert_nonnull (strstr (error->message, "running elsewhere"));
  file_bytes_assert_same (path, &bytes);
  no_aside = journal_file_find_aside (scratch);
  g_assert_null (no_aside);

  purge_database_close (other);
  g_assert_true (database_sync_open (database, NULL));
  aside = journal_file_find_aside (scratch);
  file_bytes_assert_same (aside, &bytes);
}

static gpointer
open_database (gpointer path)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (PurgeDatabase) database = NULL;
  gboolean opened;

  g_main_context_push_thread_default (context);
  database = purge_database_new (path);
  {
    g_autoptr (GAsyncResult) result = NULL;

    purge_database_open_async (database, NULL, await_cb, &result);
    while (result == NULL)
      g_main_context_iteration (context, TRUE);
    opened = purge_database_open_finish (database, result, NULL);
  }
  purge_database_close (database);
  g_main_context_pop_thread_default (context);
  return GINT_TO_POINTER (opened);
}

/* Many start at once on a damaged file: it is moved once, and what the first one made stays. */
static void
test_moves_it_once (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_auto (FileBytes) bytes = journal_file_read (N_SUBMISSIONS);
  g_autofree char *aside = NULL;
  g_autoptr (PurgeJournal) journal = NULL;
  GThread *threads[6];

  make_noise_at_the_end (&bytes);
  file_bytes_write (path, bytes.bytes, bytes.length);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("instance", open_database, path);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_true (GPOINTER_TO_INT (g_thread_join (threads[i])));

  aside = journal_file_find_aside (scratch);
  file_bytes_assert_same (aside, &bytes);
  journal = journal_sync_new (path);
  g_assert_cmpuint (journal_file_count_submissions (journal), >, 0);
}

/* The program died between two moves: after the damaged file, after its log, before the new one. */
static void
test_goes_on (void)
{
  for (guint n_moved = 0; n_moved < 3; n_moved++)
    {
      g_autoptr (Scratch) scratch = scratch_new ();
      g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
      g_autofree char *mended = g_strconcat (path, ".mended", NULL);
      g_autofree char *old = g_strconcat (path, ".damaged-20010101T000000Z", NULL);
      g_autofree char *new = g_strconcat (path, ".damaged-20020202T000000Z", NULL);
      g_autofree char *log = g_strconcat (n_moved < 1 ? path : new, "-wal", NULL);
      g_autofree char *index = g_strconcat (n_moved < 2 ? path : new, "-shm", NULL);
      g_autofree char *new_log = g_strconcat (new, "-wal", NULL);
      g_auto (FileBytes) log_bytes = { g_strdup ("log"), 3 };
      g_autofree char *notice = NULL;
      g_autoptr (PurgeJournal) journal = NULL;

      journal_file_fill (mended, 3);
      file_bytes_write (old, "older", 5);
      file_bytes_write (new, "damaged", 7);
      file_bytes_write (log, "log", 3);
      file_bytes_write (index, "index", 5);
      journal = journal_sync_new (path);
      g_assert_cmpuint (journal_file_count_submissions (journal), ==, 3);
      file_bytes_assert_same (new_log, &log_bytes);
      assert_tidy (path);
      notice = purge_database_dup_notice (purge_journal_get_database (journal));
      g_assert_nonnull (strstr (notice, "damaged-20020202T000000Z"));
    }
}

/* The program died while the new database was being made: it is made again from the start. */
static void
test_starts_again (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autofree char *mended = g_strconcat (path, ".mended", NULL);
  g_autofree char *log = g_strconcat (mended, "-wal", NULL);
  g_auto (FileBytes) bytes = journal_file_read (3);
  g_autoptr (PurgeJournal) journal = NULL;

  make_without_version (&bytes);
  file_bytes_write (path, bytes.bytes, bytes.length);
  journal_file_fill (mended, 5);
  file_bytes_write (log, "log", 3);
  journal = journal_sync_new (path);
  g_assert_cmpuint (journal_file_count_submissions (journal), ==, 3);
  assert_tidy (path);
}

/* SQLite would delete the log of a file that is empty or gone. */
static void
test_keeps_a_lonely_log (void)
{
  for (guint is_there = 0; is_there < 2; is_there++)
    {
      g_autoptr (Scratch) scratch = scratch_new ();
      g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
      g_autofree char *log = g_strconcat (path, "-wal", NULL);
      g_autoptr (PurgeDatabase) database = NULL;
      g_autoptr (GDir) dir = NULL;
      g_autofree char *notice = NULL;
      g_auto (FileBytes) bytes = { g_strdup ("log"), 3 };
      const char *name;
      guint n_found = 0;

      if (is_there)
        file_bytes_write (path, "", 0);
      file_bytes_write (log, "log", 3);
      database = database_sync_new (path);
      notice = purge_database_dup_notice (database);
      g_assert_nonnull (notice);

      dir = g_dir_open (scratch, 0, NULL);
      while ((name = g_dir_read_name (dir)) != NULL)
        if (strstr (name, ".damaged-") != NULL)
          {
            g_autofree char *aside = g_build_filename (scratch, name, NULL);

            file_bytes_assert_same (aside, &bytes);
            n_found++;
          }

      g_assert_cmpuint (n_found, ==, 1);
    }
}

/* Where the new database cannot be made, the damaged one stays where it is. */
static void
test_moves_nothing_without_room (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autofree char *mended = g_strconcat (path, ".mended", NULL);
  g_auto (FileBytes) bytes = journal_file_read (3);
  g_autoptr (PurgeDatabase) database = purge_database_new (path);
  g_autofree char *no_aside = NULL;
  g_autofree char *aside = NULL;
  g_autoptr (GError) error = NULL;

  make_without_version (&bytes);
  file_bytes_write (path, bytes.bytes, bytes.length);
  g_assert_cmpint (g_mkdir (mended, 0700), ==, 0);
  g_assert_false (database_sync_open (database, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE);
  file_bytes_assert_same (path, &bytes);
  no_aside = journal_file_find_aside (scratch);
  g_assert_null (no_aside);

  g_assert_cmpint (g_rmdir (mended), ==, 0);
  g_assert_true (database_sync_open (database, NULL));
  aside = journal_file_find_aside (scratch);
  file_bytes_assert_same (aside, &bytes);
}

/* The corpus: bytes turned over, pages emptied, ends cut off. */

static void
mutate (FileBytes *bytes,
        GRand     *dice,
        guint      round)
{
  gsize at = g_rand_int_range (dice, 0, bytes->length);

  switch (round % 5)
    {
    case 0:
      for (guint i = 0; i < 3; i++)
        bytes->bytes[g_rand_int_range (dice, 0, bytes->length)] ^= 1 + g_rand_int_range (dice, 0, 255);
      break;
    case 1:
      memset (bytes->bytes + at, g_rand_int (dice), MIN (64, bytes->length - at));
      break;
    case 2:
      memset (bytes->bytes + at / PAGE * PAGE, 0, PAGE);
      break;
    case 3:
      bytes->length = at;
      break;
    default:
      /* The header and the table of tables, where most depends on each byte. */
      bytes->bytes[g_rand_int_range (dice, 0, 200)] = g_rand_int (dice);
      break;
    }
}

typedef struct {
  guint n_opened;
  guint n_mended;
  guint n_salvaged;
  guint n_refused;
} Tally;

/* A damage that SQLite does not see may show when rows are read, and is said then. */
static void
list_what_can_be_read (PurgeJournal *journal)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) summaries = NULL;
  g_autoptr (GError) error = NULL;

  purge_journal_list_async (journal, &(PurgeHistoryQuery) { 0 }, NULL, await_cb, &result);
  summaries = purge_journal_list_finish (journal, await (&result), &error);
  if (summaries == NULL)
    g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE_DAMAGED);
}

/* Opens, is moved aside, or is refused as foreign; and wherever it is, it is what it was. */
static void
judge (const char      *folder,
       const FileBytes *mutant,
       Tally           *tally)
{
  g_autofree char *path = g_build_filename (folder, "journal.sqlite", NULL);
  g_autoptr (PurgeDatabase) database = purge_database_new (path);
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = NULL;
  g_autofree char *notice = NULL;
  g_autoptr (PurgeJournal) journal = NULL;

  file_bytes_write (path, mutant->bytes, mutant->length);
  if (!database_sync_open (database, &error))
    {
      g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE_DAMAGED);
      g_assert_true (strstr (error->message, "another program") != NULL ||
                     strstr (error->message, "newer version") != NULL);
      file_bytes_assert_same (path, mutant);
      tally->n_refused++;
      return;
    }

  aside = journal_file_find_aside (folder);
  notice = purge_database_dup_notice (database);
  g_assert_cmpint (aside != NULL, ==, notice != NULL);
  journal = purge_journal_new (database);
  list_what_can_be_read (journal);
  tally->n_opened += aside == NULL;
  if (aside != NULL)
    {
      guint n = journal_file_count_submissions (journal);

      file_bytes_assert_same (aside, mutant);
      journal_file_assert_meaning (journal);
      g_assert_cmpuint (n, <=, N_SUBMISSIONS);
      tally->n_mended++;
      tally->n_salvaged += n > 0;
    }
}

static void
test_survives_mutations (void)
{
  const guint n_rounds = 300;
  g_auto (FileBytes) good = journal_file_read (N_SUBMISSIONS);
  g_autoptr (GRand) dice = g_rand_new_with_seed (20261125);
  Tally tally = { 0 };

  for (guint round = 0; round < n_rounds; round++)
    {
      g_autoptr (Scratch) scratch = scratch_new ();
      g_auto (FileBytes) mutant = { g_memdup2 (good.bytes, good.length), good.length };

      mutate (&mutant, dice, round);
      judge (scratch, &mutant, &tally);
    }

  g_test_message ("%u databases: %u opened, %u moved aside (%u with rows saved), %u refused",
                  n_rounds, tally.n_opened, tally.n_mended, tally.n_salvaged, tally.n_refused);
  g_assert_cmpuint (tally.n_opened + tally.n_mended + tally.n_refused, ==, n_rounds);
  g_assert_cmpuint (tally.n_mended, >, 100);
  g_assert_cmpuint (tally.n_salvaged, >, 50);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *name = g_strconcat ("/mend/moves-aside/", damages[i].name, NULL);

      g_test_add_data_func (name, GUINT_TO_POINTER (i), test_moves_aside);
    }
  g_test_add_func ("/mend/moves-the-log-too", test_moves_the_log_too);
  g_test_add_func ("/mend/waits-for-other-instances", test_waits_for_other_instances);
  g_test_add_func ("/mend/moves-it-once", test_moves_it_once);
  g_test_add_func ("/mend/goes-on", test_goes_on);
  g_test_add_func ("/mend/starts-again", test_starts_again);
  g_test_add_func ("/mend/keeps-a-lonely-log", test_keeps_a_lonely_log);
  g_test_add_func ("/mend/moves-nothing-without-room", test_moves_nothing_without_room);
  g_test_add_func ("/mend/survives-mutations", test_survives_mutations);

  return g_test_run ();
}
