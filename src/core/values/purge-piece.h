/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-character.h"
#include "purge-kind.h"
#include "purge-problem.h"

G_BEGIN_DECLS

/**
 * PurgePiece:
 * @text: (array length=length): the text, without blanks at its ends; not owned
 * @length: its length in bytes
 * @kind: what it is to be
 * @kinds: the kinds of all its characters, and what rules ask for besides
 * @scheme_length: how long http:// or https:// at the start is, or 0
 * @secure: whether that is https
 * @authority: what follows, up to the path
 * @authority_length: its length in bytes
 * @path: what follows, up to the query or the fragment
 * @path_length: its length in bytes
 * @query_length: how long the query is that follows, with its `?`; 0 where there is none
 *
 * A text, cut where a URL has its seams, whether it is one or not.
 */
typedef struct {
  const char      *text;
  gsize            length;
  PurgeKind        kind;
  guint            kinds;
  gsize            scheme_length;
  gboolean         secure;
  const char      *authority;
  gsize            authority_length;
  const char      *path;
  gsize            path_length;
  gsize            query_length;
} PurgePiece;

void         purge_piece_cut        (PurgePiece       *piece,
                                     const char       *text,
                                     gsize             length,
                                     PurgeKind         kind);
PurgeProblem purge_piece_judge_text (const PurgePiece *piece);
PurgeProblem purge_piece_judge_path (const PurgePiece *piece);

G_END_DECLS
