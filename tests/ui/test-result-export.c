/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* From the results to the clipboard and into a file, through the menu, the buttons and the chooser. */

#include "config.h"

#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "await.h"
#include "desk.h"
#include "full-disk.h"
#include "purge-export.h"
#include "purge-result-pane.h"
#include "scratch.h"

typedef struct {
  Desk       desk;
  GtkWidget *pane;
  char      *folder;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  desk_set_up (&fixture->desk, NULL);
  fixture->pane = purge_result_pane_new ();
  purge_result_pane_set_session (PURGE_RESULT_PANE (fixture->pane), fixture->desk.session);
  desk_present (fixture->pane);
  fixture->folder = scratch_new ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  desk_assert_gone (fixture->pane);
  desk_tear_down (&fixture->desk, NULL);
  scratch_free (fixture->folder);
}

static PurgeJob *
get_job (Fixture *fixture)
{
  return purge_session_get_job (fixture->desk.session);
}

static char *
dup_clipboard (Fixture *fixture)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (fixture->pane);
  g_autoptr (GAsyncResult) result = NULL;

  gdk_clipboard_read_text_async (clipboard, NULL, await_cb, &result);
  return gdk_clipboard_read_text_finish (clipboard, await (&result), NULL);
}

static gboolean
has_request (gpointer user_data)
{
  return mock_transport_count_open (user_data) > 0;
}

static void
send_and_say (Fixture    *fixture,
              const char *answer)
{
  const char *urls[] = { "https://www.example.com/it's/", "https://www.example.com/2/", NULL };
  g_autoptr (GAsyncResult) result = NULL;

  desk_send_urls (fixture->desk.session, urls, await_cb, &result);
  await_condition (has_request, fixture->desk.transport);
  mock_transport_say (fixture->desk.transport, 0, answer);
  g_assert_true (purge_session_send_finish (fixture->desk.session, await (&result), NULL));
}

static void
test_copy (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_auto (GStrv) lines = NULL;
  g_autofree char *text = NULL;

  send_and_say (fixture,
                "{\"code\":4000,\"codeDesc\":9110,\"message\":\"<b>no</b>\\n\\u202Eevil\"}");
  g_assert_true (gtk_widget_activate_action (fixture->pane, "results.copy", NULL));
  desk_await_text (fixture->pane, "Results copied");

  text = dup_clipboard (fixture);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 6);
  g_assert_cmpstr (lines[0], ==, "2 rejected");
  g_assert_true (g_str_has_suffix (lines[1], " · Production · updated resources"));
  g_assert_cmpstr (lines[2], ==, "");
  g_assert_cmpstr (lines[3], ==, "https://www.example.com/it's/\tRejected · Code 4000 · 9110 · "
                                 "<b>no</b>‹U+000A›‹U+202E›evil");
  g_assert_true (g_str_has_prefix (lines[4], "https://www.example.com/2/\tRejected"));
  g_assert_cmpstr (lines[5], ==, "");
}

/* What was accepted needs no words of the server's, and what was sent again stands there once. */
static void
test_copy_states (Fixture       *fixture,
                  gconstpointer  user_data)
{
  g_autofree char *text = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  desk_send (&fixture->desk, 21, "ara");
  purge_session_follow_up_async (fixture->desk.session, PURGE_FOLLOW_UP_RETRY, NULL, await_cb,
                                 &result);
  g_assert_true (purge_session_follow_up_finish (fixture->desk.session, await (&result), NULL));
  gtk_widget_activate_action (fixture->pane, "results.copy", NULL);

  text = dup_clipboard (fixture);
  g_assert_true (g_str_has_prefix (text, "21 accepted\n"));
  g_assert_nonnull (strstr (text, "https://www.example.com/1/\tAccepted\n"));
  g_assert_nonnull (strstr (text, "https://www.example.com/21/\tAccepted\n"));
  g_assert_null (strstr (text, "Rejected"));
}

/* GTK 4.18's chooser stumbles over the buttons of its path when it is sent to another folder. */
static gboolean
is_ours (const char     *domain,
         GLogLevelFlags  level,
         const char     *message,
         gpointer        user_data)
{
  return !g_str_has_prefix (message, "gtk_box_remove: ");
}

static void
on_critical_cb (const char     *domain,
                GLogLevelFlags  level,
                const char     *message,
                gpointer        user_data)
{
  if (is_ours (domain, level, message, NULL))
    g_log_default_handler (domain, level, message, NULL);
}

