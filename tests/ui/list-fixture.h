/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "desk.h"
#include "purge-list-editor.h"

G_BEGIN_DECLS

/**
 * ListFixture:
 *
 * A list editor in a window, with the session whose list it edits.
 */
typedef struct {
  Desk             desk;
  PurgeListEditor *editor;
} ListFixture;

void                list_fixture_set_up    (ListFixture   *fixture,
                                            gconstpointer  user_data);
void                list_fixture_tear_down (ListFixture   *fixture,
                                            gconstpointer  user_data);
PurgeDirectoryList *list_fixture_get_list  (ListFixture   *fixture);
guint               list_fixture_count     (ListFixture   *fixture);
void                list_fixture_act       (ListFixture   *fixture,
                                            const char    *action);
void                list_fixture_assert    (ListFixture   *fixture,
                                            const char    *text);

G_END_DECLS
