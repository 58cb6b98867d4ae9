/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The main window: puts the panes, the header and the pages together, and says which action can be
 * used when. What the actions do is elsewhere. */

#define G_LOG_DOMAIN "purge-window"

#include "config.h"

#include "purge-window-private.h"

#include <glib/gi18n-lib.h>

#include "purge-accessible.h"
#include "purge-closing.h"
#include "purge-desktop.h"
#include "purge-dialogs.h"
#include "purge-focus.h"
#include "purge-heap.h"
#include "purge-import.h"
#include "purge-menu-button.h"
#include "purge-panes.h"
#include "purge-practice.h"
#include "purge-preferences.h"
#include "purge-retention.h"
#include "purge-side-window.h"
#include "purge-start-page.h"
#include "purge-window-state.h"

G_DEFINE_FINAL_TYPE (PurgeWindow, purge_window, ADW_TYPE_APPLICATION_WINDOW)

typedef enum {
  PROP_SESSION = 1,
  PROP_ACCOUNT_UUID,
} PurgeWindowProperty;

static GParamSpec *properties[PROP_ACCOUNT_UUID + 1];

static void
enable (PurgeWindow *self,
        const char  *action_name,
        gboolean     enabled)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), action_name, enabled);
}

static gboolean
has_account (PurgeWindow *self)
{
  return self->session != NULL && purge_session_get_account (self->session) != NULL;
}

static gboolean
is_open (PurgeWindow *self)
{
  return self->session != NULL && purge_session_get_state (self->session) == PURGE_SESSION_OPEN;
}

static gboolean
is_practice (PurgeWindow *self)
{
  return self->session != NULL && purge_session_is_practice (self->session);
}

static gboolean
is_sending (PurgeWindow *self)
{
  return self->session != NULL && purge_session_get_sending (self->session);
}

static gboolean
is_checking (PurgeWindow *self)
{
  return self->session != NULL && purge_session_get_checking (self->session);
}

static void
update_actions (PurgeWindow *self)
{
  gboolean real = is_open (self) && !is_practice (self);

  enable (self, "win.cancel", is_sending (self) || is_checking (self));
  enable (self, "win.load-failed", !is_sending (self));
  enable (self, "win.add-account", real);
  enable (self, "win.edit-account", real && has_account (self));
  enable (self, "win.accounts", real);
  enable (self, "win.history", real);
  enable (self, "win.preferences", self->session != NULL && self->settings != NULL);
  enable (self, "win.practice", !is_practice (self) && !is_sending (self));
  enable (self, "win.end-practice", is_practice (self) && !is_sending (self));
}

static void
update_page (PurgeWindow *self)
{
  gboolean start = is_open (self) && !is_practice (self) && !has_account (self);
  const char *page = start ? "start" : "main";

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), page) == 0)
    return;

  /* Who has an account never sees it. */
  if (start && gtk_stack_get_child_by_name (self->stack, page) == NULL)
    gtk_stack_add_named (self->stack, purge_start_page_new (), page);

  purge_focus_drop (GTK_WIDGET (self->stack));
  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_widget_grab_focus (start ? gtk_stack_get_visible_child (self->stack) : GTK_WIDGET (self->editor));
}

static void
update (PurgeWindow *self)
{
  update_actions (self);
  update_page (self);
}

static void
on_session_account_cb (PurgeWindow *self)
{
  /* What is chosen while the accounts are read nobody has chosen. */
  if (is_open (self))
    purge_window_state_keep_account (self->settings, self->session);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNT_UUID]);
}

static void
on_session_sending_cb (PurgeWindow *self)
{
  gboolean sending = is_sending (self);

  update_actions (self);
  if (sending && !self->was_sending)
    {
      self->hold = purge_desktop_hold (GTK_WINDOW (self));
    }
  else if (!sending && self->was_sending)
    {
      purge_desktop_let_go (GTK_WINDOW (self), self->hold);
      if (purge_preferences_get_notify (self->settings))
        purge_desktop_tell_end (GTK_WINDOW (self), purge_session_get_job (self->session));
    }
  self->was_sending = sending;
}

/* A day may have passed, or another window may have sent, while this one was not looked at. */
static void
on_active_cb (PurgeWindow *self)
{
  if (!gtk_window_is_active (GTK_WINDOW (self)))
    return;

  if (has_account (self))
    purge_session_update_quota (self->session);
  if (self->session != NULL)
    purge_watcher_look (purge_session_get_watcher (self->session));
  purge_desktop_take_back (GTK_WINDOW (self));
}

