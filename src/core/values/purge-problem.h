/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PurgeProblem:
 * @PURGE_PROBLEM_NONE: nothing; it can be sent
 * @PURGE_PROBLEM_EMPTY: nothing but blanks
 * @PURGE_PROBLEM_TOO_LONG: over %PURGE_DIRECTORY_MAX_BYTES bytes, as given or once encoded
 * @PURGE_PROBLEM_INVALID_UTF8: the bytes are no UTF-8
 * @PURGE_PROBLEM_DAMAGED: U+FFFD or a noncharacter: an earlier program lost what stood there
 * @PURGE_PROBLEM_CONTROL: a control character, NUL and line separators included
 * @PURGE_PROBLEM_BIDI: a character that turns the direction of the text
 * @PURGE_PROBLEM_INVISIBLE: a character that takes no room
 * @PURGE_PROBLEM_QUOTATION_MARK: a quotation mark at either end
 * @PURGE_PROBLEM_BRACKET: a bracket at either end
 * @PURGE_PROBLEM_CJK_PUNCTUATION: Chinese or Japanese punctuation at either end
 * @PURGE_PROBLEM_PUNCTUATION: a comma or semicolon at the end
 * @PURGE_PROBLEM_WILDCARD: `*`, also as `%2A`: purges know no wildcards
 * @PURGE_PROBLEM_BACKSLASH: `\`, also as `%5C`: browsers and servers disagree on what it means
 * @PURGE_PROBLEM_MISSPELT_SCHEME: `http:/`, `http//`, `htps://` and the like
 * @PURGE_PROBLEM_OTHER_SCHEME: a scheme other than http and https
 * @PURGE_PROBLEM_NO_SCHEME: does not begin with http:// or https://
 * @PURGE_PROBLEM_QUERY: a `?`: a directory has no query (a URL may)
 * @PURGE_PROBLEM_USER_NAME: an `@` before the path: a user name or a trick
 * @PURGE_PROBLEM_NO_HOST: nothing between `//` and the path
 * @PURGE_PROBLEM_BLANK_IN_HOST: a blank in the host
 * @PURGE_PROBLEM_CODE_IN_HOST: a percent-code in the host
 * @PURGE_PROBLEM_HOST_CHARACTER: a character that no host name has
 * @PURGE_PROBLEM_HOST_DOT: the host ends in a dot
 * @PURGE_PROBLEM_HOST_EMPTY_LABEL: two dots in a row in the host, or one at its start
 * @PURGE_PROBLEM_HOST_LABEL_LENGTH: a part of the host is over 63 bytes (RFC 1035, 2.3.4)
 * @PURGE_PROBLEM_HOST_LENGTH: the host is over 253 bytes (RFC 1035, 2.3.4, without the root)
 * @PURGE_PROBLEM_HOST_HYPHEN: a part of the host begins or ends with a hyphen
 * @PURGE_PROBLEM_HOST_ADDRESS: an address that is neither a canonical dotted quad nor an IPv6 in
 *   brackets: `127.1`, `0x7f.0.0.1`, `010.0.0.1`, `2130706433`, `[::1`
 * @PURGE_PROBLEM_HOST_INTERNATIONAL: an international name that cannot be put into ASCII, or
 *   punycode that cannot be read
 * @PURGE_PROBLEM_HOST_MIXED_SCRIPTS: letters of several scripts in one part of the host, which is
 *   how one name is made to look like another
 * @PURGE_PROBLEM_PORT: no port from 1 to 65535 without leading zeros
 * @PURGE_PROBLEM_UNUSUAL_BLANK: a blank other than U+0020 in the path
 * @PURGE_PROBLEM_DOUBLE_SLASH: `//` in the path
 * @PURGE_PROBLEM_MALFORMED_CODE: a `%` without two hexadecimal digits
 * @PURGE_PROBLEM_ENCODED_SLASH: `%2F`: servers disagree on whether it divides the path
 * @PURGE_PROBLEM_ENCODED_CONTROL: `%00` to `%1F` or `%7F`
 * @PURGE_PROBLEM_DOT_SEGMENT: `.` or `..` as a part of the path, also as `%2E`
 * @PURGE_PROBLEM_PATH_CHARACTER: a character that no path or query has unencoded (RFC 3986, 3.3 and
 *   3.4)
 * @PURGE_PROBLEM_FILE: a directory that ends like a file, `index.html`
 *
 * What can be wrong with a directory or a URL. The nicks are the identifiers that scripts see: they
 * never change.
 */
typedef enum {
  PURGE_PROBLEM_NONE,
  PURGE_PROBLEM_EMPTY,
  PURGE_PROBLEM_TOO_LONG,
  PURGE_PROBLEM_INVALID_UTF8,
  PURGE_PROBLEM_DAMAGED,
  PURGE_PROBLEM_CONTROL,
  PURGE_PROBLEM_BIDI,
  PURGE_PROBLEM_INVISIBLE,
  PURGE_PROBLEM_QUOTATION_MARK,
  PURGE_PROBLEM_BRACKET,
  PURGE_PROBLEM_CJK_PUNCTUATION,
  PURGE_PROBLEM_PUNCTUATION,
  PURGE_PROBLEM_WILDCARD,
  PURGE_PROBLEM_BACKSLASH,
  PURGE_PROBLEM_MISSPELT_SCHEME,
  PURGE_PROBLEM_OTHER_SCHEME,
  PURGE_PROBLEM_NO_SCHEME,
  PURGE_PROBLEM_QUERY,
  PURGE_PROBLEM_USER_NAME,
  PURGE_PROBLEM_NO_HOST,
  PURGE_PROBLEM_BLANK_IN_HOST,
  PURGE_PROBLEM_CODE_IN_HOST,
  PURGE_PROBLEM_HOST_CHARACTER,
  PURGE_PROBLEM_HOST_DOT,
  PURGE_PROBLEM_HOST_EMPTY_LABEL,
  PURGE_PROBLEM_HOST_LABEL_LENGTH,
  PURGE_PROBLEM_HOST_LENGTH,
  PURGE_PROBLEM_HOST_HYPHEN,
  PURGE_PROBLEM_HOST_ADDRESS,
  PURGE_PROBLEM_HOST_INTERNATIONAL,
  PURGE_PROBLEM_HOST_MIXED_SCRIPTS,
  PURGE_PROBLEM_PORT,
  PURGE_PROBLEM_UNUSUAL_BLANK,
  PURGE_PROBLEM_DOUBLE_SLASH,
  PURGE_PROBLEM_MALFORMED_CODE,
  PURGE_PROBLEM_ENCODED_SLASH,
  PURGE_PROBLEM_ENCODED_CONTROL,
  PURGE_PROBLEM_DOT_SEGMENT,
  PURGE_PROBLEM_PATH_CHARACTER,
  PURGE_PROBLEM_FILE,
} PurgeProblem;

#define PURGE_TYPE_PROBLEM (purge_problem_get_type ())

GType       purge_problem_get_type     (void);
const char *purge_problem_to_string    (PurgeProblem  problem);
char       *purge_problem_dup_sentence (PurgeProblem  problem,
                                        const char   *text);

G_END_DECLS
