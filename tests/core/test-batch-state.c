/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-batch-state.h"

#define N_STATES (PURGE_BATCH_FAILED + 1)
#define N_EVENTS (PURGE_BATCH_EVENT_FAILED + 1)

/* Every cell: the state that an event leads to, or NULL where it cannot happen. Nothing leads back
 * to waiting but the proof that nothing was executed. */
static const char * const cells[N_STATES][N_EVENTS] = {
  [PURGE_BATCH_WAITING] = {
    [PURGE_BATCH_EVENT_SEND] = "sending",
  },
  [PURGE_BATCH_SENDING] = {
    [PURGE_BATCH_EVENT_NOT_EXECUTED] = "waiting",
    [PURGE_BATCH_EVENT_ACCEPTED] = "accepted",
    [PURGE_BATCH_EVENT_REJECTED] = "rejected",
    [PURGE_BATCH_EVENT_LOST] = "unknown",
  },
  [PURGE_BATCH_ACCEPTED] = {
    [PURGE_BATCH_EVENT_DONE] = "done",
    [PURGE_BATCH_EVENT_FAILED] = "failed",
  },
  [PURGE_BATCH_UNKNOWN] = {
    [PURGE_BATCH_EVENT_ACCEPTED] = "accepted",
    [PURGE_BATCH_EVENT_REJECTED] = "rejected",
    [PURGE_BATCH_EVENT_RESUBMITTED] = "superseded",
    [PURGE_BATCH_EVENT_DONE] = "done",
    [PURGE_BATCH_EVENT_FAILED] = "failed",
  },
};

static void
check_cell (PurgeBatchState from,
            PurgeBatchEvent event)
{
  const char *expected = cells[from][event];
  PurgeBatchState to = from;
  gboolean moved = purge_batch_state_move (from, event, &to);

  g_test_message ("%s, event %d", purge_batch_state_to_string (from), event);
  g_assert_cmpint (moved, ==, expected != NULL);
  g_assert_cmpstr (purge_batch_state_to_string (to), ==,
                   expected != NULL ? expected : purge_batch_state_to_string (from));
}

static void
test_moves (void)
{
  for (int from = 0; from < N_STATES; from++)
    for (int event = 0; event < N_EVENTS; event++)
      check_cell (from, event);
}

/* The names are stored: a new version must read what an old one wrote. */
static void
test_names (void)
{
  static const char * const names[N_STATES] = {
    "waiting", "sending", "accepted", "rejected", "unknown", "superseded", "done", "failed",
  };

  for (int state = 0; state < N_STATES; state++)
    {
      PurgeBatchState read;

      g_assert_cmpstr (purge_batch_state_to_string (state), ==, names[state]);
      g_assert_true (purge_batch_state_from_string (names[state], &read));
      g_assert_cmpint (read, ==, state);
    }
}

static void
test_other_names (void)
{
  static const char * const names[] = { NULL, "", "Waiting", "waiting ", "purged", "0" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      PurgeBatchState state = PURGE_BATCH_DONE;

      g_assert_false (purge_batch_state_from_string (names[i], &state));
      g_assert_cmpint (state, ==, PURGE_BATCH_DONE);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/batch-state/moves", test_moves);
  g_test_add_func ("/batch-state/names", test_names);
  g_test_add_func ("/batch-state/other-names", test_other_names);

  return g_test_run ();
}
