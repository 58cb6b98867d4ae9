/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "fault-mind.h"

G_BEGIN_DECLS

/**
 * FaultEntry:
 * @number: which request, from 1, in the order in which they began
 * @n_bytes: how much of it has arrived so far
 * @length: how long it is, or 0 where that is not known yet
 * @whole: whether all of it arrived and was read; what follows is set only then
 * @api: of which API it is
 * @mark: what the test calls it, or 0
 * @who: (nullable): its SecretId
 * @action: (nullable): its action
 * @nonce: (nullable): its nonce; one of API 3.0 has none
 * @timestamp: its timestamp
 * @type: (nullable): what it says is to be purged of the directories
 * @directories: (nullable) (array zero-terminated=1): its directories
 * @judged: whether it was decided what to answer
 * @code: (nullable): the code that is answered, `0` for a success, or %NULL where it is none of the
 *   API's
 * @n_executions: how often it was executed
 * @n_executed: how many directories were purged by it
 *
 * What the server knows of one request: the truth that the program's tale is compared with.
 */
typedef struct {
  guint     number;
  gsize     n_bytes;
  gsize     length;
  gboolean  whole;
  FaultApi  api;
  guint     mark;
  char     *who;
  char     *action;
  char     *nonce;
  gint64    timestamp;
  char     *type;
  GStrv     directories;
  gboolean  judged;
  char     *code;
  guint     n_executions;
  guint     n_executed;
} FaultEntry;

/* The execution log. From any thread. */

typedef struct _FaultLog FaultLog;

/* Called in the server's thread, with the log unlocked: event is `begun`, `received`, `stopped`,
 * `whole`, `judged` or `gone`, entry a copy. */
typedef void (*FaultLogFunc) (const char       *event,
                              const FaultEntry *entry,
                              gpointer          user_data);

FaultLog  *fault_log_new          (const char          *path,
                                   GError             **error);
void       fault_log_free         (FaultLog            *self);
void       fault_log_set_observer (FaultLog            *self,
                                   FaultLogFunc         observer,
                                   gpointer             user_data);
guint      fault_log_begin        (FaultLog            *self);
void       fault_log_receive      (FaultLog            *self,
                                   guint                number,
                                   gsize                n_bytes,
                                   gsize                length);
void       fault_log_read         (FaultLog            *self,
                                   guint                number,
                                   const FaultRequest  *request);
void       fault_log_judge        (FaultLog            *self,
                                   guint                number,
                                   const FaultVerdict  *verdict);
void       fault_log_say          (FaultLog            *self,
                                   guint                number,
                                   const char          *event);
guint      fault_log_count        (FaultLog            *self);
GPtrArray *fault_log_dup_entries  (FaultLog            *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultLog, fault_log_free)

G_END_DECLS
