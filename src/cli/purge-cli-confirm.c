/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The question before something is sent, on the terminal. When it is asked is decided by the
 * question itself. */

#define G_LOG_DOMAIN "purge-cli-confirm"

#include "config.h"

#include "purge-cli-confirm.h"

#include <glib/gi18n-lib.h>

#include "purge-cli-limits.h"
#include "purge-cli-output.h"
#include "purge-cli-terminal.h"
#include "purge-question.h"

static PurgeQuestion *
make_question (PurgeCli                *cli,
               PurgeCliSession         *session,
               PurgeAccount            *account,
               PurgeOrder              *order,
               const PurgeServerQuota  *server,
               GError                 **error)
{
  PurgeArea area = purge_order_get_area (order);
  PurgeCliQuota quota = { 0 };
  PurgeLimits limits;

  if (!purge_cli_limits_count (session, account, area, cli->cancellable, &quota, error))
    return NULL;

  purge_cli_limits_fill (&limits, account, area, &quota, server);
  return purge_question_new (order, &limits);
}

/**
 * purge_cli_confirm:
 * @cli: the program
 * @session: a session
 * @account: the account that would send
 * @order: what would be sent
 * @server: (nullable): what the server says of its limits
 * @note: (nullable): what has to be said in any case, translated, without a line end
 * @error: return location for %PURGE_ERROR_DECLINED, %PURGE_ERROR_STORAGE, %G_IO_ERROR_CANCELLED
 *
 * Asks where it has to be asked.
 *
 * Returns: whether it may be sent
 */
gboolean
purge_cli_confirm (PurgeCli                *cli,
                   PurgeCliSession         *session,
                   PurgeAccount            *account,
                   PurgeOrder              *order,
                   const PurgeServerQuota  *server,
                   const char              *note,
                   GError                 **error)
{
  g_autoptr (PurgeQuestion) question = make_question (cli, session, account, order, server, error);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;

  if (question == NULL)
    return FALSE;

  if (note != NULL)
    g_string_append_printf (text, "%s\n", note);

  if (question->reasons == PURGE_ASK_NOT)
    {
      purge_cli_output_say (text->str);
      return TRUE;
    }

  heading = purge_question_dup_heading (question);
  body = purge_question_dup_body (question);
  g_string_prepend (text, "\n");
  g_string_prepend (text, heading);
  /* Translators: the answers to a question on a terminal; no is what Enter means */
  g_string_append_printf (text, "%s\n%s ", body, _("[y/N]"));

  return purge_cli_terminal_ask (text->str, cli->cancellable, error);
}
