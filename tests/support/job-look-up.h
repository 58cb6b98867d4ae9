/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "job-fixture.h"

G_BEGIN_DECLS

/* Jobs whose batches are looked up, and what the server's log says then. */

/**
 * JobRecord:
 * @from: which of the directories of job_fixture_dup_urls() is the first
 * @n_urls: how many it has
 * @after: when, in seconds after %JOB_FIXTURE_NOW
 * @status: 1 done, 0 running, negative failed
 * @host: (nullable): another host
 *
 * A record of GetCdnRefreshLog.
 */
typedef struct {
  guint  from;
  guint  n_urls;
  gint64 after;
  int    status;
  char  *host;
} JobRecord;

char     *job_look_up_dup_log  (const JobRecord *records,
                                guint            n_records);
void      job_look_up_await    (JobFixture      *fixture,
                                guint            n_requests);
PurgeJob *job_look_up_lose     (JobFixture      *fixture,
                                guint            n_urls);
char     *job_look_up_dup_body (JobFixture      *fixture,
                                guint            index);
guint     job_look_up_check    (JobFixture      *fixture,
                                PurgeJob        *job,
                                const char      *json);

G_END_DECLS
