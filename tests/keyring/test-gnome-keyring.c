/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The system's keyring with a real gnome-keyring whose prompts a mock answers. To be run in the
 * session that tests/fixtures/with-session --keyring=PASSWORD makes. */

#define G_LOG_DOMAIN "test-gnome-keyring"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "config.h"
#include "keyring-sync.h"
#include "purge-error.h"
#include "purge-secret-keyring.h"
#include "secret-service.h"

#define PASSWORD "pw"
#define ACCOUNT "2f0a6f5e-0a58-4f39-9a6e-3f1f0c8f7a11"
#define OTHER "8d7b1c9c-5f0e-4f7b-8a44-0c6d3a2b9e22"
#define KEY "the-secret-key-of-the-shop"
#define NEW_KEY "the-next-key-of-the-shop"
#define DEADLINE_MS 1000

typedef struct
{
  PurgeKeyring    *keyring;
  GDBusConnection *bus;
} Fixture;

static PurgeKeyring *
keyring_new (guint deadline_ms)
{
  return g_object_new (PURGE_TYPE_SECRET_KEYRING, "deadline-ms", deadline_ms, NULL);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  f->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  f->keyring = keyring_new (10000);
  keyring_stores (f->keyring, ACCOUNT, KEY, NULL);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  if (secret_service_is_locked (f->bus))
    secret_service_prompter_answers ("password=" PASSWORD);
  keyring_forgets (f->keyring, ACCOUNT);
  g_assert_finalize_object (f->keyring);
  g_object_unref (f->bus);
}

static void
test_keeps (Fixture       *f,
            gconstpointer  data)
{
  keyring_says (f->keyring, ACCOUNT, PURGE_KEY_PRESENT);
  keyring_stores (f->keyring, OTHER, "another-key", "and-its-token");
  keyring_loads (f->keyring, ACCOUNT, KEY, NULL);
  keyring_loads (f->keyring, OTHER, "another-key", "and-its-token");

  keyring_stores (f->keyring, ACCOUNT, NEW_KEY, NULL);
  keyring_loads (f->keyring, ACCOUNT, NEW_KEY, NULL);
  g_assert_cmpuint (secret_service_count_items (f->bus, ACCOUNT), ==, 1);

  keyring_forgets (f->keyring, OTHER);
  keyring_forgets (f->keyring, ACCOUNT);
  keyring_says (f->keyring, ACCOUNT, PURGE_KEY_ABSENT);
  keyring_cannot_load (f->keyring, ACCOUNT, PURGE_ERROR_NO_KEY, "no key for this account");
}

static void
test_tells_strangers_nothing (Fixture       *f,
                              gconstpointer  data)
{
  g_autofree char *properties = secret_service_print_item (f->bus, ACCOUNT);

  g_test_message ("%s", properties);
  g_assert_nonnull (strstr (properties, "'Label': <'CDN Purge: Shop'>"));
  g_assert_nonnull (strstr (properties, "'account': '" ACCOUNT "'"));
  g_assert_nonnull (strstr (properties, "'application': '" APP_ID "'"));
  g_assert_nonnull (strstr (properties, "'version': '1'"));
  g_assert_nonnull (strstr (properties, "'xdg:schema': '" APP_ID ".Account'"));
  g_assert_null (strstr (properties, "AKID"));
  g_assert_null (strstr (properties, "secret-key"));
}

typedef struct
{
  const char *answers;
  int         code;  /* of the error, or -1 */
} Locked;

static const Locked answered = { "password=" PASSWORD, -1 };
static const Locked answered_late = { "password=wrong\npassword=" PASSWORD, -1 };
static const Locked dismissed = { "cancel", PURGE_ERROR_KEYRING_LOCKED };

/* Notes that the person was waited for. */
static void
on_waiting_cb (PurgeKeyring *keyring,
               GParamSpec   *pspec,
               guint        *n_waits)
{
  if (purge_keyring_get_waiting (keyring))
    (*n_waits)++;
}

static void
test_load_locked (Fixture       *f,
                  gconstpointer  data)
{
  const Locked *locked = data;
  guint n_waits = 0;
  gulong handler = g_signal_connect (f->keyring, "notify::waiting", G_CALLBACK (on_waiting_cb),
                                     &n_waits);

  secret_service_lock (f->bus);
  keyring_says (f->keyring, ACCOUNT, PURGE_KEY_LOCKED);
  g_assert_cmpuint (n_waits, ==, 0);

  secret_service_prompter_answers (locked->answers);
  if (locked->code < 0)
    keyring_loads (f->keyring, ACCOUNT, KEY, NULL);
  else
    {
      keyring_cannot_load (f->keyring, ACCOUNT, locked->code, "still locked");
      keyring_says (f->keyring, ACCOUNT, PURGE_KEY_LOCKED);
    }

  g_assert_cmpuint (n_waits, ==, 1);
  g_assert_false (purge_keyring_get_waiting (f->keyring));
  g_signal_handler_disconnect (f->keyring, handler);
}

