/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Why the list cannot be sent now, in one sentence, wherever that is said. Knows a session; refuses to
 * know who asks, and how a person is told. */

#define G_LOG_DOMAIN "purge-obstacle"

#include "config.h"

#include "purge-obstacle.h"

#include <glib/gi18n-lib.h>

/**
 * purge_obstacle_find:
 * @session: a session
 *
 * Looks for the first thing that keeps the list from being sent.
 *
 * Returns: (transfer none) (nullable): a translated sentence; %NULL where the list can be sent
 */
const char *
purge_obstacle_find (PurgeSession *session)
{
  PurgeDirectoryList *list;

  g_return_val_if_fail (PURGE_IS_SESSION (session), NULL);

  list = purge_session_get_list (session);
  if (purge_session_get_sending (session))
    return _("A submission is under way");
  if (purge_session_get_state (session) == PURGE_SESSION_READING)
    return _("The accounts are being read…");
  if (purge_session_get_state (session) == PURGE_SESSION_CLOSED)
    return _("The accounts could not be read");
  if (purge_session_get_account (session) == NULL)
    return _("There is no account yet");
  if (g_list_model_get_n_items (G_LIST_MODEL (list)) == 0)
    return _("The list is empty");
  if (purge_directory_list_get_n_sendable (list) == 0)
    return _("Every row has a problem");

  return NULL;
}
