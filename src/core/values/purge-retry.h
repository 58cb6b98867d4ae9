/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-outcome.h"

G_BEGIN_DECLS

/* How often one batch may be sent in all. */
#define PURGE_RETRY_MAX_ATTEMPTS 3

/* How many attempts one submission may make by itself beyond the first of each batch. */
#define PURGE_RETRY_MAX_PER_SUBMISSION 6

/* The longest time that a server may ask to be waited for without a person, in seconds. */
#define PURGE_RETRY_LONGEST_WAIT_S 60

/**
 * PurgeRetryClass:
 * @PURGE_RETRY_NOT_SENT: no byte left this computer, and another moment may be better (class A)
 * @PURGE_RETRY_REFUSED_BEFORE: the server asked for fewer requests and executed nothing (class B)
 * @PURGE_RETRY_AMBIGUOUS: it may have been executed: looked up, never sent again (class C)
 * @PURGE_RETRY_FINAL: decided, by the server or by a person: sending again would change nothing, or
 *   is not wanted (class D)
 * @PURGE_RETRY_SECURITY: somebody else may have answered (class E)
 *
 * What may be done by itself about what became of a batch. Only the first two are sent again.
 */
typedef enum {
  PURGE_RETRY_NOT_SENT,
  PURGE_RETRY_REFUSED_BEFORE,
  PURGE_RETRY_AMBIGUOUS,
  PURGE_RETRY_FINAL,
  PURGE_RETRY_SECURITY,
} PurgeRetryClass;

PurgeRetryClass purge_retry_classify   (const PurgeOutcome *outcome);
gboolean        purge_retry_decide     (const PurgeOutcome *outcome,
                                        guint               n_attempts,
                                        guint               n_retries,
                                        double              chance,
                                        guint              *delay_ms);
gint64          purge_retry_read_after (const char         *retry_after,
                                        const char         *date);

G_END_DECLS
