/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A request, read from bytes. Knows HTTP as far as a form or an object goes, and shares no line
 * with the program that writes such requests. */

#include "fault-request.h"

#include <stdlib.h>
#include <string.h>

#include "fault-json.h"

/* The value of a header, or NULL; a line that is none is passed over. */
static char *
dup_header (const char *head,
            gsize       length,
            const char *name)
{
  g_autofree char *text = g_strndup (head, length);
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_ascii_strncasecmp (lines[i], name, strlen (name)) == 0 && lines[i][strlen (name)] == ':')
      return g_strstrip (g_strdup (lines[i] + strlen (name) + 1));

  return NULL;
}

/**
 * fault_request_measure:
 * @bytes: what came so far
 * @length: how much that is
 * @head: (out): the length of the head, the empty line included
 * @whole: (out): the length of head and body
 *
 * Returns: whether the head is whole, so that both lengths are known
 */
gboolean
fault_request_measure (const char *bytes,
                       gsize       length,
                       gsize      *head,
                       gsize      *whole)
{
  const char *end = g_strstr_len (bytes, length, "\r\n\r\n");
  g_autofree char *body = NULL;

  if (end == NULL)
    return FALSE;

  *head = end + strlen ("\r\n\r\n") - bytes;
  body = dup_header (bytes, *head, "Content-Length");
  *whole = *head + (body != NULL ? g_ascii_strtoull (body, NULL, 10) : 0);
  return TRUE;
}

static void
set (FaultRequest *self,
     const char   *name,
     char         *value)
{
  g_hash_table_replace (self->parameters, g_strdup (name), value);
}

/* Name and value, separated by the first equals sign, each encoded. */
static void
add_pair (FaultRequest *self,
          const char   *pair)
{
  const char *equals = strchr (pair, '=');
  g_autofree char *spaced = NULL;
  char *value;

  if (equals == NULL)
    return;

  spaced = g_strdelimit (g_strdup (equals + 1), "+", ' ');
  value = g_uri_unescape_string (spaced, NULL);
  if (value != NULL)
    g_hash_table_replace (self->parameters, g_strndup (pair, equals - pair), value);
}

static void
read_form (FaultRequest *self,
           const char   *form,
           gsize         length)
{
  g_autofree char *text = length > 0 ? g_strndup (form, length) : g_strdup ("");
  g_auto (GStrv) pairs = g_strsplit (text, "&", -1);

  for (guint i = 0; pairs[i] != NULL; i++)
    add_pair (self, pairs[i]);
}

/* One part: a head that has the name, an empty line, the value as it is. */
static void
add_part (FaultRequest *self,
          const char   *part)
{
  const char *name = strstr (part, "name=\"");
  const char *value = strstr (part, "\r\n\r\n");
  const char *end;
  gsize length;

  if (name == NULL || value == NULL)
    return;

  name += strlen ("name=\"");
  end = strchr (name, '"');
  if (end == NULL || end > value)
    return;

  value += strlen ("\r\n\r\n");
  length = strlen (value) - (g_str_has_suffix (value, "\r\n") ? strlen ("\r\n") : 0);
  g_hash_table_replace (self->parameters, g_strndup (name, end - name), g_strndup (value, length));
}

static void
read_parts (FaultRequest *self,
            const char   *content_type,
            const char   *body,
            gsize         length)
{
  const char *boundary = strstr (content_type, "boundary=");
  g_autofree char *text = g_strndup (body, length);
  g_autofree char *line = NULL;
  g_auto (GStrv) parts = NULL;

  if (boundary == NULL)
    return;

  line = g_strconcat ("--", boundary + strlen ("boundary="), NULL);
  parts = g_strsplit (text, line, -1);
  for (guint i = 0; parts[i] != NULL; i++)
    add_part (self, parts[i]);
}

/* The credential is `SecretId/date/service/tc3_request`. */
static void
read_authorization (FaultRequest *self,
                    const char   *authorization)
{
  const char *credential = strstr (authorization, "Credential=");
  const char *signature = strstr (authorization, "Signature=");
  const char *scope;

  if (credential == NULL || signature == NULL)
    return;

  credential += strlen ("Credential=");
  scope = credential + strcspn (credential, "/,");
  set (self, "SecretId", g_strndup (credential, scope - credential));
  set (self, "Scope", g_strndup (scope, strcspn (scope, ", ")));
  set (self, "Signature", g_strdup (signature + strlen ("Signature=")));
}

