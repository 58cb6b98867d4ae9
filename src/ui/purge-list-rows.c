/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The list as rows. Knows positions, and which of them are selected; what a change means, the list
 * knows. */

#define G_LOG_DOMAIN "purge-list-rows"

#include "config.h"

#include "purge-list-rows.h"

#include <glib/gi18n-lib.h>

#include "purge-entry-row.h"
#include "purge-head-model.h"
#include "purge-in-sight.h"
#include "purge-list-selection.h"
#include "purge-row-menu.h"

/* More than have room on most screens; on a larger one the others come a frame later. GTK makes a widget for
 * each of 200 rows, however few can be seen, and the first frame need not wait for those. */
#define N_ROWS_AT_FIRST 40

struct _PurgeListRows
{
  AdwBin              parent_instance;

  PurgeDirectoryList *list;
  PurgeHeadModel     *head;
  guint               edit_id;

  GtkListView        *view;
  GtkMultiSelection  *selection;
};

G_DEFINE_FINAL_TYPE (PurgeListRows, purge_list_rows, ADW_TYPE_BIN)

static void
scroll_to (PurgeListRows *self,
           guint          position)
{
  purge_head_model_lift (self->head);
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

/* What is done to the selected rows. */

static GtkSelectionModel *
get_selection (PurgeListRows *self)
{
  return GTK_SELECTION_MODEL (self->selection);
}

static void
remove_selected_action (GtkWidget  *widget,
                        const char *action_name,
                        GVariant   *parameter)
{
  PurgeListRows *self = PURGE_LIST_ROWS (widget);
  const guint n_removed = purge_list_selection_remove (get_selection (self), self->list);

  if (n_removed > 0)
    tell_removed (self, n_removed);
}

static void
copy_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  PurgeListRows *self = PURGE_LIST_ROWS (widget);
  g_autofree char *text = purge_list_selection_dup_text (get_selection (self), self->list);

  /* What was copied before is not lost to nothing. */
  if (*text != '\0')
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
cut_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  copy_action (widget, action_name, parameter);
  remove_selected_action (widget, action_name, parameter);
}

static void
purge_as_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  PurgeListRows *self = PURGE_LIST_ROWS (widget);
  const PurgeKind kind = g_str_has_suffix (action_name, "-url") ? PURGE_KIND_URL
                                                                : PURGE_KIND_DIRECTORY;
  const guint n = purge_list_selection_set_kind (get_selection (self), self->list, kind);
  g_autofree char *sentence = NULL;

  if (n == 0)
    return;

  if (kind == PURGE_KIND_URL)
    sentence = g_strdup_printf (ngettext ("%u row is a URL now", "%u rows are URLs now", n), n);
  else
    sentence = g_strdup_printf (ngettext ("%u row is a directory now",
                                          "%u rows are directories now", n), n);
  tell (self, sentence);
}

static gboolean
on_edit_cb (gpointer user_data)
{
  PurgeListRows *self = PURGE_LIST_ROWS (user_data);

  self->edit_id = 0;
  if (purge_list_selection_get_size (get_selection (self)) == 1)
    on_view_activate_cb (self, purge_list_selection_get_first (get_selection (self)));
  return G_SOURCE_REMOVE;
}

/* The menu gives the keyboard back when it closes, and would take it from the entry. */
static void
edit_selected_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  PurgeListRows *self = PURGE_LIST_ROWS (widget);

  if (self->edit_id == 0)
    self->edit_id = g_idle_add (on_edit_cb, self);
}

static void
update_actions (PurgeListRows *self)
{
  GtkSelectionModel *selection = get_selection (self);
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "rows.edit-selected",
                                 purge_list_selection_get_size (selection) == 1);
  gtk_widget_action_set_enabled (widget, "rows.purge-as-url",
                                 purge_list_selection_has_kind (selection, PURGE_KIND_DIRECTORY));
  gtk_widget_action_set_enabled (widget, "rows.purge-as-directory",
                                 purge_list_selection_has_kind (selection, PURGE_KIND_URL));
}

/* A factory's rows are inside the list view's own, which are a little larger. */
static PurgeEntryRow *
find_row_at (GtkWidget *widget)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, PURGE_TYPE_ENTRY_ROW);

  if (row == NULL)
    row = gtk_widget_get_first_child (widget);

  return PURGE_IS_ENTRY_ROW (row) ? PURGE_ENTRY_ROW (row) : NULL;
}

/* An entry has a menu of its own. */
static gboolean
on_menu_asked_cb (PurgeListRows *self,
                  GtkWidget     *widget)
{
  PurgeEntryRow *row = find_row_at (widget);

  if (row == NULL || gtk_widget_get_ancestor (widget, GTK_TYPE_EDITABLE) != NULL)
    return FALSE;

  purge_list_selection_include (get_selection (self), purge_entry_row_get_position (row));
  gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (row)));
  update_actions (self);
  return TRUE;
}

