/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "config.h"

#include "list-fixture.h"

PurgeDirectoryList *
list_fixture_get_list (ListFixture *fixture)
{
  return purge_session_get_list (fixture->desk.session);
}

guint
list_fixture_count (ListFixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (list_fixture_get_list (fixture)));
}

void
list_fixture_set_up (ListFixture   *fixture,
                     gconstpointer  user_data)
{
  desk_set_up (&fixture->desk, NULL);
  fixture->editor = PURGE_LIST_EDITOR (purge_list_editor_new ());
  purge_list_editor_set_session (fixture->editor, fixture->desk.session);
  desk_present (GTK_WIDGET (fixture->editor));
}

void
list_fixture_tear_down (ListFixture   *fixture,
                        gconstpointer  user_data)
{
  desk_assert_gone (fixture->editor);
  desk_tear_down (&fixture->desk, NULL);
}

void
list_fixture_act (ListFixture *fixture,
                  const char  *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->editor), action, NULL));
}

/* The whole list as text, `|` where a line ends. */
void
list_fixture_assert (ListFixture *fixture,
                     const char  *text)
{
  g_autofree char *seen = purge_directory_list_dup_all_text (list_fixture_get_list (fixture));

  g_assert_cmpstr (g_strdelimit (seen, "\n", '|'), ==, text);
}
