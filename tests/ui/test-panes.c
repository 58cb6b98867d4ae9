/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Two panes at many widths: what they ask for, and where their children come to lie. */

#include "config.h"

#include <gtk/gtk.h>

#include "purge-panes.h"

typedef struct {
  PurgePanes *panes;
  GtkWidget  *start;
  GtkWidget  *end;
} Fixture;

static GtkWidget *
new_child (int width,
           int height)
{
  GtkWidget *child = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_size_request (child, width, height);
  return child;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture->panes = g_object_ref_sink (PURGE_PANES (purge_panes_new ()));
  fixture->start = new_child (300, 200);
  fixture->end = new_child (340, 150);
  purge_panes_set_start (fixture->panes, fixture->start);
  purge_panes_set_end (fixture->panes, fixture->end);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_assert_finalize_object (fixture->panes);
}

static void
measure (Fixture        *fixture,
         GtkOrientation  orientation,
         int             for_size,
         int            *minimum)
{
  gtk_widget_measure (GTK_WIDGET (fixture->panes), orientation, for_size, minimum, NULL, NULL, NULL);
}

static graphene_rect_t
allocate (Fixture   *fixture,
          GtkWidget *child,
          int        width,
          int        height)
{
  graphene_rect_t bounds;
  int minimum;

  measure (fixture, GTK_ORIENTATION_HORIZONTAL, -1, &minimum);
  measure (fixture, GTK_ORIENTATION_VERTICAL, width, &minimum);
  gtk_widget_allocate (GTK_WIDGET (fixture->panes), width, height, -1, NULL);
  g_assert_true (gtk_widget_compute_bounds (child, GTK_WIDGET (fixture->panes), &bounds));
  return bounds;
}

static void
test_minimum_is_the_wider_one (Fixture       *fixture,
                               gconstpointer  user_data)
{
  int minimum;

  measure (fixture, GTK_ORIENTATION_HORIZONTAL, -1, &minimum);
  g_assert_cmpint (minimum, ==, 340);
}

static void
test_height_follows_layout (Fixture       *fixture,
                            gconstpointer  user_data)
{
  int beside, stacked;

  allocate (fixture, fixture->end, 1000, 600);
  measure (fixture, GTK_ORIENTATION_VERTICAL, -1, &beside);
  allocate (fixture, fixture->end, 360, 600);
  gtk_widget_queue_resize (GTK_WIDGET (fixture->panes));
  measure (fixture, GTK_ORIENTATION_VERTICAL, -1, &stacked);
  g_assert_cmpint (beside, ==, 200);
  g_assert_cmpint (stacked, >=, 350);
}

/* GTK measures for ever where something becomes higher when it is wider, which panes that are side by
 * side are. */
static void
test_height_is_the_same_at_any_width (Fixture       *fixture,
                                      gconstpointer  user_data)
{
  int any, minimum;

  g_assert_cmpint (gtk_widget_get_request_mode (GTK_WIDGET (fixture->panes)), ==,
                   GTK_SIZE_REQUEST_CONSTANT_SIZE);
  measure (fixture, GTK_ORIENTATION_VERTICAL, -1, &any);
  for (int width = 340; width <= 1000; width += 20)
    {
      measure (fixture, GTK_ORIENTATION_VERTICAL, width, &minimum);
      g_assert_cmpint (minimum, ==, any);
    }
}