/* What is done to one row. */

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

/* A row that is taken down has lost its widget already. */
static void
update_row (GtkListItem *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  if (row != NULL)
    g_object_set (row, "entry", gtk_list_item_get_item (item),
                  "position", gtk_list_item_get_position (item), NULL);
}

/* Rows above one that are added or removed move it. */
static void
on_row_setup_cb (PurgeListRows *self,
                 GtkListItem   *item)
{
  gtk_list_item_set_child (item, purge_entry_row_new ());
  g_signal_connect (item, "notify::item", G_CALLBACK (update_row), NULL);
  g_signal_connect (item, "notify::position", G_CALLBACK (update_row), NULL);
}

static void
on_row_in_sight_cb (GtkWidget *row)
{
  purge_entry_row_furnish (PURGE_ENTRY_ROW (row));
}

static void
on_painted_cb (PurgeListRows *self,
               GdkFrameClock *clock)
{
  g_signal_handlers_disconnect_by_func (clock, on_painted_cb, self);
  purge_head_model_lift (self->head);
}

static void
purge_list_rows_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (purge_list_rows_parent_class)->realize (widget);

  g_signal_connect_object (gtk_widget_get_frame_clock (widget), "after-paint",
                           G_CALLBACK (on_painted_cb), widget, G_CONNECT_SWAPPED);
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

  g_clear_handle_id (&self->edit_id, g_source_remove);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PURGE_TYPE_LIST_ROWS);
  g_clear_object (&self->list);
  g_clear_object (&self->head);

  G_OBJECT_CLASS (purge_list_rows_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  static const struct {
    const char                  *name;
    const char                  *parameter_type;
    GtkWidgetActionActivateFunc  activate;
  } actions[] = {
    { "rows.remove", "u", remove_action },
    { "rows.set-text", "(us)", set_text_action },
    { "rows.set-kind", "(uu)", set_kind_action },
    { "rows.use-suggestion", "u", use_suggestion_action },
    { "rows.remove-selected", NULL, remove_selected_action },
    { "rows.copy", NULL, copy_action },
    { "rows.cut", NULL, cut_action },
    { "rows.edit-selected", NULL, edit_selected_action },
    { "rows.purge-as-url", NULL, purge_as_action },
    { "rows.purge-as-directory", NULL, purge_as_action },
  };
  static const struct {
    guint            key;
    GdkModifierType  modifiers;
    const char      *action_name;
  } bindings[] = {
    { GDK_KEY_Delete, 0, "rows.remove-selected" },
    { GDK_KEY_KP_Delete, 0, "rows.remove-selected" },
    { GDK_KEY_c, GDK_CONTROL_MASK, "rows.copy" },
    { GDK_KEY_Insert, GDK_CONTROL_MASK, "rows.copy" },
    { GDK_KEY_x, GDK_CONTROL_MASK, "rows.cut" },
    { GDK_KEY_Delete, GDK_SHIFT_MASK, "rows.cut" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter_type,
                                     actions[i].activate);
  for (gsize i = 0; i < G_N_ELEMENTS (bindings); i++)
    gtk_widget_class_add_binding_action (widget_class, bindings[i].key, bindings[i].modifiers,
                                         bindings[i].action_name, NULL);
}

static void
purge_list_rows_class_init (PurgeListRowsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = purge_list_rows_dispose;
  widget_class->realize = purge_list_rows_realize;
  widget_class->grab_focus = purge_list_rows_grab_focus;

  g_type_ensure (PURGE_TYPE_ROW_MENU);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/cdn_purge/CdnPurge/purge-list-rows.ui");
  gtk_widget_class_bind_template_child (widget_class, PurgeListRows, view);
  gtk_widget_class_bind_template_child (widget_class, PurgeListRows, selection);
  gtk_widget_class_bind_template_callback (widget_class, on_view_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_menu_asked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_setup_cb);

  install_actions (widget_class);
}

static void
purge_list_rows_init (PurgeListRows *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->head = purge_head_model_new (N_ROWS_AT_FIRST);
  gtk_multi_selection_set_model (self->selection, G_LIST_MODEL (self->head));
  purge_in_sight_watch (self->view, on_row_in_sight_cb);
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
  purge_head_model_set_model (self->head, G_LIST_MODEL (list));
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

  n_entries = self->list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;
  if (n_entries > 0)
    scroll_to (self, n_entries - 1);
}

/**
 * purge_list_rows_select_all:
 * @self: the rows
 *
 * Selects all rows, and hands them the keyboard.
 */
void
purge_list_rows_select_all (PurgeListRows *self)
{
  g_return_if_fail (PURGE_IS_LIST_ROWS (self));

  purge_head_model_lift (self->head);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  gtk_selection_model_select_all (get_selection (self));
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
