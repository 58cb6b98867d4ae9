/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* One request for one batch, as a value. Does not know where it is stored or sent. */

#define G_LOG_DOMAIN "purge-attempt"

#include "config.h"

#include "purge-attempt.h"

/**
 * purge_attempt_new:
 * @account: the account whose key will sign it
 * @endpoint: where it will go, as text
 *
 * Returns: (transfer full): an attempt that goes as @account says, without nonce, timestamp and start
 *   yet
 */
PurgeAttempt *
purge_attempt_new (PurgeAccount *account,
                   const char   *endpoint)
{
  PurgeAttempt *self;

  g_return_val_if_fail (PURGE_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (endpoint != NULL, NULL);

  self = g_new0 (PurgeAttempt, 1);
  self->api = purge_account_get_api (account);
  self->endpoint = g_strdup (endpoint);
  self->form = purge_account_get_form (account);
  self->signature = purge_account_get_signature (account);
  self->key_serial = purge_account_get_key_serial (account);
  return self;
}

/**
 * purge_attempt_copy:
 * @self: an attempt
 *
 * Returns: (transfer full): one like it
 */
PurgeAttempt *
purge_attempt_copy (const PurgeAttempt *self)
{
  PurgeAttempt *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->endpoint = g_strdup (self->endpoint);
  return copy;
}

/**
 * purge_attempt_free:
 * @self: (transfer full): an attempt
 */
void
purge_attempt_free (PurgeAttempt *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->endpoint);
  g_free (self);
}
