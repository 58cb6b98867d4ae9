/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Requests of API 2.0 on the wire, whatever they say: the parameters that all have, the signature
 * and the three forms. Knows no action. */

#define G_LOG_DOMAIN "purge-message-v2"

#include "config.h"

#include "purge-message-v2.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "purge-enum.h"
#include "purge-error.h"
#include "purge-signature.h"

#define PATH "/v2/index.php"

/* Tencent answers a GET of more than 32 KB with HTTP status 501. */
#define GET_LIMIT (32 * 1024)

struct _PurgeMessageV2
{
  GArray               *parameters;
  PurgeSignatureMethod  method;
  PurgeCredentials     *credentials;
  char                  timestamp[24];
  char                  nonce[24];
  char                 *signature;
};

static const PurgeParameter *
get_parameter (PurgeMessageV2 *self,
               guint           index)
{
  return &g_array_index (self->parameters, PurgeParameter, index);
}

static void
sign (PurgeMessageV2 *self,
      PurgeEndpoint  *endpoint,
      PurgeForm       form)
{
  g_autofree char *text =
    purge_signature_dup_text (form == PURGE_FORM_GET ? "GET" : "POST",
                              purge_endpoint_get_authority (endpoint), PATH,
                              (gconstpointer) self->parameters->data, self->parameters->len);

  self->signature = purge_signature_sign (self->method, text,
                                          purge_credentials_get_key (self->credentials));
  purge_message_v2_add (self, "Signature", self->signature);
  /* It holds the token. */
  purge_secret_wipe (text, strlen (text));
}

static void
wipe_and_free (gpointer data)
{
  GString *text = data;

  purge_secret_wipe (text->str, text->allocated_len);
  g_string_free (text, TRUE);
}

/* With room for the message however it is encoded: a text that grows leaves copies behind. */
static GString *
new_text (PurgeMessageV2 *self)
{
  gsize size = 1024;

  for (guint i = 0; i < self->parameters->len; i++)
    size += 128 + strlen (get_parameter (self, i)->name) +
            3 * strlen (get_parameter (self, i)->value);

  return g_string_sized_new (size);
}

/* Names are plain and stay as they are; every value is encoded once. */
static void
append_form (GString        *text,
             PurgeMessageV2 *self)
{
  for (guint i = 0; i < self->parameters->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, '&');
      g_string_append (text, get_parameter (self, i)->name);
      g_string_append_c (text, '=');
      g_string_append_uri_escaped (text, get_parameter (self, i)->value, NULL, FALSE);
    }
}

/* RFC 7578: values as they are. The boundary follows from the nonce, so that the same call gives
 * the same bytes; no value can hold it at the start of a line, since none holds a line end. */
static void
append_multipart (GString        *text,
                  PurgeMessageV2 *self,
                  const char     *boundary)
{
  for (guint i = 0; i < self->parameters->len; i++)
    {
      g_string_append (text, "--");
      g_string_append (text, boundary);
      g_string_append (text, "\r\nContent-Disposition: form-data; name=\"");
      g_string_append (text, get_parameter (self, i)->name);
      g_string_append (text, "\"\r\n\r\n");
      g_string_append (text, get_parameter (self, i)->value);
      g_string_append (text, "\r\n");
    }
  g_string_append (text, "--");
  g_string_append (text, boundary);
  g_string_append (text, "--\r\n");
}

static PurgeRequest *
build_get (PurgeMessageV2  *self,
           PurgeEndpoint   *endpoint,
           GError         **error)
{
  GString *uri = new_text (self);
  PurgeRequest *request = NULL;

  g_string_append (uri, purge_endpoint_to_string (endpoint));
  g_string_append (uri, PATH "?");
  append_form (uri, self);

  if (uri->len <= GET_LIMIT)
    request = purge_request_new ("GET", uri->str);
  else
    g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
                         _("These directories are too long for one GET request, which holds 32 KB. "
                           "Choose POST as the request form of the account."));

  wipe_and_free (uri);
  return request;
}

