/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* API 2.0: how RefreshCdnDir is put on the wire. Knows parameters and the three request forms;
 * signing and reading are next door. */

#define G_LOG_DOMAIN "purge-api-v2"

#include "config.h"

#include "purge-api-v2.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "purge-answer-v2.h"
#include "purge-enum.h"
#include "purge-error.h"
#include "purge-signature.h"

#define DEFAULT_ENDPOINT "https://cdn.api.qcloud.com"
#define PATH "/v2/index.php"
#define BATCH_LIMIT 20

/* Tencent answers a GET of more than 32 KB with HTTP status 501. */
#define GET_LIMIT (32 * 1024)

/* Action, Nonce, SecretId, SignatureMethod, Timestamp, Token, type, Signature, and the
 * directories. */
#define MAX_PARAMETERS (8 + BATCH_LIMIT)

struct _PurgeApiV2
{
  GObject               parent_instance;

  PurgeEndpoint        *endpoint;
  PurgeForm             form;
  PurgeSignatureMethod  signature;
};

typedef struct
{
  PurgeParameter parameters[MAX_PARAMETERS];
  guint          n_parameters;
  char           timestamp[24];
  char           nonce[24];
  char           names[BATCH_LIMIT][8];
  char          *signature;
} Message;

static void purge_api_v2_api_init (PurgeApiInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PurgeApiV2, purge_api_v2, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PURGE_TYPE_API, purge_api_v2_api_init))

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

/* The list has judged every directory already. This is the last door: the vendor's documents want
 * the scheme in front, a raw Chinese character is accepted but has no effect, and a line end would
 * break out of its part of a multipart body. */
static gboolean
check_call (const PurgeCall  *call,
            GError          **error)
{
  guint n_urls = g_strv_length ((GStrv) call->urls);

  if (n_urls == 0 || n_urls > BATCH_LIMIT)
    {
      g_set_error (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
                   _("A request of API 2.0 takes 1 to %d directories, and this one has %u."),
                   BATCH_LIMIT, n_urls);
      return FALSE;
    }

  if (call->nonce == 0 || call->timestamp <= 0)
    {
      g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
                           _("The request has no number or no time of its own. Check the clock of "
                             "this computer."));
      return FALSE;
    }

  for (guint i = 0; i < n_urls; i++)
    if (!is_sendable (call->urls[i]))
      {
        /* Translators: %u is the number of a directory in a request. */
        g_set_error (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
                     _("Directory %u of the request is no URL that can be sent. Type it again."),
                     i + 1);
        return FALSE;
      }

  return TRUE;
}

static void
add (Message    *message,
     const char *name,
     const char *value)
{
  g_assert (message->n_parameters < MAX_PARAMETERS);
  message->parameters[message->n_parameters++] = (PurgeParameter) { name, value };
}

/* `type` and `SignatureMethod` could be left out where they have the server's default (1, and
 * HmacSHA1): they are always said, so that what a person confirmed never hangs on a default.
 * `Region` is never said: the CDN has none, and clients differ in how they sign an empty one. */
static void
fill_message (Message          *message,
              PurgeApiV2       *self,
              const PurgeCall  *call,
              PurgeCredentials *credentials)
{
  PurgeSecret *token = purge_credentials_get_token (credentials);

  g_snprintf (message->timestamp, sizeof message->timestamp, "%" G_GINT64_FORMAT, call->timestamp);
  g_snprintf (message->nonce, sizeof message->nonce, "%" G_GUINT64_FORMAT, call->nonce);

  add (message, "Action", "RefreshCdnDir");
  add (message, "Nonce", message->nonce);
  add (message, "SecretId", purge_credentials_get_id (credentials));
  add (message, "SignatureMethod",
       purge_enum_to_nick (PURGE_TYPE_SIGNATURE_METHOD, self->signature));
  add (message, "Timestamp", message->timestamp);
  if (token != NULL)
    add (message, "Token", purge_secret_peek (token));

  for (guint i = 0; call->urls[i] != NULL; i++)
    {
      g_snprintf (message->names[i], sizeof message->names[i], "dirs.%u", i);
      add (message, message->names[i], call->urls[i]);
    }
  add (message, "type", call->mode == PURGE_MODE_ALL ? "2" : "1");
}

