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
  { PURGE_BATCH_WAITING, { 3, 0, 0, 0, 3, 1, 0 }, "3 waiting" },
  { PURGE_BATCH_SENDING, { 3, 0, 0, 0, 3, 1, 0 }, "3 waiting" },
  { PURGE_BATCH_ACCEPTED, { 3, 3, 0, 0, 0, 1, 1 }, "3 accepted" },
  { PURGE_BATCH_REJECTED, { 3, 0, 3, 0, 0, 1, 1 }, "3 rejected" },
  { PURGE_BATCH_UNKNOWN, { 3, 0, 0, 3, 0, 1, 1 }, "3 unknown" },
  { PURGE_BATCH_SUPERSEDED, { 3, 0, 0, 0, 0, 1, 1 }, "" },
  { PURGE_BATCH_DONE, { 3, 3, 0, 0, 0, 1, 1 }, "3 accepted" },
  { PURGE_BATCH_FAILED, { 3, 0, 3, 0, 0, 1, 1 }, "3 rejected" },
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
  PurgeTally expected = { 47, 21, 1, 20, 5, 5, 4 };
  g_autofree char *summary = NULL;

  purge_tally_add (&tally, PURGE_BATCH_ACCEPTED, 20);
  purge_tally_add (&tally, PURGE_BATCH_DONE, 1);
  purge_tally_add (&tally, PURGE_BATCH_REJECTED, 1);
  purge_tally_add (&tally, PURGE_BATCH_UNKNOWN, 20);
  purge_tally_add (&tally, PURGE_BATCH_WAITING, 5);
  summary = purge_tally_dup_summary (&tally);

  g_assert_cmpmem (&tally, sizeof tally, &expected, sizeof expected);
  g_assert_cmpstr (summary, ==, "21 accepted · 1 rejected · 20 unknown · 5 waiting");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/tally/states", test_states);
  g_test_add_func ("/tally/sum", test_sum);

  return g_test_run ();
}
