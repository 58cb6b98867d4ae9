/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The mind of both APIs, which have one account in common. The order of its doubts is that of API
 * 2.0: what is asked, when, whether for the first time, whether there is quota, whether the hosts
 * are known. API 3.0 has nothing that is used once. */

#include "fault-mind.h"

#include <string.h>

#define DEFAULT_QUOTA 100
#define DEFAULT_WINDOW_S 7200
#define WINDOW_V3_S 300
#define MAX_DIRECTORIES 20
#define MAX_DIRECTORIES_V3 500
#define VERSION_V3 "2018-06-06"

/* The day is Beijing's. */
#define ZONE_S (8 * 60 * 60)

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
  FaultRecord *record = data;

  g_free (record->task_id);
  g_free (record->host);
  g_ptr_array_unref (record->urls);
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

static gint64
get_time (FaultMind *self)
{
  return g_get_real_time () / G_USEC_PER_SEC + self->options.clock_offset_s;
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

/* Whether it is signed for the day, in UTC, that its timestamp is of, and for this service. */
static gboolean
is_in_scope (const FaultRequest *request)
{
  g_autoptr (GDateTime) date =
    g_date_time_new_from_unix_utc (fault_request_get_number (request, "Timestamp"));
  g_autofree char *scope = date != NULL ? g_date_time_format (date, "/%Y-%m-%d/cdn/tc3_request")
                                        : NULL;

  return scope != NULL && g_strcmp0 (fault_request_get (request, "Scope"), scope) == 0;
}

static gboolean
has_all (const FaultRequest *request)
{
  return fault_request_get (request, "SecretId") != NULL &&
         fault_request_get (request, "Signature") != NULL &&
         (request->api == FAULT_API_3_0 ? is_in_scope (request)
                                        : fault_request_get (request, "Nonce") != NULL);
}

static gboolean
is_addressed (const FaultRequest *request)
{
  if (request->api == FAULT_API_3_0)
    return g_str_equal (request->path, "/") &&
           g_strcmp0 (fault_request_get (request, "Version"), VERSION_V3) == 0;

  return g_str_equal (request->path, "/v2/index.php");
}

static gboolean
is_admitted (FaultMind          *self,
             const FaultRequest *request,
             FaultRefusal       *refusal)
{
  gint64 off = fault_request_get_number (request, "Timestamp") - get_time (self);
  gint64 window = request->api == FAULT_API_3_0 ? WINDOW_V3_S : self->options.clock_window_s;

  if (!is_addressed (request))
    *refusal = FAULT_REFUSES_ADDRESS;
  else if (!has_all (request))
    *refusal = FAULT_REFUSES_MISSING;
  else if (off < -window)
    *refusal = FAULT_REFUSES_LATE;
  else if (off > window)
    *refusal = FAULT_REFUSES_EARLY;
  else if (request->api == FAULT_API_2_0 && !is_first (self, request))
    *refusal = FAULT_REFUSES_REPEATED;
  else if (request->unreadable)
    *refusal = FAULT_REFUSES_UNREADABLE;
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

static FaultRecord *
add_record (FaultMind  *self,
            const char *task_id,
            const char *host,
            gboolean    all)
{
  FaultRecord *record = g_new0 (FaultRecord, 1);

  record->id = self->records->len + 1;
  record->task_id = g_strdup (task_id);
  record->host = g_strdup (host);
  record->urls = g_ptr_array_new_with_free_func (g_free);
  record->all = all;
  record->time = get_time (self);
  g_ptr_array_add (self->records, record);
  return record;
}

/* Puts one directory into the record of its host. */
static void
remember (FaultMind  *self,
          const char *task_id,
          guint       first,
          gboolean    all,
          const char *url)
{
  g_autofree char *host = dup_host (url);
  FaultRecord *record = NULL;

  for (guint i = first; i < self->records->len && record == NULL; i++)
    {
      FaultRecord *other = g_ptr_array_index (self->records, i);

      if (g_str_equal (other->host, host))
        record = other;
    }

  if (record == NULL)
    record = add_record (self, task_id, host, all);
  g_ptr_array_add (record->urls, g_strdup (url));
}

static void
execute (FaultMind          *self,
         const FaultRequest *request,
         const GStrv         urls,
         guint               n_urls,
         FaultVerdict       *verdict)
{
  guint first = self->records->len;
  const char *mode = fault_request_get_mode (request);
  gboolean all = g_strcmp0 (mode, "2") == 0 || g_strcmp0 (mode, "delete") == 0;
  g_autofree char *task_id =
    g_strdup_printf ("%" G_GINT64_FORMAT "%06u", get_time (self), ++self->n_tasks);

  for (guint i = 0; i < n_urls; i++)
    remember (self, task_id, first, all, urls[i]);

  self->n_used += n_urls;
  verdict->n_executed = n_urls;
  verdict->n_executions = n_urls > 0;
  fault_words_accept (verdict, request->api, task_id, n_urls);
}

/* Every day has its quota. */
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
  guint most = request->api == FAULT_API_3_0 ? MAX_DIRECTORIES_V3 : MAX_DIRECTORIES;
  gboolean has_mode = request->api == FAULT_API_2_0 || fault_request_get_mode (request) != NULL;

  turn_day (self);
  if (n_urls == 0 || !has_mode)
    fault_words_refuse (verdict, request->api, FAULT_REFUSES_EMPTY);
  else if (n_urls > most)
    fault_words_refuse (verdict, request->api, FAULT_REFUSES_MANY);
  else if (!are_hosts_known (urls))
    fault_words_refuse (verdict, request->api, FAULT_REFUSES_HOST);
  else if (self->n_used + n_urls > self->options.quota)
    fault_words_refuse (verdict, request->api, FAULT_REFUSES_QUOTA);
  else
    execute (self, request, urls, MIN (n_urls, limit), verdict);
}

static int
get_status (FaultMind         *self,
            const FaultRecord *record)
{
  if (get_time (self) < record->time + self->options.running_s)
    return 0;

  return self->options.fails ? -1 : 1;
}

/* Whoever asks has room for all of it here, or asks for more than there is. */
static void
judge_look_up (FaultMind          *self,
               const FaultRequest *request,
               FaultVerdict       *verdict)
{
  gboolean is_object = request->api == FAULT_API_3_0;
  const char *task_id = fault_request_get (request, is_object ? "TaskId" : "taskId");
  const char *from = fault_request_get (request, is_object ? "StartTime" : "startDate");
  const char *to = fault_request_get (request, is_object ? "EndTime" : "endDate");
  GString *log;
  gint64 since = 0;
  gint64 until = 0;
  guint n = 0;

  if (task_id == NULL && !(fault_words_read_time (from, &since) &&
                           fault_words_read_time (to, &until) && since <= until))
    {
      fault_words_refuse (verdict, request->api, FAULT_REFUSES_DATES);
      return;
    }

  log = fault_words_begin_log (request->api);
  for (guint i = 0; i < self->records->len; i++)
    {
      const FaultRecord *record = g_ptr_array_index (self->records, i);

      if (task_id != NULL ? g_str_equal (task_id, record->task_id)
                          : since <= record->time && record->time <= until)
        n += fault_words_append_record (log, request->api, record, get_status (self, record));
    }
  fault_words_end_log (verdict, request->api, log, n);
}

/* Of URLs there is no end here. */
static void
judge_quota (FaultMind    *self,
             FaultVerdict *verdict)
{
  turn_day (self);
  fault_words_tell_quota (verdict, self->options.quota,
                          self->options.quota - MIN (self->n_used, self->options.quota));
}

static gboolean
is_quota_question (const FaultRequest *request)
{
  return request->api == FAULT_API_3_0 &&
         g_strcmp0 (fault_request_get (request, "Action"), "DescribePurgeQuota") == 0;
}

static gboolean
is_look_up (const FaultRequest *request)
{
  return g_strcmp0 (fault_request_get (request, "Action"),
                    request->api == FAULT_API_3_0 ? "DescribePurgeTasks"
                                                  : "GetCdnRefreshLog") == 0;
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
  FaultRefusal refusal;

  *verdict = (FaultVerdict) { 0 };

  g_mutex_lock (&self->mutex);
  if (!is_admitted (self, request, &refusal))
    fault_words_refuse (verdict, request->api, refusal);
  else if (fault_request_is_purge (request))
    judge_purge (self, request, limit, verdict);
  else if (is_look_up (request))
    judge_look_up (self, request, verdict);
  else if (is_quota_question (request))
    judge_quota (self, verdict);
  else
    fault_words_refuse (verdict, request->api, FAULT_REFUSES_ACTION);
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
