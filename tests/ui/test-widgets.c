/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Every widget of our own: made, used, destroyed, and gone after that. What each is good for in detail
 * is in tests of its own. */

#include "config.h"

#include <string.h>

#include "await.h"
#include "desk.h"
#include "purge-account-dialog.h"
#include "purge-account-row.h"
#include "purge-account-switch.h"
#include "purge-accounts-window.h"
#include "purge-banner.h"
#include "purge-batch-actions.h"
#include "purge-countdown.h"
#include "purge-day-bar.h"
#include "purge-day-strip.h"
#include "purge-directory-entry.h"
#include "purge-draft-banner.h"
#include "purge-drop-area.h"
#include "purge-entry-notes.h"
#include "purge-entry-row.h"
#include "purge-history.h"
#include "purge-history-row.h"
#include "purge-history-window.h"
#include "purge-incoming.h"
#include "purge-keep-choice.h"
#include "purge-key-test.h"
#include "purge-kind-button.h"
#include "purge-list-editor.h"
#include "purge-list-rows.h"
#include "purge-list-text.h"
#include "purge-panes.h"
#include "purge-preferences-window.h"
#include "purge-raw-window.h"
#include "purge-result-pane.h"
#include "purge-result-row.h"
#include "purge-retirement-offer.h"
#include "purge-row-menu.h"
#include "purge-secret-row.h"
#include "purge-send-bar.h"
#include "purge-start-page.h"
#include "purge-storage-banner.h"
#include "purge-url-offer.h"
#include "purge-window.h"
#include "purge-wrap.h"

#define RESOURCES "/io/github/cdn_purge/CdnPurge"

/* Uses a widget that is on the screen, and looks whether that shows. */
typedef void (*Act) (Desk      *desk,
                     GtkWidget *widget);

static PurgeAccount *
get_account (Desk *desk)
{
  return purge_session_get_account (desk->session);
}

static PurgeDirectoryList *
get_list (Desk *desk)
{
  return purge_session_get_list (desk->session);
}

static PurgeBatch *
dup_batch (Desk *desk)
{
  return g_list_model_get_item (G_LIST_MODEL (purge_session_get_job (desk->session)), 0);
}

static void
use_account_dialog (Desk      *desk,
                    GtkWidget *widget)
{
  gtk_widget_activate_action (widget, "account.save", NULL);
  desk_await_text (widget, "name");
}

static void
use_account_row (Desk      *desk,
                 GtkWidget *widget)
{
  desk_await_text (widget, "Production");
}

static void
use_account_switch (Desk      *desk,
                    GtkWidget *widget)
{
  purge_account_switch_set_session (PURGE_ACCOUNT_SWITCH (widget), desk->session);
  desk_await_text (widget, "Production");
  desk_add_account (desk, "Staging");
  purge_account_switch_set_session (PURGE_ACCOUNT_SWITCH (widget), NULL);
  g_assert_false (gtk_widget_get_visible (widget));
}

static void
use_banner (Desk      *desk,
            GtkWidget *widget)
{
  purge_banner_show (PURGE_BANNER (widget), "Something lasts", "_Close", "window.close");
  desk_await_text (widget, "Something lasts");
  purge_banner_hide (PURGE_BANNER (widget));
}

static void
use_batch_actions (Desk      *desk,
                   GtkWidget *widget)
{
  g_autoptr (PurgeBatch) batch = NULL;

  desk_send (desk, 2, "l");
  batch = dup_batch (desk);
  purge_batch_actions_set_batch (PURGE_BATCH_ACTIONS (widget),
                                 purge_session_get_job (desk->session), batch);
  g_assert_true (gtk_widget_get_visible (widget));
  purge_batch_actions_set_batch (PURGE_BATCH_ACTIONS (widget), NULL, NULL);
  g_assert_false (gtk_widget_get_visible (widget));
}

static void
use_countdown (Desk      *desk,
               GtkWidget *widget)
{
  purge_countdown_set_seconds (PURGE_COUNTDOWN (widget), 60);
  desk_await_text (widget, "60");
}

static void
use_day_bar (Desk      *desk,
             GtkWidget *widget)
{
  const PurgeTally tally = { .n_accepted = 5, .n_rejected = 5 };
  graphene_rect_t place;

  purge_day_bar_show (PURGE_DAY_BAR (widget), &tally, 10);
  g_assert_true (gtk_widget_compute_bounds (gtk_widget_get_first_child (widget), widget, &place));
}

