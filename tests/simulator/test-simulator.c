/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The simulator inside another program: practice runs it so. */

#include "purge-simulator.h"

#include <string.h>

#define DEADLINE_SECONDS 30
#define REQUEST "GET /v2/index.php?a=b HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"

static PurgeSimulator *
start (const PurgeSimulatorOptions *options)
{
  g_autoptr (GError) error = NULL;
  PurgeSimulator *simulator = purge_simulator_new (options, &error);

  g_assert_no_error (error);
  g_assert_nonnull (simulator);
  return simulator;
}

static GSocketAddress *
get_address (PurgeSimulator *simulator)
{
  g_autoptr (GUri) uri = g_uri_parse (purge_simulator_get_base_url (simulator), G_URI_FLAGS_NONE,
                                      NULL);

  g_assert_nonnull (uri);
  g_assert_cmpstr (g_uri_get_scheme (uri), ==, "http");
  return g_inet_socket_address_new_from_string (g_uri_get_host (uri), g_uri_get_port (uri));
}

static GSocket *
connect_to (GSocketAddress *address)
{
  g_autoptr (GError) error = NULL;
  GSocket *connection = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  g_socket_connect (connection, address, NULL, &error);
  g_assert_no_error (error);
  return connection;
}

/* The listening socket takes connections and bytes before the main loop turns. */
static GSocket *
ask (PurgeSimulator *simulator)
{
  g_autoptr (GSocketAddress) address = get_address (simulator);
  g_autoptr (GError) error = NULL;
  GSocket *connection = connect_to (address);

  g_socket_send (connection, REQUEST, strlen (REQUEST), NULL, &error);
  g_assert_no_error (error);
  return connection;
}

static gboolean
on_deadline_cb (gpointer user_data)
{
  g_error ("Nothing happened in %d seconds", DEADLINE_SECONDS);
  return G_SOURCE_REMOVE;
}

static GSource *
set_deadline (GMainContext *context)
{
  GSource *deadline = g_timeout_source_new_seconds (DEADLINE_SECONDS);

  g_source_set_callback (deadline, on_deadline_cb, NULL, NULL);
  g_source_attach (deadline, context);
  return deadline;
}

static gboolean
is_silent (GSocket *connection)
{
  return g_socket_condition_check (connection, G_IO_IN | G_IO_HUP | G_IO_ERR) == 0;
}

static gboolean
on_tick_cb (gpointer user_data)
{
  guint *ticks = user_data;

  (*ticks)++;
  return G_SOURCE_CONTINUE;
}

/* Turns the main loop until the other side says something or hangs up. */
static void
wait_for (GSocket      *connection,
          GMainContext *context)
{
  g_autoptr (GSource) deadline = set_deadline (context);
  g_autoptr (GSource) wake = g_timeout_source_new (5);
  guint ticks = 0;

  g_source_set_callback (wake, on_tick_cb, &ticks, NULL);
  g_source_attach (wake, context);
  while (is_silent (connection))
    g_main_context_iteration (context, TRUE);
  g_source_destroy (wake);
  g_source_destroy (deadline);
}

