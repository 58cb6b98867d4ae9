/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-endpoint.h"
#include "purge-kind.h"

G_BEGIN_DECLS

/**
 * PurgeApiKind:
 * @PURGE_API_KIND_2_0: API 2.0, `cdn.api.qcloud.com` (nick `2.0`)
 * @PURGE_API_KIND_3_0: API 3.0, `cdn.tencentcloudapi.com` (nick `3.0`)
 * @PURGE_API_KIND_3_0_INTL: API 3.0 of the international site, `cdn.intl.tencentcloudapi.com` (nick
 *   `3.0-intl`)
 *
 * Which API an account speaks. The nicks are stored and shown to scripts.
 */
typedef enum {
  PURGE_API_KIND_2_0,
  PURGE_API_KIND_3_0,
  PURGE_API_KIND_3_0_INTL,
} PurgeApiKind;

/**
 * PurgeForm:
 * @PURGE_FORM_POST: POST, `application/x-www-form-urlencoded` (nick `post`)
 * @PURGE_FORM_MULTIPART: POST, `multipart/form-data` (nick `multipart`)
 * @PURGE_FORM_GET: GET; leaves directory names in proxy logs (nick `get`)
 *
 * How an API 2.0 request is put on the wire.
 */
typedef enum {
  PURGE_FORM_POST,
  PURGE_FORM_MULTIPART,
  PURGE_FORM_GET,
} PurgeForm;

/**
 * PurgeSignatureMethod:
 * @PURGE_SIGNATURE_HMAC_SHA256: nick `HmacSHA256`
 * @PURGE_SIGNATURE_HMAC_SHA1: nick `HmacSHA1`
 *
 * How an API 2.0 request is signed.
 */
typedef enum {
  PURGE_SIGNATURE_HMAC_SHA256,
  PURGE_SIGNATURE_HMAC_SHA1,
} PurgeSignatureMethod;

#define PURGE_TYPE_API_KIND (purge_api_kind_get_type ())
#define PURGE_TYPE_FORM (purge_form_get_type ())
#define PURGE_TYPE_SIGNATURE_METHOD (purge_signature_method_get_type ())

GType       purge_api_kind_get_type         (void);
GType       purge_form_get_type             (void);
GType       purge_signature_method_get_type (void);
gboolean    purge_api_kind_has_forms        (PurgeApiKind kind);
gboolean    purge_api_kind_has_areas        (PurgeApiKind kind);

/**
 * PurgeAccount:
 *
 * All that is known of an account but its secrets. Properties, all of which notify:
 *
 * - `uuid` (string, construct-only): what the keyring item and the journal call it
 * - `name` (string): what the person calls it; unique among accounts
 * - `api` (#PurgeApiKind), `form` (#PurgeForm), `signature` (#PurgeSignatureMethod)
 * - `endpoint` (#PurgeEndpoint boxed, nullable): a custom endpoint, or %NULL for the API's own
 * - `daily-quota` (uint): directories a day, 100 where the vendor has not raised it
 * - `key-serial` (uint): grows by one whenever the key in the keyring is replaced, so that the
 *   journal can tell keys apart without knowing them
 */
#define PURGE_TYPE_ACCOUNT (purge_account_get_type ())

G_DECLARE_FINAL_TYPE (PurgeAccount, purge_account, PURGE, ACCOUNT, GObject)

/* Tencent's documents: 100 directories and 10,000 URLs a day. The latter is never raised by hand here. */
#define PURGE_DEFAULT_DAILY_QUOTA 100
#define PURGE_DEFAULT_DAILY_URL_QUOTA 10000

PurgeAccount         *purge_account_new             (const char           *uuid,
                                                     const char           *name);
PurgeAccount         *purge_account_copy            (PurgeAccount         *self);
const char           *purge_account_get_uuid        (PurgeAccount         *self);
const char           *purge_account_get_name        (PurgeAccount         *self);
PurgeApiKind          purge_account_get_api         (PurgeAccount         *self);
PurgeForm             purge_account_get_form        (PurgeAccount         *self);
PurgeSignatureMethod  purge_account_get_signature   (PurgeAccount         *self);
PurgeEndpoint        *purge_account_get_endpoint    (PurgeAccount         *self);
guint                 purge_account_get_daily_quota (PurgeAccount         *self);
guint                 purge_account_get_quota       (PurgeAccount         *self,
                                                     PurgeKind             kind);
guint                 purge_account_get_key_serial  (PurgeAccount         *self);
char                 *purge_account_clean_name      (const char           *typed,
                                                     GError              **error);

G_END_DECLS
