/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The rules of what a directory and a URL may not be. Knows how they must be written, and not
 * whether there is one. A rule holds for both, unless it says that a URL may be so. It is a judge
 * and not a parser: what two programs could read in two ways is refused and not guessed at, since
 * the server is one of those programs. Hosts have a judge of their own. Nothing is allocated. */

#define G_LOG_DOMAIN "purge-piece"
#define _GNU_SOURCE /* memmem(), memrchr() */

#include "config.h"

#include "purge-piece.h"

#include <string.h>

#include "purge-directory.h"
#include "purge-file-ending.h"

/* What is asked for besides kinds of characters: a plain directory is asked about nothing. */
enum {
  PIECE_IS_EMPTY = 1 << 24,
  PIECE_IS_LONG = 1 << 25,
  PIECE_HAS_NO_SCHEME = 1 << 26,
  PIECE_HAS_ODD_SEGMENT = 1 << 27,
  PIECE_HAS_NO_FINAL_SLASH = 1 << 28,
};

static const char *
find_byte (const char *from,
           const char *end,
           char        byte)
{
  const char *found = memchr (from, byte, end - from);

  return found != NULL ? found : end;
}

static const char *
skip_authority (const PurgePiece *piece)
{
  const char *end = piece->text + piece->length;
  const char *p = find_byte (piece->authority, end, '/');

  if ((piece->kinds & (PURGE_CHARACTERS_QUESTION | PURGE_CHARACTERS_HASH)) != 0)
    for (end = p, p = piece->authority; p < end && *p != '?' && *p != '#';)
      p++;

  return p;
}

/* A segment that is empty or begins with a dot or a code; nearly none does. */
static gboolean
has_odd_segment (const PurgePiece *piece)
{
  const char *end = piece->path + piece->path_length;
  const char *p = piece->path;

  while ((p = memchr (p, '/', end - p)) != NULL && ++p < end)
    if (*p == '/' || *p == '.' || *p == '%')
      return TRUE;

  return FALSE;
}

/* The comparison of case is for the few that need it. */
static gboolean
begins_with (const char *text,
             gsize       length,
             const char *scheme)
{
  const gsize n = strlen (scheme);

  return length >= n &&
         (memcmp (text, scheme, n) == 0 || g_ascii_strncasecmp (text, scheme, n) == 0);
}

static gsize
measure_scheme (const char *text,
                gsize       length,
                gboolean   *secure)
{
  *secure = begins_with (text, length, "https://");
  if (*secure)
    return strlen ("https://");

  return begins_with (text, length, "http://") ? strlen ("http://") : 0;
}

/* Rules of the text */

static gboolean
has_it_at_all (const PurgePiece *piece)
{
  return TRUE;
}

static PurgeCharacters
last_kinds (const char *text,
            gsize       length)
{
  gsize bytes;

  return purge_characters_last (text, length, &bytes);
}

/* How long the path and the query are without blanks, which go where a fragment does. */
static gsize
measure_tail (const PurgePiece *piece)
{
  gsize length = piece->path_length + piece->query_length;
  gsize bytes;

  while (length > 0 && (purge_characters_last (piece->path, length, &bytes) &
                        (PURGE_CHARACTERS_SPACE | PURGE_CHARACTERS_BLANK)) != 0)
    length -= bytes;

  return length;
}

/* A URL without its fragment ends where that began, and a directory in its slash. */
static gboolean
has_at_end (const PurgePiece *piece,
            PurgeCharacters   kind)
{
  return (last_kinds (piece->text, piece->length) & kind) != 0 ||
         (piece->kind == PURGE_KIND_URL &&
          (last_kinds (piece->path, measure_tail (piece)) & kind) != 0);
}

static gboolean
has_at_start (const PurgePiece *piece,
              PurgeCharacters   kind)
{
  gsize bytes;

  return (purge_characters_first (piece->text, piece->length, &bytes) & kind) != 0;
}

static gboolean
has_at_either_end (const PurgePiece *piece,
                   PurgeCharacters   kind)
{
  return has_at_start (piece, kind) || has_at_end (piece, kind);
}

static gboolean
has_quotation_mark_at_end (const PurgePiece *piece)
{
  return has_at_either_end (piece, PURGE_CHARACTERS_QUOTE);
}

