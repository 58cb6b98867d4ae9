/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Whether a text is one JSON object, strictly: RFC 8259, and nothing that a lenient parser reads
 * in another way. It is what a text has to pass before json-glib may see it: json-glib 1.6 accepts
 * what is no JSON, ends strings at NUL, wraps large numbers around and crashes on deep nesting.
 * Knows the grammar; does not know what any member means. */

#define G_LOG_DOMAIN "purge-json-scan"

#include "config.h"

#include "purge-json-scan.h"

#include <errno.h>
#include <string.h>

typedef struct
{
  const char *at;
  const char *end;
  guint       depth;
  GHashTable *names; /* those of the innermost object */
  const char *problem;
} Scan;

static gboolean scan_value (Scan *scan);

static gboolean
fail (Scan       *scan,
      const char *problem)
{
  /* The first problem is the true one; the callers only pass it on. */
  if (scan->problem == NULL)
    scan->problem = problem;

  return FALSE;
}

static char
peek (const Scan *scan)
{
  return scan->at < scan->end ? *scan->at : '\0';
}

static gboolean
take (Scan *scan,
      char  wanted)
{
  if (peek (scan) != wanted)
    return FALSE;

  scan->at++;
  return TRUE;
}

static void
skip_blanks (Scan *scan)
{
  while (scan->at < scan->end && strchr (" \t\n\r", *scan->at) != NULL)
    scan->at++;
}

static gboolean
scan_word (Scan       *scan,
           const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (scan->end - scan->at) < length || strncmp (scan->at, word, length) != 0)
    return fail (scan, "neither an object, an array, a string, a number nor a literal");

  scan->at += length;
  return TRUE;
}

static gboolean
scan_digits (Scan *scan)
{
  const char *start = scan->at;

  while (g_ascii_isdigit (peek (scan)))
    scan->at++;

  return scan->at > start || fail (scan, "a digit is missing in a number");
}

/* Integers that json-glib would read as another number. RFC 8259, section 6, lets a reader limit
 * the range; "-0" is no number that an API of ours sends. */
static gboolean
check_integer (Scan       *scan,
               const char *start)
{
  char digits[24];
  gsize length = scan->at - start;

  if (length >= sizeof digits)
    return fail (scan, "an integer is too large");

  memcpy (digits, start, length);
  digits[length] = '\0';
  if (strcmp (digits, "-0") == 0)
    return fail (scan, "a negative zero");

  errno = 0;
  g_ascii_strtoll (digits, NULL, 10);
  return errno == 0 || fail (scan, "an integer is too large");
}

static gboolean
scan_number (Scan *scan)
{
  const char *start = scan->at;
  gboolean whole = TRUE;

  take (scan, '-');
  if (!take (scan, '0') && !scan_digits (scan))
    return FALSE;

  if (take (scan, '.'))
    {
      whole = FALSE;
      if (!scan_digits (scan))
        return FALSE;
    }

  if (take (scan, 'e') || take (scan, 'E'))
    {
      whole = FALSE;
      if (!take (scan, '+'))
        take (scan, '-');
      if (!scan_digits (scan))
        return FALSE;
    }

  return !whole || check_integer (scan, start);
}

static gboolean
scan_code_unit (Scan    *scan,
                guint32 *unit)
{
  *unit = 0;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (peek (scan));

      if (digit < 0)
        return fail (scan, "\\u without four hexadecimal digits");
      *unit = *unit * 16 + digit;
      scan->at++;
    }

  return TRUE;
}

static gboolean
scan_unicode_escape (Scan    *scan,
                     GString *text)
{
  guint32 unit;
  guint32 low;

  if (!scan_code_unit (scan, &unit))
    return FALSE;
  if (unit == 0)
    return fail (scan, "a NUL in a string");

  if (unit >= 0xDC00 && unit <= 0xDFFF)
    return fail (scan, "a lone surrogate");
  if (unit >= 0xD800 && unit <= 0xDBFF)
    {
      if (!take (scan, '\\') || !take (scan, 'u'))
        return fail (scan, "a lone surrogate");
      if (!scan_code_unit (scan, &low))
        return FALSE;
      if (low < 0xDC00 || low > 0xDFFF)
        return fail (scan, "a lone surrogate");
      unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    }

  if (text != NULL)
    g_string_append_unichar (text, unit);
  return TRUE;
}

