/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The program cdn-purge-simulator: its options, its life and its end. */

#define G_LOG_DOMAIN "cdn-purge-simulator"

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "purge-place.h"
#include "purge-simulator.h"

#define WRONG_USAGE 2

typedef struct {
  int       port;
  int       latency;
  char     *tls_certificate;
  char     *tls_key;
  gboolean  require_https;
  char     *secret_id;
  gboolean  with_token;
  int       quota;
  int       batch;
  char     *area;
  GStrv     hosts;
  int       clock_window;
  int       task_time;
  char     *fail;
  char     *log;
} Arguments;

static void
arguments_clear (Arguments *self)
{
  g_free (self->tls_certificate);
  g_free (self->tls_key);
  g_free (self->secret_id);
  g_free (self->area);
  g_strfreev (self->hosts);
  g_free (self->fail);
  g_free (self->log);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

static gboolean
refuse (GError     **error,
        const char  *sentence)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, sentence);
  return FALSE;
}

static GOptionContext *
make_context (Arguments *arguments)
{
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &arguments->port,
      N_("Port to listen on; 0, the default, takes any that is free"), N_("N") },
    { "latency", 0, 0, G_OPTION_ARG_INT, &arguments->latency,
      /* Translators: MS are milliseconds, S seconds, N is a number */
      N_("How long every answer waits"), N_("MS") },
    { "tls-certificate", 0, 0, G_OPTION_ARG_FILENAME, &arguments->tls_certificate,
      N_("Speak TLS with this certificate"), N_("FILE") },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &arguments->tls_key,
      N_("The key of the certificate"), N_("FILE") },
    { "require-https", 0, 0, G_OPTION_ARG_NONE, &arguments->require_https,
      N_("Refuse plain http, as the real API does"), NULL },
    { "secret-id", 0, 0, G_OPTION_ARG_STRING, &arguments->secret_id,
      N_("The SecretId to know; its SecretKey is read from standard input"), N_("ID") },
    { "token", 0, 0, G_OPTION_ARG_NONE, &arguments->with_token,
      N_("Demand a token, which is read from standard input as well"), NULL },
    { "quota", 0, 0, G_OPTION_ARG_INT, &arguments->quota,
      N_("Directories a day, in each area (100)"), N_("N") },
    { "batch", 0, 0, G_OPTION_ARG_INT, &arguments->batch,
      N_("Directories a request (20 in API 2.0, 500 in API 3.0)"), N_("N") },
    { "area", 0, 0, G_OPTION_ARG_STRING, &arguments->area,
      N_("Where the hosts are deployed: mainland, overseas or global"), N_("NAME") },
    { "host", 0, 0, G_OPTION_ARG_STRING_ARRAY, &arguments->hosts,
      N_("A host to know; may be given again (all but those under .invalid)"), N_("NAME") },
    { "clock-window", 0, 0, G_OPTION_ARG_INT, &arguments->clock_window,
      N_("How far a timestamp may be off (300)"), N_("S") },
    { "task-time", 0, 0, G_OPTION_ARG_INT, &arguments->task_time,
      N_("How long a purge is under way before it is done"), N_("MS") },
    { "fail", 0, 0, G_OPTION_ARG_STRING, &arguments->fail,
      /* Translators: CODE is a code of the vendor’s, N the number of a request */
      N_("Answer a documented error to every request, or to the Nth"), N_("CODE[@N]") },
    { "log", 0, 0, G_OPTION_ARG_FILENAME, &arguments->log,
      N_("Append one line of JSON a request to this file"), N_("FILE") },
    { NULL },
  };
  GOptionContext *context = g_option_context_new (NULL);
  g_autofree char *practice =
    /* Translators: %s are two words without a meaning. */
    g_strdup_printf (_("Without --secret-id it knows one pair, which opens nothing anywhere else:\n"
                       "  SecretId   %s\n"
                       "  SecretKey  %s\n"
                       "The first line on standard output is the address to call: API 2.0 is at\n"
                       "/v2/index.php there, API 3.0 at /. Both spend the same quota. An error that\n"
                       "only one of them documents leaves the other as it is: with --fail=4100 API 2.0\n"
                       "refuses as where it is retired, and API 3.0 works."),
                     PURGE_SIMULATOR_PRACTICE_ID, PURGE_SIMULATOR_PRACTICE_KEY);

  g_option_context_set_summary (context, _("Answers as the Tencent Cloud CDN API would, on this "
                                           "computer, and purges nothing."));
  g_option_context_set_description (context, practice);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);

  return context;
}

