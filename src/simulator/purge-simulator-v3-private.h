/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-simulator-authorization.h"
#include "purge-simulator-v3.h"

G_BEGIN_DECLS

/* The errors that the simulator answers by its own judgement. */
#define PURGE_SIMULATOR_V3_WRONG_AUTHORIZATION "AuthFailure.InvalidAuthorization"
#define PURGE_SIMULATOR_V3_UNKNOWN_SECRET_ID "AuthFailure.SecretIdNotFound"
#define PURGE_SIMULATOR_V3_EXPIRED "AuthFailure.SignatureExpire"
#define PURGE_SIMULATOR_V3_WRONG_SIGNATURE "AuthFailure.SignatureFailure"
#define PURGE_SIMULATOR_V3_WRONG_TOKEN "AuthFailure.TokenFailure"
#define PURGE_SIMULATOR_V3_UNKNOWN_ACTION "InvalidAction"
#define PURGE_SIMULATOR_V3_INVALID_PARAMETER "InvalidParameter"
#define PURGE_SIMULATOR_V3_WRONG_VALUE "InvalidParameter.CdnParamError"
#define PURGE_SIMULATOR_V3_WILDCARD "InvalidParameter.CdnPurgeWildcardNotAllowed"
#define PURGE_SIMULATOR_V3_WRONG_DATES "InvalidParameter.CdnStatInvalidDate"
#define PURGE_SIMULATOR_V3_URL_TOO_LONG "InvalidParameter.CdnUrlExceedLength"
#define PURGE_SIMULATOR_V3_TOO_MANY_DIRECTORIES "LimitExceeded.CdnPurgePathExceedBatchLimit"
#define PURGE_SIMULATOR_V3_DIRECTORIES_SPENT "LimitExceeded.CdnPurgePathExceedDayLimit"
#define PURGE_SIMULATOR_V3_TOO_MANY_URLS "LimitExceeded.CdnPurgeUrlExceedBatchLimit"
#define PURGE_SIMULATOR_V3_URLS_SPENT "LimitExceeded.CdnPurgeUrlExceedDayLimit"
#define PURGE_SIMULATOR_V3_MISSING_PARAMETER "MissingParameter"
#define PURGE_SIMULATOR_V3_UNKNOWN_VERSION "NoSuchVersion"
#define PURGE_SIMULATOR_V3_TOO_LARGE "RequestSizeLimitExceeded"
#define PURGE_SIMULATOR_V3_UNKNOWN_HOST "ResourceNotFound.CdnHostNotExists"
#define PURGE_SIMULATOR_V3_UNKNOWN_PARAMETER "UnknownParameter"
#define PURGE_SIMULATOR_V3_PROTOCOL "UnsupportedProtocol"

/* Directories a request, where the options do not say it. */
#define PURGE_SIMULATOR_V3_BATCH 500

/**
 * PurgeSimulatorV3Turn:
 * @state: what the server knows
 * @call: what came
 * @is_tc3: whether it is signed with TC3-HMAC-SHA256, and says in headers what it is
 * @form: (nullable): the parameters of a query or a form, the common ones among them
 * @parameters: (nullable): the parameters of the action, or %NULL where they cannot be read
 * @unreadable: (nullable): why they cannot
 * @answer: what will be answered
 * @result: what a success brings
 * @detail: (nullable): what exactly is wrong
 *
 * One request of API 3.0 while it is being judged. Functions that judge return the code to answer,
 * or %NULL where they find nothing wrong.
 */
typedef struct {
  PurgeSimulatorState      *state;
  const PurgeSimulatorCall *call;
  gboolean                  is_tc3;
  GTree                    *form;
  JsonObject               *parameters;
  char                     *unreadable;
  PurgeSimulatorAnswer     *answer;
  JsonObject               *result;
  char                     *detail;
} PurgeSimulatorV3Turn;

const char *purge_simulator_v3_turn_get_common (PurgeSimulatorV3Turn  *turn,
                                                const char            *name);
const char *purge_simulator_v3_turn_refuse     (PurgeSimulatorV3Turn  *turn,
                                                const char            *code,
                                                const char            *detail);

void        purge_simulator_v3_read            (PurgeSimulatorV3Turn  *turn);
const char *purge_simulator_v3_check_names     (PurgeSimulatorV3Turn  *turn,
                                                const char * const    *known);
const char *purge_simulator_v3_read_text       (PurgeSimulatorV3Turn  *turn,
                                                const char            *name,
                                                const char           **text);
const char *purge_simulator_v3_read_choice     (PurgeSimulatorV3Turn  *turn,
                                                const char            *name,
                                                const char * const    *choices,
                                                const char           **text);
const char *purge_simulator_v3_read_number     (PurgeSimulatorV3Turn  *turn,
                                                const char            *name,
                                                gint64                *number);
const char *purge_simulator_v3_read_flag       (PurgeSimulatorV3Turn  *turn,
                                                const char            *name,
                                                gboolean              *flag);
const char *purge_simulator_v3_read_texts      (PurgeSimulatorV3Turn  *turn,
                                                const char            *name,
                                                GPtrArray             *texts);

const char *purge_simulator_v3_authenticate    (PurgeSimulatorV3Turn  *turn);
gboolean    purge_simulator_v3_is_signed       (PurgeSimulatorV3Turn              *turn,
                                                const PurgeSimulatorAuthorization *authorization);

void        purge_simulator_v3_read_purge      (PurgeSimulatorV3Turn  *turn);
const char *purge_simulator_v3_purge           (PurgeSimulatorV3Turn  *turn);
const char *purge_simulator_v3_look_up         (PurgeSimulatorV3Turn  *turn);
const char *purge_simulator_v3_quota           (PurgeSimulatorV3Turn  *turn);

G_END_DECLS
