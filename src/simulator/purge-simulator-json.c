/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Reads JSON from strangers. JSON-GLib takes more for JSON than RFC 8259 does, and recurses as deep
 * as it is told to; so the text is judged here before it is given to it. Knows no member by name. */

#define G_LOG_DOMAIN "purge-simulator-json"

#include "config.h"

#include "purge-simulator-json.h"

#include <string.h>

#define DEEPEST 16

typedef struct {
  const char *at; /* behind the last byte is a NUL, which is no JSON */
  guint       depth;
} Scan;

static gboolean skip_value (Scan *scan);

static void
skip_space (Scan *scan)
{
  scan->at += strspn (scan->at, " \t\r\n");
}

static gboolean
skip_byte (Scan *scan,
           char  byte)
{
  if (*scan->at != byte)
    return FALSE;

  scan->at++;
  return TRUE;
}

/* Four digits of a code, or -1. */
static int
read_code (Scan *scan)
{
  int code = 0;

  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (*scan->at);

      if (digit < 0)
        return -1;

      code = code * 16 + digit;
      scan->at++;
    }

  return code;
}

/* Behind "\u". A NUL is text nowhere, and half of a pair of surrogates is none. */
static gboolean
skip_code (Scan *scan)
{
  int code = read_code (scan);

  if (code <= 0 || (code >= 0xdc00 && code <= 0xdfff))
    return FALSE;
  if (code < 0xd800 || code > 0xdbff)
    return TRUE;
  if (!skip_byte (scan, '\\') || !skip_byte (scan, 'u'))
    return FALSE;

  code = read_code (scan);
  return code >= 0xdc00 && code <= 0xdfff;
}

static gboolean
skip_string (Scan *scan)
{
  if (!skip_byte (scan, '"'))
    return FALSE;

  while (!skip_byte (scan, '"'))
    {
      if ((guchar) *scan->at < 0x20)
        return FALSE;
      if (*scan->at++ != '\\')
        continue;
      if (*scan->at == '\0' || strchr ("\"\\/bfnrtu", *scan->at) == NULL)
        return FALSE;
      if (*scan->at++ == 'u' && !skip_code (scan))
        return FALSE;
    }

  return TRUE;
}

static gboolean
skip_digits (Scan *scan)
{
  gsize n = strspn (scan->at, "0123456789");

  scan->at += n;
  return n > 0;
}

static gboolean
skip_number (Scan *scan)
{
  skip_byte (scan, '-');
  if (!skip_byte (scan, '0') && !skip_digits (scan))
    return FALSE;
  if (skip_byte (scan, '.') && !skip_digits (scan))
    return FALSE;
  if (!skip_byte (scan, 'e') && !skip_byte (scan, 'E'))
    return TRUE;

  if (!skip_byte (scan, '+'))
    skip_byte (scan, '-');
  return skip_digits (scan);
}

static gboolean
skip_member (Scan *scan)
{
  if (!skip_string (scan))
    return FALSE;

  skip_space (scan);
  return skip_byte (scan, ':') && skip_value (scan);
}

/* Behind the bracket that opens. */
static gboolean
skip_items (Scan       *scan,
            char        end,
            gboolean  (*skip_item) (Scan *scan))
{
  if (++scan->depth > DEEPEST)
    return FALSE;

  skip_space (scan);
  if (skip_byte (scan, end))
    {
      scan->depth--;
      return TRUE;
    }

  do
    {
      skip_space (scan);
      if (!skip_item (scan))
        return FALSE;
    }
  while (skip_byte (scan, ','));

  scan->depth--;
  return skip_byte (scan, end);
}

static gboolean
skip_word (Scan       *scan,
           const char *word)
{
  if (!g_str_has_prefix (scan->at, word))
    return FALSE;

  scan->at += strlen (word);
  return TRUE;
}

static gboolean
skip_bare_value (Scan *scan)
{
  if (skip_byte (scan, '{'))
    return skip_items (scan, '}', skip_member);
  if (skip_byte (scan, '['))
    return skip_items (scan, ']', skip_value);
  if (*scan->at == '"')
    return skip_string (scan);

  return skip_word (scan, "true") || skip_word (scan, "false") || skip_word (scan, "null")
         || skip_number (scan);
}

/* A value and the space around it. */
static gboolean
skip_value (Scan *scan)
{
  gboolean good;

  skip_space (scan);
  good = skip_bare_value (scan);
  skip_space (scan);

  return good;
}

static gboolean
is_object (const char *text)
{
  Scan scan = { text, 0 };

  skip_space (&scan);
  return *scan.at == '{' && skip_value (&scan) && *scan.at == '\0';
}

static void
on_member_cb (JsonParser *parser,
              JsonObject *object,
              const char *name,
              gpointer    user_data)
{
  GHashTable *counts = user_data;
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, object));

  g_hash_table_insert (counts, object, GUINT_TO_POINTER (count + 1));
}

/**
 * purge_simulator_json_read:
 * @data: (array length=length): a text
 * @length: its length in bytes
 * @error: return location for an error
 *
 * Reads an object. Anything but JSON in UTF-8, a nesting deeper than any API knows, and a member
 * that comes twice are errors: which of the two is meant nobody can tell.
 *
 * Returns: (transfer full): the object, or %NULL
 */
JsonObject *
purge_simulator_json_read (const char  *data,
                           gsize        length,
                           GError     **error)
{
  g_autofree char *text = g_strndup (data, length);
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object;

  if (strlen (text) != length || !g_utf8_validate (text, -1, NULL) || !is_object (text))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "no JSON object");
      return NULL;
    }

  g_signal_connect (parser, "object-member", G_CALLBACK (on_member_cb), counts);
  if (!json_parser_load_from_data (parser, text, -1, error))
    return NULL;

  object = json_node_get_object (json_parser_get_root (parser));
  if (GPOINTER_TO_UINT (g_hash_table_lookup (counts, object)) != json_object_get_size (object))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "a member comes twice");
      return NULL;
    }

  return json_object_ref (object);
}
