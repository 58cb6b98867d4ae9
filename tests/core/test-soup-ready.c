/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Connections that several requests share, and that are made ready before there is one. */

#include "reuse-fixture.h"

#define SIDE_BY_SIDE 6

typedef struct
{
  GAsyncResult *results[SIDE_BY_SIDE];
} Wave;

static guint
send_wave (PurgeTransport *transport,
           const char     *base,
           ReuseReach     *reach)
{
  guint late = reach != NULL ? g_timeout_add (GRACE_MS, reuse_on_late_cb, reach) : 0;
  Wave wave = { 0 };
  guint n_answered = 0;

  for (guint i = 0; i < SIDE_BY_SIDE; i++)
    {
      g_autoptr (PurgeRequest) request = reuse_request_new ("POST", base, 0);

      purge_transport_send_async (transport, request, NULL, await_cb, &wave.results[i]);
    }

  for (guint i = 0; i < SIDE_BY_SIDE; i++)
    {
      g_autoptr (PurgeExchange) exchange =
        purge_transport_send_finish (transport, await (&wave.results[i]));

      g_test_message ("%u: kind %d, cause %s, detail %s", i, exchange->kind,
                      purge_cause_to_string (exchange->cause), exchange->detail);
      n_answered += exchange->kind == PURGE_EXCHANGE_ANSWERED;
      g_object_unref (wave.results[i]);
    }

  g_clear_handle_id (&late, g_source_remove);
  return n_answered;
}

/* Three waves of six: six connections, or one; with all made ready, the first one, or none. */
static void
test_shared (void)
{
  for (guint n_ready = 0; n_ready <= SIDE_BY_SIDE; n_ready += SIDE_BY_SIDE / 2)
    {
      const H2Fault none = { .deed = H2_NOTHING };
      g_autoptr (FaultServer) http1 = http1_server_new (TRUE);
      g_autoptr (H2Server) http2 = http2_server_new (&none);
      g_autoptr (PurgeTransport) transport = reuse_transport_new ();
      g_autofree char *base1 = http1_base (http1, TRUE);
      g_autofree char *base2 = http2_base (http2);

      if (n_ready > 0)
        purge_transport_preconnect (transport, base1, n_ready);
      for (guint i = 0; i < 3; i++)
        {
          g_assert_cmpuint (send_wave (transport, base1, NULL), ==, SIDE_BY_SIDE);
          reuse_settle ();
        }

      purge_transport_preconnect (transport, base2, MAX (n_ready, 1));
      for (guint i = 0; i < 3; i++)
        {
          g_assert_cmpuint (send_wave (transport, base2, NULL), ==, SIDE_BY_SIDE);
          reuse_settle ();
        }

      g_clear_object (&transport);
      h2_server_hang_up (http2);
      await_condition (http2_is_idle, http2);
      fault_server_stop (http1);
      g_assert_cmpuint (http1_count (http1), ==, 3 * SIDE_BY_SIDE);
      g_assert_cmpuint (fault_server_count_connections (http1), ==, SIDE_BY_SIDE);
      g_assert_cmpuint (h2_server_count_requests (http2), ==, 3 * SIDE_BY_SIDE);
      g_assert_cmpuint (h2_server_count_connections (http2), ==, 1);
    }
}

/* One of six on a connection that they share breaks it: all are lost, and none comes again. */
static void
test_shared_drop (void)
{
  static const H2Deed deeds[] = { H2_RESET, H2_CLOSE, H2_RST_STREAM, H2_GOAWAY, H2_GOAWAY_CLOSE };

  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    {
      const H2Fault fault = { .number = 4, .moment = H2_AT_WHOLE, .deed = deeds[i],
                              .code = deeds[i] == H2_RST_STREAM ? H2_REFUSED_STREAM : 0, .last = 1 };
      g_autoptr (H2Server) server = http2_server_new (&fault);
      g_autoptr (PurgeTransport) transport = reuse_transport_new ();
      g_autofree char *base = http2_base (server);
      g_autoptr (PurgeExchange) first = NULL;
      ReuseReach reach = { http2_has_two, server };

      first = reuse_send (transport, "POST", base, 0, ANSWERED, NULL);
      g_assert_cmpuint (send_wave (transport, base, &reach), <, SIDE_BY_SIDE);

      g_clear_object (&transport);
      h2_server_hang_up (server);
      await_condition (http2_is_idle, server);
      g_assert_cmpuint (h2_server_count_requests (server), <=, SIDE_BY_SIDE + 1);
    }
}

