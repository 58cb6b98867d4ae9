/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PurgeCliExit:
 * @PURGE_CLI_EXIT_ACCEPTED: everything accepted, or simply done
 * @PURGE_CLI_EXIT_REJECTED: something rejected
 * @PURGE_CLI_EXIT_USAGE: wrong usage, invalid input, unknown account or id, refused without
 *   `--yes`;
 *   nothing sent
 * @PURGE_CLI_EXIT_UNKNOWN: the outcome of something is unknown
 * @PURGE_CLI_EXIT_NOTHING_SENT: nothing sent (network, keyring, disk, cancelled)
 * @PURGE_CLI_EXIT_PARTLY: a part accepted, the rest waiting
 *
 * What the program ends with. Scripts rely on these numbers.
 */
typedef enum {
  PURGE_CLI_EXIT_ACCEPTED = 0,
  PURGE_CLI_EXIT_REJECTED = 1,
  PURGE_CLI_EXIT_USAGE = 2,
  PURGE_CLI_EXIT_UNKNOWN = 3,
  PURGE_CLI_EXIT_NOTHING_SENT = 4,
  PURGE_CLI_EXIT_PARTLY = 5,
} PurgeCliExit;

PurgeCliExit  purge_cli_error_get_exit     (const GError *error);
const char   *purge_cli_error_get_kind     (const GError *error);
char         *purge_cli_error_dup_sentence (const GError *error);

G_END_DECLS
