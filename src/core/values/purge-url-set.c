/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Sets of URLs and of their hosts. Knows nothing of what they are for. */

#define G_LOG_DOMAIN "purge-url-set"

#include "config.h"

#include "purge-url-set.h"

#include <string.h>

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static void
make_set (GPtrArray *texts)
{
  g_ptr_array_sort (texts, compare_texts);
  for (guint i = texts->len; i > 1; i--)
    if (strcmp (g_ptr_array_index (texts, i - 1), g_ptr_array_index (texts, i - 2)) == 0)
      g_ptr_array_remove_index (texts, i - 1);
}

/**
 * purge_url_set_init:
 * @self: (out caller-allocates): a set
 *
 * Makes an empty set.
 */
void
purge_url_set_init (PurgeUrlSet *self)
{
  self->urls = g_ptr_array_new ();
  self->hosts = g_ptr_array_new_with_free_func (g_free);
}

/**
 * purge_url_set_clear:
 * @self: a set
 *
 * Frees what the set owns.
 */
void
purge_url_set_clear (PurgeUrlSet *self)
{
  g_clear_pointer (&self->urls, g_ptr_array_unref);
  g_clear_pointer (&self->hosts, g_ptr_array_unref);
}

/**
 * purge_url_set_add:
 * @self: a set that is not sealed
 * @url: a URL, which has to live as long as the set
 *
 * Adds a URL.
 */
void
purge_url_set_add (PurgeUrlSet *self,
                   const char  *url)
{
  g_ptr_array_add (self->urls, (gpointer) url);
  g_ptr_array_add (self->hosts, purge_url_set_dup_host (url));
}

/**
 * purge_url_set_seal:
 * @self: a set that has all its URLs
 *
 * Sorts them, and takes out what was added twice.
 */
void
purge_url_set_seal (PurgeUrlSet *self)
{
  make_set (self->urls);
  make_set (self->hosts);
}

/**
 * purge_url_set_is_equal:
 * @self: a set
 * @other: another
 *
 * Returns: whether both have the same URLs, byte for byte
 */
gboolean
purge_url_set_is_equal (const PurgeUrlSet *self,
                        const PurgeUrlSet *other)
{
  if (self->urls->len != other->urls->len)
    return FALSE;

  for (guint i = 0; i < self->urls->len; i++)
    if (strcmp (g_ptr_array_index (self->urls, i), g_ptr_array_index (other->urls, i)) != 0)
      return FALSE;

  return TRUE;
}

/**
 * purge_url_set_shares_host:
 * @self: a set
 * @other: another
 *
 * Returns: whether both have a URL of the same host
 */
gboolean
purge_url_set_shares_host (const PurgeUrlSet *self,
                           const PurgeUrlSet *other)
{
  for (guint i = 0; i < self->hosts->len; i++)
    if (g_ptr_array_find_with_equal_func (other->hosts, g_ptr_array_index (self->hosts, i),
                                          g_str_equal, NULL))
      return TRUE;

  return FALSE;
}

/**
 * purge_url_set_dup_host:
 * @url: anything
 *
 * Returns: (transfer full): what is between the scheme and the path, in small letters
 */
char *
purge_url_set_dup_host (const char *url)
{
  const char *start = strstr (url, "://");

  start = start != NULL ? start + strlen ("://") : url;
  return g_ascii_strdown (start, strcspn (start, "/"));
}
