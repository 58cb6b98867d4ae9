/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A request on HTTP/2 that the server refuses and that a person cancels, at once or one after the other.
 * libsoup would send it again; whichever comes first, it must not. */

#include "reuse-fixture.h"

/* So many turns of the main loop after the refusal has come to this computer it is cancelled: before
 * libsoup reads it, and at each step of what follows. BEFORE is before the server has refused anything,
 * AFTER when all is over. */
#define BEFORE (-1)
#define AFTER 8

static const struct
{
  const char *name;
  H2Fault     fault;
} cases[] = {
  { "refused-stream", { .moment = H2_AT_WHOLE, .deed = H2_RST_STREAM, .code = H2_REFUSED_STREAM } },
  { "refused-early", { .moment = H2_AT_HEAD, .deed = H2_RST_STREAM, .code = H2_REFUSED_STREAM } },
  { "http-1.1-required",
    { .moment = H2_AT_WHOLE, .deed = H2_RST_STREAM, .code = H2_HTTP_1_1_REQUIRED } },
  { "goaway", { .moment = H2_AT_WHOLE, .deed = H2_GOAWAY, .last = 1 } },
  { "goaway-error",
    { .moment = H2_AT_WHOLE, .deed = H2_GOAWAY, .last = 1, .code = H2_ENHANCE_YOUR_CALM } },
  { "goaway-and-closed", { .moment = H2_AT_WHOLE, .deed = H2_GOAWAY_CLOSE, .last = 1 } },
  { "misdirected", { .moment = H2_AT_WHOLE, .deed = H2_STATUS, .code = 421 } },
};

static gboolean
is_reached (gpointer user_data)
{
  return h2_server_count_requests (user_data) > 2;
}

static gboolean
is_reached_again (gpointer user_data)
{
  return h2_server_count_requests (user_data) > 3;
}

static gboolean
is_refused (gpointer user_data)
{
  return h2_server_count_faults (user_data) > 0;
}

/* Without the main loop, so that libsoup has not read it yet. */
static void
let_refuse (H2Server *server)
{
  const gint64 deadline = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  h2_server_set_held (server, FALSE);
  while (!is_refused (server))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_usleep (1000);
    }
}

/* Returns what became of the request, which arrived once. A GET has a connection of its own, so that there
 * are two: one that the refusal comes on, and one on which the request could be sent again. */
static PurgeCause
refuse_and_cancel (guint i,
                   int   turn)
{
  H2Fault fault = cases[i].fault;
  g_autoptr (H2Server) server = NULL;
  g_autoptr (PurgeTransport) transport = reuse_transport_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *base = NULL;
  g_autoptr (PurgeRequest) request = NULL;
  g_autoptr (PurgeExchange) post = NULL;
  g_autoptr (PurgeExchange) get = NULL;
  g_autoptr (PurgeExchange) refused = NULL;
  g_autoptr (PurgeExchange) next = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  ReuseReach reach = { is_reached_again };

  fault.number = 3;
  server = reach.server = http2_server_new (&fault);
  base = http2_base (server);
  post = reuse_send (transport, "POST", base, 0, ANSWERED, NULL);
  get = reuse_send (transport, "GET", base, 0, ANSWERED, NULL);
  g_assert_cmpuint (h2_server_count_connections (server), ==, 2);

  h2_server_set_held (server, TRUE);
  request = reuse_request_new ("POST", base, 0);
  purge_transport_send_async (transport, request, cancellable, await_cb, &result);
  await_condition (is_reached, server);

  if (turn == BEFORE)
    {
      g_cancellable_cancel (cancellable);
      await (&result);
    }
  let_refuse (server);
  for (int n = 0; n < turn; n++)
    g_main_context_iteration (NULL, FALSE);
  if (turn == AFTER)
    await (&result);
  g_cancellable_cancel (cancellable);

  refused = purge_transport_send_finish (transport, await (&result));
  reuse_settle ();
  g_assert_cmpuint (h2_server_count_requests (server), ==, 3);
  g_assert_cmpint (refused->kind, ==, PURGE_EXCHANGE_LOST);

  next = reuse_send (transport, "POST", base, 0, ANSWERED | LOST, &reach);
  g_clear_object (&transport);
  h2_server_hang_up (server);
  await_condition (http2_is_idle, server);
  g_assert_cmpuint (h2_server_count_requests (server), <=, 4);

  return refused->cause;
}

static void
test_refused (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);

  for (int turn = BEFORE; turn <= AFTER; turn++)
    {
      PurgeCause cause = refuse_and_cancel (i, turn);

      g_test_message ("%s, %d: %s", cases[i].name, turn, purge_cause_to_string (cause));
      if (turn <= 0)
        g_assert_cmpint (cause, ==, PURGE_CAUSE_CANCELLED_AFTER);
      else if (turn == AFTER)
        g_assert_cmpint (cause, ==, PURGE_CAUSE_RESTARTED);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  reuse_init ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/soup-refused/%s", cases[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_refused);
    }

  return g_test_run ();
}