/* API 3.0 has its parameters in an object, and what all actions have in common in headers. */
static void
read_object (FaultRequest *self,
             const char   *headers,
             GBytes       *body)
{
  static const char * const common[] = { "Action", "Version", "Timestamp" };
  gsize length = 0;
  const char *bytes = body != NULL ? g_bytes_get_data (body, &length) : NULL;
  g_autofree char *type = dup_header (headers, strlen (headers), "Content-Type");
  g_autofree char *authorization = dup_header (headers, strlen (headers), "Authorization");

  self->unreadable = type == NULL || !g_str_has_prefix (type, "application/json") ||
                     bytes == NULL || !fault_json_read (bytes, length, self->parameters);
  for (guint i = 0; i < G_N_ELEMENTS (common); i++)
    {
      g_autofree char *name = g_strconcat ("X-TC-", common[i], NULL);
      char *value = dup_header (headers, strlen (headers), name);

      if (value != NULL)
        set (self, common[i], value);
    }
  if (authorization != NULL)
    read_authorization (self, authorization);
}

/* API 2.0 has all of them in one place. */
static void
read_parameters (FaultRequest *self,
                 const char   *query,
                 const char   *headers,
                 GBytes       *body)
{
  g_autofree char *type = dup_header (headers, strlen (headers), "Content-Type");
  gsize length = 0;
  const char *bytes = body != NULL ? g_bytes_get_data (body, &length) : NULL;

  if (g_str_equal (self->method, "GET"))
    {
      if (query != NULL)
        read_form (self, query + 1, strlen (query + 1));
    }
  else if (type != NULL && g_str_has_prefix (type, "multipart/form-data"))
    read_parts (self, type, bytes, length);
  else
    read_form (self, bytes, length);
}

static FaultRequest *
request_new (const char *method,
             const char *uri)
{
  FaultRequest *self = g_new0 (FaultRequest, 1);
  const char *scheme_end = strstr (uri, "://");
  const char *path = scheme_end != NULL ? strchr (scheme_end + 3, '/') : uri;

  self->method = g_strdup (method);
  self->path = path == NULL ? g_strdup ("/") : g_strndup (path, strcspn (path, "?"));
  self->parameters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * fault_request_parse_parts:
 * @method: the method
 * @uri: the URI, whole or from the path on
 * @headers: the headers, each with its line end
 * @body: (nullable): the body
 *
 * Returns: (transfer full): the request
 */
FaultRequest *
fault_request_parse_parts (const char *method,
                           const char *uri,
                           const char *headers,
                           GBytes     *body)
{
  FaultRequest *self = request_new (method, uri);
  g_autofree char *action = dup_header (headers, strlen (headers), "X-TC-Action");
  g_autofree char *mark = dup_header (headers, strlen (headers), FAULT_REQUEST_MARK);

  self->mark = mark != NULL ? strtoul (mark, NULL, 10) : 0;
  self->api = action != NULL ? FAULT_API_3_0 : FAULT_API_2_0;
  if (self->api == FAULT_API_3_0)
    read_object (self, headers, body);
  else
    read_parameters (self, strchr (uri, '?'), headers, body);

  return self;
}

/**
 * fault_request_parse:
 * @bytes: a whole request
 * @length: its length
 *
 * Returns: (transfer full) (nullable): the request, or %NULL where it is none
 */
FaultRequest *
fault_request_parse (const char *bytes,
                     gsize       length)
{
  gsize head;
  gsize whole;
  g_autofree char *line = NULL;
  g_auto (GStrv) words = NULL;
  g_autofree char *headers = NULL;
  g_autoptr (GBytes) body = NULL;

  if (!fault_request_measure (bytes, length, &head, &whole) || length < whole)
    return NULL;

  line = g_strndup (bytes, g_strstr_len (bytes, length, "\r\n") - bytes);
  words = g_strsplit (line, " ", -1);
  if (g_strv_length (words) != 3)
    return NULL;

  headers = g_strndup (bytes, head);
  body = g_bytes_new (bytes + head, whole - head);
  return fault_request_parse_parts (words[0], words[1], headers, body);
}

/* What no API may miss, as another client would sign it. */
static void
sign (FaultRequest *self,
      gint64        timestamp)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (timestamp);

  set (self, "SecretId", g_strdup ("AKIDCOLLEAGUE"));
  set (self, "Signature", g_strdup ("unverified"));
  set (self, "Timestamp", g_strdup_printf ("%" G_GINT64_FORMAT, timestamp));
  if (self->api == FAULT_API_3_0)
    {
      set (self, "Version", g_strdup ("2018-06-06"));
      set (self, "Scope", g_date_time_format (date, "/%Y-%m-%d/cdn/tc3_request"));
    }
}

