/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-session.h"

G_BEGIN_DECLS

/* For how many days a submission is kept: a period of the settings, 0 for ever. */
guint    purge_retention_get_days     (GSettings            *settings);

/* Deletes what is older than the settings say; at the start as soon as there is nothing better to do. */
void     purge_retention_begin        (PurgeSession         *session,
                                       GSettings            *settings);
void     purge_retention_apply_async  (PurgeSession         *session,
                                       GSettings            *settings,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean purge_retention_apply_finish (PurgeSession         *session,
                                       GAsyncResult         *result,
                                       GError              **error);

G_END_DECLS
