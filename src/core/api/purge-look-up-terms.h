/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <json-glib/json-glib.h>

#include "purge-api.h"

G_BEGIN_DECLS

/**
 * PurgeReadRecord:
 * @node: what is said to be a record
 * @problem: (out): what is wrong with it, in developer's English; static
 *
 * Returns: (transfer full) (nullable): the record, or %NULL with @problem set
 */
typedef PurgeLogRecord *(*PurgeReadRecord) (JsonNode    *node,
                                            const char **problem);

gboolean  purge_look_up_terms_check     (const PurgeLookUpCall  *call,
                                         GError                **error);
gboolean  purge_look_up_terms_is_id     (const char             *id);
char     *purge_look_up_terms_dup_date  (gint64                  unix_seconds);
gboolean  purge_look_up_terms_read_date (const char             *text,
                                         gint64                 *unix_seconds);
gboolean  purge_look_up_terms_read_list (PurgeLookUp            *look_up,
                                         JsonNode               *list,
                                         PurgeReadRecord         read_record,
                                         const char            **problem);

G_END_DECLS
