/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* API 3.0: what PurgePathCache and PurgeUrlsCache say. How that is put on the wire, how purges are looked
 * up, what is left of a quota and how answers are read is next door. */

#define G_LOG_DOMAIN "purge-api-v3"

#include "config.h"

#include "purge-api-v3.h"

#include <glib/gi18n-lib.h>

#include "purge-answer-v3.h"
#include "purge-enum.h"
#include "purge-error.h"
#include "purge-look-up-v3.h"
#include "purge-message-v3.h"
#include "purge-quota-v3.h"
#include "purge-sendable.h"

#define ENDPOINT "https://cdn.tencentcloudapi.com"
#define INTERNATIONAL_ENDPOINT "https://cdn.intl.tencentcloudapi.com"

/* Until the server has told: the smallest number that any of Tencent's pages names. */
#define DEFAULT_DIRECTORIES 20

struct _PurgeApiV3
{
  GObject        parent_instance;

  PurgeEndpoint *endpoint;
};

static void purge_api_v3_api_init (PurgeApiInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PurgeApiV3, purge_api_v3, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PURGE_TYPE_API, purge_api_v3_api_init))

static PurgeEndpoint *
purge_api_v3_get_endpoint (PurgeApi *api)
{
  return PURGE_API_V3 (api)->endpoint;
}

/* No more than one look-up lists, so that every batch can be found again. */
static guint
purge_api_v3_get_batch_limit (PurgeApi               *api,
                              PurgeKind               kind,
                              PurgeArea               area,
                              const PurgeServerQuota *quota)
{
  guint batch = quota != NULL ? purge_server_quota_get_batch (quota, kind, area) : 0;

  if (batch == 0)
    batch = kind == PURGE_KIND_URL ? PURGE_LOOK_UP_V3_LIMIT : DEFAULT_DIRECTORIES;

  return MIN (batch, PURGE_LOOK_UP_V3_LIMIT);
}

static void
add_urls (JsonBuilder     *builder,
          const PurgeCall *call)
{
  json_builder_set_member_name (builder, call->kind == PURGE_KIND_URL ? "Urls" : "Paths");
  json_builder_begin_array (builder);
  for (guint i = 0; call->urls[i] != NULL; i++)
    json_builder_add_string_value (builder, call->urls[i]);
  json_builder_end_array (builder);
}

/* Without an area a purge goes wherever the domain is served. `UrlEncode` makes the server encode what
 * is not ASCII: there is nothing of that here, since entries are shown, confirmed and sent
 * percent-encoded, and a server that encoded their percent signs once more would purge something
 * else. It could be left out, since no is its default: it is always said, so that what a person
 * confirmed never hangs on a default. */
static JsonBuilder *
build_parameters (const PurgeCall *call)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_urls (builder, call);
  if (call->kind == PURGE_KIND_DIRECTORY)
    purge_message_v3_add_text (builder, "FlushType",
                               call->mode == PURGE_MODE_ALL ? "delete" : "flush");
  if (call->area != PURGE_AREA_NONE)
    purge_message_v3_add_text (builder, "Area", purge_enum_to_nick (PURGE_TYPE_AREA, call->area));
  json_builder_set_member_name (builder, "UrlEncode");
  json_builder_add_boolean_value (builder, FALSE);
  json_builder_end_object (builder);

  return builder;
}

/* How many one request may hold is for the server to say: its limits differ from account to account. */
static PurgeRequest *
purge_api_v3_build_purge (PurgeApi         *api,
                          const PurgeCall  *call,
                          PurgeCredentials *credentials,
                          GError          **error)
{
  g_autoptr (JsonBuilder) parameters = NULL;

  if (call->urls[0] == NULL)
    {
      g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
                           _("The request has nothing to purge. Add a directory."));
      return NULL;
    }

  if (!purge_sendable_check (call->urls, error))
    return NULL;

  parameters = build_parameters (call);
  return purge_message_v3_build (call->kind == PURGE_KIND_URL ? "PurgeUrlsCache" : "PurgePathCache",
                                 parameters, call->timestamp, PURGE_API_V3 (api)->endpoint,
                                 credentials, error);
}

static PurgeOutcome *
purge_api_v3_read_purge (PurgeApi      *api,
                         PurgeExchange *exchange,
                         guint          n_sent)
{
  return purge_answer_v3_read (exchange, n_sent);
}

static PurgeRequest *
purge_api_v3_build_look_up (PurgeApi               *api,
                            const PurgeLookUpCall  *call,
                            PurgeCredentials       *credentials,
                            GError                **error)
{
  return purge_look_up_v3_build (call, PURGE_API_V3 (api)->endpoint, credentials, error);
}

static PurgeLookUp *
purge_api_v3_read_look_up (PurgeApi      *api,
                           PurgeExchange *exchange)
{
  return purge_look_up_v3_read (exchange);
}

static PurgeRequest *
purge_api_v3_build_quota (PurgeApi          *api,
                          gint64             timestamp,
                          guint64            nonce,
                          PurgeCredentials  *credentials,
                          GError           **error)
{
  return purge_quota_v3_build (timestamp, PURGE_API_V3 (api)->endpoint, credentials, error);
}

static PurgeServerQuota *
purge_api_v3_read_quota (PurgeApi      *api,
                         PurgeExchange *exchange)
{
  return purge_quota_v3_read (exchange);
}

static void
purge_api_v3_api_init (PurgeApiInterface *iface)
{
  iface->get_endpoint = purge_api_v3_get_endpoint;
  iface->get_batch_limit = purge_api_v3_get_batch_limit;
  iface->build_purge = purge_api_v3_build_purge;
  iface->read_purge = purge_api_v3_read_purge;
  iface->build_look_up = purge_api_v3_build_look_up;
  iface->read_look_up = purge_api_v3_read_look_up;
  iface->build_quota = purge_api_v3_build_quota;
  iface->read_quota = purge_api_v3_read_quota;
}

static void
purge_api_v3_finalize (GObject *object)
{
  purge_endpoint_unref (PURGE_API_V3 (object)->endpoint);

  G_OBJECT_CLASS (purge_api_v3_parent_class)->finalize (object);
}

static void
purge_api_v3_class_init (PurgeApiV3Class *klass)
{
  G_OBJECT_CLASS (klass)->finalize = purge_api_v3_finalize;
}

static void
purge_api_v3_init (PurgeApiV3 *self)
{
}

/**
 * purge_api_v3_new:
 * @kind: of which of Tencent's sites
 * @endpoint: (nullable): where it answers, or %NULL for the site's own address
 *
 * There is one form of request and one way to sign it.
 *
 * Returns: (transfer full): API 3.0
 */
PurgeApi *
purge_api_v3_new (PurgeApiKind   kind,
                  PurgeEndpoint *endpoint)
{
  PurgeApiV3 *self = g_object_new (PURGE_TYPE_API_V3, NULL);

  self->endpoint = endpoint != NULL
    ? purge_endpoint_ref (endpoint)
    : purge_endpoint_parse (kind == PURGE_API_KIND_3_0_INTL ? INTERNATIONAL_ENDPOINT : ENDPOINT,
                            NULL);

  return PURGE_API (self);
}
