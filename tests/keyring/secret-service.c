/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#define G_LOG_DOMAIN "secret-service"

#include "secret-service.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "config.h"

#define NAME "org.freedesktop.secrets"
#define ROOT "/org/freedesktop/secrets"
#define SESSION ROOT "/collection/session"
#define DEADLINE_S 20

static GPid pid;
static char *prompter;

/* with-session has started the first daemon; its prompter serves later ones as well. */
static void
find_daemon (void)
{
  g_autofree char *path = NULL;
  g_autofree char *environ = NULL;
  gsize length;

  if (pid != 0)
    return;

  pid = g_ascii_strtoll (g_getenv ("GNOME_KEYRING_PID"), NULL, 10);
  path = g_strdup_printf ("/proc/%d/environ", pid);
  g_assert_true (g_file_get_contents (path, &environ, &length, NULL));
  for (const char *p = environ; p < environ + length; p += strlen (p) + 1)
    if (g_str_has_prefix (p, "GNOME_KEYRING_TEST_PROMPTER="))
      prompter = g_strdup (p);
  g_assert_nonnull (prompter);
}

static GVariant *
call (GDBusConnection *bus,
      const char      *path,
      const char      *interface,
      const char      *method,
      GVariant        *parameters)
{
  g_autoptr (GError) error = NULL;
  GVariant *answer = g_dbus_connection_call_sync (bus, NAME, path, interface, method, parameters,
                                                  NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START,
                                                  DEADLINE_S * 1000, NULL, &error);

  g_assert_no_error (error);
  return answer;
}

static gboolean
has_owner (GDBusConnection *bus)
{
  g_autoptr (GVariant) answer = NULL;
  gboolean owned;

  answer = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                        "org.freedesktop.DBus", "NameHasOwner",
                                        g_variant_new ("(s)", NAME), NULL, 0, -1, NULL, NULL);
  g_variant_get (answer, "(b)", &owned);
  return owned;
}

static void
wait_for_owner (GDBusConnection *bus,
                gboolean         owned)
{
  gint64 end = g_get_monotonic_time () + DEADLINE_S * G_USEC_PER_SEC;

  while (has_owner (bus) != owned)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_usleep (5000);
    }
}

/**
 * secret_service_start:
 * @bus: the session bus
 * @password: (nullable): unlocks the login keyring, or makes it
 *
 * Starts another daemon in the place of one that has ended.
 */
void
secret_service_start (GDBusConnection *bus,
                      const char      *password)
{
  char *argv[] = { "gnome-keyring-daemon", "--foreground", "--components=secrets",
                   password != NULL ? "--unlock" : NULL, NULL };
  g_auto (GStrv) environment = g_get_environ ();
  const char *strict[] = { "G_DEBUG", "G_SLICE", "MALLOC_CHECK_", "MALLOC_PERTURB_" };
  g_autoptr (GError) error = NULL;
  int input;

  find_daemon ();
  for (gsize i = 0; i < G_N_ELEMENTS (strict); i++)
    environment = g_environ_unsetenv (environment, strict[i]);
  environment = g_environ_setenv (environment, "GNOME_KEYRING_TEST_PROMPTER",
                                  strchr (prompter, '=') + 1, TRUE);

  g_spawn_async_with_pipes (NULL, argv, environment,
                            G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD
                            | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                            NULL, NULL, &pid, &input, NULL, NULL, &error);
  g_assert_no_error (error);
  if (password != NULL)
    g_assert_cmpint (write (input, password, strlen (password)), ==, strlen (password));
  close (input);
  wait_for_owner (bus, TRUE);
}

void
secret_service_end (GDBusConnection *bus)
{
  secret_service_signal (SIGKILL);
  wait_for_owner (bus, FALSE);
}

void
secret_service_signal (int number)
{
  find_daemon ();
  g_assert_cmpint (kill (pid, number), ==, 0);
}

void
secret_service_remove_keyrings (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "keyrings", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
}

static char *
find_default (GDBusConnection *bus)
{
  g_autoptr (GVariant) answer = NULL;
  char *path;

  answer = call (bus, ROOT, "org.freedesktop.Secret.Service", "ReadAlias",
                 g_variant_new ("(s)", "default"));
  g_variant_get (answer, "(o)", &path);
  return path;
}

void
secret_service_lock (GDBusConnection *bus)
{
  g_autofree char *path = find_default (bus);
  const char *paths[] = { path, NULL };
  g_autoptr (GVariant) answer = NULL;

  answer = call (bus, ROOT, "org.freedesktop.Secret.Service", "Lock",
                 g_variant_new ("(^ao)", paths));
  g_assert_true (secret_service_is_locked (bus));
}

gboolean
secret_service_is_locked (GDBusConnection *bus)
{
  g_autofree char *path = find_default (bus);
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GVariant) value = NULL;

  answer = call (bus, path, "org.freedesktop.DBus.Properties", "Get",
                 g_variant_new ("(ss)", "org.freedesktop.Secret.Collection", "Locked"));
  g_variant_get (answer, "(v)", &value);
  return g_variant_get_boolean (value);
}

void
secret_service_wait_for_unlock (GDBusConnection *bus)
{
  gint64 end = g_get_monotonic_time () + DEADLINE_S * G_USEC_PER_SEC;

  while (secret_service_is_locked (bus))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_usleep (10000);
    }
}

