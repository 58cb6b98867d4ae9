/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Answers as JSON: the strict scan first, and the type of a member before its value.
 * Knows no member. */

#define G_LOG_DOMAIN "purge-body"

#include "config.h"

#include "purge-body.h"

#include "purge-json-scan.h"

static gboolean
is_of_type (JsonNode *node,
            GType     type)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

/**
 * purge_body_parse:
 * @text: (array length=length): a body as it came
 * @length: its length in bytes
 * @detail: (out): what is wrong with it, in developer's English; left alone where nothing is
 *
 * Parses what is one JSON object without a doubt (see purge_json_scan()). The scan comes first:
 * json-glib may see nothing else.
 *
 * Returns: (transfer full) (nullable): the object, or %NULL with @detail set
 */
JsonNode *
purge_body_parse (const char  *text,
                     gsize        length,
                     char       **detail)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) error = NULL;
  const char *problem;
  JsonNode *root;

  if (!purge_json_scan (text, length, &problem))
    {
      *detail = g_strdup_printf ("The answer is not one JSON object: %s", problem);
      return NULL;
    }

  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, length, &error))
    {
      *detail = g_strdup (error->message);
      return NULL;
    }

  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      *detail = g_strdup ("The answer is not one JSON object");
      return NULL;
    }

  return json_node_ref (root);
}

/**
 * purge_body_get_integer:
 * @node: (nullable): a member
 * @value: (out) (optional): its value; left alone where it is no integer
 *
 * Returns: whether it is an integer on the wire, and not one in words
 */
gboolean
purge_body_get_integer (JsonNode *node,
                           gint64   *value)
{
  if (!is_of_type (node, G_TYPE_INT64))
    return FALSE;

  if (value != NULL)
    *value = json_node_get_int (node);
  return TRUE;
}

/**
 * purge_body_get_string:
 * @node: (nullable): a member
 *
 * Returns: (transfer none) (nullable): its text, where it is a string
 */
const char *
purge_body_get_string (JsonNode *node)
{
  return is_of_type (node, G_TYPE_STRING) ? json_node_get_string (node) : NULL;
}

/**
 * purge_body_dup_text:
 * @node: (nullable): a member that is shown and never decides
 *
 * Returns: (transfer full) (nullable): its text without blanks around it, where it is a string or the
 *   integer that some of Tencent's pages have in its place
 */
char *
purge_body_dup_text (JsonNode *node)
{
  if (is_of_type (node, G_TYPE_STRING))
    return g_strstrip (g_strdup (json_node_get_string (node)));
  if (is_of_type (node, G_TYPE_INT64))
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

  return NULL;
}
