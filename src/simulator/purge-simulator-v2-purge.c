/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* RefreshCdnDir and RefreshCdnUrl of API 2.0 (https://cloud.tencent.com/document/product/228/3947
 * and 3946). Knows what may be purged, and when it is too much. A request is executed whole or not
 * at all: with one URL that is wrong nothing is purged, and no quota is spent. */

#define G_LOG_DOMAIN "purge-simulator-v2-purge"

#include "config.h"

#include "purge-simulator-areas.h"
#include "purge-simulator-hosts.h"
#include "purge-simulator-time.h"
#include "purge-simulator-v2-private.h"

#include <string.h>

#define DEFAULT_BATCH 20

typedef struct {
  const char *prefix;
  const char *quota_name;
  gboolean    is_directory;
  guint       batch;
  guint       quota;
  int         too_many;
  int         spent;
} Kind;

/* The limits of directories are the simulator's options; those of URLs are the documented ones.
 * This API purges the mainland. */
static Kind
get_kind (PurgeSimulatorV2Turn *turn)
{
  const PurgeSimulatorState *state = turn->state;

  if (g_strcmp0 (turn->answer->action, "RefreshCdnUrl") == 0)
    return (Kind) { "urls.", PURGE_SIMULATOR_QUOTA_URLS, FALSE,
                    PURGE_SIMULATOR_URLS_A_REQUEST, PURGE_SIMULATOR_URLS_A_DAY,
                    PURGE_SIMULATOR_V2_TOO_MANY_URLS, PURGE_SIMULATOR_V2_URLS_SPENT };

  return (Kind) { "dirs.", PURGE_SIMULATOR_QUOTA_DIRECTORIES, TRUE,
                  state->batch != 0 ? state->batch : DEFAULT_BATCH, state->quota,
                  PURGE_SIMULATOR_V2_TOO_MANY_DIRECTORIES,
                  PURGE_SIMULATOR_V2_DIRECTORIES_SPENT };
}

typedef struct {
  const char *prefix;
  guint       count;
} Counting;

static gboolean
count_name (gpointer key,
            gpointer value,
            gpointer user_data)
{
  Counting *counting = user_data;

  if (g_str_has_prefix (key, counting->prefix))
    counting->count++;

  return FALSE;
}

/* "dirs.0", "dirs.1" and so on without a gap: then as many were collected as there are. */
static int
check_numbering (PurgeSimulatorV2Turn *turn,
                 const Kind           *kind)
{
  Counting counting = { kind->prefix, 0 };
  guint n_collected = turn->answer->directories->len;
  g_autofree char *next = g_strdup_printf ("%s%u", kind->prefix, n_collected);

  g_tree_foreach (turn->parameters, count_name, &counting);
  if (counting.count == 0 || counting.count != n_collected)
    return purge_simulator_v2_turn_refuse (turn, PURGE_SIMULATOR_V2_INVALID_PARAMETER, next);

  return PURGE_SIMULATOR_V2_SUCCESS;
}

static int
check_type (PurgeSimulatorV2Turn *turn,
            const Kind           *kind)
{
  const char *type = purge_simulator_v2_turn_get (turn, "type");

  if (!kind->is_directory || type == NULL || g_str_equal (type, "1") || g_str_equal (type, "2"))
    return PURGE_SIMULATOR_V2_SUCCESS;

  return purge_simulator_v2_turn_refuse (turn, PURGE_SIMULATOR_V2_WRONG_VALUE, "type");
}

/* No page allows wildcards, and users report that they are refused. */
static gboolean
has_forbidden_byte (const char *url)
{
  for (const char *byte = url; *byte != '\0'; byte++)
    {
      if (g_ascii_iscntrl (*byte) || *byte == '*' || *byte == '\\')
        return TRUE;
    }

  return FALSE;
}

/* A URL that is not ASCII is accepted, as it is by the vendor, where it then has no effect. */
static int
check_url (PurgeSimulatorV2Turn *turn,
           const Kind           *kind,
           const char           *url)
{
  g_autofree char *host = purge_simulator_hosts_dup_host (url);

  if (host == NULL || has_forbidden_byte (url))
    return purge_simulator_v2_turn_refuse (turn, PURGE_SIMULATOR_V2_WRONG_VALUE, url);
  if (*host == '\0')
    return purge_simulator_v2_turn_refuse (turn, PURGE_SIMULATOR_V2_WRONG_HOST, url);
  if (kind->is_directory && !g_str_has_suffix (url, "/"))
    return purge_simulator_v2_turn_refuse (turn, PURGE_SIMULATOR_V2_WRONG_VALUE, url);

  return PURGE_SIMULATOR_V2_SUCCESS;
}

