/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A damaged database gives way to a sound one. Knows which files belong to a database, and in which
 * order they can be moved so that a program that dies in between loses nothing; knows no tables. */

#define G_LOG_DOMAIN "purge-mend"

#include "config.h"

#include "purge-mend.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "purge-private-file.h"
#include "purge-salvage.h"
#include "purge-schema.h"
#include "purge-storage-error.h"

/* The new database, until it is whole; and what the name of a damaged one goes on with. */
#define MENDED ".mended"
#define ASIDE ".damaged-"

/* What SQLite keeps beside a database. */
static const char * const companions[] = { "-wal", "-shm" };

static gboolean
is_there (const char *path)
{
  struct stat info;

  return lstat (path, &info) == 0;
}

static gboolean
is_empty (const char *path)
{
  struct stat info;

  return lstat (path, &info) != 0 || (S_ISREG (info.st_mode) && info.st_size == 0);
}

/* A name that nobody has, by the time. */
static char *
dup_aside (const char *path)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%dT%H%M%SZ");
  char *aside = g_strconcat (path, ASIDE, time, NULL);

  for (guint i = 2; is_there (aside); i++)
    {
      g_free (aside);
      aside = g_strdup_printf ("%s" ASIDE "%s-%u", path, time, i);
    }

  return aside;
}

static gboolean
move (const char  *from,
      const char  *to,
      GError     **error)
{
  if (!is_there (from) || g_rename (from, to) == 0)
    return TRUE;

  purge_storage_error_set (error, from, errno);
  return FALSE;
}

static gboolean
move_companions (const char  *path,
                 const char  *aside,
                 GError     **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (companions); i++)
    {
      g_autofree char *from = g_strconcat (path, companions[i], NULL);
      g_autofree char *to = g_strconcat (aside, companions[i], NULL);

      if (!move (from, to, error))
        return FALSE;
    }

  return TRUE;
}

/* What was begun of a new database and is not whole. It holds nothing that is not elsewhere. */
static gboolean
drop_mended (const char  *mended,
             GError     **error)
{
  const char * const suffixes[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (mended, suffixes[i], NULL);

      if (g_unlink (path) != 0 && errno != ENOENT)
        {
          purge_storage_error_set (error, path, errno);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
salvage (const char  *path,
         const char  *mended,
         guint       *n_rows,
         GError     **error)
{
  g_autofree char *from = purge_private_file_prepare (path, error);
  g_autofree char *to = from != NULL ? purge_private_file_prepare (mended, error) : NULL;
  g_autoptr (PurgeSql) source = to != NULL ? purge_sql_open (from, error) : NULL;
  g_autoptr (PurgeSql) target = source != NULL ? purge_sql_open (to, error) : NULL;

  if (target == NULL || !purge_schema_prepare (target, NULL, error))
    return FALSE;

  purge_sql_set_lenient (source);
  return purge_salvage_rows (source, target, n_rows, error);
}

/* When the new database is closed, its log is in it; else it is not whole. */
static gboolean
make_mended (const char  *path,
             const char  *mended,
             guint       *n_rows,
             GError     **error)
{
  g_autofree char *log = g_strconcat (mended, "-wal", NULL);

  if (!drop_mended (mended, error) || !salvage (path, mended, n_rows, error))
    return FALSE;

  if (!is_there (log))
    return TRUE;

  purge_storage_error_set (error, log, EIO);
  return FALSE;
}

static void
set_notice (char       **notice,
            const char  *aside,
            gboolean     salvaged)
{
  g_autofree char *base = g_path_get_basename (aside);
  g_autofree char *name = g_filename_display_name (base);

  g_free (*notice);
  if (salvaged)
    /* Translators: %s is a file name. */
    *notice = g_strdup_printf (_("The database of accounts and submissions was damaged. What could "
                                 "be read of it was kept, and the damaged file is now “%s”. Look "
                                 "into Tencent’s console for what was purged last."), name);
  else
    /* Translators: %s is a file name. */
    *notice = g_strdup_printf (_("The database of accounts and submissions was damaged, and nothing "
                                 "in it could be read. The damaged file is now “%s”. Look into "
                                 "Tencent’s console for what was purged last."), name);
}

/* The newest of those that are aside; %NULL where there is none. */
static char *
find_aside (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *prefix = g_strconcat (base, ASIDE, NULL);
  g_autofree char *newest = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix) && !g_str_has_suffix (name, "-wal") &&
        !g_str_has_suffix (name, "-shm") && g_strcmp0 (name, newest) > 0)
      {
        g_free (newest);
        newest = g_strdup (name);
      }

  return newest != NULL ? g_build_filename (folder, newest, NULL) : NULL;
}

static gboolean
sync_folder (const char  *path,
             GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return purge_private_file_sync_folder (folder, error);
}

/* From where the damaged file is aside until the new one is in its place. */
static gboolean
end_mending (const char  *path,
             const char  *mended,
             const char  *aside,
             GError     **error)
{
  return move_companions (path, aside, error) && move (mended, path, error) &&
         sync_folder (path, error);
}

/**
 * purge_mend_go_on:
 * @path: (type filename): where the database is to be
 * @notice: (inout): set to a translated text for the person where there is something to say
 * @error: return location for an error
 *
 * Ends what purge_mend_database() began when the program died. A log without its database is moved
 * aside: SQLite would delete it, or put it into a database that it does not belong to.
 *
 * Returns: whether the database can be opened or made; if not, %PURGE_ERROR_STORAGE
 */
gboolean
purge_mend_go_on (const char  *path,
                  char       **notice,
                  GError     **error)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *mended = g_strconcat (path, MENDED, NULL);
  g_autofree char *mended_log = g_strconcat (mended, "-wal", NULL);
  g_autofree char *aside = NULL;

  if (!is_empty (path))
    return TRUE;

  aside = !is_there (path) && is_there (mended) && !is_there (mended_log) ? find_aside (path) : NULL;
  if (aside != NULL)
    {
      set_notice (notice, aside, TRUE);
      return end_mending (path, mended, aside, error);
    }

  aside = dup_aside (path);
  if (!is_empty (log))
    set_notice (notice, aside, FALSE);

  return move_companions (path, aside, error);
}

/**
 * purge_mend_database:
 * @path: (type filename): a damaged database that nobody has open
 * @notice: (inout): set to a translated text for the person
 * @error: return location for an error
 *
 * Makes a new database of what can be read of a damaged one, and puts it in its place. The damaged
 * files stay as they are under another name in the same folder. Where the new database cannot be
 * made, nothing is moved.
 *
 * Returns: whether a sound database is at @path; if not, %PURGE_ERROR_STORAGE
 */
gboolean
purge_mend_database (const char  *path,
                     char       **notice,
                     GError     **error)
{
  g_autofree char *mended = g_strconcat (path, MENDED, NULL);
  g_autofree char *aside = dup_aside (path);
  guint n_rows = 0;

  /* The log goes after its database and before the new one comes, so that it never stands beside a
   * database that is not its own. */
  if (!make_mended (path, mended, &n_rows, error) ||
      !move (path, aside, error) || !end_mending (path, mended, aside, error))
    return FALSE;

  set_notice (notice, aside, n_rows > 0);
  return TRUE;
}
