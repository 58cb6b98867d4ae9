/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The whole of core against the simulator: real libsoup, real TLS, a real proxy, signatures that were
 * made by one program and recomputed by another. */

#include "purge-job.h"

#include <stdlib.h>
#include <string.h>

#include "purge-api.h"
#include "purge-match.h"
#include "purge-memory-keyring.h"
#include "purge-simulator.h"
#include "purge-soup-transport.h"

#include "await.h"
#include "sample-order.h"
#include "tunnel-proxy.h"

#define ID "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE"
#define KEY "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE"
#define TOKEN "temporary+token/with=signs&in%it"

static char *certificates;

static char *
certificate_path (const char *name)
{
  return g_build_filename (certificates, name, NULL);
}

static PurgeTransport *
transport_new (GProxyResolver *resolver)
{
  g_autofree char *ca = certificate_path ("ca.pem");
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (ca, &error);

  g_assert_no_error (error);
  return g_object_new (PURGE_TYPE_SOUP_TRANSPORT,
                       "tls-database", database,
                       "proxy-resolver", resolver,
                       NULL);
}

static PurgeWorkspace *
workspace_new (PurgeTransport *transport)
{
  g_autoptr (PurgeKeyring) keyring = purge_memory_keyring_new ();
  g_autoptr (PurgeClock) clock = purge_clock_new ();
  PurgeWorkspace *workspace = purge_workspace_new (":memory:", keyring, transport, clock);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  purge_workspace_open_async (workspace, NULL, await_cb, &result);
  g_assert_true (purge_workspace_open_finish (workspace, await (&result), &error));
  g_assert_no_error (error);
  return workspace;
}

static void
store_key (PurgeWorkspace *workspace,
           PurgeAccount   *account,
           const char     *key,
           const char     *token)
{
  g_autoptr (PurgeSecret) secret = purge_secret_new (key, -1);
  g_autoptr (PurgeSecret) pass = token != NULL ? purge_secret_new (token, -1) : NULL;
  g_autoptr (PurgeCredentials) credentials = purge_credentials_new (ID, secret, pass);
  g_autoptr (GAsyncResult) result = NULL;
  PurgeKeyring *keyring = purge_workspace_get_keyring (workspace);

  purge_keyring_store_async (keyring, purge_account_get_uuid (account), "Test", credentials, NULL,
                             await_cb, &result);
  g_assert_true (purge_keyring_store_finish (keyring, await (&result), NULL));
}

static PurgeAccount *
account_new (const char *uri)
{
  PurgeAccount *account = purge_account_new (NULL, "Test");
  g_autoptr (GError) error = NULL;
  g_autoptr (PurgeEndpoint) endpoint = purge_endpoint_parse (uri, &error);

  g_assert_no_error (error);
  g_object_set (account, "endpoint", endpoint, NULL);
  return account;
}

static GStrv
urls_new (guint       n,
          const char *host)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *url = g_strdup_printf ("https://%s/%%E4%%B8%%AD%%20+_~'()!$,;=:@/%u/", host, i);

      g_strv_builder_add (builder, url);
    }

  return g_strv_builder_end (builder);
}

static PurgeJob *
run_urls (PurgeWorkspace     *workspace,
          PurgeAccount       *account,
          PurgeMode           mode,
          const char * const *urls)
{
  PurgeJob *job = sample_job_new (workspace, account, mode, urls);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  purge_job_run_async (job, NULL, await_cb, &result);
  g_assert_true (purge_job_run_finish (job, await (&result), &error));
  g_assert_no_error (error);
  return job;
}

static PurgeJob *
run (PurgeWorkspace *workspace,
     PurgeAccount   *account,
     PurgeMode       mode,
     guint           n_urls,
     const char     *host)
{
  g_auto (GStrv) urls = urls_new (n_urls, host);

  return run_urls (workspace, account, mode, (const char * const *) urls);
}

static void
assert_accepted (PurgeJob *job,
                 guint     n)
{
  g_autoptr (PurgeBatch) batch = g_list_model_get_item (G_LIST_MODEL (job), 0);
  g_autofree char *said = purge_batch_dup_explanation (batch);

  g_test_message ("%s", said);
  g_assert_cmpuint (purge_job_count (job, PURGE_BATCH_ACCEPTED), ==, n);
}