static gboolean
check_numbers (const Arguments  *arguments,
               GError          **error)
{
  if (arguments->port < 0 || arguments->port > G_MAXUINT16)
    return refuse (error, _("A port is a number from 0 to 65535"));
  if (arguments->latency < 0 || arguments->task_time < 0)
    return refuse (error, _("A time cannot be negative"));
  if (arguments->quota < 0 || arguments->batch < 0 || arguments->clock_window < 0)
    return refuse (error, _("A limit cannot be negative"));

  return TRUE;
}

/* "9110@3" is 9110 and the third request. */
static gboolean
split_fail (Arguments              *arguments,
            PurgeSimulatorOptions  *options,
            GError                **error)
{
  char *at = arguments->fail != NULL ? strchr (arguments->fail, '@') : NULL;
  guint64 nth;

  options->fail_code = arguments->fail;
  if (at == NULL)
    return TRUE;

  if (!g_ascii_string_to_unsigned (at + 1, 10, 1, G_MAXUINT, &nth, NULL))
    return refuse (error, _("What follows “@” must be a number, 1 for the first request"));

  *at = '\0';
  options->fail_nth = (guint) nth;
  return TRUE;
}

/* A line of standard input, for what must not stand among the arguments. */
static gboolean
read_line (char       **line,
           const char  *missing,
           GError     **error)
{
  gsize size = 0;

  if (getline (line, &size, stdin) < 0)
    return refuse (error, missing);

  g_strchomp (*line);
  return **line != '\0' || refuse (error, missing);
}

static gboolean
on_signal_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
serve (const PurgeSimulatorOptions  *options,
       GError                      **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (PurgeSimulator) simulator = purge_simulator_new (options, error);

  if (simulator == NULL)
    return FALSE;

  g_unix_signal_add (SIGTERM, on_signal_cb, loop);
  g_unix_signal_add (SIGINT, on_signal_cb, loop);
  g_print ("%s\n", purge_simulator_get_base_url (simulator));
  fflush (stdout);

  g_main_loop_run (loop);
  return TRUE;
}

static gboolean
start (Arguments  *arguments,
       GError    **error)
{
  g_autofree char *secret_key = NULL;
  g_autofree char *token = NULL;
  PurgeSimulatorOptions options = { 0 };

  if (!check_numbers (arguments, error) || !split_fail (arguments, &options, error))
    return FALSE;
  if (arguments->secret_id != NULL
      && !read_line (&secret_key, _("There is no SecretKey on standard input"), error))
    return FALSE;
  if (arguments->with_token
      && !read_line (&token, _("There is no token on standard input"), error))
    return FALSE;

  options.port = (guint16) arguments->port;
  options.latency_ms = (guint) arguments->latency;
  options.tls_certificate = arguments->tls_certificate;
  options.tls_key = arguments->tls_key;
  options.require_https = arguments->require_https;
  options.secret_id = arguments->secret_id;
  options.secret_key = secret_key;
  options.token = token;
  options.quota = (guint) arguments->quota;
  options.batch = (guint) arguments->batch;
  options.hosts = (const char * const *) arguments->hosts;
  options.clock_window = (guint) arguments->clock_window;
  options.log = arguments->log;
  options.area = arguments->area;
  options.task_time_ms = (guint) arguments->task_time;

  return serve (&options, error);
}

static gboolean
run (int      argc,
     char    *argv[],
     GError **error)
{
  g_auto (Arguments) arguments = { 0 };
  g_autoptr (GOptionContext) context = make_context (&arguments);

  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;

  if (argc > 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                   _("Nothing can be given but options, and “%s” is none"), argv[1]);
      return FALSE;
    }

  return start (&arguments, error);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;

  purge_place_set_language ();

  if (run (argc, argv, &error))
    return EXIT_SUCCESS;

  g_printerr ("cdn-purge-simulator: %s\n", error->message);
  return error->domain == G_OPTION_ERROR
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT)
           ? WRONG_USAGE : EXIT_FAILURE;
}
