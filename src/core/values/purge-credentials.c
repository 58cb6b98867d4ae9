/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The key pair. Knows what a key may look like when a person pastes it; does not know where it is
 * kept or what it signs. */

#define G_LOG_DOMAIN "purge-credentials"

#include "config.h"

#include "purge-credentials.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "purge-error.h"

struct _PurgeCredentials
{
  gatomicrefcount  ref_count;
  char            *secret_id;
  PurgeSecret     *secret_key;
  PurgeSecret     *token;
};

G_DEFINE_BOXED_TYPE (PurgeCredentials, purge_credentials, purge_credentials_ref,
                     purge_credentials_unref)

/* What a page or a terminal puts around a key when it is copied: white space of any kind, and marks
 * that nobody sees. Returns the length of such a thing at the start of text, or 0. */
static gsize
blank_length (const char *text,
              gsize       length)
{
  gunichar c = g_utf8_get_char_validated (text, length);

  if (length == 0 || c == (gunichar) -1 || c == (gunichar) -2)
    return 0;

  /* The vertical tab and the next-line character are blanks that GLib does not count as such. */
  if (g_unichar_isspace (c) || g_unichar_iszerowidth (c) || c == 0xFEFF || c == '\v' || c == 0x0085)
    return g_utf8_skip[*(const guchar *) text];

  return 0;
}

static void
strip_blanks (const char **text,
              gsize       *length)
{
  gsize blank;

  while ((blank = blank_length (*text, *length)) > 0)
    {
      *text += blank;
      *length -= blank;
    }

  while (*length > 0)
    {
      const char *last = g_utf8_find_prev_char (*text, *text + *length);

      if (last == NULL || blank_length (last, *text + *length - last) == 0)
        break;
      *length = last - *text;
    }
}

static gboolean
is_printable_ascii (const char *text,
                    gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if (text[i] <= ' ' || text[i] > '~')
      return FALSE;

  return TRUE;
}

static const char *
empty_sentence (PurgeKeyPart part)
{
  switch (part)
    {
    case PURGE_KEY_PART_ID:
      return _("The SecretId is empty. Copy it from the API key page of the Tencent Cloud console.");
    case PURGE_KEY_PART_KEY:
      return _("The SecretKey is empty. Copy it from the API key page of the Tencent Cloud console.");
    case PURGE_KEY_PART_TOKEN:
      return _("The token is empty. Paste the one that came with the temporary key.");
    default:
      g_return_val_if_reached ("");
    }
}

static const char *
strange_sentence (PurgeKeyPart part)
{
  switch (part)
    {
    case PURGE_KEY_PART_ID:
      return _("The SecretId has a blank or a special character in it. Copy it again, without the text around it.");
    case PURGE_KEY_PART_KEY:
      return _("The SecretKey has a blank or a special character in it. Copy it again, without the text around it.");
    case PURGE_KEY_PART_TOKEN:
      return _("The token has a blank or a special character in it. Copy it again, without the text around it.");
    default:
      g_return_val_if_reached ("");
    }
}

/**
 * purge_credentials_read_part:
 * @part: which part of the key was typed
 * @typed: (array length=length): what was typed or pasted; the caller wipes its own copy
 * @length: its length in bytes, or -1 where it ends in NUL
 * @trimmed: (out) (optional): whether blanks were cut off at either end, so that it can be said
 * @error: return location
 *
 * Checks one part of a key as a person gave it. Blanks around a pasted key are the commonest cause of
 * a failing signature, so they are cut off and said; anything inside that cannot be part of a key is
 * refused with %PURGE_ERROR_INVALID_INPUT and a translated sentence that does not repeat the key.
 *
 * Returns: (transfer full) (nullable): the part, or %NULL with @error set
 */
PurgeSecret *
purge_credentials_read_part (PurgeKeyPart   part,
                             const char    *typed,
                             gssize         length,
                             gboolean      *trimmed,
                             GError       **error)
{
  const char *text = typed;
  gsize left;

  g_return_val_if_fail (typed != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  left = length < 0 ? strlen (typed) : (gsize) length;
  length = left;
  strip_blanks (&text, &left);
  if (trimmed != NULL)
    *trimmed = left != (gsize) length;

  if (left == 0)
    {
      g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT, empty_sentence (part));
      return NULL;
    }

  if (left > PURGE_SECRET_MAX_LENGTH || !is_printable_ascii (text, left))
    {
      g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT, strange_sentence (part));
      return NULL;
    }

  return purge_secret_new (text, left);
}

/**
 * purge_credentials_new:
 * @secret_id: the SecretId
 * @secret_key: the SecretKey
 * @token: (nullable): the token of a temporary key
 *
 * Returns: (transfer full): new credentials
 */
PurgeCredentials *
purge_credentials_new (const char  *secret_id,
                       PurgeSecret *secret_key,
                       PurgeSecret *token)
{
  PurgeCredentials *self;

  g_return_val_if_fail (secret_id != NULL && *secret_id != '\0', NULL);
  g_return_val_if_fail (secret_key != NULL, NULL);

  self = g_new0 (PurgeCredentials, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->secret_id = g_strdup (secret_id);
  self->secret_key = purge_secret_ref (secret_key);
  self->token = token != NULL ? purge_secret_ref (token) : NULL;

  return self;
}

/**
 * purge_credentials_ref:
 * @self: credentials
 *
 * Returns: (transfer full): @self
 */
PurgeCredentials *
purge_credentials_ref (PurgeCredentials *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * purge_credentials_unref:
 * @self: (transfer full): credentials
 *
 * Gives a reference back; the last one wipes the secrets.
 */
void
purge_credentials_unref (PurgeCredentials *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->secret_id);
  purge_secret_unref (self->secret_key);
  g_clear_pointer (&self->token, purge_secret_unref);
  g_free (self);
}

/**
 * purge_credentials_get_id:
 * @self: credentials
 *
 * Returns: (transfer none): the SecretId
 */
const char *
purge_credentials_get_id (const PurgeCredentials *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->secret_id;
}

/**
 * purge_credentials_get_key:
 * @self: credentials
 *
 * Returns: (transfer none): the SecretKey
 */
PurgeSecret *
purge_credentials_get_key (const PurgeCredentials *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->secret_key;
}

/**
 * purge_credentials_get_token:
 * @self: credentials
 *
 * Returns: (transfer none) (nullable): the token, or %NULL where the key is not a temporary one
 */
PurgeSecret *
purge_credentials_get_token (const PurgeCredentials *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->token;
}
