/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* When a list is saved, without a window. */

#include "purge-draft-keeper.h"

#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "await.h"
#include "desk.h"
#include "full-disk.h"
#include "purge-error.h"
#include "scratch.h"

#define ONE "https://one.example/\n"
#define TWO "https://two.example/\n"

typedef struct {
  char               *folder;
  char               *path;
  PurgeDirectoryList *list;
  PurgeDraftKeeper   *keeper;
  guint               n_troubles;
} Fixture;

static void
on_trouble_cb (Fixture *fixture)
{
  fixture->n_troubles++;
}

/* The program is started: on what is in the folder. */
static void
start (Fixture *fixture)
{
  g_autoptr (PurgeDraft) draft = purge_draft_new (fixture->path);

  fixture->list = purge_directory_list_new ();
  fixture->keeper = purge_draft_keeper_new (fixture->list, draft);
  g_signal_connect_swapped (fixture->keeper, "notify::trouble", G_CALLBACK (on_trouble_cb), fixture);
}

static void
stop (Fixture *fixture)
{
  g_signal_handlers_disconnect_by_data (fixture->keeper, fixture);
  /* What is being saved may still be on its way. */
  desk_await_gone (fixture->keeper);
  g_assert_finalize_object (fixture->list);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture->folder = scratch_new ();
  fixture->path = g_build_filename (fixture->folder, "draft.txt", NULL);
  start (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  stop (fixture);
  g_free (fixture->path);
  scratch_free (fixture->folder);
}

static void
load (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  purge_draft_keeper_load_async (fixture->keeper, NULL, await_cb, &result);
  purge_draft_keeper_load_finish (fixture->keeper, await (&result), &error);
  g_assert_no_error (error);
}

static gboolean
flush (Fixture  *fixture,
       GError  **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  purge_draft_keeper_flush_async (fixture->keeper, NULL, await_cb, &result);
  return purge_draft_keeper_flush_finish (fixture->keeper, await (&result), error);
}

static void
add (Fixture    *fixture,
     const char *text)
{
  g_assert_true (purge_directory_list_add_text (fixture->list, text, -1, NULL, NULL));
}

static void
put (Fixture    *fixture,
     const char *text)
{
  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
}

static void
assert_list (Fixture    *fixture,
             const char *wanted)
{
  g_autofree char *text = purge_directory_list_dup_all_text (fixture->list);

  g_assert_cmpstr (text, ==, wanted);
}

static gboolean
has_file (Fixture    *fixture,
          const char *wanted)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (fixture->path, &text, NULL, NULL) && g_str_equal (text, wanted);
}

static gboolean
has_both (gpointer user_data)
{
  return has_file (user_data, ONE TWO);
}

static gboolean
is_gone (gpointer user_data)
{
  Fixture *fixture = user_data;

  return purge_draft_keeper_get_trouble (fixture->keeper) == NULL;
}

static gboolean
has_something (gpointer user_data)
{
  return !has_file (user_data, "") && g_file_test (((Fixture *) user_data)->path, G_FILE_TEST_EXISTS);
}

/* Not at once: what is written first is what several changes made of the list. */
static void
test_waits_for_more (Fixture       *fixture,
                     gconstpointer  user_data)
{
  load (fixture);
  add (fixture, ONE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  add (fixture, TWO);
  await_condition (has_something, fixture);
  g_assert_true (has_both (fixture));
}

/* By itself, whatever came before. */
static void
test_saves (Fixture       *fixture,
            gconstpointer  user_data)
{
  load (fixture);
  for (guint i = 0; i < 1000; i++)
    {
      add (fixture, ONE TWO);
      g_main_context_iteration (NULL, FALSE);
      purge_directory_list_clear (fixture->list);
    }
  add (fixture, ONE TWO);
  await_condition (has_both, fixture);

  stop (fixture);
  start (fixture);
  load (fixture);
  assert_list (fixture, ONE TWO);
}

static gboolean
has_file_after_one_more_change (gpointer user_data)
{
  Fixture *fixture = user_data;

  purge_directory_list_undo (fixture->list);
  purge_directory_list_redo (fixture->list);
  return g_file_test (fixture->path, G_FILE_TEST_EXISTS);
}

/* Somebody who never pauses is saved too. */
static void
test_saves_who_never_pauses (Fixture       *fixture,
                             gconstpointer  user_data)
{
  load (fixture);
  add (fixture, ONE);
  await_condition (has_file_after_one_more_change, fixture);
  g_assert_true (flush (fixture, NULL));
  g_assert_true (has_file (fixture, ONE));
}

static void
test_flushes (Fixture       *fixture,
              gconstpointer  user_data)
{
  load (fixture);
  g_assert_true (flush (fixture, NULL));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));

  add (fixture, ONE);
  g_assert_true (flush (fixture, NULL));
  g_assert_true (has_file (fixture, ONE));
  add (fixture, TWO);
  g_assert_true (flush (fixture, NULL));
  g_assert_true (has_file (fixture, ONE TWO));
  purge_directory_list_clear (fixture->list);
  g_assert_true (flush (fixture, NULL));
  g_assert_true (has_file (fixture, ""));
}

