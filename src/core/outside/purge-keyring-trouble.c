/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What is said when a keyring does not do what it should. Knows what an error of the bus means and
 * the sentences; does not know the errors that libsecret makes itself. */

#define G_LOG_DOMAIN "purge-keyring-trouble"

#include "config.h"

#include "purge-keyring-trouble.h"

#include <glib/gi18n-lib.h>

#include "purge-error.h"

typedef struct
{
  PurgeKeyringTrouble  trouble;
  PurgeError           code;
  const char          *sentence;
} Saying;

static const Saying sayings[] = {
  { PURGE_KEYRING_NO_KEY, PURGE_ERROR_NO_KEY,
    N_("The keyring holds no key for this account. Enter the key again in the account’s settings.") },
  { PURGE_KEYRING_NO_BUS, PURGE_ERROR_KEYRING_UNAVAILABLE,
    N_("There is no desktop session here, so no keyring can be reached. "
       "Start the program inside a desktop session, or under dbus-run-session with a keyring.") },
  { PURGE_KEYRING_NO_SERVICE, PURGE_ERROR_KEYRING_UNAVAILABLE,
    N_("No keyring service is running. Install gnome-keyring or KWallet, "
       "then log out and in again.") },
  { PURGE_KEYRING_NO_PORTAL, PURGE_ERROR_KEYRING_UNAVAILABLE,
    N_("The keyring cannot be reached from the Flatpak sandbox. Install xdg-desktop-portal and "
       "gnome-keyring or KWallet on this system, then log out and in again.") },
  { PURGE_KEYRING_SILENT, PURGE_ERROR_KEYRING_TIMEOUT,
    N_("The keyring did not answer in time. "
       "Wait a moment and try again; if that does not help, log out and in again.") },
  { PURGE_KEYRING_SILENT_STORE, PURGE_ERROR_KEYRING_TIMEOUT,
    N_("The keyring did not say in time whether it keeps the key. "
       "Wait a moment and save again; if that does not help, log out and in again.") },
  { PURGE_KEYRING_STAYED_LOCKED, PURGE_ERROR_KEYRING_LOCKED,
    N_("The keyring is still locked: the question for its password was dismissed or could not be "
       "shown. Try again and enter the password of the keyring.") },
  { PURGE_KEYRING_NOT_SET_UP, PURGE_ERROR_KEYRING_LOCKED,
    N_("There is no default keyring yet, and none was made: the question for a new password was "
       "dismissed or could not be shown. Try again in a desktop session and choose a password.") },
  { PURGE_KEYRING_DAMAGED_FILE, PURGE_ERROR_KEYRING_FAILED,
    /* Translators: %s is the path of a file */
    N_("The keyring file “%s” is damaged. "
       "Move it to another folder, then enter the keys of your accounts again.") },
  { PURGE_KEYRING_FOREIGN_ITEM, PURGE_ERROR_KEYRING_FAILED,
    N_("What the keyring holds for this account is not a key that this program stored. "
       "Enter the key again in the account’s settings.") },
  { PURGE_KEYRING_REFUSED, PURGE_ERROR_KEYRING_FAILED,
    /* Translators: %s is what the keyring service said, usually in English */
    N_("The keyring refused: “%s”. Unlock it, make sure that the disk is not full, and try again.") },
};

static PurgeKeyringTrouble
diagnose_bus_error (GDBusError code)
{
  static const struct {
    GDBusError          code;
    PurgeKeyringTrouble trouble;
  } meanings[] = {
    { G_DBUS_ERROR_SERVICE_UNKNOWN, PURGE_KEYRING_NO_SERVICE },
    { G_DBUS_ERROR_NAME_HAS_NO_OWNER, PURGE_KEYRING_NO_SERVICE },
    { G_DBUS_ERROR_SPAWN_EXEC_FAILED, PURGE_KEYRING_NO_SERVICE },
    { G_DBUS_ERROR_SPAWN_FORK_FAILED, PURGE_KEYRING_NO_SERVICE },
    { G_DBUS_ERROR_SPAWN_CHILD_EXITED, PURGE_KEYRING_NO_SERVICE },
    { G_DBUS_ERROR_SPAWN_CHILD_SIGNALED, PURGE_KEYRING_NO_SERVICE },
    { G_DBUS_ERROR_SPAWN_FAILED, PURGE_KEYRING_NO_SERVICE },
    { G_DBUS_ERROR_DISCONNECTED, PURGE_KEYRING_NO_BUS },
    { G_DBUS_ERROR_NO_REPLY, PURGE_KEYRING_SILENT },
    { G_DBUS_ERROR_TIMEOUT, PURGE_KEYRING_SILENT },
    { G_DBUS_ERROR_TIMED_OUT, PURGE_KEYRING_SILENT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (meanings[i].code == code)
      return meanings[i].trouble;

  return PURGE_KEYRING_REFUSED;
}

/**
 * purge_keyring_trouble_from_error:
 * @error: what a call on the session bus ended with that was given no cancellable
 *
 * Returns: what is wrong; %PURGE_KEYRING_REFUSED where the error says no more than its words
 */
PurgeKeyringTrouble
purge_keyring_trouble_from_error (const GError *error)
{
  if (error->domain == G_DBUS_ERROR)
    return diagnose_bus_error (error->code);

  /* Nobody here could cancel it: the portal says so of a person who dismissed its question. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return PURGE_KEYRING_STAYED_LOCKED;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return PURGE_KEYRING_SILENT;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    return PURGE_KEYRING_NO_BUS;

  return PURGE_KEYRING_REFUSED;
}

/**
 * purge_keyring_trouble_may_pass:
 * @error: what a call of libsecret ended with
 *
 * Returns: whether one new try may end better: the daemon died or was started again (it then says
 *   NoSession, a name that libsecret strips, which leaves an error that can be any), or another
 *   process wrote the keyring file at the same moment
 */
gboolean
purge_keyring_trouble_may_pass (const GError *error)
{
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_DBUS_ERROR)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
}

/* What the sentence quotes, where it quotes anything. */
static char *
describe (PurgeKeyringTrouble  trouble,
          const GError        *cause)
{
  g_autoptr (GError) stripped = NULL;

  /* Where libsecret keeps its file, inside a sandbox. */
  if (trouble == PURGE_KEYRING_DAMAGED_FILE)
    return g_build_filename (g_get_user_data_dir (), "keyrings", "default.keyring", NULL);

  if (cause == NULL)
    return g_strdup ("");

  stripped = g_error_copy (cause);
  g_dbus_error_strip_remote_error (stripped);
  return g_strdup (stripped->message);
}

/**
 * purge_keyring_trouble_to_error:
 * @trouble: what is wrong
 * @cause: (nullable): the error that showed it
 *
 * Returns: (transfer full): a #PurgeError with a translated sentence that says what to do
 */
GError *
purge_keyring_trouble_to_error (PurgeKeyringTrouble  trouble,
                                const GError        *cause)
{
  const Saying *saying = NULL;
  g_autofree char *detail = describe (trouble, cause);
  g_autofree char *sentence = NULL;
  g_auto (GStrv) pieces = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (sayings); i++)
    if (sayings[i].trouble == trouble)
      saying = &sayings[i];
  g_assert (saying != NULL);

  pieces = g_strsplit (_(saying->sentence), "%s", 2);
  sentence = g_strjoinv (detail, pieces);
  return g_error_new_literal (PURGE_ERROR, saying->code, sentence);
}
