/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A session for the window's widgets, and eyes for what they show. */

#include "config.h"

#include "desk.h"

#include <string.h>

#include "await.h"
#include "purge-memory-keyring.h"

/* The message dialog of libadwaita 1.7 measures its own heading for less than that needs, of which newer
 * versions of GTK warn. Every other warning ends the test. */
static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         user_data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE") &&
        g_str_has_prefix (fields[i].value, "Trying to measure GtkLabel "))
      return G_LOG_WRITER_HANDLED;

  return g_log_writer_default (level, fields, n_fields, user_data);
}

/* What GtkApplication does by itself. */
static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/io/github/cdn_purge/CdnPurge/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

/* The test's whole environment is that of with-session; the style is libadwaita's and the program's. */
void
desk_init (int    *argc,
           char ***argv)
{
  gtk_test_init (argc, argv, NULL);
  g_log_set_writer_func (write_log, NULL, NULL);
  adw_init ();
  load_style ();
  /* GTK 4.8's entry starts to blink when its window is given a focus widget, active or not, and warns
   * when it next blinks in a window that was never active: who is active here is not the test's. */
  g_object_set (gtk_settings_get_default (), "gtk-cursor-blink", FALSE, NULL);
}

void
desk_add_account (Desk       *desk,
                  const char *name)
{
  g_autoptr (PurgeAccount) account = purge_account_new (NULL, name);
  g_autoptr (PurgeSecret) key = purge_secret_new (DESK_SECRET_KEY, -1);
  g_autoptr (PurgeCredentials) credentials = purge_credentials_new (DESK_SECRET_ID, key, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  purge_accounts_put_async (desk->accounts, account, credentials, NULL, await_cb, &result);
  purge_accounts_put_finish (desk->accounts, await (&result), &error);
  g_assert_no_error (error);
}

/* Those of the build, in the memory of this test. */
GSettings *
desk_new_settings (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_BUILT, "..", "data", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSettingsSchemaSource) source =
    g_settings_schema_source_new_from_directory (folder, NULL, TRUE, &error);
  g_autoptr (GSettingsSchema) schema = NULL;

  g_assert_no_error (error);
  schema = g_settings_schema_source_lookup (source, APP_ID, FALSE);
  g_assert_nonnull (schema);
  return g_settings_new_full (schema, NULL, NULL);
}

static gboolean
knows_quota (gpointer user_data)
{
  Desk *desk = user_data;
  PurgeQuotaMeter *meter = purge_quotas_get_meter (purge_session_get_quotas (desk->session));

  return purge_quota_meter_read (meter, PURGE_KIND_DIRECTORY).known;
}

/* Everything but opening the session. */
void
desk_furnish (Desk       *desk,
              const char *database_path)
{
  g_autoptr (PurgeClock) clock = purge_clock_new ();

  desk->transport = mock_transport_new ();
  desk->keyring = purge_memory_keyring_new ();
  desk->workspace = purge_workspace_new (database_path, desk->keyring,
                                         PURGE_TRANSPORT (desk->transport), clock);
  desk->accounts = purge_accounts_new (desk->workspace);
  desk->session = purge_session_new (desk->workspace, desk->accounts);
}

void
desk_open (Desk *desk)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  purge_session_open_async (desk->session, NULL, await_cb, &result);
  purge_session_open_finish (desk->session, await (&result), &error);
  g_assert_no_error (error);
}

void
desk_set_up (Desk          *desk,
             gconstpointer  without_account)
{
  desk_furnish (desk, ":memory:");
  desk_open (desk);
  if (without_account == NULL)
    {
      desk_add_account (desk, "Production");
      await_condition (knows_quota, desk);
    }
}

void
desk_tear_down (Desk          *desk,
                gconstpointer  without_account)
{
  /* What was counted last may still be on its way. */
  desk_await_gone (g_steal_pointer (&desk->session));
  desk_await_gone (g_steal_pointer (&desk->accounts));
  desk_await_gone (g_steal_pointer (&desk->workspace));
  g_assert_finalize_object (desk->keyring);
  g_assert_finalize_object (desk->transport);
}

