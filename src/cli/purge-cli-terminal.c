/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The person at the terminal: a question with yes or no, and lines that are not shown. Knows file
 * descriptors and their modes; does not know what is asked. */

#define G_LOG_DOMAIN "purge-cli-terminal"

#include "config.h"

#include "purge-cli-terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "purge-cli-output.h"
#include "purge-cli-wait.h"
#include "purge-error.h"

#define ANSWER_MAX_BYTES 64

struct PurgeCliHidden
{
  gboolean       is_terminal;
  struct termios before;
  /* One more than a part may have, so that what is too long is seen to be too long. */
  char           line[PURGE_SECRET_MAX_LENGTH + 1];
};

/* Reads one line, a byte at a time so that nothing of the next line is taken; what does not fit is
 * read and dropped, and the end of the input ends a line. */
static gboolean
read_line (int            fd,
           char          *line,
           gsize          size,
           gsize         *length,
           GCancellable  *cancellable,
           GError       **error)
{
  *length = 0;

  while (TRUE)
    {
      char byte;
      gssize n_read;

      if (!purge_cli_wait_for_fd (fd, cancellable, error))
        return FALSE;

      n_read = read (fd, &byte, 1);
      if (n_read < 0 && (errno == EINTR || errno == EAGAIN))
        continue;
      if (n_read <= 0 || byte == '\n')
        return TRUE;
      if (*length < size)
        line[(*length)++] = byte;
    }
}

static gboolean
is_yes (const char *answer,
        gsize       length)
{
  g_autofree char *given = g_strstrip (g_strndup (answer, length));
  g_autofree char *folded = g_utf8_validate (given, -1, NULL) ? g_utf8_casefold (given, -1) : NULL;
  /* Translators: what a person types to say yes on a terminal; one letter or sign, lower case */
  const char *letter = C_("answer", "y");

  if (folded == NULL)
    return FALSE;

  return g_str_equal (folded, "y") || g_str_equal (folded, "yes") || g_str_equal (folded, letter);
}

/* A descriptor number that is free would be given to the next file that is opened, and then
 * "standard output" would be the database. */
static void
keep_stream (int fd)
{
  if (fcntl (fd, F_GETFD) >= 0 || errno != EBADF)
    return;

  if (open ("/dev/null", O_RDWR) != fd)
    g_error ("Standard streams cannot be opened");
}

/**
 * purge_cli_terminal_keep_streams:
 *
 * Makes sure that the three standard streams are open, whoever started the program. To be called
 * before any file is opened.
 */
void
purge_cli_terminal_keep_streams (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    keep_stream (fd);
}

/**
 * purge_cli_terminal_ask:
 * @question: what to ask, in lines
 * @cancellable: what ends the waiting
 * @error: return location for %PURGE_ERROR_DECLINED (there is no terminal to ask on) or
 *   %G_IO_ERROR_CANCELLED (answered with anything but yes, or interrupted)
 *
 * Asks on the controlling terminal, since standard input may hold the list. Only a plain yes is a
 * yes.
 *
 * Returns: whether the answer was yes
 */
gboolean
purge_cli_terminal_ask (const char    *question,
                        GCancellable  *cancellable,
                        GError       **error)
{
  char answer[ANSWER_MAX_BYTES];
  gsize length;
  gboolean heard;
  int fd = open ("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);

  if (fd < 0)
    {
      g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_DECLINED,
                           _("This has to be confirmed, and there is no terminal to ask on. "
                             "Nothing was sent. Give --yes to confirm it beforehand."));
      return FALSE;
    }

  purge_cli_output_put (fd, question);
  heard = read_line (fd, answer, sizeof answer, &length, cancellable, error);
  close (fd);
  if (!heard)
    return FALSE;

  if (is_yes (answer, length))
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                       _("Not confirmed. Nothing was sent."));
  return FALSE;
}

/**
 * purge_cli_hidden_begin:
 * @error: return location for %PURGE_ERROR_INVALID_INPUT
 *
 * Stops the echo of standard input, where it is a terminal. What was typed before is dropped.
 *
 * Returns: (transfer full) (nullable): what gives the echo back when it is freed, or %NULL with
 *   @error
 *   set where the terminal would show what is typed
 */
PurgeCliHidden *
purge_cli_hidden_begin (GError **error)
{
  g_autoptr (PurgeCliHidden) self = g_new0 (PurgeCliHidden, 1);
  struct termios hidden;

  if (tcgetattr (STDIN_FILENO, &self->before) != 0)
    return g_steal_pointer (&self);

  hidden = self->before;
  hidden.c_lflag &= ~(tcflag_t) ECHO;
  hidden.c_lflag |= ICANON | ECHONL;
  if (tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden) != 0)
    {
      g_set_error (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
                   /* Translators: %s is what the system said */
                   _("The terminal would show the key while it is typed (%s). Give it on standard "
                     "input from elsewhere."), g_strerror (errno));
      return NULL;
    }

  self->is_terminal = TRUE;
  return g_steal_pointer (&self);
}

/**
 * purge_cli_hidden_end:
 * @self: (transfer full): from purge_cli_hidden_begin()
 *
 * Gives the echo back, and wipes what was read. What is still unread is dropped: the rest of a key
 * that was pasted must not reach the shell.
 */
void
purge_cli_hidden_end (PurgeCliHidden *self)
{
  if (self->is_terminal)
    tcsetattr (STDIN_FILENO, TCSAFLUSH, &self->before);

  purge_secret_wipe (self, sizeof *self);
  g_free (self);
}

/**
 * purge_cli_hidden_read_part:
 * @self: hidden standard input
 * @part: which part of a key comes next
 * @prompt: what to ask for, where a person types
 * @trimmed: (out): whether blanks were cut off at either end
 * @cancellable: what ends the waiting
 * @error: return location for %PURGE_ERROR_INVALID_INPUT, %G_IO_ERROR_CANCELLED
 *
 * Reads one line of standard input as a part of a key. It passes through no buffer but one that is
 * wiped.
 *
 * Returns: (transfer full) (nullable): the part, or %NULL with @error set
 */
PurgeSecret *
purge_cli_hidden_read_part (PurgeCliHidden  *self,
                            PurgeKeyPart     part,
                            const char      *prompt,
                            gboolean        *trimmed,
                            GCancellable    *cancellable,
                            GError         **error)
{
  PurgeSecret *secret = NULL;
  gsize length;

  if (self->is_terminal)
    purge_cli_output_say (prompt);

  if (read_line (STDIN_FILENO, self->line, sizeof self->line, &length, cancellable, error))
    secret = purge_credentials_read_part (part, self->line, length, trimmed, error);

  purge_secret_wipe (self->line, sizeof self->line);
  return secret;
}
