/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Whether a failure looks like the end of API 2.0, which Tencent announced for 30 November 2022 and
 * carried out account by account (“CDN API 2.0下线通知” in Tencent's document on the move to API 3.0).
 * How a server behaves for which it has ended is documented nowhere: what users met is listed here.
 * It is a guess, and worth a hint only. */

#define G_LOG_DOMAIN "purge-retirement"

#include "config.h"

#include "purge-retirement.h"

#include <string.h>

#include "purge-enum.h"

/* The signature is refused although it is right; the version is not supported; the interface is not
 * available; and the code by which API 3.0 calls an interface that was taken out of service. */
static const char * const codes[] = { "4100", "6100", "6200" };

#define OFFLINE "ActionOffline"

static gboolean
has_code (const PurgeAnswer *answer)
{
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_strcmp0 (answer->code, codes[i]) == 0)
      return TRUE;

  return g_strcmp0 (answer->code, OFFLINE) == 0 || g_strcmp0 (answer->code_desc, OFFLINE) == 0;
}

/* An answer of API 3.0's shape is none of API 2.0. */
static gboolean
is_foreign (const PurgeOutcome *outcome)
{
  return outcome->cause == PURGE_CAUSE_ANSWER_UNCLEAR && outcome->answer.raw != NULL &&
         strstr (outcome->answer.raw, "\"" OFFLINE "\"") != NULL;
}

/* A name that is gone, or an address that no longer belongs to the name. */
static gboolean
is_abandoned (PurgeCause cause)
{
  return cause == PURGE_CAUSE_NAME_LOOKUP || cause == PURGE_CAUSE_TLS_FAILED ||
         cause == PURGE_CAUSE_TLS_TOO_OLD || cause == PURGE_CAUSE_CERTIFICATE;
}

/**
 * purge_retirement_is_likely:
 * @api: the API that was spoken
 * @endpoint: where, as purge_endpoint_to_string() has it
 * @outcome: what became of the request
 *
 * Says whether a request failed as one does for which API 2.0 has ended. That a server cannot be
 * found or trusted says so only of API 2.0's own.
 *
 * Returns: whether it did
 */
gboolean
purge_retirement_is_likely (PurgeApiKind        api,
                            const char         *endpoint,
                            const PurgeOutcome *outcome)
{
  g_return_val_if_fail (outcome != NULL, FALSE);

  if (api != PURGE_API_KIND_2_0 || outcome->event == PURGE_BATCH_EVENT_ACCEPTED)
    return FALSE;

  return has_code (&outcome->answer) || is_foreign (outcome) ||
         (is_abandoned (outcome->cause) && g_strcmp0 (endpoint, PURGE_ENDPOINT_API_2_0) == 0);
}

/**
 * purge_retirement_was_likely:
 * @api: the API that was spoken, by its nick
 * @endpoint: where
 * @state: the state that a batch is in
 * @outcome: (nullable): what became of it, or %NULL where nothing has yet
 *
 * The same of a batch that the journal holds, as long as it is not settled otherwise.
 *
 * Returns: whether it failed so
 */
gboolean
purge_retirement_was_likely (const char         *api,
                             const char         *endpoint,
                             PurgeBatchState     state,
                             const PurgeOutcome *outcome)
{
  int kind;

  if (outcome == NULL || !purge_enum_from_nick (PURGE_TYPE_API_KIND, api, &kind))
    return FALSE;

  return (state == PURGE_BATCH_WAITING || state == PURGE_BATCH_REJECTED ||
          state == PURGE_BATCH_UNKNOWN) &&
         purge_retirement_is_likely (kind, endpoint, outcome);
}