static int
check_host (PurgeSimulatorV2Turn *turn,
            const char           *url)
{
  g_autofree char *host = purge_simulator_hosts_dup_host (url);
  g_autofree char *elsewhere = NULL;

  if (!purge_simulator_hosts_knows ((const char * const *) turn->state->hosts, host))
    return PURGE_SIMULATOR_V2_UNKNOWN_HOST;
  if (purge_simulator_areas_choose (turn->state->area, PURGE_SIMULATOR_MAINLAND) != NULL)
    return PURGE_SIMULATOR_V2_SUCCESS;

  elsewhere = g_strdup_printf ("域名 %s 未部署在 mainland", host);
  return purge_simulator_v2_turn_refuse (turn, PURGE_SIMULATOR_V2_OTHER_AREA, elsewhere);
}

static int
check_urls (PurgeSimulatorV2Turn *turn,
            const Kind           *kind)
{
  GPtrArray *urls = turn->answer->directories;
  int code = PURGE_SIMULATOR_V2_SUCCESS;

  for (guint i = 0; i < urls->len && code == PURGE_SIMULATOR_V2_SUCCESS; i++)
    code = check_url (turn, kind, g_ptr_array_index (urls, i));
  for (guint i = 0; i < urls->len && code == PURGE_SIMULATOR_V2_SUCCESS; i++)
    code = check_host (turn, g_ptr_array_index (urls, i));

  return code;
}

static JsonNode *
make_data (const PurgeSimulatorTask *task)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "count");
  json_builder_add_int_value (builder, g_strv_length (task->urls));
  json_builder_set_member_name (builder, "task_id");
  json_builder_add_string_value (builder, task->id);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

static int
execute (PurgeSimulatorV2Turn *turn,
         const Kind           *kind)
{
  gint64 day = purge_simulator_time_get_day (turn->call->now / G_USEC_PER_SEC);
  PurgeSimulatorSubmission submission = {
    .id_form = PURGE_SIMULATOR_ID_DIGITS,
    .time = turn->call->now,
    .area = PURGE_SIMULATOR_MAINLAND,
    .is_directory = kind->is_directory,
    .is_delete = !kind->is_directory
                 || g_strcmp0 (purge_simulator_v2_turn_get (turn, "type"), "2") == 0,
    .urls = turn->answer->directories,
  };

  if (!purge_simulator_areas_spend (submission.area, turn->state->ledger, kind->quota_name, day,
                                    submission.urls->len, kind->quota))
    return kind->spent;

  turn->data = make_data (purge_simulator_tasks_add (turn->state->tasks, &submission));
  turn->answer->executed = TRUE;

  return PURGE_SIMULATOR_V2_SUCCESS;
}

/**
 * purge_simulator_v2_read_purge:
 * @turn: a request
 *
 * Collects what is to be purged into the answer, so that the log can say it of requests that are
 * refused as well.
 */
void
purge_simulator_v2_read_purge (PurgeSimulatorV2Turn *turn)
{
  Kind kind = get_kind (turn);
  GPtrArray *urls = turn->answer->directories;

  while (TRUE)
    {
      g_autofree char *name = g_strdup_printf ("%s%u", kind.prefix, urls->len);
      const char *url = g_tree_lookup (turn->parameters, name);

      if (url == NULL)
        return;

      g_ptr_array_add (urls, g_strdup (url));
    }
}

/**
 * purge_simulator_v2_purge:
 * @turn: a request whose sender is known
 *
 * Returns: the code to answer, or 0: then it is done, and paid for
 */
int
purge_simulator_v2_purge (PurgeSimulatorV2Turn *turn)
{
  Kind kind = get_kind (turn);
  int code = check_numbering (turn, &kind);

  if (code == PURGE_SIMULATOR_V2_SUCCESS)
    code = check_type (turn, &kind);
  if (code == PURGE_SIMULATOR_V2_SUCCESS && turn->answer->directories->len > kind.batch)
    code = kind.too_many;
  if (code == PURGE_SIMULATOR_V2_SUCCESS)
    code = check_urls (turn, &kind);
  if (code == PURGE_SIMULATOR_V2_SUCCESS)
    code = execute (turn, &kind);

  return code;
}
