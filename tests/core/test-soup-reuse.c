/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Connections that are used again, and that are made ready beforehand, against servers that drop them
 * at every point. The proof that sharing connections sends nothing twice: each case counts what
 * arrived, on every connection there was, after the client has gone. */

#include "reuse-fixture.h"

/* More than a client may send before the server allows more. */
#define LONG_BODY 100000

/* On which connection the request comes that the fault is for. */
typedef enum {
  FRESH,
  USED,
  READY,
} Way;

static const char * const way_names[] = { "fresh", "used", "ready" };

/* How the request comes to the connection that the fault is for. */
static void
prepare (PurgeTransport *transport,
         Way             way,
         const char     *base,
         AwaitCondition  is_connected,
         gpointer        server)
{
  g_autoptr (PurgeExchange) exchange = NULL;

  switch (way)
    {
    case USED:
      exchange = reuse_send (transport, "POST", base, 0, ANSWERED, NULL);
      break;
    case READY:
      purge_transport_preconnect (transport, base, 1);
      await_condition (is_connected, server);
      break;
    case FRESH:
    default:
      break;
    }
}

/* The request after the fault, which is to have its answer. Where the server goes after it has answered,
 * this request may cross with that. */
static PurgeExchange *
send_next (PurgeTransport *transport,
           const char     *method,
           const char     *base,
           gboolean        crosses,
           ReuseReach     *reach)
{
  return reuse_send (transport, method, base, 0, crosses ? ANSWERED | LOST : ANSWERED, reach);
}

/* HTTP/1.1. A connection that was made ready and is dropped before its request is only another that
 * is made then. */
static const struct
{
  const char *name;
  const char *step;
  guint       kinds;
  gboolean    before;
} http1_cases[] = {
  { "reset-at-first-byte", "reset at=0", LOST, .before = TRUE },
  { "closed-at-first-byte", "close at=0", LOST, .before = TRUE },
  { "reset-after-a-byte", "reset at=1", LOST },
  { "reset-after-head", "reset at=head", LOST },
  { "closed-after-head", "close at=head", LOST },
  { "reset-in-body", "reset at=body", LOST },
  { "closed-in-body", "close at=body", LOST },
  { "reset-before-last-byte", "reset at=last", LOST },
  { "reset-after-whole", "reset at=whole", LOST },
  { "closed-after-whole", "close at=whole", LOST },
  { "silent-after-whole", "silent at=whole", LOST },
  { "reset-when-executed", "reset at=executed", LOST },
  { "closed-when-executed", "close at=executed", LOST },
  { "closed-in-status", "close at=status", LOST },
  { "closed-in-answer-head", "close at=answer-head", LOST },
  { "reset-in-answer-body", "reset at=answer-body", LOST },
  { "closed-in-answer-body", "close at=answer-body", LOST },
  { "closed-before-the-tail", "close at=tail", LOST },
  { "closed-when-idle", "close at=answered", ANSWERED },
  { "misdirected", "answer \"reply=http-421\"", LOST },
};

static void
check_http1 (guint       i,
             Way         way,
             gboolean    tls,
             const char *method)
{
  g_autoptr (FaultServer) server = http1_server_new (tls);
  g_autofree char *base = http1_base (server, tls);
  g_autofree char *line = g_strdup_printf ("%u %s", way == USED ? 2 : 1, http1_cases[i].step);
  g_autoptr (PurgeTransport) transport = reuse_transport_new ();
  g_autoptr (PurgeExchange) faulty = NULL;
  g_autoptr (PurgeExchange) next = NULL;
  g_autoptr (GError) error = NULL;
  ReuseReach reach = { way == USED ? http1_has_two : http1_has_one, server };
  gboolean is_post = g_str_equal (method, "POST");
  /* Where it may drop before anything was sent. */
  guint before = !is_post || way == FRESH ? NOT_SENT : way == READY ? NOT_SENT | ANSWERED : 0;

  g_test_message ("%s, %s, %s, %s", http1_cases[i].name, way_names[way], tls ? "TLS" : "plain", method);
  fault_script_add (fault_server_get_script (server), line, &error);
  g_assert_no_error (error);

  prepare (transport, way, base, http1_is_connected, server);
  faulty = reuse_send (transport, method, base, 0,
                 http1_cases[i].kinds | (http1_cases[i].before ? before : 0), &reach);
  next = send_next (transport, method, base, http1_cases[i].kinds == ANSWERED, &reach);

  g_clear_object (&transport);
  reuse_settle ();
  fault_server_stop (server);
  g_assert_cmpuint (http1_count (server), <=, way == USED ? 3 : 2);
}

