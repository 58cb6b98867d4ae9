/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Only the rows that can be seen are told so, and all of them: those at the top, and those that come when
 * somebody scrolls. */

#include "config.h"

#include "await.h"
#include "desk.h"
#include "purge-in-sight.h"

#define N_ROWS 300
#define LAST "row 299"

static GHashTable *seen;

static void
on_setup_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *item)
{
  gtk_list_item_set_child (item, gtk_label_new (NULL));
}

static void
on_bind_cb (GtkSignalListItemFactory *factory,
            GtkListItem              *item)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static void
on_in_sight_cb (GtkWidget *row)
{
  g_hash_table_add (seen, g_strdup (gtk_label_get_text (GTK_LABEL (row))));
}

static gboolean
has_seen (gpointer text)
{
  return g_hash_table_contains (seen, text);
}

static GtkWidget *
create_view (void)
{
  GtkStringList *texts = gtk_string_list_new (NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  for (guint i = 0; i < N_ROWS; i++)
    {
      g_autofree char *text = g_strdup_printf ("row %u", i);

      gtk_string_list_append (texts, text);
    }
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), NULL);
  return gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (texts))), factory);
}

static void
test_rows (void)
{
  GtkWidget *view = create_view ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *window;

  seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  purge_in_sight_watch (GTK_LIST_VIEW (view), on_in_sight_cb);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  window = desk_present (scrolled);

  await_condition (has_seen, "row 0");
  g_assert_true (has_seen ("row 1"));
  /* No row is less than ten pixels high. */
  g_assert_cmpuint (g_hash_table_size (seen), <, 60);
  g_assert_false (has_seen (LAST));

  gtk_widget_activate_action (view, "list.scroll-to-item", "u", N_ROWS - 1);
  await_condition (has_seen, LAST);
  g_assert_false (has_seen ("row 150"));

  gtk_window_destroy (GTK_WINDOW (window));
  g_hash_table_unref (seen);
}

int
main (int   argc,
      char *argv[])
{
  desk_init (&argc, &argv);

  g_test_add_func ("/in-sight/rows", test_rows);

  return g_test_run ();
}
