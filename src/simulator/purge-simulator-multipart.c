/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Reads the parameters of a request from a body of multipart/form-data (RFC 7578), which is what
 * Tencent's SDKs for Java and .NET send. Knows the encoding and no parameter by name. */

#define G_LOG_DOMAIN "purge-simulator-multipart"

#include "config.h"

#include "purge-simulator-form-private.h"

#include <libsoup/soup.h>
#include <string.h>

#define BOUNDARY_MAX_LENGTH 70 /* RFC 2046, section 5.1.1 */

static gboolean
fail (GError     **error,
      const char  *what)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, what);
  return FALSE;
}

/* The parameters of the Content-Disposition among the header lines of one part. */
static GHashTable *
read_disposition (const char *headers,
                  gsize       length)
{
  g_autofree char *text = g_strndup (headers, length);
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *colon = strchr (lines[i], ':');

      if (colon == NULL)
        continue;

      *colon = '\0';
      if (g_ascii_strcasecmp (lines[i], "Content-Disposition") == 0)
        return soup_header_parse_semi_param_list (colon + 1);
    }

  return NULL;
}

/* From the first header of a part to the delimiter behind its value. */
static gboolean
read_part (GTree       *parameters,
           const char  *part,
           const char  *end,
           GError     **error)
{
  const char *blank = g_strstr_len (part, end - part, "\r\n\r\n");
  GHashTable *disposition;
  g_autofree char *name = NULL;
  gboolean is_file;

  if (blank == NULL)
    return fail (error, "a part without an empty line behind its headers");

  disposition = read_disposition (part, blank - part);
  if (disposition == NULL)
    return fail (error, "a part without Content-Disposition");

  name = g_strdup (g_hash_table_lookup (disposition, "name"));
  is_file = g_hash_table_contains (disposition, "filename");
  soup_header_free_param_list (disposition);

  /* An uploaded file is no parameter. */
  if (is_file)
    return TRUE;
  if (name == NULL)
    return fail (error, "a part without a name");

  blank += strlen ("\r\n\r\n");
  return purge_simulator_form_add (parameters, g_steal_pointer (&name),
                                   g_strndup (blank, end - blank), error);
}

/* @cursor stands behind a delimiter; what follows is white space and the end of the line. */
static const char *
skip_to_part (const char *cursor)
{
  cursor += strspn (cursor, " \t");
  return g_str_has_prefix (cursor, "\r\n") ? cursor + strlen ("\r\n") : NULL;
}

static gboolean
read_parts (GTree       *parameters,
            const char  *text,
            const char  *delimiter,
            GError     **error)
{
  const char *text_end = text + strlen (text);
  const char *cursor = g_strstr_len (text, text_end - text, delimiter);

  if (cursor == NULL)
    return fail (error, "no boundary");

  while (!g_str_has_prefix (cursor += strlen (delimiter), "--"))
    {
      const char *part = skip_to_part (cursor);
      const char *end;

      if (part == NULL)
        return fail (error, "a boundary that does not end its line");

      /* The line end before the next delimiter belongs to the delimiter, and to nothing else. */
      end = g_strstr_len (part, text_end - part, delimiter);
      if (end == NULL)
        return fail (error, "no closing boundary");
      if (!read_part (parameters, part, end, error))
        return FALSE;

      cursor = end;
    }

  return TRUE;
}

/**
 * purge_simulator_form_read_multipart:
 * @body: the body
 * @boundary: (nullable): what stands between its parts
 * @error: return location for an error
 *
 * Reads a multipart form. Values are taken as they are: nothing is decoded. Whatever stands before
 * the first and behind the closing boundary says nothing; a part that is cut off is an error.
 *
 * Returns: (transfer full): the parameters, or %NULL
 */
GTree *
purge_simulator_form_read_multipart (GBytes      *body,
                                     const char  *boundary,
                                     GError     **error)
{
  g_autoptr (GTree) parameters = purge_simulator_form_new ();
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  g_autofree char *text = NULL;
  g_autofree char *with_line_end = NULL;
  g_autofree char *delimiter = NULL;

  if (boundary == NULL || *boundary == '\0' || strlen (boundary) > BOUNDARY_MAX_LENGTH)
    {
      fail (error, "no usable boundary");
      return NULL;
    }

  text = purge_simulator_form_dup_text (data, length, error);
  if (text == NULL)
    return NULL;

  /* Every delimiter begins with a line end, but the first may begin the body. */
  with_line_end = g_strconcat ("\r\n", text, NULL);
  delimiter = g_strconcat ("\r\n--", boundary, NULL);
  if (!read_parts (parameters, with_line_end, delimiter, error))
    return NULL;

  return g_steal_pointer (&parameters);
}
