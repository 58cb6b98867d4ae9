/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Pace and canary as tables: a line of signs says what happens, another what must come of it. */

#include "purge-queue.h"

/* Each sign is one thing that happens:
 *   T  the queue is asked for all it gives now
 *   a  a batch that is under way was accepted      r  was rejected
 *   l  was lost                                    s  was rejected, and that stops the queue
 *   n  was not sent, and that stops the queue      X  the person cancels
 *   x  was taken by another instance
 * and each T gives one number: how many batches came out. */
static const struct
{
  const char *name;
  guint       n_batches;
  gboolean    canary_due;
  const char *happens;
  const char *gives;
  gboolean    over;
} cases[] = {
  { "one batch", 1, TRUE, "TaT", "10", TRUE },
  { "canary first", 5, TRUE, "TTaT", "104", FALSE },
  { "no canary due", 5, FALSE, "T", "5", FALSE },
  { "six side by side", 10, FALSE, "TaTaaT", "612", FALSE },
  { "six after the canary", 10, TRUE, "TaTT", "160", FALSE },
  { "all answered", 3, TRUE, "TaTaaT", "120", TRUE },
  { "a rejected canary proves the key", 3, TRUE, "TrT", "12", FALSE },
  { "a refused key stops after one", 5, TRUE, "TsT", "10", TRUE },
  { "a lost canary stops", 5, TRUE, "TlT", "10", TRUE },
  { "a canary that was not sent stops", 5, TRUE, "TnT", "10", TRUE },
  { "one lost batch does not stop", 9, FALSE, "TlT", "61", FALSE },
  { "two lost batches stop", 20, FALSE, "TllTaaaa", "60", TRUE },
  { "quota gone in the middle", 20, FALSE, "TaTsTaaaaa", "610", TRUE },
  { "what is under way is waited for", 20, FALSE, "TsT", "60", FALSE },
  { "cancelled", 20, FALSE, "TXTaaaaaa", "60", TRUE },
  { "cancelled before the first", 4, TRUE, "XT", "0", TRUE },
  { "taken by somebody else", 5, FALSE, "TxxxT", "50", FALSE },
  { "a canary that somebody else took proves nothing", 5, TRUE, "TxTaT", "113", FALSE },
  { "all taken by somebody else", 2, FALSE, "TxxT", "20", TRUE },
  { "nothing to send", 0, TRUE, "T", "0", TRUE },
};

static PurgeOutcome *
outcome_of (char sign)
{
  PurgeOutcome *outcome;

  switch (sign)
    {
    case 'a':
      return purge_outcome_new (PURGE_BATCH_EVENT_ACCEPTED, PURGE_CAUSE_NONE);
    case 'l':
      return purge_outcome_new (PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_TIMEOUT);
    case 'n':
      outcome = purge_outcome_new (PURGE_BATCH_EVENT_NOT_EXECUTED, PURGE_CAUSE_NO_CONNECTION);
      outcome->stops_queue = TRUE;
      return outcome;
    default:
      outcome = purge_outcome_new (PURGE_BATCH_EVENT_REJECTED, PURGE_CAUSE_REFUSED_BY_API);
      outcome->stops_queue = sign == 's';
      return outcome;
    }
}

static guint
take_all (PurgeQueue *queue,
          guint      *expected)
{
  guint index;
  guint n = 0;

  for (; purge_queue_take (queue, &index); n++)
    g_assert_cmpuint (index, ==, (*expected)++);

  return n;
}

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) gives = g_string_new (NULL);
      guint expected = 0;
      PurgeQueue queue;

      g_test_message ("%s", cases[i].name);
      purge_queue_init (&queue, cases[i].n_batches, cases[i].canary_due);
      for (const char *sign = cases[i].happens; *sign != '\0'; sign++)
        {
          if (*sign == 'T')
            g_string_append_printf (gives, "%u", take_all (&queue, &expected));
          else if (*sign == 'X')
            purge_queue_stop (&queue);
          else if (*sign == 'x')
            purge_queue_skip (&queue);
          else
            {
              g_autoptr (PurgeOutcome) outcome = outcome_of (*sign);

              purge_queue_put (&queue, outcome);
            }
        }

      g_assert_cmpstr (gives->str, ==, cases[i].gives);
      g_assert_cmpint (purge_queue_is_over (&queue), ==, cases[i].over);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/queue/cases", test_cases);

  return g_test_run ();
}