static void
use_day_strip (Desk      *desk,
               GtkWidget *widget)
{
  g_autoptr (PurgeRecentDays) days = purge_recent_days_new (desk->workspace);

  purge_day_strip_set_days (PURGE_DAY_STRIP (widget), days);
  desk_send (desk, 2, "a");
  purge_recent_days_reload (days);
  desk_await_text (widget, "2 accepted");
}

static void
use_directory_entry (Desk      *desk,
                     GtkWidget *widget)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (widget));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), "  https://www.example.com/news/\n");
  g_signal_emit_by_name (text, "paste-clipboard");
}

static void
use_draft_banner (Desk      *desk,
                  GtkWidget *widget)
{
  purge_draft_banner_set_session (PURGE_DRAFT_BANNER (widget), desk->session);
  gtk_widget_activate_action (widget, "draft.dismiss", NULL);
  purge_draft_banner_set_session (PURGE_DRAFT_BANNER (widget), NULL);
}

static void
use_drop_area (Desk      *desk,
               GtkWidget *widget)
{
  purge_drop_area_watch (PURGE_DROP_AREA (widget), gtk_widget_get_parent (widget));
}

static void
use_entry_notes (Desk      *desk,
                 GtkWidget *widget)
{
  g_autoptr (PurgeEntry) entry = NULL;
  PurgeAddReport report;

  g_assert_true (purge_directory_list_set_all_text (get_list (desk), "www.example.com/", 16, &report,
                                                    NULL));
  entry = g_list_model_get_item (G_LIST_MODEL (get_list (desk)), 0);
  g_assert_true (purge_entry_notes_has_any (entry));
  purge_entry_notes_set_entry (PURGE_ENTRY_NOTES (widget), entry);
  desk_await_text (widget, "The scheme is missing");
  purge_entry_notes_set_entry (PURGE_ENTRY_NOTES (widget), NULL);
}

static void
use_entry_row (Desk      *desk,
               GtkWidget *widget)
{
  g_autoptr (PurgeEntry) entry = NULL;

  desk_fill (desk, 1);
  entry = g_list_model_get_item (G_LIST_MODEL (get_list (desk)), 0);
  g_object_set (widget, "entry", entry, "position", 0, NULL);
  desk_await_text (widget, "https://www.example.com/1/");
  purge_entry_row_edit (PURGE_ENTRY_ROW (widget));
  g_assert_nonnull (desk_find (widget, GTK_TYPE_ENTRY, NULL));
  purge_entry_row_commit (PURGE_ENTRY_ROW (widget));
  g_assert_null (desk_find (widget, GTK_TYPE_ENTRY, NULL));
}

static void
use_history_row (Desk      *desk,
                 GtkWidget *widget)
{
  g_autoptr (PurgeHistory) history = purge_history_new (desk->workspace);
  g_autoptr (PurgeHistoryEntry) entry = NULL;

  desk_send (desk, 2, "a");
  purge_history_reload (history);
  while (purge_history_get_loading (history))
    g_main_context_iteration (NULL, TRUE);
  entry = g_list_model_get_item (G_LIST_MODEL (history), 0);
  purge_history_row_show (PURGE_HISTORY_ROW (widget), entry, FALSE);
  desk_await_text (widget, "2 accepted");
}

static void
use_history_window (Desk      *desk,
                    GtkWidget *widget)
{
  desk_await_text (widget, "No Submissions Yet");
}

static gboolean
has_entry (gpointer list)
{
  return g_list_model_get_n_items (list) > 0;
}

static void
use_incoming (Desk      *desk,
              GtkWidget *widget)
{
  purge_incoming_set_list (PURGE_INCOMING (widget), get_list (desk));
  purge_incoming_add_text (PURGE_INCOMING (widget), "https://www.example.com/news/", -1);
  await_condition (has_entry, get_list (desk));
  purge_incoming_set_list (PURGE_INCOMING (widget), NULL);
}

static void
use_keep_choice (Desk      *desk,
                 GtkWidget *widget)
{
  g_autoptr (GSettings) settings = desk_new_settings ();

  g_settings_set_int (settings, "history-days", 90);
  purge_keep_choice_set_session (PURGE_KEEP_CHOICE (widget), desk->session, settings);
  desk_await_text (widget, "90");
  g_settings_reset (settings, "history-days");
}

