/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Seconds are counted, and nothing is said where there is nothing to count. */

#include "config.h"

#include "desk.h"
#include "purge-countdown.h"

static void
test_counts (void)
{
  PurgeCountdown *countdown = g_object_new (PURGE_TYPE_COUNTDOWN, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), GTK_WIDGET (countdown));
  desk_present (box);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (countdown)));

  purge_countdown_set_seconds (countdown, 3);
  desk_await_text (box, "Trying again in 3 s");
  desk_await_text (box, "Trying again in 1 s");
  /* It goes on, and does not begin again. */
  purge_countdown_set_seconds (countdown, 3);
  g_assert_true (desk_shows (box, "Trying again in 1 s"));

  purge_countdown_set_seconds (countdown, 20);
  desk_await_text (box, "Trying again in 20 s");
  purge_countdown_set_seconds (countdown, 0);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (countdown)));
  desk_assert_gone (box);
}

int
main (int   argc,
      char *argv[])
{
  desk_init (&argc, &argv);

  g_test_add_func ("/countdown/counts", test_counts);

  return g_test_run ();
}