static void
test_store_locked (Fixture       *f,
                   gconstpointer  data)
{
  const Locked *locked = data;
  g_autoptr (PurgeCredentials) credentials = credentials_make ("AKIDshop", NEW_KEY, NULL);
  g_autoptr (GError) error = NULL;

  secret_service_lock (f->bus);
  secret_service_prompter_answers (locked->answers);
  keyring_sync_store (f->keyring, ACCOUNT, credentials, NULL, &error);
  if (locked->code < 0)
    g_assert_no_error (error);
  else
    {
      g_assert_error (error, PURGE_ERROR, locked->code);
      secret_service_prompter_answers ("password=" PASSWORD);
    }

  keyring_loads (f->keyring, ACCOUNT, locked->code < 0 ? NEW_KEY : KEY, NULL);
}

static void
test_forget_locked (Fixture       *f,
                    gconstpointer  data)
{
  const Locked *locked = data;
  g_autoptr (GError) error = NULL;

  secret_service_lock (f->bus);
  secret_service_prompter_answers (locked->answers);
  keyring_sync_forget (f->keyring, ACCOUNT, NULL, &error);
  if (locked->code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, PURGE_ERROR, locked->code);
  keyring_says (f->keyring, ACCOUNT, locked->code < 0 ? PURGE_KEY_ABSENT : PURGE_KEY_LOCKED);
}

static void
on_waiting_cancel_cb (PurgeKeyring *keyring,
                      GParamSpec   *pspec,
                      GCancellable *cancellable)
{
  if (purge_keyring_get_waiting (keyring))
    secret_service_cancel_at_prompt (cancellable);
}

