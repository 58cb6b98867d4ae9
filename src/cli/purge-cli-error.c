/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Errors as scripts see them: an exit code, a stable name, a sentence. */

#define G_LOG_DOMAIN "purge-cli-error"

#include "config.h"

#include "purge-cli-error.h"

#include "purge-error.h"
#include "purge-explanation.h"

/**
 * purge_cli_error_get_exit:
 * @error: what kept a command from being done
 *
 * Returns: 2 where the person has to give something else, 4 where the world was in the way
 */
PurgeCliExit
purge_cli_error_get_exit (const GError *error)
{
  static const PurgeError usage[] = {
    PURGE_ERROR_INVALID_INPUT, PURGE_ERROR_REFUSED_FILE, PURGE_ERROR_NOT_FOUND, PURGE_ERROR_EXISTS,
    PURGE_ERROR_DECLINED,
  };

  if (error->domain == G_OPTION_ERROR)
    return PURGE_CLI_EXIT_USAGE;

  for (gsize i = 0; i < G_N_ELEMENTS (usage); i++)
    if (g_error_matches (error, PURGE_ERROR, usage[i]))
      return PURGE_CLI_EXIT_USAGE;

  return PURGE_CLI_EXIT_NOTHING_SENT;
}

/**
 * purge_cli_error_get_kind:
 * @error: what kept a command from being done
 *
 * Returns: (transfer none): a stable name for scripts: `usage` for a wrong command line, else what
 *   purge_error_get_kind() says
 */
const char *
purge_cli_error_get_kind (const GError *error)
{
  return error->domain == G_OPTION_ERROR ? "usage" : purge_error_get_kind (error);
}

/**
 * purge_cli_error_dup_sentence:
 * @error: what kept a command from being done
 *
 * Returns: (transfer full): what happened and what to do next, translated
 */
char *
purge_cli_error_dup_sentence (const GError *error)
{
  if (purge_cli_error_get_exit (error) == PURGE_CLI_EXIT_USAGE)
    return g_strdup (error->message);

  return purge_explanation_for_error (error);
}
