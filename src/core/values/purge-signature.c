/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The signature of Tencent's API 2.0: which text is signed, and how. Knows parameters as names and
 * values, and what must be forgotten afterwards; does not know what the parameters mean, nor how
 * they go on the wire. */

#define G_LOG_DOMAIN "purge-signature"

#include "config.h"

#include "purge-signature.h"

#include <string.h>

/* How far below its caller signing writes: with GLib 2.74, glibc 2.36 and AddressSanitizer's wider
 * frames less than a quarter of this. */
#define STACK_DEPTH (32 * 1024)

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

/* Everything that touches the key runs below this frame, so that what it leaves there can be found.
 * Were this inlined, the traces would lie in the caller's frame. */
static G_GNUC_NO_INLINE char *
sign_and_leave_traces (GChecksumType  digest,
                       const char    *text,
                       PurgeSecret   *key)
{
  g_autoptr (GHmac) hmac = g_hmac_new (digest, (const guchar *) purge_secret_peek (key),
                                       purge_secret_get_length (key));
  guchar bytes[32];
  gsize length = sizeof bytes;

  g_hmac_update (hmac, (const guchar *) text, -1);
  g_hmac_get_digest (hmac, bytes, &length);

  return g_base64_encode (bytes, length);
}

/* Registers too hold what was copied last, and the next function that the loader binds would have them
 * saved on the stack. What carried the key is made to carry zeros: the C library copies each size in
 * other registers, up to eight of 64 bytes. */
static void
wipe_registers (guchar *zeros)
{
  for (volatile gsize size = 8; size <= 512; size *= 2)
    memmove (zeros, zeros + size, size);
}

static G_GNUC_NO_INLINE void
wipe_stack_below (void)
{
  guchar traces[STACK_DEPTH];

  purge_secret_wipe (traces, sizeof traces);
  wipe_registers (traces);
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
 * Signs. Afterwards the key is nowhere but in @key: GHmac copies the key, and the key mixed with
 * the pads of RFC 2104, onto the stack and does not wipe them, so the stack below is wiped here.
 * In the heap its two checksums hold the mixed key only until the next whole block of 64 bytes,
 * and every digest ends in one, so what they leave in freed memory is the end of @text and the
 * signature. May be called from any thread.
 *
 * Returns: (transfer full): the signature in Base64
 */
char *
purge_signature_sign (PurgeSignatureMethod  method,
                      const char           *text,
                      PurgeSecret          *key)
{
  char *signature;

  g_return_val_if_fail (text != NULL && key != NULL, NULL);

  signature = sign_and_leave_traces (method == PURGE_SIGNATURE_HMAC_SHA1 ? G_CHECKSUM_SHA1
                                                                         : G_CHECKSUM_SHA256,
                                     text, key);
  wipe_stack_below ();

  return signature;
}