/* Six are made ready, on HTTP/2 one; asked for again they are still that many, and nothing is said on
 * any of them. */
static void
test_ready (void)
{
  for (guint tls = 0; tls < 2; tls++)
    {
      const H2Fault none = { .deed = H2_NOTHING };
      g_autoptr (FaultServer) http1 = http1_server_new (tls);
      g_autoptr (H2Server) http2 = http2_server_new (&none);
      g_autoptr (PurgeTransport) transport = reuse_transport_new ();
      g_autofree char *base1 = http1_base (http1, tls);
      g_autofree char *base2 = http2_base (http2);

      purge_transport_preconnect (transport, base1, SIDE_BY_SIDE);
      purge_transport_preconnect (transport, base1, SIDE_BY_SIDE);
      await_condition (http1_has_six_connections, http1);
      purge_transport_preconnect (transport, base1, 2 * SIDE_BY_SIDE);
      reuse_settle ();

      purge_transport_preconnect (transport, base2, SIDE_BY_SIDE);
      await_condition (http2_is_connected, http2);
      purge_transport_preconnect (transport, base2, SIDE_BY_SIDE);
      reuse_settle ();

      g_clear_object (&transport);
      h2_server_hang_up (http2);
      await_condition (http2_is_idle, http2);
      fault_server_stop (http1);
      g_assert_cmpuint (http1_count (http1), ==, 0);
      g_assert_cmpuint (fault_server_count_connections (http1), ==, SIDE_BY_SIDE);
      g_assert_cmpuint (h2_server_count_requests (http2), ==, 0);
      g_assert_cmpuint (h2_server_count_connections (http2), ==, 1);
    }
}

/* What was made ready for nothing is closed by itself. */
static void
test_ready_in_vain (void)
{
  const H2Fault none = { .deed = H2_NOTHING };
  g_autoptr (H2Server) server = http2_server_new (&none);
  g_autoptr (PurgeTransport) transport = reuse_transport_new ();
  g_autofree char *base = http2_base (server);

  purge_transport_preconnect (transport, base, 1);
  await_condition (http2_is_connected, server);
  await_condition (http2_is_idle, server);
  g_assert_cmpuint (h2_server_count_requests (server), ==, 0);
}

/* Requests wait for the connection that is made ready; one is given up, then the other's patience
 * ends. Nothing of either is sent, not even when the connection comes to be. */
static void
test_waiting (void)
{
  const H2Fault none = { .deed = H2_NOTHING };

  for (guint own = 0; own < 2; own++)
    {
      g_autoptr (H2Server) server = http2_server_new (&none);
      g_autoptr (PurgeTransport) transport = reuse_transport_new ();
      g_autofree char *base = http2_base (server);
      g_autoptr (PurgeRequest) first = reuse_request_new ("POST", base, 0);
      g_autoptr (PurgeRequest) second = reuse_request_new ("POST", base, 0);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) first_result = NULL;
      g_autoptr (GAsyncResult) second_result = NULL;
      g_autoptr (PurgeExchange) cancelled = NULL;
      g_autoptr (PurgeExchange) late = NULL;
      g_autoptr (PurgeExchange) next = NULL;

      h2_server_set_held (server, TRUE);
      if (!own)
        purge_transport_preconnect (transport, base, 1);
      purge_transport_send_async (transport, first, NULL, await_cb, &first_result);
      purge_transport_send_async (transport, second, cancellable, await_cb, &second_result);
      await_condition (http2_is_connected, server);
      reuse_settle ();

      g_cancellable_cancel (cancellable);
      cancelled = purge_transport_send_finish (transport, await (&second_result));
      g_assert_cmpint (cancelled->cause, ==, PURGE_CAUSE_CANCELLED_BEFORE);
      reuse_let_time_pass ();
      late = purge_transport_send_finish (transport, await (&first_result));
      g_assert_cmpint (late->kind, ==, PURGE_EXCHANGE_NOT_SENT);

      h2_server_set_held (server, FALSE);
      next = reuse_send (transport, "POST", base, 0, ANSWERED, NULL);
      reuse_settle ();
      g_clear_object (&transport);
      h2_server_hang_up (server);
      await_condition (http2_is_idle, server);
      g_assert_cmpuint (h2_server_count_requests (server), ==, 1);
    }
}

