/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The list as rows. Knows positions and selections; the list knows what a change means. */

#define G_LOG_DOMAIN "purge-list-rows"

#include "config.h"

#include "purge-list-rows.h"

#include <glib/gi18n-lib.h>

#include "purge-entry-row.h"

struct _PurgeListRows
{
  AdwBin              parent_instance;

  PurgeDirectoryList *list;

  GtkListView        *view;
  GtkMultiSelection  *selection;
};

G_DEFINE_FINAL_TYPE (PurgeListRows, purge_list_rows, ADW_TYPE_BIN)

static void
scroll_to (PurgeListRows *self,
           guint          position)
{
  gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", position);
}

static void
tell (PurgeListRows *self,
      const char    *sentence)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "editor.toast-undo", "s", sentence);
}

static void
tell_removed (PurgeListRows *self,
              guint          n_entries)
{
  g_autofree char *sentence =
    g_strdup_printf (ngettext ("%u row removed", "%u rows removed", n_entries), n_entries);

  tell (self, sentence);
}

/* Shows where an entry went that was merged with another. */
static void
tell_position (PurgeListRows *self,
               guint          was,
               guint          is)
{
  if (is == was)
    return;

  if (is == PURGE_DIRECTORY_LIST_NOWHERE)
    {
      tell_removed (self, 1);
      return;
    }

  tell (self, _("It is in the list already"));
  scroll_to (self, is);
}

/* A factory's rows are the children of the list view's own row widgets. */
static PurgeEntryRow *
find_row (PurgeListRows *self,
          guint          position)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->view));
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);

      if (PURGE_IS_ENTRY_ROW (row) && purge_entry_row_get_position (PURGE_ENTRY_ROW (row)) == position)
        return PURGE_ENTRY_ROW (row);
    }

  return NULL;
}

static void
on_view_activate_cb (PurgeListRows *self,
                     guint          position)
{
  PurgeEntryRow *row = find_row (self, position);

  if (row != NULL)
    purge_entry_row_edit (row);
}

static void
remove_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  PurgeListRows *self = PURGE_LIST_ROWS (widget);

  purge_directory_list_remove (self->list, g_variant_get_uint32 (parameter), 1);
  tell_removed (self, 1);
}

static void
remove_selected_action (GtkWidget  *widget,
                        const char *action_name,
                        GVariant   *parameter)
{
  PurgeListRows *self = PURGE_LIST_ROWS (widget);
  g_autoptr (GtkBitset) selected =
    gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  const guint n_selected = gtk_bitset_get_size (selected);
  g_autofree guint *positions = g_new (guint, n_selected);

  if (n_selected == 0)
    return;

  for (guint i = 0; i < n_selected; i++)
    positions[i] = gtk_bitset_get_nth (selected, i);
  purge_directory_list_remove_scattered (self->list, positions, n_selected);
  tell_removed (self, n_selected);
}

static void
set_text_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  PurgeListRows *self = PURGE_LIST_ROWS (widget);
  const char *text;
  guint position;

  g_variant_get (parameter, "(u&s)", &position, &text);
  tell_position (self, position, purge_directory_list_set_text (self->list, position, text));
}

static void
use_suggestion_action (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  PurgeListRows *self = PURGE_LIST_ROWS (widget);
  guint position = g_variant_get_uint32 (parameter);

  tell_position (self, position, purge_directory_list_apply_suggestion (self->list, position));
}

static void
set_kind_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  PurgeListRows *self = PURGE_LIST_ROWS (widget);
  guint position, kind;

  g_variant_get (parameter, "(uu)", &position, &kind);
  tell_position (self, position, purge_directory_list_set_kind (self->list, position, kind));
}

static gboolean
purge_list_rows_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (PURGE_LIST_ROWS (widget)->view));
}

static void
purge_list_rows_dispose (GObject *object)
{
  PurgeListRows *self = PURGE_LIST_ROWS (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PURGE_TYPE_LIST_ROWS);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (purge_list_rows_parent_class)->dispose (object);
}

static void
purge_list_rows_class_init (PurgeListRowsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = purge_list_rows_dispose;
  widget_class->grab_focus = purge_list_rows_grab_focus;

  g_type_ensure (PURGE_TYPE_ENTRY_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/cdn_purge/CdnPurge/purge-list-rows.ui");
  gtk_widget_class_bind_template_child (widget_class, PurgeListRows, view);
  gtk_widget_class_bind_template_child (widget_class, PurgeListRows, selection);
  gtk_widget_class_bind_template_callback (widget_class, on_view_activate_cb);

  gtk_widget_class_install_action (widget_class, "rows.remove", "u", remove_action);
  gtk_widget_class_install_action (widget_class, "rows.remove-selected", NULL,
                                   remove_selected_action);
  gtk_widget_class_install_action (widget_class, "rows.set-text", "(us)", set_text_action);
  gtk_widget_class_install_action (widget_class, "rows.set-kind", "(uu)", set_kind_action);
  gtk_widget_class_install_action (widget_class, "rows.use-suggestion", "u", use_suggestion_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "rows.remove-selected", NULL);
}

static void
purge_list_rows_init (PurgeListRows *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * purge_list_rows_set_list:
 * @self: the rows
 * @list: (nullable): the list they show
 *
 * Shows another list.
 */
void
purge_list_rows_set_list (PurgeListRows      *self,
                          PurgeDirectoryList *list)
{
  g_return_if_fail (PURGE_IS_LIST_ROWS (self));
  g_return_if_fail (list == NULL || PURGE_IS_DIRECTORY_LIST (list));

  g_set_object (&self->list, list);
  gtk_multi_selection_set_model (self->selection, G_LIST_MODEL (list));
}

/**
 * purge_list_rows_scroll_to_end:
 * @self: the rows
 *
 * Shows what was added last.
 */
void
purge_list_rows_scroll_to_end (PurgeListRows *self)
{
  guint n_entries;

  g_return_if_fail (PURGE_IS_LIST_ROWS (self));

  n_entries = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  if (n_entries > 0)
    scroll_to (self, n_entries - 1);
}

/**
 * purge_list_rows_commit:
 * @self: the rows
 *
 * Keeps what was typed into a row that is being edited.
 */
void
purge_list_rows_commit (PurgeListRows *self)
{
  GtkRoot *root;
  GtkWidget *focus;
  GtkWidget *row;

  g_return_if_fail (PURGE_IS_LIST_ROWS (self));

  root = gtk_widget_get_root (GTK_WIDGET (self));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  row = focus != NULL ? gtk_widget_get_ancestor (focus, PURGE_TYPE_ENTRY_ROW) : NULL;
  if (row != NULL && gtk_widget_is_ancestor (row, GTK_WIDGET (self)))
    purge_entry_row_commit (PURGE_ENTRY_ROW (row));
}
