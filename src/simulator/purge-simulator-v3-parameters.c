/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The parameters of a request of API 3.0: from the JSON of a body, or from a query or a form, where
 * `Paths.0` is the first of a list. Knows the common parameters of forms, and no other by name. */

#define G_LOG_DOMAIN "purge-simulator-v3-parameters"

#include "config.h"

#include "purge-simulator-form.h"
#include "purge-simulator-json.h"
#include "purge-simulator-v3-private.h"

#include <string.h>

static const char * const commons[] = {
  "Action", "Language", "Nonce", "Region", "RequestClient", "SecretId", "Signature",
  "SignatureMethod", "Timestamp", "Token", "Version", NULL,
};

typedef struct {
  GTree      *form;
  JsonObject *object;
  gboolean    with_commons;
  guint       n_numbered; /* names with a number */
  guint       n_listed;   /* elements of the lists */
} Unfolding;

/* "Paths.0", "Paths.1" and so on, until one is missing. */
static JsonArray *
make_list (Unfolding  *unfolding,
           const char *name)
{
  JsonArray *list = json_array_new ();

  while (TRUE)
    {
      g_autofree char *numbered = g_strdup_printf ("%s.%u", name, json_array_get_length (list));
      const char *value = g_tree_lookup (unfolding->form, numbered);

      if (value == NULL)
        return list;

      json_array_add_string_element (list, value);
      unfolding->n_listed++;
    }
}

static gboolean
unfold_parameter (gpointer key,
                  gpointer value,
                  gpointer user_data)
{
  Unfolding *unfolding = user_data;
  const char *name = key;
  const char *dot = strrchr (name, '.');

  if (unfolding->with_commons && g_strv_contains (commons, name))
    return FALSE;

  if (dot == NULL)
    {
      json_object_set_string_member (unfolding->object, name, value);
      return FALSE;
    }

  unfolding->n_numbered++;
  if (g_str_equal (dot, ".0"))
    {
      g_autofree char *list = g_strndup (name, dot - name);

      json_object_set_array_member (unfolding->object, list, make_list (unfolding, list));
    }

  return FALSE;
}

static JsonObject *
unfold (PurgeSimulatorV3Turn  *turn,
        GError               **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  Unfolding unfolding = { turn->form, object, !turn->is_tc3, 0, 0 };

  g_tree_foreach (turn->form, unfold_parameter, &unfolding);
  if (unfolding.n_numbered == unfolding.n_listed)
    return g_steal_pointer (&object);

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "a list with a gap");
  return NULL;
}

static JsonObject *
read_form (PurgeSimulatorV3Turn  *turn,
           const char            *text,
           gsize                  length,
           GError               **error)
{
  turn->form = purge_simulator_form_read (text != NULL ? text : "", length, error);

  return turn->form != NULL ? unfold (turn, error) : NULL;
}

static gboolean
is_type (const PurgeSimulatorCall *call,
         const char               *media_type)
{
  return call->media_type != NULL && g_ascii_strcasecmp (call->media_type, media_type) == 0;
}

/* The query of a GET or the body of a POST, never both. */
static JsonObject *
read_parameters (PurgeSimulatorV3Turn  *turn,
                 GError               **error)
{
  const PurgeSimulatorCall *call = turn->call;
  gsize length = 0;
  const char *body;

  if (g_str_equal (call->method, "GET"))
    return read_form (turn, call->query, call->query != NULL ? strlen (call->query) : 0, error);

  body = g_bytes_get_data (call->body, &length);
  if (!turn->is_tc3 && is_type (call, "application/x-www-form-urlencoded"))
    return read_form (turn, body, length, error);
  if (!turn->is_tc3)
    return read_form (turn, NULL, 0, error);
  if (is_type (call, "application/json"))
    return purge_simulator_json_read (length > 0 ? body : "", length, error);

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Content-Type");
  return NULL;
}

