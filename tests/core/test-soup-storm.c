/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Connections that are made ready, taken and given up in any order, by requests to three servers of
 * which nothing is wrong: who is not cancelled is answered, and nothing arrives twice. By chance, as the
 * seed of the test says; STORM_SEEDS=1000 runs as many of them. */

#include "reuse-fixture.h"

#include <stdlib.h>

#define N_SEEDS 8
#define N_STEPS 60
#define N_SERVERS 3
#define MAX_READY 6

typedef struct
{
  GAsyncResult *result;
  GCancellable *cancellable;
  guint         server;
} Call;

typedef struct
{
  FaultServer    *plain;
  FaultServer    *tls;
  H2Server       *http2;
  char           *bases[N_SERVERS];
  PurgeTransport *transport;
  GPtrArray      *calls;
  GRand          *rand;
} Storm;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_clear_object (&call->result);
  g_object_unref (call->cancellable);
  g_free (call);
}

static void
storm_begin (Storm   *self,
             guint32  seed)
{
  const H2Fault none = { .deed = H2_NOTHING };

  self->plain = http1_server_new (FALSE);
  self->tls = http1_server_new (TRUE);
  self->http2 = http2_server_new (&none);
  self->bases[0] = http1_base (self->plain, FALSE);
  self->bases[1] = http1_base (self->tls, TRUE);
  self->bases[2] = http2_base (self->http2);
  self->transport = reuse_transport_new ();
  self->calls = g_ptr_array_new_with_free_func (call_free);
  self->rand = g_rand_new_with_seed (seed);
}

static void
storm_send (Storm *self,
            guint  server)
{
  g_autoptr (PurgeRequest) request = reuse_request_new ("POST", self->bases[server], 0);
  Call *call = g_new0 (Call, 1);

  call->cancellable = g_cancellable_new ();
  call->server = server;
  g_ptr_array_add (self->calls, call);
  purge_transport_send_async (self->transport, request, call->cancellable, await_cb, &call->result);
}

static void
storm_cancel_one (Storm *self)
{
  if (self->calls->len > 0)
    {
      Call *call = self->calls->pdata[g_rand_int_range (self->rand, 0, self->calls->len)];

      g_cancellable_cancel (call->cancellable);
    }
}

static void
storm_let_be (Storm *self)
{
  for (int i = g_rand_int_range (self->rand, 0, 12); i > 0; i--)
    g_main_context_iteration (NULL, FALSE);
  g_usleep (g_rand_int_range (self->rand, 0, 3000));
}

static void
storm_step (Storm *self)
{
  guint server = g_rand_int_range (self->rand, 0, N_SERVERS);

  switch (g_rand_int_range (self->rand, 0, 8))
    {
    case 0:
    case 1:
      purge_transport_preconnect (self->transport, self->bases[server],
                                  g_rand_int_range (self->rand, 1, MAX_READY + 1));
      break;
    case 2:
    case 3:
    case 4:
      storm_send (self, server);
      break;
    case 5:
      storm_cancel_one (self);
      break;
    default:
      storm_let_be (self);
      break;
    }
}

/* Who was cancelled may have been answered before. */
static guint
storm_check_answers (Storm *self,
                     guint  server)
{
  guint n_answered = 0;

  for (guint i = 0; i < self->calls->len; i++)
    {
      Call *call = self->calls->pdata[i];
      g_autoptr (PurgeExchange) exchange = NULL;

      if (call->server != server)
        continue;

      exchange = purge_transport_send_finish (self->transport, await (&call->result));
      g_test_message ("%u: server %u, kind %d, cause %s, detail %s", i, server, exchange->kind,
                      purge_cause_to_string (exchange->cause), exchange->detail);
      if (!g_cancellable_is_cancelled (call->cancellable))
        g_assert_cmpint (exchange->kind, ==, PURGE_EXCHANGE_ANSWERED);
      n_answered += exchange->kind == PURGE_EXCHANGE_ANSWERED;
    }

  return n_answered;
}

static guint
storm_count_calls (Storm *self,
                   guint  server)
{
  guint n = 0;

  for (guint i = 0; i < self->calls->len; i++)
    n += ((Call *) self->calls->pdata[i])->server == server;

  return n;
}

static void
storm_end (Storm *self)
{
  guint n_answered[N_SERVERS];
  guint n_arrived[N_SERVERS];

  for (guint i = 0; i < N_SERVERS; i++)
    n_answered[i] = storm_check_answers (self, i);

  reuse_settle ();
  g_clear_object (&self->transport);
  h2_server_hang_up (self->http2);
  await_condition (http2_is_idle, self->http2);
  fault_server_stop (self->plain);
  fault_server_stop (self->tls);
  n_arrived[0] = http1_count (self->plain);
  n_arrived[1] = http1_count (self->tls);
  n_arrived[2] = h2_server_count_requests (self->http2);
  for (guint i = 0; i < N_SERVERS; i++)
    {
      g_assert_cmpuint (n_arrived[i], >=, n_answered[i]);
      g_assert_cmpuint (n_arrived[i], <=, storm_count_calls (self, i));
    }

  fault_server_free (self->plain);
  fault_server_free (self->tls);
  h2_server_free (self->http2);
  for (guint i = 0; i < N_SERVERS; i++)
    g_free (self->bases[i]);
  g_ptr_array_unref (self->calls);
  g_rand_free (self->rand);
}

static void
test_storm (gconstpointer data)
{
  Storm storm;

  storm_begin (&storm, GPOINTER_TO_UINT (data));
  for (guint i = 0; i < N_STEPS; i++)
    storm_step (&storm);
  storm_end (&storm);
}

int
main (int   argc,
      char *argv[])
{
  const char *wanted = g_getenv ("STORM_SEEDS");
  guint n_seeds = wanted != NULL ? strtoul (wanted, NULL, 10) : N_SEEDS;

  g_test_init (&argc, &argv, NULL);

  reuse_init ();
  for (guint i = 0; i < n_seeds; i++)
    {
      g_autofree char *path = g_strdup_printf ("/soup-storm/%u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_storm);
    }

  return g_test_run ();
}
