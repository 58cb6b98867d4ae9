/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A limit of the process works for root too, and needs no disk of its own. */

#include "full-disk.h"

#include <signal.h>
#include <sys/resource.h>

static void
set_room (rlim_t room)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (room, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/**
 * full_disk_begin:
 * @room: how many bytes a file may have
 *
 * From now on the disk is full.
 */
void
full_disk_begin (gsize room)
{
  signal (SIGXFSZ, SIG_IGN);
  set_room (room);
}

/**
 * full_disk_end:
 *
 * Somebody has made room.
 */
void
full_disk_end (void)
{
  set_room (RLIM_INFINITY);
}
