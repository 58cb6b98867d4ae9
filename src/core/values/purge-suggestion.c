/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What a person may have meant. Knows for each problem the one change that would mend it, and
 * leaves it to the judge whether that is enough. A suggestion is only ever offered: none of these
 * changes is sure to be right. There is none for a user name, since the rest may be a trap. */

#define G_LOG_DOMAIN "purge-suggestion"

#include "config.h"

#include "purge-directory.h"

#include <string.h>

#include "purge-character.h"

/* A text may have several problems; a text that has more than these is not worth guessing at. */
#define MAX_STEPS 8

static const char *
find_authority (const char *text)
{
  const char *slashes = strstr (text, "://");

  return slashes != NULL ? slashes + strlen ("://") : text;
}

static const char *
find_path (const char *text)
{
  const char *authority = find_authority (text);

  return authority + strcspn (authority, "/?#");
}

static char *
strip_kinds (const char      *text,
             PurgeCharacters  kinds)
{
  gsize length = strlen (text);
  gsize bytes;

  while ((purge_characters_first (text, length, &bytes) & kinds) != 0)
    {
      text += bytes;
      length -= bytes;
    }
  while ((purge_characters_last (text, length, &bytes) & kinds) != 0)
    length -= bytes;

  return g_strndup (text, length);
}

static char *
strip_wrapping (const char *text)
{
  return strip_kinds (text, PURGE_CHARACTERS_QUOTE | PURGE_CHARACTERS_BRACKET |
                            PURGE_CHARACTERS_CJK | PURGE_CHARACTERS_COMMA |
                            PURGE_CHARACTERS_SPACE | PURGE_CHARACTERS_BLANK);
}

/* `/wiki/Name_(thing)` is likely to mean its bracket. */
static char *
strip_bracket (const char *text)
{
  const char *open = strrchr (text, '(');
  gsize bytes;
  gsize length = strlen (text);

  if (open != NULL && length > 0 && text[length - 1] == ')' &&
      (purge_characters_first (text, length, &bytes) & PURGE_CHARACTERS_BRACKET) == 0)
    return g_strconcat (text, "/", NULL);

  return strip_wrapping (text);
}

static char *
replace_kinds (const char      *text,
               PurgeCharacters  kinds,
               const char      *replacement)
{
  GString *string = g_string_new (NULL);

  if (!g_utf8_validate (text, -1, NULL))
    return g_string_free (string, TRUE);

  for (; *text != '\0'; text = g_utf8_next_char (text))
    if ((purge_characters_of (g_utf8_get_char (text)) & kinds) != 0)
      g_string_append (string, replacement);
    else
      g_string_append_unichar (string, g_utf8_get_char (text));

  return g_string_free (string, FALSE);
}

static char *
remove_unseen (const char *text)
{
  return replace_kinds (text, PURGE_CHARACTERS_BIDI | PURGE_CHARACTERS_INVISIBLE, "");
}

static char *
use_plain_blanks (const char *text)
{
  return replace_kinds (text, PURGE_CHARACTERS_BLANK, " ");
}

/* A backslash in the host is how one host is made to look like another. */
static char *
use_slashes (const char *text)
{
  const char *backslash = strchr (text, '\\');
  const char *authority = strstr (text, "://");

  if (backslash == NULL || (authority != NULL && backslash < find_path (text)))
    return NULL;

  return replace_kinds (text, PURGE_CHARACTERS_BACKSLASH, "/");
}

static char *
respell_scheme (const char *text)
{
  gsize length = strspn (text, "HTPXShtpxs");
  gboolean secure = length > 0 && g_ascii_tolower (text[length - 1]) == 's';
  const char *rest = text + length;

  while (strchr (":;/", *rest) != NULL || g_str_has_prefix (rest, "：") ||
         g_str_has_prefix (rest, "；") || g_str_has_prefix (rest, "／"))
    {
      if (*rest == '\0')
        return NULL;
      rest = g_utf8_next_char (rest);
    }

  return g_strconcat (secure ? "https://" : "http://", rest, NULL);
}

/* Anything without a scheme is a word; only one that looks like a host is worth a suggestion. */
static char *
add_scheme (const char *text)
{
  const char *rest = text + strspn (text, "/");
  const char *dot = strchr (rest, '.');

  if (dot == NULL || dot == rest || dot > rest + strcspn (rest, "/ ") || !g_ascii_isalnum (dot[1]))
    return NULL;

  return g_strconcat ("https://", rest, NULL);
}

