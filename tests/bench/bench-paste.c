/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* bench-paste ours|bare [LINES]: pastes a long text into the editor of the list, or as many strings into
 * the least that a list view can be: a label a row, and nothing to judge. Both show the last row then.
 *
 * Prints one line: the longest time in which the window did not answer, what the main thread computed in
 * it at most, how long it took until all was in the list, and what all threads computed until then; in
 * milliseconds. */

#include "config.h"

#include <stdlib.h>
#include <time.h>

#include "desk.h"
#include "heart.h"
#include "purge-list-editor.h"

#define N_LINES 100000
/* Longer than any of both needs, and as long for both. */
#define SPEND_MS 3000

static char *
make_line (guint i)
{
  return g_strdup_printf ("https://www.example%u.com/section/%u/images/%u/", i % 50, i % 1000, i);
}

static GStrv
make_lines (guint n)
{
  GStrv lines = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    lines[i] = make_line (i);

  return lines;
}

/* When something was, and what all threads had computed then. */
typedef struct {
  gint64 time;
  gint64 cpu;
} Moment;

static Moment
get_now (void)
{
  struct timespec cpu;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &cpu);
  return (Moment) { g_get_monotonic_time (), cpu.tv_sec * G_USEC_PER_SEC + cpu.tv_nsec / 1000 };
}

static void
print (const Heart  *heart,
       const Moment *since,
       const Moment *full)
{
  g_print ("%.1f %.1f %.1f %.1f\n", heart->longest / 1000.0, heart->longest_cpu / 1000.0,
           (full->time - since->time) / 1000.0, (full->cpu - since->cpu) / 1000.0);
}

static void
on_items_changed_cb (GListModel *model,
                     guint       position,
                     guint       n_removed,
                     guint       n_added,
                     Moment     *full)
{
  *full = get_now ();
}

static void
measure_ours (guint n)
{
  g_auto (GStrv) lines = make_lines (n);
  g_autofree char *text = g_strjoinv ("\n", lines);
  GtkWidget *editor = purge_list_editor_new ();
  Moment since, full = { 0 };
  Heart heart;
  Desk desk;

  desk_set_up (&desk, NULL);
  purge_list_editor_set_session (PURGE_LIST_EDITOR (editor), desk.session);
  desk_present (editor);
  heart_start (&heart);
  heart_spend (500);

  g_signal_connect (purge_session_get_list (desk.session), "items-changed",
                    G_CALLBACK (on_items_changed_cb), &full);
  heart_reset (&heart);
  since = get_now ();
  purge_list_editor_add_text (PURGE_LIST_EDITOR (editor), text, -1);
  heart_spend (SPEND_MS);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (purge_session_get_list (desk.session))), ==,
                    n);
  print (&heart, &since, &full);

  desk_assert_gone (editor);
  desk_tear_down (&desk, NULL);
}

static void
on_setup_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
on_bind_cb (GtkSignalListItemFactory *factory,
            GtkListItem              *item)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static GtkWidget *
create_bare (GtkStringList *strings)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkMultiSelection *selection = gtk_multi_selection_new (G_LIST_MODEL (strings));

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), NULL);
  return gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);
}

static void
measure_bare (guint n)
{
  g_auto (GStrv) lines = make_lines (n);
  GtkStringList *strings = gtk_string_list_new (NULL);
  GtkWidget *view = create_bare (strings);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  Moment since;
  Heart heart;

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  desk_present (scrolled);
  heart_start (&heart);
  heart_spend (500);

  heart_reset (&heart);
  since = get_now ();
  gtk_string_list_splice (strings, 0, 0, (const char * const *) lines);
  gtk_widget_activate_action (view, "list.scroll-to-item", "u", n - 1);
  heart_spend (SPEND_MS);
  print (&heart, &since, &since);

  desk_assert_gone (scrolled);
}

int
main (int   argc,
      char *argv[])
{
  desk_init (&argc, &argv);

  if (argc < 2)
    return 2;

  if (g_str_equal (argv[1], "ours"))
    measure_ours (argc > 2 ? atoi (argv[2]) : N_LINES);
  else
    measure_bare (argc > 2 ? atoi (argv[2]) : N_LINES);

  return 0;
}
