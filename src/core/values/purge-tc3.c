/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* TC3-HMAC-SHA256, the signature of Tencent's API 3.0: which text is signed, and how it is said in a
 * request. Knows headers as names and values; does not know what a request asks for, nor how a key
 * is handled. */

#define G_LOG_DOMAIN "purge-tc3"

#include "config.h"

#include "purge-tc3.h"

#include "purge-hmac.h"

#define ALGORITHM "TC3-HMAC-SHA256"
#define END_OF_SCOPE "tc3_request"

/* Always of UTC, whatever the time zone of this computer. */
static char *
dup_date (const PurgeTc3 *self)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (self->timestamp);

  return g_date_time_format (date, "%Y-%m-%d");
}

static char *
dup_scope (const PurgeTc3 *self)
{
  g_autofree char *date = dup_date (self);

  return g_strjoin ("/", date, self->service, END_OF_SCOPE, NULL);
}

static char *
dup_header_names (const PurgeTc3 *self)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < self->n_headers; i++)
    {
      g_autofree char *name = g_ascii_strdown (self->headers[i].name, -1);

      g_string_append_printf (names, "%s%s", i > 0 ? ";" : "", name);
    }

  return g_string_free (names, FALSE);
}

/* Tencent's own programs take the content type as it is, and make only the action small. */
static void
append_header (GString              *text,
               const PurgeParameter *header)
{
  g_autofree char *name = g_ascii_strdown (header->name, -1);
  g_autofree char *value = g_str_equal (name, "x-tc-action") ? g_ascii_strdown (header->value, -1)
                                                             : g_strdup (header->value);

  g_string_append_printf (text, "%s:%s\n", name, g_strstrip (value));
}

static char *
dup_signature (const PurgeTc3         *self,
               const PurgeCredentials *credentials)
{
  g_autofree char *date = dup_date (self);
  g_autofree char *text = purge_tc3_dup_text (self);
  const char * const texts[] = { date, self->service, END_OF_SCOPE, text, NULL };
  guchar bytes[PURGE_HMAC_MAX_LENGTH];
  gsize length = purge_hmac_compute (G_CHECKSUM_SHA256, "TC3",
                                     purge_credentials_get_key (credentials), texts, bytes);
  GString *signature = g_string_sized_new (2 * length);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (signature, "%02x", bytes[i]);

  return g_string_free (signature, FALSE);
}

/**
 * purge_tc3_dup_request:
 * @self: what is signed
 *
 * Makes the canonical request of Tencent's page on signatures ("签名方法 v3",
 * https://cloud.tencent.com/document/api/362/4208): method, path, query, the headers in small letters
 * with a line end after each, their names, and the digest of the body.
 *
 * Returns: (transfer full): the canonical request
 */
char *
purge_tc3_dup_request (const PurgeTc3 *self)
{
  g_autofree char *names = NULL;
  g_autofree char *digest = NULL;
  GString *text;

  g_return_val_if_fail (self != NULL && self->body != NULL, NULL);

  names = dup_header_names (self);
  digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->body);
  text = g_string_new ("POST\n/\n\n");
  for (guint i = 0; i < self->n_headers; i++)
    append_header (text, &self->headers[i]);
  g_string_append_printf (text, "\n%s\n%s", names, digest);

  return g_string_free (text, FALSE);
}

/**
 * purge_tc3_dup_text:
 * @self: what is signed
 *
 * Returns: (transfer full): the text that is signed: algorithm, time, date and service, and the digest
 *   of the canonical request
 */
char *
purge_tc3_dup_text (const PurgeTc3 *self)
{
  g_autofree char *request = purge_tc3_dup_request (self);
  g_autofree char *scope = NULL;
  g_autofree char *digest = NULL;

  g_return_val_if_fail (request != NULL, NULL);

  scope = dup_scope (self);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, request, -1);

  return g_strdup_printf (ALGORITHM "\n%" G_GINT64_FORMAT "\n%s\n%s", self->timestamp, scope, digest);
}

/**
 * purge_tc3_dup_authorization:
 * @self: what is signed
 * @credentials: who signs
 *
 * Signs with a key that is derived of the SecretKey, the date and the service. Afterwards neither that
 * nor the SecretKey is anywhere but in @credentials (see purge_hmac_compute()). May be called from any
 * thread.
 *
 * Returns: (transfer full): the value of the header `Authorization`
 */
char *
purge_tc3_dup_authorization (const PurgeTc3         *self,
                             const PurgeCredentials *credentials)
{
  g_autofree char *scope = NULL;
  g_autofree char *names = NULL;
  g_autofree char *signature = NULL;

  g_return_val_if_fail (self != NULL && credentials != NULL, NULL);

  scope = dup_scope (self);
  names = dup_header_names (self);
  signature = dup_signature (self, credentials);

  return g_strdup_printf (ALGORITHM " Credential=%s/%s, SignedHeaders=%s, Signature=%s",
                          purge_credentials_get_id (credentials), scope, names, signature);
}
