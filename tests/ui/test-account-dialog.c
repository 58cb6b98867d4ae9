/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The account dialogs, filled in and saved as a person does. */

#include "config.h"

#include "await.h"
#include "desk.h"
#include "purge-account-dialog.h"
#include "purge-account-row.h"
#include "purge-accounts-window.h"

static guint
count (Desk *desk)
{
  return g_list_model_get_n_items (G_LIST_MODEL (desk->accounts));
}

static GtkWidget *
present (Desk         *desk,
         PurgeAccount *account)
{
  GtkWidget *dialog = purge_account_dialog_new (desk->session, account);

  gtk_window_present (GTK_WINDOW (dialog));
  gtk_test_widget_wait_for_draw (dialog);
  return dialog;
}

static GtkWidget *
find_titled (GtkWidget  *widget,
             GType       type,
             const char *title)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) &&
      g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_titled (child, type, title);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static GtkEditable *
find_row (GtkWidget  *widget,
          const char *title)
{
  return GTK_EDITABLE (find_titled (widget, ADW_TYPE_ENTRY_ROW, title));
}

static AdwComboRow *
find_combo (GtkWidget  *widget,
            const char *title)
{
  return ADW_COMBO_ROW (find_titled (widget, ADW_TYPE_COMBO_ROW, title));
}

static void
fill (GtkWidget  *dialog,
      const char *title,
      const char *text)
{
  GtkEditable *row = find_row (dialog, title);

  g_assert_nonnull (row);
  gtk_editable_set_text (row, text);
}

static void
save (GtkWidget *dialog)
{
  g_assert_true (gtk_widget_activate_action (dialog, "account.save", NULL));
}

static void
test_add (Desk          *desk,
          gconstpointer  user_data)
{
  GtkWidget *dialog = present (desk, NULL);
  gpointer watched = dialog;
  PurgeAccount *account;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PurgeCredentials) credentials = NULL;

  g_object_add_weak_pointer (G_OBJECT (dialog), &watched);
  fill (dialog, "Name", " Production ");
  fill (dialog, "SecretId", " AKIDexample ");
  desk_await_text (dialog, "Blanks at the ends");
  fill (dialog, "SecretKey", "0123456789abcdefghij");
  save (dialog);
  while (watched != NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpuint (count (desk), ==, 1);
  account = purge_accounts_find_name (desk->accounts, "Production");
  g_assert_nonnull (account);
  purge_keyring_load_async (desk->keyring, purge_account_get_uuid (account), NULL, await_cb, &result);
  credentials = purge_keyring_load_finish (desk->keyring, await (&result), NULL);
  g_assert_cmpstr (purge_credentials_get_id (credentials), ==, "AKIDexample");
}

/* Each refusal is in words, at its field, and nothing is stored. */
static void
test_problems (Desk          *desk,
               gconstpointer  user_data)
{
  static const struct {
    const char *name;
    const char *id;
    const char *key;
    const char *endpoint;
    const char *wrong;
  } cases[] = {
    { "", "AKIDexample", "0123456789abcdefghij", "", "Name" },
    { "Name", "", "0123456789abcdefghij", "", "SecretId" },
    { "Name", "AKIDexample", "", "", "SecretKey" },
    { "Name", "AKIDexample", "0123456789abcdefghij", "http://example.com", "Endpoint" },
    { "Production", "AKIDexample", "0123456789abcdefghij", "", "Name" },
  };

  desk_add_account (desk, "Production");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *dialog = present (desk, NULL);

      g_test_message ("case %zu", i);
      fill (dialog, "Name", cases[i].name);
      fill (dialog, "SecretId", cases[i].id);
      fill (dialog, "SecretKey", cases[i].key);
      fill (dialog, "Endpoint", cases[i].endpoint);
      save (dialog);
      while (!gtk_widget_has_css_class (GTK_WIDGET (find_row (dialog, cases[i].wrong)), "error"))
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpuint (count (desk), ==, 1);
      desk_assert_gone (dialog);
    }
}

