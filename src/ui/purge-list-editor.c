/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The pane in which the list is made. Knows its parts and what each tells the other, and leaves every
 * rule to the list. */

#define G_LOG_DOMAIN "purge-list-editor"

#include "config.h"

#include "purge-list-editor.h"

#include <glib/gi18n-lib.h>

#include "purge-accessible.h"
#include "purge-dialogs.h"
#include "purge-directory-entry.h"
#include "purge-drop-area.h"
#include "purge-focus.h"
#include "purge-format.h"
#include "purge-incoming.h"
#include "purge-list-rows.h"
#include "purge-list-text.h"
#include "purge-menu-button.h"
#include "purge-send-bar.h"
#include "purge-toaster.h"
#include "purge-url-offer.h"

struct _PurgeListEditor
{
  AdwBin              parent_instance;

  PurgeSession       *session;
  PurgeDirectoryList *list;
  gboolean            as_text;
  PurgeToaster       *toaster;

  GtkEntry           *add_entry;
  PurgeDropArea      *drop_area;
  PurgeIncoming      *incoming;
  GMenuModel         *menu;
  GtkWidget          *menu_button;
  PurgeUrlOffer      *offer;
  GtkWidget          *paste_button;
  PurgeListRows      *rows;
  PurgeSendBar       *send_bar;
  GtkStack           *stack;
  PurgeListText      *text;
  AdwToastOverlay    *toasts;
};

G_DEFINE_FINAL_TYPE (PurgeListEditor, purge_list_editor, ADW_TYPE_BIN)

typedef enum {
  PROP_SESSION = 1,
  PROP_AS_TEXT,
} PurgeListEditorProperty;

static GParamSpec *properties[PROP_AS_TEXT + 1];

/* As long as nobody knows what is in the list nobody is told that there is nothing. */
static gboolean
is_list_known (PurgeListEditor *self)
{
  return self->session != NULL &&
         purge_draft_keeper_get_loaded (purge_session_get_keeper (self->session));
}

static void
update_page (PurgeListEditor *self)
{
  guint n_entries = self->list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;
  const gboolean is_empty = n_entries == 0 && is_list_known (self);
  const char *page = self->as_text ? "text" : is_empty ? "empty" : "list";

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), page) != 0)
    {
      /* What goes takes the focus along, and another widget would get it by chance. */
      gboolean had_focus = purge_focus_drop (GTK_WIDGET (self->stack));

      gtk_stack_set_visible_child_name (self->stack, page);
      if (had_focus)
        gtk_widget_grab_focus (GTK_WIDGET (self));
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.select-all", n_entries > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.clear", n_entries > 0);
}

static void
update_undo (PurgeListEditor *self)
{
  gboolean can_undo = FALSE;
  gboolean can_redo = FALSE;

  if (self->list != NULL)
    g_object_get (self->list, "can-undo", &can_undo, "can-redo", &can_redo, NULL);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.undo", can_undo);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.redo", can_redo);
}

static void
set_list (PurgeListEditor    *self,
          PurgeDirectoryList *list)
{
  if (self->list != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->list, update_page, self);
      g_signal_handlers_disconnect_by_func (self->list, update_undo, self);
    }

  g_set_object (&self->list, list);
  purge_list_rows_set_list (self->rows, list);
  purge_list_text_set_list (self->text, list);
  purge_url_offer_set_list (self->offer, list);
  purge_incoming_set_list (self->incoming, list);

  if (list != NULL)
    {
      g_signal_connect_object (list, "items-changed", G_CALLBACK (update_page), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (list, "notify::can-undo", G_CALLBACK (update_undo), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (list, "notify::can-redo", G_CALLBACK (update_undo), self,
                               G_CONNECT_SWAPPED);
    }
  update_page (self);
  update_undo (self);
}

static void
set_as_text (PurgeListEditor *self,
             gboolean         as_text)
{
  if (self->as_text == as_text)
    return;

  self->as_text = as_text;
  update_page (self);
  gtk_widget_grab_focus (as_text ? GTK_WIDGET (self->text) : GTK_WIDGET (self->add_entry));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AS_TEXT]);
}

