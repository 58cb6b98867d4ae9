/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A row for a secret: what is in it is drawn when a person asks for that, and at no time told or
 * copied; it is gone when the row is told to forget. */

#include "config.h"

#include <string.h>

#include "desk.h"
#include "memory-scan.h"
#include "purge-secret-row.h"

#define KEY_LENGTH 32

static GtkWidget *
present_row (void)
{
  GtkWidget *box = gtk_list_box_new ();
  GtkWidget *row = g_object_new (PURGE_TYPE_SECRET_ROW, "title", "SecretKey", NULL);

  gtk_list_box_append (GTK_LIST_BOX (box), row);
  desk_present (box);
  return row;
}

static GtkText *
get_text (GtkWidget *row)
{
  return GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (row)));
}

/* All that is drawn of the row. */
static GskRenderNode *
draw (GtkWidget *row)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;

  gtk_test_widget_wait_for_draw (row);
  GTK_WIDGET_GET_CLASS (row)->snapshot (row, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  return node;
}

/* What is drawn last, over all the rest. */
static GskRenderNode *
find_last (GskRenderNode *node)
{
  const GskRenderNodeType type = gsk_render_node_get_node_type (node);

  if (type == GSK_CONTAINER_NODE)
    return find_last (gsk_container_node_get_child (
      node, gsk_container_node_get_n_children (node) - 1));
  if (type == GSK_CLIP_NODE)
    return find_last (gsk_clip_node_get_child (node));
  if (type == GSK_TRANSFORM_NODE)
    return find_last (gsk_transform_node_get_child (node));
  return node;
}

static float
get_width_of_secret (GtkWidget *row)
{
  g_autoptr (GskRenderNode) node = draw (row);
  GskRenderNode *text = find_last (node);
  guint n_glyphs = gsk_text_node_get_num_glyphs (text);
  const PangoGlyphInfo *glyphs = gsk_text_node_get_glyphs (text, NULL);
  int width = 0;

  g_assert_cmpuint (n_glyphs, ==, gtk_text_get_text_length (get_text (row)));
  for (guint i = 0; i < n_glyphs; i++)
    width += glyphs[i].geometry.width;
  return (float) width / PANGO_SCALE;
}

static gboolean
looks_alike (GtkWidget  *row,
             const char *one,
             const char *other)
{
  g_autoptr (GskRenderNode) of_one = NULL;
  g_autoptr (GskRenderNode) of_other = NULL;
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;

  gtk_editable_set_text (GTK_EDITABLE (row), one);
  of_one = draw (row);
  gtk_editable_set_text (GTK_EDITABLE (row), other);
  of_other = draw (row);
  first = gsk_render_node_serialize (of_one);
  second = gsk_render_node_serialize (of_other);
  return g_bytes_equal (first, second);
}

/* Of the same length, secrets look the same until they are to be seen. */
static void
test_reveal (Desk          *desk,
             gconstpointer  user_data)
{
  GtkWidget *row = present_row ();
  GtkButton *button = GTK_BUTTON (desk_find (row, GTK_TYPE_BUTTON, NULL));
  gboolean revealed;

  g_assert_true (looks_alike (row, "abcd", "efgh"));
  g_assert_cmpstr (gtk_button_get_icon_name (button), ==, "view-reveal-symbolic");
  for (guint i = 0; i < 2; i++)
    {
      g_signal_emit_by_name (button, "clicked");
      g_object_get (row, "revealed", &revealed, NULL);
      g_assert_cmpint (revealed, ==, i == 0);
      g_assert_cmpint (looks_alike (row, "abcd", "efgh"), ==, !revealed);
      g_assert_cmpstr (gtk_button_get_icon_name (button), ==,
                       revealed ? "view-conceal-symbolic" : "view-reveal-symbolic");
      g_assert_false (gtk_text_get_visibility (get_text (row)));
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "••••");
    }
}

/* Where a letter is drawn is where the cursor is, however wide it would be in another font; also at
 * the end of what is longer than the row. */