/**
 * fault_request_new:
 * @api: of which API
 * @action: what is asked
 * @nonce: the nonce, for API 2.0
 * @timestamp: the timestamp
 *
 * Returns: (transfer full): a request as another client would make it
 */
FaultRequest *
fault_request_new (FaultApi    api,
                   const char *action,
                   guint64     nonce,
                   gint64      timestamp)
{
  FaultRequest *self = request_new ("POST", api == FAULT_API_3_0 ? "/" : "/v2/index.php");

  self->api = api;
  set (self, "Action", g_strdup (action));
  if (api == FAULT_API_2_0)
    set (self, "Nonce", g_strdup_printf ("%" G_GUINT64_FORMAT, nonce));
  sign (self, timestamp);
  return self;
}

/**
 * fault_request_new_purge:
 * @api: of which API
 * @directories: (array zero-terminated=1): what to purge
 * @nonce: the nonce, for API 2.0
 * @timestamp: the timestamp
 *
 * Returns: (transfer full): the same, of directories
 */
FaultRequest *
fault_request_new_purge (FaultApi            api,
                         const char * const *directories,
                         guint64             nonce,
                         gint64              timestamp)
{
  gboolean is_object = api == FAULT_API_3_0;
  FaultRequest *self =
    fault_request_new (api, is_object ? "PurgePathCache" : "RefreshCdnDir", nonce, timestamp);

  if (is_object)
    set (self, "FlushType", g_strdup ("flush"));
  for (guint i = 0; directories[i] != NULL; i++)
    {
      g_autofree char *name = g_strdup_printf (is_object ? "Paths.%u" : "dirs.%u", i);

      set (self, name, g_strdup (directories[i]));
    }

  return self;
}

void
fault_request_free (FaultRequest *self)
{
  g_free (self->method);
  g_free (self->path);
  g_hash_table_unref (self->parameters);
  g_free (self);
}

/**
 * fault_request_get:
 * @self: a request
 * @name: the name of a parameter
 *
 * Returns: (transfer none) (nullable): its value
 */
const char *
fault_request_get (const FaultRequest *self,
                   const char         *name)
{
  return g_hash_table_lookup (self->parameters, name);
}

/**
 * fault_request_get_number:
 * @self: a request
 * @name: the name of a parameter
 *
 * Returns: its value as a number, or 0
 */
gint64
fault_request_get_number (const FaultRequest *self,
                          const char         *name)
{
  const char *value = fault_request_get (self, name);

  return value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0;
}

/**
 * fault_request_is_purge:
 * @self: a request
 *
 * Returns: whether it asks to purge directories
 */
gboolean
fault_request_is_purge (const FaultRequest *self)
{
  return g_strcmp0 (fault_request_get (self, "Action"),
                    self->api == FAULT_API_3_0 ? "PurgePathCache" : "RefreshCdnDir") == 0;
}

/**
 * fault_request_get_mode:
 * @self: a request
 *
 * Returns: (transfer none) (nullable): what it says is to be purged of the directories
 */
const char *
fault_request_get_mode (const FaultRequest *self)
{
  return fault_request_get (self, self->api == FAULT_API_3_0 ? "FlushType" : "type");
}

/**
 * fault_request_dup_directories:
 * @self: a request
 *
 * Returns: (transfer full) (array zero-terminated=1): its directories, `dirs.0` or `Paths.0` first
 */
GStrv
fault_request_dup_directories (const FaultRequest *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0;; i++)
    {
      g_autofree char *name =
        g_strdup_printf (self->api == FAULT_API_3_0 ? "Paths.%u" : "dirs.%u", i);
      const char *directory = fault_request_get (self, name);

      if (directory == NULL)
        return g_strv_builder_end (builder);
      g_strv_builder_add (builder, directory);
    }
}
