/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A database that was damaged: it is said until it was read, and the window works. */

#include "config.h"

#include "await.h"
#include "desk.h"
#include "purge-storage-banner.h"
#include "scratch.h"

typedef struct {
  Desk                desk;
  char               *folder;
  PurgeStorageBanner *banner;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  text)
{
  g_autofree char *database = NULL;

  fixture->folder = scratch_new ();
  database = g_build_filename (fixture->folder, "journal.sqlite", NULL);
  if (text != NULL)
    g_assert_true (g_file_set_contents (database, text, -1, NULL));
  desk_furnish (&fixture->desk, database);
  desk_open (&fixture->desk);

  fixture->banner = g_object_new (PURGE_TYPE_STORAGE_BANNER, NULL);
  purge_storage_banner_set_session (fixture->banner, fixture->desk.session);
  desk_present (GTK_WIDGET (fixture->banner));
  purge_storage_banner_read_notice (fixture->banner);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  text)
{
  desk_assert_gone (fixture->banner);
  desk_tear_down (&fixture->desk, NULL);
  scratch_free (fixture->folder);
}

static GtkWidget *
find_close (Fixture *fixture)
{
  return desk_find (GTK_WIDGET (fixture->banner), GTK_TYPE_BUTTON, "_Close");
}

static gboolean
is_hidden (gpointer user_data)
{
  return find_close (user_data) == NULL;
}

static void
test_damaged (Fixture       *fixture,
              gconstpointer  text)
{
  desk_await_text (GTK_WIDGET (fixture->banner), "journal.sqlite.damaged-");
  g_signal_emit_by_name (find_close (fixture), "clicked");
  await_condition (is_hidden, fixture);
}

static void
test_sound (Fixture       *fixture,
            gconstpointer  text)
{
  g_assert_null (find_close (fixture));
}

int
main (int   argc,
      char *argv[])
{
  desk_init (&argc, &argv);

  g_test_add ("/storage-banner/damaged", Fixture, "This is no database, and never was one.", set_up,
              test_damaged, tear_down);
  g_test_add ("/storage-banner/sound", Fixture, NULL, set_up, test_sound, tear_down);

  return g_test_run ();
}
