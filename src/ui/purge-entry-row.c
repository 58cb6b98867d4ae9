/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* One row of the list. Binds to an entry; changes nothing by itself. A list view has widgets for hundreds
 * of rows: what most of them do not need, or only those that are seen, is made when it is needed. */

#define G_LOG_DOMAIN "purge-entry-row"

#include "config.h"

#include "purge-entry-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "purge-directory-entry.h"
#include "purge-entry-notes.h"
#include "purge-entry-parts.h"
#include "purge-focus.h"
#include "purge-format.h"
#include "purge-kind-button.h"
#include "purge-reading.h"
#include "purge-tooltip.h"

struct _PurgeEntryRow
{
  GtkWidget        parent_instance;

  PurgeEntry      *entry;
  guint            position;
  gboolean         editing;
  guint            leaving_id;
  guint            choosing_id;

  PurgeEntryParts  parts;
};

G_DEFINE_FINAL_TYPE (PurgeEntryRow, purge_entry_row, GTK_TYPE_WIDGET)

typedef enum {
  PROP_ENTRY = 1,
  PROP_POSITION,
  PROP_KIND,
} PurgeEntryRowProperty;

static GParamSpec *properties[PROP_KIND + 1];

static void
show_part (GtkWidget *part,
           gboolean   shown)
{
  if (part != NULL)
    gtk_widget_set_visible (part, shown);
}

static PurgeKind
get_kind (PurgeEntryRow *self)
{
  return self->entry != NULL ? purge_entry_get_kind (self->entry) : PURGE_KIND_DIRECTORY;
}

static void
show_editor (PurgeEntryRow *self,
             gboolean       editing)
{
  show_part (self->parts.kind, !editing);
  show_part (self->parts.address, !editing);
  show_part (self->parts.word, !editing && get_kind (self) == PURGE_KIND_URL);
  show_part (self->parts.edit, !editing);
  show_part (self->parts.remove, !editing);
  show_part (self->parts.notes, !editing && purge_entry_notes_has_any (self->entry));
  show_part (self->parts.editor, editing);
}

static void
stop_editing (PurgeEntryRow *self,
              gboolean       keep)
{
  g_autofree char *text = NULL;

  if (!self->editing)
    return;

  self->editing = FALSE;
  g_clear_handle_id (&self->leaving_id, g_source_remove);
  if (purge_focus_drop (self->parts.editor))
    gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (self)));
  show_editor (self, FALSE);
  text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->parts.editor)));
  if (keep && self->entry != NULL && g_strcmp0 (text, purge_entry_get_text (self->entry)) != 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "rows.set-text", "(us)", self->position, text);
}

static void
update_address (PurgeEntryRow *self)
{
  g_autofree char *text = NULL;

  if (self->entry == NULL)
    return;

  text = purge_format_server_text (purge_entry_get_text (self->entry), PURGE_LINE_MAX_BYTES);
  gtk_label_set_text (GTK_LABEL (self->parts.address), text);
}

static void
update_word (PurgeEntryRow *self)
{
  const gboolean is_url = get_kind (self) == PURGE_KIND_URL;

  if (self->parts.word == NULL && is_url)
    {
      self->parts.word = gtk_label_new (_("URL"));
      gtk_widget_set_valign (self->parts.word, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (self->parts.word, "kind-word");
      gtk_widget_add_css_class (self->parts.word, "caption");
      gtk_widget_insert_after (self->parts.word, GTK_WIDGET (self), self->parts.address);
    }
  show_part (self->parts.word, is_url && !self->editing);
}

static void
update_notes (PurgeEntryRow *self)
{
  const gboolean any = purge_entry_notes_has_any (self->entry);

  if (self->parts.notes == NULL && any)
    {
      self->parts.notes = purge_entry_notes_new ();
      gtk_widget_insert_before (self->parts.notes, GTK_WIDGET (self), self->parts.editor);
    }
  if (self->parts.notes == NULL)
    return;

  show_part (self->parts.notes, any && !self->editing);
  purge_entry_notes_set_entry (PURGE_ENTRY_NOTES (self->parts.notes), any ? self->entry : NULL);
}

static void
set_entry (PurgeEntryRow *self,
           PurgeEntry    *entry)
{
  if (self->entry == entry)
    return;

  stop_editing (self, FALSE);
  g_clear_handle_id (&self->choosing_id, g_source_remove);
  if (self->entry != NULL)
    g_signal_handlers_disconnect_by_func (self->entry, update_notes, self);
  g_set_object (&self->entry, entry);
  if (entry != NULL)
    g_signal_connect_object (entry, "notify::covered-by", G_CALLBACK (update_notes), self,
                             G_CONNECT_SWAPPED);
  update_address (self);
  update_word (self);
  update_notes (self);
  if (self->parts.kind != NULL)
    g_object_set (self->parts.kind, "kind", get_kind (self), NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENTRY]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KIND]);
}

