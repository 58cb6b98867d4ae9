/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* fault-server: the fault server as a program, for tests whose client is another process. */

#include "fault-server.h"

#include <glib-unix.h>
#include <stdio.h>
#include <string.h>

#include "fault-json.h"

static char *script_path;
static char *certificate;
static char *key;
static char *log_path;
static char *other;
static gint64 quota = 1000000;
static gint64 clock_offset;
static gint64 running;

static const GOptionEntry entries[] = {
  { "script", 0, 0, G_OPTION_ARG_FILENAME, &script_path, "What happens to which request", "FILE" },
  { "log", 0, 0, G_OPTION_ARG_FILENAME, &log_path, "Append the execution log to FILE", "FILE" },
  { "certificate", 0, 0, G_OPTION_ARG_FILENAME, &certificate, "Speak TLS with this", "FILE" },
  { "key", 0, 0, G_OPTION_ARG_FILENAME, &key, "The key of the certificate", "FILE" },
  { "other", 0, 0, G_OPTION_ARG_STRING, &other, "Where redirects lead", "URL" },
  { "quota", 0, 0, G_OPTION_ARG_INT64, &quota, "Directories a day", "N" },
  { "clock-offset", 0, 0, G_OPTION_ARG_INT64, &clock_offset, "How far the clock is ahead", "S" },
  { "running", 0, 0, G_OPTION_ARG_INT64, &running, "For how long a purge is under way", "S" },
  { NULL }
};

/* In the threads of the server: one line at a time. */
static void
on_event (const char       *event,
          const FaultEntry *entry,
          gpointer          user_data)
{
  g_autofree char *line =
    g_strdup_printf ("{\"event\":\"%s\",\"request\":%u,\"bytes\":%" G_GSIZE_FORMAT ",\"length\":%"
                     G_GSIZE_FORMAT ",\"executions\":%u}\n", event, entry->number, entry->n_bytes,
                     entry->length, entry->n_executions);

  fputs (line, stdout);
  fflush (stdout);
}

static void
say (const char *event,
     const char *text)
{
  g_autofree char *quoted = fault_json_quote (text);
  g_autofree char *line = g_strdup_printf ("{\"event\":\"%s\",\"text\":%s}\n", event, quoted);

  fputs (line, stdout);
  fflush (stdout);
}

/* A line of the script, or one of the words that are none. */
static void
obey (FaultServer *server,
      const char  *line)
{
  g_autoptr (GError) error = NULL;

  if (g_str_equal (line, "go"))
    fault_server_go_on (server);
  else if (g_str_equal (line, "clear"))
    fault_script_clear (fault_server_get_script (server));
  else if (g_str_equal (line, "deaf"))
    fault_server_set_listening (server, FALSE);
  else if (g_str_equal (line, "listen"))
    fault_server_set_listening (server, TRUE);
  else if (!fault_script_add (fault_server_get_script (server), line, &error))
    {
      say ("refused", error->message);
      return;
    }

  say ("taken", line);
}

static gboolean
on_input_cb (GIOChannel   *channel,
             GIOCondition  condition,
             gpointer      user_data)
{
  g_autofree char *line = NULL;

  if (g_io_channel_read_line (channel, &line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL)
    return G_SOURCE_REMOVE;

  obey (user_data, g_strstrip (line));
  return G_SOURCE_CONTINUE;
}

static gboolean
on_signal_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
load_script (FaultServer  *server,
             GError      **error)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (script_path == NULL)
    return TRUE;
  if (!g_file_get_contents (script_path, &text, NULL, error))
    return FALSE;

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (!fault_script_add (fault_server_get_script (server), lines[i], error))
      return FALSE;

  return TRUE;
}

static FaultServer *
start (GError **error)
{
  FaultServerOptions options = {
    .mind = { .quota = quota, .clock_offset_s = clock_offset, .running_s = running },
    .certificate = certificate, .key = key, .log = log_path, .other = other,
  };
  g_autoptr (FaultServer) server = fault_server_new (&options, error);

  if (server == NULL || !load_script (server, error))
    return NULL;

  return g_steal_pointer (&server);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (STDIN_FILENO);
  g_autoptr (FaultServer) server = NULL;
  g_autoptr (GError) error = NULL;

  g_option_context_set_summary (context, "The first line is the base URL; then comes one JSON line "
                                "an event. Lines of standard input are those of a script, or: "
                                "go, clear, deaf, listen.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || (server = start (&error)) == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }

  g_print ("%s\n", fault_server_get_base_url (server));
  fflush (stdout);
  fault_log_set_observer (fault_server_get_log (server), on_event, NULL);
  g_io_add_watch (input, G_IO_IN | G_IO_HUP, on_input_cb, server);
  g_unix_signal_add (SIGTERM, on_signal_cb, loop);
  g_unix_signal_add (SIGINT, on_signal_cb, loop);
  g_main_loop_run (loop);

  return 0;
}