static void
test_positions (Fixture       *fixture,
                gconstpointer  user_data)
{
  static const struct {
    int      width;
    gboolean beside;
  } cases[] = {
    { 340, FALSE }, { 360, FALSE }, { 600, FALSE }, { 719, FALSE },
    { 720, TRUE }, { 721, TRUE }, { 1000, TRUE }, { 2560, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      graphene_rect_t start = allocate (fixture, fixture->start, cases[i].width, 600);
      graphene_rect_t end = allocate (fixture, fixture->end, cases[i].width, 600);

      g_test_message ("width %d", cases[i].width);
      g_assert_cmpfloat (start.origin.x, ==, 0);
      g_assert_cmpfloat (start.origin.y, ==, 0);
      g_assert_cmpfloat (start.size.width, >=, 300);
      g_assert_cmpfloat (end.size.width, >=, 340);
      g_assert_cmpfloat (end.origin.x + end.size.width, ==, cases[i].width);
      g_assert_cmpfloat (end.origin.y + end.size.height, ==, 600);
      if (cases[i].beside)
        g_assert_cmpfloat (end.origin.x, >=, start.size.width);
      else
        g_assert_cmpfloat (end.origin.y, >=, start.size.height);
    }
}

static void
test_wide_children_stay_stacked (Fixture       *fixture,
                                 gconstpointer  user_data)
{
  graphene_rect_t end;

  gtk_widget_set_size_request (fixture->end, 600, 150);
  end = allocate (fixture, fixture->end, 800, 600);
  g_assert_cmpfloat (end.origin.x, ==, 0);
  end = allocate (fixture, fixture->end, 1000, 600);
  g_assert_cmpfloat (end.origin.x, >, 0);
}

static void
test_right_to_left (Fixture       *fixture,
                    gconstpointer  user_data)
{
  graphene_rect_t start, end;

  gtk_widget_set_direction (GTK_WIDGET (fixture->panes), GTK_TEXT_DIR_RTL);
  start = allocate (fixture, fixture->start, 1000, 600);
  end = allocate (fixture, fixture->end, 1000, 600);

  g_assert_cmpfloat (end.origin.x, ==, 0);
  g_assert_cmpfloat (start.origin.x, >=, end.size.width);
  g_assert_cmpfloat (start.origin.x + start.size.width, ==, 1000);
}

static void
test_hidden_pane (Fixture       *fixture,
                  gconstpointer  user_data)
{
  graphene_rect_t bounds;

  gtk_widget_set_visible (fixture->start, FALSE);
  bounds = allocate (fixture, fixture->end, 1000, 600);
  g_assert_cmpfloat (bounds.size.width, ==, 1000);

  gtk_widget_set_visible (fixture->start, TRUE);
  gtk_widget_set_visible (fixture->end, FALSE);
  bounds = allocate (fixture, fixture->start, 360, 600);
  g_assert_cmpfloat (bounds.size.height, ==, 600);
}

/* What has nothing to show takes no room where there is little. */
static void
test_end_not_needed (Fixture       *fixture,
                     gconstpointer  user_data)
{
  graphene_rect_t bounds;
  int minimum;

  purge_panes_set_end_needed (fixture->panes, FALSE);
  bounds = allocate (fixture, fixture->start, 360, 600);
  measure (fixture, GTK_ORIENTATION_VERTICAL, -1, &minimum);
  g_assert_cmpint (minimum, ==, 200);
  g_assert_cmpfloat (bounds.size.height, ==, 600);
  g_assert_false (gtk_widget_get_child_visible (fixture->end));

  bounds = allocate (fixture, fixture->end, 1000, 600);
  g_assert_cmpfloat (bounds.origin.x, >, 0);
  g_assert_true (gtk_widget_get_child_visible (fixture->end));

  purge_panes_set_end_needed (fixture->panes, TRUE);
  bounds = allocate (fixture, fixture->end, 360, 600);
  g_assert_cmpfloat (bounds.origin.y, >, 0);
}

static void
count_notification (guint *n_notified)
{
  (*n_notified)++;
}

static void
test_properties (Fixture       *fixture,
                 gconstpointer  user_data)
{
  g_autoptr (GtkWidget) start = NULL;
  guint n_notified = 0;

  g_signal_connect_swapped (fixture->panes, "notify::start", G_CALLBACK (count_notification),
                            &n_notified);
  g_object_get (fixture->panes, "start", &start, NULL);
  g_assert_true (start == fixture->start);

  purge_panes_set_start (fixture->panes, fixture->start);
  g_assert_cmpuint (n_notified, ==, 0);
  purge_panes_set_start (fixture->panes, NULL);
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_null (gtk_widget_get_parent (start));
}

#define ADD(path, function) \
  g_test_add ("/panes/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);

  ADD ("minimum-is-the-wider-one", test_minimum_is_the_wider_one);
  ADD ("height-follows-layout", test_height_follows_layout);
  ADD ("height-is-the-same-at-any-width", test_height_is_the_same_at_any_width);
  ADD ("positions", test_positions);
  ADD ("wide-children-stay-stacked", test_wide_children_stay_stacked);
  ADD ("right-to-left", test_right_to_left);
  ADD ("hidden-pane", test_hidden_pane);
  ADD ("end-not-needed", test_end_not_needed);
  ADD ("properties", test_properties);

  return g_test_run ();
}