static void
assert_answered (GSocket      *connection,
                 GMainContext *context)
{
  char answer[4096] = "";
  g_autoptr (GError) error = NULL;

  wait_for (connection, context);
  g_socket_receive (connection, answer, sizeof answer - 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 "));
  g_assert_nonnull (strstr (answer, "\"code\":4000"));
}

static void
test_answers (void)
{
  PurgeSimulatorOptions options = { 0 };
  g_autoptr (PurgeSimulator) simulator = start (&options);
  g_autoptr (PurgeSimulator) other = start (&options);
  g_autoptr (GSocket) connection = ask (simulator);

  g_assert_cmpstr (purge_simulator_get_base_url (simulator), !=,
                   purge_simulator_get_base_url (other));
  assert_answered (connection, NULL);
  g_assert_cmpuint (purge_simulator_get_n_requests (simulator), ==, 1);
  g_assert_cmpuint (purge_simulator_get_n_requests (other), ==, 0);
}

/* While an answer waits, the loop turns; and when the simulator goes, nobody waits any longer. */
static void
test_latency_blocks_nobody (void)
{
  PurgeSimulatorOptions options = { .latency_ms = 3600 * 1000 };
  g_autoptr (PurgeSimulator) simulator = start (&options);
  g_autoptr (GSocket) connection = ask (simulator);
  g_autoptr (GSource) deadline = set_deadline (NULL);
  guint ticks = 0;
  guint tick = g_timeout_add (1, on_tick_cb, &ticks);
  char byte;

  while (purge_simulator_get_n_requests (simulator) == 0)
    g_main_context_iteration (NULL, TRUE);
  ticks = 0;
  while (ticks < 3)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (is_silent (connection));

  g_clear_object (&simulator);
  wait_for (connection, NULL);
  g_assert_cmpint (g_socket_receive (connection, &byte, 1, NULL, NULL), <=, 0);

  g_source_remove (tick);
  g_source_destroy (deadline);
}

/* A client that hangs up while its answer waits harms nobody. */
static void
test_survives_hang_up (void)
{
  PurgeSimulatorOptions options = { .latency_ms = 20 };
  g_autoptr (PurgeSimulator) simulator = start (&options);
  g_autoptr (GSource) deadline = set_deadline (NULL);
  g_autoptr (GSocket) last = NULL;

  for (guint i = 0; i < 10; i++)
    {
      GSocket *connection = ask (simulator);

      while (purge_simulator_get_n_requests (simulator) == i)
        g_main_context_iteration (NULL, TRUE);
      g_socket_close (connection, NULL);
      g_object_unref (connection);
    }

  last = ask (simulator);
  assert_answered (last, NULL);
  g_source_destroy (deadline);
}

static void
test_ends (void)
{
  PurgeSimulatorOptions options = { 0 };
  PurgeSimulator *simulator = start (&options);
  g_autoptr (GSocketAddress) address = get_address (simulator);
  g_autoptr (GSocket) connection = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                                 G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GError) error = NULL;

  g_object_add_weak_pointer (G_OBJECT (simulator), (gpointer *) &simulator);
  g_object_unref (simulator);
  g_assert_null (simulator);
  g_assert_false (g_socket_connect (connection, address, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

/* A thread with a context of its own has a simulator there; the default context is not touched. */
static void
test_lives_in_its_context (void)
{
  PurgeSimulatorOptions options = { .latency_ms = 1 };
  g_autoptr (GMainContext) context = g_main_context_new ();
  PurgeSimulator *simulator;
  GSocket *connection;

  /* What other tests left behind. */
  while (g_main_context_iteration (NULL, FALSE))
    ;

  g_main_context_push_thread_default (context);
  simulator = start (&options);
  connection = ask (simulator);
  assert_answered (connection, context);
  g_object_unref (connection);
  g_object_unref (simulator);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);

  g_assert_false (g_main_context_pending (NULL));
}

static void
test_refuses_options (void)
{
  static const PurgeSimulatorOptions cases[] = {
    { .fail_code = "" },
    { .fail_code = "0" },
    { .fail_code = "9999" },
    { .fail_code = "4100x" },
    { .fail_code = "Something" },
    { .area = "moon" },
    { .secret_id = "id" },
    { .secret_key = "key" },
    { .tls_certificate = "/dev/null" },
    { .tls_key = "/dev/null" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (purge_simulator_new (&cases[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
}

static void
test_refuses_files (void)
{
  static const PurgeSimulatorOptions cases[] = {
    { .log = "/nowhere/at/all" },
    { .tls_certificate = "/nowhere/at/all", .tls_key = "/nowhere/at/all" },
    { .tls_certificate = "/dev/null", .tls_key = "/dev/null" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (purge_simulator_new (&cases[i], &error));
      g_assert_nonnull (error);
    }
}

static void
test_refuses_taken_port (void)
{
  PurgeSimulatorOptions options = { 0 };
  g_autoptr (PurgeSimulator) simulator = start (&options);
  g_autoptr (GSocketAddress) address = get_address (simulator);
  g_autoptr (GError) error = NULL;

  options.port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  g_assert_null (purge_simulator_new (&options, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/simulator/answers", test_answers);
  g_test_add_func ("/simulator/latency-blocks-nobody", test_latency_blocks_nobody);
  g_test_add_func ("/simulator/survives-hang-up", test_survives_hang_up);
  g_test_add_func ("/simulator/ends", test_ends);
  g_test_add_func ("/simulator/lives-in-its-context", test_lives_in_its_context);
  g_test_add_func ("/simulator/refuses-options", test_refuses_options);
  g_test_add_func ("/simulator/refuses-files", test_refuses_files);
  g_test_add_func ("/simulator/refuses-taken-port", test_refuses_taken_port);

  return g_test_run ();
}