static gboolean
has_request (gpointer transport)
{
  return mock_transport_count_open (transport) > 0;
}

static void
use_key_test (Desk      *desk,
              GtkWidget *widget)
{
  g_autoptr (PurgeSecret) key = purge_secret_new ("0123456789abcdefghij", -1);
  g_autoptr (PurgeCredentials) credentials = purge_credentials_new ("AKIDtest", key, NULL);

  purge_key_test_start (PURGE_KEY_TEST (widget), desk->session, get_account (desk), credentials);
  g_assert_true (purge_key_test_get_running (PURGE_KEY_TEST (widget)));
  await_condition (has_request, desk->transport);
  purge_key_test_cancel (PURGE_KEY_TEST (widget));
  mock_transport_say (desk->transport, 0, "{}");
  purge_key_test_clear (PURGE_KEY_TEST (widget));
}

static void
use_kind_button (Desk      *desk,
                 GtkWidget *widget)
{
  PurgeKind kind;

  g_object_set (widget, "kind", PURGE_KIND_URL, NULL);
  g_object_get (widget, "kind", &kind, NULL);
  g_assert_cmpint (kind, ==, PURGE_KIND_URL);
}

static void
use_list_editor (Desk      *desk,
                 GtkWidget *widget)
{
  purge_list_editor_set_session (PURGE_LIST_EDITOR (widget), desk->session);
  purge_list_editor_add_text (PURGE_LIST_EDITOR (widget), "https://www.example.com/news", -1);
  desk_await_text (widget, "https://www.example.com/news/");
}

static void
use_list_rows (Desk      *desk,
               GtkWidget *widget)
{
  purge_list_rows_set_list (PURGE_LIST_ROWS (widget), get_list (desk));
  desk_fill (desk, 100);
  purge_list_rows_scroll_to_end (PURGE_LIST_ROWS (widget));
  desk_await_text (widget, "https://www.example.com/100/");
}

static void
use_list_text (Desk      *desk,
               GtkWidget *widget)
{
  GtkTextView *view;

  desk_fill (desk, 2);
  purge_list_text_set_list (PURGE_LIST_TEXT (widget), get_list (desk));
  view = GTK_TEXT_VIEW (desk_find (widget, GTK_TYPE_TEXT_VIEW, NULL));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), "https://www.example.com/other/", -1);
  purge_list_text_commit (PURGE_LIST_TEXT (widget));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (get_list (desk))), ==, 1);
}

static void
use_panes (Desk      *desk,
           GtkWidget *widget)
{
  purge_panes_set_start (PURGE_PANES (widget), gtk_label_new ("Start"));
  purge_panes_set_end (PURGE_PANES (widget), gtk_label_new ("End"));
  purge_panes_set_end_needed (PURGE_PANES (widget), TRUE);
  desk_await_text (widget, "End");
}

static void
use_preferences_window (Desk      *desk,
                        GtkWidget *widget)
{
  desk_await_text (widget, "Window");
}

static void
use_raw_window (Desk      *desk,
                GtkWidget *widget)
{
  g_assert_nonnull (desk_find (widget, GTK_TYPE_TEXT_VIEW, NULL));
}

static void
use_result_pane (Desk      *desk,
                 GtkWidget *widget)
{
  purge_result_pane_set_session (PURGE_RESULT_PANE (widget), desk->session);
  desk_send (desk, 2, "a");
  desk_await_text (widget, "https://www.example.com/2/");
}

static GListModel *
create_nothing (gpointer item,
                gpointer user_data)
{
  return NULL;
}

static void
use_result_row (Desk      *desk,
                GtkWidget *widget)
{
  g_autoptr (GtkTreeListModel) tree = NULL;
  g_autoptr (GtkTreeListRow) row = NULL;
  PurgeJob *job;

  desk_send (desk, 2, "r");
  job = purge_session_get_job (desk->session);
  tree = gtk_tree_list_model_new (g_object_ref (G_LIST_MODEL (job)), FALSE, FALSE, create_nothing,
                                  NULL, NULL);
  row = gtk_tree_list_model_get_row (tree, 0);
  purge_result_row_show (PURGE_RESULT_ROW (widget), job, row);
  desk_await_text (widget, "Rejected");
  purge_result_row_show (PURGE_RESULT_ROW (widget), NULL, NULL);
}