/* A member that is null is none. */
static JsonNode *
find (PurgeSimulatorV3Turn *turn,
      const char           *name)
{
  JsonNode *node = json_object_get_member (turn->parameters, name);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

static const char *
refuse_type (PurgeSimulatorV3Turn *turn,
             const char           *name)
{
  return purge_simulator_v3_turn_refuse (turn, PURGE_SIMULATOR_V3_INVALID_PARAMETER, name);
}

/**
 * purge_simulator_v3_read:
 * @turn: a request whose method and size are good
 *
 * Reads the parameters, or says why they cannot be read.
 */
void
purge_simulator_v3_read (PurgeSimulatorV3Turn *turn)
{
  g_autoptr (GError) error = NULL;

  turn->parameters = read_parameters (turn, &error);
  if (turn->parameters == NULL)
    turn->unreadable = g_strdup (error->message);
}

/**
 * purge_simulator_v3_check_names:
 * @turn: a request
 * @known: (array zero-terminated=1): the parameters of its action
 *
 * Returns: (transfer none) (nullable): the code to answer where there are others
 */
const char *
purge_simulator_v3_check_names (PurgeSimulatorV3Turn *turn,
                                const char * const   *known)
{
  g_autoptr (GList) names = json_object_get_members (turn->parameters);

  for (GList *name = names; name != NULL; name = name->next)
    {
      if (!g_strv_contains (known, name->data))
        return purge_simulator_v3_turn_refuse (turn, PURGE_SIMULATOR_V3_UNKNOWN_PARAMETER,
                                               name->data);
    }

  return NULL;
}

/**
 * purge_simulator_v3_read_text:
 * @turn: a request
 * @name: a parameter
 * @text: (out) (transfer none) (nullable): its value, or %NULL where it is absent
 *
 * Returns: (transfer none) (nullable): the code to answer where it is no text
 */
const char *
purge_simulator_v3_read_text (PurgeSimulatorV3Turn  *turn,
                              const char            *name,
                              const char           **text)
{
  JsonNode *node = find (turn, name);

  *text = NULL;
  if (node == NULL)
    return NULL;
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return refuse_type (turn, name);

  *text = json_node_get_string (node);
  return NULL;
}

/**
 * purge_simulator_v3_read_choice:
 * @turn: a request
 * @name: a parameter
 * @choices: (array zero-terminated=1): what it may be
 * @text: (out) (transfer none) (nullable): what it is, or %NULL where it is absent
 *
 * Returns: (transfer none) (nullable): the code to answer where it is something else
 */
const char *
purge_simulator_v3_read_choice (PurgeSimulatorV3Turn  *turn,
                                const char            *name,
                                const char * const    *choices,
                                const char           **text)
{
  const char *code = purge_simulator_v3_read_text (turn, name, text);

  if (code == NULL && *text != NULL && !g_strv_contains (choices, *text))
    return purge_simulator_v3_turn_refuse (turn, PURGE_SIMULATOR_V3_WRONG_VALUE, name);

  return code;
}

/**
 * purge_simulator_v3_read_number:
 * @turn: a request
 * @name: a parameter
 * @number: (inout): its value; stays where it is absent
 *
 * Returns: (transfer none) (nullable): the code to answer where it is no whole number
 */
const char *
purge_simulator_v3_read_number (PurgeSimulatorV3Turn *turn,
                                const char           *name,
                                gint64               *number)
{
  JsonNode *node = find (turn, name);
  GType type = node != NULL ? json_node_get_value_type (node) : G_TYPE_NONE;

  if (node == NULL)
    return NULL;
  if (turn->form != NULL && type == G_TYPE_STRING
      && g_ascii_string_to_signed (json_node_get_string (node), 10, G_MININT64, G_MAXINT64, number,
                                   NULL))
    return NULL;
  if (type != G_TYPE_INT64)
    return refuse_type (turn, name);

  *number = json_node_get_int (node);
  return NULL;
}

/**
 * purge_simulator_v3_read_flag:
 * @turn: a request
 * @name: a parameter
 * @flag: (inout): its value; stays where it is absent
 *
 * Returns: (transfer none) (nullable): the code to answer where it is neither true nor false
 */
const char *
purge_simulator_v3_read_flag (PurgeSimulatorV3Turn *turn,
                              const char           *name,
                              gboolean             *flag)
{
  JsonNode *node = find (turn, name);
  GType type = node != NULL ? json_node_get_value_type (node) : G_TYPE_NONE;
  const char *text;

  if (node == NULL)
    return NULL;

  if (type == G_TYPE_BOOLEAN)
    {
      *flag = json_node_get_boolean (node);
      return NULL;
    }

  /* SDKs write it in forms as their languages do: "True" in Python. */
  text = turn->form != NULL && type == G_TYPE_STRING ? json_node_get_string (node) : "";
  *flag = g_ascii_strcasecmp (text, "true") == 0;
  return *flag || g_ascii_strcasecmp (text, "false") == 0 ? NULL : refuse_type (turn, name);
}

/**
 * purge_simulator_v3_read_texts:
 * @turn: a request
 * @name: a parameter
 * @texts: (element-type utf8): gets a copy of each of its texts
 *
 * Returns: (transfer none) (nullable): the code to answer where it is absent or no list of texts;
 *   then @texts has those in front of the first that is none
 */
const char *
purge_simulator_v3_read_texts (PurgeSimulatorV3Turn *turn,
                               const char           *name,
                               GPtrArray            *texts)
{
  JsonNode *node = find (turn, name);
  JsonArray *list;

  if (node == NULL)
    return purge_simulator_v3_turn_refuse (turn, PURGE_SIMULATOR_V3_MISSING_PARAMETER, name);
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return refuse_type (turn, name);

  list = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonNode *element = json_array_get_element (list, i);

      if (json_node_get_value_type (element) != G_TYPE_STRING)
        return refuse_type (turn, name);
      g_ptr_array_add (texts, json_node_dup_string (element));
    }

  return NULL;
}
