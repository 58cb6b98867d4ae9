/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* JSON, as far as an API's requests and a log's lines go: an object of texts, words and lists of
 * texts. A reader of its own, so that no leniency is shared with the program that writes them. */

#include "fault-json.h"

#include <string.h>

typedef struct
{
  const char *at;
  const char *end;
} Reader;

/**
 * fault_json_quote:
 * @text: (nullable): text
 *
 * Returns: (transfer full): @text as a JSON string, bytes that are no text replaced; or `null`
 */
char *
fault_json_quote (const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;
  GString *json;

  if (valid == NULL)
    return g_strdup ("null");

  json = g_string_new ("\"");
  for (const char *c = valid; *c != '\0'; c++)
    if (*c == '"' || *c == '\\')
      g_string_append_printf (json, "\\%c", *c);
    else if ((guchar) *c < ' ')
      g_string_append_printf (json, "\\u%04x", *c);
    else
      g_string_append_c (json, *c);

  g_string_append_c (json, '"');
  return g_string_free (json, FALSE);
}

static void
skip_blanks (Reader *reader)
{
  while (reader->at < reader->end && memchr (" \t\r\n", *reader->at, 4) != NULL)
    reader->at++;
}

static gboolean
take (Reader *reader,
      char    wanted)
{
  skip_blanks (reader);
  if (reader->at == reader->end || *reader->at != wanted)
    return FALSE;

  reader->at++;
  return TRUE;
}

/* Four hexadecimal digits, which are a character by themselves. */
static gboolean
read_code_point (Reader  *reader,
                 GString *text)
{
  gunichar character = 0;

  for (guint i = 0; i < 4; i++, reader->at++)
    {
      if (reader->at == reader->end || !g_ascii_isxdigit (*reader->at))
        return FALSE;
      character = character * 16 + g_ascii_xdigit_value (*reader->at);
    }

  if (character == 0 || !g_unichar_validate (character))
    return FALSE;

  g_string_append_unichar (text, character);
  return TRUE;
}

static gboolean
read_escape (Reader  *reader,
             GString *text)
{
  static const char names[] = "\"\\/bfnrt";
  static const char values[] = "\"\\/\b\f\n\r\t";
  const char *name;

  if (reader->at == reader->end)
    return FALSE;
  if (*reader->at == 'u')
    {
      reader->at++;
      return read_code_point (reader, text);
    }

  name = memchr (names, *reader->at++, strlen (names));
  if (name != NULL)
    g_string_append_c (text, values[name - names]);
  return name != NULL;
}

/* A text, or NULL where there is none. */
static char *
read_text (Reader *reader)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (!take (reader, '"'))
    return NULL;

  while (reader->at < reader->end && *reader->at != '"' && (guchar) *reader->at >= ' ')
    if (*reader->at++ != '\\')
      g_string_append_c (text, reader->at[-1]);
    else if (!read_escape (reader, text))
      return NULL;

  if (reader->at == reader->end || *reader->at++ != '"' ||
      !g_utf8_validate (text->str, text->len, NULL))
    return NULL;

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* true, false or a whole number. */
static char *
read_word (Reader *reader)
{
  gsize length = 0;
  g_autofree char *word = NULL;

  while (reader->at + length < reader->end && (g_ascii_isalnum (reader->at[length]) ||
                                               reader->at[length] == '-'))
    length++;

  word = g_strndup (reader->at, length);
  reader->at += length;
  if (g_str_equal (word, "true") || g_str_equal (word, "false") ||
      g_ascii_string_to_signed (word, 10, G_MININT64, G_MAXINT64, NULL, NULL))
    return g_steal_pointer (&word);

  return NULL;
}

static gboolean
read_list (Reader     *reader,
           const char *name,
           GHashTable *values)
{
  guint n = 0;

  if (take (reader, ']'))
    return TRUE;

  do
    {
      char *text = read_text (reader);

      if (text == NULL)
        return FALSE;
      g_hash_table_insert (values, g_strdup_printf ("%s.%u", name, n++), text);
    }
  while (take (reader, ','));

  return take (reader, ']');
}

static gboolean
read_member (Reader     *reader,
             GHashTable *values)
{
  g_autofree char *name = read_text (reader);
  char *value;

  if (name == NULL || !take (reader, ':') || g_hash_table_contains (values, name))
    return FALSE;
  if (take (reader, '['))
    return read_list (reader, name, values);

  value = read_text (reader);
  if (value == NULL)
    value = read_word (reader);
  if (value != NULL)
    g_hash_table_insert (values, g_steal_pointer (&name), value);

  return value != NULL;
}

/**
 * fault_json_read:
 * @json: what should be one object
 * @length: its length
 * @values: (element-type utf8 utf8): where its members go; of a list `Paths` they are `Paths.0` and
 *   so on
 *
 * Returns: whether it is that, and nothing else
 */
gboolean
fault_json_read (const char *json,
                 gsize       length,
                 GHashTable *values)
{
  Reader reader = { json, json + length };

  if (!take (&reader, '{'))
    return FALSE;
  if (!take (&reader, '}'))
    {
      do
        if (!read_member (&reader, values))
          return FALSE;
      while (take (&reader, ','));

      if (!take (&reader, '}'))
        return FALSE;
    }

  skip_blanks (&reader);
  return reader.at == reader.end;
}
