/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What one run is made of, put together as its row wants it. */

#include "campaign-world.h"

#include <stdlib.h>
#include <string.h>

#include "await.h"
#include "purge-soup-transport.h"
#include "scratch.h"

#define PATIENT_MS 30000
#define SHORT_MS 150
#define PLENTY 1000000
#define NARROW_WINDOW_S 300
#define ELSEWHERE "https://elsewhere.example"

/* A number from 0, less than n. */
guint
campaign_world_roll (CampaignWorld *self,
                     guint          n)
{
  return g_rand_int_range (self->dice, 0, n);
}

/* The person cancels, if the row wants that, and the script goes on. */
static void
on_stop (gpointer user_data)
{
  CampaignWorld *self = user_data;

  if (self->row->flags & CAMPAIGN_ROW_CANCEL)
    g_cancellable_cancel (self->cancellable);
}

static gboolean
on_stopped_cb (gpointer user_data)
{
  CampaignWorld *self = user_data;

  on_stop (self);
  fault_server_go_on (self->server);
  return G_SOURCE_REMOVE;
}

/* In the thread of a connection. */
static void
on_event (const char       *event,
          const FaultEntry *entry,
          gpointer          user_data)
{
  if (g_str_equal (event, "stopped"))
    g_idle_add_full (G_PRIORITY_DEFAULT, on_stopped_cb, user_data, NULL);
}

static FaultServer *
server_new (const CampaignPlace *place,
            const char          *certificate,
            FaultMindOptions     mind,
            const char          *other)
{
  g_autofree char *pem = certificate != NULL
                         ? g_strdup_printf ("%s/%s.pem", place->certificates, certificate) : NULL;
  g_autofree char *key = certificate != NULL
                         ? g_strdup_printf ("%s/%s.key", place->certificates, certificate) : NULL;
  FaultServerOptions options = {
    .mind = mind, .certificate = pem, .key = key, .other = other,
  };
  g_autoptr (GError) error = NULL;
  FaultServer *server = fault_server_new (&options, &error);

  g_assert_no_error (error);
  return server;
}

/* A server that speaks nothing newer than TLS 1.1 has to be a program of its own, since the same
 * library is on both sides here. Returns its URL. */
static char *
start_old_server (CampaignWorld       *self,
                  const CampaignPlace *place)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDIN_PIPE);
  g_autofree char *log = g_build_filename (self->folder, "log", NULL);
  g_autofree char *log_option = g_strconcat ("--log=", log, NULL);
  g_autofree char *pem = g_strdup_printf ("--certificate=%s/server.pem", place->certificates);
  g_autofree char *key = g_strdup_printf ("--key=%s/server.key", place->certificates);
  const char *arguments[] = { place->fault_server, log_option, pem, key, NULL };
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GError) error = NULL;
  char *line;

  g_subprocess_launcher_setenv (launcher, "G_TLS_GNUTLS_PRIORITY",
                                "NORMAL:-VERS-ALL:+VERS-TLS1.1:%COMPAT", TRUE);
  self->old_server = g_subprocess_launcher_spawnv (launcher, arguments, &error);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->old_server));
  line = g_data_input_stream_read_line_utf8 (output, NULL, NULL, &error);
  g_assert_no_error (error);
  return line;
}

/* Nothing may have arrived there. */
static void
end_old_server (CampaignWorld *self)
{
  g_autofree char *path = g_build_filename (self->folder, "log", NULL);
  g_autofree char *log = NULL;

  if (self->old_server == NULL)
    return;

  g_subprocess_send_signal (self->old_server, SIGTERM);
  g_subprocess_wait (self->old_server, NULL, NULL);
  g_clear_object (&self->old_server);
  if (g_file_get_contents (path, &log, NULL, NULL) && strstr (log, "\"whole\":true") != NULL)
    campaign_book_note (self->book, "TLS", "a request arrived over TLS 1.1");
}

static void
set_up_server (CampaignWorld       *self,
               const CampaignPlace *place)
{
  const CampaignRow *row = self->row;
  const char *certificate = row->certificate;
  FaultMindOptions mind = {
    .quota = PLENTY,
    .clock_window_s = row->flags & CAMPAIGN_ROW_WINDOW ? NARROW_WINDOW_S : 0,
    .running_s = campaign_world_roll (self, 3) * 20,
    .fails = campaign_world_roll (self, 8) == 0,
  };

  if (self->sockets)
    {
      FaultStep success = { .phase = FAULT_AT_ANSWERED };

      self->other = server_new (place, NULL, (FaultMindOptions) { .quota = PLENTY }, NULL);
      fault_script_set (fault_server_get_script (self->other), 1, G_MAXUINT, &success);
      if (row->flags & CAMPAIGN_ROW_PROXY)
        certificate = "stranger";
      self->server = server_new (place, certificate, mind,
                                 fault_server_get_base_url (self->other));
      self->mind = fault_server_get_mind (self->server);
      self->script = fault_server_get_script (self->server);
      self->log = fault_server_get_log (self->server);
      fault_log_set_observer (self->log, on_event, self);
      if (row->flags & CAMPAIGN_ROW_PROXY)
        self->proxy = server_new (place, NULL, (FaultMindOptions) { 0 }, NULL);
    }
  else
    {
      self->mind = fault_mind_new (&mind);
      self->script = fault_script_new ();
      self->log = fault_log_new (NULL, NULL);
    }
}

