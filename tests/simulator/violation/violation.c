/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A program that breaks the rule that the simulator shares no code with core, in every way in which it
 * can be broken: so that the check of the rule is known to see it. */

#include "purge-secret.h"

int
main (void)
{
  char secret[] = "shared code";

  purge_secret_wipe (secret, sizeof secret);
  return secret[0];
}