/* A load that a person gives up while the keyring's own prompt is on the screen. */
static void
give_up_at_prompt (Fixture    *f,
                   const char *answers)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gulong handler;

  secret_service_lock (f->bus);
  secret_service_prompter_answers (answers);
  handler = g_signal_connect (f->keyring, "notify::waiting", G_CALLBACK (on_waiting_cancel_cb),
                              cancellable);
  g_assert_null (keyring_sync_load (f->keyring, ACCOUNT, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (purge_keyring_get_waiting (f->keyring));
  g_assert_true (secret_service_is_locked (f->bus));
  g_signal_handler_disconnect (f->keyring, handler);
}

static void
test_late_answer_is_used (Fixture       *f,
                          gconstpointer  data)
{
  give_up_at_prompt (f, "delay=1500\npassword=" PASSWORD);

  secret_service_wait_for_unlock (f->bus);
  keyring_loads (f->keyring, ACCOUNT, KEY, NULL);
  secret_service_prompter_answers ("delay=50");
}

static void
test_open_question_is_joined (Fixture       *f,
                              gconstpointer  data)
{
  give_up_at_prompt (f, "delay=1500\npassword=" PASSWORD);

  /* There is one answer: a second prompt would be dismissed. */
  keyring_loads (f->keyring, ACCOUNT, KEY, NULL);
  secret_service_prompter_answers ("delay=50");
}

/* As after a login without a password: the daemon reads the file of a keyring that is locked, and
 * knows of its items but hashes. */
static void
test_locked_since_login (Fixture       *f,
                         gconstpointer  data)
{
  secret_service_end (f->bus);
  secret_service_start (f->bus, NULL);
  keyring_says (f->keyring, ACCOUNT, PURGE_KEY_LOCKED);

  secret_service_prompter_answers ("cancel");
  keyring_cannot_load (f->keyring, ACCOUNT, PURGE_ERROR_KEYRING_LOCKED, "still locked");
  secret_service_prompter_answers ("password=" PASSWORD);
  keyring_loads (f->keyring, ACCOUNT, KEY, NULL);
}

static void
test_stores_where_locked_since_login (Fixture       *f,
                                      gconstpointer  data)
{
  secret_service_end (f->bus);
  secret_service_start (f->bus, NULL);
  secret_service_prompter_answers ("password=" PASSWORD);
  keyring_stores (f->keyring, ACCOUNT, NEW_KEY, NULL);

  keyring_loads (f->keyring, ACCOUNT, NEW_KEY, NULL);
  g_assert_cmpuint (secret_service_count_items (f->bus, ACCOUNT), ==, 1);
}

static void
test_forgets_where_locked_since_login (Fixture       *f,
                                       gconstpointer  data)
{
  secret_service_end (f->bus);
  secret_service_start (f->bus, NULL);
  secret_service_prompter_answers ("password=" PASSWORD);
  keyring_forgets (f->keyring, ACCOUNT);

  g_assert_cmpuint (secret_service_count_items (f->bus, ACCOUNT), ==, 0);
  keyring_says (f->keyring, ACCOUNT, PURGE_KEY_ABSENT);
}

static gboolean
on_heartbeat_cb (gpointer user_data)
{
  (*(guint *) user_data)++;
  return G_SOURCE_CONTINUE;
}

static void
test_frozen (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr (PurgeKeyring) hasty = keyring_new (DEADLINE_MS);
  guint n_beats = 0;
  guint heart = g_timeout_add (20, on_heartbeat_cb, &n_beats);

  secret_service_signal (SIGSTOP);
  keyring_cannot_load (hasty, ACCOUNT, PURGE_ERROR_KEYRING_TIMEOUT, "did not answer in time");
  g_assert_cmpuint (n_beats, >, 0);
  g_source_remove (heart);

  secret_service_signal (SIGCONT);
  keyring_loads (f->keyring, ACCOUNT, KEY, NULL);
}

/* In whatever thread writes to the bus: stops the daemon before it can see that it is to store. */
static GDBusMessage *
freeze_at_store (GDBusConnection *bus,
                 GDBusMessage    *message,
                 gboolean         incoming,
                 gpointer         user_data)
{
  if (!incoming && g_strcmp0 (g_dbus_message_get_member (message), "CreateItem") == 0)
    secret_service_signal (SIGSTOP);

  return message;
}

static gboolean
on_thaw_cb (gpointer user_data)
{
  secret_service_signal (SIGCONT);
  return G_SOURCE_REMOVE;
}

/* The daemon answers a store too late; @data says whether it does within the time that reading back
 * is allowed. */
static void
test_late_store (Fixture       *f,
                 gconstpointer  data)
{
  gboolean recovers = GPOINTER_TO_INT (data);
  g_autoptr (PurgeKeyring) hasty = keyring_new (DEADLINE_MS);
  g_autoptr (PurgeCredentials) credentials = credentials_make ("AKIDshop", NEW_KEY, NULL);
  g_autoptr (GError) error = NULL;
  guint filter = g_dbus_connection_add_filter (f->bus, freeze_at_store, NULL, NULL);

  if (recovers)
    g_timeout_add (DEADLINE_MS * 3 / 2, on_thaw_cb, NULL);
  keyring_sync_store (hasty, ACCOUNT, credentials, NULL, &error);
  g_dbus_connection_remove_filter (f->bus, filter);

  if (recovers)
    g_assert_no_error (error);
  else
    {
      g_assert_error (error, PURGE_ERROR, PURGE_ERROR_KEYRING_TIMEOUT);
      g_assert_nonnull (strstr (error->message, "whether it keeps the key"));
      secret_service_signal (SIGCONT);
    }
  keyring_loads (f->keyring, ACCOUNT, NEW_KEY, NULL);
}

/* Once the keyring has the key, it is too late to cancel, and that is said truthfully. */
static void
test_store_cannot_be_cancelled_late (Fixture       *f,
                                     gconstpointer  data)
{
  g_autoptr (PurgeCredentials) credentials = credentials_make ("AKIDshop", NEW_KEY, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint filter = g_dbus_connection_add_filter (f->bus, secret_service_cancel_at_store, cancellable,
                                               NULL);

  keyring_sync_store (f->keyring, ACCOUNT, credentials, cancellable, &error);
  g_dbus_connection_remove_filter (f->bus, filter);
  g_assert_true (g_cancellable_is_cancelled (cancellable));
  g_assert_no_error (error);
  keyring_loads (f->keyring, ACCOUNT, NEW_KEY, NULL);
}

static void
test_foreign_item (Fixture       *f,
                   gconstpointer  data)
{
  const char *contents[] = { "", "AKIDshop", "AKIDshop\nkey\ntoken\nmore", "\xff\xfe\n\x01" };

  for (gsize i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      secret_service_create_item (f->bus, FALSE, ACCOUNT, contents[i]);
      keyring_cannot_load (f->keyring, ACCOUNT, PURGE_ERROR_KEYRING_FAILED, "not a key that this program");
      keyring_says (f->keyring, ACCOUNT, PURGE_KEY_PRESENT);
    }
}

/* There should be no two items of one account; a change of the default keyring can leave some. */
static void
test_newest_wins (Fixture       *f,
                  gconstpointer  data)
{
  /* Times of items are whole seconds. */
  g_usleep (G_USEC_PER_SEC * 11 / 10);
  secret_service_create_item (f->bus, TRUE, ACCOUNT, "AKIDshop\n" NEW_KEY);
  g_assert_cmpuint (secret_service_count_items (f->bus, ACCOUNT), ==, 2);
  keyring_loads (f->keyring, ACCOUNT, NEW_KEY, NULL);

  g_usleep (G_USEC_PER_SEC * 11 / 10);
  keyring_stores (f->keyring, ACCOUNT, KEY, NULL);
  keyring_loads (f->keyring, ACCOUNT, KEY, NULL);

  keyring_forgets (f->keyring, ACCOUNT);
  g_assert_cmpuint (secret_service_count_items (f->bus, ACCOUNT), ==, 0);
}

static void
test_killed_and_restarted (Fixture       *f,
                           gconstpointer  data)
{
  secret_service_end (f->bus);
  keyring_cannot_load (f->keyring, ACCOUNT, PURGE_ERROR_KEYRING_UNAVAILABLE, "Install gnome-keyring");

  secret_service_start (f->bus, PASSWORD);
  keyring_loads (f->keyring, ACCOUNT, KEY, NULL);

  secret_service_end (f->bus);
  secret_service_start (f->bus, PASSWORD);
  keyring_stores (f->keyring, ACCOUNT, NEW_KEY, NULL);
}

static void
test_never_set_up (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr (PurgeCredentials) credentials = credentials_make ("AKIDshop", KEY, NULL);
  g_autoptr (GError) error = NULL;

  secret_service_end (f->bus);
  secret_service_remove_keyrings ();
  secret_service_start (f->bus, NULL);
  keyring_cannot_load (f->keyring, ACCOUNT, PURGE_ERROR_NO_KEY, "no key");

  secret_service_prompter_answers ("cancel");
  keyring_sync_store (f->keyring, ACCOUNT, credentials, NULL, &error);
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_KEYRING_LOCKED);
  g_assert_nonnull (strstr (error->message, "no default keyring yet"));
  g_clear_error (&error);

  secret_service_prompter_answers ("password=" PASSWORD);
  keyring_sync_store (f->keyring, ACCOUNT, credentials, NULL, &error);
  g_assert_no_error (error);
  keyring_loads (f->keyring, ACCOUNT, KEY, NULL);
}

int
main (int   argc,
      char *argv[])
{
  const struct {
    const char    *path;
    gconstpointer  data;
    void         (*test) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/gnome-keyring/keeps", NULL, test_keeps },
    { "/gnome-keyring/tells-strangers-nothing", NULL, test_tells_strangers_nothing },
    { "/gnome-keyring/load-locked/answered", &answered, test_load_locked },
    { "/gnome-keyring/load-locked/wrong-then-right", &answered_late, test_load_locked },
    { "/gnome-keyring/load-locked/dismissed", &dismissed, test_load_locked },
    { "/gnome-keyring/store-locked/answered", &answered, test_store_locked },
    { "/gnome-keyring/store-locked/dismissed", &dismissed, test_store_locked },
    { "/gnome-keyring/forget-locked/answered", &answered, test_forget_locked },
    { "/gnome-keyring/forget-locked/dismissed", &dismissed, test_forget_locked },
    { "/gnome-keyring/locked-since-login/load", NULL, test_locked_since_login },
    { "/gnome-keyring/locked-since-login/store", NULL, test_stores_where_locked_since_login },
    { "/gnome-keyring/locked-since-login/forget", NULL, test_forgets_where_locked_since_login },
    { "/gnome-keyring/late-answer-is-used", NULL, test_late_answer_is_used },
    { "/gnome-keyring/open-question-is-joined", NULL, test_open_question_is_joined },
    { "/gnome-keyring/frozen", NULL, test_frozen },
    { "/gnome-keyring/late-store/in-time", GINT_TO_POINTER (TRUE), test_late_store },
    { "/gnome-keyring/late-store/never", GINT_TO_POINTER (FALSE), test_late_store },
    { "/gnome-keyring/late-cancel", NULL, test_store_cannot_be_cancelled_late },
    { "/gnome-keyring/foreign-item", NULL, test_foreign_item },
    { "/gnome-keyring/newest-wins", NULL, test_newest_wins },
    { "/gnome-keyring/killed-and-restarted", NULL, test_killed_and_restarted },
    { "/gnome-keyring/never-set-up", NULL, test_never_set_up },
  };

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, tests[i].data, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