static void
on_session_opened_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (PurgeWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean opened = purge_session_open_finish (PURGE_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->opened = opened;
  purge_heap_trim_when_idle ();
  if (opened)
    {
      if (self->session == self->real)
        purge_banner_hide (self->banner);
      purge_storage_banner_read_notice (self->storage_banner);
      purge_retention_begin (self->real, self->settings);
    }
  else if (self->session == self->real)
    {
      purge_banner_show (self->banner, error->message, _("_Try Again"), "win.open");
    }
}

static void
on_practice_started_cb (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr (PurgeWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PurgeAccounts) accounts = NULL;
  g_autoptr (PurgeWorkspace) workspace = purge_practice_start_finish (result, &accounts, &error);
  g_autoptr (PurgeSession) session = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (workspace == NULL)
    {
      purge_dialogs_tell (GTK_WINDOW (self), _("Practice Could Not Start"), error->message);
      return;
    }

  session = purge_session_new (workspace, accounts);
  purge_window_set_session (self, session);
}

static void
on_close_answered_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  PurgeWindow *self = PURGE_WINDOW (source);

  self->closing = FALSE;
  if (purge_closing_ask_finish (GTK_WINDOW (source), result))
    gtk_window_destroy (GTK_WINDOW (source));
}

/* The person's own list has to outlive the window, also while practising. */
static PurgeSession *
get_kept (PurgeWindow *self)
{
  return self->real != NULL ? self->real : self->session;
}

static gboolean
purge_window_close_request (GtkWindow *window)
{
  PurgeWindow *self = PURGE_WINDOW (window);

  purge_list_editor_commit (self->editor);
  if (!self->closing)
    purge_closing_ask_async (window, self->session, get_kept (self), on_close_answered_cb, NULL);
  self->closing = TRUE;
  return TRUE;
}

static void
set_account_uuid (PurgeWindow *self,
                  const char  *uuid)
{
  PurgeAccount *account = NULL;

  if (self->session != NULL && uuid != NULL)
    account = purge_accounts_find_uuid (purge_session_get_accounts (self->session), uuid);
  if (account != NULL)
    purge_session_set_account (self->session, account);
}

static void
purge_window_dispose (GObject *object)
{
  PurgeWindow *self = PURGE_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  if (self->settings != NULL)
    g_settings_apply (self->settings);
  if (self->stack != NULL)
    purge_window_set_session (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PURGE_TYPE_WINDOW);
  g_clear_object (&self->attention);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->real);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (purge_window_parent_class)->dispose (object);
}

