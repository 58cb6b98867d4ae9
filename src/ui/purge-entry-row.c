/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* One row of the list. Binds to an entry; changes nothing by itself. */

#define G_LOG_DOMAIN "purge-entry-row"

#include "config.h"

#include "purge-entry-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "purge-directory-entry.h"
#include "purge-entry-notes.h"
#include "purge-focus.h"
#include "purge-format.h"
#include "purge-kind-button.h"
#include "purge-reading.h"

struct _PurgeEntryRow
{
  AdwBin      parent_instance;

  PurgeEntry *entry;
  guint       position;
  gboolean    editing;
  guint       leaving_id;
  guint       choosing_id;

  GtkBox     *lines;
  GtkBox     *line;
  GtkLabel   *address;
  GtkWidget  *word;            /* NULL until it is a URL */
  GtkWidget  *notes;           /* NULL until there is something to say */
  GtkWidget  *editor;          /* NULL until somebody edits */
};

G_DEFINE_FINAL_TYPE (PurgeEntryRow, purge_entry_row, ADW_TYPE_BIN)

typedef enum {
  PROP_ENTRY = 1,
  PROP_POSITION,
  PROP_KIND,
} PurgeEntryRowProperty;

static GParamSpec *properties[PROP_KIND + 1];

static void
show_editor (PurgeEntryRow *self,
             gboolean       editing)
{
  gtk_widget_set_visible (GTK_WIDGET (self->line), !editing);
  gtk_widget_set_visible (self->editor, editing);
  if (self->notes != NULL)
    gtk_widget_set_visible (self->notes, !editing && purge_entry_notes_has_any (self->entry));
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
  if (purge_focus_drop (self->editor))
    gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (self)));
  show_editor (self, FALSE);
  text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->editor)));
  if (keep && self->entry != NULL && g_strcmp0 (text, purge_entry_get_text (self->entry)) != 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "rows.set-text", "(us)", self->position, text);
}

static PurgeKind
get_kind (PurgeEntryRow *self)
{
  return self->entry != NULL ? purge_entry_get_kind (self->entry) : PURGE_KIND_DIRECTORY;
}

/* A list view has widgets for hundreds of rows: what most do not need is made only when it is needed. */
static void
update_word (PurgeEntryRow *self)
{
  const gboolean is_url = get_kind (self) == PURGE_KIND_URL;

  if (self->word == NULL && is_url)
    {
      self->word = gtk_label_new (_("URL"));
      gtk_widget_set_valign (self->word, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (self->word, "kind-word");
      gtk_widget_add_css_class (self->word, "caption");
      gtk_box_insert_child_after (self->line, self->word, GTK_WIDGET (self->address));
    }
  if (self->word != NULL)
    gtk_widget_set_visible (self->word, is_url);
}

static void
update_notes (PurgeEntryRow *self)
{
  const gboolean any = purge_entry_notes_has_any (self->entry);

  if (self->notes == NULL && any)
    {
      self->notes = purge_entry_notes_new ();
      gtk_box_append (self->lines, self->notes);
    }
  if (self->notes == NULL)
    return;

  gtk_widget_set_visible (self->notes, any && !self->editing);
  purge_entry_notes_set_entry (PURGE_ENTRY_NOTES (self->notes), any ? self->entry : NULL);
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
  update_word (self);
  update_notes (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENTRY]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KIND]);
}

/* What had the focus in the row goes with it. */
static void
leave_row (PurgeEntryRow *self)
{
  self->choosing_id = 0;
  if (purge_focus_drop (GTK_WIDGET (self->lines)))
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

static char *
format_text (PurgeEntryRow *self,
             const char    *text)
{
  return purge_format_server_text (text, PURGE_LINE_MAX_BYTES);
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
  gtk_box_append (self->lines, editor);
  return editor;
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
purge_entry_row_dispose (GObject *object)
{
  PurgeEntryRow *self = PURGE_ENTRY_ROW (object);

  self->editing = FALSE;
  g_clear_handle_id (&self->leaving_id, g_source_remove);
  g_clear_handle_id (&self->choosing_id, g_source_remove);
  self->word = NULL;
  self->notes = NULL;
  self->editor = NULL;
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PURGE_TYPE_ENTRY_ROW);
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

  properties[PROP_ENTRY] = g_param_spec_object ("entry", NULL, NULL, PURGE_TYPE_ENTRY, flags);
  properties[PROP_POSITION] = g_param_spec_uint ("position", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_KIND] = g_param_spec_enum ("kind", NULL, NULL, PURGE_TYPE_KIND,
                                             PURGE_KIND_DIRECTORY, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (PURGE_TYPE_KIND_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/cdn_purge/CdnPurge/purge-entry-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PurgeEntryRow, line);
  gtk_widget_class_bind_template_child (widget_class, PurgeEntryRow, address);
  gtk_widget_class_bind_template_child (widget_class, PurgeEntryRow, lines);
  gtk_widget_class_bind_template_callback (widget_class, format_text);

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
  gtk_widget_init_template (GTK_WIDGET (self));
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

  if (self->editor == NULL)
    self->editor = create_editor (self);
  gtk_editable_set_text (GTK_EDITABLE (self->editor), purge_entry_get_text (self->entry));
  self->editing = TRUE;
  show_editor (self, TRUE);
  gtk_widget_grab_focus (self->editor);
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