/* What had the focus in the row goes with it. */
static void
leave_row (PurgeEntryRow *self)
{
  self->choosing_id = 0;
  if (purge_focus_drop (GTK_WIDGET (self)))
    gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (self)));
}

static gboolean
on_kind_chosen_cb (gpointer user_data)
{
  PurgeEntryRow *self = PURGE_ENTRY_ROW (user_data);
  PurgeKind other = get_kind (self) == PURGE_KIND_URL ? PURGE_KIND_DIRECTORY : PURGE_KIND_URL;

  leave_row (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "rows.set-kind", "(uu)", self->position,
                              (guint) other);
  return G_SOURCE_REMOVE;
}

/* The list makes a new row of it, so the menu it was chosen from has to be closed first. */
static void
choose_kind (PurgeEntryRow *self,
             PurgeKind      kind)
{
  if (self->entry != NULL && get_kind (self) != kind && self->choosing_id == 0)
    self->choosing_id = g_idle_add (on_kind_chosen_cb, self);
}

static gboolean
on_suggestion_taken_cb (gpointer user_data)
{
  PurgeEntryRow *self = PURGE_ENTRY_ROW (user_data);

  leave_row (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "rows.use-suggestion", "u", self->position);
  return G_SOURCE_REMOVE;
}

static void
on_editor_activate_cb (PurgeEntryRow *self)
{
  stop_editing (self, TRUE);
}

static gboolean
on_focus_left_cb (gpointer user_data)
{
  PurgeEntryRow *self = PURGE_ENTRY_ROW (user_data);

  self->leaving_id = 0;
  stop_editing (self, TRUE);
  return G_SOURCE_REMOVE;
}

/* The list makes new rows when an entry changes, and GTK does not like to lose a row while it hands
 * the focus on. */
static void
on_editor_focus_leave_cb (PurgeEntryRow *self)
{
  if (self->editing && self->leaving_id == 0)
    self->leaving_id = g_idle_add (on_focus_left_cb, self);
}

static gboolean
on_editor_key_pressed_cb (PurgeEntryRow *self,
                          guint          keyval)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;

  stop_editing (self, FALSE);
  return GDK_EVENT_STOP;
}

static GtkWidget *
create_editor (PurgeEntryRow *self)
{
  GtkWidget *editor = g_object_new (PURGE_TYPE_DIRECTORY_ENTRY, "valign", GTK_ALIGN_CENTER, NULL);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *key = gtk_event_controller_key_new ();

  gtk_accessible_update_property (GTK_ACCESSIBLE (editor), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Directory or URL"), -1);
  g_signal_connect_swapped (editor, "activate", G_CALLBACK (on_editor_activate_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_editor_focus_leave_cb), self);
  gtk_widget_add_controller (editor, focus);
  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (on_editor_key_pressed_cb), self);
  gtk_widget_add_controller (editor, key);
  gtk_widget_insert_before (editor, GTK_WIDGET (self), NULL);
  return editor;
}

static GtkWidget *
create_button (const char *icon_name,
               const char *action_name,
               const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action_name);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  purge_tooltip_set (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  return button;
}

static void
edit_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  purge_entry_row_edit (PURGE_ENTRY_ROW (widget));
}

static void
purge_as_url_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  choose_kind (PURGE_ENTRY_ROW (widget), PURGE_KIND_URL);
}

/* The list makes a new row of it, and a button does not like to go while it is pressed. */
static void
use_suggestion_action (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  PurgeEntryRow *self = PURGE_ENTRY_ROW (widget);

  if (self->choosing_id == 0)
    self->choosing_id = g_idle_add (on_suggestion_taken_cb, self);
}

/* The list's actions want to know which row it is. */
static void
position_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  PurgeEntryRow *self = PURGE_ENTRY_ROW (widget);
  g_autofree char *action = g_strconcat ("rows.", strchr (action_name, '.') + 1, NULL);

  gtk_widget_activate_action (widget, action, "u", self->position);
}

static void
purge_entry_row_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  *minimum_baseline = *natural_baseline = -1;
  purge_entry_parts_measure (&PURGE_ENTRY_ROW (widget)->parts, orientation, for_size, minimum, natural);
}

static void
purge_entry_row_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  purge_entry_parts_allocate (&PURGE_ENTRY_ROW (widget)->parts, width, height);
}

static GtkSizeRequestMode
purge_entry_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
purge_entry_row_dispose (GObject *object)
{
  PurgeEntryRow *self = PURGE_ENTRY_ROW (object);

  self->editing = FALSE;
  g_clear_handle_id (&self->leaving_id, g_source_remove);
  g_clear_handle_id (&self->choosing_id, g_source_remove);
  self->parts = (PurgeEntryParts) { 0 };
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));
       child != NULL;
       child = gtk_widget_get_first_child (GTK_WIDGET (self)))
    gtk_widget_unparent (child);
  g_clear_object (&self->entry);

  G_OBJECT_CLASS (purge_entry_row_parent_class)->dispose (object);
}