static void
test_http1 (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);

  for (guint tls = 0; tls < 2; tls++)
    {
      for (Way way = FRESH; way <= READY; way++)
        check_http1 (i, way, tls, "POST");

      /* It takes no connection that is there. */
      check_http1 (i, USED, tls, "GET");
    }
}

/* HTTP/2 */

static const struct
{
  const char *name;
  H2Fault     fault;
  guint       kinds;
  PurgeCause  cause;
} http2_cases[] = {
  { "reset-after-head", { .moment = H2_AT_HEAD, .deed = H2_RESET }, LOST },
  { "closed-after-head", { .moment = H2_AT_HEAD, .deed = H2_CLOSE }, LOST },
  { "reset-in-body", { .moment = H2_AT_BODY, .deed = H2_RESET }, LOST },
  { "closed-in-body", { .moment = H2_AT_BODY, .deed = H2_CLOSE }, LOST },
  { "reset-after-whole", { .moment = H2_AT_WHOLE, .deed = H2_RESET }, LOST },
  { "closed-after-whole", { .moment = H2_AT_WHOLE, .deed = H2_CLOSE }, LOST },
  { "reset-after-answer-head", { .moment = H2_AT_ANSWER_HEAD, .deed = H2_RESET }, LOST },
  { "closed-after-answer-head", { .moment = H2_AT_ANSWER_HEAD, .deed = H2_CLOSE }, LOST },
  { "reset-in-answer-body", { .moment = H2_AT_ANSWER_BODY, .deed = H2_RESET }, LOST },
  { "closed-in-answer-body", { .moment = H2_AT_ANSWER_BODY, .deed = H2_CLOSE }, LOST },
  { "closed-when-idle", { .moment = H2_AT_ANSWERED, .deed = H2_CLOSE }, ANSWERED | LOST },
  { "refused-after-head",
    { .moment = H2_AT_HEAD, .deed = H2_RST_STREAM, .code = H2_REFUSED_STREAM }, LOST,
    PURGE_CAUSE_RESTARTED },
  { "refused-in-body",
    { .moment = H2_AT_BODY, .deed = H2_RST_STREAM, .code = H2_REFUSED_STREAM }, LOST,
    PURGE_CAUSE_RESTARTED },
  { "refused-after-whole",
    { .moment = H2_AT_WHOLE, .deed = H2_RST_STREAM, .code = H2_REFUSED_STREAM }, LOST,
    PURGE_CAUSE_RESTARTED },
  { "refused-after-answer-head",
    { .moment = H2_AT_ANSWER_HEAD, .deed = H2_RST_STREAM, .code = H2_REFUSED_STREAM }, LOST },
  { "http-1.1-required",
    { .moment = H2_AT_WHOLE, .deed = H2_RST_STREAM, .code = H2_HTTP_1_1_REQUIRED }, LOST,
    PURGE_CAUSE_RESTARTED },
  { "cancelled-after-head",
    { .moment = H2_AT_HEAD, .deed = H2_RST_STREAM, .code = H2_CANCEL }, LOST },
  { "internal-error",
    { .moment = H2_AT_WHOLE, .deed = H2_RST_STREAM, .code = H2_INTERNAL_ERROR }, LOST },
  { "ended-without-an-answer",
    { .moment = H2_AT_WHOLE, .deed = H2_RST_STREAM, .code = 0 }, LOST },
  { "goaway-of-all", { .moment = H2_AT_HEAD, .deed = H2_GOAWAY, .last = G_MAXUINT }, ANSWERED },
  { "goaway-after-head", { .moment = H2_AT_HEAD, .deed = H2_GOAWAY, .last = 0 }, ANSWERED | LOST },
  { "goaway-after-whole", { .moment = H2_AT_WHOLE, .deed = H2_GOAWAY, .last = 0 }, ANSWERED | LOST },
  { "goaway-not-this-one", { .moment = H2_AT_WHOLE, .deed = H2_GOAWAY, .last = 1 }, LOST },
  { "goaway-not-this-one-in-body", { .moment = H2_AT_BODY, .deed = H2_GOAWAY, .last = 1 }, LOST },
  { "goaway-error",
    { .moment = H2_AT_WHOLE, .deed = H2_GOAWAY, .last = 1, .code = H2_ENHANCE_YOUR_CALM }, LOST },
  { "goaway-and-closed", { .moment = H2_AT_WHOLE, .deed = H2_GOAWAY_CLOSE, .last = 0 }, LOST },
  { "goaway-not-this-one-and-closed",
    { .moment = H2_AT_WHOLE, .deed = H2_GOAWAY_CLOSE, .last = 1 }, LOST },
  { "goaway-when-idle", { .moment = H2_AT_ANSWERED, .deed = H2_GOAWAY, .last = 0 }, ANSWERED | LOST },
  { "goaway-when-idle-and-closed",
    { .moment = H2_AT_ANSWERED, .deed = H2_GOAWAY_CLOSE, .last = 0 }, ANSWERED | LOST },
  { "misdirected", { .moment = H2_AT_WHOLE, .deed = H2_STATUS, .code = 421 }, LOST,
    PURGE_CAUSE_RESTARTED },
  { "misdirected-after-head", { .moment = H2_AT_HEAD, .deed = H2_STATUS, .code = 421 }, LOST,
    PURGE_CAUSE_RESTARTED },
  { "unavailable", { .moment = H2_AT_WHOLE, .deed = H2_STATUS, .code = 503 }, ANSWERED },
};