static void
purge_window_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  PurgeWindow *self = PURGE_WINDOW (object);

  switch ((PurgeWindowProperty) property_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_ACCOUNT_UUID:
      g_value_set_string (value, has_account (self)
                            ? purge_account_get_uuid (purge_session_get_account (self->session)) : "");
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_window_set_property (GObject      *object,
                           guint         property_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  PurgeWindow *self = PURGE_WINDOW (object);

  switch ((PurgeWindowProperty) property_id)
    {
    case PROP_SESSION:
      purge_window_set_session (self, g_value_get_object (value));
      break;
    case PROP_ACCOUNT_UUID:
      set_account_uuid (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_window_class_init (PurgeWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = purge_window_dispose;
  object_class->get_property = purge_window_get_property;
  object_class->set_property = purge_window_set_property;
  GTK_WINDOW_CLASS (klass)->close_request = purge_window_close_request;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, PURGE_TYPE_SESSION, flags);
  properties[PROP_ACCOUNT_UUID] = g_param_spec_string ("account-uuid", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (PURGE_TYPE_ACCOUNT_SWITCH);
  g_type_ensure (PURGE_TYPE_BANNER);
  g_type_ensure (PURGE_TYPE_DRAFT_BANNER);
  g_type_ensure (PURGE_TYPE_LIST_EDITOR);
  g_type_ensure (PURGE_TYPE_PANES);
  g_type_ensure (PURGE_TYPE_RESULT_PANE);
  g_type_ensure (PURGE_TYPE_STORAGE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/cdn_purge/CdnPurge/purge-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PurgeWindow, accounts);
  gtk_widget_class_bind_template_child (widget_class, PurgeWindow, menu);
  gtk_widget_class_bind_template_child (widget_class, PurgeWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, PurgeWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, PurgeWindow, storage_banner);
  gtk_widget_class_bind_template_child (widget_class, PurgeWindow, draft_banner);
  gtk_widget_class_bind_template_child (widget_class, PurgeWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, PurgeWindow, editor);
  gtk_widget_class_bind_template_child (widget_class, PurgeWindow, results);

  purge_window_install_actions (widget_class);
}

static void
purge_window_init (PurgeWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  purge_accessible_name (self->menu_button, _("Main Menu"));
  purge_menu_button_set_menu (GTK_MENU_BUTTON (self->menu_button), self->menu);

  self->attention = purge_attention_new (GTK_WINDOW (self));
  self->cancellable = g_cancellable_new ();
  self->settings = purge_window_state_bind (GTK_WINDOW (self));
  g_signal_connect (self, "notify::is-active", G_CALLBACK (on_active_cb), NULL);
  update_actions (self);
  update_page (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->editor));
}

/**
 * purge_window_new:
 * @application: (nullable): the application
 *
 * Returns: (transfer none): a window without a session
 */
GtkWidget *
purge_window_new (GtkApplication *application)
{
  return g_object_new (PURGE_TYPE_WINDOW,
                       "application", application,
                       NULL);
}

/**
 * purge_window_open:
 * @self: a window
 *
 * Works with the person's own accounts and history; ends practice.
 */
void
purge_window_open (PurgeWindow *self)
{
  g_return_if_fail (PURGE_IS_WINDOW (self));

  if (self->real == NULL)
    {
      self->real = purge_session_new_real ();
      purge_window_state_prefer_account (self->settings, self->real);
    }
  purge_window_set_session (self, self->real);
  if (!self->opened && purge_session_get_state (self->real) != PURGE_SESSION_READING)
    purge_session_open_async (self->real, self->cancellable, on_session_opened_cb,
                              g_object_ref (self));
}

/**
 * purge_window_start_practice:
 * @self: a window
 *
 * Works against the built-in simulator, with a list of its own, until practice is ended.
 */
void
purge_window_start_practice (PurgeWindow *self)
{
  g_return_if_fail (PURGE_IS_WINDOW (self));

  purge_practice_start_async (self->cancellable, on_practice_started_cb, g_object_ref (self));
}

/**
 * purge_window_set_session:
 * @self: a window
 * @session: (nullable): what it works on
 *
 * Works on another session.
 */
void
purge_window_set_session (PurgeWindow  *self,
                          PurgeSession *session)
{
  g_return_if_fail (PURGE_IS_WINDOW (self));
  g_return_if_fail (session == NULL || PURGE_IS_SESSION (session));

  if (self->session == session)
    return;

  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      g_signal_handlers_disconnect_by_data (purge_session_get_accounts (self->session), self);
    }

  purge_side_window_close (GTK_WINDOW (self));
  g_set_object (&self->session, session);
  purge_account_switch_set_session (self->accounts, session);
  purge_storage_banner_set_session (self->storage_banner, session);
  purge_draft_banner_set_session (self->draft_banner, session);
  purge_list_editor_set_session (self->editor, session);
  purge_result_pane_set_session (self->results, session);
  purge_attention_set_session (self->attention, session);
  if (session != NULL)
    {
      purge_preferences_obey_look_up (self->settings, purge_session_get_watcher (session));
      g_signal_connect_object (session, "notify::state", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "notify::account", G_CALLBACK (on_session_account_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "notify::sending", G_CALLBACK (on_session_sending_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "notify::checking", G_CALLBACK (update_actions), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (purge_session_get_accounts (session), "items-changed",
                               G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      update (self);
    }

  if (is_practice (self))
    purge_banner_show (self->banner, _("Practice: nothing leaves this computer"),
                       _("_End Practice"), "win.end-practice");
  else
    purge_banner_hide (self->banner);
  update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

/**
 * purge_window_import:
 * @self: a window
 * @file: a text file
 *
 * Adds what is in a file to the list, behind what was there when the program ended; nothing is sent.
 */
void
purge_window_import (PurgeWindow *self,
                     GFile       *file)
{
  g_return_if_fail (PURGE_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  purge_import (self->editor, file);
}

/**
 * purge_window_stop_async:
 * @self: a window
 * @callback: called when it has nothing to lose
 * @user_data: for @callback
 *
 * Stops what is under way and saves what is there, without a question, before the program ends;
 * purge_window_stop_finish() ends it.
 */
void
purge_window_stop_async (PurgeWindow         *self,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (PURGE_IS_WINDOW (self));

  purge_list_editor_commit (self->editor);
  purge_closing_hurry_async (GTK_WINDOW (self), self->session, get_kept (self), callback, user_data);
}

/**
 * purge_window_stop_finish:
 * @self: a window
 * @result: what the callback was given
 *
 * Nothing of the window is under way any more.
 */
void
purge_window_stop_finish (PurgeWindow  *self,
                          GAsyncResult *result)
{
  g_return_if_fail (PURGE_IS_WINDOW (self));

  purge_closing_ask_finish (GTK_WINDOW (self), result);
}