static char *
drop_query (const char *text)
{
  return g_strndup (text, strcspn (text, "?"));
}

static char *
find_host (const char *text)
{
  const char *authority = find_authority (text);
  g_autofree char *scheme = g_strndup (text, authority - text);

  return g_strconcat (scheme, authority + strspn (authority, "/"), NULL);
}

/* Drops what of @bytes stands at the end of the host, or of the port where there is one. */
static char *
strip_authority (const char *text,
                 const char *bytes,
                 gboolean    before_port)
{
  const char *authority = find_authority (text);
  const char *end = authority + strcspn (authority, before_port ? ":/?#" : "/?#");
  const char *kept = end;
  g_autofree char *head = NULL;

  while (kept > authority && strchr (bytes, kept[-1]) != NULL)
    kept--;

  head = g_strndup (text, kept - text);
  return g_strconcat (head, end, NULL);
}

static char *
drop_host_dot (const char *text)
{
  return strip_authority (text, ".", TRUE);
}

static char *
drop_empty_port (const char *text)
{
  return strip_authority (text, ":", FALSE);
}

static char *
merge_slashes (const char *text)
{
  const char *path = find_path (text);
  GString *string = g_string_new_len (text, path - text);

  for (; *path != '\0'; path++)
    if (*path != '/' || path[1] != '/')
      g_string_append_c (string, *path);

  return g_string_free (string, FALSE);
}

static char *
decode_slashes (const char *text)
{
  GString *string = g_string_new (text);

  g_string_replace (string, "%2F", "/", 0);
  g_string_replace (string, "%2f", "/", 0);

  return g_string_free (string, FALSE);
}

static char *
encode_percent (const char *text)
{
  GString *string = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      g_string_append_c (string, *text);
      if (*text == '%' && !(g_ascii_isxdigit (text[1]) && g_ascii_isxdigit (text[2])))
        g_string_append (string, "25");
    }

  return g_string_free (string, FALSE);
}

static char *
encode_unsafe (const char *text)
{
  const char *path = find_path (text);
  GString *string = g_string_new_len (text, path - text);

  for (; *path != '\0'; path++)
    if ((guchar) *path < 0x80 && (purge_characters_of (*path) & PURGE_CHARACTERS_UNSAFE) != 0)
      g_string_append_printf (string, "%%%02X", (guint) *path);
    else
      g_string_append_c (string, *path);

  return g_string_free (string, FALSE);
}

