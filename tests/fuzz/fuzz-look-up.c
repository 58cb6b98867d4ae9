/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Any bytes as the log of API 2.0: records come out of a strict success only and are whole, and a
 * batch that is found in them is found as a second, simple-minded reader would want it. The first
 * byte chooses the status, the second how the batch is looked for; the rest is the body. */

#include <string.h>

#include "purge-json-scan.h"
#include "purge-look-up-v2.h"
#include "purge-match.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

static const guint statuses[] = { 200, 200, 200, 200, 204, 206, 302, 403, 429, 500, 502, 999 };

static const char * const batch[] = { "a/x/", "b/x/", NULL };

/* The year 0 and the year 10000, and a day more for the zone. */
#define FIRST_SECOND G_GINT64_CONSTANT (-62167392000)
#define LAST_SECOND G_GINT64_CONSTANT (253402387200)

static void
check_record (const PurgeLogRecord *record)
{
  g_assert_cmpuint (strlen (record->id), >, 0);
  g_assert_cmpuint (strlen (record->id), <=, 64);
  g_assert_true (g_str_is_ascii (record->id));
  g_assert_cmpuint (g_strv_length (record->urls), >, 0);
  for (guint i = 0; record->urls[i] != NULL; i++)
    {
      g_assert_cmpuint (strlen (record->urls[i]), >, 0);
      g_assert_true (g_utf8_validate (record->urls[i], -1, NULL));
    }
  g_assert_cmpint (record->time, >, FIRST_SECOND);
  g_assert_cmpint (record->time, <, LAST_SECOND);
  g_assert_cmpint (record->status, <=, PURGE_TASK_FAILED);
}

static void
check_look_up (const PurgeLookUp *look_up,
               guint              status,
               const char        *text,
               gsize              length)
{
  if (look_up->failure != NULL)
    {
      g_assert_cmpuint (look_up->records->len, ==, 0);
      g_assert_cmpint (look_up->failure->event, !=, PURGE_BATCH_EVENT_ACCEPTED);
      return;
    }

  g_assert_cmpuint (status, ==, 200);
  g_assert_true (purge_json_scan (text, length, NULL));
  for (guint i = 0; i < look_up->records->len; i++)
    check_record (g_ptr_array_index (look_up->records, i));
}

/* Whether what was found has a URL, or is without one. */
static gboolean
purges (const PurgeLookUp *look_up,
        PurgeKind          kind,
        const PurgeMatch  *match,
        const char        *url)
{
  for (guint i = 0; i < look_up->records->len; i++)
    {
      const PurgeLogRecord *record = g_ptr_array_index (look_up->records, i);

      if (record->kind == kind &&
          g_strv_contains ((const char * const *) match->ids, record->id) &&
          g_strv_contains ((const char * const *) record->urls, url))
        return TRUE;
    }

  return FALSE;
}

static void
check_match (const PurgeLookUp *look_up,
             PurgeKind          kind,
             const PurgeMatch  *match)
{
  g_assert_true (match->event == PURGE_BATCH_EVENT_ACCEPTED ||
                 match->event == PURGE_BATCH_EVENT_DONE ||
                 match->event == PURGE_BATCH_EVENT_FAILED);
  for (guint i = 0; batch[i] != NULL; i++)
    g_assert_true (purges (look_up, kind, match, batch[i]));

  for (guint i = 0; i < look_up->records->len; i++)
    {
      const PurgeLogRecord *record = g_ptr_array_index (look_up->records, i);

      if (!g_strv_contains ((const char * const *) match->ids, record->id))
        continue;
      for (guint j = 0; record->kind == kind && record->urls[j] != NULL; j++)
        g_assert_true (g_strv_contains (batch, record->urls[j]));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  static const char * const claimed[] = { "9", NULL };
  g_autoptr (GBytes) body = NULL;
  g_autoptr (PurgeExchange) exchange = NULL;
  g_autoptr (PurgeLookUp) look_up = NULL;
  g_auto (PurgeMatch) match = { PURGE_BATCH_EVENT_SEND, NULL };
  PurgeKind kind;

  if (size < 2)
    return 0;

  body = g_bytes_new (data + 2, size - 2);
  exchange = purge_exchange_new_answer (statuses[data[0] % G_N_ELEMENTS (statuses)], body);
  look_up = purge_look_up_v2_read (exchange);
  check_look_up (look_up, exchange->status, (const char *) data + 2, size - 2);

  kind = data[1] / 8 % PURGE_N_KINDS;
  if (purge_match_find (look_up, kind, batch, FIRST_SECOND, LAST_SECOND, claimed, data[1] / 2 % 4,
                        data[1] % 2, &match))
    {
      g_assert_null (look_up->failure);
      g_assert_false (g_strv_contains ((const char * const *) match.ids, "9"));
      check_match (look_up, kind, &match);
    }

  return 0;
}
