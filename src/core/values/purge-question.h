/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-limits.h"
#include "purge-order.h"

G_BEGIN_DECLS

/* From how many directories on a submission is asked about for their number alone. */
#define PURGE_ASK_MANY_DIRECTORIES 20

/**
 * PurgeAsk:
 * @PURGE_ASK_NOT: nothing needs to be asked
 * @PURGE_ASK_ALL_RESOURCES: all resources, and not only the updated ones
 * @PURGE_ASK_SITE_ROOT: a whole site is among the directories
 * @PURGE_ASK_HALF_OF_QUOTA: more than half of what is left today, of either kind
 * @PURGE_ASK_MANY: more than %PURGE_ASK_MANY_DIRECTORIES directories
 *
 * Why it is asked before something is sent.
 */
typedef enum {
  PURGE_ASK_NOT = 0,
  PURGE_ASK_ALL_RESOURCES = 1 << 0,
  PURGE_ASK_SITE_ROOT = 1 << 1,
  PURGE_ASK_HALF_OF_QUOTA = 1 << 2,
  PURGE_ASK_MANY = 1 << 3,
} PurgeAsk;

/**
 * PurgeQuestion:
 * @reasons: why it is asked; %PURGE_ASK_NOT where it is not
 * @n: by #PurgeKind, how many would be sent
 * @n_requests: in how many requests
 * @limits: what limits them
 * @hosts: (array zero-terminated=1): the hosts, with the port where there is one; first those whose
 *   root is among the directories, then those with most entries
 * @counts: for each host, how many directories and URLs
 * @n_urls: for each host, how many of these are URLs
 * @roots: for each host, whether its root (the whole site) is among them
 *
 * What is asked before a submission, and why. Made by purge_question_new() from values alone.
 */
typedef struct {
  PurgeAsk     reasons;
  guint        n[PURGE_N_KINDS];
  guint        n_requests;
  PurgeLimits  limits;
  GStrv        hosts;
  guint       *counts;
  guint       *n_urls;
  gboolean    *roots;
} PurgeQuestion;

PurgeQuestion *purge_question_new         (PurgeOrder          *order,
                                           const PurgeLimits   *limits);
void           purge_question_free        (PurgeQuestion       *self);
gboolean       purge_question_is_too_much (const PurgeQuestion *self);
char          *purge_question_dup_heading (const PurgeQuestion *self);
char          *purge_question_dup_body    (const PurgeQuestion *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeQuestion, purge_question_free)

G_END_DECLS