static GtkWindow *
get_window (PurgeListEditor *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static gboolean
add_text (PurgeListEditor *self,
          const char      *text,
          gssize           length,
          PurgeAddReport  *report)
{
  g_autoptr (GError) error = NULL;

  purge_list_text_commit (self->text);
  if (!purge_directory_list_add_text (self->list, text, length, report, &error))
    {
      purge_dialogs_tell (get_window (self), _("Nothing Was Added"), error->message);
      return FALSE;
    }

  purge_list_rows_scroll_to_end (self->rows);
  return TRUE;
}

static void
on_adding_cb (PurgeListEditor *self)
{
  purge_list_text_commit (self->text);
}

static void
on_added_cb (PurgeListEditor      *self,
             const PurgeAddReport *report)
{
  g_autofree char *sentence = purge_format_add_report (report);

  purge_list_rows_scroll_to_end (self->rows);
  purge_list_editor_toast (self, sentence, report->n_added > 0);
}

/* Links that are dragged with files go before them. */
static void
on_dropped_cb (PurgeListEditor *self,
               const char      *text,
               GListModel      *files)
{
  if (files != NULL)
    purge_incoming_add_files (self->incoming, text, files);
  else if (text != NULL)
    purge_incoming_add_text (self->incoming, text, -1);
}

static void
on_add_entry_activate_cb (PurgeListEditor *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "editor.add", NULL);
}

static void
add_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  PurgeListEditor *self = PURGE_LIST_EDITOR (widget);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->add_entry));
  PurgeAddReport report = { 0 };

  if (!add_text (self, text, -1, &report))
    return;

  /* A row that appears needs no words; one that does not does. */
  if (report.n_merged > 0)
    purge_list_editor_toast (self, _("It is in the list already"), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->add_entry), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->add_entry));
}

static void
add_text_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  purge_list_editor_add_text (PURGE_LIST_EDITOR (widget), g_variant_get_string (parameter, NULL), -1);
}

static void
paste_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  purge_incoming_paste (PURGE_LIST_EDITOR (widget)->incoming);
}

static void
import_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  purge_incoming_choose_files (PURGE_LIST_EDITOR (widget)->incoming);
}

static void
undo_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  PurgeListEditor *self = PURGE_LIST_EDITOR (widget);

  purge_list_text_commit (self->text);
  purge_toaster_hide (self->toaster);
  purge_directory_list_undo (self->list);
}

static void
redo_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  purge_directory_list_redo (PURGE_LIST_EDITOR (widget)->list);
}

static void
clear_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  PurgeListEditor *self = PURGE_LIST_EDITOR (widget);

  purge_list_text_commit (self->text);
  purge_directory_list_clear (self->list);
  purge_list_editor_toast (self, _("List cleared"), TRUE);
}

static void
select_all_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  PurgeListEditor *self = PURGE_LIST_EDITOR (widget);

  if (self->as_text)
    purge_list_text_select_all (self->text);
  else
    purge_list_rows_select_all (self->rows);
}

static void
take_url_offers_action (GtkWidget  *widget,
                        const char *action_name,
                        GVariant   *parameter)
{
  PurgeListEditor *self = PURGE_LIST_EDITOR (widget);
  g_autofree char *sentence = NULL;
  guint n_taken;

  purge_list_editor_commit (self);
  n_taken = purge_directory_list_take_url_offers (self->list);
  sentence = g_strdup_printf (ngettext ("%u row is a URL now", "%u rows are URLs now", n_taken),
                              n_taken);
  purge_list_editor_toast (self, sentence, n_taken > 0);
}

static void
toast_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  purge_list_editor_toast (PURGE_LIST_EDITOR (widget), g_variant_get_string (parameter, NULL),
                           g_str_has_suffix (action_name, "-undo"));
}

static void
type_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (PURGE_LIST_EDITOR (widget)->add_entry));
}