static GtkFileChooser *
open_chooser (Fixture *fixture)
{
  GtkWindow *chooser;

  g_test_log_set_fatal_handler (is_ours, NULL);
  g_assert_true (gtk_widget_activate_action (fixture->pane, "results.export", NULL));

  chooser = desk_await_window (GTK_TYPE_FILE_CHOOSER_DIALOG);
  g_assert_true (GTK_WIDGET (gtk_window_get_transient_for (chooser)) ==
                 GTK_WIDGET (gtk_widget_get_root (fixture->pane)));
  return GTK_FILE_CHOOSER (chooser);
}

static gboolean
is_gone (gpointer user_data)
{
  return *(gpointer *) user_data == NULL;
}

static void
answer_chooser (GtkFileChooser *chooser,
                int             response)
{
  gpointer watched = chooser;

  g_object_add_weak_pointer (G_OBJECT (chooser), &watched);
  gtk_dialog_response (GTK_DIALOG (chooser), response);
  await_condition (is_gone, &watched);
}

typedef struct {
  GtkFileChooser *chooser;
  GFile          *folder;
} Place;

static gboolean
is_there (gpointer user_data)
{
  Place *place = user_data;
  g_autoptr (GFile) folder = gtk_file_chooser_get_current_folder (place->chooser);

  return folder != NULL && g_file_equal (folder, place->folder);
}

static gboolean
is_somewhere (gpointer user_data)
{
  g_autoptr (GFile) folder = gtk_file_chooser_get_current_folder (user_data);

  return folder != NULL;
}

/* It begins where it wants to, some time after it was shown. */
static void
enter (GtkFileChooser *chooser,
       const char     *folder,
       const char     *name)
{
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  Place place = { chooser, file };

  await_condition (is_somewhere, chooser);
  g_assert_true (gtk_file_chooser_set_current_folder (chooser, file, NULL));
  await_condition (is_there, &place);
  gtk_file_chooser_set_current_name (chooser, name);
}

static const struct
{
  const char        *name;
  guint              filter;
  PurgeExportFormat  format;
} files[] = {
  { "results.csv", 0, PURGE_EXPORT_CSV },
  { "results.json", 0, PURGE_EXPORT_JSON },
  { "Results.JSON", 0, PURGE_EXPORT_JSON },
  { "results", 0, PURGE_EXPORT_CSV },
  { "results", 1, PURGE_EXPORT_JSON },
  { "results.csv", 1, PURGE_EXPORT_CSV },
};

/* The name says what is in the file; where it does not, the format that was chosen. */
static void
test_export (Fixture       *fixture,
             gconstpointer  user_data)
{
  guint i = GPOINTER_TO_UINT (user_data);
  g_autofree char *path = g_build_filename (fixture->folder, files[i].name, NULL);
  g_autofree char *said = g_strdup_printf ("Exported to “%s”", files[i].name);
  g_autoptr (GtkFileFilter) filter = NULL;
  g_autoptr (GListModel) filters = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *text = NULL;
  GtkFileChooser *chooser;
  struct stat about;

  desk_send (&fixture->desk, 30, "ar");
  chooser = open_chooser (fixture);
  filters = gtk_file_chooser_get_filters (chooser);
  filter = g_list_model_get_item (filters, files[i].filter);
  gtk_file_chooser_set_filter (chooser, filter);
  enter (chooser, fixture->folder, files[i].name);
  answer_chooser (chooser, GTK_RESPONSE_ACCEPT);
  desk_await_text (fixture->pane, said);

  expected = purge_export_dup_text (get_job (fixture),
                                    purge_job_get_submission (get_job (fixture))->id,
                                    files[i].format);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpint (g_stat (path, &about), ==, 0);
  g_assert_cmpuint (about.st_mode & 0777, ==, 0600);
}

/* The name that is offered tells submissions apart; whoever closes the chooser has written nothing. */
static void
test_offered_name (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr (GListModel) filters = NULL;
  g_autofree char *name = NULL;
  GtkFileChooser *chooser;

  desk_send (&fixture->desk, 1, "a");
  chooser = open_chooser (fixture);
  name = gtk_file_chooser_get_current_name (chooser);
  g_assert_cmpstr (name, ==, "cdn-purge-1.csv");
  filters = gtk_file_chooser_get_filters (chooser);
  g_assert_cmpuint (g_list_model_get_n_items (filters), ==, 2);

  answer_chooser (chooser, GTK_RESPONSE_CANCEL);
  g_assert_false (desk_shows (fixture->pane, "Exported"));
}

