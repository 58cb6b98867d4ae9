/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "fault-request.h"

G_BEGIN_DECLS

/**
 * FaultRefusal:
 * @FAULT_REFUSES_ADDRESS: there is nothing of the API at this path, or in this version
 * @FAULT_REFUSES_MISSING: no key, no signature, or nothing that is used once
 * @FAULT_REFUSES_LATE: the timestamp is too old
 * @FAULT_REFUSES_EARLY: the timestamp is too far ahead
 * @FAULT_REFUSES_REPEATED: nonce and timestamp were seen before
 * @FAULT_REFUSES_ACTION: there is no such action
 * @FAULT_REFUSES_EMPTY: nothing to purge
 * @FAULT_REFUSES_MANY: more than one request may have
 * @FAULT_REFUSES_HOST: an unknown host
 * @FAULT_REFUSES_QUOTA: more than is left today
 * @FAULT_REFUSES_DATES: no time to look at
 * @FAULT_REFUSES_UNREADABLE: what should be an object is none
 * @FAULT_REFUSES_BROKEN: the server is
 *
 * Why the mind does not do what it is asked.
 */
typedef enum {
  FAULT_REFUSES_ADDRESS,
  FAULT_REFUSES_MISSING,
  FAULT_REFUSES_LATE,
  FAULT_REFUSES_EARLY,
  FAULT_REFUSES_REPEATED,
  FAULT_REFUSES_ACTION,
  FAULT_REFUSES_EMPTY,
  FAULT_REFUSES_MANY,
  FAULT_REFUSES_HOST,
  FAULT_REFUSES_QUOTA,
  FAULT_REFUSES_DATES,
  FAULT_REFUSES_UNREADABLE,
  FAULT_REFUSES_BROKEN,
} FaultRefusal;

/**
 * FaultVerdict:
 * @code: (nullable): the code that was answered, `0` for a success; %NULL where it is none of the
 *   API's
 * @n_executed: how many of the directories were purged
 * @n_executions: how often that was done
 * @json: the answer
 *
 * What a request comes to.
 */
typedef struct {
  char *code;
  guint n_executed;
  guint n_executions;
  char *json;
} FaultVerdict;

/**
 * FaultRecord:
 * @id: which record it is, from 1
 * @task_id: the task of the request
 * @host: the host
 * @urls: (element-type utf8): what was purged of it
 * @all: whether that was all of it, not what was updated only
 * @time: when, in UNIX seconds
 *
 * What one request purged of one host.
 */
typedef struct {
  guint      id;
  char      *task_id;
  char      *host;
  GPtrArray *urls;
  gboolean   all;
  gint64     time;
} FaultRecord;

/* How the two APIs say things. Knows no rules. */

void     fault_words_refuse         (FaultVerdict       *verdict,
                                     FaultApi            api,
                                     FaultRefusal        refusal);
void     fault_words_refuse_as      (FaultVerdict       *verdict,
                                     FaultApi            api,
                                     const char         *code);
void     fault_words_accept         (FaultVerdict       *verdict,
                                     FaultApi            api,
                                     const char         *task_id,
                                     guint               n);
GString *fault_words_begin_log      (FaultApi            api);
guint    fault_words_append_record  (GString            *log,
                                     FaultApi            api,
                                     const FaultRecord  *record,
                                     int                 status);
void     fault_words_end_log        (FaultVerdict       *verdict,
                                     FaultApi            api,
                                     GString            *log,
                                     guint               total);
void     fault_words_tell_quota     (FaultVerdict       *verdict,
                                     guint               total,
                                     guint               available);
gboolean fault_words_read_time      (const char         *text,
                                     gint64             *time);
void     fault_verdict_clear        (FaultVerdict       *verdict);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FaultVerdict, fault_verdict_clear)

G_END_DECLS