/* Every form with every signature method, with and without a token, in both modes: signed by core
 * from what it means to send, verified by the simulator from what it received. */
static void
test_forms (void)
{
  static const PurgeForm forms[] = { PURGE_FORM_POST, PURGE_FORM_MULTIPART, PURGE_FORM_GET };
  static const char * const tokens[] = { NULL, TOKEN };

  for (guint i = 0; i < G_N_ELEMENTS (forms) * 2 * 2; i++)
    {
      const char *token = tokens[i % 2];
      PurgeSimulatorOptions options = {
        .secret_id = ID, .secret_key = KEY, .token = token, .quota = 1000,
      };
      g_autoptr (PurgeSimulator) simulator = purge_simulator_new (&options, NULL);
      g_autoptr (PurgeTransport) transport = transport_new (NULL);
      g_autoptr (PurgeWorkspace) workspace = workspace_new (transport);
      g_autoptr (PurgeAccount) account = account_new (purge_simulator_get_base_url (simulator));
      g_autoptr (PurgeJob) updated = NULL;
      g_autoptr (PurgeJob) all = NULL;

      g_object_set (account,
                    "form", forms[i / 4],
                    "signature", i / 2 % 2 ? PURGE_SIGNATURE_HMAC_SHA1 : PURGE_SIGNATURE_HMAC_SHA256,
                    NULL);
      store_key (workspace, account, KEY, token);
      updated = run (workspace, account, PURGE_MODE_UPDATED, 45, "www.example.com");
      all = run (workspace, account, PURGE_MODE_ALL, 1, "www.example.com");

      assert_accepted (updated, 45);
      assert_accepted (all, 1);
      g_assert_cmpuint (purge_simulator_get_n_requests (simulator), ==, 4);
    }
}

static const struct
{
  const char      *name;
  const char      *key;
  const char      *fail_code;
  guint            quota;
  guint            n_urls;
  const char      *host;
  guint            n_requests;
  guint            n_accepted;
  guint            n_rejected;
  guint            n_unknown;
  const char      *code;
} refusals[] = {
  { "wrong key", "wrong", NULL, 0, 100, "www.example.com", 1, 0, 20, 0, "4100" },
  { "unknown host", KEY, NULL, 0, 1, "nobody.invalid", 1, 0, 1, 0, "4000" },
  { "quota", KEY, NULL, 30, 50, "www.example.com", 3, 30, 20, 0, NULL },
  { "internal error", KEY, "6000", 0, 1, "www.example.com", 1, 0, 0, 1, "6000" },
  { "replay", KEY, "4500", 0, 1, "www.example.com", 1, 0, 0, 1, "4500" },
};

static void
test_refusals (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      PurgeSimulatorOptions options = {
        .secret_id = ID, .secret_key = KEY, .quota = refusals[i].quota,
        .fail_code = refusals[i].fail_code,
      };
      g_autoptr (PurgeSimulator) simulator = purge_simulator_new (&options, NULL);
      g_autoptr (PurgeTransport) transport = transport_new (NULL);
      g_autoptr (PurgeWorkspace) workspace = workspace_new (transport);
      g_autoptr (PurgeAccount) account = account_new (purge_simulator_get_base_url (simulator));
      g_autoptr (PurgeJob) job = NULL;
      g_autoptr (PurgeBatch) batch = NULL;
      g_autofree char *code = NULL;

      g_test_message ("%s", refusals[i].name);
      store_key (workspace, account, refusals[i].key, NULL);
      job = run (workspace, account, PURGE_MODE_UPDATED, refusals[i].n_urls, refusals[i].host);
      batch = g_list_model_get_item (G_LIST_MODEL (job), 0);
      g_object_get (batch, "code", &code, NULL);

      g_assert_cmpuint (purge_simulator_get_n_requests (simulator), ==, refusals[i].n_requests);
      g_assert_cmpuint (purge_job_count (job, PURGE_BATCH_ACCEPTED), ==, refusals[i].n_accepted);
      g_assert_cmpuint (purge_job_count (job, PURGE_BATCH_REJECTED), ==, refusals[i].n_rejected);
      g_assert_cmpuint (purge_job_count (job, PURGE_BATCH_UNKNOWN), ==, refusals[i].n_unknown);
      if (refusals[i].code != NULL)
        g_assert_cmpstr (code, ==, refusals[i].code);
    }
}

