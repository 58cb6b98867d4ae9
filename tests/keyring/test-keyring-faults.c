/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The system's keyring where the service is missing or misbehaves. To be run in a session without a
 * keyring, as tests/fixtures/with-session makes it; starts fake services of its own. */

#define G_LOG_DOMAIN "test-keyring-faults"

#include <locale.h>
#include <string.h>

#include "keyring-sync.h"
#include "purge-error.h"
#include "purge-secret-keyring.h"

#define ACCOUNT "2f0a6f5e-0a58-4f39-9a6e-3f1f0c8f7a11"
#define KEY "the-secret-key-of-the-shop"
#define HASTE_MS 1000
#define PATIENCE_MS 20000

typedef enum {
  CHECK,
  LOAD,
  STORE,
  FORGET,
} Work;

typedef struct
{
  const char *name;
  const char *service;  /* options of the fake; NULL: there is none */
  Work        work;
  int         code;     /* of the error; -1: none, -2: cancelled */
  const char *words;
  gboolean    stumbles; /* libsecret then ends a task of its own wrongly, and never calls back */
} Fault;

#define NO_SERVICE PURGE_ERROR_KEYRING_UNAVAILABLE, "Install gnome-keyring or KWallet"
#define REFUSED PURGE_ERROR_KEYRING_FAILED, "refused: “No space left on device”"
#define SILENT PURGE_ERROR_KEYRING_TIMEOUT, "did not answer in time"
#define SILENT_STORE PURGE_ERROR_KEYRING_TIMEOUT, "whether it keeps the key"
#define STILL_LOCKED PURGE_ERROR_KEYRING_LOCKED, "still locked"
#define GOOD -1, NULL
#define CANCELLED -2, NULL

/* Where the work is to load or to forget, the service is given a key first. */
static const Fault faults[] = {
  { "absent/check", NULL, CHECK, NO_SERVICE },
  { "absent/load", NULL, LOAD, NO_SERVICE },
  { "absent/store", NULL, STORE, NO_SERVICE },
  { "absent/forget", NULL, FORGET, NO_SERVICE },

  { "well/load", "--slow=1", LOAD, GOOD },
  { "well/store", "--slow=1", STORE, GOOD },
  { "well/forget", "--slow=1", FORGET, GOOD },

  { "fails/search", "--fails=SearchItems", CHECK, REFUSED },
  { "fails/session", "--fails=OpenSession", STORE, REFUSED },
  { "fails/default", "--fails=ReadAlias", STORE, REFUSED },
  { "fails/create", "--fails=CreateItem", STORE, REFUSED },
  { "fails/read", "--fails=GetSecret", LOAD, REFUSED },
  { "fails/delete", "--fails=Delete", FORGET, REFUSED },
  { "fails/unlock", "--locked --fails=Unlock", STORE, REFUSED },
  { "fails/prompt", "--locked --fails=Prompt", STORE, REFUSED },

  { "silent/all", "--silent", LOAD, SILENT },
  { "silent/search", "--silent=SearchItems", CHECK, SILENT },
  { "silent/session", "--silent=OpenSession", STORE, SILENT_STORE },
  { "silent/default", "--silent=ReadAlias", STORE, SILENT },
  { "silent/create", "--silent=CreateItem", STORE, SILENT_STORE },
  { "silent/read", "--silent=GetSecret", LOAD, SILENT },
  { "silent/delete", "--silent=Delete", FORGET, SILENT },
  { "silent/unlock", "--locked --silent=Unlock", STORE, CANCELLED },

  { "dies/search", "--dies=SearchItems", LOAD, NO_SERVICE },
  { "dies/create", "--dies=CreateItem", STORE, NO_SERVICE },
  { "dies/read", "--dies=GetSecret", LOAD, NO_SERVICE },
  { "dies/delete", "--dies=Delete", FORGET, NO_SERVICE },
  { "dies/unlock", "--locked --dies=Unlock", STORE, NO_SERVICE },
  { "dies/prompt", "--locked --dies=Prompt", STORE, NO_SERVICE, TRUE },

  { "locked/agreed", "--locked --prompt=unlock", STORE, GOOD },
  { "locked/dismissed", "--locked --prompt=dismiss", STORE, STILL_LOCKED },
  { "locked/left-alone", "--locked --prompt=hang", STORE, CANCELLED },
};

static GSubprocess *
start_service (const char *options)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "fixtures",
                                                    "fake-secret-service", NULL);
  g_auto (GStrv) arguments = g_strsplit (options, " ", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;
  char ready[16] = "";
  GSubprocess *service;

  g_strv_builder_add (builder, program);
  g_strv_builder_addv (builder, (const char **) arguments);
  argv = g_strv_builder_end (builder);
  service = g_subprocess_newv ((const char *const *) argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);

  g_input_stream_read (g_subprocess_get_stdout_pipe (service), ready, sizeof ready - 1, NULL,
                       &error);
  g_assert_no_error (error);
  g_assert_cmpstr (ready, ==, "ready\n");
  return service;
}

static void
end_service (GSubprocess *service)
{
  g_subprocess_force_exit (service);
  g_subprocess_wait (service, NULL, NULL);
  g_object_unref (service);
}

