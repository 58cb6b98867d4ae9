/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Who asks in API 2.0, and whether it is really they. Knows the common parameters
 * (https://cloud.tencent.com/document/product/228/1723) and no action. */

#define G_LOG_DOMAIN "purge-simulator-v2-authentication"

#include "config.h"

#include "purge-simulator-signature.h"
#include "purge-simulator-v2-private.h"

static const char * const required[] = { "Action", "Timestamp", "Nonce", "SecretId", "Signature" };

static int
check_required (PurgeSimulatorV2Turn *turn)
{
  for (gsize i = 0; i < G_N_ELEMENTS (required); i++)
    {
      if (purge_simulator_v2_turn_get (turn, required[i]) == NULL)
        return purge_simulator_v2_turn_refuse (turn, PURGE_SIMULATOR_V2_INVALID_PARAMETER,
                                               required[i]);
    }

  return PURGE_SIMULATOR_V2_SUCCESS;
}

static int
read_number (PurgeSimulatorV2Turn *turn,
             const char           *name,
             guint64               most,
             guint64              *number)
{
  const char *value = purge_simulator_v2_turn_get (turn, name);

  if (g_ascii_string_to_unsigned (value, 10, 0, most, number, NULL))
    return PURGE_SIMULATOR_V2_SUCCESS;

  return purge_simulator_v2_turn_refuse (turn, PURGE_SIMULATOR_V2_INVALID_PARAMETER, name);
}

/* Temporary credentials come with a token, others without; an empty token is none. */
static gboolean
is_token_right (PurgeSimulatorV2Turn *turn)
{
  return g_strcmp0 (purge_simulator_v2_turn_get (turn, "Token"), turn->state->token) == 0;
}

static gboolean
is_signature_right (PurgeSimulatorV2Turn *turn)
{
  const PurgeSimulatorCall *call = turn->call;
  g_autofree char *text = purge_simulator_signature_string (call->method, call->host, call->path,
                                                            turn->parameters);
  g_autofree char *signature =
    purge_simulator_signature_make (text, turn->state->secret_key,
                                    purge_simulator_v2_turn_get (turn, "SignatureMethod"));

  return g_str_equal (signature, purge_simulator_v2_turn_get (turn, "Signature"));
}

/* A nonce is used up only by a request whose signature is right: strangers cannot use up ours. */
static int
check_identity (PurgeSimulatorV2Turn *turn,
                guint64               nonce,
                gint64                timestamp)
{
  gint64 now = turn->call->now / G_USEC_PER_SEC;
  gint64 window = turn->state->clock_window;

  if (g_strcmp0 (purge_simulator_v2_turn_get (turn, "SecretId"), turn->state->secret_id) != 0)
    return PURGE_SIMULATOR_V2_UNKNOWN_SECRET_ID;
  if (!is_token_right (turn))
    return PURGE_SIMULATOR_V2_WRONG_TOKEN;
  if (timestamp < now - window || timestamp > now + window)
    return purge_simulator_v2_turn_refuse (turn, PURGE_SIMULATOR_V2_REPLAY, "Timestamp");
  if (!is_signature_right (turn))
    return PURGE_SIMULATOR_V2_WRONG_SIGNATURE;
  if (!purge_simulator_nonces_use (turn->state->nonces, nonce, timestamp, now - window))
    return purge_simulator_v2_turn_refuse (turn, PURGE_SIMULATOR_V2_REPLAY, "Nonce");

  return PURGE_SIMULATOR_V2_SUCCESS;
}

/**
 * purge_simulator_v2_authenticate:
 * @turn: a request
 *
 * Checks the common parameters, the SecretId, the token, the time, the signature and the nonce, in
 * this order. What passes has used its nonce up, whatever becomes of it.
 *
 * Returns: the code to answer, or 0
 */
int
purge_simulator_v2_authenticate (PurgeSimulatorV2Turn *turn)
{
  guint64 timestamp = 0;
  guint64 nonce = 0;
  int code = check_required (turn);

  if (code == PURGE_SIMULATOR_V2_SUCCESS)
    code = read_number (turn, "Timestamp", G_MAXUINT32, &timestamp);
  if (code == PURGE_SIMULATOR_V2_SUCCESS)
    code = read_number (turn, "Nonce", G_MAXUINT64, &nonce);
  if (code == PURGE_SIMULATOR_V2_SUCCESS)
    code = check_identity (turn, nonce, (gint64) timestamp);

  return code;
}
