/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-transport.h"

G_BEGIN_DECLS

/**
 * CampaignMutation:
 * @CAMPAIGN_CALLS_LOST_NOT_SENT: a transport that calls what was lost not sent
 * @CAMPAIGN_READS_LENIENTLY: a reader that takes whatever looks like a success for one
 * @CAMPAIGN_READS_PAGES: a reader that takes any answer of status 200 for a success
 * @CAMPAIGN_REFUSES: a reader that takes a success for a refusal
 * @CAMPAIGN_SENDS_BEFORE_JOURNAL: a sender whose request is not the one on the disk
 * @CAMPAIGN_SENDS_TWICE: a library that sends again by itself what was lost
 * @CAMPAIGN_SIGNS_AGAIN: a sender that sends again what was lost, with a new nonce
 * @CAMPAIGN_SENDS_LATER: something that sends when nobody asked for it
 * @CAMPAIGN_OVERLOOKS_ERRORS: a reader that takes whatever has a task for a success
 * @CAMPAIGN_BELIEVES_INTERNAL_ERRORS: a reader that takes an error inside the server for a refusal
 *
 * A way in which the program could be broken.
 */
typedef enum {
  CAMPAIGN_CALLS_LOST_NOT_SENT,
  CAMPAIGN_READS_LENIENTLY,
  CAMPAIGN_READS_PAGES,
  CAMPAIGN_REFUSES,
  CAMPAIGN_SENDS_BEFORE_JOURNAL,
  CAMPAIGN_SENDS_TWICE,
  CAMPAIGN_SIGNS_AGAIN,
  CAMPAIGN_SENDS_LATER,
  CAMPAIGN_OVERLOOKS_ERRORS,
  CAMPAIGN_BELIEVES_INTERNAL_ERRORS,
} CampaignMutation;

/* Stands between the program and the guard, and makes of the two a program that is broken. */

#define CAMPAIGN_TYPE_MUTANT (campaign_mutant_get_type ())

G_DECLARE_FINAL_TYPE (CampaignMutant, campaign_mutant, CAMPAIGN, MUTANT, GObject)

PurgeTransport *campaign_mutant_new (PurgeTransport   *inner,
                                     CampaignMutation  mutation);

G_END_DECLS