/* Not the entry: what is pasted first shall go to the list, even if it is one line. */
static gboolean
purge_list_editor_grab_focus (GtkWidget *widget)
{
  PurgeListEditor *self = PURGE_LIST_EDITOR (widget);
  const char *page = gtk_stack_get_visible_child_name (self->stack);

  if (g_strcmp0 (page, "text") == 0)
    return gtk_widget_grab_focus (GTK_WIDGET (self->text));
  if (g_strcmp0 (page, "list") == 0)
    return gtk_widget_grab_focus (GTK_WIDGET (self->rows));

  return gtk_widget_grab_focus (self->paste_button);
}

/* Without it, Tab into the editor would end where grab_focus ends, and never come to what is above. */
static gboolean
purge_list_editor_focus (GtkWidget        *widget,
                         GtkDirectionType  direction)
{
  return gtk_widget_child_focus (adw_bin_get_child (ADW_BIN (widget)), direction);
}

static void
purge_list_editor_dispose (GObject *object)
{
  PurgeListEditor *self = PURGE_LIST_EDITOR (object);

  if (self->stack != NULL)
    purge_list_editor_set_session (self, NULL);
  g_clear_object (&self->toaster);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PURGE_TYPE_LIST_EDITOR);

  G_OBJECT_CLASS (purge_list_editor_parent_class)->dispose (object);
}

