/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The last door before a request. Lists have judged every entry already; knows no API. */

#define G_LOG_DOMAIN "purge-sendable"

#include "config.h"

#include "purge-sendable.h"

#include <glib/gi18n-lib.h>

#include "purge-error.h"

static gboolean
is_sendable (const char *url)
{
  if (!g_str_has_prefix (url, "http://") && !g_str_has_prefix (url, "https://"))
    return FALSE;

  for (const char *c = url; *c != '\0'; c++)
    if (*c <= ' ' || *c > '~')
      return FALSE;

  return TRUE;
}

/**
 * purge_sendable_check:
 * @urls: (array zero-terminated=1): what a request is to purge
 * @error: return location for %PURGE_ERROR_INVALID_INPUT with a translated sentence
 *
 * Checks that every entry is a URL of printable ASCII: the vendor's documents want the scheme in
 * front, a raw Chinese character is accepted but has no effect, and a line end would break out of its
 * part of a multipart body.
 *
 * Returns: whether all can be sent
 */
gboolean
purge_sendable_check (const char * const  *urls,
                      GError             **error)
{
  g_return_val_if_fail (urls != NULL, FALSE);

  for (guint i = 0; urls[i] != NULL; i++)
    if (!is_sendable (urls[i]))
      {
        g_set_error (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
                     /* Translators: %u is the number of a directory or URL in a request. */
                     _("Entry %u of the request is no URL that can be sent. Type it again."),
                     i + 1);
        return FALSE;
      }

  return TRUE;
}
