/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The mind of the API. The order of its doubts is that of API 2.0: what is asked, when, whether for
 * the first time, whether there is quota, whether the hosts are known. */

#include "fault-mind.h"

#include <stdio.h>
#include <string.h>

#include "fault-json.h"

#define DEFAULT_QUOTA 100
#define DEFAULT_WINDOW_S 7200
#define MAX_DIRECTORIES 20

/* The log's dates are Beijing's. */
#define ZONE_S (8 * 60 * 60)

/* One line of the refresh log: what one request purged of one host. */
typedef struct
{
  guint   id;
  char   *task_id;
  char   *host;
  GStrv   urls;
  gint64  time;
} Record;

struct _FaultMind
{
  GMutex           mutex;
  FaultMindOptions options;
  GHashTable      *nonces;
  GPtrArray       *records;
  guint            n_used;
  gint64           day;
  guint            n_tasks;
};

static void
record_free (gpointer data)
{
  Record *record = data;

  g_free (record->task_id);
  g_free (record->host);
  g_strfreev (record->urls);
  g_free (record);
}

FaultMind *
fault_mind_new (const FaultMindOptions *options)
{
  FaultMind *self = g_new0 (FaultMind, 1);

  g_mutex_init (&self->mutex);
  if (options != NULL)
    self->options = *options;
  if (self->options.quota == 0)
    self->options.quota = DEFAULT_QUOTA;
  if (self->options.clock_window_s == 0)
    self->options.clock_window_s = DEFAULT_WINDOW_S;
  self->nonces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->records = g_ptr_array_new_with_free_func (record_free);

  return self;
}

