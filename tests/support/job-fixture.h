/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-job.h"

#include "mock-clock.h"
#include "mock-transport.h"

G_BEGIN_DECLS

/* A job with a journal on disk, a key, a clock that stands still and a wire that the test plays. The
 * calls run the main loop until they have ended. */

typedef struct
{
  char           *folder;
  char           *path;
  PurgeWorkspace *workspace;
  PurgeAccount   *account;
  MockTransport  *transport;
  MockClock      *clock;
  GCancellable   *cancellable;
} JobFixture;

#define JOB_FIXTURE_NOW 1543000000

void      job_fixture_set_up     (JobFixture     *fixture,
                                  gconstpointer   data);
void      job_fixture_tear_down  (JobFixture     *fixture,
                                  gconstpointer   data);
void      job_fixture_reopen     (JobFixture     *fixture);
GStrv     job_fixture_dup_urls   (guint           n);
PurgeJob *job_fixture_new_job    (JobFixture     *fixture,
                                  guint           n_urls);
gboolean  job_fixture_run        (JobFixture     *fixture,
                                  PurgeJob       *job,
                                  GError        **error);
PurgeJob *job_fixture_load       (JobFixture     *fixture,
                                  gint64          id);

/* The states of the batches as letters: waiting, sending, accepted, rejected, unknown, … */
char     *job_fixture_dup_states (PurgeJob       *job);

G_END_DECLS
