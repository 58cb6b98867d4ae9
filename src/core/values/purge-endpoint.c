/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Where an API answers. Knows which places a signed request may go to, and nothing of requests.
 * Over plain http a key could be used by whoever listens, so that is for this computer alone, and
 * only where the address itself says so: a name such as "localhost" is what a resolver makes of
 * it. */

#define G_LOG_DOMAIN "purge-endpoint"

#include "config.h"

#include "purge-endpoint.h"

#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "purge-error.h"
#include "purge-host.h"

struct _PurgeEndpoint
{
  gatomicrefcount  ref_count;
  gboolean         is_loopback;
  char            *string;
  const char      *authority;   /* points into the string */
};

G_DEFINE_BOXED_TYPE (PurgeEndpoint, purge_endpoint, purge_endpoint_ref, purge_endpoint_unref)

static gboolean
is_loopback_literal (const char *authority)
{
  const char *last = strrchr (authority, ':');
  gsize length = last != NULL && strchr (last, ']') == NULL ? (gsize) (last - authority)
                                                           : strlen (authority);
  g_autofree char *host = g_strndup (authority, length);

  if (g_str_equal (host, "[::1]"))
    return TRUE;

  return g_str_has_prefix (host, "127.") && g_hostname_is_ip_address (host);
}

static gboolean
refuse (GError     **error,
        const char  *sentence)
{
  g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT, sentence);
  return FALSE;
}

static gboolean
read_scheme (const char  *uri,
             gboolean    *secure,
             const char **authority,
             GError     **error)
{
  *secure = g_ascii_strncasecmp (uri, "https://", strlen ("https://")) == 0;
  if (!*secure && g_ascii_strncasecmp (uri, "http://", strlen ("http://")) != 0)
    return refuse (error, _("An endpoint begins with https://."));

  *authority = strstr (uri, "://") + strlen ("://");
  return TRUE;
}

/* One final slash is how people copy an address; anything more is the API's business. */
static gboolean
measure_authority (const char  *authority,
                   gsize       *length,
                   GError     **error)
{
  *length = strcspn (authority, "/?#\\");

  return g_str_equal (authority + *length, "") || g_str_equal (authority + *length, "/") ||
         refuse (error, _("An endpoint is a scheme, a host and a port. Remove what follows."));
}

static gboolean
judge_authority (const char  *authority,
                 gsize        length,
                 gboolean     secure,
                 GString     *canonical,
                 GError     **error)
{
  PurgeMends mends = PURGE_MENDS_NONE;
  PurgeProblem problem = purge_host_judge_authority (authority, length, secure, canonical, &mends);
  g_autofree char *sentence = purge_problem_dup_sentence (problem, NULL);

  if (problem != PURGE_PROBLEM_NONE)
    return refuse (error, sentence);

  return secure || is_loopback_literal (canonical->str) ||
         refuse (error, _("Without TLS the key could be stolen. Use https://, or the loopback "
                          "address http://127.0.0.1."));
}

/**
 * purge_endpoint_parse:
 * @uri: scheme, host and port, as a person gives them; blanks at the ends do not count
 * @error: the reason where it is none, a translated sentence
 *
 * Reads an endpoint. Only `https` with a valid host, or `http` with an address of this computer as
 * a canonical literal, is one.
 *
 * Returns: (transfer full) (nullable): the endpoint, or %NULL with %PURGE_ERROR_INVALID_INPUT
 */
PurgeEndpoint *
purge_endpoint_parse (const char  *uri,
                      GError     **error)
{
  g_autofree char *trimmed = NULL;
  g_autoptr (GString) canonical = g_string_new (NULL);
  const char *authority;
  PurgeEndpoint *self;
  gboolean secure;
  gsize length;

  g_return_val_if_fail (uri != NULL, NULL);

  trimmed = g_strstrip (g_strdup (uri));
  if (!g_utf8_validate (trimmed, -1, NULL))
    {
      refuse (error, _("The endpoint is not UTF-8 text."));
      return NULL;
    }
  if (!read_scheme (trimmed, &secure, &authority, error) ||
      !measure_authority (authority, &length, error) ||
      !judge_authority (authority, length, secure, canonical, error))
    return NULL;

  self = g_new0 (PurgeEndpoint, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->is_loopback = is_loopback_literal (canonical->str);
  self->string = g_strconcat (secure ? "https://" : "http://", canonical->str, NULL);
  self->authority = strstr (self->string, "://") + strlen ("://");

  return self;
}

/**
 * purge_endpoint_ref:
 * @self: an endpoint
 *
 * Returns: (transfer full): @self
 */
PurgeEndpoint *
purge_endpoint_ref (PurgeEndpoint *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * purge_endpoint_unref:
 * @self: (transfer full): an endpoint
 *
 * Gives a reference back.
 */
void
purge_endpoint_unref (PurgeEndpoint *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->string);
  g_free (self);
}

/**
 * purge_endpoint_to_string:
 * @self: an endpoint
 *
 * Returns: (transfer none): its canonical form, `https://host` or `https://host:port`; the scheme's
 *   own port is left out
 */
const char *
purge_endpoint_to_string (const PurgeEndpoint *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->string;
}

/**
 * purge_endpoint_get_authority:
 * @self: an endpoint
 *
 * Returns: (transfer none): `host` or `host:port`, as it stands in the Host header and in the
 *   string that is signed
 */
const char *
purge_endpoint_get_authority (const PurgeEndpoint *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->authority;
}

/**
 * purge_endpoint_is_loopback:
 * @self: an endpoint
 *
 * Returns: whether its host is the literal of an address of this computer, which no proxy can reach
 */
gboolean
purge_endpoint_is_loopback (const PurgeEndpoint *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_loopback;
}

/**
 * purge_endpoint_equal:
 * @a: an endpoint
 * @b: an endpoint
 *
 * Returns: whether both are the same place
 */
gboolean
purge_endpoint_equal (const PurgeEndpoint *a,
                      const PurgeEndpoint *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return g_str_equal (a->string, b->string);
}
