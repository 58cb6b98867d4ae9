/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* API 2.0: what RefreshCdnDir and RefreshCdnUrl say. How that is put on the wire, how purges are looked up and how
 * answers are read is next door. */

#define G_LOG_DOMAIN "purge-api-v2"

#include "config.h"

#include "purge-api-v2.h"

#include <glib/gi18n-lib.h>

#include "purge-answer-v2.h"
#include "purge-error.h"
#include "purge-look-up-v2.h"
#include "purge-message-v2.h"
#include "purge-sendable.h"

#define DIRECTORY_LIMIT 20
#define URL_LIMIT 1000

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

static guint
get_limit (PurgeKind kind)
{
  return kind == PURGE_KIND_URL ? URL_LIMIT : DIRECTORY_LIMIT;
}

static gboolean
check_number (const PurgeCall  *call,
              GError          **error)
{
  guint limit = get_limit (call->kind);
  guint n_urls = g_strv_length ((GStrv) call->urls);

  if (n_urls > 0 && n_urls <= limit)
    return TRUE;

  g_set_error (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
               call->kind == PURGE_KIND_URL
                 ? _("A request of API 2.0 takes 1 to %u URLs, and this one has %u.")
                 : _("A request of API 2.0 takes 1 to %u directories, and this one has %u."),
               limit, n_urls);
  return FALSE;
}

/* What lies overseas is purged by other interfaces, whose log is another one too. */
static gboolean
check_area (const PurgeCall  *call,
            GError          **error)
{
  if (call->area != PURGE_AREA_OVERSEAS)
    return TRUE;

  g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
                       _("API 2.0 purges in mainland China only. Use an account with API 3.0."));
  return FALSE;
}

static PurgeEndpoint *
purge_api_v2_get_endpoint (PurgeApi *api)
{
  return PURGE_API_V2 (api)->endpoint;
}

/* The limits are fixed: no interface tells them. */
static guint
purge_api_v2_get_batch_limit (PurgeApi               *api,
                              PurgeKind               kind,
                              PurgeArea               area,
                              const PurgeServerQuota *quota)
{
  return get_limit (kind);
}

/* Names and values are borrowed by the message. */
static void
add_urls (PurgeMessageV2  *message,
          const PurgeCall *call,
          GPtrArray       *names)
{
  const char *name = call->kind == PURGE_KIND_URL ? "urls" : "dirs";

  for (guint i = 0; call->urls[i] != NULL; i++)
    {
      g_ptr_array_add (names, g_strdup_printf ("%s.%u", name, i));
      purge_message_v2_add (message, g_ptr_array_index (names, i), call->urls[i]);
    }
}

/* Of a URL everything is purged: RefreshCdnUrl has no `type`. That of RefreshCdnDir could be left out
 * where it has the server's default, 1: it is always said, so that what a person confirmed never
 * hangs on a default. */
static PurgeRequest *
purge_api_v2_build_purge (PurgeApi         *api,
                          const PurgeCall  *call,
                          PurgeCredentials *credentials,
                          GError          **error)
{
  PurgeApiV2 *self = PURGE_API_V2 (api);
  g_autoptr (PurgeMessageV2) message = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (!check_number (call, error) || !check_area (call, error) ||
      !purge_sendable_check (call->urls, error))
    return NULL;

  message = purge_message_v2_new (call->kind == PURGE_KIND_URL ? "RefreshCdnUrl" : "RefreshCdnDir",
                                  call->timestamp, call->nonce, self->signature, credentials,
                                  error);
  if (message == NULL)
    return NULL;

  add_urls (message, call, names);
  if (call->kind == PURGE_KIND_DIRECTORY)
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
                                    : purge_endpoint_parse (PURGE_ENDPOINT_API_2_0, NULL);
  self->form = form;
  self->signature = signature;

  return PURGE_API (self);
}
