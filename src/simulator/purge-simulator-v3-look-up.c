/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* DescribePurgeTasks of API 3.0 (https://cloud.tencent.com/document/api/228/37873). Knows how purges
 * are looked up, and how the answer is written: one record a URL. */

#define G_LOG_DOMAIN "purge-simulator-v3-look-up"

#include "config.h"

#include "purge-simulator-areas.h"
#include "purge-simulator-hosts.h"
#include "purge-simulator-time.h"
#include "purge-simulator-v3-private.h"

#include <string.h>

#define DEFAULT_LIMIT 20
#define HIGHEST_LIMIT 1000

typedef struct {
  const char *task_id;    /* nullable, as all the texts */
  const char *purge_type;
  const char *keyword;
  const char *status;
  const char *area;
  gint64      from;       /* seconds since 1970, both ends belong to it */
  gint64      to;
  gint64      offset;
  gint64      limit;
} Search;

/* Here a time is always written in full. */
static const char *
read_time (PurgeSimulatorV3Turn *turn,
           const char           *name,
           gint64               *seconds)
{
  const char *text;
  const char *code = purge_simulator_v3_read_text (turn, name, &text);

  if (code != NULL || text == NULL)
    return code;
  if (strlen (text) != strlen ("2018-08-08 00:00:00")
      || !purge_simulator_time_parse (text, FALSE, seconds))
    return purge_simulator_v3_turn_refuse (turn, PURGE_SIMULATOR_V3_WRONG_DATES, name);

  return NULL;
}

static const char *
read_times (PurgeSimulatorV3Turn *turn,
            Search               *search)
{
  const char *code = read_time (turn, "StartTime", &search->from);

  if (code == NULL)
    code = read_time (turn, "EndTime", &search->to);
  if (code == NULL && search->from > search->to)
    code = PURGE_SIMULATOR_V3_WRONG_DATES;
  if (code == NULL && search->task_id == NULL && search->from == G_MININT64)
    code = purge_simulator_v3_turn_refuse (turn, PURGE_SIMULATOR_V3_MISSING_PARAMETER, "StartTime");

  return code;
}

static const char *
read_page (PurgeSimulatorV3Turn *turn,
           Search               *search)
{
  const char *code = purge_simulator_v3_read_number (turn, "Offset", &search->offset);

  if (code == NULL)
    code = purge_simulator_v3_read_number (turn, "Limit", &search->limit);
  if (code == NULL && search->offset < 0)
    code = purge_simulator_v3_turn_refuse (turn, PURGE_SIMULATOR_V3_WRONG_VALUE, "Offset");
  if (code == NULL && (search->limit < 1 || search->limit > HIGHEST_LIMIT))
    code = purge_simulator_v3_turn_refuse (turn, PURGE_SIMULATOR_V3_WRONG_VALUE, "Limit");

  return code;
}

static const char *
read_filters (PurgeSimulatorV3Turn *turn,
              Search               *search)
{
  static const char * const types[] = { "url", "path", NULL };
  static const char * const statuses[] = { "fail", "done", "process", NULL };
  static const char * const areas[] = { PURGE_SIMULATOR_MAINLAND, PURGE_SIMULATOR_OVERSEAS,
                                        PURGE_SIMULATOR_GLOBAL, NULL };
  const char *code = purge_simulator_v3_read_text (turn, "TaskId", &search->task_id);

  if (code == NULL)
    code = purge_simulator_v3_read_text (turn, "Keyword", &search->keyword);
  if (code == NULL)
    code = purge_simulator_v3_read_choice (turn, "PurgeType", types, &search->purge_type);
  if (code == NULL)
    code = purge_simulator_v3_read_choice (turn, "Status", statuses, &search->status);
  if (code == NULL)
    code = purge_simulator_v3_read_choice (turn, "Area", areas, &search->area);

  return code;
}

static const char *
read_search (PurgeSimulatorV3Turn *turn,
             Search               *search)
{
  static const char * const known[] = { "PurgeType", "StartTime", "EndTime", "TaskId", "Offset",
                                        "Limit", "Keyword", "Status", "Area", NULL };
  const char *code = purge_simulator_v3_check_names (turn, known);

  if (code == NULL)
    code = read_filters (turn, search);
  if (code == NULL)
    code = read_times (turn, search);
  if (code == NULL)
    code = read_page (turn, search);

  return code;
}

static gboolean
is_wanted (const char *filter,
           const char *value)
{
  return filter == NULL || *filter == '\0' || g_str_equal (filter, value);
}

static const char *
get_type (const PurgeSimulatorTask *task)
{
  return task->is_directory ? "path" : "url";
}

static const char *
get_status (PurgeSimulatorV3Turn     *turn,
            const PurgeSimulatorTask *task)
{
  return turn->call->now >= task->time + turn->state->task_time ? "done" : "process";
}

static gboolean
is_task_wanted (PurgeSimulatorV3Turn     *turn,
                const Search             *search,
                const PurgeSimulatorTask *task)
{
  gint64 seconds = task->time / G_USEC_PER_SEC;

  return search->from <= seconds && seconds <= search->to
         && is_wanted (search->task_id, task->id)
         && is_wanted (search->purge_type, get_type (task))
         && is_wanted (search->status, get_status (turn, task))
         && is_wanted (search->area, task->area);
}

/* A keyword is a whole URL or a host. */
static gboolean
is_url_wanted (const Search *search,
               const char   *url)
{
  g_autofree char *is_url = NULL;
  g_autofree char *host = NULL;

  if (search->keyword == NULL || *search->keyword == '\0')
    return TRUE;

  is_url = purge_simulator_hosts_dup_host (search->keyword);
  if (is_url != NULL)
    return g_str_equal (search->keyword, url);

  host = purge_simulator_hosts_dup_host (url);
  return g_ascii_strcasecmp (search->keyword, host) == 0;
}

static JsonObject *
make_record (PurgeSimulatorV3Turn     *turn,
             const PurgeSimulatorTask *task,
             const char               *url)
{
  g_autofree char *when = purge_simulator_time_format (task->time / G_USEC_PER_SEC);
  JsonObject *record = json_object_new ();

  json_object_set_string_member (record, "TaskId", task->id);
  json_object_set_string_member (record, "Url", url);
  json_object_set_string_member (record, "Status", get_status (turn, task));
  json_object_set_string_member (record, "PurgeType", get_type (task));
  json_object_set_string_member (record, "FlushType", task->is_delete ? "delete" : "flush");
  json_object_set_string_member (record, "CreateTime", when);

  return record;
}

/* The newest first. */
static void
find (PurgeSimulatorV3Turn *turn,
      const Search         *search)
{
  JsonArray *records = json_array_new ();
  gint64 total = 0;

  for (guint i = purge_simulator_tasks_get_size (turn->state->tasks); i > 0; i--)
    {
      const PurgeSimulatorTask *task = purge_simulator_tasks_get (turn->state->tasks, i - 1);

      if (!is_task_wanted (turn, search, task))
        continue;

      for (guint url = 0; task->urls[url] != NULL; url++)
        {
          if (!is_url_wanted (search, task->urls[url]))
            continue;
          if (total >= search->offset && total - search->offset < search->limit)
            json_array_add_object_element (records, make_record (turn, task, task->urls[url]));
          total++;
        }
    }

  json_object_set_array_member (turn->result, "PurgeLogs", records);
  json_object_set_int_member (turn->result, "TotalCount", total);
}

/**
 * purge_simulator_v3_look_up:
 * @turn: a request whose sender is known
 *
 * Looks purges up by the task or by the time in which they were submitted, and further by kind,
 * status, area and a keyword. Finding nothing is a success.
 *
 * Returns: (transfer none) (nullable): the code to answer
 */
const char *
purge_simulator_v3_look_up (PurgeSimulatorV3Turn *turn)
{
  Search search = { .from = G_MININT64, .to = G_MAXINT64, .limit = DEFAULT_LIMIT };
  const char *code = read_search (turn, &search);

  if (code == NULL)
    find (turn, &search);

  return code;
}
