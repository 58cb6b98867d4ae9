/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Which directory includes which. Purging a directory purges all below it, so one that another
 * covers wastes quota. Every directory ends in a slash, so that one covers another exactly where it
 * is the beginning of it. */

#define G_LOG_DOMAIN "purge-cover"

#include "config.h"

#include "purge-cover.h"

#include <string.h>

static const char *
find_root (const char *url)
{
  const char *authority = strstr (url, "://");

  return authority != NULL ? strchr (authority + strlen ("://"), '/') : NULL;
}

/**
 * purge_cover_find:
 * @urls: a set of directories
 * @url: a directory, in the set or not
 *
 * Looks up what of a set includes a directory, in a time that does not depend on the set.
 *
 * Returns: (transfer none) (nullable): of those directories of the set that include @url, other
 *   than itself, the one that includes most, as it is in the set
 */
const char *
purge_cover_find (GHashTable *urls,
                  const char *url)
{
  g_autofree char *parent = g_strdup (url);
  char *slash = (char *) find_root (parent);
  gpointer found;

  for (guint depth = 0; depth < PURGE_COVER_MAX_DEPTH && slash != NULL && slash[1] != '\0'; depth++)
    {
      char next = slash[1];

      slash[1] = '\0';
      if (g_hash_table_lookup_extended (urls, parent, &found, NULL))
        return found;
      slash[1] = next;
      slash = strchr (slash + 1, '/');
    }

  return NULL;
}

/**
 * purge_cover_covers:
 * @url: a directory
 * @other: a directory
 *
 * Returns: whether @url includes @other, as purge_cover_find() would find; none includes itself
 */
gboolean
purge_cover_covers (const char *url,
                    const char *other)
{
  const gsize length = strlen (url);
  guint depth = 0;

  if (strncmp (url, other, length) != 0 || other[length] == '\0')
    return FALSE;

  for (const char *slash = find_root (url); slash != NULL; slash = strchr (slash + 1, '/'))
    depth++;

  return depth <= PURGE_COVER_MAX_DEPTH;
}
