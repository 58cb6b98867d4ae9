/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-lease.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "purge-error.h"
#include "scratch.h"

static gboolean
is_alive (PurgeLease *self,
          gint64      number)
{
  g_autoptr (GError) error = NULL;
  gboolean alive;

  g_assert_true (purge_lease_check (self, number, &alive, &error));
  g_assert_no_error (error);
  return alive;
}

static PurgeLease *
take (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "leases", NULL);
  g_autoptr (GError) error = NULL;
  PurgeLease *self = purge_lease_take (path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (self);
  return self;
}

static void
test_lives_until_released (void)
{
  g_autoptr (Scratch) folder = scratch_new ();
  g_autoptr (PurgeLease) own = take (folder);
  PurgeLease *other = take (folder);
  gint64 number = purge_lease_get_number (other);

  g_assert_cmpint (purge_lease_get_number (own), >=, 0);
  g_assert_cmpint (purge_lease_get_number (own), !=, number);
  g_assert_true (is_alive (own, purge_lease_get_number (own)));
  g_assert_true (is_alive (own, number));
  g_assert_true (is_alive (other, purge_lease_get_number (own)));

  purge_lease_release (other);
  g_assert_false (is_alive (own, number));
  g_assert_true (is_alive (own, purge_lease_get_number (own)));
}

/* Numbers come from a file that may be damaged. */
static void
test_knows_no_others (void)
{
  const gint64 numbers[] = { 0, 1, G_MAXINT32, G_MAXINT64, -1, G_MININT64 };
  g_autoptr (Scratch) folder = scratch_new ();
  g_autoptr (PurgeLease) own = take (folder);

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_assert_false (is_alive (own, numbers[i]));
}

/* Takes a lease in a process of its own, tells its number, and lives until it is killed. */
static GPid
spawn_holder (const char *folder,
              gint64     *number)
{
  int fds[2];
  GPid pid;

  g_assert_cmpint (pipe (fds), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      PurgeLease *lease = take (folder);
      gint64 taken = purge_lease_get_number (lease);

      if (write (fds[1], &taken, sizeof taken) != sizeof taken)
        _exit (1);
      for (;;)
        pause ();
    }

  g_assert_cmpint (read (fds[0], number, sizeof *number), ==, sizeof *number);
  close (fds[0]);
  close (fds[1]);
  return pid;
}

static void
test_ends_with_its_process (void)
{
  g_autoptr (Scratch) folder = scratch_new ();
  g_autoptr (PurgeLease) own = take (folder);
  gint64 number;
  GPid pid = spawn_holder (folder, &number);

  g_assert_true (is_alive (own, number));

  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  g_assert_false (is_alive (own, number));
}

static void
test_leaves_nothing_behind (void)
{
  g_autoptr (Scratch) folder = scratch_new ();
  g_autofree char *path = g_build_filename (folder, "leases", NULL);
  GStatBuf info;

  for (guint i = 0; i < 10; i++)
    purge_lease_release (take (folder));

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_size, ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0600);
}

static void
test_follows_no_link (void)
{
  g_autoptr (Scratch) folder = scratch_new ();
  g_autofree char *path = g_build_filename (folder, "leases", NULL);
  g_autofree char *target = g_build_filename (folder, "target", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (symlink (target, path), ==, 0);
  g_assert_null (purge_lease_take (path, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE_DAMAGED);
  g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
}

static PurgeLease *
take_at_door (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "leases", NULL);
  g_autoptr (GError) error = NULL;
  PurgeLease *self = purge_lease_take_at_door (path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (self);
  return self;
}

static gboolean
is_alone (PurgeLease *self)
{
  g_autoptr (GError) error = NULL;
  gboolean alone;

  g_assert_true (purge_lease_is_alone (self, &alone, &error));
  g_assert_no_error (error);
  return alone;
}

static void
test_knows_when_it_is_alone (void)
{
  g_autoptr (Scratch) folder = scratch_new ();
  g_autoptr (PurgeLease) own = take_at_door (folder);
  PurgeLease *other;

  g_assert_true (is_alone (own));
  purge_lease_open_door (own);
  other = take_at_door (folder);
  g_assert_false (is_alone (own));
  g_assert_false (is_alone (other));
  purge_lease_release (other);
  g_assert_true (is_alone (own));
}

static gpointer
enter (gpointer folder)
{
  return take_at_door (folder);
}

/* Who waits has no lease yet; who is gone holds no door. */
static void
test_lets_in_one_by_one (void)
{
  g_autoptr (Scratch) folder = scratch_new ();

  for (guint opens = 0; opens < 2; opens++)
    {
      PurgeLease *first = take_at_door (folder);
      GThread *thread = g_thread_new ("second", enter, folder);
      g_autoptr (PurgeLease) second = NULL;
      gint64 number = purge_lease_get_number (first);

      /* However long the second one has been waiting. */
      g_usleep (50 * 1000);
      g_assert_true (is_alone (first));
      if (opens)
        purge_lease_open_door (first);
      else
        purge_lease_release (g_steal_pointer (&first));

      second = g_thread_join (thread);
      g_assert_cmpint (is_alive (second, number), ==, opens);
      g_clear_pointer (&first, purge_lease_release);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lease/lives-until-released", test_lives_until_released);
  g_test_add_func ("/lease/knows-no-others", test_knows_no_others);
  g_test_add_func ("/lease/ends-with-its-process", test_ends_with_its_process);
  g_test_add_func ("/lease/leaves-nothing-behind", test_leaves_nothing_behind);
  g_test_add_func ("/lease/follows-no-link", test_follows_no_link);
  g_test_add_func ("/lease/knows-when-it-is-alone", test_knows_when_it_is_alone);
  g_test_add_func ("/lease/lets-in-one-by-one", test_lets_in_one_by_one);

  return g_test_run ();
}