/* The stored key is never shown, and empty fields keep it. */
static void
test_edit (Desk          *desk,
           gconstpointer  user_data)
{
  g_autoptr (PurgeAccount) account = NULL;
  GtkWidget *dialog;
  gpointer watched;

  desk_add_account (desk, "Production");
  account = g_list_model_get_item (G_LIST_MODEL (desk->accounts), 0);
  watched = dialog = present (desk, account);
  g_object_add_weak_pointer (G_OBJECT (dialog), &watched);
  g_assert_cmpstr (gtk_editable_get_text (find_row (dialog, "Name")), ==, "Production");
  g_assert_cmpstr (gtk_editable_get_text (find_row (dialog, "SecretId")), ==, "");
  g_assert_cmpstr (gtk_editable_get_text (find_row (dialog, "SecretKey")), ==, "");

  fill (dialog, "Name", "Staging");
  save (dialog);
  while (watched != NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpuint (count (desk), ==, 1);
  g_assert_nonnull (purge_accounts_find_name (desk->accounts, "Staging"));
}

static void
save_and_wait (GtkWidget *dialog)
{
  gpointer watched = dialog;

  g_object_add_weak_pointer (G_OBJECT (dialog), &watched);
  save (dialog);
  while (watched != NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* As the list has them; the first one is that of a new account. */
static const struct
{
  PurgeApiKind  kind;
  const char   *item;
  gboolean      has_forms;
} apis[] = {
  { PURGE_API_KIND_3_0, "3.0 (China)", FALSE },
  { PURGE_API_KIND_3_0_INTL, "3.0 (International)", FALSE },
  { PURGE_API_KIND_2_0, "2.0 (retired)", TRUE },
};

/* What an API has no choice of is not shown. */
static void
test_apis (Desk          *desk,
           gconstpointer  user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (apis); i++)
    {
      GtkWidget *dialog = present (desk, NULL);
      AdwComboRow *api = find_combo (dialog, "API");
      GListModel *items = adw_combo_row_get_model (api);

      g_assert_cmpuint (g_list_model_get_n_items (items), ==, G_N_ELEMENTS (apis));
      g_assert_cmpstr (gtk_string_list_get_string (GTK_STRING_LIST (items), i), ==, apis[i].item);
      g_assert_cmpuint (adw_combo_row_get_selected (api), ==, 0);
      adw_combo_row_set_selected (api, i);
      g_assert_cmpint (gtk_widget_get_visible (GTK_WIDGET (find_combo (dialog, "Request form"))), ==,
                       apis[i].has_forms);
      g_assert_cmpint (gtk_widget_get_visible (GTK_WIDGET (find_combo (dialog, "Signature method"))),
                       ==, apis[i].has_forms);
      fill (dialog, "Name", apis[i].item);
      fill (dialog, "SecretId", "AKIDexample");
      fill (dialog, "SecretKey", "0123456789abcdefghij");
      save_and_wait (dialog);
      g_assert_cmpint (purge_account_get_api (purge_accounts_find_name (desk->accounts,
                                                                        apis[i].item)), ==,
                       apis[i].kind);
    }
}

/* An account of API 2.0 is switched to 3.0 and back; its key stays, its form does not. */
static void
test_switch (Desk          *desk,
             gconstpointer  user_data)
{
  static const guint choices[] = { 0, 2, 1 };
  g_autoptr (PurgeAccount) account = NULL;

  desk_add_account (desk, "Production");
  account = g_list_model_get_item (G_LIST_MODEL (desk->accounts), 0);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      GtkWidget *dialog = present (desk, account);
      AdwComboRow *api = find_combo (dialog, "API");

      g_assert_cmpuint (adw_combo_row_get_selected (api), ==, i == 0 ? 2 : choices[i - 1]);
      g_assert_cmpint (gtk_widget_get_visible (GTK_WIDGET (find_combo (dialog, "Request form"))), ==,
                       apis[adw_combo_row_get_selected (api)].has_forms);
      if (i != 1)
        adw_combo_row_set_selected (find_combo (dialog, "Request form"), PURGE_FORM_GET);
      adw_combo_row_set_selected (api, choices[i]);
      save_and_wait (dialog);

      g_clear_object (&account);
      account = g_object_ref (purge_accounts_find_name (desk->accounts, "Production"));
      g_assert_cmpint (purge_account_get_api (account), ==, apis[choices[i]].kind);
      g_assert_cmpint (purge_account_get_form (account), ==, PURGE_FORM_POST);
    }
  g_assert_cmpuint (count (desk), ==, 1);
}

static gboolean
has_request (gpointer user_data)
{
  return mock_transport_count_open (user_data) > 0;
}

/* Presses the button and waits until the server is asked; then says what it answers. */
static void
try_key (Desk       *desk,
         GtkWidget  *dialog,
         const char *json)
{
  g_assert_true (gtk_widget_activate_action (dialog, "account.test", NULL));
  desk_await_text (dialog, "Asking Tencent…");
  await_condition (has_request, desk->transport);
  mock_transport_say (desk->transport, mock_transport_count (desk->transport) - 1, json);
}

#define GOOD_ANSWER \
  "{\"Response\":{\"UrlPurge\":[],\"PathPurge\":[{\"Batch\":39,\"Total\":100," \
  "\"Available\":63,\"Area\":\"mainland\"}],\"RequestId\":\"1\"}}"
#define NOT_ALLOWED_ANSWER \
  "{\"Response\":{\"Error\":{\"Code\":\"AuthFailure.UnauthorizedOperation\"," \
  "\"Message\":\"<b>cdn:DescribePurgeQuota\u202e\"},\"RequestId\":\"1\"}}"

/* A key that is typed: no name is needed, nothing is stored, and what a server says stays text. What is
 * shown goes when the form changes. */
static void
test_try_typed (Desk          *desk,
                gconstpointer  user_data)
{
  GtkWidget *dialog = present (desk, NULL);

  g_assert_true (gtk_widget_activate_action (dialog, "account.test", NULL));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (find_row (dialog, "SecretId")), "error"));
  g_assert_cmpuint (mock_transport_count (desk->transport), ==, 0);

  fill (dialog, "SecretId", "AKIDexample");
  fill (dialog, "SecretKey", "0123456789abcdefghij");
  try_key (desk, dialog, GOOD_ANSWER);
  desk_await_text (dialog, "Good key");
  desk_await_text (dialog, "The key works: Tencent knows it, and it may read the quota.");
  g_assert_cmpuint (count (desk), ==, 0);

  fill (dialog, "SecretKey", "0123456789abcdefghik");
  g_assert_false (desk_shows (dialog, "Good key"));
  try_key (desk, dialog, NOT_ALLOWED_ANSWER);
  desk_await_text (dialog, "Permission missing");
  desk_await_text (dialog, "lacks the permission cdn:DescribePurgeQuota.");
  desk_await_text (dialog, "<b>cdn:DescribePurgeQuota‹U+202E›");

  adw_combo_row_set_selected (find_combo (dialog, "API"), 1);
  g_assert_false (desk_shows (dialog, "Permission missing"));
  desk_assert_gone (dialog);
}

