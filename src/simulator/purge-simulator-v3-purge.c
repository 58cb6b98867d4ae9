/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* PurgePathCache and PurgeUrlsCache of API 3.0 (https://cloud.tencent.com/document/api/228/37871 and
 * 37870). Knows what may be purged, and when it is too much. A request is executed whole or not at
 * all: with one URL that is wrong nothing is purged, and no quota is spent. */

#define G_LOG_DOMAIN "purge-simulator-v3-purge"

#include "config.h"

#include "purge-simulator-areas.h"
#include "purge-simulator-hosts.h"
#include "purge-simulator-time.h"
#include "purge-simulator-v3-private.h"

#include <string.h>

/* That there is a limit is documented, but not which. */
#define LONGEST_URL 2048

typedef struct {
  const char *list;
  const char *quota_name;
  gboolean    is_directory;
  guint       batch;
  guint       quota;
  const char *too_many;
  const char *spent;
} Kind;

typedef struct {
  const char *flush_type; /* nullable */
  const char *area;       /* nullable */
  gboolean    url_encode;
} Options;

static Kind
get_kind (PurgeSimulatorV3Turn *turn)
{
  const PurgeSimulatorState *state = turn->state;

  if (g_strcmp0 (turn->answer->action, "PurgeUrlsCache") == 0)
    return (Kind) { "Urls", PURGE_SIMULATOR_QUOTA_URLS, FALSE,
                    PURGE_SIMULATOR_URLS_A_REQUEST, PURGE_SIMULATOR_URLS_A_DAY,
                    PURGE_SIMULATOR_V3_TOO_MANY_URLS, PURGE_SIMULATOR_V3_URLS_SPENT };

  return (Kind) { "Paths", PURGE_SIMULATOR_QUOTA_DIRECTORIES, TRUE,
                  state->batch != 0 ? state->batch : PURGE_SIMULATOR_V3_BATCH, state->quota,
                  PURGE_SIMULATOR_V3_TOO_MANY_DIRECTORIES, PURGE_SIMULATOR_V3_DIRECTORIES_SPENT };
}

static const char *
check_names (PurgeSimulatorV3Turn *turn,
             const Kind           *kind)
{
  const char * const known[] = { kind->list, "Area", "UrlEncode",
                                 kind->is_directory ? "FlushType" : NULL, NULL };

  return purge_simulator_v3_check_names (turn, known);
}

/* The list was read before, as far as it is one; here it must be one. */
static const char *
check_list (PurgeSimulatorV3Turn *turn,
            const Kind           *kind)
{
  g_autoptr (GPtrArray) again = g_ptr_array_new_with_free_func (g_free);
  const char *code = purge_simulator_v3_read_texts (turn, kind->list, again);

  if (code == NULL && again->len == 0)
    return purge_simulator_v3_turn_refuse (turn, PURGE_SIMULATOR_V3_MISSING_PARAMETER, kind->list);

  return code;
}

static const char *
read_options (PurgeSimulatorV3Turn *turn,
              const Kind           *kind,
              Options              *options)
{
  static const char * const flush_types[] = { "flush", "delete", NULL };
  static const char * const areas[] = { PURGE_SIMULATOR_MAINLAND, PURGE_SIMULATOR_OVERSEAS, NULL };
  const char *code = purge_simulator_v3_read_choice (turn, "FlushType", flush_types,
                                                     &options->flush_type);

  if (code == NULL && kind->is_directory && options->flush_type == NULL)
    code = purge_simulator_v3_turn_refuse (turn, PURGE_SIMULATOR_V3_MISSING_PARAMETER, "FlushType");
  if (code == NULL)
    code = purge_simulator_v3_read_choice (turn, "Area", areas, &options->area);
  if (code == NULL)
    code = purge_simulator_v3_read_flag (turn, "UrlEncode", &options->url_encode);

  return code;
}

/* A star behind a question mark is a star. */
static gboolean
has_wildcard (const char *url)
{
  return url[strcspn (url, "*?")] == '*';
}

static gboolean
has_forbidden_byte (const char *url)
{
  for (const char *byte = url; *byte != '\0'; byte++)
    {
      if (g_ascii_iscntrl (*byte) || *byte == '\\')
        return TRUE;
    }

  return FALSE;
}

/* Without UrlEncode, what is not ASCII is refused. A directory may end without a slash. */
static const char *
check_url (PurgeSimulatorV3Turn *turn,
           const Options        *options,
           const char           *url)
{
  g_autofree char *host = purge_simulator_hosts_dup_host (url);

  if (strlen (url) > LONGEST_URL)
    return PURGE_SIMULATOR_V3_URL_TOO_LONG;
  if (has_wildcard (url))
    return purge_simulator_v3_turn_refuse (turn, PURGE_SIMULATOR_V3_WILDCARD, url);
  if (host == NULL || *host == '\0' || has_forbidden_byte (url)
      || (!options->url_encode && !g_str_is_ascii (url)))
    return purge_simulator_v3_turn_refuse (turn, PURGE_SIMULATOR_V3_WRONG_VALUE, url);

  return NULL;
}

