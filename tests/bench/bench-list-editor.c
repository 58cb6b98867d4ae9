/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* How long the window does not answer while a long list comes and goes: the longest time in which the
 * main loop does not turn. It measures and judges nothing: how fast a computer is says nothing of the
 * program. */

#include "config.h"

#include "desk.h"
#include "heart.h"
#include "purge-list-editor.h"

static char *
make_text (guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "https://www.example%u.com/section/%u/images/%u\n", i % 50,
                            i % 1000, i);

  return g_string_free (text, FALSE);
}

static void
measure (Heart      *heart,
         const char *what,
         GtkWidget  *editor,
         const char *action,
         const char *text)
{
  heart_reset (heart);
  if (text != NULL)
    purge_list_editor_add_text (PURGE_LIST_EDITOR (editor), text, -1);
  else
    gtk_widget_activate_action (editor, action, NULL);
  heart_spend (2500);
  g_print ("%-24s longest stall %4" G_GINT64_FORMAT " ms, computing %4" G_GINT64_FORMAT " ms\n",
           what, heart->longest / 1000, heart->longest_cpu / 1000);
}

int
main (int   argc,
      char *argv[])
{
  static const guint sizes[] = { 1000, 100000, 200000 };
  Heart heart;

  desk_init (&argc, &argv);
  heart_start (&heart);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *text = make_text (sizes[i]);
      GtkWidget *editor = purge_list_editor_new ();
      Desk desk;

      desk_set_up (&desk, NULL);
      purge_list_editor_set_session (PURGE_LIST_EDITOR (editor), desk.session);
      desk_present (editor);
      heart_spend (500);

      g_print ("%u lines\n", sizes[i]);
      measure (&heart, "nothing", editor, "editor.type", NULL);
      measure (&heart, "paste", editor, NULL, text);
      measure (&heart, "paste one more", editor, NULL, "https://one.example/");
      measure (&heart, "select all", editor, "editor.select-all", NULL);
      measure (&heart, "clear", editor, "editor.clear", NULL);
      measure (&heart, "undo", editor, "editor.undo", NULL);
      measure (&heart, "text", editor, "editor.as-text", NULL);
      measure (&heart, "list", editor, "editor.as-text", NULL);

      desk_assert_gone (editor);
      desk_tear_down (&desk, NULL);
    }

  return 0;
}
