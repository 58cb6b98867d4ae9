/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Time and chance of one run. */

#include "campaign-clock.h"

struct _CampaignClock
{
  PurgeClock  parent_instance;

  GRand      *dice;
  gint64      skew;
  gint64      moved_ms;
  FaultMind  *mind;
  guint       n_same;
  guint       n_rolled;
  guint64     nonce;
};

G_DEFINE_FINAL_TYPE (CampaignClock, campaign_clock, PURGE_TYPE_CLOCK)

static gint64
campaign_clock_get_unix_time (PurgeClock *clock)
{
  CampaignClock *self = CAMPAIGN_CLOCK (clock);

  return g_get_real_time () / G_USEC_PER_SEC + self->moved_ms / 1000 + self->skew;
}

static gint64
campaign_clock_get_boot_time (PurgeClock *clock)
{
  return g_get_monotonic_time () / 1000 + CAMPAIGN_CLOCK (clock)->moved_ms;
}

/* Dice that are stuck give the same number several times. */
static guint64
campaign_clock_roll_nonce (PurgeClock *clock)
{
  CampaignClock *self = CAMPAIGN_CLOCK (clock);

  if (self->n_rolled++ % self->n_same == 0)
    self->nonce = ((guint64) g_rand_int_range (self->dice, 1, G_MAXINT32) << 31) |
                  g_rand_int_range (self->dice, 0, G_MAXINT32);
  return self->nonce;
}

static double
campaign_clock_roll_chance (PurgeClock *clock)
{
  return g_rand_double (CAMPAIGN_CLOCK (clock)->dice);
}

static void
move_on (CampaignClock *self,
         guint          ms)
{
  self->moved_ms += ms;
  fault_mind_set_clock_offset (self->mind, self->moved_ms / 1000);
}

static void
campaign_clock_wait_async (PurgeClock          *clock,
                           guint                ms,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  move_on (CAMPAIGN_CLOCK (clock), ms);
  PURGE_CLOCK_CLASS (campaign_clock_parent_class)->wait_async (clock, 0, cancellable, callback,
                                                               user_data);
}

static void
campaign_clock_finalize (GObject *object)
{
  g_rand_free (CAMPAIGN_CLOCK (object)->dice);

  G_OBJECT_CLASS (campaign_clock_parent_class)->finalize (object);
}

static void
campaign_clock_class_init (CampaignClockClass *klass)
{
  PurgeClockClass *clock_class = PURGE_CLOCK_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = campaign_clock_finalize;
  clock_class->get_unix_time = campaign_clock_get_unix_time;
  clock_class->get_boot_time = campaign_clock_get_boot_time;
  clock_class->roll_nonce = campaign_clock_roll_nonce;
  clock_class->roll_chance = campaign_clock_roll_chance;
  clock_class->wait_async = campaign_clock_wait_async;
}

static void
campaign_clock_init (CampaignClock *self)
{
}

/**
 * campaign_clock_new:
 * @seed: what its dice give
 * @skew: how many seconds it is ahead of the server's
 * @n_same: how often each nonce comes, once if all is well
 * @mind: whose clock moves with it
 *
 * Returns: (transfer full): a clock
 */
CampaignClock *
campaign_clock_new (guint32    seed,
                    gint64     skew,
                    guint      n_same,
                    FaultMind *mind)
{
  CampaignClock *self = g_object_new (CAMPAIGN_TYPE_CLOCK, NULL);

  self->dice = g_rand_new_with_seed (seed);
  self->skew = skew;
  self->n_same = n_same;
  self->mind = mind;
  return self;
}

/* So much time goes by. */
void
campaign_clock_move_on (CampaignClock *self,
                        guint          seconds)
{
  move_on (self, seconds * 1000);
}
