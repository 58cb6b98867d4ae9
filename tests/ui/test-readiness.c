/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* When connections are made ready, and when not. */

#include "config.h"

#include "await.h"
#include "desk.h"
#include "mock-clock.h"

#define TWO_REQUESTS 21

typedef struct
{
  Desk            desk;
  PurgeClock     *clock;
  PurgeReadiness *readiness;
  char           *ahead;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  desk_set_up (&fixture->desk, NULL);
  fixture->clock = PURGE_CLOCK (mock_clock_new (1800000000));
  purge_clock_wait_async (fixture->clock, 3600 * 1000, NULL, NULL, NULL);
  g_clear_object (&fixture->desk.workspace);
  fixture->desk.workspace =
    purge_workspace_new (":memory:", fixture->desk.keyring,
                         PURGE_TRANSPORT (fixture->desk.transport), fixture->clock);
  fixture->readiness = purge_readiness_new (fixture->desk.workspace,
                                            purge_session_get_list (fixture->desk.session));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_object_unref (fixture->readiness);
  g_free (fixture->ahead);
  g_object_unref (fixture->clock);
  desk_tear_down (&fixture->desk, NULL);
}

/* The first time something is read in a thread before. */
static gboolean
has_ahead (gpointer user_data)
{
  Fixture *fixture = user_data;

  if (fixture->ahead == NULL)
    fixture->ahead = mock_transport_steal_ahead (fixture->desk.transport);

  return fixture->ahead != NULL;
}

static PurgeAccount *
get_account (Fixture *fixture)
{
  return purge_session_get_account (fixture->desk.session);
}

static void
assert_nothing (Fixture *fixture)
{
  g_assert_null (mock_transport_steal_ahead (fixture->desk.transport));
}

static void
assert_two (Fixture *fixture)
{
  g_autofree char *ahead = mock_transport_steal_ahead (fixture->desk.transport);

  g_assert_cmpstr (ahead, ==, PURGE_ENDPOINT_API_2_0 " 2");
}

static void
test_touch (Fixture       *fixture,
            gconstpointer  user_data)
{
  purge_readiness_touch (fixture->readiness, get_account (fixture));
  desk_fill (&fixture->desk, TWO_REQUESTS);
  purge_readiness_touch (fixture->readiness, NULL);
  assert_nothing (fixture);

  purge_readiness_touch (fixture->readiness, get_account (fixture));
  await_condition (has_ahead, fixture);
  g_assert_cmpstr (fixture->ahead, ==, PURGE_ENDPOINT_API_2_0 " 2");

  purge_clock_wait_async (fixture->clock, 59 * 1000, NULL, NULL, NULL);
  purge_readiness_touch (fixture->readiness, get_account (fixture));
  assert_nothing (fixture);
  purge_clock_wait_async (fixture->clock, 1000, NULL, NULL, NULL);
  purge_readiness_touch (fixture->readiness, get_account (fixture));
  assert_two (fixture);

  purge_readiness_expect (fixture->readiness, get_account (fixture));
  assert_two (fixture);
  purge_readiness_expect (fixture->readiness, get_account (fixture));
  assert_two (fixture);
  g_assert_cmpuint (mock_transport_count (fixture->desk.transport), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  desk_init (&argc, &argv);

  g_test_add ("/readiness/touch", Fixture, NULL, set_up, test_touch, tear_down);

  return g_test_run ();
}
