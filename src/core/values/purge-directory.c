/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* One piece of text, judged and mended: the directory or URL that would be sent, or what is wrong
 * with it. Knows which mends are safe, since they change how it is written and not which one it is.
 * Nothing is allocated here but what the caller's string needs. */

#define G_LOG_DOMAIN "purge-directory"

#include "config.h"

#include "purge-directory.h"

#include <string.h>

#include "purge-append.h"
#include "purge-host.h"
#include "purge-piece.h"

static gboolean
is_blank (PurgeCharacters kinds,
          char            byte)
{
  return (kinds & (PURGE_CHARACTERS_SPACE | PURGE_CHARACTERS_BLANK)) != 0 ||
         byte == '\n' || byte == '\r';
}

static void
trim_blanks (const char **text,
             gsize       *length,
             PurgeMends  *mends)
{
  const gsize given = *length;
  gsize bytes;

  /* Nearly every text. */
  if (given > 0 && g_ascii_isgraph ((*text)[0]) && g_ascii_isgraph ((*text)[given - 1]))
    return;

  while (*length > 0 && is_blank (purge_characters_first (*text, *length, &bytes), **text))
    {
      *text += bytes;
      *length -= bytes;
    }
  while (*length > 0 &&
         is_blank (purge_characters_last (*text, *length, &bytes), (*text)[*length - 1]))
    *length -= bytes;

  if (*length != given)
    *mends |= PURGE_MENDS_BLANKS_TRIMMED;
}

static void
append_scheme (GString          *url,
               const PurgePiece *piece,
               PurgeMends       *mends)
{
  const char *scheme = piece->secure ? "https://" : "http://";

  purge_append (url, scheme, piece->scheme_length);
  if (memcmp (piece->text, scheme, piece->scheme_length) != 0)
    *mends |= PURGE_MENDS_SCHEME_LOWERED;
}

static void
append_encoded (GString    *url,
                const char *path,
                gsize       length,
                PurgeMends *mends)
{
  static const char digits[] = "0123456789ABCDEF";

  for (gsize i = 0; i < length; i++)
    {
      guchar byte = path[i];

      if (byte > ' ' && byte < 0x7f)
        {
          g_string_append_c (url, byte);
          continue;
        }

      g_string_append_c (url, '%');
      g_string_append_c (url, digits[byte >> 4]);
      g_string_append_c (url, digits[byte & 0xf]);
      *mends |= byte == ' ' ? PURGE_MENDS_BLANK_ENCODED : PURGE_MENDS_PATH_ENCODED;
    }
}

/* A blank that only the fragment kept away from the end is one at the end. */
static void
drop_fragment (PurgePiece *piece,
               PurgeMends *mends)
{
  gsize length = piece->path_length + piece->query_length;

  if (piece->path + length == piece->text + piece->length)
    return;

  *mends |= PURGE_MENDS_FRAGMENT_DROPPED;
  trim_blanks (&piece->path, &length, mends);
  if (piece->query_length > 0)
    piece->query_length = length - piece->path_length;
  else
    piece->path_length = length;
}

/* A directory ends in a slash; a URL has a path. */
static gboolean
lacks_slash (const PurgePiece *piece)
{
  return piece->path_length == 0 ||
         (piece->kind == PURGE_KIND_DIRECTORY && piece->path[piece->path_length - 1] != '/');
}

static void
append_path (GString          *url,
             const PurgePiece *piece,
             PurgeMends       *mends)
{
  if ((piece->kinds & (PURGE_CHARACTERS_WIDE | PURGE_CHARACTERS_SPACE)) == 0)
    purge_append (url, piece->path, piece->path_length);
  else
    append_encoded (url, piece->path, piece->path_length, mends);

  if (lacks_slash (piece))
    {
      g_string_append_c (url, '/');
      *mends |= PURGE_MENDS_SLASH_ADDED;
    }

  append_encoded (url, piece->path + piece->path_length, piece->query_length, mends);
}

static PurgeProblem
judge_piece (PurgePiece *piece,
             GString    *url,
             PurgeMends *mends)
{
  PurgeProblem problem = purge_piece_judge_text (piece);

  if (problem != PURGE_PROBLEM_NONE)
    return problem;

  append_scheme (url, piece, mends);
  problem = purge_host_judge_authority (piece->authority, piece->authority_length, piece->secure,
                                        url, mends);
  if (problem != PURGE_PROBLEM_NONE)
    return problem;

  drop_fragment (piece, mends);
  problem = purge_piece_judge_path (piece);
  if (problem != PURGE_PROBLEM_NONE)
    return problem;

  append_path (url, piece, mends);
  return url->len > PURGE_DIRECTORY_MAX_BYTES ? PURGE_PROBLEM_TOO_LONG : PURGE_PROBLEM_NONE;
}

/**
 * purge_directory_judge:
 * @text: (array length=length): one piece of text, any bytes
 * @length: its length in bytes, or -1 where it ends in NUL
 * @kind: what it is to be: a directory or a URL
 * @url: is set to what is to be sent, or emptied where there is a problem
 * @mends: (out): what was changed between @text and @url; nothing where there is a problem
 *
 * Judges and mends one piece of text. What comes out is printable ASCII, at most
 * %PURGE_DIRECTORY_MAX_BYTES long, and judged again gives itself without a mend. A directory ends
 * in `/`. A URL may end like a file and have a query; in that, slashes mean nothing.
 *
 * Tencent's documents ask for both to begin with http:// or https://; that its host is one
 * of the account's own, only the server can know.
 *
 * Returns: %PURGE_PROBLEM_NONE, or the first thing that is wrong
 */
PurgeProblem
purge_directory_judge (const char *text,
                       gssize      length,
                       PurgeKind   kind,
                       GString    *url,
                       PurgeMends *mends)
{
  gsize bytes = length < 0 ? strlen (text) : (gsize) length;
  PurgeProblem problem;
  PurgePiece piece;

  g_string_truncate (url, 0);
  *mends = PURGE_MENDS_NONE;

  trim_blanks (&text, &bytes, mends);
  purge_piece_cut (&piece, text, bytes, kind);
  problem = judge_piece (&piece, url, mends);

  if (problem != PURGE_PROBLEM_NONE)
    {
      g_string_truncate (url, 0);
      *mends = PURGE_MENDS_NONE;
    }

  return problem;
}

/**
 * purge_directory_dup_host:
 * @url: a directory without a problem
 *
 * Returns: (transfer full): its host, with the port where it has one
 */
char *
purge_directory_dup_host (const char *url)
{
  const char *authority = strstr (url, "://");

  g_return_val_if_fail (authority != NULL, NULL);

  authority += strlen ("://");
  return g_strndup (authority, strcspn (authority, "/"));
}

/**
 * purge_directory_is_root:
 * @url: a directory without a problem
 *
 * Returns: whether it is a whole site
 */
gboolean
purge_directory_is_root (const char *url)
{
  const char *authority = strstr (url, "://");

  g_return_val_if_fail (authority != NULL, FALSE);

  authority += strlen ("://");
  return g_str_equal (authority + strcspn (authority, "/"), "/");
}
