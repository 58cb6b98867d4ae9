/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A row reckons how high its address is, without asking the label: it has to come to the same result, for
 * texts of one line, of several and of too many. Its buttons come later, and nothing moves then. */

#include "config.h"

#include "desk.h"
#include "purge-entry-row.h"

#define LONG "a-rather-long-name-of-a-directory/of-the-same/and-one-more/"

/* None covers another, which would be said below it. */
static const char * const texts[] = {
  "https://a.example.com/",
  "https://b.example.com/" LONG,
  "https://c.example.com/" LONG LONG LONG,
  "https://d.example.com/" LONG LONG LONG LONG LONG LONG LONG LONG,
  NULL,
};

static int
measure (GtkWidget      *widget,
         GtkOrientation  orientation,
         int             for_size)
{
  int natural;

  gtk_widget_measure (widget, orientation, for_size, NULL, &natural, NULL, NULL);
  return natural;
}

/* What the label gets of a row of this width. */
static int
get_address_width (int width)
{
  return width - 3 * 34 - 3 * 6;
}

static GtkWidget *
create_row (PurgeDirectoryList *list,
            guint               position)
{
  g_autoptr (PurgeEntry) entry = g_list_model_get_item (G_LIST_MODEL (list), position);
  GtkWidget *row = purge_entry_row_new ();

  g_object_set (row, "entry", entry, NULL);
  return row;
}

static void
assert_heights (GtkWidget *row)
{
  GtkWidget *address = desk_find (row, GTK_TYPE_LABEL, "https://");
  int before = G_MAXINT;

  for (int width = 160; width < 1600; width += 23)
    {
      int label = measure (address, GTK_ORIENTATION_VERTICAL, get_address_width (width));
      int bare = measure (row, GTK_ORIENTATION_VERTICAL, width);

      g_assert_cmpint (bare, ==, MAX (label, 34));
      g_assert_cmpint (bare, <=, before);
      before = bare;
    }
}

static void
assert_furnished (GtkWidget *row)
{
  const int width = measure (row, GTK_ORIENTATION_HORIZONTAL, -1);
  const int height = measure (row, GTK_ORIENTATION_VERTICAL, 500);

  purge_entry_row_furnish (PURGE_ENTRY_ROW (row));
  g_assert_cmpint (measure (row, GTK_ORIENTATION_HORIZONTAL, -1), ==, width);
  g_assert_cmpint (measure (row, GTK_ORIENTATION_VERTICAL, 500), ==, height);
}

static void
test_heights (void)
{
  g_autoptr (PurgeDirectoryList) list = purge_directory_list_new ();
  g_autofree char *text = g_strjoinv ("\n", (char **) (gpointer) texts);
  PurgeAddReport report;

  purge_directory_list_add_text (list, text, -1, &report, NULL);
  for (guint i = 0; texts[i] != NULL; i++)
    {
      GtkWidget *row = create_row (list, i);
      GtkWidget *window = desk_present (row);

      g_test_message ("%s", texts[i]);
      assert_heights (row);
      assert_furnished (row);
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

int
main (int   argc,
      char *argv[])
{
  desk_init (&argc, &argv);

  g_test_add_func ("/entry-parts/heights", test_heights);

  return g_test_run ();
}
