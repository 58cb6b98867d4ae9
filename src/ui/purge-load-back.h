/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-list-editor.h"

G_BEGIN_DECLS

/* From a submission back into the list, in place of what is there; it can be undone. */
void purge_load_back_failed   (PurgeListEditor *editor,
                               PurgeSession    *session);
void purge_load_back_unserved (PurgeListEditor *editor,
                               PurgeSession    *session);
void purge_load_back_all      (PurgeListEditor *editor,
                               PurgeSession    *session,
                               PurgeSubmission *submission);

G_END_DECLS
