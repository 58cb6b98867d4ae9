/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Hosts and ports. Knows what a host name or an address may look like (RFC 1035, 1123, 3986), and
 * not whether it exists. Everything that a parser would silently read in its own way, as
 * inet_aton() reads 0x7f.1, is refused, since a purge of another host than the one shown is the
 * worst mistake this program could make. An underscore is accepted: DNS knows it, and CDN hosts
 * have it. */

#define G_LOG_DOMAIN "purge-host"
#define _GNU_SOURCE /* memrchr() */

#include "config.h"

#include "purge-host.h"

#include <arpa/inet.h>
#include <string.h>

#include "purge-append.h"
#include "purge-international-host.h"

#define MAX_HOST_BYTES 253
#define MAX_LABEL_BYTES 63

typedef enum {
  BYTE_UPPER = 1 << 0,
  BYTE_DOT = 1 << 1,
  BYTE_HYPHEN = 1 << 2,
  BYTE_BLANK = 1 << 3,
  BYTE_PERCENT = 1 << 4,
  BYTE_AT = 1 << 5,
  BYTE_OTHER = 1 << 6,
  BYTE_WIDE = 1 << 7,
} Bytes;

/* Letters, digits and `_` are of no kind. */
static const guint8 byte_kinds[256] = {
  [0x00 ... 0x1f] = BYTE_OTHER,
  [' '] = BYTE_BLANK,
  ['!' ... '$'] = BYTE_OTHER,
  ['%'] = BYTE_PERCENT,
  ['&' ... ','] = BYTE_OTHER,
  ['-'] = BYTE_HYPHEN,
  ['.'] = BYTE_DOT,
  ['/'] = BYTE_OTHER,
  [':' ... '?'] = BYTE_OTHER,
  ['@'] = BYTE_AT,
  ['A' ... 'Z'] = BYTE_UPPER,
  ['[' ... '^'] = BYTE_OTHER,
  ['`'] = BYTE_OTHER,
  ['{' ... 0x7f] = BYTE_OTHER,
  [0x80 ... 0xff] = BYTE_WIDE,
};

static Bytes
bytes_in (const char *text,
          gsize       length)
{
  guint8 kinds = 0;

  for (gsize i = 0; i < length; i++)
    kinds |= byte_kinds[(guchar) text[i]];

  return kinds;
}

/* Rules of a host name in ASCII */

static gboolean
begins_or_doubles_dot (const char *host,
                       gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if (host[i] == '.' && (i == 0 || host[i - 1] == '.'))
      return TRUE;

  return FALSE;
}

static gboolean
ends_in_dot (const char *host,
             gsize       length)
{
  return host[length - 1] == '.';
}

static gboolean
is_too_long (const char *host,
             gsize       length)
{
  return length > MAX_HOST_BYTES;
}

