/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What there is to say of a row of the list. A list has widgets for hundreds of rows at once, and most
 * of them need no notes, or one: so there is no template here, which would make all of them for each.
 * Changes nothing by itself. */

#define G_LOG_DOMAIN "purge-entry-notes"

#include "config.h"

#include "purge-entry-notes.h"

#include <glib/gi18n-lib.h>

#include "purge-entry-parts.h"
#include "purge-format.h"
#include "purge-reading.h"
#include "purge-wrap.h"

struct _PurgeEntryNotes
{
  AdwBin      parent_instance;

  PurgeEntry *entry;
};

G_DEFINE_FINAL_TYPE (PurgeEntryNotes, purge_entry_notes, ADW_TYPE_BIN)

static GtkWidget *
add_note (GtkBox     *box,
          const char *sentence,
          const char *style)
{
  GtkWidget *label = gtk_label_new (sentence);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, style);
  gtk_box_append (box, label);
  return label;
}

static void
add_mends (GtkBox     *box,
           PurgeEntry *entry)
{
  g_autofree char *sentence = purge_entry_dup_mends_sentence (entry);
  g_autofree char *given = NULL;
  g_autofree char *tooltip = NULL;

  if (sentence == NULL)
    return;

  given = purge_format_server_text (purge_entry_get_given (entry), PURGE_LINE_MAX_BYTES);
  /* Translators: a row of the list was mended; %s is what it was before. */
  tooltip = g_strdup_printf (_("It was given as “%s”"), given);
  gtk_widget_set_tooltip_text (add_note (box, sentence, "dim-label"), tooltip);
}

static void
add_cover (GtkBox     *box,
           PurgeEntry *entry)
{
  const char *cover = purge_entry_get_covered_by (entry);
  g_autofree char *text = NULL;
  g_autofree char *sentence = NULL;

  if (cover == NULL)
    return;

  text = purge_format_server_text (cover, PURGE_LINE_MAX_BYTES);
  /* Translators: %s is another directory of the list, which contains this one */
  sentence = g_strdup_printf (_("Covered by %s already: it would only use up quota"), text);
  add_note (box, sentence, "warning");
}

static void
add_button (GtkWidget  *wrap,
            const char *label,
            const char *action_name)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))),
                           PANGO_ELLIPSIZE_MIDDLE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action_name);
  gtk_widget_add_css_class (button, "suggestion");
  gtk_widget_add_css_class (button, "caption");
  gtk_widget_set_parent (button, wrap);
}

static void
add_offers (GtkBox     *box,
            PurgeEntry *entry)
{
  const char *suggestion = purge_entry_get_suggestion (entry);
  GtkWidget *wrap;

  if (suggestion == NULL && !purge_entry_get_offers_url (entry))
    return;

  wrap = g_object_new (PURGE_TYPE_WRAP, "at-start", TRUE, "spacing", 6, NULL);
  gtk_box_append (box, wrap);
  if (purge_entry_get_offers_url (entry))
    add_button (wrap, _("Purge as URL"), "row.purge-as-url");
  if (suggestion != NULL)
    {
      g_autofree char *text = purge_format_server_text (suggestion, PURGE_LINE_MAX_BYTES);
      /* Translators: a button that replaces a row by what can be sent; %s is that directory or URL */
      g_autofree char *label = g_strdup_printf (_("Use %s"), text);

      add_button (wrap, label, "row.use-suggestion");
    }
}

/* As wide as the button above it, so that all words begin at one place. */
static void
add_icon (GtkBox *box)
{
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                  "icon-name", "dialog-warning-symbolic",
                                  "valign", GTK_ALIGN_START,
                                  "width-request", PURGE_ENTRY_PARTS_BUTTON, NULL);

  gtk_widget_add_css_class (icon, "error");
  gtk_box_append (box, icon);
}

/* Beside what is wrong there is an icon. Nothing else is in a box with what is beside it: rows with a
 * text that wraps in such a box are slow. */
static GtkWidget *
create_notes (PurgeEntry *entry)
{
  GtkBox *notes = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));
  GtkWidget *whole = GTK_WIDGET (notes);
  g_autofree char *sentence = purge_entry_dup_sentence (entry);

  if (sentence != NULL)
    {
      whole = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, PURGE_ENTRY_PARTS_SPACING);
      add_icon (GTK_BOX (whole));
      add_note (notes, sentence, "error");
      gtk_widget_set_hexpand (GTK_WIDGET (notes), TRUE);
    }
  else
    gtk_widget_set_margin_start (whole, PURGE_ENTRY_PARTS_BUTTON + PURGE_ENTRY_PARTS_SPACING);

  add_mends (notes, entry);
  add_cover (notes, entry);
  add_offers (notes, entry);
  if (sentence != NULL)
    gtk_box_append (GTK_BOX (whole), GTK_WIDGET (notes));
  gtk_widget_set_margin_bottom (whole, 6);
  return whole;
}

static void
purge_entry_notes_dispose (GObject *object)
{
  purge_entry_notes_set_entry (PURGE_ENTRY_NOTES (object), NULL);

  G_OBJECT_CLASS (purge_entry_notes_parent_class)->dispose (object);
}

static void
purge_entry_notes_class_init (PurgeEntryNotesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = purge_entry_notes_dispose;
}

static void
purge_entry_notes_init (PurgeEntryNotes *self)
{
}

/**
 * purge_entry_notes_new:
 *
 * Returns: (transfer floating): notes on nothing yet
 */
GtkWidget *
purge_entry_notes_new (void)
{
  return g_object_new (PURGE_TYPE_ENTRY_NOTES, NULL);
}

/* Only what others are in the list can change of an entry. */
static void
update (PurgeEntryNotes *self)
{
  adw_bin_set_child (ADW_BIN (self), self->entry != NULL ? create_notes (self->entry) : NULL);
}

/**
 * purge_entry_notes_set_entry:
 * @self: notes
 * @entry: (nullable): what they are on
 *
 * Says what there is to say of another entry.
 */
void
purge_entry_notes_set_entry (PurgeEntryNotes *self,
                             PurgeEntry      *entry)
{
  g_return_if_fail (PURGE_IS_ENTRY_NOTES (self));
  g_return_if_fail (entry == NULL || PURGE_IS_ENTRY (entry));

  if (self->entry == entry)
    return;

  if (self->entry != NULL)
    g_signal_handlers_disconnect_by_func (self->entry, update, self);
  g_set_object (&self->entry, entry);
  if (entry != NULL)
    g_signal_connect_object (entry, "notify::covered-by", G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);
  update (self);
}

/**
 * purge_entry_notes_has_any:
 * @entry: (nullable): an entry
 *
 * Returns: whether there is anything to say of it
 */
gboolean
purge_entry_notes_has_any (PurgeEntry *entry)
{
  return entry != NULL && (!purge_entry_is_sendable (entry) ||
                           purge_entry_get_mends (entry) != PURGE_MENDS_NONE ||
                           purge_entry_get_covered_by (entry) != NULL);
}
