/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The names of the mends and their words. Knows nothing of when one is made. */

#define G_LOG_DOMAIN "purge-mends"

#include "config.h"

#include "purge-mends.h"

#include <glib/gi18n-lib.h>

#include "purge-sentences.h"

G_DEFINE_FLAGS_TYPE (PurgeMends, purge_mends,
  G_DEFINE_ENUM_VALUE (PURGE_MENDS_MERGED, "duplicate-merged"),
  G_DEFINE_ENUM_VALUE (PURGE_MENDS_BLANKS_TRIMMED, "blanks-trimmed"),
  G_DEFINE_ENUM_VALUE (PURGE_MENDS_FRAGMENT_DROPPED, "fragment-dropped"),
  G_DEFINE_ENUM_VALUE (PURGE_MENDS_SCHEME_LOWERED, "scheme-lowered"),
  G_DEFINE_ENUM_VALUE (PURGE_MENDS_HOST_LOWERED, "host-lowered"),
  G_DEFINE_ENUM_VALUE (PURGE_MENDS_HOST_ENCODED, "host-encoded"),
  G_DEFINE_ENUM_VALUE (PURGE_MENDS_ADDRESS_REWRITTEN, "address-rewritten"),
  G_DEFINE_ENUM_VALUE (PURGE_MENDS_PORT_DROPPED, "port-dropped"),
  G_DEFINE_ENUM_VALUE (PURGE_MENDS_BLANK_ENCODED, "blank-encoded"),
  G_DEFINE_ENUM_VALUE (PURGE_MENDS_PATH_ENCODED, "path-encoded"),
  G_DEFINE_ENUM_VALUE (PURGE_MENDS_SLASH_ADDED, "slash-added"))

static const struct
{
  PurgeMends  mend;
  const char *sentence;
} sentences[] = {
  { PURGE_MENDS_MERGED,
    N_("The same entry is listed already, so it is sent only once.") },
  { PURGE_MENDS_BLANKS_TRIMMED,
    N_("Blanks at the ends were removed.") },
  { PURGE_MENDS_FRAGMENT_DROPPED,
    N_("The part from “#” on was removed; servers never see it.") },
  { PURGE_MENDS_SCHEME_LOWERED,
    N_("The scheme was put in lower case.") },
  { PURGE_MENDS_HOST_LOWERED,
    N_("The host was put in lower case.") },
  { PURGE_MENDS_HOST_ENCODED,
    N_("The international host name was put in its ASCII form.") },
  { PURGE_MENDS_ADDRESS_REWRITTEN,
    N_("The IPv6 address was put in its shortest form.") },
  { PURGE_MENDS_PORT_DROPPED,
    N_("The port was removed, since it is the one the scheme implies.") },
  { PURGE_MENDS_BLANK_ENCODED,
    N_("Each blank in it became “%20”.") },
  { PURGE_MENDS_PATH_ENCODED,
    N_("Characters outside ASCII were percent-encoded.") },
  { PURGE_MENDS_SLASH_ADDED,
    N_("The final “/” of the path was added.") },
};

/**
 * purge_mends_first_to_string:
 * @mends: some mends
 *
 * Names the mend that changes most, for scripts that want one name a change.
 *
 * Returns: (nullable): a static identifier, or %NULL for %PURGE_MENDS_NONE
 */
const char *
purge_mends_first_to_string (PurgeMends mends)
{
  g_autoptr (GFlagsClass) class = g_type_class_ref (PURGE_TYPE_MENDS);
  GFlagsValue *value = g_flags_get_first_value (class, mends);

  return value != NULL ? value->value_nick : NULL;
}

/**
 * purge_mends_to_string:
 * @mends: some mends
 *
 * Names all mends for scripts and tests.
 *
 * Returns: (transfer full): the identifiers with commas between them, or an empty string
 */
char *
purge_mends_to_string (PurgeMends mends)
{
  g_autoptr (GFlagsClass) class = g_type_class_ref (PURGE_TYPE_MENDS);
  GString *string = g_string_new (NULL);

  for (guint i = 0; i < class->n_values; i++)
    if ((mends & class->values[i].value) != 0)
      g_string_append_printf (string, "%s%s", string->len > 0 ? "," : "",
                              class->values[i].value_nick);

  return g_string_free (string, FALSE);
}

/**
 * purge_mends_dup_sentence:
 * @mends: some mends
 *
 * Says in words what was changed, one sentence a mend.
 *
 * Returns: (transfer full) (nullable): translated sentences, or %NULL for %PURGE_MENDS_NONE
 */
char *
purge_mends_dup_sentence (PurgeMends mends)
{
  g_autofree char *words = g_strdup ("");

  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    if ((mends & sentences[i].mend) != 0)
      {
        g_autofree char *before = g_steal_pointer (&words);

        words = purge_sentences_join (before, _(sentences[i].sentence));
      }

  return *words != '\0' ? g_steal_pointer (&words) : NULL;
}