static PurgeSimulator *
tls_simulator_new (const char *name,
                   const char *token)
{
  g_autofree char *pem = g_strdup_printf ("%s/%s.pem", certificates, name);
  g_autofree char *key = g_strdup_printf ("%s/%s.key", certificates, name);
  PurgeSimulatorOptions options = {
    .secret_id = ID, .secret_key = KEY, .token = token, .tls_certificate = pem, .tls_key = key,
    .require_https = TRUE,
  };
  g_autoptr (GError) error = NULL;
  PurgeSimulator *simulator = purge_simulator_new (&options, &error);

  g_assert_no_error (error);
  return simulator;
}

static guint16
port_of (PurgeSimulator *simulator)
{
  return strtoul (strrchr (purge_simulator_get_base_url (simulator), ':') + 1, NULL, 10);
}

static void
test_tls (void)
{
  static const char * const names[] = { "server", "expired", "impostor" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (PurgeSimulator) simulator = tls_simulator_new (names[i], NULL);
      g_autoptr (PurgeTransport) transport = transport_new (NULL);
      g_autoptr (PurgeWorkspace) workspace = workspace_new (transport);
      g_autofree char *uri = g_strdup_printf ("https://127.0.0.1:%u", port_of (simulator));
      g_autoptr (PurgeAccount) account = account_new (uri);
      g_autoptr (PurgeJob) job = NULL;

      g_test_message ("certificate %s", names[i]);
      store_key (workspace, account, KEY, NULL);
      job = run (workspace, account, PURGE_MODE_UPDATED, 45, "www.example.com");

      if (i == 0)
        assert_accepted (job, 45);
      else
        g_assert_cmpuint (purge_job_count (job, PURGE_BATCH_WAITING), ==, 45);
      g_assert_cmpuint (purge_simulator_get_n_requests (simulator), ==, i == 0 ? 3 : 0);
    }
}

/* A host that exists only behind the proxy: TLS goes through the tunnel from end to end, and the
 * signature is made with the host that was asked for. */
static void
test_proxy (void)
{
  g_autoptr (PurgeSimulator) simulator = tls_simulator_new ("stranger", NULL);
  g_autoptr (TunnelProxy) proxy = tunnel_proxy_new (port_of (simulator));
  g_autoptr (GProxyResolver) resolver = tunnel_proxy_new_resolver (proxy);
  g_autoptr (PurgeTransport) transport = transport_new (resolver);
  g_autoptr (PurgeWorkspace) workspace = workspace_new (transport);
  g_autoptr (PurgeAccount) account = account_new ("https://elsewhere.example");
  g_autoptr (PurgeJob) job = NULL;
  g_autofree char *target = NULL;

  store_key (workspace, account, KEY, NULL);
  job = run (workspace, account, PURGE_MODE_UPDATED, 45, "www.example.com");
  target = tunnel_proxy_dup_target (proxy);

  assert_accepted (job, 45);
  g_assert_true (g_str_has_prefix (target, "CONNECT elsewhere.example:443 HTTP/1.1\r\n"));
  /* Requests share connections, and so tunnels. */
  g_assert_cmpuint (tunnel_proxy_count (proxy), >=, 1);
  g_assert_cmpuint (tunnel_proxy_count (proxy), <=, 3);
  g_assert_cmpuint (purge_simulator_get_n_requests (simulator), ==, 3);
}

static PurgeExchange *
send_request (PurgeTransport *transport,
              PurgeRequest   *request)
{
  g_autoptr (GAsyncResult) result = NULL;

  purge_transport_send_async (transport, request, NULL, await_cb, &result);
  return purge_transport_send_finish (transport, await (&result));
}

