/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The codes of API 2.0 that the simulator answers by its own judgement. A common code is answered
 * as it is; a module code is answered as the common code 4000, with itself in the message. */
typedef enum {
  PURGE_SIMULATOR_V2_SUCCESS              = 0,
  PURGE_SIMULATOR_V2_OTHER_AREA           = 1012,
  PURGE_SIMULATOR_V2_INVALID_PARAMETER    = 4000,
  PURGE_SIMULATOR_V2_WRONG_SIGNATURE      = 4100,
  PURGE_SIMULATOR_V2_UNKNOWN_SECRET_ID    = 4104,
  PURGE_SIMULATOR_V2_WRONG_TOKEN          = 4105,
  PURGE_SIMULATOR_V2_REPLAY               = 4500,
  PURGE_SIMULATOR_V2_PROTOCOL             = 4600,
  PURGE_SIMULATOR_V2_WRONG_VALUE          = 9003,
  PURGE_SIMULATOR_V2_WRONG_HOST           = 9107,
  PURGE_SIMULATOR_V2_UNKNOWN_HOST         = 9110,
  PURGE_SIMULATOR_V2_WRONG_DATES          = 9150,
  PURGE_SIMULATOR_V2_UNKNOWN_TASK         = 21001,
  PURGE_SIMULATOR_V2_TOO_MANY_URLS        = 22043,
  PURGE_SIMULATOR_V2_URLS_SPENT           = 22044,
  PURGE_SIMULATOR_V2_TOO_MANY_DIRECTORIES = 22045,
  PURGE_SIMULATOR_V2_DIRECTORIES_SPENT    = 22046,
} PurgeSimulatorV2Code;

gboolean  purge_simulator_v2_code_is_documented (int          code);
int       purge_simulator_v2_code_get_common    (int          code);
JsonNode *purge_simulator_v2_code_to_json       (int          code,
                                                 const char  *detail);

G_END_DECLS