static gsize
count_byte (const char *text,
            gsize       length,
            char        byte)
{
  gsize count = 0;

  for (gsize i = 0; i < length; i++)
    count += text[i] == byte;

  return count;
}

/* `/wiki/Name_(thing)`, where a directory goes on with its slash. */
static gboolean
ends_in_pair (const PurgePiece *piece)
{
  const gsize length = measure_tail (piece);

  return piece->kind == PURGE_KIND_URL && length > 0 && piece->path[length - 1] == ')' &&
         count_byte (piece->path, length, '(') == count_byte (piece->path, length, ')');
}

/* The bracket that closes an IPv6 address is meant. */
static gboolean
ends_in_address (const PurgePiece *piece)
{
  return piece->authority_length > 0 && piece->authority[0] == '[' &&
         piece->path == piece->text + piece->length;
}

static gboolean
has_bracket_at_end (const PurgePiece *piece)
{
  return has_at_start (piece, PURGE_CHARACTERS_BRACKET) ||
         (has_at_end (piece, PURGE_CHARACTERS_BRACKET) && !ends_in_address (piece) &&
          !ends_in_pair (piece));
}

static gboolean
has_cjk_punctuation_at_end (const PurgePiece *piece)
{
  return has_at_either_end (piece, PURGE_CHARACTERS_CJK);
}

static gboolean
ends_in_comma (const PurgePiece *piece)
{
  return has_at_end (piece, PURGE_CHARACTERS_COMMA);
}

/* Percent-codes */

