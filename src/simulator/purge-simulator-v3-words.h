/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PurgeSimulatorV3Words:
 * @code: the code, `AuthFailure.SignatureFailure`
 * @chinese: what it says on the China site
 * @english: (nullable): what it says in English, where that is documented
 *
 * An error of API 3.0.
 */
typedef struct {
  const char *code;
  const char *chinese;
  const char *english;
} PurgeSimulatorV3Words;

const PurgeSimulatorV3Words *purge_simulator_v3_words_find (const char *code);

G_END_DECLS
