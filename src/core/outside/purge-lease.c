/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Which instances live. Knows locks on bytes of one file; does not know what is leased. */

#define G_LOG_DOMAIN "purge-lease"

/* For F_OFD_SETLK: such a lock belongs to the open file, not to the process. */
#define _GNU_SOURCE

#include "config.h"

#include "purge-lease.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "purge-private-file.h"
#include "purge-storage-error.h"

struct _PurgeLease
{
  int     fd;
  char   *path;
  gint64  number;
};

static gint64
roll_number (void)
{
  return ((gint64) (g_random_int () >> 2) << 32) | g_random_int ();
}

static gboolean
lock_some_byte (PurgeLease  *self,
                GError     **error)
{
  do
    {
      struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1 };

      self->number = roll_number ();
      lock.l_start = self->number;
      if (fcntl (self->fd, F_OFD_SETLK, &lock) == 0)
        return TRUE;
    }
  while (errno == EAGAIN || errno == EACCES);

  purge_storage_error_set (error, self->path, errno);
  return FALSE;
}

/**
 * purge_lease_take:
 * @path: the file that all instances share; made where it is missing, and always empty
 * @error: return location for an error
 *
 * Takes a lease that is nobody else's. It lives until it is released or the process ends. Nothing
 * is left behind then, so nothing has to be tidied up. Blocks on the disk: not for a main thread.
 *
 * Returns: (transfer full): the lease, or %NULL with the errors of purge_private_file_prepare()
 */
PurgeLease *
purge_lease_take (const char  *path,
                  GError     **error)
{
  g_autoptr (PurgeLease) self = g_new0 (PurgeLease, 1);

  self->fd = -1;
  self->path = purge_private_file_prepare (path, error);
  if (self->path == NULL)
    return NULL;

  self->fd = open (self->path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
  if (self->fd < 0)
    {
      purge_storage_error_set (error, self->path, errno);
      return NULL;
    }

  return lock_some_byte (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * purge_lease_release:
 * @self: (transfer full): a lease
 *
 * Ends the lease.
 */
void
purge_lease_release (PurgeLease *self)
{
  g_return_if_fail (self != NULL);

  if (self->fd >= 0)
    close (self->fd);
  g_free (self->path);
  g_free (self);
}

/**
 * purge_lease_get_number:
 * @self: a lease
 *
 * Returns: its number, never negative
 */
gint64
purge_lease_get_number (const PurgeLease *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->number;
}

/**
 * purge_lease_check:
 * @self: a lease of one's own
 * @number: the number of any lease
 * @alive: (out): whether somebody holds that lease now; one's own is alive
 * @error: return location for an error
 *
 * Returns: whether it could be found out; if not, %PURGE_ERROR_STORAGE
 */
gboolean
purge_lease_check (const PurgeLease  *self,
                   gint64             number,
                   gboolean          *alive,
                   GError           **error)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = number, .l_len = 1 };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (alive != NULL, FALSE);

  /* One's own lock is never in one's own way, so that asking for it would find it free. */
  if (number == self->number)
    {
      *alive = TRUE;
      return TRUE;
    }

  if (number < 0)
    {
      *alive = FALSE;
      return TRUE;
    }

  if (fcntl (self->fd, F_OFD_GETLK, &lock) != 0)
    {
      purge_storage_error_set (error, self->path, errno);
      return FALSE;
    }

  *alive = lock.l_type != F_UNLCK;
  return TRUE;
}
