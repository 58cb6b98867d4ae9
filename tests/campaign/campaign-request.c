/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What the campaign does to requests. No server here verifies signatures, so that a copy need not
 * be signed. */

#include "campaign-request.h"

#include <stdlib.h>
#include <string.h>

#define TIMESTAMP "X-TC-Timestamp"

/**
 * campaign_request_parse:
 * @request: a request
 *
 * Returns: (transfer full): what a server makes of it
 */
FaultRequest *
campaign_request_parse (const PurgeRequest *request)
{
  const char *type = purge_request_get_content_type (request);
  g_autoptr (GString) headers = g_string_new (NULL);

  if (type != NULL)
    g_string_append_printf (headers, "Content-Type: %s\r\n", type);
  for (guint i = 0; i < purge_request_get_n_headers (request); i++)
    {
      const char *value;
      const char *name = purge_request_get_header (request, i, &value);

      g_string_append_printf (headers, "%s: %s\r\n", name, value);
    }

  return fault_request_parse_parts (purge_request_get_method (request),
                                    purge_request_get_uri (request), headers->str,
                                    purge_request_get_body (request));
}

static void
copy_headers (PurgeRequest       *copy,
              const PurgeRequest *request,
              const char         *but)
{
  for (guint i = 0; i < purge_request_get_n_headers (request); i++)
    {
      const char *value;
      const char *name = purge_request_get_header (request, i, &value);

      if (g_strcmp0 (name, but) != 0)
        purge_request_add_header (copy, name, value);
    }
}

/**
 * campaign_request_mark:
 * @request: a request
 * @mark: what it is called
 *
 * Returns: (transfer full): the same one, with a header that tells it apart, since nothing in a
 *   request of API 3.0 is used once
 */
PurgeRequest *
campaign_request_mark (PurgeRequest *request,
                       guint         mark)
{
  PurgeRequest *copy = purge_request_new (purge_request_get_method (request),
                                          purge_request_get_uri (request));
  g_autofree char *value = g_strdup_printf ("%u", mark);

  if (purge_request_get_body (request) != NULL)
    purge_request_set_body (copy, purge_request_get_content_type (request),
                            purge_request_get_body (request));
  copy_headers (copy, request, NULL);
  purge_request_add_header (copy, FAULT_REQUEST_MARK, value);
  return copy;
}

/* The nonce stands before an ampersand, or in a part of its own; its first digit is changed. */
static void
change_nonce (char *text)
{
  char *nonce = strstr (text, "Nonce=");
  char *digit = nonce != NULL ? nonce + strlen ("Nonce=") : NULL;

  if (nonce == NULL && (nonce = strstr (text, "name=\"Nonce\"\r\n\r\n")) != NULL)
    digit = nonce + strlen ("name=\"Nonce\"\r\n\r\n");
  g_assert_nonnull (digit);
  *digit = *digit == '9' ? '1' : *digit + 1;
}

static char *
dup_timestamp (const PurgeRequest *request)
{
  for (guint i = 0; i < purge_request_get_n_headers (request); i++)
    {
      const char *value;

      if (g_str_equal (purge_request_get_header (request, i, &value), TIMESTAMP))
        return g_strdup (value);
    }

  return NULL;
}

static PurgeRequest *
disguise_v3 (PurgeRequest *request,
             const char   *timestamp)
{
  PurgeRequest *copy = purge_request_new ("POST", purge_request_get_uri (request));
  g_autofree char *later = g_strdup_printf ("%lld", atoll (timestamp) + 1);

  purge_request_set_body (copy, purge_request_get_content_type (request),
                          purge_request_get_body (request));
  copy_headers (copy, request, TIMESTAMP);
  purge_request_add_header (copy, TIMESTAMP, later);
  return copy;
}

/**
 * campaign_request_disguise:
 * @request: a request
 *
 * Returns: (transfer full): one that asks for the same, and is another: with another nonce, or a
 *   second later
 */
PurgeRequest *
campaign_request_disguise (PurgeRequest *request)
{
  GBytes *bytes = purge_request_get_body (request);
  g_autofree char *timestamp = dup_timestamp (request);
  g_autofree char *uri = g_strdup (purge_request_get_uri (request));
  g_autofree char *text = NULL;
  g_autoptr (GBytes) body = NULL;
  PurgeRequest *other;

  if (timestamp != NULL)
    return disguise_v3 (request, timestamp);
  if (bytes == NULL)
    {
      change_nonce (uri);
      return purge_request_new ("GET", uri);
    }

  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  change_nonce (text);
  body = g_bytes_new (text, strlen (text));
  other = purge_request_new ("POST", uri);
  purge_request_set_body (other, purge_request_get_content_type (request), body);
  return other;
}
