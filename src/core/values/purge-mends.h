/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PurgeMends:
 * @PURGE_MENDS_NONE: nothing was changed
 * @PURGE_MENDS_MERGED: the same directory or URL stands elsewhere already (only a whole text knows)
 * @PURGE_MENDS_BLANKS_TRIMMED: blanks at either end went
 * @PURGE_MENDS_FRAGMENT_DROPPED: `#` and what follows went; it never reaches a server
 * @PURGE_MENDS_SCHEME_LOWERED: the scheme became lower case
 * @PURGE_MENDS_HOST_LOWERED: the host became lower case
 * @PURGE_MENDS_HOST_ENCODED: an international host became punycode
 * @PURGE_MENDS_ADDRESS_REWRITTEN: an IPv6 address became canonical (RFC 5952)
 * @PURGE_MENDS_PORT_DROPPED: the scheme's own port went
 * @PURGE_MENDS_BLANK_ENCODED: a blank in the path or query became `%20`
 * @PURGE_MENDS_PATH_ENCODED: other than ASCII in the path or query was percent-encoded as UTF-8
 * @PURGE_MENDS_SLASH_ADDED: the final `/` of the path was added
 *
 * What was changed so that a directory or URL can be sent. None of these changes what it means.
 * The nicks are the identifiers that scripts see: they never change.
 */
typedef enum {
  PURGE_MENDS_NONE = 0,
  PURGE_MENDS_MERGED = 1 << 0,
  PURGE_MENDS_BLANKS_TRIMMED = 1 << 1,
  PURGE_MENDS_FRAGMENT_DROPPED = 1 << 2,
  PURGE_MENDS_SCHEME_LOWERED = 1 << 3,
  PURGE_MENDS_HOST_LOWERED = 1 << 4,
  PURGE_MENDS_HOST_ENCODED = 1 << 5,
  PURGE_MENDS_ADDRESS_REWRITTEN = 1 << 6,
  PURGE_MENDS_PORT_DROPPED = 1 << 7,
  PURGE_MENDS_BLANK_ENCODED = 1 << 8,
  PURGE_MENDS_PATH_ENCODED = 1 << 9,
  PURGE_MENDS_SLASH_ADDED = 1 << 10,
} PurgeMends;

#define PURGE_TYPE_MENDS (purge_mends_get_type ())

GType       purge_mends_get_type        (void);
const char *purge_mends_first_to_string (PurgeMends  mends);
char       *purge_mends_to_string       (PurgeMends  mends);
char       *purge_mends_dup_sentence    (PurgeMends  mends);

G_END_DECLS