static void
use_retirement_offer (Desk      *desk,
                      GtkWidget *widget)
{
  purge_retirement_offer_set_session (PURGE_RETIREMENT_OFFER (widget), desk->session);
  desk_send (desk, 2, "k");
  desk_await_text (widget, "It looks as if Tencent had ended API 2.0");
}

static void
use_row_menu (Desk      *desk,
              GtkWidget *widget)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, "Close", "window.close");
  g_object_set (widget, "menu-model", menu, NULL);
}

static void
use_secret_row (Desk      *desk,
                GtkWidget *widget)
{
  gtk_editable_set_text (GTK_EDITABLE (widget), DESK_SECRET_KEY);
  g_assert_cmpstr (purge_secret_row_get_secret (PURGE_SECRET_ROW (widget)), ==, DESK_SECRET_KEY);
  gtk_widget_activate_action (widget, "secret.reveal", NULL);
  gtk_test_widget_wait_for_draw (widget);
}

static void
use_send_bar (Desk      *desk,
              GtkWidget *widget)
{
  purge_send_bar_set_session (PURGE_SEND_BAR (widget), desk->session);
  desk_fill (desk, 3);
  desk_await_text (widget, "3 directories");
}

static void
use_start_page (Desk      *desk,
                GtkWidget *widget)
{
  desk_await_text (widget, "Practice");
  gtk_widget_grab_focus (widget);
}

static void
use_storage_banner (Desk      *desk,
                    GtkWidget *widget)
{
  purge_storage_banner_set_session (PURGE_STORAGE_BANNER (widget), desk->session);
  purge_storage_banner_read_notice (PURGE_STORAGE_BANNER (widget));
  purge_storage_banner_set_session (PURGE_STORAGE_BANNER (widget), NULL);
}

static void
use_url_offer (Desk      *desk,
               GtkWidget *widget)
{
  static const char text[] = "https://www.example.com/a.css\nhttps://www.example.com/b.css\n";
  PurgeAddReport report;

  purge_url_offer_set_list (PURGE_URL_OFFER (widget), get_list (desk));
  g_assert_true (purge_directory_list_set_all_text (get_list (desk), text, strlen (text), &report,
                                                    NULL));
  desk_await_text (widget, "2 rows look like files");
}

static void
use_window (Desk      *desk,
            GtkWidget *widget)
{
  purge_window_set_session (PURGE_WINDOW (widget), desk->session);
  desk_await_text (widget, "No Directories Yet");
  purge_window_set_session (PURGE_WINDOW (widget), NULL);
}

static void
use_wrap (Desk      *desk,
          GtkWidget *widget)
{
  gtk_widget_set_parent (gtk_label_new ("Wrapped"), widget);
  desk_await_text (widget, "Wrapped");
}

static const struct {
  GType  (*get_type) (void);
  Act      act;
} widgets[] = {
  { purge_account_dialog_get_type, use_account_dialog },
  { purge_account_row_get_type, use_account_row },
  { purge_account_switch_get_type, use_account_switch },
  { purge_accounts_window_get_type, use_account_row },
  { purge_banner_get_type, use_banner },
  { purge_batch_actions_get_type, use_batch_actions },
  { purge_countdown_get_type, use_countdown },
  { purge_day_bar_get_type, use_day_bar },
  { purge_day_strip_get_type, use_day_strip },
  { purge_directory_entry_get_type, use_directory_entry },
  { purge_draft_banner_get_type, use_draft_banner },
  { purge_drop_area_get_type, use_drop_area },
  { purge_entry_notes_get_type, use_entry_notes },
  { purge_entry_row_get_type, use_entry_row },
  { purge_history_row_get_type, use_history_row },
  { purge_history_window_get_type, use_history_window },
  { purge_incoming_get_type, use_incoming },
  { purge_keep_choice_get_type, use_keep_choice },
  { purge_key_test_get_type, use_key_test },
  { purge_kind_button_get_type, use_kind_button },
  { purge_list_editor_get_type, use_list_editor },
  { purge_list_rows_get_type, use_list_rows },
  { purge_list_text_get_type, use_list_text },
  { purge_panes_get_type, use_panes },
  { purge_preferences_window_get_type, use_preferences_window },
  { purge_raw_window_get_type, use_raw_window },
  { purge_result_pane_get_type, use_result_pane },
  { purge_result_row_get_type, use_result_row },
  { purge_retirement_offer_get_type, use_retirement_offer },
  { purge_row_menu_get_type, use_row_menu },
  { purge_secret_row_get_type, use_secret_row },
  { purge_send_bar_get_type, use_send_bar },
  { purge_start_page_get_type, use_start_page },
  { purge_storage_banner_get_type, use_storage_banner },
  { purge_url_offer_get_type, use_url_offer },
  { purge_window_get_type, use_window },
  { purge_wrap_get_type, use_wrap },
};

