/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-wait.h"
#include "purge-keyring-trouble.h"

G_BEGIN_DECLS

/**
 * PurgePatientKeyring:
 *
 * The base of a keyring that is another program's and that asks a person for a password: it knows
 * how long to wait for whom. Main thread only. Properties:
 *
 * - `deadline-ms` (uint, construct-only): how long the keyring may take for an answer that no person
 *   has to give; ten seconds
 * - `waiting` (boolean): see #PurgeKeyring
 */
#define PURGE_TYPE_PATIENT_KEYRING (purge_patient_keyring_get_type ())

G_DECLARE_DERIVABLE_TYPE (PurgePatientKeyring, purge_patient_keyring, PURGE, PATIENT_KEYRING,
                          GObject)

/**
 * PurgePatientKeyringClass:
 * @search: begins a task, and begins it again after an answer; takes it
 * @fail: ends a task with an error of the keyring, or tries it once more; takes it
 */
struct _PurgePatientKeyringClass
{
  GObjectClass parent_class;

  void (*search) (GTask *task);
  void (*fail)   (GTask *task, const GError *error);
};

/* All of these are for the tasks of such a keyring. */
void       purge_patient_keyring_connect (GTask               *task);
PurgeWait *purge_patient_keyring_wait    (GTask               *task,
                                          PurgeWaitEnded       ended,
                                          PurgeWaitGivenUp     given_up);
PurgeWait *purge_patient_keyring_ask     (GTask               *task,
                                          const char          *bus_name,
                                          gboolean             outlives,
                                          PurgeWaitEnded       ended);
void       purge_patient_keyring_answer  (GTask               *question,
                                          gboolean             agreed,
                                          PurgeKeyringTrouble  otherwise,
                                          const GError        *error);
gboolean   purge_patient_keyring_commit  (GTask               *task);
void       purge_patient_keyring_give_up (GTask               *task);
void       purge_patient_keyring_fail    (GTask               *task,
                                          PurgeKeyringTrouble  trouble,
                                          const GError        *cause);
void       purge_patient_keyring_succeed (GTask               *task);

G_END_DECLS
