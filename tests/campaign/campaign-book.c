/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The book: counts, and says what did not hold and how to see it again. */

#include "campaign-book.h"

#include <string.h>

CampaignBook *
campaign_book_new (void)
{
  CampaignBook *self = g_new0 (CampaignBook, 1);

  self->violated = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
campaign_book_free (CampaignBook *self)
{
  g_hash_table_unref (self->violated);
  g_hash_table_unref (self->rows);
  g_free (self);
}

static void
count_one (GHashTable *table,
           const char *key)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (table, key));

  g_hash_table_replace (table, g_strdup (key), GUINT_TO_POINTER (n + 1));
}

/* A run begins; row has to stay. */
void
campaign_book_begin (CampaignBook *self,
                     const char   *row,
                     guint32       seed,
                     FaultApi      api,
                     gboolean      sockets)
{
  self->row = row;
  self->seed = seed;
  self->n_runs++;
  self->n_runs_of[api]++;
  self->n_sockets += sockets;
  count_one (self->rows, row);
  if (self->trace)
    g_printerr ("--row='%s' --seed=%u --runs=1 (API %s)%s\n", row, seed,
                api == FAULT_API_3_0 ? "3.0" : "2.0", sockets ? " (sockets)" : "");
}

/* No library has anything to complain of. */
static GLogWriterOutput
on_log (GLogLevelFlags   level,
        const GLogField *fields,
        gsize            n_fields,
        gpointer         user_data)
{
  CampaignBook *self = user_data;
  g_autofree char *text = g_log_writer_format_fields (level, fields, n_fields, FALSE);

  if (level & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL))
    {
      if (!(self->noisy && strstr (text, "g_object_unref: assertion") != NULL))
        campaign_book_note (self, "log", "%s", text);
      return G_LOG_WRITER_HANDLED;
    }

  return g_log_writer_default (level, fields, n_fields, NULL);
}

/* From now on warnings are violations, and do not end the program. */
void
campaign_book_catch_warnings (CampaignBook *self)
{
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR);
  g_log_set_writer_func (on_log, self, NULL);
}

/* Something did not hold. */
void
campaign_book_note (CampaignBook *self,
                    const char   *rule,
                    const char   *format,
                    ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  self->n_violations++;
  count_one (self->violated, rule);
  if (!self->quiet)
    g_printerr ("violation of %s (--row='%s' --seed=%u --runs=1), %s: %s\n", rule, self->row,
                self->seed, self->stage, text);
}

guint
campaign_book_count (CampaignBook *self,
                     const char   *rule)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->violated, rule));
}

/* The one line that counts. */
char *
campaign_book_dup_line (CampaignBook *self)
{
  return g_strdup_printf ("campaign: %u runs (%u of API 2.0, %u of API 3.0), %u violations, "
                          "%u false accepted, %u false not-sent", self->n_runs,
                          self->n_runs_of[FAULT_API_2_0], self->n_runs_of[FAULT_API_3_0],
                          self->n_violations, self->n_false_accepted, self->n_false_not_sent);
}

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  return g_strcmp0 (a, b);
}

/* Which row was run how often, and how much went on. */
void
campaign_book_print_table (CampaignBook *self)
{
  g_autoptr (GList) rows =
    g_list_sort (g_hash_table_get_keys (self->rows), compare_keys);

  for (GList *row = rows; row != NULL; row = row->next)
    g_print ("%6u %s\n", GPOINTER_TO_UINT (g_hash_table_lookup (self->rows, row->data)),
             (char *) row->data);

  g_print ("%u rows; %u runs through sockets; %u requests to purge, %u look-ups; of %u unknown "
           "batches that could be found out about, %u were\n", g_list_length (rows),
           self->n_sockets, self->n_purges, self->n_look_ups, self->n_resolvable,
           self->n_resolved);
}
