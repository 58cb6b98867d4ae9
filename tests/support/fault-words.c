/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The words of the two APIs: the same situations, each with a code and an envelope of its own. */

#include "fault-words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fault-json.h"

/* The log's dates are Beijing's. */
#define ZONE_S (8 * 60 * 60)

#define REQUEST_ID "\"RequestId\":\"5f2f5c2e-0000-4000-8000-fa1715e12e12\""

static const struct
{
  int         code;
  const char *message;
  const char *code_desc;
  const char *code_v3;
} refusals[] = {
  [FAULT_REFUSES_ADDRESS] = { 6100, "不支持的版本", "\"NotSupported\"", "NoSuchVersion" },
  [FAULT_REFUSES_MISSING] = { 4000, "缺少参数", "\"InvalidParameter\"",
                              "AuthFailure.InvalidAuthorization" },
  [FAULT_REFUSES_LATE] = { 4200, "请求过期", "\"RequestExpired\"", "AuthFailure.SignatureExpire" },
  [FAULT_REFUSES_EARLY] = { 4500, "重放攻击", "\"ReplayAttack\"", "AuthFailure.SignatureExpire" },
  [FAULT_REFUSES_REPEATED] = { 4500, "重放攻击", "\"ReplayAttack\"", NULL },
  [FAULT_REFUSES_ACTION] = { 4000, "(9003)参数错误", "9003", "InvalidAction" },
  [FAULT_REFUSES_EMPTY] = { 4000, "(9003)参数错误", "9003", "MissingParameter" },
  [FAULT_REFUSES_MANY] = { 4000, "(22045)单次提交刷新目录超出上限", "22045",
                           "LimitExceeded.CdnPurgePathExceedBatchLimit" },
  [FAULT_REFUSES_HOST] = { 4000, "(9110)没有这个域名的信息 cdn no such host", "9110",
                           "ResourceNotFound.CdnHostNotExists" },
  [FAULT_REFUSES_QUOTA] = { 4000, "(22046)目录刷新数目超出单日限额", "22046",
                            "LimitExceeded.CdnPurgePathExceedDayLimit" },
  [FAULT_REFUSES_DATES] = { 4000, "(9150)日期区间错误", "9150",
                            "InvalidParameter.CdnStatInvalidDate" },
  [FAULT_REFUSES_UNREADABLE] = { 4000, "(9003)参数错误", "9003", "InvalidParameter" },
  [FAULT_REFUSES_BROKEN] = { 6000, "", "\"InternalError\"", "InternalError" },
};

static char *
dup_error_v3 (const char *code,
              const char *message)
{
  return g_strdup_printf ("{\"Response\":{\"Error\":{\"Code\":\"%s\",\"Message\":\"%s\"},"
                          REQUEST_ID "}}", code, message);
}

void
fault_words_refuse (FaultVerdict *verdict,
                    FaultApi      api,
                    FaultRefusal  refusal)
{
  int code = refusals[refusal].code;

  if (api == FAULT_API_3_0)
    {
      verdict->code = g_strdup (refusals[refusal].code_v3);
      verdict->json = dup_error_v3 (verdict->code, refusals[refusal].message);
      return;
    }

  verdict->code = g_strdup_printf ("%d", code);
  verdict->json = g_strdup_printf ("{\"code\":%d,\"message\":\"%s\",\"codeDesc\":%s}", code,
                                   refusals[refusal].message, refusals[refusal].code_desc);
}

/* code: as a script says it; of API 2.0 `4000/9110` is the common code, and the module code that
 * its message begins with. */
void
fault_words_refuse_as (FaultVerdict *verdict,
                       FaultApi      api,
                       const char   *code)
{
  const char *module = strchr (code, '/');
  int number = strtol (code, NULL, 10);

  g_clear_pointer (&verdict->code, g_free);
  g_clear_pointer (&verdict->json, g_free);
  if (api == FAULT_API_3_0)
    {
      verdict->code = g_strdup (code);
      verdict->json = dup_error_v3 (code, "no");
      return;
    }

  verdict->code = g_strdup_printf ("%d", number);
  if (module == NULL)
    verdict->json =
      g_strdup_printf ("{\"code\":%d,\"message\":\"\",\"codeDesc\":\"Refused\"}", number);
  else
    verdict->json = g_strdup_printf ("{\"code\":%d,\"message\":\"(%s)no\",\"codeDesc\":%s}",
                                     number, module + 1, module + 1);
}

