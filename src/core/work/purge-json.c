/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* JSON for scripts: one object on one line that a terminal obeys nothing of. Knows no member. */

#define G_LOG_DOMAIN "purge-json"

#include "config.h"

#include "purge-json.h"

#include "purge-enum.h"
#include "purge-visible.h"

/* JSON may hold any character, but terminals obey some of them, and json-glib writes U+001F as it
 * is. Outside of strings no such character occurs, so that all of them can be spelt out. */
static char *
escape (const char *json)
{
  GString *escaped = g_string_sized_new (1024);

  for (const char *c = json; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (!purge_visible_is_hidden (character))
        g_string_append_unichar (escaped, character);
      else if (character < 0x10000)
        g_string_append_printf (escaped, "\\u%04x", character);
      else
        g_string_append_printf (escaped, "\\u%04x\\u%04x", 0xd7c0 + (character >> 10),
                                0xdc00 + (character & 0x3ff));
    }

  g_string_append_c (escaped, '\n');
  return g_string_free (escaped, FALSE);
}

/**
 * purge_json_begin:
 *
 * Returns: (transfer full): an object without members
 */
JsonBuilder *
purge_json_begin (void)
{
  return json_builder_begin_object (json_builder_new_immutable ());
}

/**
 * purge_json_end:
 * @builder: an object with all its members; it is ended
 *
 * Returns: (transfer full): the object on one line, with the line end; characters that nobody sees are
 *   spelt by their numbers
 */
char *
purge_json_end (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *json = NULL;

  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json = json_to_string (root, FALSE);

  return escape (json);
}

/**
 * purge_json_add_text:
 * @builder: an object that was begun
 * @name: a member
 * @value: (nullable): its value
 *
 * Adds a text, or null. One that is no UTF-8 gets U+FFFD where it is not.
 */
void
purge_json_add_text (JsonBuilder *builder,
                     const char  *name,
                     const char  *value)
{
  g_autofree char *valid = value != NULL ? g_utf8_make_valid (value, -1) : NULL;

  json_builder_set_member_name (builder, name);
  if (valid != NULL)
    json_builder_add_string_value (builder, valid);
  else
    json_builder_add_null_value (builder);
}

/**
 * purge_json_add_nick:
 * @builder: an object that was begun
 * @name: a member
 * @type: an enumeration
 * @value: one of its values
 *
 * Adds the stable name of a value.
 */
void
purge_json_add_nick (JsonBuilder *builder,
                     const char  *name,
                     GType        type,
                     int          value)
{
  purge_json_add_text (builder, name, purge_enum_to_nick (type, value));
}

/**
 * purge_json_add_number:
 * @builder: an object that was begun
 * @name: a member
 * @value: its value
 *
 * Adds a number.
 */
void
purge_json_add_number (JsonBuilder *builder,
                       const char  *name,
                       gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

/**
 * purge_json_add_null:
 * @builder: an object that was begun
 * @name: a member
 *
 * Adds null.
 */
void
purge_json_add_null (JsonBuilder *builder,
                     const char  *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_null_value (builder);
}
