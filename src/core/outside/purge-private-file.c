/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A file that is nobody else's business. Knows modes, links, and how a file is replaced as a whole; does
 * not know what is in the file. */

#define G_LOG_DOMAIN "purge-private-file"

#include "config.h"

#include "purge-private-file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "purge-error.h"
#include "purge-storage-error.h"

#define OTHERS (S_IRWXG | S_IRWXO)

/* A folder or file that was there before keeps what its owner may do and loses what others may. One
 * that belongs to somebody else, or to everybody like /tmp, is left as it is. */
static gboolean
shut_out_others (const char         *path,
                 const struct stat  *info,
                 GError            **error)
{
  if (info->st_uid != geteuid () || (info->st_mode & S_ISVTX) || !(info->st_mode & OTHERS))
    return TRUE;

  if (chmod (path, info->st_mode & S_IRWXU) == 0)
    return TRUE;

  purge_storage_error_set (error, path, errno);
  return FALSE;
}

static gboolean
make_folder (const char  *folder,
             GError     **error)
{
  g_autofree char *parent = g_path_get_dirname (folder);

  /* chmod: the process's umask may have taken away more than others' rights. */
  if (g_mkdir_with_parents (folder, S_IRWXU) != 0 || chmod (folder, S_IRWXU) != 0)
    {
      purge_storage_error_set (error, folder, errno);
      return FALSE;
    }

  return purge_private_file_sync_folder (parent, error);
}

static gboolean
prepare_folder (const char  *folder,
                GError     **error)
{
  struct stat info;

  if (stat (folder, &info) == 0)
    return shut_out_others (folder, &info, error);

  return make_folder (folder, error);
}

static gboolean
make_file (const char  *path,
           GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);

  /* Another instance may have made it in the meantime. */
  if (fd < 0 && errno == EEXIST)
    return TRUE;

  if (fd < 0 || fchmod (fd, S_IRUSR | S_IWUSR) != 0)
    {
      purge_storage_error_set (error, path, errno);
      if (fd >= 0)
        close (fd);
      return FALSE;
    }

  close (fd);
  return purge_private_file_sync_folder (folder, error);
}

static gboolean
check_file (const char         *path,
            const struct stat  *info,
            GError            **error)
{
  g_autofree char *name = NULL;

  if (S_ISREG (info->st_mode))
    return shut_out_others (path, info, error);

  name = g_filename_display_name (path);
  if (S_ISLNK (info->st_mode))
    g_set_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE_DAMAGED,
                 /* Translators: %s is a file name. */
                 _("“%s” is a link to somewhere else, which is not followed. Put the file itself "
                   "there, or move the link away."), name);
  else
    g_set_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE_DAMAGED,
                 /* Translators: %s is a file name. */
                 _("“%s” is in the place of a file but is none. Move it away."), name);

  return FALSE;
}

/**
 * purge_private_file_sync_folder:
 * @folder: (type filename): a folder
 * @error: return location for an error
 *
 * Puts the names in a folder on the disk: a file that was made or moved is there only when its folder
 * is. Blocks on the disk: not for a main thread.
 *
 * Returns: whether they are on the disk; if not, %PURGE_ERROR_STORAGE
 */
gboolean
purge_private_file_sync_folder (const char  *folder,
                                GError     **error)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean synced = fd >= 0 && fsync (fd) == 0;

  if (!synced)
    purge_storage_error_set (error, folder, errno);
  if (fd >= 0)
    close (fd);

  return synced;
}

/**
 * purge_private_file_prepare:
 * @path: where the file is to be
 * @error: return location for an error
 *
 * Makes sure that a regular file is at @path that only the user can read, in a folder that only the
 * user can enter, whatever the umask. Makes what is missing, and never opens a file that is there:
 * closing it would drop the locks that another part of the program has on it. The folder may be
 * reached through links, the file may not be one.
 *
 * Blocks on the disk: not for a main thread.
 *
 * Returns: (transfer full): the path without links in it, or %NULL with %PURGE_ERROR_STORAGE or,
 *   where something else is in the file's place, %PURGE_ERROR_STORAGE_DAMAGED
 */
