/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "fault-mind.h"
#include "fault-script.h"

G_BEGIN_DECLS

/**
 * FaultAnswer:
 * @status: the status, or 0 where the answer is none of HTTP
 * @head: the head but for what frames the body; empty where the answer is none of HTTP
 * @body: the body, before it is framed
 *
 * One answer, as it would be if nothing happened to it on its way.
 */
typedef struct {
  guint   status;
  char   *head;
  GBytes *body;
} FaultAnswer;

void    fault_answer_init           (FaultAnswer        *self,
                                     FaultMind          *mind,
                                     const FaultRequest *request,
                                     const FaultStep    *step,
                                     const char         *other,
                                     FaultVerdict       *verdict);
void    fault_answer_clear          (FaultAnswer        *self);
char   *fault_answer_dup_header     (const FaultAnswer  *self,
                                     const char         *name);
GBytes *fault_answer_to_bytes       (const FaultAnswer  *self,
                                     FaultFraming        framing);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FaultAnswer, fault_answer_clear)

G_END_DECLS
