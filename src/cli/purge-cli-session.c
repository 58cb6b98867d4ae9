/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What commands work with, opened and closed. */

#define G_LOG_DOMAIN "purge-cli-session"

#include "config.h"

#include "purge-cli-session.h"

#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "purge-cli-output.h"
#include "purge-cli-wait.h"
#include "purge-error.h"
#include "purge-practice.h"

/* Without a word the terminal would just stand still while a dialog waits behind another window. */
static void
on_keyring_waiting_cb (PurgeKeyring *keyring,
                       GParamSpec   *pspec,
                       gpointer      user_data)
{
  if (purge_keyring_get_waiting (keyring) && isatty (STDERR_FILENO))
    purge_cli_output_say (_("Waiting for the keyring to be unlocked. Ctrl+C gives up.\n"));
}

static gboolean
open_practice (PurgeCliSession  *self,
               GCancellable     *cancellable,
               GError          **error)
{
  g_auto (PurgeCliWait) wait = { NULL };

  purge_practice_start_async (cancellable, purge_cli_wait_cb, &wait);
  self->workspace =
    purge_practice_start_finish (purge_cli_wait_result (&wait), &self->accounts, error);

  return self->workspace != NULL;
}

/* What became of a damaged database is said once, by whichever command meets it. */
static void
say_damage (PurgeCliSession *self)
{
  g_autofree char *notice =
    purge_database_dup_notice (purge_workspace_get_database (self->workspace));
  g_autofree char *safe = purge_cli_output_safe (notice);
  g_autofree char *line = g_strdup_printf ("cdn-purge-cli: %s\n", safe);

  if (notice != NULL)
    purge_cli_output_say (line);
}

static gboolean
open_real (PurgeCliSession  *self,
           GCancellable     *cancellable,
           GError          **error)
{
  g_auto (PurgeCliWait) opened = { NULL };
  g_auto (PurgeCliWait) loaded = { NULL };

  self->workspace = purge_workspace_new_real ();
  g_signal_connect (purge_workspace_get_keyring (self->workspace), "notify::waiting",
                    G_CALLBACK (on_keyring_waiting_cb), NULL);

  purge_workspace_open_async (self->workspace, cancellable, purge_cli_wait_cb, &opened);
  if (!purge_workspace_open_finish (self->workspace, purge_cli_wait_result (&opened), error))
    return FALSE;

  say_damage (self);

  self->accounts = purge_accounts_new (self->workspace);
  purge_accounts_load_async (self->accounts, cancellable, purge_cli_wait_cb, &loaded);
  return purge_accounts_load_finish (self->accounts, purge_cli_wait_result (&loaded), error);
}

/**
 * purge_cli_session_open:
 * @cli: the program
 * @practice: whether it is only practice
 * @error: return location for what keeps it from opening
 *
 * Returns: (transfer full) (nullable): the session, or %NULL with @error set
 */
PurgeCliSession *
purge_cli_session_open (PurgeCli  *cli,
                        gboolean   practice,
                        GError   **error)
{
  g_autoptr (PurgeCliSession) self = g_new0 (PurgeCliSession, 1);
  gboolean is_open = practice ? open_practice (self, cli->cancellable, error)
                              : open_real (self, cli->cancellable, error);

  return is_open ? g_steal_pointer (&self) : NULL;
}

/**
 * purge_cli_session_close:
 * @self: (transfer full): a session
 *
 * Waits until everything is on the disk, and closes it.
 */
void
purge_cli_session_close (PurgeCliSession *self)
{
  g_clear_object (&self->accounts);
  if (self->workspace != NULL)
    purge_workspace_close (self->workspace);
  g_clear_object (&self->workspace);
  g_free (self);
}

/**
 * purge_cli_session_choose:
 * @self: a session
 * @name: (nullable): the account that was named
 * @error: return location for %PURGE_ERROR_NOT_FOUND
 *
 * Returns: (transfer none) (nullable): that account, or the only one there is; or %NULL with @error
 *   set
 */
PurgeAccount *
purge_cli_session_choose (PurgeCliSession  *self,
                          const char       *name,
                          GError          **error)
{
  guint n_accounts = g_list_model_get_n_items (G_LIST_MODEL (self->accounts));
  PurgeAccount *account = NULL;

  if (name != NULL)
    {
      account = purge_accounts_find_name (self->accounts, name);
      if (account == NULL)
        g_set_error (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND,
                     _("There is no account “%s”. “accounts list” shows those there are."), name);
    }
  else if (n_accounts == 1)
    {
      g_autoptr (PurgeAccount) only = g_list_model_get_item (G_LIST_MODEL (self->accounts), 0);

      /* The list keeps it alive. */
      account = only;
    }
  else if (n_accounts == 0)
    {
      g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND,
                           _("There is no account yet. Add one with “accounts add”, or practise "
                             "with --practice."));
    }
  else
    {
      g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND,
                           _("There are several accounts. Choose one with --account=NAME."));
    }

  return account;
}
