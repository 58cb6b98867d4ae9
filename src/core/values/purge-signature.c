/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The signature of Tencent's API 2.0: which text is signed, and how. Knows parameters as names and
 * values; does not know what the parameters mean, how they go on the wire, nor how a key is handled. */

#define G_LOG_DOMAIN "purge-signature"

#include "config.h"

#include "purge-signature.h"

#include <string.h>

#include "purge-hmac.h"

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const PurgeParameter *first = *(const PurgeParameter * const *) a;
  const PurgeParameter *second = *(const PurgeParameter * const *) b;

  return strcmp (first->name, second->name);
}

static const PurgeParameter **
sort_by_name (const PurgeParameter *parameters,
              guint                 n_parameters)
{
  const PurgeParameter **sorted = g_new (const PurgeParameter *, n_parameters + 1);

  for (guint i = 0; i < n_parameters; i++)
    sorted[i] = &parameters[i];
  sorted[n_parameters] = NULL;
  qsort (sorted, n_parameters, sizeof *sorted, compare_names);

  return sorted;
}

static gsize
measure_text (const char           *method,
              const char           *authority,
              const char           *path,
              const PurgeParameter *parameters,
              guint                 n_parameters)
{
  gsize length = strlen (method) + strlen (authority) + strlen (path) + 1;

  for (guint i = 0; i < n_parameters; i++)
    length += strlen (parameters[i].name) + strlen (parameters[i].value) + 2;

  return length;
}

static void
append_parameter (GString              *text,
                  const PurgeParameter *parameter,
                  gboolean              first)
{
  gsize start;

  g_string_append_c (text, first ? '?' : '&');
  start = text->len;
  g_string_append (text, parameter->name);
  for (gsize i = start; i < text->len; i++)
    if (text->str[i] == '_')
      text->str[i] = '.';
  g_string_append_c (text, '=');
  g_string_append (text, parameter->value);
}

/**
 * purge_signature_dup_text:
 * @method: the HTTP method, in capitals
 * @authority: host, and port where there is one, exactly as in the Host header
 * @path: the path
 * @parameters: (array length=n_parameters): all parameters but the signature, in any order
 * @n_parameters: how many
 *
 * Makes the text that is signed, as Tencent's page on signatures has it ("签名方法" of the CDN's API
 * 2.0) and its SDKs do: method, host, path, `?` and the parameters, sorted by the bytes of their
 * names so that capitals come first and `dirs.10` before `dirs.2`, joined by `&`. Values are taken
 * as they are, never encoded. In names `_` becomes `.`. In a POST a value that begins with `@` is
 * left out, which is how the SDKs once marked files.
 *
 * Returns: (transfer full): the text; where a parameter is a token, the caller wipes it
 */
char *
purge_signature_dup_text (const char           *method,
                          const char           *authority,
                          const char           *path,
                          const PurgeParameter *parameters,
                          guint                 n_parameters)
{
  g_autofree const PurgeParameter **sorted = NULL;
  GString *text;
  gboolean first = TRUE;
  gboolean is_post;

  g_return_val_if_fail (method != NULL && authority != NULL && path != NULL, NULL);
  g_return_val_if_fail (parameters != NULL || n_parameters == 0, NULL);

  is_post = strcmp (method, "POST") == 0;
  sorted = sort_by_name (parameters, n_parameters);
  /* Measured first: a text that grows leaves copies of a token behind. */
  text = g_string_sized_new (measure_text (method, authority, path, parameters, n_parameters));
  g_string_append (text, method);
  g_string_append (text, authority);
  g_string_append (text, path);

  for (guint i = 0; i < n_parameters; i++)
    if (!is_post || sorted[i]->value[0] != '@')
      {
        append_parameter (text, sorted[i], first);
        first = FALSE;
      }

  return g_string_free (text, FALSE);
}

/**
 * purge_signature_sign:
 * @method: how to sign
 * @text: the text to sign, from purge_signature_dup_text()
 * @key: the SecretKey
 *
 * Signs. Afterwards the key is nowhere but in @key (see purge_hmac_compute()). May be called from any
 * thread.
 *
 * Returns: (transfer full): the signature in Base64
 */
char *
purge_signature_sign (PurgeSignatureMethod  method,
                      const char           *text,
                      PurgeSecret          *key)
{
  const char * const texts[] = { text, NULL };
  guchar bytes[PURGE_HMAC_MAX_LENGTH];
  gsize length;

  g_return_val_if_fail (text != NULL && key != NULL, NULL);

  length = purge_hmac_compute (method == PURGE_SIGNATURE_HMAC_SHA1 ? G_CHECKSUM_SHA1
                                                                   : G_CHECKSUM_SHA256,
                               "", key, texts, bytes);

  return g_base64_encode (bytes, length);
}
