/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "database-hold.h"

#include <unistd.h>

#include "await.h"
#include "database-sync.h"

static gboolean
hold (PurgeSql  *sql,
      gpointer   data,
      GError   **error)
{
  DatabaseHold *self = data;
  char byte;

  g_atomic_int_set (&self->begun, TRUE);
  return read (self->fds[0], &byte, 1) == 1;
}

void
database_hold_start (PurgeDatabase  *database,
                     DatabaseHold   *self,
                     GAsyncResult  **result)
{
  self->begun = FALSE;
  g_assert_cmpint (pipe (self->fds), ==, 0);
  database_sync_start (database, PURGE_SQL_WRITE, hold, self, NULL, result);
  while (!g_atomic_int_get (&self->begun))
    g_thread_yield ();
}

void
database_hold_end (PurgeDatabase  *database,
                   DatabaseHold   *self,
                   GAsyncResult  **result)
{
  g_assert_null (*result);
  g_assert_cmpint (write (self->fds[1], "!", 1), ==, 1);
  g_assert_true (database_sync_finish (database, await (result), NULL));
  close (self->fds[0]);
  close (self->fds[1]);
}