static PurgeLookUp *
look_up (PurgeTransport *transport,
         PurgeAccount   *account,
         const char     *key,
         const char     *task_id)
{
  static guint64 nonce = 1;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  PurgeLookUpCall call = {
    task_id, now - PURGE_MATCH_BEFORE_S, now + PURGE_MATCH_AFTER_S, now, nonce++
  };
  g_autoptr (PurgeApi) api = purge_api_new_for_account (account);
  g_autoptr (PurgeSecret) secret = purge_secret_new (key, -1);
  g_autoptr (PurgeSecret) token = purge_secret_new (TOKEN, -1);
  g_autoptr (PurgeCredentials) credentials = purge_credentials_new (ID, secret, token);
  g_autoptr (GError) error = NULL;
  g_autoptr (PurgeRequest) request = purge_api_build_look_up (api, &call, credentials, &error);
  g_autoptr (PurgeExchange) exchange = NULL;

  g_assert_no_error (error);
  exchange = send_request (transport, request);
  return purge_api_read_look_up (api, exchange);
}

static void
check_found (const PurgeLookUp  *found,
             const char * const *urls,
             gboolean            by_task,
             PurgeBatchEvent     event,
             guint               n_ids)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_auto (PurgeMatch) match = { PURGE_BATCH_EVENT_SEND, NULL };

  g_assert_null (found->failure);
  g_assert_true (purge_match_find (found, PURGE_KIND_DIRECTORY, urls, now - PURGE_MATCH_BEFORE_S,
                                   now + PURGE_MATCH_AFTER_S, NULL, 0, by_task, &match));
  g_assert_cmpint (match.event, ==, event);
  g_assert_cmpuint (g_strv_length (match.ids), ==, n_ids);
}

static void
check_failed (const PurgeLookUp *found,
              const char        *code,
              int                module_code)
{
  g_assert_nonnull (found->failure);
  g_assert_cmpuint (found->records->len, ==, 0);
  g_assert_cmpstr (found->failure->answer.code, ==, code);
  g_assert_cmpint (found->failure->answer.module_code, ==, module_code);
}

/* What was purged is in the log, a record a host, by the time and by the task, and nothing that was
 * not; in every form with every signature method. */
static void
check_look_ups (PurgeForm            form,
                PurgeSignatureMethod signature,
                gboolean             is_done)
{
  static const char * const urls[] = {
    "http://one.example/%E4%B8%AD/", "https://two.example/", "http://one.example/b_c/+&=/", NULL
  };
  static const char * const fewer[] = { "https://two.example/", NULL };
  PurgeSimulatorOptions options = {
    .secret_id = ID, .secret_key = KEY, .token = TOKEN, .task_time_ms = is_done ? 0 : 3600000,
  };
  PurgeBatchEvent event = is_done ? PURGE_BATCH_EVENT_DONE : PURGE_BATCH_EVENT_ACCEPTED;
  g_autoptr (PurgeSimulator) simulator = purge_simulator_new (&options, NULL);
  g_autoptr (PurgeTransport) transport = transport_new (NULL);
  g_autoptr (PurgeWorkspace) workspace = workspace_new (transport);
  g_autoptr (PurgeAccount) account = account_new (purge_simulator_get_base_url (simulator));
  g_autoptr (PurgeLookUp) empty = NULL;
  g_autoptr (PurgeLookUp) by_time = NULL;
  g_autoptr (PurgeLookUp) by_task = NULL;
  g_autoptr (PurgeLookUp) no_task = NULL;
  g_autoptr (PurgeLookUp) wrong_key = NULL;
  g_autoptr (PurgeJob) job = NULL;
  g_autoptr (PurgeBatch) batch = NULL;
  g_autofree char *task_id = NULL;
  g_auto (PurgeMatch) match = { PURGE_BATCH_EVENT_SEND, NULL };

  g_object_set (account, "form", form, "signature", signature, NULL);
  store_key (workspace, account, KEY, TOKEN);
  empty = look_up (transport, account, KEY, NULL);
  g_assert_null (empty->failure);
  g_assert_cmpuint (empty->records->len, ==, 0);

  job = run_urls (workspace, account, PURGE_MODE_UPDATED, urls);
  assert_accepted (job, 3);
  batch = g_list_model_get_item (G_LIST_MODEL (job), 0);
  g_object_get (batch, "task-id", &task_id, NULL);

  by_time = look_up (transport, account, KEY, NULL);
  check_found (by_time, urls, FALSE, event, 2);
  g_assert_false (purge_match_find (by_time, PURGE_KIND_DIRECTORY, fewer, 0, G_MAXINT64, NULL, 0, FALSE, &match));
  by_task = look_up (transport, account, KEY, task_id);
  check_found (by_task, urls, TRUE, event, 2);
  g_assert_false (purge_match_find (by_task, PURGE_KIND_DIRECTORY, fewer, 0, G_MAXINT64, NULL, 0, TRUE, &match));

  no_task = look_up (transport, account, KEY, "7");
  check_failed (no_task, "4000", 21001);
  wrong_key = look_up (transport, account, "wrong", task_id);
  check_failed (wrong_key, "4100", 0);
}

