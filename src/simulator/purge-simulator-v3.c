/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* API 3.0 of Tencent Cloud: in which order a request is judged, and the form of the answer. Knows
 * neither who may ask nor what the actions do; those have files of their own. */

#define G_LOG_DOMAIN "purge-simulator-v3"

#include "config.h"

#include "purge-simulator-v3-private.h"

#include "purge-simulator-v3-words.h"

#include <string.h>

#define API_VERSION "2018-06-06"

/* What comes with TC3-HMAC-SHA256 in a body may be longer than a form. Where the whole head of a
 * request exceeds 64 KB, libsoup hangs up before we hear of it. */
#define GET_MAX_LENGTH (32 * 1024)
#define FORM_MAX_LENGTH (1024 * 1024)
#define TC3_MAX_LENGTH (10 * 1024 * 1024)

typedef struct {
  const char  *name;
  const char *(*act) (PurgeSimulatorV3Turn *turn);
} Action;

static const Action actions[] = {
  { "PurgePathCache", purge_simulator_v3_purge },
  { "PurgeUrlsCache", purge_simulator_v3_purge },
  { "DescribePurgeTasks", purge_simulator_v3_look_up },
  { "DescribePurgeQuota", purge_simulator_v3_quota },
};

static gboolean
is_too_large (PurgeSimulatorV3Turn *turn)
{
  const PurgeSimulatorCall *call = turn->call;

  if (g_str_equal (call->method, "GET"))
    return call->query != NULL && strlen (call->query) > GET_MAX_LENGTH;

  return call->body == NULL
         || g_bytes_get_size (call->body) > (turn->is_tc3 ? TC3_MAX_LENGTH : FORM_MAX_LENGTH);
}

/* What is wrong before anything is read. */
static const char *
check_transport (PurgeSimulatorV3Turn *turn)
{
  const PurgeSimulatorCall *call = turn->call;

  if (!g_str_equal (call->method, "GET") && !g_str_equal (call->method, "POST"))
    return PURGE_SIMULATOR_V3_PROTOCOL;

  return is_too_large (turn) ? PURGE_SIMULATOR_V3_TOO_LARGE : NULL;
}

static const char *
act (PurgeSimulatorV3Turn *turn)
{
  const char *version = purge_simulator_v3_turn_get_common (turn, "Version");

  if (!g_str_equal (version, API_VERSION))
    return purge_simulator_v3_turn_refuse (turn, PURGE_SIMULATOR_V3_UNKNOWN_VERSION, version);

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (!g_str_equal (actions[i].name, turn->answer->action))
        continue;
      if (turn->parameters == NULL)
        return purge_simulator_v3_turn_refuse (turn, PURGE_SIMULATOR_V3_INVALID_PARAMETER,
                                               turn->unreadable);
      return actions[i].act (turn);
    }

  return purge_simulator_v3_turn_refuse (turn, PURGE_SIMULATOR_V3_UNKNOWN_ACTION,
                                         turn->answer->action);
}

static const char *
judge (PurgeSimulatorV3Turn *turn,
       const char           *forced)
{
  const char *code = check_transport (turn);

  if (code == NULL)
    {
      purge_simulator_v3_read (turn);
      turn->answer->action = g_strdup (purge_simulator_v3_turn_get_common (turn, "Action"));
      if (turn->parameters != NULL)
        purge_simulator_v3_read_purge (turn);
    }

  if (forced != NULL)
    return forced;
  if (code == NULL && turn->state->https_only && !turn->call->secure)
    code = PURGE_SIMULATOR_V3_PROTOCOL;
  if (code == NULL && !turn->is_tc3 && turn->form == NULL)
    code = purge_simulator_v3_turn_refuse (turn, PURGE_SIMULATOR_V3_INVALID_PARAMETER,
                                           turn->unreadable);
  if (code == NULL)
    code = purge_simulator_v3_authenticate (turn);

  return code == NULL ? act (turn) : code;
}

/* "缺少参数错误。[FlushType]" */
static char *
make_message (PurgeSimulatorV3Turn *turn,
              const char           *code)
{
  const PurgeSimulatorV3Words *words = purge_simulator_v3_words_find (code);
  const char *language = purge_simulator_v3_turn_get_common (turn, "Language");
  const char *text = g_strcmp0 (language, "en-US") == 0 && words->english != NULL ? words->english
                                                                                 : words->chinese;

  return turn->detail != NULL ? g_strconcat (text, "[", turn->detail, "]", NULL) : g_strdup (text);
}