/* Most need nothing to be made. */
static GtkWidget *
new_widget (Desk  *desk,
            GType  type)
{
  if (type == PURGE_TYPE_ACCOUNT_DIALOG)
    return purge_account_dialog_new (desk->session, NULL);
  if (type == PURGE_TYPE_ACCOUNT_ROW)
    return purge_account_row_new (desk->session, get_account (desk));
  if (type == PURGE_TYPE_ACCOUNTS_WINDOW)
    return purge_accounts_window_new (desk->session);
  if (type == PURGE_TYPE_HISTORY_WINDOW)
    {
      g_autoptr (PurgeListEditor) editor = g_object_ref_sink (
        PURGE_LIST_EDITOR (purge_list_editor_new ()));

      return purge_history_window_new (editor, desk->session, NULL);
    }

  if (type == PURGE_TYPE_PREFERENCES_WINDOW)
    {
      g_autoptr (GSettings) settings = desk_new_settings ();

      return purge_preferences_window_new (desk->session, settings);
    }

  return g_object_new (type, NULL);
}

static void
present (GtkWidget *widget)
{
  if (GTK_IS_WINDOW (widget))
    {
      gtk_window_present (GTK_WINDOW (widget));
      gtk_test_widget_wait_for_draw (widget);
    }
  else if (GTK_IS_LIST_BOX_ROW (widget))
    {
      GtkWidget *box = gtk_list_box_new ();

      gtk_list_box_append (GTK_LIST_BOX (box), widget);
      desk_present (box);
    }
  else
    {
      desk_present (widget);
    }
}

static void
test_widget (Desk          *desk,
             gconstpointer  index)
{
  const guint i = GPOINTER_TO_UINT (index);
  GtkWidget *widget = new_widget (desk, widgets[i].get_type ());

  present (widget);
  widgets[i].act (desk, widget);
  desk_assert_gone (widget);
}

static void
set_up (Desk          *desk,
        gconstpointer  index)
{
  desk_set_up (desk, NULL);
}

static void
tear_down (Desk          *desk,
           gconstpointer  index)
{
  desk_tear_down (desk, NULL);
}

static gboolean
is_in_table (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    if (g_strcmp0 (g_type_name (widgets[i].get_type ()), name) == 0)
      return TRUE;

  return FALSE;
}

static void
check_types_below (GType parent)
{
  guint n_children;
  g_autofree GType *children = g_type_children (parent, &n_children);

  for (guint i = 0; i < n_children; i++)
    {
      if (g_str_has_prefix (g_type_name (children[i]), "Purge") &&
          !is_in_table (g_type_name (children[i])))
        g_test_fail_printf ("%s is not in the table", g_type_name (children[i]));
      check_types_below (children[i]);
    }
}

/* Whoever adds a widget is reminded of the table: by its template, or by its type once it was made. */
static void
test_table_is_whole (void)
{
  g_autoptr (GRegex) regex = g_regex_new ("template class=\"(Purge\\w+)\"", 0, 0, NULL);
  g_auto (GStrv) names = g_resources_enumerate_children (RESOURCES, 0, NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_strdup_printf (RESOURCES "/%s", names[i]);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GMatchInfo) match = NULL;
      g_autofree char *name = NULL;

      if (!g_str_has_suffix (path, ".ui"))
        continue;

      bytes = g_resources_lookup_data (path, 0, NULL);
      if (!g_regex_match_full (regex, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 0, 0,
                               &match, NULL))
        continue;

      name = g_match_info_fetch (match, 1);
      if (!is_in_table (name))
        g_test_fail_printf ("%s is not in the table", name);
    }

  check_types_below (GTK_TYPE_WIDGET);
}

int
main (int    argc,
      char **argv)
{
  desk_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    {
      g_autofree char *path = g_strdup_printf ("/widgets/%s", g_type_name (widgets[i].get_type ()));

      g_test_add (path, Desk, GUINT_TO_POINTER (i), set_up, test_widget, tear_down);
    }
  g_test_add_func ("/widgets/table-is-whole", test_table_is_whole);

  return g_test_run ();
}
