/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <libsecret/secret.h>

#include "purge-credentials.h"
#include "purge-wait.h"

G_BEGIN_DECLS

/**
 * PurgeSecretOperationFound:
 * @task: (transfer full): a task
 * @items: (transfer none) (element-type SecretRetrievable): what there is of its account, the newest
 *   first
 *
 * How a task goes on when a search has ended.
 */
typedef void (*PurgeSecretOperationFound) (GTask *task, GList *items);

/**
 * PurgeSecretOperation:
 * @found: what is done with what a search finds
 * @uuid: of which account
 * @name: (nullable): of a store, what the account is called
 * @credentials: (nullable): of a store, the key
 * @is_late: whether it is a store that was not answered in time
 * @doomed: of a forget, the items that are still to be removed
 * @burials: of a forget, how often what was removed has been written over
 *
 * What a task of the system keyring does, as its data.
 */
typedef struct {
  PurgeSecretOperationFound  found;
  char                      *uuid;
  char                      *name;
  PurgeCredentials          *credentials;
  gboolean                   is_late;
  GList                     *doomed;
  guint                      burials;

  /*< private >*/
  gboolean                   has_asked;
  gboolean                   has_retried;
} PurgeSecretOperation;

gboolean purge_secret_operation_keeps_file (void);
gboolean purge_secret_operation_is_missing (const GError              *error);

/* All of these are for the tasks of the keyring. */
void     purge_secret_operation_start      (GTask                     *task,
                                            PurgeSecretOperationFound  found,
                                            const char                *uuid,
                                            const char                *name,
                                            PurgeCredentials          *credentials);
void     purge_secret_operation_search     (GTask                     *task,
                                            PurgeWaitEnded             opened);
void     purge_secret_operation_ask        (GTask                     *task,
                                            GList                     *objects);
void     purge_secret_operation_store      (GTask                     *task,
                                            const char                *label,
                                            SecretValue               *value,
                                            PurgeWaitEnded             ended,
                                            PurgeWaitGivenUp           given_up);
void     purge_secret_operation_clear      (GTask                     *task,
                                            PurgeWaitEnded             ended);
void     purge_secret_operation_fail       (GTask                     *task,
                                            const GError              *error);
void     purge_secret_operation_give_up    (GTask                     *task);

G_END_DECLS
