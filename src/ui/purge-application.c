/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The program as the desktop sees it: starts, files, keys. Knows no list and no account. */

#define G_LOG_DOMAIN "purge-application"

#include "config.h"

#include "purge-application.h"

#include <glib/gi18n-lib.h>

#include "purge-dialogs.h"
#include "purge-location.h"
#include "purge-preferences.h"
#include "purge-termination.h"
#include "purge-window.h"

struct _PurgeApplication
{
  AdwApplication  parent_instance;

  gboolean        practice;
};

G_DEFINE_FINAL_TYPE (PurgeApplication, purge_application, ADW_TYPE_APPLICATION)

/* Every key of the program but those that mean something else inside an entry (see the window's own
 * bindings); the shortcuts window lists both. */
static const struct {
  const char *action_name;
  const char *accels[3];
} accels[] = {
  { "app.quit", { "<Control>q" } },
  { "window.close", { "<Control>w" } },
  { "win.purge", { "<Control>Return", "<Control>KP_Enter" } },
  { "win.type", { "<Control>n" } },
  { "win.import", { "<Control>o" } },
  { "win.as-text", { "<Control>t" } },
  { "win.history", { "<Control>h" } },
  { "win.preferences", { "<Control>comma" } },
  { "win.shortcuts", { "<Control>question", "<Control>F1" } },
  { "win.export", { "<Control>s" } },
};

static PurgeWindow *
get_window (PurgeApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (PURGE_IS_WINDOW (l->data))
      return PURGE_WINDOW (l->data);

  return NULL;
}

static PurgeWindow *
ensure_window (PurgeApplication *self)
{
  PurgeWindow *window = get_window (self);

  if (window != NULL)
    return window;

  window = PURGE_WINDOW (purge_window_new (GTK_APPLICATION (self)));
  if (self->practice)
    purge_window_start_practice (window);
  else
    purge_window_open (window);
  return window;
}

/* Closing asks where a submission is under way; quitting does too. */
static void
quit_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  PurgeWindow *window = get_window (PURGE_APPLICATION (user_data));

  if (window != NULL)
    gtk_window_close (GTK_WINDOW (window));
  else
    g_application_quit (G_APPLICATION (user_data));
}

/* What a click on a notification does, on desktops that do nothing without being told. */
static void
show_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  g_application_activate (G_APPLICATION (user_data));
}

static void
about_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  purge_dialogs_show_about (gtk_application_get_active_window (GTK_APPLICATION (user_data)));
}

static void
purge_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { .name = "quit", .activate = quit_action },
    { .name = "show", .activate = show_action },
    { .name = "about", .activate = about_action },
  };

  g_autoptr (GSettings) settings = purge_location_new_settings ();

  G_APPLICATION_CLASS (purge_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  for (gsize i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), accels[i].action_name,
                                           (const char * const *) accels[i].accels);
  gtk_window_set_default_icon_name (APP_ID);
  purge_preferences_obey_style (settings);
  purge_termination_watch (GTK_APPLICATION (application));
}

static void
purge_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (ensure_window (PURGE_APPLICATION (application))));
}

static void
purge_application_open (GApplication  *application,
                        GFile        **files,
                        int            n_files,
                        const char    *hint)
{
  PurgeWindow *window = ensure_window (PURGE_APPLICATION (application));

  gtk_window_present (GTK_WINDOW (window));
  for (int i = 0; i < n_files; i++)
    purge_window_import (window, files[i]);
}

static int
purge_application_handle_local_options (GApplication *application,
                                        GVariantDict *options)
{
  PurgeApplication *self = PURGE_APPLICATION (application);

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("cdn-purge %s\n", VERSION);
      return 0;
    }

  /* Practice is a program of its own: it has nothing to do with the one that may be running. */
  if (g_variant_dict_lookup (options, "practice", "b", &self->practice) && self->practice)
    g_application_set_flags (application,
                             g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);

  return -1;
}

static void
purge_application_class_init (PurgeApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = purge_application_startup;
  application_class->activate = purge_application_activate;
  application_class->open = purge_application_open;
  application_class->handle_local_options = purge_application_handle_local_options;
}

static void
purge_application_init (PurgeApplication *self)
{
  static const GOptionEntry options[] = {
    { "practice", 0, 0, G_OPTION_ARG_NONE, NULL,
      N_("Work against the built-in simulator; nothing leaves this computer"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and exit"), NULL },
    { NULL }
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _("[FILE…]"));
  g_application_set_option_context_summary (G_APPLICATION (self),
                                            _("Purges directories from Tencent Cloud CDN. Files "
                                              "fill the list; nothing is sent."));
}

/**
 * purge_application_new:
 *
 * Returns: (transfer full): the application, to be run
 */
PurgeApplication *
purge_application_new (void)
{
  return g_object_new (PURGE_TYPE_APPLICATION,
                       "application-id", APP_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/io/github/cdn_purge/CdnPurge",
                       NULL);
}