/* While one text is being written, a newer one comes: whoever waits then, waits for the newer one. */
static void
test_newest_wins (Fixture       *fixture,
                  gconstpointer  user_data)
{
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;

  load (fixture);
  add (fixture, ONE);
  purge_draft_keeper_flush_async (fixture->keeper, NULL, await_cb, &first);
  add (fixture, TWO);
  purge_draft_keeper_flush_async (fixture->keeper, NULL, await_cb, &second);
  g_assert_true (purge_draft_keeper_flush_finish (fixture->keeper, await (&second), NULL));
  g_assert_true (has_file (fixture, ONE TWO));
  g_assert_true (purge_draft_keeper_flush_finish (fixture->keeper, await (&first), NULL));
}

/* Whoever was faster than the disk keeps what was typed; the draft is not overwritten unread. */
static void
test_typed_before (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr (GAsyncResult) result = NULL;

  put (fixture, ONE);
  add (fixture, TWO);
  purge_draft_keeper_flush_async (fixture->keeper, NULL, await_cb, &result);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (has_file (fixture, ONE));

  load (fixture);
  assert_list (fixture, TWO ONE);
  g_assert_true (purge_draft_keeper_flush_finish (fixture->keeper, await (&result), NULL));
  g_assert_true (has_file (fixture, TWO ONE));
}

/* A second opening of the window brings nothing twice. */
static void
test_loads_once (Fixture       *fixture,
                 gconstpointer  user_data)
{
  g_autoptr (GAsyncResult) first = NULL;

  put (fixture, ONE);
  purge_draft_keeper_load_async (fixture->keeper, NULL, await_cb, &first);
  load (fixture);
  g_assert_true (purge_draft_keeper_load_finish (fixture->keeper, await (&first), NULL));
  purge_directory_list_clear (fixture->list);
  load (fixture);
  assert_list (fixture, "");
}

static void
test_full_disk (Fixture       *fixture,
                gconstpointer  user_data)
{
  const char *trouble;

  put (fixture, ONE);
  load (fixture);
  full_disk_begin (strlen (ONE));
  add (fixture, TWO);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (flush (fixture, &error));
      g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE);
      trouble = purge_draft_keeper_get_trouble (fixture->keeper);
      g_assert_nonnull (strstr (trouble, "The list is not saved"));
      g_assert_nonnull (strstr (trouble, "Make room"));
    }
  g_assert_cmpuint (fixture->n_troubles, ==, 1);
  g_assert_true (has_file (fixture, ONE));

  /* Nobody has to ask for it. */
  full_disk_end ();
  await_condition (is_gone, fixture);
  g_assert_true (has_file (fixture, ONE TWO));
  g_assert_cmpuint (fixture->n_troubles, ==, 2);
}

static void
test_damaged (Fixture       *fixture,
              gconstpointer  user_data)
{
  put (fixture, ONE "torn");
  load (fixture);
  assert_list (fixture, ONE);
  g_assert_true (flush (fixture, NULL));
  g_assert_nonnull (strstr (purge_draft_keeper_get_damage (fixture->keeper), "draft.txt.damaged-"));
  g_assert_true (has_file (fixture, ONE));

  /* Said once. */
  purge_draft_keeper_dismiss (fixture->keeper);
  g_assert_null (purge_draft_keeper_get_damage (fixture->keeper));
  add (fixture, TWO);
  g_assert_true (flush (fixture, NULL));
  g_assert_null (purge_draft_keeper_get_damage (fixture->keeper));
}

/* Whoever holds the lock on the new file is a disk that does not answer: the main loop goes on, and
 * whoever waits is told. */
static void
test_hanging_disk (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autofree char *fresh = g_strconcat (fixture->path, ".new", NULL);
  g_autoptr (GError) error = NULL;
  int fd = open (fresh, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

  load (fixture);
  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);
  add (fixture, ONE);
  g_assert_false (flush (fixture, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "does not answer"));
  add (fixture, TWO);
  g_assert_true (has_file (fixture, ""));

  close (fd);
  await_condition (has_both, fixture);
}

/* A list that goes with the program. */
static void
test_without_draft (void)
{
  g_autoptr (PurgeDirectoryList) list = purge_directory_list_new ();
  g_autoptr (PurgeDraftKeeper) keeper = purge_draft_keeper_new (list, NULL);
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GAsyncResult) flushed = NULL;

  g_assert_true (purge_directory_list_add_text (list, ONE, -1, NULL, NULL));
  purge_draft_keeper_load_async (keeper, NULL, await_cb, &loaded);
  g_assert_true (purge_draft_keeper_load_finish (keeper, await (&loaded), NULL));
  purge_draft_keeper_flush_async (keeper, NULL, await_cb, &flushed);
  g_assert_true (purge_draft_keeper_flush_finish (keeper, await (&flushed), NULL));
}

#define ADD(path, function) \
  g_test_add ("/draft-keeper/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("waits-for-more", test_waits_for_more);
  ADD ("saves", test_saves);
  ADD ("saves-who-never-pauses", test_saves_who_never_pauses);
  ADD ("flushes", test_flushes);
  ADD ("newest-wins", test_newest_wins);
  ADD ("typed-before", test_typed_before);
  ADD ("loads-once", test_loads_once);
  ADD ("full-disk", test_full_disk);
  ADD ("damaged", test_damaged);
  ADD ("hanging-disk", test_hanging_disk);
  g_test_add_func ("/draft-keeper/without-draft", test_without_draft);

  return g_test_run ();
}
