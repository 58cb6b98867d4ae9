/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The one thing that writing JSON needs. */

#include "fault-json.h"

/**
 * fault_json_quote:
 * @text: (nullable): text
 *
 * Returns: (transfer full): @text as a JSON string, bytes that are no text replaced; or `null`
 */
char *
fault_json_quote (const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;
  GString *json;

  if (valid == NULL)
    return g_strdup ("null");

  json = g_string_new ("\"");
  for (const char *c = valid; *c != '\0'; c++)
    if (*c == '"' || *c == '\\')
      g_string_append_printf (json, "\\%c", *c);
    else if ((guchar) *c < ' ')
      g_string_append_printf (json, "\\u%04x", *c);
    else
      g_string_append_c (json, *c);

  g_string_append_c (json, '"');
  return g_string_free (json, FALSE);
}