void
fault_mind_free (FaultMind *self)
{
  g_hash_table_unref (self->nonces);
  g_ptr_array_unref (self->records);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

void
fault_verdict_clear (FaultVerdict *verdict)
{
  g_clear_pointer (&verdict->json, g_free);
}

static gint64
get_time (FaultMind *self)
{
  return g_get_real_time () / G_USEC_PER_SEC + self->options.clock_offset_s;
}

static void
refuse (FaultVerdict *verdict,
        int           code,
        const char   *message,
        const char   *code_desc)
{
  verdict->code = code;
  verdict->json = g_strdup_printf ("{\"code\":%d,\"message\":\"%s\",\"codeDesc\":%s}", code,
                                   message, code_desc);
}

/* Whether nonce and timestamp were never seen together; now they are. */
static gboolean
is_first (FaultMind          *self,
          const FaultRequest *request)
{
  return g_hash_table_add (self->nonces,
                           g_strdup_printf ("%" G_GINT64_FORMAT " %s",
                                            fault_request_get_number (request, "Timestamp"),
                                            fault_request_get (request, "Nonce")));
}

static gboolean
is_admitted (FaultMind          *self,
             const FaultRequest *request,
             FaultVerdict       *verdict)
{
  gint64 off = fault_request_get_number (request, "Timestamp") - get_time (self);

  if (fault_request_get (request, "Nonce") == NULL ||
      fault_request_get (request, "SecretId") == NULL ||
      fault_request_get (request, "Signature") == NULL)
    refuse (verdict, 4000, "缺少参数", "\"InvalidParameter\"");
  else if (off < -(gint64) self->options.clock_window_s)
    refuse (verdict, 4200, "请求过期", "\"RequestExpired\"");
  else if (off > self->options.clock_window_s || !is_first (self, request))
    refuse (verdict, 4500, "重放攻击", "\"ReplayAttack\"");
  else
    return TRUE;

  return FALSE;
}

static char *
dup_host (const char *url)
{
  const char *host = strstr (url, "://");

  return host != NULL ? g_strndup (host + 3, strcspn (host + 3, "/:")) : NULL;
}

static gboolean
are_hosts_known (const GStrv urls)
{
  for (guint i = 0; urls[i] != NULL; i++)
    {
      g_autofree char *host = dup_host (urls[i]);

      if (host == NULL || g_str_has_suffix (host, ".invalid"))
        return FALSE;
    }

  return TRUE;
}

/* Puts one directory into the line of its host. */
static void
remember (FaultMind  *self,
          const char *task_id,
          guint       first,
          const char *url)
{
  g_autofree char *host = dup_host (url);
  Record *record = NULL;

  for (guint i = first; i < self->records->len && record == NULL; i++)
    {
      Record *other = g_ptr_array_index (self->records, i);

      if (g_str_equal (other->host, host))
        record = other;
    }

  if (record == NULL)
    {
      record = g_new0 (Record, 1);
      record->id = self->records->len + 1;
      record->task_id = g_strdup (task_id);
      record->host = g_strdup (host);
      record->urls = g_new0 (char *, MAX_DIRECTORIES + 1);
      record->time = get_time (self);
      g_ptr_array_add (self->records, record);
    }

  record->urls[g_strv_length (record->urls)] = g_strdup (url);
}

static void
execute (FaultMind    *self,
         const GStrv   urls,
         guint         n_urls,
         FaultVerdict *verdict)
{
  guint first = self->records->len;
  g_autofree char *task_id =
    g_strdup_printf ("%" G_GINT64_FORMAT "%06u", get_time (self), ++self->n_tasks);

  for (guint i = 0; i < n_urls; i++)
    remember (self, task_id, first, urls[i]);

  self->n_used += n_urls;
  verdict->n_executed = n_urls;
  verdict->json = g_strdup_printf ("{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\","
                                   "\"data\":{\"count\":%u,\"task_id\":\"%s\"}}", n_urls, task_id);
}

/* Every day has its quota, and the day is Beijing's. */
static void
turn_day (FaultMind *self)
{
  gint64 day = (get_time (self) + ZONE_S) / (24 * 60 * 60);

  if (day != self->day)
    self->n_used = 0;
  self->day = day;
}

static void
judge_purge (FaultMind          *self,
             const FaultRequest *request,
             guint               limit,
             FaultVerdict       *verdict)
{
  g_auto (GStrv) urls = fault_request_dup_directories (request);
  guint n_urls = g_strv_length (urls);

  turn_day (self);
  if (n_urls == 0)
    refuse (verdict, 4000, "(9003)参数错误", "9003");
  else if (n_urls > MAX_DIRECTORIES)
    refuse (verdict, 4000, "(22045)单次提交刷新目录超出上限", "22045");
  else if (!are_hosts_known (urls))
    refuse (verdict, 4000, "(9110)没有这个域名的信息 cdn no such host", "9110");
  else if (self->n_used + n_urls > self->options.quota)
    refuse (verdict, 4000, "(22046)目录刷新数目超出单日限额", "22046");
  else
    execute (self, urls, MIN (n_urls, limit), verdict);
}

static char *
dup_log_time (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time + ZONE_S);

  return g_date_time_format (date, "%Y-%m-%d %H:%M:%S");
}

static gboolean
read_log_time (const char *text,
               gint64     *time)
{
  g_autoptr (GDateTime) date = NULL;
  int year, month, day, hour, minute, second;

  if (text == NULL || sscanf (text, "%4d-%2d-%2d %2d:%2d:%2d", &year, &month, &day, &hour, &minute,
                              &second) != 6)
    return FALSE;

  date = g_date_time_new_utc (year, month, day, hour, minute, second);
  if (date == NULL)
    return FALSE;

  *time = g_date_time_to_unix (date) - ZONE_S;
  return TRUE;
}

static void
append_record (FaultMind    *self,
               GString      *json,
               const Record *record)
{
  g_autofree char *time = dup_log_time (record->time);
  gboolean running = get_time (self) < record->time + self->options.running_s;

  g_string_append_printf (json, "%s{\"id\":%u,\"app_id\":1,\"project_id\":0,\"host\":\"%s\","
                          "\"type\":1,\"status\":%d,\"datetime\":\"%s\",\"url_list\":[",
                          g_str_has_suffix (json->str, "[") ? "" : ",", record->id, record->host,
                          running ? 0 : self->options.fails ? -1 : 1, time);
  for (guint i = 0; record->urls[i] != NULL; i++)
    {
      g_autofree char *url = fault_json_quote (record->urls[i]);

      g_string_append_printf (json, "%s%s", i > 0 ? "," : "", url);
    }
  g_string_append (json, "]}");
}

