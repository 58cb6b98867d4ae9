/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What a directory includes. Purging a directory purges all below it, so what another one covers
 * wastes quota, be it a directory or a URL. Every directory ends in a slash, so that it covers
 * exactly what it is the beginning of. */

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
 * @url: a directory, in the set or not, or a URL
 * @kind: which of them
 *
 * Looks up what of a set includes a directory or URL, in a time that does not depend on the set.
 *
 * Returns: (transfer none) (nullable): of those directories of the set that include @url, the one
 *   that includes most, as it is in the set. A directory does not include itself, but the URL that
 *   is spelt like it.
 */
const char *
purge_cover_find (GHashTable *urls,
                  const char *url,
                  PurgeKind   kind)
{
  g_autofree char *parent = g_strdup (url);
  char *slash = (char *) find_root (parent);
  gpointer found;

  for (guint depth = 0; depth < PURGE_COVER_MAX_DEPTH && slash != NULL; depth++)
    {
      char next = slash[1];

      if (next == '\0' && kind == PURGE_KIND_DIRECTORY)
        break;

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
 * @other: a directory or a URL
 * @kind: which of them
 *
 * Returns: whether @url includes @other, as purge_cover_find() would find
 */
gboolean
purge_cover_covers (const char *url,
                    const char *other,
                    PurgeKind   kind)
{
  const gsize length = strlen (url);
  guint depth = 0;

  if (strncmp (url, other, length) != 0 ||
      (other[length] == '\0' && kind == PURGE_KIND_DIRECTORY))
    return FALSE;

  for (const char *slash = find_root (url); slash != NULL; slash = strchr (slash + 1, '/'))
    depth++;

  return depth <= PURGE_COVER_MAX_DEPTH;
}
