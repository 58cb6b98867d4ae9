/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Widgets in lines: as many lines as the width asks for, and nothing over the edge. */

#include "config.h"

#include "desk.h"
#include "purge-wrap.h"

#define CHILD_WIDTH 100
#define CHILD_HEIGHT 20
#define SPACING 10
#define LINE_SPACING 6

static const struct {
  int      width;
  int      n_lines;
  gboolean at_start;
  gboolean rtl;
  int      first_x;
} cases[] = {
  { 400, 1, FALSE, FALSE, 80 },
  { 400, 1, TRUE, FALSE, 0 },
  { 400, 1, FALSE, TRUE, 220 },
  { 400, 1, TRUE, TRUE, 300 },
  { 320, 1, FALSE, FALSE, 0 },
  { 319, 2, FALSE, FALSE, 109 },
  { 210, 2, TRUE, FALSE, 0 },
  { 209, 3, FALSE, FALSE, 109 },
  { 100, 3, FALSE, FALSE, 0 },
};

static GtkWidget *
new_wrap (gboolean at_start,
          gboolean rtl)
{
  GtkWidget *wrap = g_object_new (PURGE_TYPE_WRAP, "at-start", at_start, "spacing", SPACING, NULL);

  gtk_widget_set_direction (wrap, rtl ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  for (int i = 0; i < 4; i++)
    {
      GtkWidget *child = gtk_drawing_area_new ();

      gtk_widget_set_size_request (child, CHILD_WIDTH, CHILD_HEIGHT);
      /* One that is hidden takes no room. */
      gtk_widget_set_visible (child, i != 1);
      gtk_widget_set_parent (child, wrap);
    }

  return g_object_ref_sink (wrap);
}

/* A label that is wider than the whole has more lines of its own, and the room for them. */
static void
test_squeezed (void)
{
  g_autoptr (GtkWidget) wrap = g_object_ref_sink (g_object_new (PURGE_TYPE_WRAP, NULL));
  GtkWidget *label = gtk_label_new ("some words that do not fit into one line");
  int wide, narrow, alone;

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_parent (label, wrap);
  gtk_widget_measure (wrap, GTK_ORIENTATION_VERTICAL, 1000, &wide, NULL, NULL, NULL);
  gtk_widget_measure (wrap, GTK_ORIENTATION_VERTICAL, 120, &narrow, NULL, NULL, NULL);
  gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, 120, NULL, &alone, NULL, NULL);
  g_assert_cmpint (narrow, >, wide);
  g_assert_cmpint (narrow, ==, alone);
}

static void
test_case (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GtkWidget) wrap = new_wrap (cases[i].at_start, cases[i].rtl);
  int minimum, natural, height;
  graphene_rect_t bounds;

  gtk_widget_measure (wrap, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, CHILD_WIDTH);
  g_assert_cmpint (natural, ==, 3 * CHILD_WIDTH + 2 * SPACING);

  gtk_widget_measure (wrap, GTK_ORIENTATION_VERTICAL, cases[i].width, &height, NULL, NULL, NULL);
  g_assert_cmpint (height, ==, cases[i].n_lines * (CHILD_HEIGHT + LINE_SPACING) - LINE_SPACING);

  gtk_widget_allocate (wrap, cases[i].width, height, -1, NULL);
  g_assert_true (gtk_widget_compute_bounds (gtk_widget_get_first_child (wrap), wrap, &bounds));
  g_assert_cmpint (bounds.origin.x, ==, cases[i].first_x);
  g_assert_true (gtk_widget_compute_bounds (gtk_widget_get_last_child (wrap), wrap, &bounds));
  g_assert_cmpint (bounds.origin.y, ==, (cases[i].n_lines - 1) * (CHILD_HEIGHT + LINE_SPACING));
}

/* For a height it says the least width at which it is no higher, lest GTK look for that for ever. */
static void
test_width_follows_height (void)
{
  g_autoptr (GtkWidget) wrap = new_wrap (FALSE, FALSE);
  const struct {
    int n_lines;
    int minimum;
  } widths[] = { { 1, 320 }, { 2, 210 }, { 3, CHILD_WIDTH }, { 9, CHILD_WIDTH } };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      int height = widths[i].n_lines * (CHILD_HEIGHT + LINE_SPACING) - LINE_SPACING;
      int minimum, natural;

      gtk_widget_measure (wrap, GTK_ORIENTATION_HORIZONTAL, height, &minimum, &natural, NULL, NULL);
      g_assert_cmpint (minimum, ==, widths[i].minimum);
      g_assert_cmpint (natural, >=, minimum);
    }
}

/* A last child that wants to stand at the end does, in whichever line it is. */
static void
test_last_at_end (void)
{
  static const struct { int width; gboolean rtl; int last_x; } ends[] = {
    { 400, FALSE, 300 }, { 400, TRUE, 0 }, { 210, FALSE, 110 }, { 100, FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (GtkWidget) wrap = new_wrap (TRUE, ends[i].rtl);
      GtkWidget *last = gtk_widget_get_last_child (wrap);
      graphene_rect_t bounds;
      int height;

      gtk_widget_set_halign (last, GTK_ALIGN_END);
      gtk_widget_measure (wrap, GTK_ORIENTATION_VERTICAL, ends[i].width, &height, NULL, NULL, NULL);
      gtk_widget_allocate (wrap, ends[i].width, height, -1, NULL);
      g_assert_true (gtk_widget_compute_bounds (last, wrap, &bounds));
      g_assert_cmpint (bounds.origin.x, ==, ends[i].last_x);
    }
}

int
main (int   argc,
      char *argv[])
{
  desk_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/wrap/%u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }

  g_test_add_func ("/wrap/width-follows-height", test_width_follows_height);
  g_test_add_func ("/wrap/last-at-end", test_last_at_end);
  g_test_add_func ("/wrap/squeezed", test_squeezed);

  return g_test_run ();
}