static void
judge_look_up (FaultMind          *self,
               const FaultRequest *request,
               FaultVerdict       *verdict)
{
  const char *task_id = fault_request_get (request, "taskId");
  g_autoptr (GString) json = g_string_new ("{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\","
                                           "\"data\":{\"logs\":[");
  gint64 since = 0;
  gint64 until = 0;
  guint n = 0;

  if (task_id == NULL && !(read_log_time (fault_request_get (request, "startDate"), &since) &&
                           read_log_time (fault_request_get (request, "endDate"), &until) &&
                           since <= until))
    {
      refuse (verdict, 4000, "(9150)日期区间错误", "9150");
      return;
    }

  for (guint i = 0; i < self->records->len; i++)
    {
      const Record *record = g_ptr_array_index (self->records, i);

      if (task_id != NULL ? g_str_equal (task_id, record->task_id)
                          : since <= record->time && record->time <= until)
        {
          append_record (self, json, record);
          n++;
        }
    }

  g_string_append_printf (json, "],\"total\":%u}}", n);
  verdict->json = g_string_free (g_steal_pointer (&json), FALSE);
}

/**
 * fault_mind_judge:
 * @self: the mind
 * @request: a whole request
 * @limit: how many of the directories are purged at most, though all are taken
 * @verdict: (out caller-allocates): what it came to, to be cleared
 *
 * Does what is asked, or refuses it.
 */
void
fault_mind_judge (FaultMind          *self,
                  const FaultRequest *request,
                  guint               limit,
                  FaultVerdict       *verdict)
{
  const char *action = fault_request_get (request, "Action");

  *verdict = (FaultVerdict) { 0 };

  g_mutex_lock (&self->mutex);
  if (!g_str_equal (request->path, "/v2/index.php"))
    refuse (verdict, 6100, "不支持的版本", "\"NotSupported\"");
  else if (is_admitted (self, request, verdict))
    {
      if (g_strcmp0 (action, "RefreshCdnDir") == 0)
        judge_purge (self, request, limit, verdict);
      else if (g_strcmp0 (action, "GetCdnRefreshLog") == 0)
        judge_look_up (self, request, verdict);
      else
        refuse (verdict, 4000, "(9003)参数错误", "9003");
    }
  g_mutex_unlock (&self->mutex);
}

/* From now on. */
void
fault_mind_set_clock_offset (FaultMind *self,
                             gint64     seconds)
{
  g_mutex_lock (&self->mutex);
  self->options.clock_offset_s = seconds;
  g_mutex_unlock (&self->mutex);
}

/* From now on. */
void
fault_mind_set_quota (FaultMind *self,
                      guint      quota)
{
  g_mutex_lock (&self->mutex);
  self->options.quota = quota;
  g_mutex_unlock (&self->mutex);
}

/* In UNIX seconds, by the server's clock. */
gint64
fault_mind_get_time (FaultMind *self)
{
  gint64 time;

  g_mutex_lock (&self->mutex);
  time = get_time (self);
  g_mutex_unlock (&self->mutex);

  return time;
}

/* The same as a Date header has it. */
char *
fault_mind_dup_date (FaultMind *self)
{
  static const char * const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char * const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
                                         "Sep", "Oct", "Nov", "Dec" };
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (fault_mind_get_time (self));

  return g_strdup_printf ("%s, %02d %s %04d %02d:%02d:%02d GMT",
                          days[g_date_time_get_day_of_week (date) - 1],
                          g_date_time_get_day_of_month (date),
                          months[g_date_time_get_month (date) - 1], g_date_time_get_year (date),
                          g_date_time_get_hour (date), g_date_time_get_minute (date),
                          g_date_time_get_second (date));
}
