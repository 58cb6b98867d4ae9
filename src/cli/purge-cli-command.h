/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

#include "purge-cli-error.h"

G_BEGIN_DECLS

/**
 * PurgeCli:
 * @json: whether one object is printed, for a script
 * @account: (nullable): the account that was named
 * @cancellable: cancelled by Ctrl+C and its like
 *
 * What holds for every command.
 */
typedef struct {
  gboolean      json;
  char         *account;
  GCancellable *cancellable;
} PurgeCli;

/**
 * PurgeCliCommand:
 * @name: what it is called on the command line, its second word included
 * @arguments: what follows it, for the help
 * @summary: what it does, in one line
 * @description: (nullable): the rest of its help
 * @uses_account: whether it works with one account
 * @run: does it; gets the command itself and the arguments, in the place of the program's name
 *   first
 *
 * One command. A new one is a new file, a line below and a line in the table of purge-cli.c.
 */
typedef struct PurgeCliCommand PurgeCliCommand;

struct PurgeCliCommand
{
  const char    *name;
  const char    *arguments;
  const char    *summary;
  const char    *description;
  gboolean       uses_account;
  PurgeCliExit (*run) (PurgeCli               *cli,
                       const PurgeCliCommand  *command,
                       GStrv                  *arguments);
};

extern const PurgeCliCommand purge_cli_command_purge;
extern const PurgeCliCommand purge_cli_command_accounts_list;
extern const PurgeCliCommand purge_cli_command_accounts_add;
extern const PurgeCliCommand purge_cli_command_accounts_remove;
extern const PurgeCliCommand purge_cli_command_history;
extern const PurgeCliCommand purge_cli_command_show;
extern const PurgeCliCommand purge_cli_command_check;
extern const PurgeCliCommand purge_cli_command_retry;
extern const PurgeCliCommand purge_cli_command_quota;

/**
 * PurgeCliParsed:
 * @PURGE_CLI_PARSED_OPTIONS: the options are where they belong; go on
 * @PURGE_CLI_PARSED_HELP: the help was asked for and printed
 * @PURGE_CLI_PARSED_ERROR: the error is set
 *
 * What became of the arguments of a command.
 */
typedef enum {
  PURGE_CLI_PARSED_OPTIONS,
  PURGE_CLI_PARSED_HELP,
  PURGE_CLI_PARSED_ERROR,
} PurgeCliParsed;

PurgeCliParsed purge_cli_command_parse    (PurgeCli               *cli,
                                           const PurgeCliCommand  *command,
                                           const GOptionEntry     *entries,
                                           GStrv                  *arguments,
                                           GError                **error);
gboolean       purge_cli_command_choose   (GType                   type,
                                           const char             *option,
                                           const char             *given,
                                           int                    *value,
                                           GError                **error);
gboolean       purge_cli_command_take_one (GStrv                   operands,
                                           const char             *what,
                                           GError                **error);
void           purge_cli_command_complain (const GError           *error);

G_END_DECLS
