/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Whole sentences side by side. Knows that not every language puts a blank between them. */

#define G_LOG_DOMAIN "purge-sentences"

#include "config.h"

#include "purge-sentences.h"

#include <glib/gi18n-lib.h>

/**
 * purge_sentences_join:
 * @first: a translated sentence, or several, or nothing
 * @second: what follows it
 *
 * Returns: (transfer full): both, or the one that there is
 */
char *
purge_sentences_join (const char *first,
                      const char *second)
{
  g_return_val_if_fail (first != NULL && second != NULL, NULL);

  if (*first == '\0' || *second == '\0')
    return g_strconcat (first, second, NULL);

  /* Translators: joins two whole sentences; without the blank in languages that have none. */
  return g_strdup_printf (C_("two sentences", "%s %s"), first, second);
}