static gboolean
has_code (const PurgePiece *piece,
          const char       *digits)
{
  for (gsize i = 0; i + 2 < piece->length; i++)
    if (piece->text[i] == '%' && g_ascii_strncasecmp (piece->text + i + 1, digits, 2) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
has_wildcard (const PurgePiece *piece)
{
  return (piece->kinds & PURGE_CHARACTERS_STAR) != 0 || has_code (piece, "2a");
}

static gboolean
has_backslash (const PurgePiece *piece)
{
  return (piece->kinds & PURGE_CHARACTERS_BACKSLASH) != 0 || has_code (piece, "5c");
}

/* In a query it divides nothing. */
static gboolean
has_encoded_slash (const PurgePiece *piece)
{
  for (gsize i = 0; i + 2 < piece->path_length; i++)
    if (g_ascii_strncasecmp (piece->path + i, "%2f", 3) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
has_encoded_control (const PurgePiece *piece)
{
  for (gsize i = 0; i + 2 < piece->length; i++)
    if (piece->text[i] == '%' && g_ascii_isxdigit (piece->text[i + 2]) &&
        (piece->text[i + 1] == '0' || piece->text[i + 1] == '1'))
      return TRUE;

  return has_code (piece, "7f");
}

static gboolean
has_malformed_code (const PurgePiece *piece)
{
  const gsize length = piece->path_length + piece->query_length;

  for (gsize i = 0; i < length; i++)
    if (piece->path[i] == '%' &&
        (i + 2 >= length || !g_ascii_isxdigit (piece->path[i + 1]) ||
         !g_ascii_isxdigit (piece->path[i + 2])))
      return TRUE;

  return FALSE;
}

/* Schemes */

static gsize
measure_scheme_name (const PurgePiece *piece)
{
  gsize n = 0;

  while (n < piece->length &&
         (g_ascii_isalpha (piece->text[n]) ||
          (n > 0 && (g_ascii_isdigit (piece->text[n]) || strchr ("+-", piece->text[n]) != NULL))))
    n++;

  return n;
}

/* What is typed for "://" by accident: too little, too much, or in full width. */
static gboolean
goes_on_like_a_scheme (const char *p,
                       const char *end)
{
  return p < end && (strchr (":;/", *p) != NULL ||
                     (end - p >= 3 && (memcmp (p, "：", 3) == 0 || memcmp (p, "；", 3) == 0)));
}

static gboolean
has_misspelt_scheme (const PurgePiece *piece)
{
  static const char * const names[] = {
    "http", "https", "ttp", "ttps", "htp", "htps", "hxxp", "hxxps", "hhttp", "hhttps",
  };
  gsize length = measure_scheme_name (piece);
  const char *rest = piece->text + length;

  if (!goes_on_like_a_scheme (rest, piece->text + piece->length))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strlen (names[i]) == length && g_ascii_strncasecmp (piece->text, names[i], length) == 0)
      return TRUE;

  return FALSE;
}

/* `example:8080/` is a host and a port, `mailto:a@example.com` is a scheme. */
static gboolean
has_other_scheme (const PurgePiece *piece)
{
  gsize length = measure_scheme_name (piece);
  const char *rest = piece->text + length;

  return length > 0 && length < piece->length && *rest == ':' &&
         !(length + 1 < piece->length && g_ascii_isdigit (rest[1]));
}

static gboolean
has_query (const PurgePiece *piece)
{
  return piece->kind == PURGE_KIND_DIRECTORY && piece->query_length > 0;
}

/* Rules of the path */

static gboolean
has_double_slash (const PurgePiece *piece)
{
  return memmem (piece->path, piece->path_length, "//", 2) != NULL;
}

/* How many bytes a dot has at @p: 1, or 3 as a code, or 0 where there is none. */
static gsize
measure_dot (const char *p,
             const char *end)
{
  if (p < end && *p == '.')
    return 1;

  return end - p >= 3 && g_ascii_strncasecmp (p, "%2e", 3) == 0 ? 3 : 0;
}

static gboolean
has_dot_segment (const PurgePiece *piece)
{
  const char *end = piece->path + piece->path_length;
  const char *p = piece->path;

  while ((p = memchr (p, '/', end - p)) != NULL)
    {
      gsize dot = measure_dot (++p, end);

      if (dot == 0)
        continue;
      p += dot;
      p += measure_dot (p, end);
      if (p == end || *p == '/')
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_unsafe_character (const PurgePiece *piece)
{
  const gsize length = piece->path_length + piece->query_length;

  return (purge_characters_in (piece->path, length) & PURGE_CHARACTERS_UNSAFE) != 0;
}

static gboolean
is_file (const PurgePiece *piece)
{
  const char *slash = memrchr (piece->path, '/', piece->path_length);
  const char *end = piece->path + piece->path_length;

  return piece->kind == PURGE_KIND_DIRECTORY && slash != NULL &&
         purge_file_ending_is_known (slash + 1, end - slash - 1);
}

typedef struct
{
  guint          asks_for;
  PurgeProblem   problem;
  gboolean     (*is_broken) (const PurgePiece *piece);
} Rule;

/* Each rule is asked only where the text has one of the things that it asks for. The first that is
 * broken is told. */
static const Rule text_rules[] = {
  { PIECE_IS_EMPTY, PURGE_PROBLEM_EMPTY, has_it_at_all },
  { PIECE_IS_LONG, PURGE_PROBLEM_TOO_LONG, has_it_at_all },
  { PURGE_CHARACTERS_INVALID, PURGE_PROBLEM_INVALID_UTF8, has_it_at_all },
  { PURGE_CHARACTERS_CONTROL, PURGE_PROBLEM_CONTROL, has_it_at_all },
  { PURGE_CHARACTERS_DAMAGED, PURGE_PROBLEM_DAMAGED, has_it_at_all },
  { PURGE_CHARACTERS_BIDI, PURGE_PROBLEM_BIDI, has_it_at_all },
  { PURGE_CHARACTERS_INVISIBLE, PURGE_PROBLEM_INVISIBLE, has_it_at_all },
  { PURGE_CHARACTERS_QUOTE, PURGE_PROBLEM_QUOTATION_MARK, has_quotation_mark_at_end },
  { PURGE_CHARACTERS_BRACKET, PURGE_PROBLEM_BRACKET, has_bracket_at_end },
  { PURGE_CHARACTERS_CJK, PURGE_PROBLEM_CJK_PUNCTUATION, has_cjk_punctuation_at_end },
  { PURGE_CHARACTERS_COMMA, PURGE_PROBLEM_PUNCTUATION, ends_in_comma },
  { PURGE_CHARACTERS_STAR | PURGE_CHARACTERS_PERCENT, PURGE_PROBLEM_WILDCARD, has_wildcard },
  { PURGE_CHARACTERS_BACKSLASH | PURGE_CHARACTERS_PERCENT, PURGE_PROBLEM_BACKSLASH, has_backslash },
  { PIECE_HAS_NO_SCHEME, PURGE_PROBLEM_MISSPELT_SCHEME, has_misspelt_scheme },
  { PIECE_HAS_NO_SCHEME, PURGE_PROBLEM_OTHER_SCHEME, has_other_scheme },
  { PIECE_HAS_NO_SCHEME, PURGE_PROBLEM_NO_SCHEME, has_it_at_all },
  { PURGE_CHARACTERS_BLANK, PURGE_PROBLEM_UNUSUAL_BLANK, has_it_at_all },
  { PURGE_CHARACTERS_QUESTION, PURGE_PROBLEM_QUERY, has_query },
};

static const Rule path_rules[] = {
  { PIECE_HAS_ODD_SEGMENT, PURGE_PROBLEM_DOUBLE_SLASH, has_double_slash },
  { PURGE_CHARACTERS_PERCENT, PURGE_PROBLEM_MALFORMED_CODE, has_malformed_code },
  { PURGE_CHARACTERS_PERCENT, PURGE_PROBLEM_ENCODED_SLASH, has_encoded_slash },
  { PURGE_CHARACTERS_PERCENT, PURGE_PROBLEM_ENCODED_CONTROL, has_encoded_control },
  { PIECE_HAS_ODD_SEGMENT, PURGE_PROBLEM_DOT_SEGMENT, has_dot_segment },
  { PURGE_CHARACTERS_UNSAFE, PURGE_PROBLEM_PATH_CHARACTER, has_unsafe_character },
  { PIECE_HAS_NO_FINAL_SLASH, PURGE_PROBLEM_FILE, is_file },
};

static PurgeProblem
first_broken (const Rule       *rules,
              gsize             n_rules,
              const PurgePiece *piece)
{
  if (piece->kinds == 0)
    return PURGE_PROBLEM_NONE;

  for (gsize i = 0; i < n_rules; i++)
    if ((piece->kinds & rules[i].asks_for) != 0 && rules[i].is_broken (piece))
      return rules[i].problem;

  return PURGE_PROBLEM_NONE;
}

static guint
find_oddities (const PurgePiece *piece)
{
  guint kinds = 0;

  if (piece->length == 0)
    kinds |= PIECE_IS_EMPTY;
  if (piece->length > PURGE_DIRECTORY_MAX_BYTES)
    kinds |= PIECE_IS_LONG;
  if (piece->scheme_length == 0)
    kinds |= PIECE_HAS_NO_SCHEME;
  if (has_odd_segment (piece))
    kinds |= PIECE_HAS_ODD_SEGMENT;
  if (piece->path_length > 0 && piece->path[piece->path_length - 1] != '/')
    kinds |= PIECE_HAS_NO_FINAL_SLASH;

  return kinds;
}

/**
 * purge_piece_cut:
 * @piece: (out caller-allocates): the pieces; they point into @text
 * @text: (array length=length): any bytes
 * @length: how many
 * @kind: what it is to be
 *
 * Cuts a text where a URL has its seams.
 */
void
purge_piece_cut (PurgePiece *piece,
                 const char *text,
                 gsize       length,
                 PurgeKind   kind)
{
  const char *end = text + length;
  const char *query;

  piece->text = text;
  piece->length = length;
  piece->kind = kind;
  piece->kinds = purge_characters_in (text, length);
  piece->scheme_length = measure_scheme (text, length, &piece->secure);
  piece->authority = text + piece->scheme_length;
  piece->path = skip_authority (piece);
  piece->authority_length = piece->path - piece->authority;

  if ((piece->kinds & PURGE_CHARACTERS_HASH) != 0)
    end = find_byte (piece->path, end, '#');
  query = (piece->kinds & PURGE_CHARACTERS_QUESTION) != 0 ? find_byte (piece->path, end, '?') : end;
  piece->path_length = query - piece->path;
  piece->query_length = end - query;
  piece->kinds |= find_oddities (piece);
}

/**
 * purge_piece_judge_text:
 * @piece: a piece
 *
 * Judges all of a text but its host and its path.
 *
 * Returns: the first thing that is wrong, or %PURGE_PROBLEM_NONE
 */
PurgeProblem
purge_piece_judge_text (const PurgePiece *piece)
{
  return first_broken (text_rules, G_N_ELEMENTS (text_rules), piece);
}

/**
 * purge_piece_judge_path:
 * @piece: a piece whose text and host are good
 *
 * Judges the path.
 *
 * Returns: the first thing that is wrong, or %PURGE_PROBLEM_NONE
 */
PurgeProblem
purge_piece_judge_path (const PurgePiece *piece)
{
  return first_broken (path_rules, G_N_ELEMENTS (path_rules), piece);
}