static void
test_look_ups (void)
{
  static const PurgeForm forms[] = { PURGE_FORM_POST, PURGE_FORM_MULTIPART, PURGE_FORM_GET };

  for (guint i = 0; i < G_N_ELEMENTS (forms) * 2; i++)
    check_look_ups (forms[i / 2],
                    i % 2 ? PURGE_SIGNATURE_HMAC_SHA1 : PURGE_SIGNATURE_HMAC_SHA256, i % 2);
}

static PurgeServerQuota *
ask_quota (PurgeTransport *transport,
           PurgeAccount   *account,
           const char     *key)
{
  g_autoptr (PurgeApi) api = purge_api_new_for_account (account);
  g_autoptr (PurgeSecret) secret = purge_secret_new (key, -1);
  g_autoptr (PurgeSecret) token = purge_secret_new (TOKEN, -1);
  g_autoptr (PurgeCredentials) credentials = purge_credentials_new (ID, secret, token);
  g_autoptr (PurgeRequest) request =
    purge_api_build_quota (api, g_get_real_time () / G_USEC_PER_SEC, 1, credentials, NULL);
  g_autoptr (PurgeExchange) exchange = send_request (transport, request);

  return purge_api_read_quota (api, exchange);
}

static void
check_quota (const PurgeServerQuota *quota,
             guint                   batch,
             guint                   total,
             guint                   available)
{
  const PurgeQuotaRow *row = purge_server_quota_find (quota, PURGE_KIND_DIRECTORY,
                                                      PURGE_AREA_MAINLAND);

  g_assert_nonnull (row);
  g_assert_cmpuint (row->batch, ==, batch);
  g_assert_cmpuint (row->total, ==, total);
  g_assert_cmpuint (row->available, ==, available);
}

/* API 3.0 of both sites: purges, what the log says of them, and what is left of the quota. */
static void
test_api_v3 (gconstpointer data)
{
  PurgeSimulatorOptions options = {
    .secret_id = ID, .secret_key = KEY, .token = TOKEN, .quota = 100, .batch = 39,
  };
  g_autoptr (PurgeSimulator) simulator = purge_simulator_new (&options, NULL);
  g_autoptr (PurgeTransport) transport = transport_new (NULL);
  g_autoptr (PurgeWorkspace) workspace = workspace_new (transport);
  g_autoptr (PurgeAccount) account = account_new (purge_simulator_get_base_url (simulator));
  g_auto (GStrv) urls = urls_new (1, "www.example.com");
  g_autoptr (PurgeJob) job = NULL;
  g_autoptr (PurgeJob) more = NULL;
  g_autoptr (PurgeBatch) batch = NULL;
  g_autoptr (PurgeLookUp) by_task = NULL;
  g_autoptr (PurgeLookUp) by_time = NULL;
  g_autoptr (PurgeLookUp) wrong_key = NULL;
  g_autoptr (PurgeServerQuota) quota = NULL;
  g_autofree char *task_id = NULL;

  g_object_set (account, "api", GPOINTER_TO_INT (data), NULL);
  store_key (workspace, account, KEY, TOKEN);
  job = run_urls (workspace, account, PURGE_MODE_ALL, (const char * const *) urls);
  assert_accepted (job, 1);
  batch = g_list_model_get_item (G_LIST_MODEL (job), 0);
  g_object_get (batch, "task-id", &task_id, NULL);

  by_task = look_up (transport, account, KEY, task_id);
  check_found (by_task, (const char * const *) urls, TRUE, PURGE_BATCH_EVENT_DONE, 1);
  by_time = look_up (transport, account, KEY, NULL);
  check_found (by_time, (const char * const *) urls, FALSE, PURGE_BATCH_EVENT_DONE, 1);
  wrong_key = look_up (transport, account, "wrong", task_id);
  check_failed (wrong_key, "AuthFailure.SignatureFailure", 0);

  more = run (workspace, account, PURGE_MODE_UPDATED, 45, "elsewhere.example.com");
  assert_accepted (more, 45);
  quota = ask_quota (transport, account, KEY);
  check_quota (quota, 39, 100, 54);
}

