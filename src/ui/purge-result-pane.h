/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-session.h"

G_BEGIN_DECLS

/**
 * PurgeResultPane:
 *
 * What became of a submission: a summary, progress, and a row a batch with its directories. Shows the
 * `job` of a session, and what can be done about it. Property: `has-job` (boolean, read-only), whether
 * there is something to show.
 */
#define PURGE_TYPE_RESULT_PANE (purge_result_pane_get_type ())

G_DECLARE_FINAL_TYPE (PurgeResultPane, purge_result_pane, PURGE, RESULT_PANE, AdwBin)

GtkWidget *purge_result_pane_new         (void);
void       purge_result_pane_set_session (PurgeResultPane *self,
                                          PurgeSession    *session);

G_END_DECLS
