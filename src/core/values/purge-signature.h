/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-account.h"
#include "purge-secret.h"

G_BEGIN_DECLS

/**
 * PurgeParameter:
 * @name: its name, as it goes on the wire
 * @value: its value in UTF-8, before any encoding
 *
 * One parameter of a request that is signed parameter by parameter. Borrows both strings.
 */
typedef struct {
  const char *name;
  const char *value;
} PurgeParameter;

char *purge_signature_dup_text (const char           *method,
                                const char           *authority,
                                const char           *path,
                                const PurgeParameter *parameters,
                                guint                 n_parameters);
char *purge_signature_sign     (PurgeSignatureMethod  method,
                                const char           *text,
                                PurgeSecret          *key);

G_END_DECLS