static void
check_http2 (guint       i,
             Way         way,
             const char *method)
{
  H2Fault fault = http2_cases[i].fault;
  const guint n_sent = way == USED ? 3 : 2;
  ReuseReach reach = { way == USED ? http2_has_two : http2_has_one };
  g_autoptr (H2Server) server = NULL;
  g_autofree char *base = NULL;
  g_autoptr (PurgeTransport) transport = reuse_transport_new ();
  g_autoptr (PurgeExchange) faulty = NULL;
  g_autoptr (PurgeExchange) next = NULL;

  g_test_message ("%s, %s, %s", http2_cases[i].name, way_names[way], method);
  fault.number = way == USED ? 2 : 1;
  server = reach.server = http2_server_new (&fault);
  base = http2_base (server);

  prepare (transport, way, base, http2_is_connected, server);
  faulty = reuse_send (transport, method, base, fault.moment == H2_AT_BODY ? LONG_BODY : 0,
                 http2_cases[i].kinds, &reach);
  if (http2_cases[i].cause != PURGE_CAUSE_NONE)
    g_assert_cmpint (faulty->cause, ==, http2_cases[i].cause);
  next = send_next (transport, method, base, fault.moment == H2_AT_ANSWERED, &reach);

  reuse_settle ();
  g_clear_object (&transport);
  h2_server_hang_up (server);
  await_condition (http2_is_idle, server);
  g_assert_cmpuint (h2_server_count_requests (server), <=, n_sent);
  if (next->kind == PURGE_EXCHANGE_ANSWERED)
    g_assert_cmpuint (h2_server_count_requests (server), ==, n_sent);
}

static void
test_http2 (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);

  for (Way way = FRESH; way <= READY; way++)
    {
      check_http2 (i, way, "POST");
      if (http2_cases[i].fault.moment != H2_AT_BODY)
        check_http2 (i, way, "GET");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  reuse_init ();
  for (guint i = 0; i < G_N_ELEMENTS (http1_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/soup-reuse/http1/%s", http1_cases[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_http1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (http2_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/soup-reuse/http2/%s", http2_cases[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_http2);
    }

  return g_test_run ();
}
