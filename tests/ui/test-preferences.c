/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What is preferred is done, from the moment on in which it is chosen. */

#include "config.h"

#include "await.h"
#include "desk.h"
#include "job-fixture.h"
#include "purge-preferences-window.h"
#include "purge-preferences.h"
#include "purge-window.h"

#define NOTHING_FOUND \
  "{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\",\"data\":{\"logs\":[],\"total\":0}}"

static const char interface[] =
  "<node><interface name='org.freedesktop.Notifications'>"
  "<method name='Notify'>"
  "<arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>"
  "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/>"
  "<arg type='a{sv}' direction='in'/><arg type='i' direction='in'/>"
  "<arg type='u' direction='out'/>"
  "</method>"
  "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
  "</interface></node>";

static void
test_style (void)
{
  const struct {
    const char     *style;
    AdwColorScheme  scheme;
  } cases[] = {
    { "force-dark", ADW_COLOR_SCHEME_FORCE_DARK },
    { "force-light", ADW_COLOR_SCHEME_FORCE_LIGHT },
    { "default", ADW_COLOR_SCHEME_DEFAULT },
  };
  AdwStyleManager *manager = adw_style_manager_get_default ();
  g_autoptr (GSettings) settings = desk_new_settings ();
  g_autoptr (GSettings) other = desk_new_settings ();

  purge_preferences_obey_style (NULL);
  g_assert_cmpint (adw_style_manager_get_color_scheme (manager), ==, ADW_COLOR_SCHEME_DEFAULT);
  purge_preferences_obey_style (settings);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_settings_set_string (other, "color-scheme", cases[i].style);
      g_assert_cmpint (adw_style_manager_get_color_scheme (manager), ==, cases[i].scheme);
    }
}

typedef struct {
  JobFixture *fixture;
  guint       n;
} Wanted;

static gboolean
has_requests (gpointer user_data)
{
  Wanted *wanted = user_data;

  return mock_transport_count (wanted->fixture->transport) == wanted->n;
}

/* What would have been asked is asked as soon as it may be, and not a moment longer than that. */
static void
test_look_up (JobFixture    *fixture,
              gconstpointer  data)
{
  g_autoptr (GSettings) settings = desk_new_settings ();
  g_autoptr (GSettings) other = desk_new_settings ();
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 3);
  PurgeWatcher *watcher = purge_watcher_new (PURGE_CLOCK (fixture->clock));
  Wanted one_look = { fixture, 2 };

  purge_preferences_obey_look_up (NULL, watcher);
  g_settings_set_boolean (other, "look-up", FALSE);
  purge_preferences_obey_look_up (settings, watcher);
  purge_preferences_obey_look_up (settings, watcher);
  mock_transport_set_script (fixture->transport, "l");
  g_assert_true (job_fixture_run (fixture, job, NULL));
  purge_watcher_set_job (watcher, job);
  purge_watcher_watch (watcher);
  g_assert_cmpint (mock_clock_get_waited (fixture->clock), ==, 0);
  g_assert_false (purge_job_get_checking (job));

  g_settings_set_boolean (other, "look-up", TRUE);
  await_condition (has_requests, &one_look);
  g_settings_set_boolean (other, "look-up", FALSE);
  mock_transport_say (fixture->transport, 1, NOTHING_FOUND);
  while (purge_job_get_checking (job) || g_main_context_iteration (NULL, FALSE))
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 2);

  purge_watcher_set_job (watcher, NULL);
  g_settings_reset (other, "look-up");
  desk_await_gone (watcher);
}

typedef struct {
  guint  n;
  char  *body;
} Told;

