/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Who asks in API 3.0, and whether it is really they. Knows the common parameters, in headers
 * (https://cloud.tencent.com/document/api/228/30977) or in a form, and no action. */

#define G_LOG_DOMAIN "purge-simulator-v3-authentication"

#include "config.h"

#include "purge-simulator-v3-private.h"

static const char * const required[] = { "Action", "Version", "Timestamp", NULL };
static const char * const required_in_forms[] = { "Nonce", "SecretId", "Signature", NULL };

static const char *
check_required (PurgeSimulatorV3Turn *turn,
                const char * const   *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (purge_simulator_v3_turn_get_common (turn, names[i]) == NULL)
        return purge_simulator_v3_turn_refuse (turn, PURGE_SIMULATOR_V3_MISSING_PARAMETER,
                                               names[i]);
    }

  return NULL;
}

static const char *
read_number (PurgeSimulatorV3Turn *turn,
             const char           *name,
             guint64               most,
             guint64              *number)
{
  const char *value = purge_simulator_v3_turn_get_common (turn, name);

  if (g_ascii_string_to_unsigned (value, 10, 0, most, number, NULL))
    return NULL;

  return purge_simulator_v3_turn_refuse (turn, PURGE_SIMULATOR_V3_INVALID_PARAMETER, name);
}

/* The header, or nothing in a form. */
static const char *
read_authorization (PurgeSimulatorV3Turn         *turn,
                    PurgeSimulatorAuthorization **authorization)
{
  const char *header = purge_simulator_call_get_header (turn->call, "authorization");
  guint64 nonce;
  const char *code;

  if (turn->is_tc3)
    {
      *authorization = header != NULL ? purge_simulator_authorization_parse (header) : NULL;
      return *authorization != NULL ? NULL : PURGE_SIMULATOR_V3_WRONG_AUTHORIZATION;
    }

  code = check_required (turn, required_in_forms);
  return code == NULL ? read_number (turn, "Nonce", G_MAXUINT64, &nonce) : code;
}

static const char *
check_identity (PurgeSimulatorV3Turn              *turn,
                const PurgeSimulatorAuthorization *authorization,
                gint64                             timestamp)
{
  gint64 now = turn->call->now / G_USEC_PER_SEC;
  gint64 window = turn->state->clock_window;
  const char *secret_id = authorization != NULL
                            ? authorization->secret_id
                            : purge_simulator_v3_turn_get_common (turn, "SecretId");

  if (g_strcmp0 (secret_id, turn->state->secret_id) != 0)
    return PURGE_SIMULATOR_V3_UNKNOWN_SECRET_ID;
  if (g_strcmp0 (purge_simulator_v3_turn_get_common (turn, "Token"), turn->state->token) != 0)
    return PURGE_SIMULATOR_V3_WRONG_TOKEN;
  if (timestamp < now - window || timestamp > now + window)
    return PURGE_SIMULATOR_V3_EXPIRED;
  if (!purge_simulator_v3_is_signed (turn, authorization))
    return PURGE_SIMULATOR_V3_WRONG_SIGNATURE;

  return NULL;
}

/**
 * purge_simulator_v3_authenticate:
 * @turn: a request
 *
 * Checks the common parameters, the SecretId, the token, the time and the signature, in this order.
 * There is no nonce against repetitions but in forms, and no error for one that comes again.
 *
 * Returns: (transfer none) (nullable): the code to answer
 */
const char *
purge_simulator_v3_authenticate (PurgeSimulatorV3Turn *turn)
{
  g_autoptr (PurgeSimulatorAuthorization) authorization = NULL;
  guint64 timestamp = 0;
  const char *code = check_required (turn, required);

  if (code == NULL)
    code = read_number (turn, "Timestamp", G_MAXUINT32, &timestamp);
  if (code == NULL)
    code = read_authorization (turn, &authorization);
  if (code == NULL)
    code = check_identity (turn, authorization, (gint64) timestamp);

  return code;
}
