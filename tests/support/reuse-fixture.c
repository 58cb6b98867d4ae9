/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What the tests of shared connections have in common. */

#include "reuse-fixture.h"

#include <string.h>

#include "mock-clock.h"

/* The deadline of a request, on a clock that stands still. */
#define DEADLINE_MS 1000

static char *certificates;
static PurgeClock *still_clock;

/* libsoup 3.2 warns of itself, where a session ends that had an HTTP/2 connection which it could not
 * write to. */
static gboolean
is_fatal (const char     *domain,
          GLogLevelFlags  level,
          const char     *message,
          gpointer        user_data)
{
  return g_strcmp0 (domain, "libsoup") != 0 || (level & G_LOG_LEVEL_WARNING) == 0;
}

static void
on_library_log_cb (const char     *domain,
                   GLogLevelFlags  level,
                   const char     *message,
                   gpointer        user_data)
{
  g_test_message ("%s: %s", domain, message);
}

/* At the beginning of a test program. */
void
reuse_init (void)
{
  g_log_set_handler ("libsoup", G_LOG_LEVEL_WARNING | G_LOG_FLAG_FATAL, on_library_log_cb, NULL);
  certificates = g_test_build_filename (G_TEST_BUILT, "fixtures", NULL);
  still_clock = PURGE_CLOCK (mock_clock_new (0));
}

PurgeTransport *
reuse_transport_new (void)
{
  g_autofree char *ca = g_build_filename (certificates, "ca.pem", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (ca, &error);

  g_assert_no_error (error);
  g_test_log_set_fatal_handler (is_fatal, NULL);
  return g_object_new (PURGE_TYPE_SOUP_TRANSPORT, "tls-database", database, "clock", still_clock,
                       "deadline-ms", DEADLINE_MS, "connect-deadline-ms", DEADLINE_MS, NULL);
}

/* A request that both servers take, with a nonce of its own. */
PurgeRequest *
reuse_request_new (const char *method,
                   const char *base,
                   gsize       padding)
{
  static guint nonce;
  g_autofree char *zeros = g_strnfill (padding, '0');
  g_autofree char *form =
    g_strdup_printf ("Action=RefreshCdnDir&Nonce=%u&SecretId=id&Signature=s%s&Timestamp=%"
                     G_GINT64_FORMAT "&dirs.0=http%%3A%%2F%%2Fa.example%%2F", ++nonce, zeros,
                     g_get_real_time () / G_USEC_PER_SEC);
  gboolean is_post = g_str_equal (method, "POST");
  g_autofree char *uri = g_strdup_printf ("%s/v2/index.php%s%s", base, is_post ? "" : "?",
                                          is_post ? "" : form);
  PurgeRequest *request = purge_request_new (method, uri);

  if (is_post)
    {
      gsize length = strlen (form);
      g_autoptr (GBytes) body = g_bytes_new_take (g_steal_pointer (&form), length);

      purge_request_set_body (request, "application/x-www-form-urlencoded", body);
    }

  return request;
}

/* As long as the deadline of any request. */
void
reuse_let_time_pass (void)
{
  purge_clock_wait_async (still_clock, 2 * DEADLINE_MS, NULL, NULL, NULL);
}

gboolean
reuse_on_late_cb (gpointer user_data)
{
  ReuseReach *reach = user_data;

  if (reach->is_reached (reach->server))
    reuse_let_time_pass ();
  return G_SOURCE_CONTINUE;
}

PurgeExchange *
reuse_send (PurgeTransport *transport,
            const char     *method,
            const char     *base,
            gsize           padding,
            guint           kinds,
            ReuseReach     *reach)
{
  g_autoptr (PurgeRequest) request = reuse_request_new (method, base, padding);
  g_autoptr (GAsyncResult) result = NULL;
  guint late = (kinds & LOST) != 0 ? g_timeout_add (GRACE_MS, reuse_on_late_cb, reach) : 0;
  PurgeExchange *exchange;

  purge_transport_send_async (transport, request, NULL, await_cb, &result);
  exchange = purge_transport_send_finish (transport, await (&result));
  g_clear_handle_id (&late, g_source_remove);

  g_test_message ("kind %d, cause %s, detail %s", exchange->kind,
                  purge_cause_to_string (exchange->cause), exchange->detail);
  g_assert_cmphex (1 << exchange->kind & kinds, !=, 0);
  return exchange;
}

/* Lets what is under way in the main loop come to its end. */
void
reuse_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

FaultServer *
http1_server_new (gboolean tls)
{
  g_autofree char *pem = g_build_filename (certificates, "server.pem", NULL);
  g_autofree char *key = g_build_filename (certificates, "server.key", NULL);
  const FaultServerOptions options = { .certificate = tls ? pem : NULL, .key = tls ? key : NULL };
  g_autoptr (GError) error = NULL;
  FaultServer *server = fault_server_new (&options, &error);

  g_assert_no_error (error);
  return server;
}

char *
http1_base (FaultServer *server,
            gboolean     tls)
{
  return g_strdup_printf ("http%s://127.0.0.1:%u", tls ? "s" : "", fault_server_get_port (server));
}

gboolean
http1_is_connected (gpointer user_data)
{
  return fault_log_count (fault_server_get_log (user_data)) > 0;
}

/* Of how many requests any byte arrived; none was executed twice. */
guint
http1_count (FaultServer *server)
{
  g_autoptr (GPtrArray) entries = fault_log_dup_entries (fault_server_get_log (server));
  g_autoptr (GHashTable) nonces = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const FaultEntry *entry = g_ptr_array_index (entries, i);

      n += entry->n_bytes > 0;
      g_assert_cmpuint (entry->n_executions, <=, 1);
      if (entry->nonce != NULL)
        g_assert_true (g_hash_table_add (nonces, entry->nonce));
    }

  return n;
}

gboolean
http1_has_six_connections (gpointer user_data)
{
  return fault_log_count (fault_server_get_log (user_data)) >= 6;
}

gboolean
http1_has_one (gpointer user_data)
{
  return http1_count (user_data) > 0;
}

gboolean
http1_has_two (gpointer user_data)
{
  return http1_count (user_data) > 1;
}

H2Server *
http2_server_new (const H2Fault *fault)
{
  g_autofree char *pem = g_build_filename (certificates, "server.pem", NULL);
  g_autofree char *key = g_build_filename (certificates, "server.key", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_files (pem, key, &error);

  g_assert_no_error (error);
  return h2_server_new (certificate, fault);
}

char *
http2_base (H2Server *server)
{
  return g_strdup_printf ("https://127.0.0.1:%u", h2_server_get_port (server));
}

gboolean
http2_is_connected (gpointer user_data)
{
  return h2_server_count_connections (user_data) > 0;
}

gboolean
http2_has_one (gpointer user_data)
{
  return h2_server_count_requests (user_data) > 0;
}

gboolean
http2_has_two (gpointer user_data)
{
  return h2_server_count_requests (user_data) > 1;
}

gboolean
http2_is_idle (gpointer user_data)
{
  return h2_server_count_open (user_data) == 0;
}