static const char *
check_host (PurgeSimulatorV3Turn *turn,
            const Options        *options,
            const char           *url)
{
  g_autofree char *host = purge_simulator_hosts_dup_host (url);
  g_autofree char *elsewhere = NULL;

  if (!purge_simulator_hosts_knows ((const char * const *) turn->state->hosts, host))
    return purge_simulator_v3_turn_refuse (turn, PURGE_SIMULATOR_V3_UNKNOWN_HOST, host);
  if (purge_simulator_areas_choose (turn->state->area, options->area) != NULL)
    return NULL;

  elsewhere = g_strdup_printf ("域名 %s 未部署在 %s", host, options->area);
  return purge_simulator_v3_turn_refuse (turn, PURGE_SIMULATOR_V3_WRONG_VALUE, elsewhere);
}

static const char *
check_urls (PurgeSimulatorV3Turn *turn,
            const Options        *options)
{
  GPtrArray *urls = turn->answer->directories;
  const char *code = NULL;

  for (guint i = 0; i < urls->len && code == NULL; i++)
    code = check_url (turn, options, g_ptr_array_index (urls, i));
  for (guint i = 0; i < urls->len && code == NULL; i++)
    code = check_host (turn, options, g_ptr_array_index (urls, i));

  return code;
}

/* What is purged, and found in the log: with UrlEncode all but ASCII is percent-encoded. */
static GPtrArray *
encode_urls (GPtrArray *urls)
{
  GPtrArray *encoded = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < urls->len; i++)
    {
      GString *text = g_string_new (NULL);

      for (const guchar *byte = g_ptr_array_index (urls, i); *byte != '\0'; byte++)
        g_string_append_printf (text, *byte < 0x80 ? "%c" : "%%%02X", *byte);
      g_ptr_array_add (encoded, g_string_free (text, FALSE));
    }

  return encoded;
}

static const char *
execute (PurgeSimulatorV3Turn *turn,
         const Kind           *kind,
         const Options        *options)
{
  g_autoptr (GPtrArray) urls = encode_urls (turn->answer->directories);
  gint64 day = purge_simulator_time_get_day (turn->call->now / G_USEC_PER_SEC);
  const PurgeSimulatorTask *task;
  PurgeSimulatorSubmission submission = {
    .id_form = PURGE_SIMULATOR_ID_LETTERS,
    .time = turn->call->now,
    .area = purge_simulator_areas_choose (turn->state->area, options->area),
    .is_directory = kind->is_directory,
    .is_delete = g_strcmp0 (options->flush_type, "flush") != 0,
    .urls = urls,
  };

  if (!purge_simulator_areas_spend (submission.area, turn->state->ledger, kind->quota_name, day,
                                    urls->len, kind->quota))
    return kind->spent;

  task = purge_simulator_tasks_add (turn->state->tasks, &submission);
  json_object_set_string_member (turn->result, "TaskId", task->id);
  turn->answer->executed = TRUE;

  return NULL;
}

/**
 * purge_simulator_v3_read_purge:
 * @turn: a request whose parameters could be read
 *
 * Collects what is to be purged into the answer, so that the log can say it of requests that are
 * refused as well. What is wrong with it is said later, if its sender is known.
 */
void
purge_simulator_v3_read_purge (PurgeSimulatorV3Turn *turn)
{
  Kind kind = get_kind (turn);

  purge_simulator_v3_read_texts (turn, kind.list, turn->answer->directories);
  g_clear_pointer (&turn->detail, g_free);
}

/**
 * purge_simulator_v3_purge:
 * @turn: a request whose sender is known
 *
 * Returns: (transfer none) (nullable): the code to answer, or %NULL: then it is done, and paid for
 */
const char *
purge_simulator_v3_purge (PurgeSimulatorV3Turn *turn)
{
  Kind kind = get_kind (turn);
  Options options = { 0 };
  const char *code = check_names (turn, &kind);

  if (code == NULL)
    code = check_list (turn, &kind);
  if (code == NULL)
    code = read_options (turn, &kind, &options);
  if (code == NULL && turn->answer->directories->len > kind.batch)
    code = kind.too_many;
  if (code == NULL)
    code = check_urls (turn, &options);
  if (code == NULL)
    code = execute (turn, &kind, &options);

  return code;
}
