/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* API 2.0: what RefreshCdnDir says. How that is put on the wire, how purges are looked up and how
 * answers are read is next door. */

#define G_LOG_DOMAIN "purge-api-v2"

#include "config.h"

#include "purge-api-v2.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "purge-answer-v2.h"
#include "purge-error.h"
#include "purge-look-up-v2.h"
#include "purge-message-v2.h"

#define DEFAULT_ENDPOINT "https://cdn.api.qcloud.com"
#define BATCH_LIMIT 20

struct _PurgeApiV2
{
  GObject               parent_instance;

  PurgeEndpoint        *endpoint;
  PurgeForm             form;
  PurgeSignatureMethod  signature;
};

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
check_urls (const char * const  *urls,
            GError             **error)
{
  guint n_urls = g_strv_length ((GStrv) urls);

  if (n_urls == 0 || n_urls > BATCH_LIMIT)
    {
      g_set_error (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
                   _("A request of API 2.0 takes 1 to %d directories, and this one has %u."),
                   BATCH_LIMIT, n_urls);
      return FALSE;
    }

  for (guint i = 0; i < n_urls; i++)
    if (!is_sendable (urls[i]))
      {
        /* Translators: %u is the number of a directory in a request. */
        g_set_error (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
                     _("Directory %u of the request is no URL that can be sent. Type it again."),
                     i + 1);
        return FALSE;
      }

  return TRUE;
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

/* `type` could be left out where it has the server's default, 1: it is always said, so that what a
 * person confirmed never hangs on a default. */
static PurgeRequest *
purge_api_v2_build_purge (PurgeApi         *api,
                          const PurgeCall  *call,
                          PurgeCredentials *credentials,
                          GError          **error)
{
  PurgeApiV2 *self = PURGE_API_V2 (api);
  g_autoptr (PurgeMessageV2) message = NULL;
  char names[BATCH_LIMIT][8];

  if (!check_urls (call->urls, error))
    return NULL;

  message = purge_message_v2_new ("RefreshCdnDir", call->timestamp, call->nonce, self->signature,
                                  credentials, error);
  if (message == NULL)
    return NULL;

  for (guint i = 0; call->urls[i] != NULL; i++)
    {
      g_snprintf (names[i], sizeof names[i], "dirs.%u", i);
      purge_message_v2_add (message, names[i], call->urls[i]);
    }
  purge_message_v2_add (message, "type", call->mode == PURGE_MODE_ALL ? "2" : "1");

  return purge_message_v2_build (message, self->endpoint, self->form, error);
}

static PurgeOutcome *
purge_api_v2_read_purge (PurgeApi      *api,
                         PurgeExchange *exchange,
                         guint          n_sent)
{
  return purge_answer_v2_read (exchange, n_sent);
}

static PurgeRequest *
purge_api_v2_build_look_up (PurgeApi               *api,
                            const PurgeLookUpCall  *call,
                            PurgeCredentials       *credentials,
                            GError                **error)
{
  PurgeApiV2 *self = PURGE_API_V2 (api);

  return purge_look_up_v2_build (call, self->endpoint, self->form, self->signature, credentials,
                                 error);
}

static PurgeLookUp *
purge_api_v2_read_look_up (PurgeApi      *api,
                           PurgeExchange *exchange)
{
  return purge_look_up_v2_read (exchange);
}

static void
purge_api_v2_api_init (PurgeApiInterface *iface)
{
  iface->get_endpoint = purge_api_v2_get_endpoint;
  iface->get_batch_limit = purge_api_v2_get_batch_limit;
  iface->build_purge = purge_api_v2_build_purge;
  iface->read_purge = purge_api_v2_read_purge;
  iface->build_look_up = purge_api_v2_build_look_up;
  iface->read_look_up = purge_api_v2_read_look_up;
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