/* There is room for what GTK remembers of the file, and not for the file. */
static void
test_export_fails (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "results.csv", NULL);
  GtkFileChooser *chooser;

  desk_send (&fixture->desk, 400, "aaaaaaaaaaaaaaaaaaaa");
  chooser = open_chooser (fixture);
  enter (chooser, fixture->folder, "results.csv");
  full_disk_begin (16384);
  answer_chooser (chooser, GTK_RESPONSE_ACCEPT);
  desk_await_window (ADW_TYPE_MESSAGE_DIALOG);
  full_disk_end ();
  desk_answer ("“results.csv” cannot be written", "cancel");
  g_assert_false (desk_shows (fixture->pane, "Exported"));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* What the account and its requests would give away is not on the clipboard. */
static void
test_curl (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_autoptr (PurgeBatch) batch = NULL;
  g_autofree char *nonce = NULL;
  g_autofree char *time = NULL;
  g_autofree char *text = NULL;
  GtkWidget *button;

  send_and_say (fixture, "{\"code\":0,\"codeDesc\":\"Success\"}");
  button = desk_find (fixture->pane, GTK_TYPE_BUTTON, "Copy as cURL");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  desk_await_text (fixture->pane, "Command copied, without key and signature");

  text = dup_clipboard (fixture);
  g_assert_true (g_str_has_prefix (text, "curl 'https://cdn.api.qcloud.com/v2/index.php' "));
  g_assert_nonnull (strstr (text, "'dirs.0=https://www.example.com/it'\\''s/'"));
  g_assert_nonnull (strstr (text, "\"Signature=$SIGNATURE\""));

  batch = g_list_model_get_item (G_LIST_MODEL (get_job (fixture)), 0);
  nonce = g_strdup_printf ("%" G_GUINT64_FORMAT, purge_batch_get_attempt (batch)->nonce);
  time = g_strdup_printf ("%" G_GINT64_FORMAT, purge_batch_get_attempt (batch)->timestamp);
  g_assert_null (strstr (text, nonce));
  g_assert_null (strstr (text, time));
  g_assert_null (strstr (text, DESK_SECRET_ID));
  g_assert_null (strstr (text, DESK_SECRET_KEY));
}

/* Without its account nobody knows what a request looks like. */
static void
test_no_curl_without_account (Fixture       *fixture,
                              gconstpointer  user_data)
{
  PurgeAccount *account = purge_session_get_account (fixture->desk.session);
  g_autoptr (GAsyncResult) result = NULL;

  desk_send (&fixture->desk, 1, "a");
  g_assert_nonnull (desk_find (fixture->pane, GTK_TYPE_BUTTON, "Copy as cURL"));
  purge_accounts_remove_async (fixture->desk.accounts, account, NULL, await_cb, &result);
  g_assert_true (purge_accounts_remove_finish (fixture->desk.accounts, await (&result), NULL));
  g_assert_null (desk_find (fixture->pane, GTK_TYPE_BUTTON, "Copy as cURL"));
  g_assert_nonnull (desk_find (fixture->pane, GTK_TYPE_BUTTON, "Raw Answer"));
}

/* With nothing to show there is nothing to copy. */
static void
test_empty (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_autofree char *text = NULL;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (fixture->pane), "before");
  gtk_widget_activate_action (fixture->pane, "results.copy", NULL);
  gtk_widget_activate_action (fixture->pane, "results.export", NULL);
  text = dup_clipboard (fixture);
  g_assert_cmpstr (text, ==, "before");
}

static void
add (const char *name,
     guint       i,
     void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (name, Fixture, GUINT_TO_POINTER (i), set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  desk_init (&argc, &argv);
  g_log_set_handler ("Gtk", G_LOG_LEVEL_CRITICAL | G_LOG_FLAG_FATAL | G_LOG_FLAG_RECURSION,
                     on_critical_cb, NULL);

  add ("/result-export/empty", 0, test_empty);
  add ("/result-export/copy", 0, test_copy);
  add ("/result-export/copy-states", 0, test_copy_states);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *name = g_strdup_printf ("/result-export/file/%u", i);

      add (name, i, test_export);
    }
  add ("/result-export/offered-name", 0, test_offered_name);
  add ("/result-export/fails", 0, test_export_fails);
  add ("/result-export/curl", 0, test_curl);
  add ("/result-export/no-curl-without-account", 0, test_no_curl_without_account);

  return g_test_run ();
}
