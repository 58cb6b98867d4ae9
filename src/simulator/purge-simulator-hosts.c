/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Which domains are accelerated, and which domain a URL speaks of. Knows no API. */

#define G_LOG_DOMAIN "purge-simulator-hosts"

#include "config.h"

#include "purge-simulator-hosts.h"

#include <string.h>

#define HOST_BYTES "abcdefghijklmnopqrstuvwxyz0123456789.-_:[]"

/* Never a domain of anybody's (RFC 2606), so it can stand for a forgotten or a mistyped one. */
#define NOBODYS "invalid"

static const char *
skip_scheme (const char *url)
{
  if (g_str_has_prefix (url, "http://"))
    return url + strlen ("http://");
  if (g_str_has_prefix (url, "https://"))
    return url + strlen ("https://");

  return NULL;
}

/**
 * purge_simulator_hosts_dup_host:
 * @url: a URL or a directory
 *
 * Takes the host out of a URL that begins with `http://` or `https://`, as the API demands it. A
 * port is no part of it.
 *
 * Returns: (transfer full) (nullable): the host in small letters, an empty string where what stands
 *   there can be no host, or %NULL where the URL begins otherwise
 */
char *
purge_simulator_hosts_dup_host (const char *url)
{
  const char *start = skip_scheme (url);
  g_autofree char *host = NULL;
  char *port;

  if (start == NULL)
    return NULL;

  host = g_strndup (start, strcspn (start, "/?#"));
  for (char *byte = host; *byte != '\0'; byte++)
    *byte = g_ascii_tolower (*byte);
  if (host[strspn (host, HOST_BYTES)] != '\0')
    return g_strdup ("");

  port = strrchr (host, ':');
  if (port != NULL && strchr (port, ']') == NULL)
    *port = '\0';

  return g_steal_pointer (&host);
}

/**
 * purge_simulator_hosts_knows:
 * @hosts: (nullable) (array zero-terminated=1): the accelerated domains, or %NULL for all but those
 *   under `.invalid`
 * @host: a host in small letters
 *
 * Returns: whether the host is an accelerated domain of the account
 */
gboolean
purge_simulator_hosts_knows (const char * const *hosts,
                             const char         *host)
{
  if (hosts == NULL)
    return !g_str_has_suffix (host, "." NOBODYS) && !g_str_equal (host, NOBODYS);

  for (guint i = 0; hosts[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (hosts[i], host) == 0)
        return TRUE;
    }

  return FALSE;
}