static GVariant *
make_attributes (const char *uuid)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&builder, "{ss}", "application", APP_ID);
  g_variant_builder_add (&builder, "{ss}", "account", uuid);
  g_variant_builder_add (&builder, "{ss}", "version", "1");
  g_variant_builder_add (&builder, "{ss}", "xdg:schema", APP_ID ".Account");
  return g_variant_builder_end (&builder);
}

/**
 * secret_service_create_item:
 * @bus: the session bus
 * @in_session: whether to put it into the keyring of the session, and not into the default one
 * @uuid: the account
 * @content: any bytes
 *
 * Makes an item as another program could, in the place of one with the same attributes.
 */
void
secret_service_create_item (GDBusConnection *bus,
                            gboolean         in_session,
                            const char      *uuid,
                            const char      *content)
{
  g_autofree char *path = in_session ? g_strdup (SESSION) : find_default (bus);
  g_autoptr (GVariant) session = NULL;
  g_autoptr (GVariant) answer = NULL;
  GVariantBuilder properties;
  const char *session_path;

  session = call (bus, ROOT, "org.freedesktop.Secret.Service", "OpenSession",
                  g_variant_new ("(sv)", "plain", g_variant_new_string ("")));
  g_variant_get (session, "(v&o)", NULL, &session_path);

  g_variant_builder_init (&properties, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&properties, "{sv}", "org.freedesktop.Secret.Item.Label",
                         g_variant_new_string ("Made by a test"));
  g_variant_builder_add (&properties, "{sv}", "org.freedesktop.Secret.Item.Attributes",
                         make_attributes (uuid));
  answer = call (bus, path, "org.freedesktop.Secret.Collection", "CreateItem",
                 g_variant_new ("(a{sv}(o@ay@ays)b)", &properties, session_path,
                                g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, "", 0, 1),
                                g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, content,
                                                           strlen (content), 1),
                                "text/plain", TRUE));
}

/* Without the schema, which is none of the attributes while the daemon has them hashed. */
static char **
find_items (GDBusConnection *bus,
            const char      *uuid)
{
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GStrvBuilder) items = g_strv_builder_new ();
  g_auto (GStrv) unlocked = NULL;
  g_auto (GStrv) locked = NULL;
  GVariantBuilder attributes;

  g_variant_builder_init (&attributes, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&attributes, "{ss}", "application", APP_ID);
  g_variant_builder_add (&attributes, "{ss}", "account", uuid);
  answer = call (bus, ROOT, "org.freedesktop.Secret.Service", "SearchItems",
                 g_variant_new ("(a{ss})", &attributes));
  g_variant_get (answer, "(^ao^ao)", &unlocked, &locked);
  g_strv_builder_addv (items, (const char **) unlocked);
  g_strv_builder_addv (items, (const char **) locked);
  return g_strv_builder_end (items);
}

guint
secret_service_count_items (GDBusConnection *bus,
                            const char      *uuid)
{
  g_auto (GStrv) items = find_items (bus, uuid);

  return g_strv_length (items);
}

/**
 * secret_service_print_item:
 * @bus: the session bus
 * @uuid: an account
 *
 * Returns: (transfer full): all that the service says of the account's item without its secret
 */
char *
secret_service_print_item (GDBusConnection *bus,
                           const char      *uuid)
{
  g_auto (GStrv) items = find_items (bus, uuid);
  g_autoptr (GVariant) properties = NULL;

  g_assert_cmpuint (g_strv_length (items), ==, 1);
  properties = call (bus, items[0], "org.freedesktop.DBus.Properties", "GetAll",
                     g_variant_new ("(s)", "org.freedesktop.Secret.Item"));
  return g_variant_print (properties, FALSE);
}

/**
 * secret_service_prompter_answers:
 * @lines: what the person at the prompts does next; see mock-prompter.c
 *
 * Tells the person, and waits until it was heard.
 */
void
secret_service_prompter_answers (const char *lines)
{
  g_autofree char *text = g_strconcat (lines, "\n", NULL);
  gint64 end = g_get_monotonic_time () + DEADLINE_S * G_USEC_PER_SEC;
  int fd = open (g_getenv ("MOCK_PROMPTER_ANSWERS"), O_WRONLY | O_CLOEXEC);
  int unheard = 1;

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, text, strlen (text)), ==, strlen (text));
  while (unheard > 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_usleep (5000);
      g_assert_cmpint (ioctl (fd, FIONREAD, &unheard), ==, 0);
    }
  close (fd);
}

static gboolean
on_prompt_is_up_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

/**
 * secret_service_cancel_at_prompt:
 * @cancellable: to be cancelled
 *
 * Cancels a moment later, when the daemon has put its prompt up and, if the prompter is told to
 * dawdle, nobody has answered it yet.
 */
void
secret_service_cancel_at_prompt (GCancellable *cancellable)
{
  g_timeout_add_full (G_PRIORITY_DEFAULT, 300, on_prompt_is_up_cb, g_object_ref (cancellable),
                      g_object_unref);
}

/**
 * secret_service_cancel_at_store:
 * @bus: the session bus
 * @message: passed on
 * @incoming: which way it goes
 * @cancellable: to be cancelled
 *
 * A filter for messages that cancels in the moment in which a store is on its way.
 */
GDBusMessage *
secret_service_cancel_at_store (GDBusConnection *bus,
                                GDBusMessage    *message,
                                gboolean         incoming,
                                gpointer         cancellable)
{
  if (!incoming && g_strcmp0 (g_dbus_message_get_member (message), "CreateItem") == 0)
    g_cancellable_cancel (cancellable);

  return message;
}
