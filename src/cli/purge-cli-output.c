/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Text to the outside: results on standard output, everything else on standard error. Knows the
 * locale's encoding and what a terminal must never get; knows nothing of what is said. */

#define G_LOG_DOMAIN "purge-cli-output"

#include "config.h"

#include "purge-cli-output.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "purge-visible.h"

static gboolean
write_all (int         fd,
           const char *bytes,
           gsize       length)
{
  while (length > 0)
    {
      gssize written = write (fd, bytes, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return FALSE;

      bytes += written;
      length -= written;
    }

  return TRUE;
}

/**
 * purge_cli_output_put:
 * @fd: a file descriptor
 * @text: UTF-8
 *
 * Writes a text in the encoding of the locale; what it does not have becomes a question mark.
 *
 * Returns: whether it was written; `errno` says why not
 */
gboolean
purge_cli_output_put (int         fd,
                      const char *text)
{
  g_autofree char *converted = NULL;
  const char *charset;
  gsize length;

  if (g_get_charset (&charset))
    return write_all (fd, text, strlen (text));

  converted = g_convert_with_fallback (text, -1, charset, "UTF-8", "?", NULL, &length, NULL);
  return converted != NULL && write_all (fd, converted, length);
}

/**
 * purge_cli_output_say:
 * @text: UTF-8, with its line ends
 *
 * Says something on standard error. Where that cannot be written to, nobody is left to be told.
 */
void
purge_cli_output_say (const char *text)
{
  (void) purge_cli_output_put (STDERR_FILENO, text);
}

/**
 * purge_cli_output_result:
 * @text: UTF-8, with its line ends
 * @is_utf8: whether it stays UTF-8 whatever the locale, as JSON does
 *
 * Writes the result of a command on standard output, and says on standard error where that
 * failed: a full disk or a closed pipe changes nothing about what was sent.
 *
 * Returns: whether it was written
 */
gboolean
purge_cli_output_result (const char *text,
                         gboolean    is_utf8)
{
  g_autofree char *sentence = NULL;

  if (is_utf8 ? write_all (STDOUT_FILENO, text, strlen (text))
              : purge_cli_output_put (STDOUT_FILENO, text))
    return TRUE;

  sentence = g_strdup_printf (_("The result could not be written to standard output: %s.\n"),
                              g_strerror (errno));
  purge_cli_output_say (sentence);
  return FALSE;
}

/**
 * purge_cli_output_safe:
 * @text: (nullable): text from outside
 *
 * Returns: (transfer full): the text as a terminal may get it, on one line; %NULL becomes empty
 */
char *
purge_cli_output_safe (const char *text)
{
  return purge_visible_dup_text (text != NULL ? text : "", -1, PURGE_VISIBLE_MAX_CHARACTERS);
}

/**
 * purge_cli_output_width:
 * @text: UTF-8
 *
 * Returns: how many columns a terminal needs for it, for lines that stand below each other
 */
gsize
purge_cli_output_width (const char *text)
{
  gsize width = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (!g_unichar_iszerowidth (character))
        width += g_unichar_iswide (character) ? 2 : 1;
    }

  return width;
}
