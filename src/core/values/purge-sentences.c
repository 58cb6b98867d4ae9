/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Whole sentences, one after the other. */

#define G_LOG_DOMAIN "purge-sentences"

#include "config.h"

#include "purge-sentences.h"

#include <glib/gi18n-lib.h>

/**
 * purge_sentences_join:
 * @first: sentences, translated; may be empty
 * @second: what follows; may be empty
 *
 * Returns: (transfer full): both, as one paragraph
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