void
desk_fill (Desk  *desk,
           guint  n_directories)
{
  g_autoptr (GString) text = g_string_new (NULL);
  PurgeAddReport report;

  for (guint i = 1; i <= n_directories; i++)
    g_string_append_printf (text, "https://www.example.com/%u/\n", i);

  g_assert_true (purge_directory_list_set_all_text (purge_session_get_list (desk->session), text->str,
                                                    text->len, &report, NULL));
}

/* Begins to send directories, in the way that is chosen. */
void
desk_send_urls (PurgeSession        *session,
                const char * const  *urls,
                GAsyncReadyCallback  callback,
                gpointer             user_data)
{
  g_autoptr (PurgeOrder) order =
    purge_order_new (purge_session_get_mode (session), PURGE_AREA_NONE, urls, NULL);

  purge_session_send_async (session, order, callback, user_data);
}

/* Sends a list to the end; the script says what becomes of each of its batches. */
void
desk_send (Desk       *desk,
           guint       n_directories,
           const char *script)
{
  g_auto (GStrv) urls = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  desk_fill (desk, n_directories);
  mock_transport_set_script (desk->transport, script);
  urls = purge_directory_list_dup_urls (purge_session_get_list (desk->session),
                                        PURGE_KIND_DIRECTORY);
  desk_send_urls (desk->session, (const char * const *) urls, await_cb, &result);
  purge_session_send_finish (desk->session, await (&result), &error);
  g_assert_no_error (error);
}

/* A window around a widget, on the screen. */
GtkWidget *
desk_present (GtkWidget *widget)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 480, 600);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  return window;
}

static char *
dup_text_of (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return g_strdup (gtk_label_get_text (GTK_LABEL (widget)));
  if (GTK_IS_BUTTON (widget))
    return g_strdup (gtk_button_get_label (GTK_BUTTON (widget)));
  if (GTK_IS_WINDOW (widget))
    return g_strdup (gtk_window_get_title (GTK_WINDOW (widget)));

  return NULL;
}

/* The first widget of a type that can be seen, below another, whose text has @text in it. */
GtkWidget *
desk_find (GtkWidget  *widget,
           GType       type,
           const char *text)
{
  g_autofree char *shown = dup_text_of (widget);

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) &&
      (text == NULL || (shown != NULL && strstr (shown, text) != NULL)))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = desk_find (child, type, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

gboolean
desk_shows (GtkWidget  *widget,
            const char *text)
{
  return desk_find (widget, GTK_TYPE_LABEL, text) != NULL;
}

typedef struct {
  GtkWidget  *widget;
  const char *text;
} Sight;

static gboolean
is_shown (gpointer user_data)
{
  Sight *sight = user_data;

  return desk_shows (sight->widget, sight->text);
}

void
desk_await_text (GtkWidget  *widget,
                 const char *text)
{
  Sight sight = { widget, text };

  g_test_message ("waiting for “%s”", text);
  await_condition (is_shown, &sight);
}

static GtkWindow *
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type) && gtk_widget_get_mapped (window))
        return GTK_WINDOW (window);
    }

  return NULL;
}

static gboolean
has_window (gpointer type)
{
  return find_window (GPOINTER_TO_SIZE (type)) != NULL;
}

GtkWindow *
desk_await_window (GType type)
{
  await_condition (has_window, GSIZE_TO_POINTER (type));

  return find_window (type);
}

/* Waits for a question that says this, and answers it. */
void
desk_answer (const char *shown,
             const char *response)
{
  GtkWindow *question = desk_await_window (ADW_TYPE_MESSAGE_DIALOG);
  gpointer watched = question;

  desk_await_text (GTK_WIDGET (question), shown);
  g_object_add_weak_pointer (G_OBJECT (question), &watched);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), response);
  gtk_window_destroy (question);
  while (watched != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
is_gone (gpointer user_data)
{
  return *(gpointer *) user_data == NULL;
}

/* Drops the last reference of the test and waits until nobody else has one. */
void
desk_await_gone (gpointer pointer)
{
  gpointer watched = pointer;

  g_object_add_weak_pointer (G_OBJECT (pointer), &watched);
  g_object_unref (pointer);
  await_condition (is_gone, &watched);
}

/* Closes the window of a widget and proves that the widget goes with it. */
void
desk_assert_gone (gpointer widget)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (widget)));
  gpointer watched = widget;

  g_object_add_weak_pointer (G_OBJECT (widget), &watched);
  gtk_window_destroy (window);
  await_condition (is_gone, &watched);
}