char *
purge_private_file_prepare (const char  *path,
                            GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *file = NULL;
  g_autofree char *real = NULL;
  char buffer[PATH_MAX];
  struct stat info;

  if (!prepare_folder (folder, error))
    return NULL;

  if (realpath (folder, buffer) == NULL)
    {
      purge_storage_error_set (error, folder, errno);
      return NULL;
    }

  real = g_strdup (buffer);
  file = g_build_filename (real, base, NULL);
  if (lstat (file, &info) != 0)
    return make_file (file, error) ? g_steal_pointer (&file) : NULL;

  return check_file (file, &info, error) ? g_steal_pointer (&file) : NULL;
}

static gboolean
lock (int fd)
{
  int locked;

  do
    locked = flock (fd, LOCK_EX);
  while (locked != 0 && errno == EINTR);

  return locked == 0;
}

static gboolean
is_at (int         fd,
       const char *path)
{
  struct stat opened, named;

  return fstat (fd, &opened) == 0 && lstat (path, &named) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

static int
close_failed (int fd)
{
  int errsv = errno;

  close (fd);
  errno = errsv;
  return -1;
}

/* All writers use one name, so that those that are killed leave one file in all, and hold a lock on it,
 * so that they do not write into each other's. Whoever waited for the lock may have a file by then that
 * was renamed. Returns -1 and errno. */
static int
open_fresh (const char *path)
{
  for (;;)
    {
      int fd = open (path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);

      if (fd < 0)
        return -1;
      if (!lock (fd))
        return close_failed (fd);
      if (!is_at (fd, path))
        {
          close (fd);
          continue;
        }

      if (fchmod (fd, S_IRUSR | S_IWUSR) == 0 && ftruncate (fd, 0) == 0)
        return fd;
      return close_failed (fd);
    }
}

static gboolean
write_all (int         fd,
           const char *bytes,
           gsize       length)
{
  while (length > 0)
    {
      gssize n = write (fd, bytes, length);

      if (n < 0 && errno != EINTR)
        return FALSE;
      if (n > 0)
        {
          bytes += n;
          length -= n;
        }
    }

  return TRUE;
}

/**
 * purge_private_file_replace:
 * @path: where the file is, or is to be
 * @bytes: (array length=length): what is to be in it
 * @length: how many bytes
 * @error: return location for an error
 *
 * Puts @bytes in the place of all that is in a file, prepared as by purge_private_file_prepare(). Whoever
 * reads the file, even after the power failed, finds all that was there or all of @bytes. Several
 * processes may do so at once: one of them is the last.
 *
 * Blocks on the disk: not for a main thread.
 *
 * Returns: whether @bytes are on the disk; if not, %PURGE_ERROR_STORAGE or, where something else is in
 *   the file's place, %PURGE_ERROR_STORAGE_DAMAGED
 */
gboolean
purge_private_file_replace (const char  *path,
                            const char  *bytes,
                            gsize        length,
                            GError     **error)
{
  g_autofree char *file = purge_private_file_prepare (path, error);
  g_autofree char *fresh = file != NULL ? g_strconcat (file, ".new", NULL) : NULL;
  g_autofree char *folder = NULL;
  int fd;

  if (file == NULL)
    return FALSE;

  fd = open_fresh (fresh);
  if (fd < 0 || !write_all (fd, bytes, length) || fsync (fd) != 0 || rename (fresh, file) != 0)
    {
      purge_storage_error_set (error, file, errno);
      /* Half a file takes room on a disk that may have none. */
      if (fd >= 0)
        {
          unlink (fresh);
          close (fd);
        }
      return FALSE;
    }

  close (fd);
  folder = g_path_get_dirname (file);
  return purge_private_file_sync_folder (folder, error);
}