/* The stored key is tried where none is typed, with the API that is chosen; Cancel gives up the test
 * and not the dialog. */
static void
test_try_stored (Desk          *desk,
                 gconstpointer  user_data)
{
  g_autoptr (PurgeAccount) account = NULL;
  GtkWidget *dialog;

  desk_add_account (desk, "Production");
  account = g_list_model_get_item (G_LIST_MODEL (desk->accounts), 0);
  dialog = present (desk, account);
  adw_combo_row_set_selected (find_combo (dialog, "API"), 0);
  try_key (desk, dialog, GOOD_ANSWER);
  desk_await_text (dialog, "Good key");
  g_assert_cmpint (purge_account_get_api (account), ==, PURGE_API_KIND_2_0);

  g_assert_true (gtk_widget_activate_action (dialog, "account.test", NULL));
  await_condition (has_request, desk->transport);
  g_assert_true (gtk_widget_activate_action (dialog, "account.cancel", NULL));
  mock_transport_say (desk->transport, 1, GOOD_ANSWER);
  while (desk_shows (dialog, "Asking Tencent…"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (desk_shows (dialog, "Good key"));
  g_assert_true (gtk_widget_get_visible (dialog));
  desk_assert_gone (dialog);
}

/* Whatever is under way when the dialog goes ends without it. */
static void
test_try_and_close (Desk          *desk,
                    gconstpointer  user_data)
{
  GtkWidget *dialog = present (desk, NULL);
  gpointer watched = dialog;

  g_object_add_weak_pointer (G_OBJECT (dialog), &watched);
  fill (dialog, "SecretId", "AKIDexample");
  fill (dialog, "SecretKey", "0123456789abcdefghij");
  g_assert_true (gtk_widget_activate_action (dialog, "account.test", NULL));
  await_condition (has_request, desk->transport);
  gtk_window_close (GTK_WINDOW (dialog));
  while (watched != NULL && gtk_widget_get_visible (dialog))
    g_main_context_iteration (NULL, TRUE);
  mock_transport_say (desk->transport, 0, GOOD_ANSWER);
  while (watched != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_accounts_window (Desk          *desk,
                      gconstpointer  user_data)
{
  GtkWidget *window;
  GtkWidget *row;
  GtkWindow *question;

  desk_add_account (desk, "A & <b>");
  desk_add_account (desk, "B");
  window = purge_accounts_window_new (desk->session);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  g_assert_true (desk_shows (window, "A & <b>"));

  row = gtk_widget_get_ancestor (desk_find (window, GTK_TYPE_LABEL, "B"), PURGE_TYPE_ACCOUNT_ROW);
  g_signal_emit_by_name (row, "activated");
  g_assert_cmpstr (purge_account_get_name (purge_session_get_account (desk->session)), ==, "B");

  gtk_widget_activate_action (row, "accounts.remove", "s",
                              purge_account_get_uuid (purge_session_get_account (desk->session)));
  question = desk_await_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_true (desk_shows (GTK_WIDGET (question), "Remove “B”?"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "remove");
  while (count (desk) == 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (purge_account_get_name (purge_session_get_account (desk->session)), ==,
                   "A & <b>");
  desk_assert_gone (window);
}

#define ADD(path, function) \
  g_test_add ("/account-dialog/" path, Desk, "without account", desk_set_up, function, desk_tear_down)

int
main (int   argc,
      char *argv[])
{
  desk_init (&argc, &argv);

  ADD ("add", test_add);
  ADD ("problems", test_problems);
  ADD ("edit", test_edit);
  ADD ("try-typed", test_try_typed);
  ADD ("try-stored", test_try_stored);
  ADD ("try-and-close", test_try_and_close);
  ADD ("apis", test_apis);
  ADD ("switch", test_switch);
  ADD ("accounts-window", test_accounts_window);

  return g_test_run ();
}