static void
purge_and_look_up_v3 (PurgeTransport *transport,
                      PurgeSimulator *simulator,
                      const char     *uri)
{
  g_autoptr (PurgeWorkspace) workspace = workspace_new (transport);
  g_autoptr (PurgeAccount) account = account_new (uri);
  g_auto (GStrv) urls = urls_new (20, "www.example.com");
  g_autoptr (PurgeJob) job = NULL;
  g_autoptr (PurgeLookUp) found = NULL;

  g_object_set (account, "api", PURGE_API_KIND_3_0, NULL);
  store_key (workspace, account, KEY, TOKEN);
  job = run_urls (workspace, account, PURGE_MODE_UPDATED, (const char * const *) urls);
  assert_accepted (job, 20);
  found = look_up (transport, account, KEY, NULL);
  check_found (found, (const char * const *) urls, FALSE, PURGE_BATCH_EVENT_DONE, 1);
  g_assert_cmpuint (purge_simulator_get_n_requests (simulator), ==, 2);
}

static void
test_api_v3_tls (void)
{
  g_autoptr (PurgeSimulator) simulator = tls_simulator_new ("server", TOKEN);
  g_autoptr (PurgeTransport) transport = transport_new (NULL);
  g_autofree char *uri = g_strdup_printf ("https://127.0.0.1:%u", port_of (simulator));

  purge_and_look_up_v3 (transport, simulator, uri);
}

static void
test_api_v3_proxy (void)
{
  g_autoptr (PurgeSimulator) simulator = tls_simulator_new ("stranger", TOKEN);
  g_autoptr (TunnelProxy) proxy = tunnel_proxy_new (port_of (simulator));
  g_autoptr (GProxyResolver) resolver = tunnel_proxy_new_resolver (proxy);
  g_autoptr (PurgeTransport) transport = transport_new (resolver);
  g_autofree char *target = NULL;

  purge_and_look_up_v3 (transport, simulator, "https://elsewhere.example");
  target = tunnel_proxy_dup_target (proxy);
  g_assert_true (g_str_has_prefix (target, "CONNECT elsewhere.example:443 HTTP/1.1\r\n"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  certificates = g_test_build_filename (G_TEST_BUILT, "fixtures", NULL);
  g_test_add_func ("/integration/forms", test_forms);
  g_test_add_func ("/integration/refusals", test_refusals);
  g_test_add_func ("/integration/look-ups", test_look_ups);
  g_test_add_data_func ("/integration/api-v3/china", GINT_TO_POINTER (PURGE_API_KIND_3_0),
                        test_api_v3);
  g_test_add_data_func ("/integration/api-v3/international",
                        GINT_TO_POINTER (PURGE_API_KIND_3_0_INTL), test_api_v3);
  g_test_add_func ("/integration/api-v3/tls", test_api_v3_tls);
  g_test_add_func ("/integration/api-v3/proxy", test_api_v3_proxy);
  g_test_add_func ("/integration/tls", test_tls);
  g_test_add_func ("/integration/proxy", test_proxy);

  return g_test_run ();
}
