/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Names of enumerators. Knows GEnumClass and nothing of what is enumerated. */

#define G_LOG_DOMAIN "purge-enum"

#include "config.h"

#include "purge-enum.h"

/**
 * purge_enum_to_nick:
 * @type: an enumeration
 * @value: one of its values
 *
 * Returns: (transfer none): the nick of @value; a value that is none of @type is a programming error
 */
const char *
purge_enum_to_nick (GType type,
                    int   value)
{
  GEnumClass *class = g_type_class_ref (type);
  GEnumValue *found = g_enum_get_value (class, value);
  const char *nick = found != NULL ? found->value_nick : NULL;

  g_type_class_unref (class);
  g_return_val_if_fail (nick != NULL, "");
  return nick;
}

/**
 * purge_enum_from_nick:
 * @type: an enumeration
 * @nick: (nullable): a nick, as somebody typed or stored it
 * @value: (out): the value of that nick
 *
 * Returns: whether there is one
 */
gboolean
purge_enum_from_nick (GType       type,
                      const char *nick,
                      int        *value)
{
  GEnumClass *class;
  GEnumValue *found;

  g_return_val_if_fail (value != NULL, FALSE);

  if (nick == NULL)
    return FALSE;

  class = g_type_class_ref (type);
  found = g_enum_get_value_by_nick (class, nick);
  if (found != NULL)
    *value = found->value;
  g_type_class_unref (class);

  return found != NULL;
}
