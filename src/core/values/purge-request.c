/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* One HTTP request as a value. Knows what goes on the wire; does not know why. */

#define G_LOG_DOMAIN "purge-request"

#include "config.h"

#include "purge-request.h"

#include <string.h>

#include "purge-secret.h"

typedef struct
{
  char *name;
  char *value;
} Header;

struct _PurgeRequest
{
  gatomicrefcount  ref_count;
  char            *method;
  char            *uri;
  char            *content_type;
  GBytes          *body;
  GArray          *headers;
};

G_DEFINE_BOXED_TYPE (PurgeRequest, purge_request, purge_request_ref, purge_request_unref)

/* A URI and a header may hold the token of a temporary key. */
static void
wipe_and_free (char *text)
{
  purge_secret_wipe (text, strlen (text));
  g_free (text);
}

static void
header_clear (gpointer data)
{
  Header *header = data;

  g_free (header->name);
  wipe_and_free (header->value);
}

/**
 * purge_request_new:
 * @method: the HTTP method, in capitals
 * @uri: the whole URI, with its query encoded as it goes on the wire
 *
 * Returns: (transfer full): a request without a body
 */
PurgeRequest *
purge_request_new (const char *method,
                   const char *uri)
{
  PurgeRequest *self;

  g_return_val_if_fail (method != NULL && uri != NULL, NULL);

  self = g_new0 (PurgeRequest, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->method = g_strdup (method);
  self->uri = g_strdup (uri);
  self->headers = g_array_new (FALSE, FALSE, sizeof (Header));
  g_array_set_clear_func (self->headers, header_clear);

  return self;
}

/**
 * purge_request_ref:
 * @self: a request
 *
 * Returns: (transfer full): @self
 */
PurgeRequest *
purge_request_ref (PurgeRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * purge_request_unref:
 * @self: (transfer full): a request
 *
 * Gives a reference back; the last one wipes what may hold a token. The body is wiped by whoever
 * made it, through the function that frees its bytes.
 */
void
purge_request_unref (PurgeRequest *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->method);
  wipe_and_free (self->uri);
  g_free (self->content_type);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_array_unref (self->headers);
  g_free (self);
}

/**
 * purge_request_set_body:
 * @self: a request that was not handed over yet
 * @content_type: its content type, byte for byte as on the wire
 * @body: the body
 */
void
purge_request_set_body (PurgeRequest *self,
                        const char   *content_type,
                        GBytes       *body)
{
  g_return_if_fail (self != NULL && self->body == NULL);
  g_return_if_fail (content_type != NULL && body != NULL);

  self->content_type = g_strdup (content_type);
  self->body = g_bytes_ref (body);
}

/**
 * purge_request_add_header:
 * @self: a request that was not handed over yet
 * @name: a header other than Host, Content-Type and Content-Length
 * @value: its value
 */
void
purge_request_add_header (PurgeRequest *self,
                          const char   *name,
                          const char   *value)
{
  Header header = { g_strdup (name), g_strdup (value) };

  g_return_if_fail (self != NULL && name != NULL && value != NULL);

  g_array_append_val (self->headers, header);
}

/**
 * purge_request_get_method:
 * @self: a request
 *
 * Returns: (transfer none): the HTTP method
 */
const char *
purge_request_get_method (const PurgeRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->method;
}

/**
 * purge_request_get_uri:
 * @self: a request
 *
 * Returns: (transfer none): the whole URI, encoded
 */
const char *
purge_request_get_uri (const PurgeRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->uri;
}

/**
 * purge_request_get_content_type:
 * @self: a request
 *
 * Returns: (transfer none) (nullable): the content type of the body, or %NULL without one
 */
const char *
purge_request_get_content_type (const PurgeRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->content_type;
}

/**
 * purge_request_get_body:
 * @self: a request
 *
 * Returns: (transfer none) (nullable): the body
 */
GBytes *
purge_request_get_body (const PurgeRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->body;
}

/**
 * purge_request_get_n_headers:
 * @self: a request
 *
 * Returns: how many headers were added
 */
guint
purge_request_get_n_headers (const PurgeRequest *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->headers->len;
}

/**
 * purge_request_get_header:
 * @self: a request
 * @index: which of its headers
 * @value: (out) (transfer none): the value
 *
 * Returns: (transfer none): the name
 */
const char *
purge_request_get_header (const PurgeRequest  *self,
                          guint                index,
                          const char         **value)
{
  Header *header;

  g_return_val_if_fail (self != NULL && value != NULL, NULL);
  g_return_val_if_fail (index < self->headers->len, NULL);

  header = &g_array_index (self->headers, Header, index);
  *value = header->value;
  return header->name;
}
