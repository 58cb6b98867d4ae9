/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What a session does beyond its parts: the draft of its list, and when its account is known. */

#include "config.h"

#include "await.h"
#include "database-sync.h"
#include "desk.h"
#include "purge-error.h"
#include "purge-obstacle.h"
#include "scratch.h"

typedef struct {
  Desk  desk;
  char *folder;
  char *draft;
  char *database;
} Fixture;

static void
open_desk (Fixture *fixture)
{
  desk_furnish (&fixture->desk, fixture->database);
  desk_open (&fixture->desk);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture->folder = scratch_new ();
  fixture->draft = g_build_filename (fixture->folder, "draft.txt", NULL);
  fixture->database = g_build_filename (fixture->folder, "journal.sqlite", NULL);
  open_desk (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  desk_tear_down (&fixture->desk, NULL);
  g_free (fixture->database);
  g_free (fixture->draft);
  scratch_free (fixture->folder);
}

static guint
count_rows (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (purge_session_get_list (fixture->desk.session)));
}

static gboolean
has_rows (gpointer user_data)
{
  return count_rows (user_data) == 3;
}

static gboolean
has_request (gpointer user_data)
{
  return mock_transport_count (user_data) > 0;
}

static gboolean
is_done (gpointer user_data)
{
  return !purge_session_get_sending (user_data);
}

/* The draft is on the disk before the first byte is on the wire; what was sent stays in the list, and
 * comes back with it. */
static void
test_saves_before_it_sends (Fixture       *fixture,
                            gconstpointer  user_data)
{
  PurgeSession *session = fixture->desk.session;
  g_auto (GStrv) urls = NULL;
  g_autofree char *all = NULL;
  g_autofree char *saved = NULL;

  desk_add_account (&fixture->desk, "Production");
  desk_fill (&fixture->desk, 3);
  all = purge_directory_list_dup_all_text (purge_session_get_list (session));
  urls = purge_directory_list_dup_urls (purge_session_get_list (session), PURGE_KIND_DIRECTORY);
  g_assert_false (g_file_test (fixture->draft, G_FILE_TEST_EXISTS));

  mock_transport_set_script (fixture->desk.transport, "a");
  desk_send_urls (session, (const char * const *) urls, NULL, NULL);
  while (!has_request (fixture->desk.transport))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_file_get_contents (fixture->draft, &saved, NULL, NULL));
  g_assert_cmpstr (saved, ==, all);
  await_condition (is_done, session);

  desk_tear_down (&fixture->desk, NULL);
  open_desk (fixture);
  await_condition (has_rows, fixture);
}

/* The draft does not wait for a database that cannot be opened, and a second try brings nothing twice. */
static void
test_without_a_database (Fixture       *fixture,
                         gconstpointer  user_data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "other", NULL);
  g_autofree char *database = g_build_filename (folder, "journal.sqlite", NULL);
  g_autofree char *draft = g_build_filename (folder, "draft.txt", NULL);

  desk_tear_down (&fixture->desk, NULL);
  g_assert_cmpint (g_mkdir_with_parents (database, 0700), ==, 0);
  g_assert_true (g_file_set_contents (draft, "https://a.example/\nx\ny\n", -1, NULL));
  desk_furnish (&fixture->desk, database);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      purge_session_open_async (fixture->desk.session, NULL, await_cb, &result);
      g_assert_cmpint (purge_session_get_state (fixture->desk.session), ==, PURGE_SESSION_READING);
      g_assert_false (purge_session_open_finish (fixture->desk.session, await (&result), &error));
      g_assert_cmpint (purge_session_get_state (fixture->desk.session), ==, PURGE_SESSION_CLOSED);
      await_condition (has_rows, fixture);
    }
}

static gboolean
spoil_batches (PurgeSql  *sql,
               gpointer   data,
               GError   **error)
{
  return purge_sql_run (sql, "UPDATE batch SET state = 'none that there is'", error,
                        PURGE_SQL_NO_VALUES);
}

