/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Reads the parameters of a request from its query or its urlencoded body. Knows the encoding and
 * no parameter by name. */

#define G_LOG_DOMAIN "purge-simulator-form"

#include "config.h"

#include "purge-simulator-form-private.h"

#include <string.h>

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  return strcmp (a, b);
}

/* Both "+" and "%20" are a blank: the official SDKs send either, in queries as well. */
static char *
decode (const char  *text,
        gsize        length,
        GError     **error)
{
  g_autofree char *blanked = g_strndup (text, length);
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  const char *data;

  g_strdelimit (blanked, "+", ' ');
  bytes = g_uri_unescape_bytes (blanked, -1, NULL, NULL);
  if (bytes == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "% without a code");
      return NULL;
    }

  data = g_bytes_get_data (bytes, &size);
  return purge_simulator_form_dup_text (data, size, error);
}

static gboolean
read_pair (GTree       *parameters,
           const char  *pair,
           gsize        length,
           GError     **error)
{
  const char *equals = memchr (pair, '=', length);
  gsize name_length = equals != NULL ? (gsize) (equals - pair) : length;
  const char *raw_value = equals != NULL ? equals + 1 : "";
  gsize value_length = equals != NULL ? length - name_length - 1 : 0;
  g_autofree char *name = decode (pair, name_length, error);
  g_autofree char *value = NULL;

  if (name == NULL)
    return FALSE;

  value = decode (raw_value, value_length, error);
  if (value == NULL)
    return FALSE;

  return purge_simulator_form_add (parameters, g_steal_pointer (&name), g_steal_pointer (&value),
                                   error);
}

/* ---- shared with the reader of multipart bodies ---- */

/**
 * purge_simulator_form_new:
 *
 * Returns: (transfer full): parameters, still none
 */
GTree *
purge_simulator_form_new (void)
{
  return g_tree_new_full (compare_names, NULL, g_free, g_free);
}

/**
 * purge_simulator_form_dup_text:
 * @data: (array length=length): bytes
 * @length: how many
 * @error: return location for an error
 *
 * Both APIs speak UTF-8; a NUL is text in neither.
 *
 * Returns: (transfer full): the bytes as a string, or %NULL
 */
char *
purge_simulator_form_dup_text (const char  *data,
                               gsize        length,
                               GError     **error)
{
  if (length > 0 && !g_utf8_validate_len (data, length, NULL))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "no UTF-8 text");
      return NULL;
    }

  return g_strndup (data, length);
}

/**
 * purge_simulator_form_add:
 * @parameters: parameters
 * @name: (transfer full): a name
 * @value: (transfer full): its value
 * @error: return location for an error
 *
 * Adds a parameter. A name that came before is an error: which of the two was signed, and which is
 * meant, nobody can tell.
 *
 * Returns: %FALSE with @error set
 */
gboolean
purge_simulator_form_add (GTree   *parameters,
                          char    *name,
                          char    *value,
                          GError **error)
{
  if (*name != '\0' && g_tree_lookup (parameters, name) == NULL)
    {
      g_tree_insert (parameters, name, value);
      return TRUE;
    }

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s came twice or has no name", name);
  g_free (name);
  g_free (value);
  return FALSE;
}

/* ---- public ---- */

/**
 * purge_simulator_form_read:
 * @text: (array length=length): a query or a body of application/x-www-form-urlencoded
 * @length: its length in bytes
 * @error: return location for an error
 *
 * Decodes a form, once. Empty pieces between two ampersands say nothing; a percent sign that is no
 * code, bytes that are not UTF-8 and a name that comes twice are errors.
 *
 * Returns: (transfer full): the parameters, or %NULL
 */
GTree *
purge_simulator_form_read (const char  *text,
                           gsize        length,
                           GError     **error)
{
  g_autoptr (GTree) parameters = purge_simulator_form_new ();
  g_autofree char *whole = purge_simulator_form_dup_text (text, length, error);
  const char *pair = whole;

  if (whole == NULL)
    return NULL;

  while (*(pair += strspn (pair, "&")) != '\0')
    {
      gsize pair_length = strcspn (pair, "&");

      if (!read_pair (parameters, pair, pair_length, error))
        return NULL;
      pair += pair_length;
    }

  return g_steal_pointer (&parameters);
}