static gboolean
scan_escape (Scan    *scan,
             GString *text)
{
  static const char names[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char *name;

  if (take (scan, 'u'))
    return scan_unicode_escape (scan, text);

  name = peek (scan) != '\0' ? strchr (names, peek (scan)) : NULL;
  if (name == NULL)
    return fail (scan, "an unknown escape in a string");

  scan->at++;
  if (text != NULL)
    g_string_append_c (text, meanings[name - names]);
  return TRUE;
}

/* Appends what the string means to text, where somebody wants to know. */
static gboolean
scan_string (Scan    *scan,
             GString *text)
{
  if (!take (scan, '"'))
    return fail (scan, "a string is missing");

  while (scan->at < scan->end && *scan->at != '"')
    if ((guchar) *scan->at < ' ')
      return fail (scan, "a control character in a string");
    else if (take (scan, '\\'))
      {
        if (!scan_escape (scan, text))
          return FALSE;
      }
    else
      {
        if (text != NULL)
          g_string_append_c (text, *scan->at);
        scan->at++;
      }

  return take (scan, '"') || fail (scan, "a string has no end");
}

static gboolean
scan_name (Scan *scan)
{
  g_autoptr (GString) name = g_string_new (NULL);

  if (!scan_string (scan, name))
    return FALSE;

  return g_hash_table_add (scan->names, g_strdup (name->str)) ||
         fail (scan, "two members of the same name");
}

static gboolean
scan_member (Scan *scan)
{
  skip_blanks (scan);
  if (!scan_name (scan))
    return FALSE;

  skip_blanks (scan);
  if (!take (scan, ':'))
    return fail (scan, "a colon is missing");

  return scan_value (scan);
}

/* The members of an object or the elements of an array, after the opening bracket. */
static gboolean
scan_items (Scan     *scan,
            char      closing,
            gboolean (*scan_item) (Scan *scan))
{
  if (++scan->depth > PURGE_JSON_MAX_DEPTH)
    return fail (scan, "nested too deeply");

  skip_blanks (scan);
  if (!take (scan, closing))
    {
      do
        if (!scan_item (scan))
          return FALSE;
      while (take (scan, ','));

      if (!take (scan, closing))
        return fail (scan, "an object or an array has no end");
    }

  scan->depth--;
  return TRUE;
}

static gboolean
scan_object (Scan *scan)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTable *outer = scan->names;
  gboolean good;

  scan->names = names;
  good = scan_items (scan, '}', scan_member);
  scan->names = outer;
  return good;
}

/* One value with the blanks around it. */
static gboolean
scan_value (Scan *scan)
{
  gboolean good;

  skip_blanks (scan);
  if (take (scan, '{'))
    good = scan_object (scan);
  else if (take (scan, '['))
    good = scan_items (scan, ']', scan_value);
  else if (peek (scan) == '"')
    good = scan_string (scan, NULL);
  else if (peek (scan) == '-' || g_ascii_isdigit (peek (scan)))
    good = scan_number (scan);
  else if (peek (scan) == 't')
    good = scan_word (scan, "true");
  else if (peek (scan) == 'f')
    good = scan_word (scan, "false");
  else
    good = scan_word (scan, "null");

  skip_blanks (scan);
  return good;
}

static gboolean
scan_text (Scan *scan)
{
  if (!g_utf8_validate_len (scan->at, scan->end - scan->at, NULL))
    return fail (scan, "not valid UTF-8, or a NUL in it");

  skip_blanks (scan);
  if (peek (scan) != '{')
    return fail (scan, "not an object");
  if (!scan_value (scan))
    return FALSE;

  return scan->at == scan->end || fail (scan, "something after the object");
}

/**
 * purge_json_scan:
 * @text: (array length=length): a text as it came, which may be anything
 * @length: its length in bytes
 * @problem: (out) (optional) (nullable): what is wrong with it, in developer's English; static
 *
 * Checks that a text is exactly one JSON object as RFC 8259 has it, in UTF-8 without a byte order
 * mark, with nothing but blanks around it, in which the members of each object all have different
 * names once escapes are read, nested no deeper than %PURGE_JSON_MAX_DEPTH. Beyond the RFC it refuses what json-glib
 * 1.6 reads as something else: `\u0000` (it ends strings there, so that `"code\u0000x"` becomes
 * `code`), integers outside 64 bits (it wraps them around) and `-0`. Takes linear time and bounded
 * stack, and may be called from any thread.
 *
 * Returns: whether it is
 */
gboolean
purge_json_scan (const char  *text,
                 gsize        length,
                 const char **problem)
{
  Scan scan = { NULL };
  gboolean good;

  g_return_val_if_fail (text != NULL || length == 0, FALSE);

  scan.at = text != NULL ? text : "";
  scan.end = scan.at + length;
  good = scan_text (&scan);

  if (problem != NULL)
    *problem = scan.problem;
  return good;
}
