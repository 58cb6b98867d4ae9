/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What is typed, kept apart from the widget it is typed into. Knows characters and their places;
 * what they are for, and whether a person may see them, is known to others.
 *
 * GTK tells the text of whatever can be edited over the accessibility bus, hidden or not, and each
 * change of it as it is made; what a widget does not have it cannot tell. */

#define G_LOG_DOMAIN "purge-veil"

#include "config.h"

#include "purge-veil.h"

#include <string.h>

struct _PurgeVeil
{
  GObject         parent_instance;

  GtkText        *text;
  gulong          inserting;
  GtkEntryBuffer *typed;
};

G_DEFINE_FINAL_TYPE (PurgeVeil, purge_veil, G_TYPE_OBJECT)

static char *
make_bullets (guint n)
{
  GString *bullets = g_string_sized_new (n * strlen (PURGE_VEIL_BULLET));

  for (guint i = 0; i < n; i++)
    g_string_append (bullets, PURGE_VEIL_BULLET);
  return g_string_free (bullets, FALSE);
}

/* The first that hears of it: whoever was to hear of it afterwards hears of the bullets. */
static void
on_insert_text_cb (PurgeVeil   *self,
                   const char  *typed,
                   int          length,
                   int         *position,
                   GtkEditable *text)
{
  guint room = PURGE_VEIL_MAX_LENGTH - gtk_entry_buffer_get_length (self->typed);
  guint n = MIN ((guint) g_utf8_strlen (typed, length), room);
  g_autofree char *bullets = make_bullets (n);

  g_signal_stop_emission_by_name (text, "insert-text");
  gtk_entry_buffer_insert_text (self->typed, *position, typed, n);

  g_signal_handler_block (text, self->inserting);
  gtk_editable_insert_text (text, bullets, -1, position);
  g_signal_handler_unblock (text, self->inserting);
}

static void
on_deleted_text_cb (PurgeVeil *self,
                    guint      position,
                    guint      n)
{
  gtk_entry_buffer_delete_text (self->typed, position, n);
}

static void
purge_veil_finalize (GObject *object)
{
  PurgeVeil *self = PURGE_VEIL (object);

  g_clear_object (&self->typed);

  G_OBJECT_CLASS (purge_veil_parent_class)->finalize (object);
}

static void
purge_veil_class_init (PurgeVeilClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = purge_veil_finalize;
}

static void
purge_veil_init (PurgeVeil *self)
{
  self->typed = gtk_password_entry_buffer_new ();
}

/**
 * purge_veil_new:
 * @text: an empty text that nothing was connected to yet; it outlives the veil, or is used no more
 *
 * Returns: (transfer full): a veil before it
 */
PurgeVeil *
purge_veil_new (GtkText *text)
{
  PurgeVeil *self;

  g_return_val_if_fail (GTK_IS_TEXT (text), NULL);

  self = g_object_new (PURGE_TYPE_VEIL, NULL);
  self->text = text;
  self->inserting = g_signal_connect_object (text, "insert-text", G_CALLBACK (on_insert_text_cb),
                                             self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_text_get_buffer (text), "deleted-text",
                           G_CALLBACK (on_deleted_text_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * purge_veil_get_text:
 * @self: a veil
 *
 * Returns: (transfer none): what was typed, until that changes; do not copy it into ordinary memory
 */
const char *
purge_veil_get_text (PurgeVeil *self)
{
  g_return_val_if_fail (PURGE_IS_VEIL (self), NULL);

  return gtk_entry_buffer_get_text (self->typed);
}

/**
 * purge_veil_forget:
 * @self: a veil whose text is still there
 *
 * Empties the text and wipes what was typed. To delete the characters would not be enough: what was
 * behind them moves to the front, and the end of it stays where it was.
 */
void
purge_veil_forget (PurgeVeil *self)
{
  g_return_if_fail (PURGE_IS_VEIL (self));

  g_object_unref (self->typed);
  self->typed = gtk_password_entry_buffer_new ();
  gtk_editable_set_text (GTK_EDITABLE (self->text), "");
}