static void
test_places (Desk          *desk,
             gconstpointer  user_data)
{
  static const char letters[] = { 'W', 'i' };
  GtkWidget *row = present_row ();
  float ends[G_N_ELEMENTS (letters)];

  gtk_widget_activate_action (row, "secret.reveal", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      g_autofree char *secret = g_strnfill (300, letters[i]);
      graphene_rect_t first, last;

      gtk_editable_set_text (GTK_EDITABLE (row), secret);
      gtk_editable_set_position (GTK_EDITABLE (row), -1);
      gtk_test_widget_wait_for_draw (row);
      gtk_text_compute_cursor_extents (get_text (row), 0, &first, NULL);
      gtk_text_compute_cursor_extents (get_text (row), 300, &last, NULL);
      ends[i] = last.origin.x;
      g_assert_cmpfloat (first.origin.x, <, 0);
      g_assert_cmpfloat (ends[i], <=, gtk_widget_get_width (GTK_WIDGET (get_text (row))));
      g_assert_cmpfloat_with_epsilon (get_width_of_secret (row), last.origin.x - first.origin.x, 1);
    }
  g_assert_cmpfloat_with_epsilon (ends[0], ends[1], 1);
}

/* Shown or not, nothing of it comes into the clipboard. */
static void
test_copy (Desk          *desk,
           gconstpointer  user_data)
{
  static const char * const signals[] = { "copy-clipboard", "cut-clipboard" };
  GtkWidget *row = present_row ();

  gtk_editable_set_text (GTK_EDITABLE (row), "abcd");
  gtk_editable_select_region (GTK_EDITABLE (row), 0, -1);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (signals); i++)
    {
      g_signal_emit_by_name (get_text (row), signals[i % 2]);
      g_assert_null (gdk_clipboard_get_content (gtk_widget_get_clipboard (row)));
      g_assert_cmpstr (purge_secret_row_get_secret (PURGE_SECRET_ROW (row)), ==, "abcd");
      if (i == 1)
        gtk_widget_activate_action (row, "secret.reveal", NULL);
    }
}

/* A key that is nowhere but in the row; it is typed letter by letter, as a keyboard does. */
static void
type_key (GtkWidget *row,
          guint8    *concealed)
{
  const char *letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  for (int i = 0; i < KEY_LENGTH; i++)
    {
      char letter[] = { letters[g_random_int_range (0, 62)], '\0' };
      int position = i;

      concealed[i] = MEMORY_SCAN_CONCEAL (*letter);
      gtk_editable_insert_text (GTK_EDITABLE (row), letter, -1, &position);
    }
}

static void
test_forget (Desk          *desk,
             gconstpointer  user_data)
{
  GtkWidget *row = present_row ();
  guint8 concealed[KEY_LENGTH];
  const char *secret;

  type_key (row, concealed);
  gtk_test_widget_wait_for_draw (row);
  secret = purge_secret_row_get_secret (PURGE_SECRET_ROW (row));
  g_assert_cmpuint (memory_scan_count (concealed, KEY_LENGTH, NULL), >, 0);
  g_assert_cmpuint (memory_scan_count (concealed, KEY_LENGTH, secret), ==, 0);

  purge_secret_row_forget (PURGE_SECRET_ROW (row));
  g_assert_cmpuint (memory_scan_count (concealed, KEY_LENGTH, NULL), ==, 0);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "");
}

#define ADD(path, function) \
  g_test_add ("/secret-row/" path, Desk, "without account", desk_set_up, function, desk_tear_down)

int
main (int   argc,
      char *argv[])
{
  desk_init (&argc, &argv);
  /* Two pictures of the same are to be the same. */
  g_object_set (gtk_settings_get_default (),
                "gtk-enable-animations", FALSE,
                "gtk-cursor-blink", FALSE,
                NULL);

  ADD ("reveal", test_reveal);
  ADD ("places", test_places);
  ADD ("copy", test_copy);
  ADD ("forget", test_forget);

  return g_test_run ();
}
