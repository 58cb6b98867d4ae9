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

static GtkEditable *
find_row (GtkWidget  *widget,
          const char *title)
{
  if (ADW_IS_ENTRY_ROW (widget) &&
      g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
    return GTK_EDITABLE (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkEditable *found = find_row (child, title);

      if (found != NULL)
        return found;
    }

  return NULL;
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
  ADD ("accounts-window", test_accounts_window);

  return g_test_run ();
}