static void
purge_entry_row_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  PurgeEntryRow *self = PURGE_ENTRY_ROW (object);

  switch ((PurgeEntryRowProperty) property_id)
    {
    case PROP_ENTRY:
      g_value_set_object (value, self->entry);
      break;
    case PROP_POSITION:
      g_value_set_uint (value, self->position);
      break;
    case PROP_KIND:
      g_value_set_enum (value, get_kind (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_entry_row_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  PurgeEntryRow *self = PURGE_ENTRY_ROW (object);

  switch ((PurgeEntryRowProperty) property_id)
    {
    case PROP_ENTRY:
      set_entry (self, g_value_get_object (value));
      break;
    case PROP_POSITION:
      if (self->position != g_value_get_uint (value))
        {
          self->position = g_value_get_uint (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_KIND:
      choose_kind (self, g_value_get_enum (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_entry_row_class_init (PurgeEntryRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = purge_entry_row_dispose;
  object_class->get_property = purge_entry_row_get_property;
  object_class->set_property = purge_entry_row_set_property;
  widget_class->measure = purge_entry_row_measure;
  widget_class->size_allocate = purge_entry_row_size_allocate;
  widget_class->get_request_mode = purge_entry_row_get_request_mode;

  properties[PROP_ENTRY] = g_param_spec_object ("entry", NULL, NULL, PURGE_TYPE_ENTRY, flags);
  properties[PROP_POSITION] = g_param_spec_uint ("position", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_KIND] = g_param_spec_enum ("kind", NULL, NULL, PURGE_TYPE_KIND,
                                             PURGE_KIND_DIRECTORY, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_install_action (widget_class, "row.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "row.remove", NULL, position_action);
  gtk_widget_class_install_action (widget_class, "row.use-suggestion", NULL,
                                   use_suggestion_action);
  gtk_widget_class_install_action (widget_class, "row.purge-as-url", NULL, purge_as_url_action);
  gtk_widget_class_install_property_action (widget_class, "row.kind", "kind");
}

static void
purge_entry_row_init (PurgeEntryRow *self)
{
  self->parts.address = purge_entry_parts_create_address ();
  gtk_widget_set_parent (self->parts.address, GTK_WIDGET (self));
}

/**
 * purge_entry_row_new:
 *
 * Returns: (transfer floating): a row for no entry yet
 */
GtkWidget *
purge_entry_row_new (void)
{
  return g_object_new (PURGE_TYPE_ENTRY_ROW, NULL);
}

/**
 * purge_entry_row_furnish:
 * @self: a row that can be seen
 *
 * Makes its buttons, unless it has them.
 */
void
purge_entry_row_furnish (PurgeEntryRow *self)
{
  PurgeEntryParts *parts;

  g_return_if_fail (PURGE_IS_ENTRY_ROW (self));

  parts = &self->parts;
  if (parts->kind != NULL)
    return;

  parts->kind = g_object_new (PURGE_TYPE_KIND_BUTTON, "kind", get_kind (self),
                              "valign", GTK_ALIGN_START, NULL);
  parts->edit = create_button ("document-edit-symbolic", "row.edit", _("Edit"));
  parts->remove = create_button ("user-trash-symbolic", "row.remove", _("Remove"));
  gtk_widget_insert_before (parts->kind, GTK_WIDGET (self), parts->address);
  gtk_widget_insert_after (parts->edit, GTK_WIDGET (self),
                           parts->word != NULL ? parts->word : parts->address);
  gtk_widget_insert_after (parts->remove, GTK_WIDGET (self), parts->edit);
  show_editor (self, self->editing);
}

/**
 * purge_entry_row_edit:
 * @self: a row
 *
 * Lets the person change the text in place.
 */
void
purge_entry_row_edit (PurgeEntryRow *self)
{
  g_return_if_fail (PURGE_IS_ENTRY_ROW (self));

  if (self->entry == NULL)
    return;

  if (self->parts.editor == NULL)
    self->parts.editor = create_editor (self);
  gtk_editable_set_text (GTK_EDITABLE (self->parts.editor), purge_entry_get_text (self->entry));
  self->editing = TRUE;
  show_editor (self, TRUE);
  gtk_widget_grab_focus (self->parts.editor);
}

/**
 * purge_entry_row_commit:
 * @self: a row
 *
 * Keeps what was typed, where the row is being edited.
 */
void
purge_entry_row_commit (PurgeEntryRow *self)
{
  g_return_if_fail (PURGE_IS_ENTRY_ROW (self));

  stop_editing (self, TRUE);
}

/**
 * purge_entry_row_get_position:
 * @self: a row
 *
 * Returns: where it stands in the list
 */
guint
purge_entry_row_get_position (PurgeEntryRow *self)
{
  g_return_val_if_fail (PURGE_IS_ENTRY_ROW (self), 0);

  return self->position;
}
