/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Requests of API 3.0 on the wire, whatever they say: the body, the headers that all have, and the
 * signature. Knows no action. */

#define G_LOG_DOMAIN "purge-message-v3"

#include "config.h"

#include "purge-message-v3.h"

#include <glib/gi18n-lib.h>

#include "purge-error.h"
#include "purge-tc3.h"

#define SERVICE "cdn"
#define VERSION_OF_API "2018-06-06"
#define CONTENT_TYPE "application/json; charset=utf-8"

/* Tencent's limit for a POST with this signature. */
#define BODY_LIMIT (10 * 1024 * 1024)

/* The end of the year 9999. */
#define LAST_SECOND G_GINT64_CONSTANT (253402300799)

static GBytes *
build_body (JsonBuilder *parameters)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_builder_get_root (parameters);
  gsize length;
  char *text;

  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, &length);
  return g_bytes_new_take (text, length);
}

static gboolean
check (gint64   timestamp,
       GBytes  *body,
       GError **error)
{
  if (timestamp <= 0 || timestamp > LAST_SECOND)
    {
      g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
                           _("The request has no time of its own. Check the clock of this "
                             "computer."));
      return FALSE;
    }

  if (g_bytes_get_size (body) > BODY_LIMIT)
    {
      g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
                           _("These directories are too long for one request, which holds 10 MB. "
                             "Purge fewer at a time."));
      return FALSE;
    }

  return TRUE;
}

/* The action is signed, as Tencent's page has it: what only the content type and the host are signed
 * of could be made to do something else. */
static char *
dup_authorization (const char       *action,
                   gint64            timestamp,
                   GBytes           *body,
                   PurgeEndpoint    *endpoint,
                   PurgeCredentials *credentials)
{
  const PurgeParameter headers[] = {
    { "Content-Type", CONTENT_TYPE },
    { "Host", purge_endpoint_get_authority (endpoint) },
    { "X-TC-Action", action },
  };
  PurgeTc3 message = { SERVICE, timestamp, headers, G_N_ELEMENTS (headers), body };

  return purge_tc3_dup_authorization (&message, credentials);
}

/**
 * purge_message_v3_add_text:
 * @parameters: an object that was begun
 * @name: a parameter
 * @value: its value
 *
 * Adds a parameter that is a text.
 */
void
purge_message_v3_add_text (JsonBuilder *parameters,
                           const char  *name,
                           const char  *value)
{
  json_builder_set_member_name (parameters, name);
  json_builder_add_string_value (parameters, value);
}

/**
 * purge_message_v3_build:
 * @action: what is asked of the API
 * @parameters: a whole object, to whose members nothing is added
 * @timestamp: UNIX seconds
 * @endpoint: where it goes
 * @credentials: who signs it
 * @error: return location for %PURGE_ERROR_INVALID_INPUT with a translated sentence
 *
 * Puts what is asked into a request and signs it. The same call gives the same bytes. `X-TC-Region` is
 * never said: the CDN has none.
 *
 * Returns: (transfer full) (nullable): the request, or %NULL with @error set where it is too long, or
 *   the time is none
 */
PurgeRequest *
purge_message_v3_build (const char        *action,
                        JsonBuilder       *parameters,
                        gint64             timestamp,
                        PurgeEndpoint     *endpoint,
                        PurgeCredentials  *credentials,
                        GError           **error)
{
  g_autoptr (GBytes) body = build_body (parameters);
  g_autofree char *uri = g_strconcat (purge_endpoint_to_string (endpoint), "/", NULL);
  g_autofree char *time = g_strdup_printf ("%" G_GINT64_FORMAT, timestamp);
  PurgeSecret *token = purge_credentials_get_token (credentials);
  g_autofree char *authorization = NULL;
  PurgeRequest *request;

  if (!check (timestamp, body, error))
    return NULL;

  authorization = dup_authorization (action, timestamp, body, endpoint, credentials);
  request = purge_request_new ("POST", uri);
  purge_request_set_body (request, CONTENT_TYPE, body);
  purge_request_add_header (request, "Authorization", authorization);
  purge_request_add_header (request, "X-TC-Action", action);
  purge_request_add_header (request, "X-TC-Version", VERSION_OF_API);
  purge_request_add_header (request, "X-TC-Timestamp", time);
  if (token != NULL)
    purge_request_add_header (request, "X-TC-Token", purge_secret_peek (token));

  return request;
}
