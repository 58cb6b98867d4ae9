/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* International host names. Knows scripts and leaves punycode to GLib. What comes out of GLib is
 * judged again as ASCII by the caller: normalisation turns some single characters into `/`, `:` or
 * `.`, and such a name would lead elsewhere. */

#define G_LOG_DOMAIN "purge-international-host"
#define _GNU_SOURCE /* memmem() */

#include "config.h"

#include "purge-international-host.h"

#include <gio/gio.h>
#include <string.h>

typedef enum {
  SCRIPT_LATIN = 1 << 0,
  SCRIPT_HAN = 1 << 1,
  SCRIPT_KANA = 1 << 2,
  SCRIPT_HANGUL = 1 << 3,
  SCRIPT_BOPOMOFO = 1 << 4,
  SCRIPT_OTHER = 1 << 5,
} Scripts;

/* The mixtures that languages are written in (Unicode UTS 39, 5.2, "Highly Restrictive"). */
static const Scripts mixtures[] = {
  SCRIPT_LATIN | SCRIPT_HAN | SCRIPT_KANA,
  SCRIPT_LATIN | SCRIPT_HAN | SCRIPT_HANGUL,
  SCRIPT_LATIN | SCRIPT_HAN | SCRIPT_BOPOMOFO,
};

static Scripts
script_to_flag (GUnicodeScript script)
{
  if (script == G_UNICODE_SCRIPT_LATIN)
    return SCRIPT_LATIN;
  if (script == G_UNICODE_SCRIPT_HAN)
    return SCRIPT_HAN;
  if (script == G_UNICODE_SCRIPT_HIRAGANA || script == G_UNICODE_SCRIPT_KATAKANA)
    return SCRIPT_KANA;
  if (script == G_UNICODE_SCRIPT_HANGUL)
    return SCRIPT_HANGUL;
  if (script == G_UNICODE_SCRIPT_BOPOMOFO)
    return SCRIPT_BOPOMOFO;

  return SCRIPT_OTHER;
}

static gboolean
is_suspicious (Scripts scripts)
{
  for (guint i = 0; i < G_N_ELEMENTS (mixtures); i++)
    if ((scripts & ~mixtures[i]) == 0)
      return FALSE;

  return scripts != SCRIPT_OTHER;
}

static gboolean
is_dot (gunichar character)
{
  return character == '.' || character == 0x3002 || character == 0xff0e || character == 0xff61;
}

/* A label may have one script, or several that one language is written in. */
static gboolean
mixes_scripts (const char *host)
{
  GUnicodeScript other = G_UNICODE_SCRIPT_COMMON;
  Scripts scripts = 0;

  for (const char *p = host; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);
      GUnicodeScript script = g_unichar_get_script (character);

      if (is_dot (character))
        {
          scripts = 0;
          other = G_UNICODE_SCRIPT_COMMON;
          continue;
        }
      if (script == G_UNICODE_SCRIPT_COMMON || script == G_UNICODE_SCRIPT_INHERITED)
        continue;

      scripts |= script_to_flag (script);
      if (script_to_flag (script) == SCRIPT_OTHER)
        {
          if (other != G_UNICODE_SCRIPT_COMMON && other != script)
            return TRUE;
          other = script;
        }
      if (is_suspicious (scripts))
        return TRUE;
    }

  return FALSE;
}

/**
 * purge_international_host_to_ascii:
 * @host: (array length=length): a host name, valid UTF-8
 * @length: its length in bytes
 * @ascii: (out): the same name in punycode; to be judged as any other ASCII name
 *
 * Puts an international host name into ASCII.
 *
 * Returns: what is wrong with the name, or %PURGE_PROBLEM_NONE
 */
PurgeProblem
purge_international_host_to_ascii (const char  *host,
                                   gsize        length,
                                   char       **ascii)
{
  g_autofree char *copy = g_strndup (host, length);

  if (mixes_scripts (copy))
    return PURGE_PROBLEM_HOST_MIXED_SCRIPTS;

  *ascii = g_hostname_to_ascii (copy);
  if (*ascii == NULL || **ascii == '\0' || !g_str_is_ascii (*ascii))
    return PURGE_PROBLEM_HOST_INTERNATIONAL;

  return PURGE_PROBLEM_NONE;
}

/**
 * purge_international_host_is_unreadable:
 * @host: (array length=length): a host name in ASCII
 * @length: its length in bytes
 *
 * Says whether a name has punycode that cannot be decoded, so that it stands for nothing.
 *
 * Returns: %TRUE where no international name can be meant
 */
gboolean
purge_international_host_is_unreadable (const char *host,
                                        gsize       length)
{
  g_autofree char *copy = NULL;
  g_auto (GStrv) labels = NULL;

  if (length < 4 || memmem (host, length, "--", 2) == NULL)
    return FALSE;

  copy = g_ascii_strdown (host, length);
  labels = g_strsplit (copy, ".", -1);
  for (guint i = 0; labels[i] != NULL; i++)
    if (g_str_has_prefix (labels[i], "xn--"))
      {
        g_autofree char *decoded = g_hostname_to_unicode (labels[i]);

        if (decoded == NULL)
          return TRUE;
      }

  return FALSE;
}
