/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A request, read from bytes. Knows HTTP as far as a form goes, and shares no line with the program
 * that writes such requests. */

#include "fault-request.h"

#include <string.h>

/* The value of a header, or NULL. */
static char *
dup_header (const char *head,
            gsize       length,
            const char *name)
{
  g_autofree char *text = g_strndup (head, length);
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);

  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
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

/**
 * fault_request_parse_parts:
 * @method: the method
 * @uri: the URI, whole or from the path on
 * @content_type: (nullable): the content type of the body
 * @body: (nullable): the body
 *
 * Returns: (transfer full): the request
 */
FaultRequest *
fault_request_parse_parts (const char *method,
                           const char *uri,
                           const char *content_type,
                           GBytes     *body)
{
  FaultRequest *self = g_new0 (FaultRequest, 1);
  const char *scheme_end = strstr (uri, "://");
  const char *path = scheme_end != NULL ? strchr (scheme_end + 3, '/') : uri;
  const char *query = strchr (uri, '?');
  gsize length = 0;
  const char *bytes = body != NULL ? g_bytes_get_data (body, &length) : NULL;

  self->method = g_strdup (method);
  self->path = path == NULL ? g_strdup ("/") : g_strndup (path, strcspn (path, "?"));
  self->parameters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  if (g_str_equal (method, "GET"))
    {
      if (query != NULL)
        read_form (self, query + 1, strlen (query + 1));
    }
  else if (content_type != NULL && g_str_has_prefix (content_type, "multipart/form-data"))
    read_parts (self, content_type, bytes, length);
  else
    read_form (self, bytes, length);

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
  g_autofree char *content_type = NULL;
  g_autoptr (GBytes) body = NULL;

  if (!fault_request_measure (bytes, length, &head, &whole) || length < whole)
    return NULL;

  line = g_strndup (bytes, g_strstr_len (bytes, length, "\r\n") - bytes);
  words = g_strsplit (line, " ", -1);
  if (g_strv_length (words) != 3)
    return NULL;

  content_type = dup_header (bytes, head, "Content-Type");
  body = g_bytes_new (bytes + head, whole - head);
  return fault_request_parse_parts (words[0], words[1], content_type, body);
}

static void
set (FaultRequest *self,
     const char   *name,
     char         *value)
{
  g_hash_table_replace (self->parameters, g_strdup (name), value);
}

/**
 * fault_request_new_purge:
 * @directories: (array zero-terminated=1): what to purge
 * @nonce: the nonce
 * @timestamp: the timestamp
 *
 * Returns: (transfer full): a request as another client would make it
 */
FaultRequest *
fault_request_new_purge (const char * const *directories,
                         guint64             nonce,
                         gint64              timestamp)
{
  FaultRequest *self = fault_request_parse_parts ("GET", "/v2/index.php", NULL, NULL);

  set (self, "Action", g_strdup ("RefreshCdnDir"));
  set (self, "SecretId", g_strdup ("AKIDCOLLEAGUE"));
  set (self, "Signature", g_strdup ("unverified"));
  set (self, "Nonce", g_strdup_printf ("%" G_GUINT64_FORMAT, nonce));
  set (self, "Timestamp", g_strdup_printf ("%" G_GINT64_FORMAT, timestamp));
  for (guint i = 0; directories[i] != NULL; i++)
    {
      g_autofree char *name = g_strdup_printf ("dirs.%u", i);

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
 * fault_request_dup_directories:
 * @self: a request
 *
 * Returns: (transfer full) (array zero-terminated=1): its directories, `dirs.0` first
 */
GStrv
fault_request_dup_directories (const FaultRequest *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0;; i++)
    {
      g_autofree char *name = g_strdup_printf ("dirs.%u", i);
      const char *directory = fault_request_get (self, name);

      if (directory == NULL)
        return g_strv_builder_end (builder);
      g_strv_builder_add (builder, directory);
    }
}