static gboolean
on_heartbeat_cb (gpointer user_data)
{
  (*(guint *) user_data)++;
  return G_SOURCE_CONTINUE;
}

static void
on_waiting_cb (PurgeKeyring *keyring,
               GParamSpec   *pspec,
               GCancellable *cancellable)
{
  if (purge_keyring_get_waiting (keyring))
    g_cancellable_cancel (cancellable);
}

static void
do_work (PurgeKeyring  *keyring,
         Work           work,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autoptr (PurgeCredentials) credentials = credentials_make ("AKIDshop", KEY, NULL);
  g_autoptr (PurgeCredentials) loaded = NULL;
  PurgeKeyState state;

  switch (work)
    {
    case CHECK:
      keyring_sync_check (keyring, ACCOUNT, &state, error);
      break;
    case LOAD:
      loaded = keyring_sync_load (keyring, ACCOUNT, cancellable, error);
      break;
    case STORE:
      keyring_sync_store (keyring, ACCOUNT, credentials, cancellable, error);
      break;
    case FORGET:
      keyring_sync_forget (keyring, ACCOUNT, cancellable, error);
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
needs_key (const Fault *fault)
{
  return (fault->work == LOAD || fault->work == FORGET) && fault->service != NULL
         && !g_str_equal (fault->service, "--silent") && strstr (fault->service, "Search") == NULL;
}

static gboolean
is_fatal (const char     *domain,
          GLogLevelFlags  level,
          const char     *message,
          gpointer        user_data)
{
  /* GLib 2.80 also says what comes of the first. */
  return g_strcmp0 (domain, "GLib-GIO") != 0 ||
         (strstr (message, "error != NULL") == NULL &&
          strstr (message, "secret_service_real_prompt_async") == NULL);
}

static void
run_fault (const Fault *fault)
{
  gboolean is_silent = fault->code == PURGE_ERROR_KEYRING_TIMEOUT;
  PurgeKeyring *keyring;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GSubprocess *service = fault->service != NULL ? start_service (fault->service) : NULL;
  guint n_beats = 0;
  guint heart;

  keyring = g_object_new (PURGE_TYPE_SECRET_KEYRING,
                          "deadline-ms", is_silent ? HASTE_MS : PATIENCE_MS, NULL);
  if (needs_key (fault))
    keyring_stores (keyring, ACCOUNT, KEY, NULL);
  if (fault->code == -2)
    g_signal_connect (keyring, "notify::waiting", G_CALLBACK (on_waiting_cb), cancellable);

  heart = g_timeout_add (10, on_heartbeat_cb, &n_beats);
  do_work (keyring, fault->work, cancellable, &error);
  g_source_remove (heart);

  if (fault->code == -1)
    g_assert_no_error (error);
  else if (fault->code == -2)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  else
    {
      g_assert_error (error, PURGE_ERROR, fault->code);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, fault->words));
    }
  /* The main loop ran all the time in which the keyring did not answer. */
  g_assert_true (!is_silent || n_beats > 0);
  g_assert_false (purge_keyring_get_waiting (keyring));

  /* A question that is left open holds the keyring until it is answered. */
  if (fault->code == -2)
    g_object_unref (keyring);
  else
    g_assert_finalize_object (keyring);
  g_clear_pointer (&service, end_service);
}

static void
test_fault (gconstpointer data)
{
  const Fault *fault = data;

  if (fault->stumbles && !g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }

  if (fault->stumbles)
    g_test_log_set_fatal_handler (is_fatal, NULL);
  run_fault (fault);
}

/* Faults are of one moment: the next service is used as if nothing had been. */
static void
test_recovers (void)
{
  g_autoptr (PurgeKeyring) keyring = purge_secret_keyring_new ();
  GSubprocess *service = start_service ("--dies=GetSecret");

  keyring_stores (keyring, ACCOUNT, KEY, NULL);
  keyring_cannot_load (keyring, ACCOUNT, NO_SERVICE);
  end_service (service);

  service = start_service ("--slow=1");
  keyring_says (keyring, ACCOUNT, PURGE_KEY_ABSENT);
  keyring_stores (keyring, ACCOUNT, KEY, NULL);
  keyring_loads (keyring, ACCOUNT, KEY, NULL);
  end_service (service);
}

static void
test_without_bus (void)
{
  g_autofree char *address = NULL;

  if (g_test_subprocess ())
    {
      g_autoptr (PurgeKeyring) keyring = purge_secret_keyring_new ();

      keyring_cannot_load (keyring, ACCOUNT, PURGE_ERROR_KEYRING_UNAVAILABLE,
                           "There is no desktop session here");
      return;
    }

  address = g_strdup (g_getenv ("DBUS_SESSION_BUS_ADDRESS"));
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
  g_test_trap_assert_passed ();
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strconcat ("/keyring-faults/", faults[i].name, NULL);

      g_test_add_data_func (path, &faults[i], test_fault);
    }
  g_test_add_func ("/keyring-faults/recovers", test_recovers);
  g_test_add_func ("/keyring-faults/without-bus", test_without_bus);

  return g_test_run ();
}
