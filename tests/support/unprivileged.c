/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Tests may run as root, to whom no file says no. */

#include "unprivileged.h"

#include <linux/capability.h>
#include <sys/syscall.h>
#include <unistd.h>

/**
 * unprivileged_become:
 *
 * Root may write everywhere, but not without its capabilities, which are given up here. Threads from
 * before keep theirs.
 */
void
unprivileged_become (void)
{
  struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
  struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = { 0 };

  g_thread_pool_stop_unused_threads ();
  g_assert_cmpint (syscall (SYS_capset, &header, none), ==, 0);
}
