/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-account.h"
#include "purge-outcome.h"

G_BEGIN_DECLS

/**
 * PurgeKeyFinding:
 * @PURGE_KEY_GOOD: the server knows the key and did what was asked
 * @PURGE_KEY_GOOD_BUT_CLOCK: it did, but only with its own time: the clock of this computer is wrong
 * @PURGE_KEY_BAD_ID: it does not know the SecretId
 * @PURGE_KEY_BAD_KEY: the SecretKey does not belong to the SecretId
 * @PURGE_KEY_BAD_TOKEN: the token of a temporary key is wrong or has run out
 * @PURGE_KEY_NOT_ALLOWED: it knows the key, which may not do what was asked
 * @PURGE_KEY_BAD_CLOCK: it refused the time, so that nothing is known of the key
 * @PURGE_KEY_NO_SERVICE: it knows the key, and does not serve the account
 * @PURGE_KEY_RETIRED: it answers, or does not, as where API 2.0 has ended
 * @PURGE_KEY_NOT_REACHED: it could not be asked
 * @PURGE_KEY_UNCLEAR: it said something else
 *
 * What a harmless question shows of a key.
 */
typedef enum {
  PURGE_KEY_GOOD,
  PURGE_KEY_GOOD_BUT_CLOCK,
  PURGE_KEY_BAD_ID,
  PURGE_KEY_BAD_KEY,
  PURGE_KEY_BAD_TOKEN,
  PURGE_KEY_NOT_ALLOWED,
  PURGE_KEY_BAD_CLOCK,
  PURGE_KEY_NO_SERVICE,
  PURGE_KEY_RETIRED,
  PURGE_KEY_NOT_REACHED,
  PURGE_KEY_UNCLEAR,
} PurgeKeyFinding;

/**
 * PurgeKeyVerdict:
 * @finding: what it is
 * @sentence: the same in the person's language
 * @next_step: what to do next, in a sentence
 * @code: (nullable): the code, as the server said it; hostile
 * @message: (nullable): what the server said; hostile
 *
 * What was found out about a key, with nothing of the key in it. Owned by whoever made it.
 */
typedef struct {
  PurgeKeyFinding  finding;
  char            *sentence;
  char            *next_step;
  char            *code;
  char            *message;
} PurgeKeyVerdict;

PurgeKeyVerdict *purge_key_verdict_new  (PurgeApiKind        api,
                                         const char         *endpoint,
                                         const PurgeOutcome *failure,
                                         gint64              skew);
void             purge_key_verdict_free (PurgeKeyVerdict    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeKeyVerdict, purge_key_verdict_free)

G_END_DECLS
