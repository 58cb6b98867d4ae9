/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Every state counts exactly once. */

#include "purge-tally.h"

static const struct
{
  PurgeBatchState state;
  PurgeTally      tally;
  const char     *summary;
} cases[] = {
  { PURGE_BATCH_WAITING, { 3, .n_waiting = 3, .n_batches = 1 }, "3 waiting" },
  { PURGE_BATCH_SENDING, { 3, .n_waiting = 3, .n_batches = 1 }, "3 waiting" },
  { PURGE_BATCH_ACCEPTED, { 3, .n_accepted = 3, .n_batches = 1, .n_batches_done = 1 },
    "3 accepted" },
  { PURGE_BATCH_REJECTED, { 3, .n_rejected = 3, .n_batches = 1, .n_batches_done = 1 },
    "3 rejected" },
  { PURGE_BATCH_UNKNOWN, { 3, .n_unknown = 3, .n_batches = 1, .n_batches_done = 1 },
    "3 unknown" },
  { PURGE_BATCH_SUPERSEDED, { 3, .n_batches = 1, .n_batches_done = 1 },
    "" },
  { PURGE_BATCH_DONE, { 3, .n_accepted = 3, .n_done = 3, .n_batches = 1, .n_batches_done = 1 },
    "3 done" },
  { PURGE_BATCH_FAILED, { 3, .n_rejected = 3, .n_failed = 3, .n_batches = 1, .n_batches_done = 1 },
    "3 failed" },
};

static void
test_states (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PurgeTally tally = { 0 };
      g_autofree char *summary = NULL;

      purge_tally_add (&tally, cases[i].state, 3);
      summary = purge_tally_dup_summary (&tally);
      g_assert_cmpmem (&tally, sizeof tally, &cases[i].tally, sizeof tally);
      g_assert_cmpstr (summary, ==, cases[i].summary);
    }

  g_assert_cmpuint (G_N_ELEMENTS (cases), ==, PURGE_BATCH_FAILED + 1);
}

static void
test_sum (void)
{
  PurgeTally tally = { 0 };
  PurgeTally all = { 0 };
  PurgeTally expected = {
    .n_directories = 51, .n_accepted = 21, .n_done = 1, .n_rejected = 5, .n_failed = 4,
    .n_unknown = 20, .n_waiting = 5, .n_batches = 6, .n_batches_done = 5,
  };
  g_autofree char *summary = NULL;

  purge_tally_add (&tally, PURGE_BATCH_ACCEPTED, 20);
  purge_tally_add (&tally, PURGE_BATCH_DONE, 1);
  purge_tally_add (&tally, PURGE_BATCH_REJECTED, 1);
  purge_tally_add (&tally, PURGE_BATCH_FAILED, 4);
  purge_tally_add (&tally, PURGE_BATCH_UNKNOWN, 20);
  purge_tally_add (&tally, PURGE_BATCH_WAITING, 5);
  summary = purge_tally_dup_summary (&tally);

  g_assert_cmpmem (&tally, sizeof tally, &expected, sizeof expected);
  purge_tally_add_all (&all, &tally);
  g_assert_cmpmem (&all, sizeof all, &expected, sizeof expected);
  purge_tally_add_all (&all, &tally);
  purge_tally_add (&expected, PURGE_BATCH_ACCEPTED, 20);
  purge_tally_add (&expected, PURGE_BATCH_DONE, 1);
  purge_tally_add (&expected, PURGE_BATCH_REJECTED, 1);
  purge_tally_add (&expected, PURGE_BATCH_FAILED, 4);
  purge_tally_add (&expected, PURGE_BATCH_UNKNOWN, 20);
  purge_tally_add (&expected, PURGE_BATCH_WAITING, 5);
  g_assert_cmpmem (&all, sizeof all, &expected, sizeof expected);
  g_assert_cmpstr (summary, ==, "20 accepted · 1 done · 1 rejected · 4 failed · 20 unknown · 5 waiting");
}

/* The parts are all, and what is done or failed is in them. */
static void
test_split (void)
{
  const PurgeTally tally = {
    .n_directories = 50, .n_accepted = 20, .n_done = 19, .n_rejected = 15, .n_failed = 14,
    .n_unknown = 10, .n_waiting = 5,
  };
  const PurgeTallyPart expected[PURGE_TALLY_N_PARTS] = {
    { PURGE_BATCH_ACCEPTED, 20 }, { PURGE_BATCH_REJECTED, 15 }, { PURGE_BATCH_UNKNOWN, 10 },
    { PURGE_BATCH_WAITING, 5 },
  };
  PurgeTallyPart parts[PURGE_TALLY_N_PARTS];

  purge_tally_split (&tally, parts);
  g_assert_cmpmem (parts, sizeof parts, expected, sizeof expected);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/tally/states", test_states);
  g_test_add_func ("/tally/sum", test_sum);
  g_test_add_func ("/tally/split", test_split);

  return g_test_run ();
}