static gboolean
has_long_label (const char *host,
                gsize       length)
{
  gsize label = 0;

  if (length <= MAX_LABEL_BYTES)
    return FALSE;

  for (gsize i = 0; i < length; i++)
    {
      label = host[i] == '.' ? 0 : label + 1;
      if (label > MAX_LABEL_BYTES)
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_hyphen_at_edge (const char *host,
                    gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if (host[i] == '-' &&
        (i == 0 || i == length - 1 || host[i - 1] == '.' || host[i + 1] == '.'))
      return TRUE;

  return FALSE;
}

static gboolean
has_other_bytes (const char *host,
                 gsize       length)
{
  return TRUE;
}

/* Unlike inet_aton(), inet_pton() takes four decimal numbers without leading zeros and no more. */
static gboolean
is_dotted_quad (const char *host,
                gsize       length)
{
  char copy[INET_ADDRSTRLEN];
  struct in_addr address;

  if (length >= sizeof copy)
    return FALSE;

  memcpy (copy, host, length);
  copy[length] = '\0';

  return inet_pton (AF_INET, copy, &address) == 1;
}

/* A host whose last label is a number, decimal or hexadecimal, is an address to every resolver and
 * browser (WHATWG URL, "ends in a number"), whatever it looks like. */
static gboolean
is_odd_address (const char *host,
                gsize       length)
{
  const char *dot = memrchr (host, '.', length);
  const char *label = dot != NULL ? dot + 1 : host;
  const char *end = host + length;
  gboolean is_number = label < end;

  if (label == end || !g_ascii_isdigit (*label))
    return FALSE;

  if (end - label >= 2 && label[0] == '0' && (label[1] | 0x20) == 'x')
    for (label += 2; label < end; label++)
      is_number = is_number && g_ascii_isxdigit (*label);
  else
    for (; label < end; label++)
      is_number = is_number && g_ascii_isdigit (*label);

  return is_number && !is_dotted_quad (host, length);
}

typedef struct
{
  Bytes        asks_for;
  PurgeProblem problem;
  gboolean   (*is_broken) (const char *text,
                           gsize       length);
} Rule;

/* Each rule is asked only where the host has one of the bytes that it asks for; 0 asks always. The
 * first that is broken is told. */
static const Rule host_rules[] = {
  { BYTE_OTHER | BYTE_AT | BYTE_BLANK | BYTE_PERCENT | BYTE_WIDE,
    PURGE_PROBLEM_HOST_CHARACTER, has_other_bytes },
  { BYTE_DOT, PURGE_PROBLEM_HOST_EMPTY_LABEL, begins_or_doubles_dot },
  { BYTE_DOT, PURGE_PROBLEM_HOST_DOT, ends_in_dot },
  { BYTE_HYPHEN, PURGE_PROBLEM_HOST_HYPHEN, has_hyphen_at_edge },
  { 0, PURGE_PROBLEM_HOST_LENGTH, is_too_long },
  { 0, PURGE_PROBLEM_HOST_LABEL_LENGTH, has_long_label },
  { 0, PURGE_PROBLEM_HOST_ADDRESS, is_odd_address },
  { BYTE_HYPHEN, PURGE_PROBLEM_HOST_INTERNATIONAL, purge_international_host_is_unreadable },
};

/* Rules of what stands between the scheme and the path */

static gboolean
is_without_host (const char *authority,
                 gsize       length)
{
  return length == 0 || authority[0] == ':';
}

static gboolean
has_it_at_all (const char *authority,
               gsize       length)
{
  return TRUE;
}

static const Rule authority_rules[] = {
  { BYTE_AT, PURGE_PROBLEM_USER_NAME, has_it_at_all },
  { BYTE_BLANK, PURGE_PROBLEM_BLANK_IN_HOST, has_it_at_all },
  { BYTE_PERCENT, PURGE_PROBLEM_CODE_IN_HOST, has_it_at_all },
  { 0, PURGE_PROBLEM_NO_HOST, is_without_host },
};

static PurgeProblem
first_broken (const Rule *rules,
              gsize       n_rules,
              const char *text,
              gsize       length,
              Bytes       bytes)
{
  for (gsize i = 0; i < n_rules; i++)
    if ((rules[i].asks_for == 0 || (bytes & rules[i].asks_for) != 0) &&
        rules[i].is_broken (text, length))
      return rules[i].problem;

  return PURGE_PROBLEM_NONE;
}

static PurgeProblem
judge_bracketed (const char *host,
                 gsize       length,
                 GString    *canonical,
                 PurgeMends *mends)
{
  char given[INET6_ADDRSTRLEN];
  char shortest[INET6_ADDRSTRLEN];
  struct in6_addr address;

  if (length < 2 || length - 2 >= sizeof given || host[length - 1] != ']')
    return PURGE_PROBLEM_HOST_ADDRESS;

  memcpy (given, host + 1, length - 2);
  given[length - 2] = '\0';
  if (inet_pton (AF_INET6, given, &address) != 1 ||
      inet_ntop (AF_INET6, &address, shortest, sizeof shortest) == NULL)
    return PURGE_PROBLEM_HOST_ADDRESS;

  if (!g_str_equal (given, shortest))
    *mends |= PURGE_MENDS_ADDRESS_REWRITTEN;
  g_string_append_c (canonical, '[');
  g_string_append (canonical, shortest);
  g_string_append_c (canonical, ']');

  return PURGE_PROBLEM_NONE;
}

static PurgeProblem
judge_ascii (const char *host,
             gsize       length,
             Bytes       bytes,
             GString    *canonical,
             PurgeMends *mends)
{
  PurgeProblem problem = first_broken (host_rules, G_N_ELEMENTS (host_rules), host, length, bytes);
  gsize start = canonical->len;

  if (problem != PURGE_PROBLEM_NONE)
    return problem;

  purge_append (canonical, host, length);
  if ((bytes & BYTE_UPPER) != 0)
    {
      for (gsize i = start; i < canonical->len; i++)
        canonical->str[i] = g_ascii_tolower (canonical->str[i]);
      *mends |= PURGE_MENDS_HOST_LOWERED;
    }

  return PURGE_PROBLEM_NONE;
}

static gboolean
read_port (const char *text,
           gsize       length,
           guint      *port)
{
  if (length < 1 || length > 5 || text[0] == '0')
    return FALSE;

  *port = 0;
  for (gsize i = 0; i < length; i++)
    if (g_ascii_isdigit (text[i]))
      *port = *port * 10 + (text[i] - '0');
    else
      return FALSE;

  return *port <= 65535;
}

/* Where the host ends: at the bracket that closes an address, or at the only colon. With more
 * colons, or with anything but a colon behind the bracket, there is no port to be found. */
static gsize
measure_host (const char *authority,
              gsize       length,
              Bytes       bytes)
{
  const char *end;

  if ((bytes & BYTE_OTHER) == 0)
    return length;

  end = memchr (authority, authority[0] == '[' ? ']' : ':', length);
  if (end == NULL)
    return length;
  if (*end == ']')
    return end + 1 < authority + length && end[1] != ':' ? length : (gsize) (end + 1 - authority);

  return memrchr (authority, ':', length) == end ? (gsize) (end - authority) : length;
}

static PurgeProblem
judge_host (const char *host,
            gsize       length,
            Bytes       bytes,
            GString    *canonical,
            PurgeMends *mends)
{
  g_autofree char *ascii = NULL;
  PurgeProblem problem;

  if (host[0] == '[')
    return judge_bracketed (host, length, canonical, mends);
  if ((bytes & BYTE_WIDE) == 0)
    return judge_ascii (host, length, bytes, canonical, mends);

  problem = purge_international_host_to_ascii (host, length, &ascii);
  if (problem != PURGE_PROBLEM_NONE)
    return problem;

  *mends |= PURGE_MENDS_HOST_ENCODED;
  length = strlen (ascii);
  return judge_ascii (ascii, length, bytes_in (ascii, length), canonical, mends);
}

/**
 * purge_host_judge_authority:
 * @authority: (array length=length): what stands between `//` and the path, valid UTF-8
 * @length: its length in bytes
 * @secure: whether the scheme is https, whose own port is 443 and not 80
 * @canonical: where `host` or `host:port` is appended; what is there on failure means nothing
 * @mends: (inout): gets what was changed
 *
 * Judges a host with its port, as in RFC 3986, 3.2, without user information. Allocates only for
 * international names.
 *
 * Returns: what is wrong with it, or %PURGE_PROBLEM_NONE
 */
PurgeProblem
purge_host_judge_authority (const char *authority,
                            gsize       length,
                            gboolean    secure,
                            GString    *canonical,
                            PurgeMends *mends)
{
  const Bytes bytes = bytes_in (authority, length);
  const gsize host_length = measure_host (authority, length, bytes);
  PurgeProblem problem;
  guint port;

  problem = first_broken (authority_rules, G_N_ELEMENTS (authority_rules), authority, length,
                          bytes);
  if (problem == PURGE_PROBLEM_NONE)
    problem = judge_host (authority, host_length,
                          host_length == length ? bytes : bytes_in (authority, host_length),
                          canonical, mends);
  if (problem != PURGE_PROBLEM_NONE || host_length == length)
    return problem;

  if (!read_port (authority + host_length + 1, length - host_length - 1, &port))
    return PURGE_PROBLEM_PORT;

  if (port == (secure ? 443 : 80))
    *mends |= PURGE_MENDS_PORT_DROPPED;
  else
    g_string_append_printf (canonical, ":%u", port);

  return PURGE_PROBLEM_NONE;
}