static void
sign_message (Message          *message,
              PurgeApiV2       *self,
              PurgeCredentials *credentials)
{
  g_autofree char *text =
    purge_signature_dup_text (self->form == PURGE_FORM_GET ? "GET" : "POST",
                              purge_endpoint_get_authority (self->endpoint), PATH,
                              message->parameters, message->n_parameters);

  message->signature = purge_signature_sign (self->signature, text,
                                             purge_credentials_get_key (credentials));
  add (message, "Signature", message->signature);
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

/* A text with room for the message however it is encoded: a text that grows leaves copies behind.
 * */
static GString *
new_text (const Message *message)
{
  gsize size = 1024;

  for (guint i = 0; i < message->n_parameters; i++)
    size += 128 + strlen (message->parameters[i].name) + 3 * strlen (message->parameters[i].value);

  return g_string_sized_new (size);
}

/* Names are plain and stay as they are; every value is encoded once. */
static void
append_form (GString       *text,
             const Message *message)
{
  for (guint i = 0; i < message->n_parameters; i++)
    {
      if (i > 0)
        g_string_append_c (text, '&');
      g_string_append (text, message->parameters[i].name);
      g_string_append_c (text, '=');
      g_string_append_uri_escaped (text, message->parameters[i].value, NULL, FALSE);
    }
}

/* RFC 7578: values as they are. The boundary follows from the nonce, so that the same call gives
 * the same bytes; no value can hold it at the start of a line, since none holds a line end. */
static void
append_multipart (GString       *text,
                  const Message *message,
                  const char    *boundary)
{
  for (guint i = 0; i < message->n_parameters; i++)
    {
      g_string_append (text, "--");
      g_string_append (text, boundary);
      g_string_append (text, "\r\nContent-Disposition: form-data; name=\"");
      g_string_append (text, message->parameters[i].name);
      g_string_append (text, "\"\r\n\r\n");
      g_string_append (text, message->parameters[i].value);
      g_string_append (text, "\r\n");
    }
  g_string_append (text, "--");
  g_string_append (text, boundary);
  g_string_append (text, "--\r\n");
}

static PurgeRequest *
build_get (PurgeApiV2     *self,
           const Message  *message,
           GError        **error)
{
  GString *uri = new_text (message);
  PurgeRequest *request = NULL;

  g_string_append (uri, purge_endpoint_to_string (self->endpoint));
  g_string_append (uri, PATH "?");
  append_form (uri, message);

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
build_post (PurgeApiV2    *self,
            const Message *message)
{
  g_autofree char *uri = g_strconcat (purge_endpoint_to_string (self->endpoint), PATH, NULL);
  PurgeRequest *request = purge_request_new ("POST", uri);
  GString *text = new_text (message);
  g_autoptr (GBytes) body = NULL;
  g_autofree char *content_type = NULL;

  if (self->form == PURGE_FORM_MULTIPART)
    {
      g_autofree char *boundary = g_strconcat ("cdn-purge-", message->nonce, NULL);

      content_type = g_strconcat ("multipart/form-data; boundary=", boundary, NULL);
      append_multipart (text, message, boundary);
    }
  else
    {
      content_type = g_strdup ("application/x-www-form-urlencoded");
      append_form (text, message);
    }

  body = g_bytes_new_with_free_func (text->str, text->len, wipe_and_free, text);
  purge_request_set_body (request, content_type, body);
  return request;
}

static PurgeEndpoint *
purge_api_v2_get_endpoint (PurgeApi *api)
{
  return PURGE_API_V2 (api)->endpoint;
}

static guint
purge_api_v2_get_batch_limit (PurgeApi *api)
{
  return BATCH_LIMIT;
}

static PurgeRequest *
purge_api_v2_build_purge (PurgeApi         *api,
                          const PurgeCall  *call,
                          PurgeCredentials *credentials,
                          GError          **error)
{
  PurgeApiV2 *self = PURGE_API_V2 (api);
  Message message = { .n_parameters = 0 };
  PurgeRequest *request;

  if (!check_call (call, error))
    return NULL;

  fill_message (&message, self, call, credentials);
  sign_message (&message, self, credentials);
  request = self->form == PURGE_FORM_GET ? build_get (self, &message, error)
                                         : build_post (self, &message);
  g_free (message.signature);

  return request;
}

static PurgeOutcome *
purge_api_v2_read_purge (PurgeApi      *api,
                         PurgeExchange *exchange,
                         guint          n_sent)
{
  return purge_answer_v2_read (exchange, n_sent);
}

static void
purge_api_v2_api_init (PurgeApiInterface *iface)
{
  iface->get_endpoint = purge_api_v2_get_endpoint;
  iface->get_batch_limit = purge_api_v2_get_batch_limit;
  iface->build_purge = purge_api_v2_build_purge;
  iface->read_purge = purge_api_v2_read_purge;
}

static void
purge_api_v2_finalize (GObject *object)
{
  purge_endpoint_unref (PURGE_API_V2 (object)->endpoint);

  G_OBJECT_CLASS (purge_api_v2_parent_class)->finalize (object);
}

static void
purge_api_v2_class_init (PurgeApiV2Class *klass)
{
  G_OBJECT_CLASS (klass)->finalize = purge_api_v2_finalize;
}

static void
purge_api_v2_init (PurgeApiV2 *self)
{
}

/**
 * purge_api_v2_new:
 * @endpoint: (nullable): where it answers, or %NULL for `https://cdn.api.qcloud.com`
 * @form: how requests go on the wire
 * @signature: how they are signed
 *
 * Returns: (transfer full): API 2.0
 */
PurgeApi *
purge_api_v2_new (PurgeEndpoint        *endpoint,
                  PurgeForm             form,
                  PurgeSignatureMethod  signature)
{
  PurgeApiV2 *self = g_object_new (PURGE_TYPE_API_V2, NULL);

  self->endpoint = endpoint != NULL ? purge_endpoint_ref (endpoint)
                                    : purge_endpoint_parse (DEFAULT_ENDPOINT, NULL);
  self->form = form;
  self->signature = signature;

  return PURGE_API (self);
}
