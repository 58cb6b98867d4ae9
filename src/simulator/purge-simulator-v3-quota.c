/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* DescribePurgeQuota of API 3.0 (https://cloud.tencent.com/document/api/228/41956): what is left of
 * today's quotas. */

#define G_LOG_DOMAIN "purge-simulator-v3-quota"

#include "config.h"

#include "purge-simulator-areas.h"
#include "purge-simulator-time.h"
#include "purge-simulator-v3-private.h"

static JsonObject *
make_entry (PurgeSimulatorV3Turn *turn,
            const char           *quota,
            const char           *area,
            guint                 batch,
            guint                 total)
{
  JsonObject *entry = json_object_new ();
  gint64 day = purge_simulator_time_get_day (turn->call->now / G_USEC_PER_SEC);
  guint used = purge_simulator_areas_get_used (area, turn->state->ledger, quota, day);

  json_object_set_int_member (entry, "Batch", batch);
  json_object_set_int_member (entry, "Total", total);
  json_object_set_int_member (entry, "Available", used < total ? total - used : 0);
  json_object_set_string_member (entry, "Area", area);

  return entry;
}

static void
add_quota (PurgeSimulatorV3Turn *turn,
           const char           *member,
           const char           *quota,
           guint                 batch,
           guint                 total)
{
  static const char * const areas[] = { PURGE_SIMULATOR_MAINLAND, PURGE_SIMULATOR_OVERSEAS };
  JsonArray *entries = json_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (areas); i++)
    json_array_add_object_element (entries, make_entry (turn, quota, areas[i], batch, total));
  json_object_set_array_member (turn->result, member, entries);
}

/**
 * purge_simulator_v3_quota:
 * @turn: a request whose sender is known
 *
 * Returns: (transfer none) (nullable): the code to answer
 */
const char *
purge_simulator_v3_quota (PurgeSimulatorV3Turn *turn)
{
  static const char * const known[] = { NULL };
  const PurgeSimulatorState *state = turn->state;
  const char *code = purge_simulator_v3_check_names (turn, known);

  if (code != NULL)
    return code;

  add_quota (turn, "UrlPurge", PURGE_SIMULATOR_QUOTA_URLS, PURGE_SIMULATOR_URLS_A_REQUEST,
             PURGE_SIMULATOR_URLS_A_DAY);
  add_quota (turn, "PathPurge", PURGE_SIMULATOR_QUOTA_DIRECTORIES,
             state->batch != 0 ? state->batch : PURGE_SIMULATOR_V3_BATCH, state->quota);

  return NULL;
}