static void
on_called_cb (GDBusConnection       *connection,
              const char            *sender,
              const char            *path,
              const char            *interface_name,
              const char            *method,
              GVariant              *parameters,
              GDBusMethodInvocation *invocation,
              gpointer               user_data)
{
  Told *told = user_data;

  if (g_str_equal (method, "Notify"))
    {
      told->n++;
      g_free (told->body);
      g_variant_get_child (parameters, 4, "s", &told->body);
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", told->n));
    }
  else
    {
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
}

static gboolean
is_told (gpointer user_data)
{
  return ((Told *) user_data)->n > 0;
}

static gboolean
is_owned (gpointer owned)
{
  return *(gboolean *) owned;
}

static void
on_owned_cb (GDBusConnection *connection,
             const char      *name,
             gpointer         owned)
{
  *(gboolean *) owned = TRUE;
}

/* A desktop that shows notifications, on a connection of its own. */
static GDBusConnection *
open_desktop (Told *told)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_called_cb };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface, NULL);
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  GDBusConnection *connection =
    g_dbus_connection_new_for_address_sync (address,
                                            G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                            G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL,
                                            NULL, NULL);
  gboolean owned = FALSE;

  g_dbus_connection_register_object (connection, "/org/freedesktop/Notifications",
                                     node->interfaces[0], &vtable, told, NULL, NULL);
  g_bus_own_name_on_connection (connection, "org.freedesktop.Notifications",
                                G_BUS_NAME_OWNER_FLAGS_NONE, on_owned_cb, NULL, &owned, NULL);
  await_condition (is_owned, &owned);
  return connection;
}

/* Of three submissions the second one ends without a word. */
static void
test_notify (void)
{
  g_autoptr (GtkApplication) application =
    gtk_application_new (APP_ID ".Preferences", G_APPLICATION_DEFAULT_FLAGS);
  g_autoptr (GSettings) other = desk_new_settings ();
  g_autoptr (GDBusConnection) connection = NULL;
  const gboolean notify[] = { TRUE, FALSE, TRUE };
  Told told = { 0, NULL };
  Desk desk = { 0 };
  GtkWidget *window;

  g_assert_true (purge_preferences_get_notify (NULL));
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  connection = open_desktop (&told);
  desk_set_up (&desk, NULL);
  window = purge_window_new (application);
  purge_window_set_session (PURGE_WINDOW (window), desk.session);
  /* It is there, but somebody else is in front. */
  gtk_widget_realize (window);

  for (guint i = 0; i < G_N_ELEMENTS (notify); i++)
    {
      g_settings_set_boolean (other, "notify", notify[i]);
      told.n = 0;
      desk_send (&desk, 2 + i, "aaaaaa");
      if (notify[i])
        await_condition (is_told, &told);
    }
  g_assert_cmpuint (told.n, ==, 1);
  g_assert_cmpstr (told.body, ==, "4 accepted");

  g_free (told.body);
  desk_assert_gone (window);
  desk_tear_down (&desk, NULL);
}

/* Of a window of its own, which stores what is chosen where the others look. */
static void
test_window (void)
{
  Desk desk = { 0 };
  GtkWidget *window;
  GtkWindow *preferences;

  desk_set_up (&desk, NULL);
  window = purge_window_new (NULL);
  purge_window_set_session (PURGE_WINDOW (window), desk.session);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_activate_action (window, "win.preferences", NULL);
  preferences = desk_await_window (PURGE_TYPE_PREFERENCES_WINDOW);
  g_assert_true (gtk_window_get_modal (preferences));
  g_assert_true (gtk_window_get_transient_for (preferences) == GTK_WINDOW (window));

  gtk_window_destroy (preferences);
  desk_assert_gone (window);
  desk_tear_down (&desk, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *schemas = g_build_filename (g_getenv ("G_TEST_BUILDDIR"), "..", "data", NULL);

  /* The window's own settings are those of the build as well; GTK already looks for some of its. */
  g_setenv ("GSETTINGS_SCHEMA_DIR", schemas, TRUE);
  desk_init (&argc, &argv);

  g_test_add_func ("/preferences/style", test_style);
  g_test_add ("/preferences/look-up", JobFixture, NULL, job_fixture_set_up, test_look_up,
              job_fixture_tear_down);
  g_test_add_func ("/preferences/notify", test_notify);
  g_test_add_func ("/preferences/window", test_window);

  return g_test_run ();
}
