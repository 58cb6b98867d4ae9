/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Time and chance: what the system's clock tells, and how it is waited for. */

#include "purge-clock.h"

#include "await.h"

/* A boot clock that the test sets; waiting is the real one. */
#define SET_TYPE_CLOCK (set_clock_get_type ())

G_DECLARE_FINAL_TYPE (SetClock, set_clock, SET, CLOCK, PurgeClock)

struct _SetClock
{
  PurgeClock parent_instance;

  gint64     boot_time;
  guint      n_looks;
  guint      n_same;
  guint      n_rolled;
};

G_DEFINE_FINAL_TYPE (SetClock, set_clock, PURGE_TYPE_CLOCK)

static gint64
set_clock_get_boot_time (PurgeClock *clock)
{
  SetClock *self = SET_CLOCK (clock);

  self->n_looks++;
  return self->boot_time;
}

/* Dice that are stuck give the same number several times. */
static guint64
set_clock_roll_nonce (PurgeClock *clock)
{
  SetClock *self = SET_CLOCK (clock);

  return 1 + self->n_rolled++ / MAX (self->n_same, 1);
}

static void
set_clock_class_init (SetClockClass *klass)
{
  PURGE_CLOCK_CLASS (klass)->get_boot_time = set_clock_get_boot_time;
  PURGE_CLOCK_CLASS (klass)->roll_nonce = set_clock_roll_nonce;
}

static void
set_clock_init (SetClock *self)
{
}

static void
test_dice (void)
{
  g_autoptr (PurgeClock) clock = purge_clock_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < 100000; i++)
    {
      double chance = purge_clock_roll_chance (clock);
      guint64 nonce = purge_clock_roll_nonce (clock);

      g_assert_true (chance >= 0 && chance < 1);
      g_assert_cmpuint (nonce, >, G_MAXINT32);
      g_assert_cmpuint (nonce, <=, G_MAXINT64);
      g_assert_true (g_hash_table_add (seen, g_memdup2 (&nonce, sizeof nonce)));
    }
}

static void
test_wait (void)
{
  g_autoptr (PurgeClock) clock = purge_clock_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 begun = purge_clock_get_boot_time (clock);

  purge_clock_wait_async (clock, 30, NULL, await_cb, &result);
  g_assert_true (purge_clock_wait_finish (clock, await (&result), &error));
  g_assert_no_error (error);
  g_assert_cmpint (purge_clock_get_boot_time (clock) - begun, >=, 30);
}

static gboolean
has_looked_twice (gpointer user_data)
{
  SetClock *clock = user_data;

  return clock->n_looks > 2;
}

/* However long the timers think: when the boot clock says that the time has passed, it has. */
static void
test_wait_over_sleep (void)
{
  g_autoptr (SetClock) clock = g_object_new (SET_TYPE_CLOCK, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  purge_clock_wait_async (PURGE_CLOCK (clock), 10 * 60 * 60 * 1000, NULL, await_cb, &result);
  await_condition (has_looked_twice, clock);
  g_assert_null (result);

  clock->boot_time += 10 * 60 * 60 * 1000;
  g_assert_true (purge_clock_wait_finish (PURGE_CLOCK (clock), await (&result), &error));
  g_assert_no_error (error);
}

static void
test_wait_cancelled (gconstpointer data)
{
  gboolean before = GPOINTER_TO_INT (data);
  g_autoptr (PurgeClock) clock = purge_clock_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (before)
    g_cancellable_cancel (cancellable);
  purge_clock_wait_async (clock, G_MAXINT, cancellable, await_cb, &result);
  if (!before)
    g_cancellable_cancel (cancellable);

  g_assert_false (purge_clock_wait_finish (clock, await (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
  g_assert_finalize_object (g_steal_pointer (&clock));
}

/* What no journal guards is never the same twice, unless the dice are broken for good. */
static void
test_new_nonces (void)
{
  const struct {
    guint   n_same;
    guint64 expected[4];
  } cases[] = {
    { 1, { 1, 2, 3, 4 } },
    { 2, { 1, 1, 2, 3 } },
    { 5, { 1, 1, 2, 3 } },
    { G_MAXUINT, { 1, 1, 1, 1 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SetClock) clock = g_object_new (SET_TYPE_CLOCK, NULL);

      clock->n_same = cases[i].n_same;
      for (guint j = 0; j < G_N_ELEMENTS (cases[i].expected); j++)
        g_assert_cmpuint (j < 2 ? purge_clock_roll_nonce (PURGE_CLOCK (clock))
                                : purge_clock_roll_new_nonce (PURGE_CLOCK (clock)), ==,
                          cases[i].expected[j]);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clock/dice", test_dice);
  g_test_add_func ("/clock/new-nonces", test_new_nonces);
  g_test_add_func ("/clock/wait", test_wait);
  g_test_add_func ("/clock/wait-over-sleep", test_wait_over_sleep);
  g_test_add_data_func ("/clock/wait-cancelled-before", GINT_TO_POINTER (TRUE),
                        test_wait_cancelled);
  g_test_add_data_func ("/clock/wait-cancelled-after", GINT_TO_POINTER (FALSE),
                        test_wait_cancelled);

  return g_test_run ();
}