static PurgeRequest *
build_post (PurgeMessageV2 *self,
            PurgeEndpoint  *endpoint,
            PurgeForm       form)
{
  g_autofree char *uri = g_strconcat (purge_endpoint_to_string (endpoint), PATH, NULL);
  PurgeRequest *request = purge_request_new ("POST", uri);
  GString *text = new_text (self);
  g_autoptr (GBytes) body = NULL;
  g_autofree char *content_type = NULL;

  if (form == PURGE_FORM_MULTIPART)
    {
      g_autofree char *boundary = g_strconcat ("cdn-purge-", self->nonce, NULL);

      content_type = g_strconcat ("multipart/form-data; boundary=", boundary, NULL);
      append_multipart (text, self, boundary);
    }
  else
    {
      content_type = g_strdup ("application/x-www-form-urlencoded");
      append_form (text, self);
    }

  body = g_bytes_new_with_free_func (text->str, text->len, wipe_and_free, text);
  purge_request_set_body (request, content_type, body);
  return request;
}

/**
 * purge_message_v2_new:
 * @action: what is asked of the API
 * @timestamp: UNIX seconds
 * @nonce: at least 31 random bits, never 0, never used before with this time
 * @signature: how it is signed
 * @credentials: who signs it
 * @error: return location for %PURGE_ERROR_INVALID_INPUT with a translated sentence
 *
 * Begins a request with the parameters that all requests have. `SignatureMethod` could be left out
 * where it has the server's default, HmacSHA1: it is always said. `Region` is never said: the CDN
 * has none, and clients differ in how they sign an empty one.
 *
 * Returns: (transfer full) (nullable): the message, or %NULL with @error set where number or time are
 *   none
 */
PurgeMessageV2 *
purge_message_v2_new (const char            *action,
                      gint64                 timestamp,
                      guint64                nonce,
                      PurgeSignatureMethod   signature,
                      PurgeCredentials      *credentials,
                      GError               **error)
{
  PurgeSecret *token = purge_credentials_get_token (credentials);
  PurgeMessageV2 *self;

  if (nonce == 0 || timestamp <= 0)
    {
      g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
                           _("The request has no number or no time of its own. Check the clock of "
                             "this computer."));
      return NULL;
    }

  self = g_new0 (PurgeMessageV2, 1);
  self->parameters = g_array_new (FALSE, FALSE, sizeof (PurgeParameter));
  self->method = signature;
  self->credentials = purge_credentials_ref (credentials);
  g_snprintf (self->timestamp, sizeof self->timestamp, "%" G_GINT64_FORMAT, timestamp);
  g_snprintf (self->nonce, sizeof self->nonce, "%" G_GUINT64_FORMAT, nonce);

  purge_message_v2_add (self, "Action", action);
  purge_message_v2_add (self, "Nonce", self->nonce);
  purge_message_v2_add (self, "SecretId", purge_credentials_get_id (credentials));
  purge_message_v2_add (self, "SignatureMethod",
                        purge_enum_to_nick (PURGE_TYPE_SIGNATURE_METHOD, signature));
  purge_message_v2_add (self, "Timestamp", self->timestamp);
  if (token != NULL)
    purge_message_v2_add (self, "Token", purge_secret_peek (token));

  return self;
}

/**
 * purge_message_v2_add:
 * @self: a message that was not built yet
 * @name: a name of letters, digits and dots
 * @value: its value, before any encoding; without a line end, and not beginning with “@”, which
 *   the server leaves out of a signature
 *
 * Adds a parameter. Both texts have to live as long as @self.
 */
void
purge_message_v2_add (PurgeMessageV2 *self,
                      const char     *name,
                      const char     *value)
{
  PurgeParameter parameter = { name, value };

  g_array_append_val (self->parameters, parameter);
}

/**
 * purge_message_v2_build:
 * @self: a message with all its parameters; it is built once
 * @endpoint: where it goes
 * @form: how it goes on the wire
 * @error: return location for %PURGE_ERROR_INVALID_INPUT with a translated sentence
 *
 * Signs the message and puts it into a request. The same message gives the same bytes.
 *
 * Returns: (transfer full) (nullable): the request, or %NULL with @error set where it is too long for
 *   its form
 */
PurgeRequest *
purge_message_v2_build (PurgeMessageV2  *self,
                        PurgeEndpoint   *endpoint,
                        PurgeForm        form,
                        GError         **error)
{
  g_return_val_if_fail (self->signature == NULL, NULL);

  sign (self, endpoint, form);
  return form == PURGE_FORM_GET ? build_get (self, endpoint, error)
                                : build_post (self, endpoint, form);
}

/**
 * purge_message_v2_free:
 * @self: (transfer full): a message
 */
void
purge_message_v2_free (PurgeMessageV2 *self)
{
  g_array_unref (self->parameters);
  purge_credentials_unref (self->credentials);
  g_free (self->signature);
  g_free (self);
}
