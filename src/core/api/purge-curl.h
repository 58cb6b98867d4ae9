/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-api.h"

G_BEGIN_DECLS

char *purge_curl_dup_command (PurgeApi         *api,
                              const PurgeCall  *call,
                              GError          **error);

G_END_DECLS
