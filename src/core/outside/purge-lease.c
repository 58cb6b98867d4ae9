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

/* A byte beyond all numbers. */
#define DOOR (G_GINT64_CONSTANT (1) << 62)

/* How long one waits at the door, and how long until one knocks again. */
#define DOOR_TIMEOUT_US (10 * G_USEC_PER_SEC)
#define DOOR_INTERVAL_US (20 * 1000)

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
lock_byte (PurgeLease *self,
           gint64      byte)
{
  struct flock lock = {
    .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1,
  };

  return fcntl (self->fd, F_OFD_SETLK, &lock) == 0;
}

static gboolean
lock_some_byte (PurgeLease  *self,
                GError     **error)
{
  do
    {
      self->number = roll_number ();
      if (lock_byte (self, self->number))
        return TRUE;
    }
  while (errno == EAGAIN || errno == EACCES);

  purge_storage_error_set (error, self->path, errno);
  return FALSE;
}

static gboolean
close_door (PurgeLease  *self,
            GError     **error)
{
  gint64 deadline = g_get_monotonic_time () + DOOR_TIMEOUT_US;

  while (!lock_byte (self, DOOR))
    {
      gboolean is_taken = errno == EAGAIN || errno == EACCES;

      if (!is_taken || g_get_monotonic_time () >= deadline)
        {
          purge_storage_error_set (error, self->path, is_taken ? EBUSY : errno);
          return FALSE;
        }

      g_usleep (DOOR_INTERVAL_US);
    }

  return TRUE;
}

static PurgeLease *
open_leases (const char  *path,
             GError     **error)
{
  g_autoptr (PurgeLease) self = g_new0 (PurgeLease, 1);

  self->fd = -1;
  self->path = purge_private_file_prepare (path, error);
  if (self->path == NULL)
    return NULL;

  self->fd = open (self->path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
  if (self->fd >= 0)
    return g_steal_pointer (&self);

  purge_storage_error_set (error, self->path, errno);
  return NULL;
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
  g_autoptr (PurgeLease) self = open_leases (path, error);

  return self != NULL && lock_some_byte (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * purge_lease_take_at_door:
 * @path: the file that all instances share, as for purge_lease_take()
 * @error: return location for an error
 *
 * As purge_lease_take(), and keeps others who take theirs in this way waiting until
 * purge_lease_open_door(), or the end of the lease; after ten seconds they give up.
 *
 * Returns: (transfer full): the lease, or %NULL with the errors of purge_private_file_prepare()
 */
PurgeLease *
purge_lease_take_at_door (const char  *path,
                          GError     **error)
{
  g_autoptr (PurgeLease) self = open_leases (path, error);

  /* Who waits has no lease yet, so that whoever is inside can be alone. */
  return self != NULL && close_door (self, error) && lock_some_byte (self, error)
           ? g_steal_pointer (&self) : NULL;
}

/**
 * purge_lease_open_door:
 * @self: a lease of purge_lease_take_at_door()
 *
 * Lets the next one in.
 */
void
purge_lease_open_door (PurgeLease *self)
{
  struct flock lock = {
    .l_type = F_UNLCK, .l_whence = SEEK_SET, .l_start = DOOR, .l_len = 1,
  };

  g_return_if_fail (self != NULL);

  if (fcntl (self->fd, F_OFD_SETLK, &lock) != 0)
    g_warning ("%s: the door stays closed: %s", self->path, g_strerror (errno));
}

/**
 * purge_lease_is_alone:
 * @self: a lease of one's own
 * @alone: (out): whether nobody else holds a lease now
 * @error: return location for an error
 *
 * Returns: whether it could be found out; if not, %PURGE_ERROR_STORAGE
 */
gboolean
purge_lease_is_alone (const PurgeLease  *self,
                      gboolean          *alone,
                      GError           **error)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = DOOR };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (alone != NULL, FALSE);

  if (fcntl (self->fd, F_OFD_GETLK, &lock) != 0)
    {
      purge_storage_error_set (error, self->path, errno);
      return FALSE;
    }

  *alone = lock.l_type == F_UNLCK;
  return TRUE;
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

  if (number < 0 || number >= DOOR)
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
