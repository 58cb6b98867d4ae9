/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Tests may run as root, to whom no file says no. */

#include "unprivileged.h"

#include <linux/capability.h>
#include <sys/syscall.h>
#include <unistd.h>

/**
 * unprivileged_run:
 * @test_path: the path of a test
 *
 * Runs a test in a subprocess, in which it may become unprivileged.
 */
void
unprivileged_run (gconstpointer test_path)
{
  const char *options = g_getenv ("ASAN_OPTIONS");
  g_autofree char *blind = g_strconcat (options != NULL ? options : "", ":detect_leaks=0", NULL);

  /* The search for leaks stops all threads first, which nobody may do without capabilities. */
  g_setenv ("ASAN_OPTIONS", blind, TRUE);
  g_test_trap_subprocess (test_path, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

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
