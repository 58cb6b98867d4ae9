/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-question.h"

G_BEGIN_DECLS

/**
 * PurgeAskingAnswer:
 * @PURGE_ASKING_NO: nothing is to be sent
 * @PURGE_ASKING_ALL: all of it
 * @PURGE_ASKING_FIRST: of each kind as many as are left today, from the first on
 *
 * What a person said to the question before a submission.
 */
typedef enum {
  PURGE_ASKING_NO,
  PURGE_ASKING_ALL,
  PURGE_ASKING_FIRST,
} PurgeAskingAnswer;

void              purge_asking_run_async  (GtkWindow            *window,
                                           const PurgeQuestion  *question,
                                           gboolean              offer_first,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
PurgeAskingAnswer purge_asking_run_finish (GtkWindow            *window,
                                           GAsyncResult         *result);

G_END_DECLS
