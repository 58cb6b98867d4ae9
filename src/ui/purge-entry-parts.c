/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Lays the parts of a row of the list out. Knows where each has its place, and how high an address is.
 *
 * A list view makes two hundred rows at once, and asks all of them how large they are, so this takes no
 * detour. A horizontal box tries widths out until it knows how narrow a text that wraps can be; and so
 * does a label, which knows no least width and finds it by breaking the text behind each character. */

#define G_LOG_DOMAIN "purge-entry-parts"

#include "config.h"

#include "purge-entry-parts.h"

#define SPACING PURGE_ENTRY_PARTS_SPACING
#define ADDRESS_MARGIN 6
#define ADDRESS_LINES 4
/* A few characters; a list is as wide as the window lets it be. */
#define ADDRESS_WIDTH 24

static gboolean
is_shown (GtkWidget *part)
{
  return part != NULL && gtk_widget_should_layout (part);
}

static int
get_width (GtkWidget *part)
{
  int width;

  if (!is_shown (part))
    return 0;

  gtk_widget_measure (part, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  return width;
}

static int
get_button_width (GtkWidget *button)
{
  return button != NULL ? get_width (button) : PURGE_ENTRY_PARTS_BUTTON;
}

static int
get_height (GtkWidget *part,
            int        width)
{
  int height;

  if (!is_shown (part))
    return 0;

  gtk_widget_measure (part, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  return height;
}

/* What is read byte for byte: see the style for others that are. */
static PangoAttrList *
create_attributes (void)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum, zero, ss01"));
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  return attributes;
}

/* As high as the label is going to be, which is not asked: see above. Where it has all the room it wants
 * any text does for a line, and a short one is shaped in no time. */
static int
get_address_height (GtkWidget *address,
                    int        width)
{
  const char *text = width < 0 ? "/" : gtk_label_get_text (GTK_LABEL (address));
  g_autoptr (PangoLayout) layout =
    gtk_widget_create_pango_layout (gtk_widget_get_parent (address), text);
  g_autoptr (PangoAttrList) attributes = create_attributes ();
  int text_width, text_height;

  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  if (width >= 0 && text_width > width)
    {
      pango_layout_set_width (layout, width * PANGO_SCALE);
      pango_layout_set_wrap (layout, PANGO_WRAP_CHAR);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_height (layout, -ADDRESS_LINES);
      pango_layout_get_pixel_size (layout, NULL, &text_height);
    }

  return text_height + 2 * ADDRESS_MARGIN;
}

/* What is in the line beside the address. */
static int
get_width_beside (const PurgeEntryParts *parts)
{
  const int word = get_width (parts->word);

  return get_button_width (parts->kind) + SPACING + (word > 0 ? word + SPACING : 0) +
         SPACING + get_button_width (parts->edit) + SPACING + get_button_width (parts->remove);
}

static int
get_line_height (const PurgeEntryParts *parts,
                 int                    width)
{
  const int address_width = width < 0 ? -1 : MAX (width - get_width_beside (parts), 0);
  int height = PURGE_ENTRY_PARTS_BUTTON;

  if (!is_shown (parts->address))
    return 0;

  height = MAX (height, get_height (parts->kind, -1));
  height = MAX (height, get_address_height (parts->address, address_width));
  return MAX (height, get_height (parts->edit, -1));
}

static void
extend (GtkWidget *part,
        int       *minimum,
        int       *natural)
{
  int part_minimum, part_natural;

  if (!is_shown (part))
    return;

  gtk_widget_measure (part, GTK_ORIENTATION_HORIZONTAL, -1, &part_minimum, &part_natural, NULL, NULL);
  *minimum = MAX (*minimum, part_minimum);
  *natural = MAX (*natural, part_natural);
}

/**
 * purge_entry_parts_create_address:
 *
 * Returns: (transfer floating): a label for the address
 */
GtkWidget *
purge_entry_parts_create_address (void)
{
  GtkWidget *address = gtk_label_new (NULL);
  g_autoptr (PangoAttrList) attributes = create_attributes ();

  gtk_label_set_attributes (GTK_LABEL (address), attributes);
  gtk_label_set_xalign (GTK_LABEL (address), 0);
  gtk_label_set_wrap (GTK_LABEL (address), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (address), PANGO_WRAP_CHAR);
  gtk_label_set_lines (GTK_LABEL (address), ADDRESS_LINES);
  gtk_label_set_ellipsize (GTK_LABEL (address), PANGO_ELLIPSIZE_END);
  gtk_widget_set_margin_top (address, ADDRESS_MARGIN);
  gtk_widget_set_margin_bottom (address, ADDRESS_MARGIN);
  return address;
}

/**
 * purge_entry_parts_measure:
 * @parts: the parts of a row
 * @orientation: what is to be measured
 * @for_size: how wide the row is, or -1; how high it is does not make it narrower
 * @minimum: (out): the least
 * @natural: (out): how much is wanted
 *
 * As the function of a widget's class.
 */
void
purge_entry_parts_measure (const PurgeEntryParts *parts,
                           GtkOrientation         orientation,
                           int                    for_size,
                           int                   *minimum,
                           int                   *natural)
{
  *minimum = *natural = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      if (is_shown (parts->address))
        *minimum = *natural = get_width_beside (parts) + ADDRESS_WIDTH;
      extend (parts->notes, minimum, natural);
      extend (parts->editor, minimum, natural);
    }
  else
    {
      *natural = get_line_height (parts, for_size) + get_height (parts->notes, for_size) +
                 get_height (parts->editor, for_size);
      *minimum = *natural;
    }
}

/* Gives a part its place in the line, or from @x on whatever is left of it. */
static int
place (GtkWidget *part,
       int        row_width,
       int        x,
       int        y,
       int        width,
       int        height)
{
  GtkAllocation allocation = { x, y, width, height };

  if (is_shown (part))
    {
      if (gtk_widget_get_direction (part) == GTK_TEXT_DIR_RTL)
        allocation.x = row_width - x - width;
      gtk_widget_size_allocate (part, &allocation, -1);
    }

  return x + width + SPACING;
}

static void
allocate_line (const PurgeEntryParts *parts,
               int                    width,
               int                    height)
{
  const int address_width = MAX (width - get_width_beside (parts), 0);
  int x = 0;

  x = place (parts->kind, width, x, 0, get_button_width (parts->kind), height);
  x = place (parts->address, width, x, 0, address_width, height);
  if (is_shown (parts->word))
    x = place (parts->word, width, x, 0, get_width (parts->word), height);
  x = place (parts->edit, width, x, 0, get_button_width (parts->edit), height);
  place (parts->remove, width, x, 0, get_button_width (parts->remove), height);
}

/**
 * purge_entry_parts_allocate:
 * @parts: the parts of a row
 * @width: the width of the row
 * @height: its height
 *
 * Gives each part its place: the line first, whatever else there is below.
 */
void
purge_entry_parts_allocate (const PurgeEntryParts *parts,
                            int                    width,
                            int                    height)
{
  const int notes_height = get_height (parts->notes, width);
  int y = 0;

  if (is_shown (parts->address))
    {
      y = MAX (height - notes_height, 0);
      allocate_line (parts, width, y);
    }

  place (parts->notes, width, 0, y, width, notes_height);
  place (parts->editor, width, 0, y + notes_height, width,
         MAX (height - y - notes_height, 0));
}
