/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-database.h"

G_BEGIN_DECLS

/* Occupies a database: says that it has begun, and ends when it is told to. */
typedef struct {
  int  fds[2];
  gint begun;
} DatabaseHold;

void database_hold_start (PurgeDatabase  *database,
                          DatabaseHold   *self,
                          GAsyncResult  **result);
void database_hold_end   (PurgeDatabase  *database,
                          DatabaseHold   *self,
                          GAsyncResult  **result);

G_END_DECLS
