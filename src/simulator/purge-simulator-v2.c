/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* API 2.0 of Tencent Cloud: in which order a request is judged, and the form of the answer. Knows
 * neither who may ask nor what the actions do; those have files of their own. */

#define G_LOG_DOMAIN "purge-simulator-v2"

#include "config.h"

#include "purge-simulator-v2-private.h"

#include "purge-simulator-form.h"

#include <string.h>

/* "When the parameters of a GET request exceed 32 KB, or those of a POST 1 MB, HTTP status 501."
 * Where the whole head of a request exceeds 64 KB, libsoup hangs up before we hear of it. */
#define GET_MAX_LENGTH (32 * 1024)
#define POST_MAX_LENGTH (1024 * 1024)
#define TOO_LONG 501
#define NOT_ALLOWED 405

typedef struct {
  const char  *name;
  int        (*act) (PurgeSimulatorV2Turn *turn);
} Action;

static const Action actions[] = {
  { "RefreshCdnDir", purge_simulator_v2_purge },
  { "RefreshCdnUrl", purge_simulator_v2_purge },
  { "GetCdnRefreshLog", purge_simulator_v2_look_up },
};

static guint
check_size (const PurgeSimulatorCall *call)
{
  if (g_str_equal (call->method, "GET"))
    return call->query != NULL && strlen (call->query) > GET_MAX_LENGTH ? TOO_LONG : 0;
  if (g_str_equal (call->method, "POST"))
    return call->body == NULL || g_bytes_get_size (call->body) > POST_MAX_LENGTH ? TOO_LONG : 0;

  return NOT_ALLOWED;
}

/* The query of a GET or the body of a POST, never both. */
static GTree *
read_parameters (const PurgeSimulatorCall  *call,
                 GError                   **error)
{
  const char *query = call->query != NULL ? call->query : "";
  gsize length;
  const char *body;

  if (g_str_equal (call->method, "GET"))
    return purge_simulator_form_read (query, strlen (query), error);
  if (g_strcmp0 (call->media_type, "multipart/form-data") == 0)
    return purge_simulator_form_read_multipart (call->body, call->boundary, error);
  if (g_strcmp0 (call->media_type, "application/x-www-form-urlencoded") != 0)
    return purge_simulator_form_read ("", 0, error);

  body = g_bytes_get_data (call->body, &length);
  return purge_simulator_form_read (length > 0 ? body : "", length, error);
}

static int
act (PurgeSimulatorV2Turn *turn)
{
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (g_str_equal (actions[i].name, turn->answer->action))
        return actions[i].act (turn);
    }

  return purge_simulator_v2_turn_refuse (turn, PURGE_SIMULATOR_V2_INVALID_PARAMETER, "Action");
}

/* @forced is the code that the simulator was told to answer, or 0. */
static int
judge (PurgeSimulatorV2Turn *turn,
       int                   forced)
{
  g_autoptr (GError) error = NULL;
  int code;

  turn->parameters = read_parameters (turn->call, &error);
  if (turn->parameters != NULL)
    {
      turn->answer->action = g_strdup (purge_simulator_v2_turn_get (turn, "Action"));
      purge_simulator_v2_read_purge (turn);
    }

  if (forced != PURGE_SIMULATOR_V2_SUCCESS)
    return forced;
  if (turn->state->https_only && !turn->call->secure)
    return PURGE_SIMULATOR_V2_PROTOCOL;
  if (turn->parameters == NULL)
    return purge_simulator_v2_turn_refuse (turn, PURGE_SIMULATOR_V2_INVALID_PARAMETER,
                                           error->message);

  code = purge_simulator_v2_authenticate (turn);
  return code == PURGE_SIMULATOR_V2_SUCCESS ? act (turn) : code;
}

/* {"code":0,"message":"","codeDesc":"Success","data":{…}} */
static JsonNode *
make_success (JsonNode *data)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "code");
  json_builder_add_int_value (builder, PURGE_SIMULATOR_V2_SUCCESS);
  json_builder_set_member_name (builder, "message");
  json_builder_add_string_value (builder, "");
  json_builder_set_member_name (builder, "codeDesc");
  json_builder_add_string_value (builder, "Success");
  json_builder_set_member_name (builder, "data");
  json_builder_add_value (builder, json_node_copy (data));
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

static void
say (PurgeSimulatorV2Turn *turn,
     int                   code)
{
  JsonNode *verdict = json_node_init_int (json_node_alloc (),
                                          purge_simulator_v2_code_get_common (code));
  JsonNode *body = code == PURGE_SIMULATOR_V2_SUCCESS
                     ? make_success (turn->data)
                     : purge_simulator_v2_code_to_json (code, turn->detail);

  purge_simulator_answer_set_json (turn->answer, body, verdict);
}

/* ---- shared with the other files of API 2.0 ---- */

/**
 * purge_simulator_v2_turn_get:
 * @turn: a request
 * @name: the name of a parameter
 *
 * Returns: (transfer none) (nullable): its value, or %NULL where it is absent or empty
 */
const char *
purge_simulator_v2_turn_get (PurgeSimulatorV2Turn *turn,
                             const char           *name)
{
  const char *value = g_tree_lookup (turn->parameters, name);

  return value != NULL && *value != '\0' ? value : NULL;
}

/**
 * purge_simulator_v2_turn_refuse:
 * @turn: a request
 * @code: a documented error
 * @detail: what exactly is wrong
 *
 * Notes the detail for the message.
 *
 * Returns: @code
 */
int
purge_simulator_v2_turn_refuse (PurgeSimulatorV2Turn *turn,
                                int                   code,
                                const char           *detail)
{
  g_free (turn->detail);
  turn->detail = g_strdup (detail);

  return code;
}

/* ---- public ---- */

/**
 * purge_simulator_v2_knows_error:
 * @code: a code in digits
 *
 * Returns: whether it is an error that API 2.0 documents: a common code, a module code, or the HTTP
 *   status 501
 */
gboolean
purge_simulator_v2_knows_error (const char *code)
{
  gint64 number;

  return g_ascii_string_to_signed (code, 10, G_MININT32, G_MAXINT32, &number, NULL)
         && (number == TOO_LONG || purge_simulator_v2_code_is_documented ((int) number));
}

/**
 * purge_simulator_v2_answer:
 * @state: what the server knows; changes where something is executed
 * @call: a request to %PURGE_SIMULATOR_V2_PATH
 *
 * Judges a request: the size, then the protocol, the parameters, the sender, and what is asked. An
 * error that the simulator was told to answer comes before all but the size.
 *
 * Returns: (transfer full): the answer
 */
PurgeSimulatorAnswer *
purge_simulator_v2_answer (PurgeSimulatorState      *state,
                           const PurgeSimulatorCall *call)
{
  g_autoptr (PurgeSimulatorAnswer) answer = purge_simulator_answer_new ();
  const char *told = purge_simulator_state_take_error (state);
  int forced = told != NULL && purge_simulator_v2_knows_error (told)
                 ? (int) g_ascii_strtoll (told, NULL, 10) : PURGE_SIMULATOR_V2_SUCCESS;
  PurgeSimulatorV2Turn turn = { .state = state, .call = call, .answer = answer };
  guint status = forced == TOO_LONG ? TOO_LONG : check_size (call);

  if (status != 0)
    purge_simulator_answer_set_status (answer, status);
  else
    say (&turn, judge (&turn, forced));

  g_clear_pointer (&turn.parameters, g_tree_unref);
  g_clear_pointer (&turn.data, json_node_unref);
  g_free (turn.detail);
  return g_steal_pointer (&answer);
}