static PurgeTransport *
soup_transport_new (CampaignWorld       *self,
                    const CampaignPlace *place)
{
  g_autofree char *ca = g_build_filename (place->certificates, "ca.pem", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (ca, &error);
  g_autofree char *proxy = NULL;
  g_autoptr (GProxyResolver) resolver = NULL;
  guint deadline = self->row->flags & CAMPAIGN_ROW_SLOW ? SHORT_MS : PATIENT_MS;

  g_assert_no_error (error);
  if (self->proxy != NULL)
    {
      proxy = g_strdup_printf ("http://127.0.0.1:%u", fault_server_get_port (self->proxy));
      resolver = g_simple_proxy_resolver_new (proxy, NULL);
    }

  return g_object_new (PURGE_TYPE_SOUP_TRANSPORT,
                       "tls-database", database,
                       "proxy-resolver", resolver,
                       "deadline-ms", deadline,
                       "connect-deadline-ms", deadline,
                       NULL);
}

static void
set_up_transport (CampaignWorld       *self,
                  const CampaignPlace *place,
                  CampaignMutantFunc   mutate)
{
  g_autoptr (PurgeTransport) inner = NULL;

  if (self->sockets)
    inner = soup_transport_new (self, place);
  else
    {
      self->wire = campaign_wire_new (self->mind, self->script, self->log, self->dice);
      campaign_wire_set_stop (self->wire, on_stop, self);
      inner = PURGE_TRANSPORT (g_object_ref (self->wire));
    }

  self->guard = campaign_guard_new (inner, self->book);
  self->transport = mutate != NULL ? mutate (PURGE_TRANSPORT (self->guard))
                                   : PURGE_TRANSPORT (g_object_ref (self->guard));
}

static void
set_up_account (CampaignWorld       *self,
                const CampaignPlace *place)
{
  g_autofree char *old = self->row->flags & CAMPAIGN_ROW_OLD_TLS && self->sockets
                         ? start_old_server (self, place) : NULL;
  const char *uri = self->proxy != NULL ? ELSEWHERE
                    : old != NULL ? old
                    : self->server != NULL ? fault_server_get_base_url (self->server)
                    : "https://cdn.example";
  static const PurgeForm forms[] = {
    PURGE_FORM_POST, PURGE_FORM_POST, PURGE_FORM_MULTIPART, PURGE_FORM_MULTIPART, PURGE_FORM_GET,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (PurgeEndpoint) endpoint = purge_endpoint_parse (uri, &error);

  g_assert_no_error (error);
  self->account = purge_account_new (NULL, "Campaign");
  g_object_set (self->account,
                "api", self->api == FAULT_API_3_0 ? PURGE_API_KIND_3_0 : PURGE_API_KIND_2_0,
                "endpoint", endpoint,
                "form", forms[campaign_world_roll (self, G_N_ELEMENTS (forms))],
                "signature", campaign_world_roll (self, 2),
                NULL);
}

static void
open_workspace (CampaignWorld *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  self->workspace = purge_workspace_new (self->path, PURGE_KEYRING (self->keyring),
                                         self->transport, PURGE_CLOCK (self->clock));
  purge_workspace_open_async (self->workspace, NULL, await_cb, &result);
  purge_workspace_open_finish (self->workspace, await (&result), &error);
  g_assert_no_error (error);
}

/**
 * campaign_world_new:
 * @place: where things are
 * @row: what goes wrong
 * @seed: what is left to chance
 * @api: which API the account speaks
 * @sockets: whether requests go through sockets
 * @mutate: (nullable): what is put between the program and the guard
 * @book: where it is noted what does not hold
 *
 * Returns: (transfer full): a world in which nothing has happened
 */
CampaignWorld *
campaign_world_new (const CampaignPlace *place,
                    const CampaignRow   *row,
                    guint32              seed,
                    FaultApi             api,
                    gboolean             sockets,
                    CampaignMutantFunc   mutate,
                    CampaignBook        *book)
{
  CampaignWorld *self = g_new0 (CampaignWorld, 1);

  self->row = row;
  self->seed = seed;
  self->book = book;
  self->api = api;
  self->sockets = sockets;
  self->dice = g_rand_new_with_seed (seed);
  self->folder = scratch_new ();
  self->path = g_build_filename (self->folder, "journal.sqlite", NULL);
  self->cancellable = g_cancellable_new ();

  self->colleague = fault_log_new (NULL, NULL);
  set_up_server (self, place);
  set_up_transport (self, place, mutate);
  set_up_account (self, place);
  self->keyring = campaign_keyring_new ();
  self->clock = campaign_clock_new (g_rand_int (self->dice), row->skew,
                                    row->flags & CAMPAIGN_ROW_SAME_NONCE ? 2 : 1, self->mind);
  open_workspace (self);
  self->disk = campaign_disk_new (self->path);
  campaign_guard_set_disk (self->guard, self->disk);

  return self;
}

static void
close_workspace (CampaignWorld *self)
{
  if (self->workspace != NULL)
    purge_workspace_close (self->workspace);
  g_clear_object (&self->workspace);
}

/* The program ends and is started again. */
void
campaign_world_restart (CampaignWorld *self)
{
  close_workspace (self);
  open_workspace (self);
}

/* The program has ended; what is on its way arrives, and then the server ends as well. */
void
campaign_world_end_server (CampaignWorld *self)
{
  close_workspace (self);
  if (self->server != NULL)
    fault_server_stop (self->server);
  end_old_server (self);
}

void
campaign_world_free (CampaignWorld *self)
{
  campaign_world_end_server (self);
  while (g_idle_remove_by_data (self))
    ;
  g_clear_pointer (&self->disk, campaign_disk_free);
  g_clear_object (&self->transport);
  g_clear_object (&self->guard);
  g_clear_object (&self->wire);
  g_clear_object (&self->clock);
  g_clear_object (&self->keyring);
  g_clear_object (&self->account);
  g_clear_object (&self->cancellable);
  if (self->server == NULL)
    {
      fault_mind_free (self->mind);
      fault_script_free (self->script);
      fault_log_free (self->log);
    }
  g_clear_pointer (&self->server, fault_server_free);
  g_clear_pointer (&self->other, fault_server_free);
  g_clear_pointer (&self->proxy, fault_server_free);
  fault_log_free (self->colleague);
  g_rand_free (self->dice);
  g_free (self->path);
  scratch_free (self->folder);
  g_free (self);
}

static void
set_listening (CampaignWorld *self,
               gboolean       listening)
{
  if (self->wire != NULL)
    campaign_wire_set_deaf (self->wire, !listening);
  else
    fault_server_set_listening (self->server, listening);
}

/**
 * campaign_world_set_faults:
 * @self: a world
 * @n_requests: how many requests are about to be sent at least
 *
 * From here on the row's fault happens: to one of the requests, to two, or to all from there on.
 */
void
campaign_world_set_faults (CampaignWorld *self,
                           guint          n_requests)
{
  const CampaignRow *row = self->row;
  FaultLog *log = self->proxy != NULL ? fault_server_get_log (self->proxy) : self->log;
  FaultScript *script = self->proxy != NULL ? fault_server_get_script (self->proxy) : self->script;
  guint first = fault_log_count (log) + 1 + campaign_world_roll (self, MAX (n_requests, 1));
  guint range = campaign_world_roll (self, 3);
  guint last = range == 0 ? first : range == 1 ? first + 1 : G_MAXUINT;
  FaultStep step = row->step;

  campaign_world_clear_faults (self);
  /* In turns: an even number of seeds of a row has both. */
  if (row->flags & CAMPAIGN_ROW_EITHER)
    step.unexecuted = (self->seed + self->n_faults++) % 2;
  fault_script_set (script, first, last, &step);
  if (self->wire != NULL)
    campaign_wire_set_failure (self->wire, first, last, row->kind, row->cause);
  if (row->flags & CAMPAIGN_ROW_DEAF)
    set_listening (self, FALSE);
  campaign_keyring_set_trouble (self->keyring, row->trouble);
}

/* A proxy that never leads anywhere, whatever else it does. */
static void
refuse_tunnels (FaultServer *proxy)
{
  FaultScript *script = fault_server_get_script (proxy);
  FaultStep step;

  fault_step_parse (&step, "answer reply=http-502 unexecuted", NULL);
  fault_script_clear (script);
  fault_script_set (script, 1, G_MAXUINT, &step);
}

/* From here on nothing happens any more. */
void
campaign_world_clear_faults (CampaignWorld *self)
{
  fault_script_clear (self->script);
  if (self->proxy != NULL)
    refuse_tunnels (self->proxy);
  if (self->wire != NULL)
    campaign_wire_set_failure (self->wire, 0, 0, self->row->kind, PURGE_CAUSE_NONE);
  set_listening (self, TRUE);
  campaign_keyring_set_trouble (self->keyring, 0);
}

/* The second client of the account purges these, or one of its own, through whichever API. */
void
campaign_world_let_colleague (CampaignWorld      *self,
                              const char * const *urls)
{
  const char *others[] = { "https://www.example.com/colleague/", NULL };
  FaultApi api = campaign_world_roll (self, 2) == 0 ? FAULT_API_2_0 : FAULT_API_3_0;
  g_autoptr (FaultRequest) request =
    fault_request_new_purge (api, urls != NULL ? urls : others, g_rand_int (self->dice),
                             fault_mind_get_time (self->mind));
  g_auto (FaultVerdict) verdict = { 0 };
  guint number = fault_log_begin (self->colleague);

  fault_mind_judge (self->mind, request, G_MAXUINT, &verdict);
  fault_log_read (self->colleague, number, request);
  fault_log_judge (self->colleague, number, &verdict);
  self->n_colleague += urls != NULL;
}
