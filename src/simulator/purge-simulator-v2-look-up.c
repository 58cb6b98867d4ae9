/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* GetCdnRefreshLog of API 2.0 (https://cloud.tencent.com/document/product/228/3948). Knows how
 * purges are looked up, and how the answer is written. */

#define G_LOG_DOMAIN "purge-simulator-v2-look-up"

#include "config.h"

#include "purge-simulator-areas.h"
#include "purge-simulator-hosts.h"
#include "purge-simulator-time.h"
#include "purge-simulator-v2-private.h"

typedef struct {
  gint64                    from; /* seconds since 1970, both ends belong to it */
  gint64                    to;
  const PurgeSimulatorTask *task; /* nullable */
  const char               *host; /* nullable */
  const char               *url;  /* nullable */
} Search;

static int
read_dates (PurgeSimulatorV2Turn *turn,
            Search               *search)
{
  const char *from = purge_simulator_v2_turn_get (turn, "startDate");
  const char *to = purge_simulator_v2_turn_get (turn, "endDate");

  search->from = G_MININT64;
  search->to = G_MAXINT64;
  if (from == NULL && to == NULL && purge_simulator_v2_turn_get (turn, "taskId") != NULL)
    return PURGE_SIMULATOR_V2_SUCCESS;

  if (from == NULL || to == NULL)
    return purge_simulator_v2_turn_refuse (turn, PURGE_SIMULATOR_V2_INVALID_PARAMETER,
                                           from == NULL ? "startDate" : "endDate");
  if (!purge_simulator_time_parse (from, FALSE, &search->from)
      || !purge_simulator_time_parse (to, TRUE, &search->to)
      || search->from > search->to)
    return PURGE_SIMULATOR_V2_WRONG_DATES;

  return PURGE_SIMULATOR_V2_SUCCESS;
}

static gboolean
is_inside (const Search             *search,
           const PurgeSimulatorTask *task)
{
  gint64 seconds = task->time / G_USEC_PER_SEC;

  return search->from <= seconds && seconds <= search->to;
}

/* A task outside of dates that were given as well is an error of its own, says the page. */
static int
read_task (PurgeSimulatorV2Turn *turn,
           Search               *search)
{
  const char *id = purge_simulator_v2_turn_get (turn, "taskId");

  if (id == NULL)
    return PURGE_SIMULATOR_V2_SUCCESS;

  search->task = purge_simulator_tasks_find (turn->state->tasks, id);
  if (search->task == NULL)
    return PURGE_SIMULATOR_V2_UNKNOWN_TASK;

  return is_inside (search, search->task) ? PURGE_SIMULATOR_V2_SUCCESS
                                          : PURGE_SIMULATOR_V2_WRONG_DATES;
}

static void
add_number (JsonBuilder *builder,
            const char  *name,
            gint64       number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

/* One entry of the log: what a task purges on one host, the nth of its hosts. A request has at most
 * a thousand URLs, so no number comes twice. */
static void
add_entry (PurgeSimulatorV2Turn     *turn,
           JsonBuilder              *builder,
           const PurgeSimulatorTask *task,
           guint                     nth,
           const char               *host,
           GPtrArray                *urls)
{
  g_autofree char *when = purge_simulator_time_format (task->time / G_USEC_PER_SEC);
  gboolean is_done = turn->call->now >= task->time + turn->state->task_time;

  json_builder_begin_object (builder);
  add_number (builder, "id", (gint64) task->number * 1000 + nth);
  add_number (builder, "app_id", 1250000000);
  add_number (builder, "project_id", 0);
  add_string (builder, "host", host);
  add_number (builder, "type", task->is_directory ? 1 : 0);
  add_number (builder, "status", is_done ? 1 : 0);
  json_builder_set_member_name (builder, "url_list");
  json_builder_begin_array (builder);
  for (guint i = 0; i < urls->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (urls, i));
  json_builder_end_array (builder);
  add_string (builder, "datetime", when);
  json_builder_end_object (builder);
}

/* The URLs of a task by host, in the order in which the hosts first occur. */
static GPtrArray *
list_hosts (const PurgeSimulatorTask *task,
            GHashTable               *urls_by_host)
{
  GPtrArray *hosts = g_ptr_array_new ();

  for (guint i = 0; task->urls[i] != NULL; i++)
    {
      g_autofree char *host = purge_simulator_hosts_dup_host (task->urls[i]);
      GPtrArray *urls = g_hash_table_lookup (urls_by_host, host);

      if (urls == NULL)
        {
          urls = g_ptr_array_new ();
          g_ptr_array_add (hosts, host);
          g_hash_table_insert (urls_by_host, g_steal_pointer (&host), urls);
        }
      g_ptr_array_add (urls, task->urls[i]);
    }

  return hosts;
}

static gboolean
is_wanted (const Search *search,
           const char   *host,
           GPtrArray    *urls)
{
  if (search->host != NULL && g_ascii_strcasecmp (search->host, host) != 0)
    return FALSE;

  return search->url == NULL
         || g_ptr_array_find_with_equal_func (urls, search->url, g_str_equal, NULL);
}

static guint
add_task (PurgeSimulatorV2Turn     *turn,
          JsonBuilder              *builder,
          const Search             *search,
          const PurgeSimulatorTask *task)
{
  g_autoptr (GHashTable) urls_by_host =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) hosts = list_hosts (task, urls_by_host);
  guint total = 0;

  for (guint i = 0; i < hosts->len; i++)
    {
      const char *host = g_ptr_array_index (hosts, i);
      GPtrArray *urls = g_hash_table_lookup (urls_by_host, host);

      if (is_wanted (search, host, urls))
        {
          add_entry (turn, builder, task, i, host, urls);
          total++;
        }
    }

  return total;
}

/* The newest first. */
static guint
add_found (PurgeSimulatorV2Turn *turn,
           JsonBuilder          *builder,
           const Search         *search)
{
  guint total = 0;

  for (guint i = purge_simulator_tasks_get_size (turn->state->tasks); i > 0; i--)
    {
      const PurgeSimulatorTask *task = purge_simulator_tasks_get (turn->state->tasks, i - 1);

      /* What was purged overseas only is in a log that has an action of its own. */
      if (!g_str_equal (task->area, PURGE_SIMULATOR_OVERSEAS)
          && (search->task == NULL || search->task == task) && is_inside (search, task))
        total += add_task (turn, builder, search, task);
    }

  return total;
}

static JsonNode *
make_data (PurgeSimulatorV2Turn *turn,
           const Search         *search)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  guint total;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "logs");
  json_builder_begin_array (builder);
  total = add_found (turn, builder, search);
  json_builder_end_array (builder);
  add_number (builder, "total", total);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

/**
 * purge_simulator_v2_look_up:
 * @turn: a request whose sender is known
 *
 * Looks purges up by the task or by the time in which they were submitted, and further by host and
 * by URL. Finding nothing is a success.
 *
 * Returns: the code to answer, or 0
 */
int
purge_simulator_v2_look_up (PurgeSimulatorV2Turn *turn)
{
  Search search = { 0 };
  int code = read_dates (turn, &search);

  if (code == PURGE_SIMULATOR_V2_SUCCESS)
    code = read_task (turn, &search);
  if (code != PURGE_SIMULATOR_V2_SUCCESS)
    return code;

  search.host = purge_simulator_v2_turn_get (turn, "host");
  search.url = purge_simulator_v2_turn_get (turn, "url");
  turn->data = make_data (turn, &search);

  return PURGE_SIMULATOR_V2_SUCCESS;
}
