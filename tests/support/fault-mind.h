/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "fault-words.h"

G_BEGIN_DECLS

/* The mind of both APIs: what a request comes to, once it has arrived. Knows nonces, clock, quota,
 * hosts and the refresh log; knows no wire. Signatures are not verified. From any thread. */

typedef struct _FaultMind FaultMind;

/**
 * FaultMindOptions:
 * @quota: directories a day; 0 means 100
 * @clock_window_s: how far a timestamp of API 2.0 may be off; 0 means 7200
 * @clock_offset_s: how far the server's clock is ahead of this computer's
 * @running_s: for how long the refresh log says that a purge is under way
 * @fails: whether it then says that it failed
 */
typedef struct {
  guint    quota;
  guint    clock_window_s;
  gint64   clock_offset_s;
  guint    running_s;
  gboolean fails;
} FaultMindOptions;

FaultMind *fault_mind_new              (const FaultMindOptions *options);
void       fault_mind_free             (FaultMind              *self);
void       fault_mind_judge            (FaultMind              *self,
                                        const FaultRequest     *request,
                                        guint                   limit,
                                        FaultVerdict           *verdict);
void       fault_mind_set_clock_offset (FaultMind              *self,
                                        gint64                  seconds);
void       fault_mind_set_quota        (FaultMind              *self,
                                        guint                   quota);
gint64     fault_mind_get_time         (FaultMind              *self);
char      *fault_mind_dup_date         (FaultMind              *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultMind, fault_mind_free)

G_END_DECLS