static void
purge_list_editor_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  PurgeListEditor *self = PURGE_LIST_EDITOR (object);

  switch ((PurgeListEditorProperty) property_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_AS_TEXT:
      g_value_set_boolean (value, self->as_text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_list_editor_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  PurgeListEditor *self = PURGE_LIST_EDITOR (object);

  switch ((PurgeListEditorProperty) property_id)
    {
    case PROP_SESSION:
      purge_list_editor_set_session (self, g_value_get_object (value));
      break;
    case PROP_AS_TEXT:
      set_as_text (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  static const struct {
    const char                  *name;
    const char                  *parameter_type;
    GtkWidgetActionActivateFunc  activate;
  } actions[] = {
    { "editor.add", NULL, add_action },
    { "editor.add-text", "s", add_text_action },
    { "editor.paste", NULL, paste_action },
    { "editor.import", NULL, import_action },
    { "editor.undo", NULL, undo_action },
    { "editor.redo", NULL, redo_action },
    { "editor.select-all", NULL, select_all_action },
    { "editor.clear", NULL, clear_action },
    { "editor.take-url-offers", NULL, take_url_offers_action },
    { "editor.toast", "s", toast_action },
    { "editor.toast-undo", "s", toast_action },
    { "editor.type", NULL, type_action },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter_type,
                                     actions[i].activate);
  gtk_widget_class_install_property_action (widget_class, "editor.as-text", "as-text");
}

static void
purge_list_editor_class_init (PurgeListEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = purge_list_editor_dispose;
  object_class->get_property = purge_list_editor_get_property;
  object_class->set_property = purge_list_editor_set_property;
  widget_class->grab_focus = purge_list_editor_grab_focus;
  widget_class->focus = purge_list_editor_focus;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, PURGE_TYPE_SESSION, flags);
  properties[PROP_AS_TEXT] = g_param_spec_boolean ("as-text", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (PURGE_TYPE_DIRECTORY_ENTRY);
  g_type_ensure (PURGE_TYPE_DROP_AREA);
  g_type_ensure (PURGE_TYPE_INCOMING);
  g_type_ensure (PURGE_TYPE_LIST_ROWS);
  g_type_ensure (PURGE_TYPE_LIST_TEXT);
  g_type_ensure (PURGE_TYPE_SEND_BAR);
  g_type_ensure (PURGE_TYPE_URL_OFFER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/cdn_purge/CdnPurge/purge-list-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, PurgeListEditor, add_entry);
  gtk_widget_class_bind_template_child (widget_class, PurgeListEditor, paste_button);
  gtk_widget_class_bind_template_child (widget_class, PurgeListEditor, menu);
  gtk_widget_class_bind_template_child (widget_class, PurgeListEditor, menu_button);
  gtk_widget_class_bind_template_child (widget_class, PurgeListEditor, drop_area);
  gtk_widget_class_bind_template_child (widget_class, PurgeListEditor, offer);
  gtk_widget_class_bind_template_child (widget_class, PurgeListEditor, incoming);
  gtk_widget_class_bind_template_child (widget_class, PurgeListEditor, rows);
  gtk_widget_class_bind_template_child (widget_class, PurgeListEditor, send_bar);
  gtk_widget_class_bind_template_child (widget_class, PurgeListEditor, stack);
  gtk_widget_class_bind_template_child (widget_class, PurgeListEditor, text);
  gtk_widget_class_bind_template_child (widget_class, PurgeListEditor, toasts);
  gtk_widget_class_bind_template_callback (widget_class, on_add_entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_added_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_adding_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_dropped_cb);

  install_actions (widget_class);
}

static void
purge_list_editor_init (PurgeListEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  purge_accessible_name (self->menu_button, _("List Menu"));
  purge_menu_button_set_menu (GTK_MENU_BUTTON (self->menu_button), self->menu);

  purge_drop_area_watch (self->drop_area, GTK_WIDGET (self));
  self->toaster = purge_toaster_new (self->toasts);
  update_page (self);
  update_undo (self);
}

/**
 * purge_list_editor_new:
 *
 * Returns: (transfer floating): an editor without a list
 */
GtkWidget *
purge_list_editor_new (void)
{
  return g_object_new (PURGE_TYPE_LIST_EDITOR, NULL);
}

/**
 * purge_list_editor_set_session:
 * @self: an editor
 * @session: (nullable): whose list it edits
 *
 * Edits the list of another session.
 */
void
purge_list_editor_set_session (PurgeListEditor *self,
                               PurgeSession    *session)
{
  g_return_if_fail (PURGE_IS_LIST_EDITOR (self));
  g_return_if_fail (session == NULL || PURGE_IS_SESSION (session));

  if (self->session == session)
    return;

  purge_list_text_commit (self->text);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_func (purge_session_get_keeper (self->session), update_page, self);
  g_set_object (&self->session, session);
  if (session != NULL)
    g_signal_connect_object (purge_session_get_keeper (session), "notify::loaded",
                             G_CALLBACK (update_page), self, G_CONNECT_SWAPPED);
  set_list (self, session != NULL ? purge_session_get_list (session) : NULL);
  purge_send_bar_set_session (self->send_bar, session);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

/**
 * purge_list_editor_add_text:
 * @self: an editor
 * @text: any text
 * @length: its length in bytes, or -1
 *
 * Adds what is in a text to the list, and says what became of it; a long one when it is read, and
 * behind what is being read already.
 */
void
purge_list_editor_add_text (PurgeListEditor *self,
                            const char      *text,
                            gssize           length)
{
  g_return_if_fail (PURGE_IS_LIST_EDITOR (self));
  g_return_if_fail (text != NULL);

  purge_incoming_add_text (self->incoming, text, length);
}

/**
 * purge_list_editor_import:
 * @self: an editor
 * @file: a text file
 *
 * Reads a file and adds what is in it to the list.
 */
void
purge_list_editor_import (PurgeListEditor *self,
                          GFile           *file)
{
  g_autoptr (GListStore) files = NULL;

  g_return_if_fail (PURGE_IS_LIST_EDITOR (self));
  g_return_if_fail (G_IS_FILE (file));

  files = g_list_store_new (G_TYPE_FILE);
  g_list_store_append (files, file);
  purge_incoming_add_files (self->incoming, NULL, G_LIST_MODEL (files));
}

/**
 * purge_list_editor_commit:
 * @self: an editor
 *
 * Makes the list what is on the screen: call it before the list is used.
 */
void
purge_list_editor_commit (PurgeListEditor *self)
{
  g_return_if_fail (PURGE_IS_LIST_EDITOR (self));

  purge_list_text_commit (self->text);
  purge_list_rows_commit (self->rows);
}

/**
 * purge_list_editor_toast:
 * @self: an editor
 * @title: what happened
 * @can_undo: whether it can be undone
 *
 * Says what happened, in place of what was said before.
 */
void
purge_list_editor_toast (PurgeListEditor *self,
                         const char      *title,
                         gboolean         can_undo)
{
  g_return_if_fail (PURGE_IS_LIST_EDITOR (self));
  g_return_if_fail (title != NULL);

  purge_toaster_show (self->toaster, title, can_undo ? "editor.undo" : NULL);
}