/* A request took the connection that is made ready; that is given up, for another request that was
 * cancelled or since the next one is to another server. Nobody gave up the first one: it is sent, once. */
static void
test_robbed (void)
{
  const H2Fault none = { .deed = H2_NOTHING };

  for (guint turns = 0; turns < 2; turns++)
    {
      g_autoptr (H2Server) server = http2_server_new (&none);
      g_autoptr (H2Server) elsewhere = http2_server_new (&none);
      g_autoptr (PurgeTransport) transport = reuse_transport_new ();
      g_autofree char *base = http2_base (server);
      g_autofree char *base2 = http2_base (elsewhere);
      g_autoptr (PurgeRequest) first = reuse_request_new ("POST", base, 0);
      g_autoptr (PurgeRequest) second = reuse_request_new ("POST", turns ? base2 : base, 0);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) first_result = NULL;
      g_autoptr (GAsyncResult) second_result = NULL;
      g_autoptr (PurgeExchange) robbed = NULL;
      g_autoptr (PurgeExchange) other = NULL;

      h2_server_set_held (server, TRUE);
      purge_transport_preconnect (transport, base, 1);
      purge_transport_send_async (transport, first, NULL, await_cb, &first_result);
      await_condition (http2_is_connected, server);
      reuse_settle ();

      purge_transport_send_async (transport, second, cancellable, await_cb, &second_result);
      if (!turns)
        g_cancellable_cancel (cancellable);
      other = purge_transport_send_finish (transport, await (&second_result));
      if (!turns)
        g_assert_cmpint (other->cause, ==, PURGE_CAUSE_CANCELLED_BEFORE);
      else
        g_assert_cmpint (other->kind, ==, PURGE_EXCHANGE_ANSWERED);

      reuse_settle ();
      h2_server_set_held (server, FALSE);
      robbed = purge_transport_send_finish (transport, await (&first_result));
      g_test_message ("%u: kind %d, cause %s, detail %s", turns, robbed->kind,
                      purge_cause_to_string (robbed->cause), robbed->detail);
      g_assert_cmpint (robbed->kind, ==, PURGE_EXCHANGE_ANSWERED);

      g_clear_object (&transport);
      h2_server_hang_up (server);
      h2_server_hang_up (elsewhere);
      await_condition (http2_is_idle, server);
      await_condition (http2_is_idle, elsewhere);
      g_assert_cmpuint (h2_server_count_requests (server), ==, 1);
      g_assert_cmpuint (h2_server_count_requests (elsewhere), ==, turns ? 1 : 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  reuse_init ();
  g_test_add_func ("/soup-ready/shared", test_shared);
  g_test_add_func ("/soup-ready/shared-drop", test_shared_drop);
  g_test_add_func ("/soup-ready/ready", test_ready);
  g_test_add_func ("/soup-ready/ready-in-vain", test_ready_in_vain);
  g_test_add_func ("/soup-ready/waiting", test_waiting);
  g_test_add_func ("/soup-ready/robbed", test_robbed);

  return g_test_run ();
}
