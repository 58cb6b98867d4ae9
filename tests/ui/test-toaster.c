/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Toasts that come faster than they are drawn. */

#include "config.h"

#include "await.h"
#include "desk.h"
#include "purge-toaster.h"

typedef struct {
  AdwToastOverlay *overlay;
  PurgeToaster    *toaster;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture->overlay = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (fixture->overlay, gtk_label_new ("below"));
  desk_present (GTK_WIDGET (fixture->overlay));
  fixture->toaster = purge_toaster_new (fixture->overlay);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_assert_finalize_object (fixture->toaster);
  desk_assert_gone (fixture->overlay);
}

static gboolean
shows_nothing (gpointer overlay)
{
  return !desk_shows (overlay, "word");
}

/* The last word counts. Until it is over, what was dismissed is still moving: libadwaita's crash was at
 * the end of that. */
static void
test_fast (Fixture       *fixture,
           gconstpointer  user_data)
{
  purge_toaster_show (fixture->toaster, "first word", NULL);
  purge_toaster_show (fixture->toaster, "second word", "editor.undo");
  purge_toaster_show (fixture->toaster, "<third> word", NULL);
  desk_await_text (GTK_WIDGET (fixture->overlay), "<third> word");
  g_assert_false (desk_shows (GTK_WIDGET (fixture->overlay), "second word"));

  purge_toaster_show (fixture->toaster, "fourth word", "editor.undo");
  purge_toaster_hide (fixture->toaster);
  await_condition (shows_nothing, fixture->overlay);
  purge_toaster_show (fixture->toaster, "fifth word", "editor.undo");
  desk_await_text (GTK_WIDGET (fixture->overlay), "fifth word");
  g_assert_true (desk_shows (GTK_WIDGET (fixture->overlay), "Undo"));
}

/* As soon as it may. */
static void
test_hidden_at_once (Fixture       *fixture,
                     gconstpointer  user_data)
{
  purge_toaster_show (fixture->toaster, "first word", NULL);
  purge_toaster_hide (fixture->toaster);
  await_condition (shows_nothing, fixture->overlay);
}

int
main (int   argc,
      char *argv[])
{
  desk_init (&argc, &argv);

  g_test_add ("/toaster/fast", Fixture, NULL, set_up, test_fast, tear_down);
  g_test_add ("/toaster/hidden-at-once", Fixture, NULL, set_up, test_hidden_at_once, tear_down);

  return g_test_run ();
}
