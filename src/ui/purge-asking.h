/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-question.h"

G_BEGIN_DECLS

/* The question before a submission. */

void  purge_asking_run_async  (GtkWindow            *window,
                               const PurgeQuestion  *question,
                               gboolean              offer_first,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data);
guint purge_asking_run_finish (GtkWindow            *window,
                               GAsyncResult         *result);

G_END_DECLS