/* So many were purged by that task. */
void
fault_words_accept (FaultVerdict *verdict,
                    FaultApi      api,
                    const char   *task_id,
                    guint         n)
{
  verdict->code = g_strdup ("0");
  verdict->json =
    api == FAULT_API_3_0
      ? g_strdup_printf ("{\"Response\":{\"TaskId\":\"%s\"," REQUEST_ID "}}", task_id)
      : g_strdup_printf ("{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\","
                         "\"data\":{\"count\":%u,\"task_id\":\"%s\"}}", n, task_id);
}

GString *
fault_words_begin_log (FaultApi api)
{
  return g_string_new (api == FAULT_API_3_0 ? "{\"Response\":{\"PurgeLogs\":["
                                            : "{\"code\":0,\"message\":\"\",\"codeDesc\":"
                                              "\"Success\",\"data\":{\"logs\":[");
}

static char *
dup_time (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time + ZONE_S);

  return g_date_time_format (date, "%Y-%m-%d %H:%M:%S");
}

static void
separate (GString *log)
{
  if (!g_str_has_suffix (log->str, "["))
    g_string_append_c (log, ',');
}

/* API 2.0 has a line a host. */
static guint
append_line (GString           *log,
             const FaultRecord *record,
             int                status)
{
  g_autofree char *time = dup_time (record->time);

  separate (log);
  g_string_append_printf (log, "{\"id\":%u,\"app_id\":1,\"project_id\":0,\"host\":\"%s\","
                          "\"type\":1,\"status\":%d,\"datetime\":\"%s\",\"url_list\":[",
                          record->id, record->host, status, time);
  for (guint i = 0; i < record->urls->len; i++)
    {
      g_autofree char *url = fault_json_quote (g_ptr_array_index (record->urls, i));

      g_string_append_printf (log, "%s%s", i > 0 ? "," : "", url);
    }
  g_string_append (log, "]}");

  return 1;
}

/* API 3.0 has one a URL. */
static guint
append_lines (GString           *log,
              const FaultRecord *record,
              int                status)
{
  g_autofree char *time = dup_time (record->time);

  for (guint i = 0; i < record->urls->len; i++)
    {
      g_autofree char *url = fault_json_quote (g_ptr_array_index (record->urls, i));

      separate (log);
      g_string_append_printf (log, "{\"TaskId\":\"%s\",\"Url\":%s,\"Status\":\"%s\","
                              "\"PurgeType\":\"path\",\"FlushType\":\"%s\",\"CreateTime\":\"%s\"}",
                              record->task_id, url,
                              status == 0 ? "process" : status > 0 ? "done" : "fail",
                              record->all ? "delete" : "flush", time);
    }

  return record->urls->len;
}

/* status: 0 while it is under way, 1 when it is done, -1 where it failed. Returns how many records
 * these are. */
guint
fault_words_append_record (GString           *log,
                           FaultApi           api,
                           const FaultRecord *record,
                           int                status)
{
  return api == FAULT_API_3_0 ? append_lines (log, record, status)
                              : append_line (log, record, status);
}

/* Takes the log. */
void
fault_words_end_log (FaultVerdict *verdict,
                     FaultApi      api,
                     GString      *log,
                     guint         total)
{
  if (api == FAULT_API_3_0)
    g_string_append_printf (log, "],\"TotalCount\":%u," REQUEST_ID "}}", total);
  else
    g_string_append_printf (log, "],\"total\":%u}}", total);

  verdict->code = g_strdup ("0");
  verdict->json = g_string_free (log, FALSE);
}

/* API 3.0 only: so many directories a day, in either area, and as many a request as API 2.0 takes. */
void
fault_words_tell_quota (FaultVerdict *verdict,
                        guint         total,
                        guint         available)
{
  static const char * const areas[] = { "mainland", "overseas" };
  g_autoptr (GString) paths = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (areas); i++)
    g_string_append_printf (paths, "%s{\"Batch\":20,\"Total\":%u,\"Available\":%u,\"Area\":\"%s\"}",
                            i > 0 ? "," : "", total, available, areas[i]);

  verdict->code = g_strdup ("0");
  verdict->json = g_strdup_printf ("{\"Response\":{\"UrlPurge\":[],\"PathPurge\":[%s],"
                                   REQUEST_ID "}}", paths->str);
}

/* A date of either API. */
gboolean
fault_words_read_time (const char *text,
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

void
fault_verdict_clear (FaultVerdict *verdict)
{
  g_clear_pointer (&verdict->code, g_free);
  g_clear_pointer (&verdict->json, g_free);
}
