/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The signature of API 2.0, made again from what was received. Knows the rules of signing and
 * nothing of what is signed. They are Tencent's: the page "签名方法" of API 2.0
 * (https://cloud.tencent.com/document/product/228/1725), and where that is silent, what its SDKs
 * for Node.js, PHP, Python and Java do alike. */

#define G_LOG_DOMAIN "purge-simulator-signature"

#include "config.h"

#include "purge-simulator-signature.h"

#include <string.h>

typedef struct {
  GString  *text;
  gboolean  is_post;
  gboolean  any;
} Signing;

static gboolean
append_parameter (gpointer key,
                  gpointer value,
                  gpointer user_data)
{
  Signing *signing = user_data;
  const char *raw = value;
  g_autofree char *name = NULL;

  if (g_str_equal (key, "Signature"))
    return FALSE;

  /* The convention for uploaded files: such a value is sent, but not signed. */
  if (signing->is_post && *raw == '@')
    return FALSE;

  name = g_strdelimit (g_strdup (key), "_", '.');
  g_string_append_printf (signing->text, "%s%s=%s", signing->any ? "&" : "", name, raw);
  signing->any = TRUE;

  return FALSE;
}

/**
 * purge_simulator_signature_string:
 * @method: `GET` or `POST`
 * @host: the host that was called, with its port if there was one
 * @path: the path
 * @parameters: every parameter that came, decoded, in byte order of the names
 *
 * Makes the string that a request of API 2.0 signs: all parameters but `Signature`, sorted by name
 * in byte order, values raw. In names, and only there, an underscore becomes a full stop, after
 * they were sorted.
 *
 * Returns: (transfer full): the string to sign
 */
char *
purge_simulator_signature_string (const char *method,
                                  const char *host,
                                  const char *path,
                                  GTree      *parameters)
{
  Signing signing = { g_string_new (NULL), g_str_equal (method, "POST"), FALSE };

  g_string_append_printf (signing.text, "%s%s%s?", method, host, path);
  g_tree_foreach (parameters, append_parameter, &signing);

  return g_string_free (signing.text, FALSE);
}

/**
 * purge_simulator_signature_make:
 * @text: the string to sign
 * @secret_key: the SecretKey
 * @signature_method: (nullable): the parameter `SignatureMethod`
 *
 * Signs: SHA-256 where the method is exactly `HmacSHA256`, SHA-1 for anything else and for nothing.
 *
 * Returns: (transfer full): the signature in base64
 */
char *
purge_simulator_signature_make (const char *text,
                                const char *secret_key,
                                const char *signature_method)
{
  GChecksumType type = g_strcmp0 (signature_method, "HmacSHA256") == 0 ? G_CHECKSUM_SHA256
                                                                       : G_CHECKSUM_SHA1;
  g_autoptr (GHmac) hmac = g_hmac_new (type, (const guchar *) secret_key, strlen (secret_key));
  guint8 digest[32];
  gsize length = sizeof digest;

  g_hmac_update (hmac, (const guchar *) text, strlen (text));
  g_hmac_get_digest (hmac, digest, &length);

  return g_base64_encode (digest, length);
}