/* What browsers make of dot segments (RFC 3986, 5.2.4). */
static char *
resolve_dots (const char *text)
{
  const char *path = find_path (text);
  g_autofree char *head = g_strndup (text, path - text);
  g_autoptr (GString) plain = g_string_new (path);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  g_autofree char *joined = NULL;
  g_auto (GStrv) parts = NULL;

  g_string_replace (plain, "%2e", ".", 0);
  g_string_replace (plain, "%2E", ".", 0);
  parts = g_strsplit (plain->str, "/", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (g_str_equal (parts[i], ".."))
      g_ptr_array_set_size (kept, MAX ((gint) kept->len - 1, 1));
    else if (!g_str_equal (parts[i], "."))
      g_ptr_array_add (kept, parts[i]);

  g_ptr_array_add (kept, NULL);
  joined = g_strjoinv ("/", (GStrv) kept->pdata);
  return g_strconcat (head, joined, NULL);
}

static char *
drop_last_name (const char *text)
{
  const char *slash = strrchr (find_path (text), '/');

  return slash != NULL ? g_strndup (text, slash + 1 - text) : NULL;
}

/* A wildcard in the last name means what is in the directory; elsewhere, many directories. */
static char *
drop_wildcard (const char *text)
{
  const char *path = find_path (text);
  const char *star = strchr (text, '*');

  return star != NULL && star > path && strchr (star, '/') == NULL ? drop_last_name (text) : NULL;
}

/* Where a change is right: in a query, slashes and dots mean nothing. */
typedef enum {
  SCOPE_TEXT,
  SCOPE_PATH,
  SCOPE_TEXT_OF_DIRECTORY,
  SCOPE_TEXT_OF_URL,
} Scope;

static const struct
{
  PurgeProblem   problem;
  Scope          scope;
  char        *(*change) (const char *text);
} changes[] = {
  { PURGE_PROBLEM_BIDI, SCOPE_TEXT, remove_unseen },
  { PURGE_PROBLEM_INVISIBLE, SCOPE_TEXT, remove_unseen },
  { PURGE_PROBLEM_QUOTATION_MARK, SCOPE_TEXT, strip_wrapping },
  { PURGE_PROBLEM_BRACKET, SCOPE_TEXT_OF_DIRECTORY, strip_bracket },
  { PURGE_PROBLEM_BRACKET, SCOPE_TEXT_OF_URL, strip_wrapping },
  { PURGE_PROBLEM_CJK_PUNCTUATION, SCOPE_TEXT, strip_wrapping },
  { PURGE_PROBLEM_PUNCTUATION, SCOPE_TEXT, strip_wrapping },
  { PURGE_PROBLEM_WILDCARD, SCOPE_TEXT_OF_DIRECTORY, drop_wildcard },
  { PURGE_PROBLEM_BACKSLASH, SCOPE_TEXT, use_slashes },
  { PURGE_PROBLEM_MISSPELT_SCHEME, SCOPE_TEXT, respell_scheme },
  { PURGE_PROBLEM_NO_SCHEME, SCOPE_TEXT, add_scheme },
  { PURGE_PROBLEM_UNUSUAL_BLANK, SCOPE_TEXT, use_plain_blanks },
  { PURGE_PROBLEM_QUERY, SCOPE_TEXT, drop_query },
  { PURGE_PROBLEM_NO_HOST, SCOPE_TEXT, find_host },
  { PURGE_PROBLEM_HOST_DOT, SCOPE_TEXT, drop_host_dot },
  { PURGE_PROBLEM_PORT, SCOPE_TEXT, drop_empty_port },
  { PURGE_PROBLEM_DOUBLE_SLASH, SCOPE_PATH, merge_slashes },
  { PURGE_PROBLEM_MALFORMED_CODE, SCOPE_TEXT, encode_percent },
  { PURGE_PROBLEM_ENCODED_SLASH, SCOPE_PATH, decode_slashes },
  { PURGE_PROBLEM_DOT_SEGMENT, SCOPE_PATH, resolve_dots },
  { PURGE_PROBLEM_PATH_CHARACTER, SCOPE_TEXT, encode_unsafe },
  { PURGE_PROBLEM_FILE, SCOPE_TEXT, drop_last_name },
};

static gboolean
is_for_kind (Scope     scope,
             PurgeKind kind)
{
  return scope != (kind == PURGE_KIND_URL ? SCOPE_TEXT_OF_DIRECTORY : SCOPE_TEXT_OF_URL);
}

static char *
change_in_scope (const char *text,
                 Scope       scope,
                 char     *(*change) (const char *text))
{
  const gsize length = scope == SCOPE_PATH ? strcspn (text, "?") : strlen (text);
  g_autofree char *head = g_strndup (text, length);
  g_autofree char *changed = change (head);

  return changed != NULL ? g_strconcat (changed, text + length, NULL) : NULL;
}

static char *
change_text (const char   *text,
             PurgeKind     kind,
             PurgeProblem  problem)
{
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    if (changes[i].problem == problem && is_for_kind (changes[i].scope, kind))
      return change_in_scope (text, changes[i].scope, changes[i].change);

  return NULL;
}

/**
 * purge_directory_suggest:
 * @text: a text that has a problem
 * @kind: what it is to be
 * @problem: the problem that purge_directory_judge() found
 *
 * Guesses which directory or URL is meant.
 *
 * Returns: (transfer full) (nullable): one that has no problem and needs no mend, or %NULL
 *   where there is nothing worth to suggest
 */
char *
purge_directory_suggest (const char   *text,
                         PurgeKind     kind,
                         PurgeProblem  problem)
{
  g_autoptr (GString) url = g_string_new (NULL);
  g_autofree char *current = g_strndup (text, strcspn (text, "#"));
  PurgeMends mends;

  for (guint i = 0; i < MAX_STEPS; i++)
    {
      g_autofree char *changed = change_text (current, kind, problem);

      if (changed == NULL || g_str_equal (changed, current))
        return NULL;

      problem = purge_directory_judge (changed, -1, kind, url, &mends);
      if (problem == PURGE_PROBLEM_NONE)
        return g_string_free (g_steal_pointer (&url), FALSE);

      g_free (current);
      current = g_steal_pointer (&changed);
    }

  return NULL;
}