/* A submission that cannot be read is told, and keeps nobody from sending another. */
static void
test_without_the_newest_submission (Fixture       *fixture,
                                    gconstpointer  user_data)
{
  const char *urls[] = { "https://www.example.com/news/", NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PurgeSession *session;

  desk_add_account (&fixture->desk, "Production");
  mock_transport_set_script (fixture->desk.transport, "a");
  desk_send_urls (fixture->desk.session, urls, NULL, NULL);
  await_condition (is_done, fixture->desk.session);
  g_assert_true (database_sync_run (purge_workspace_get_database (fixture->desk.workspace),
                                    PURGE_SQL_WRITE, spoil_batches, NULL, NULL));

  desk_tear_down (&fixture->desk, NULL);
  desk_furnish (&fixture->desk, fixture->database);
  session = fixture->desk.session;
  purge_session_open_async (session, NULL, await_cb, &result);
  g_assert_false (purge_session_open_finish (session, await (&result), &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE_DAMAGED);
  g_assert_cmpint (purge_session_get_state (session), ==, PURGE_SESSION_OPEN);
  g_assert_false (purge_session_knows_newest (session));
  g_assert_nonnull (purge_session_get_account (session));
  g_assert_cmpstr (purge_obstacle_find (session), ==, "The list is empty");

  purge_session_forget_before (session, 1);
  g_assert_false (purge_session_knows_newest (session));
  purge_session_forget_before (session, G_MAXINT64);
  g_assert_true (purge_session_knows_newest (session));
}

typedef struct {
  PurgeSession *session;
  GString      *story;
} Witness;

static void
on_change_cb (Witness *witness)
{
  PurgeAccount *account = purge_session_get_account (witness->session);

  g_string_append_printf (witness->story, "%d%s ", purge_session_get_state (witness->session),
                          account != NULL ? purge_account_get_name (account) : "");
}

/* Nobody is shown an account that nobody chose, and whoever hears of an open session finds the one that
 * was preferred; without one, the first. */
static void
test_chooses_once (Fixture       *fixture,
                   gconstpointer  user_data)
{
  const char *names[] = { "Production", "Staging" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    desk_add_account (&fixture->desk, names[i]);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GString) story = g_string_new (NULL);
      g_autofree char *wanted = g_strdup_printf ("1 1 1 1%s 2%s ", names[i], names[i]);
      g_autofree char *uuid = NULL;
      Witness witness = { NULL, story };

      if (i > 0)
        uuid = g_strdup (purge_account_get_uuid (purge_accounts_find_name (fixture->desk.accounts,
                                                                           names[i])));
      desk_tear_down (&fixture->desk, NULL);
      desk_furnish (&fixture->desk, fixture->database);
      witness.session = fixture->desk.session;
      g_signal_connect_swapped (witness.session, "notify::state", G_CALLBACK (on_change_cb), &witness);
      g_signal_connect_swapped (fixture->desk.accounts, "items-changed", G_CALLBACK (on_change_cb),
                                &witness);
      g_signal_connect_swapped (witness.session, "notify::account", G_CALLBACK (on_change_cb),
                                &witness);
      purge_session_prefer_account (witness.session, uuid);
      desk_open (&fixture->desk);
      g_assert_cmpstr (story->str, ==, wanted);
      g_signal_handlers_disconnect_by_data (fixture->desk.accounts, &witness);
      g_signal_handlers_disconnect_by_data (witness.session, &witness);
    }
}

int
main (int   argc,
      char *argv[])
{
  desk_init (&argc, &argv);

  g_test_add ("/session/saves-before-it-sends", Fixture, NULL, set_up, test_saves_before_it_sends,
              tear_down);
  g_test_add ("/session/without-a-database", Fixture, NULL, set_up, test_without_a_database,
              tear_down);
  g_test_add ("/session/without-the-newest-submission", Fixture, NULL, set_up,
              test_without_the_newest_submission, tear_down);
  g_test_add ("/session/chooses-once", Fixture, NULL, set_up, test_chooses_once, tear_down);

  return g_test_run ();
}