static void
add_error (PurgeSimulatorV3Turn *turn,
           JsonObject           *response,
           const char           *code)
{
  g_autofree char *message = make_message (turn, code);
  JsonObject *error = json_object_new ();

  json_object_set_string_member (error, "Code", code);
  json_object_set_string_member (error, "Message", message);
  json_object_set_object_member (response, "Error", error);
}

/* {"Response":{…,"RequestId":"…"}}: what was done, or an Error. */
static void
say (PurgeSimulatorV3Turn *turn,
     const char           *code)
{
  g_autofree char *id = g_uuid_string_random ();
  JsonNode *body = json_node_new (JSON_NODE_OBJECT);
  JsonObject *envelope = json_object_new ();
  JsonObject *response = code == NULL ? json_object_ref (turn->result) : json_object_new ();
  JsonNode *verdict = json_node_alloc ();

  if (code != NULL)
    {
      json_node_init_string (verdict, code);
      add_error (turn, response, code);
    }
  else
    json_node_init_int (verdict, 0);

  json_object_set_string_member (response, "RequestId", id);
  json_object_set_object_member (envelope, "Response", response);
  json_node_take_object (body, envelope);
  purge_simulator_answer_set_json (turn->answer, body, verdict);
}

/* ---- shared with the other files of API 3.0 ---- */

/**
 * purge_simulator_v3_turn_get_common:
 * @turn: a request
 * @name: the name of a common parameter, as it is in a form
 *
 * Returns: (transfer none) (nullable): its value, from the header `X-TC-` and the name or from the
 *   form, or %NULL where it is absent or empty
 */
const char *
purge_simulator_v3_turn_get_common (PurgeSimulatorV3Turn *turn,
                                    const char           *name)
{
  const char *value = NULL;

  if (turn->is_tc3)
    {
      g_autofree char *small = g_ascii_strdown (name, -1);
      g_autofree char *header = g_strconcat ("x-tc-", small, NULL);

      value = purge_simulator_call_get_header (turn->call, header);
    }
  else if (turn->form != NULL)
    value = g_tree_lookup (turn->form, name);

  return value != NULL && *value != '\0' ? value : NULL;
}

/**
 * purge_simulator_v3_turn_refuse:
 * @turn: a request
 * @code: a documented error
 * @detail: what exactly is wrong
 *
 * Notes the detail for the message.
 *
 * Returns: (transfer none): @code
 */
const char *
purge_simulator_v3_turn_refuse (PurgeSimulatorV3Turn *turn,
                                const char           *code,
                                const char           *detail)
{
  g_free (turn->detail);
  turn->detail = g_strdup (detail);

  return code;
}

/* ---- public ---- */

/**
 * purge_simulator_v3_knows_error:
 * @code: a code
 *
 * Returns: whether it is an error that API 3.0 documents
 */
gboolean
purge_simulator_v3_knows_error (const char *code)
{
  return purge_simulator_v3_words_find (code) != NULL;
}

/**
 * purge_simulator_v3_answer:
 * @state: what the server knows; changes where something is executed
 * @call: a request to %PURGE_SIMULATOR_V3_PATH
 *
 * Judges a request: the method and the size, then the protocol, the sender, the version, the action,
 * and what is asked. An error that the simulator was told to answer comes before all of them.
 *
 * Returns: (transfer full): the answer
 */
PurgeSimulatorAnswer *
purge_simulator_v3_answer (PurgeSimulatorState      *state,
                           const PurgeSimulatorCall *call)
{
  g_autoptr (PurgeSimulatorAnswer) answer = purge_simulator_answer_new ();
  const char *told = purge_simulator_state_take_error (state);
  PurgeSimulatorV3Turn turn = {
    .state = state,
    .call = call,
    .is_tc3 = purge_simulator_call_get_header (call, "authorization") != NULL
              || purge_simulator_call_get_header (call, "x-tc-action") != NULL,
    .answer = answer,
    .result = json_object_new (),
  };

  say (&turn, judge (&turn, told != NULL && purge_simulator_v3_knows_error (told) ? told : NULL));

  g_clear_pointer (&turn.form, g_tree_unref);
  g_clear_pointer (&turn.parameters, json_object_unref);
  g_clear_pointer (&turn.result, json_object_unref);
  g_free (turn.unreadable);
  g_free (turn.detail);
  return g_steal_pointer (&answer);
}
