/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-outcome.h"

G_BEGIN_DECLS

/**
 * PurgeExplanation:
 * @sentence: what happened, in the person's language
 * @sent: whether anything was sent, in a sentence
 * @quota: whether quota was spent, in a sentence
 * @next_step: what to do next, in a sentence; empty where nothing is to be done
 *
 * The things that every outcome says (DESIGN: a failure says whether anything was sent, whether
 * quota was spent, and what to do next). Translated; owned by whoever made it.
 */
typedef struct {
  char *sentence;
  char *sent;
  char *quota;
  char *next_step;
} PurgeExplanation;

PurgeExplanation *purge_explanation_new                (PurgeBatchState         state,
                                                        const PurgeOutcome     *outcome);
void              purge_explanation_mention_retirement (PurgeExplanation       *self);
void              purge_explanation_free               (PurgeExplanation       *self);
char             *purge_explanation_dup_text           (const PurgeExplanation *self);
char             *purge_explanation_for_error          (const GError           *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeExplanation, purge_explanation_free)

G_END_DECLS
