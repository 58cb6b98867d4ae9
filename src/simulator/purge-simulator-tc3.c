/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* TC3-HMAC-SHA256, the signature of API 3.0, made again from what was received. Knows the rules of
 * signing and nothing of what is signed. They are those of the page "签名方法 v3"
 * (https://cloud.tencent.com/document/api/228/30978). */

#define G_LOG_DOMAIN "purge-simulator-tc3"

#include "config.h"

#include "purge-simulator-tc3.h"

#include <string.h>

#define ALGORITHM "TC3-HMAC-SHA256"
#define TERMINATOR "tc3_request"
#define DIGEST_LENGTH 32

/* The digest of one step is the key of the next, so its place may be that of the key. */
static void
derive (guint8     *digest,
        const void *key,
        gsize       key_length,
        const char *text)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key, key_length);
  gsize length = DIGEST_LENGTH;

  g_hmac_update (hmac, (const guchar *) text, strlen (text));
  g_hmac_get_digest (hmac, digest, &length);
}

/**
 * purge_simulator_tc3_request:
 * @request: what is signed of a request
 *
 * Returns: (transfer full): the canonical request
 */
char *
purge_simulator_tc3_request (const PurgeSimulatorTc3Request *request)
{
  g_autofree char *hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256,
                                                       (const guchar *) request->payload,
                                                       request->payload_length);

  return g_strjoin ("\n", request->method, request->path, request->query, request->headers,
                    request->signed_headers, hash, NULL);
}

/**
 * purge_simulator_tc3_string:
 * @request: a canonical request
 * @timestamp: the seconds since 1970, as they were sent
 * @date: the date in UTC, `2019-02-25`
 * @service: the service, `cdn`
 *
 * Returns: (transfer full): the string to sign
 */
char *
purge_simulator_tc3_string (const char *request,
                            const char *timestamp,
                            const char *date,
                            const char *service)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, request, -1);

  return g_strdup_printf (ALGORITHM "\n%s\n%s/%s/" TERMINATOR "\n%s", timestamp, date, service,
                          hash);
}

/**
 * purge_simulator_tc3_make:
 * @text: the string to sign
 * @secret_key: the SecretKey
 * @date: the date in it
 * @service: the service in it
 *
 * Returns: (transfer full): the signature in small hexadecimal digits
 */
char *
purge_simulator_tc3_make (const char *text,
                          const char *secret_key,
                          const char *date,
                          const char *service)
{
  g_autofree char *secret = g_strconcat ("TC3", secret_key, NULL);
  guint8 key[DIGEST_LENGTH];

  derive (key, secret, strlen (secret), date);
  derive (key, key, sizeof key, service);
  derive (key, key, sizeof key, TERMINATOR);

  return g_compute_hmac_for_string (G_CHECKSUM_SHA256, key, sizeof key, text, -1);
}
