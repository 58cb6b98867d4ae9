/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The answer to a question that was closed or answered with no. */
#define PURGE_DIALOGS_CANCEL "cancel"

/**
 * PurgeDialogResponse:
 * @id: what the callback is given
 * @label: the button, with a mnemonic
 * @appearance: suggested, destructive or neither
 *
 * One button of a question beside Cancel.
 */
typedef struct {
  const char            *id;
  const char            *label;
  AdwResponseAppearance  appearance;
} PurgeDialogResponse;

/**
 * PurgeDialogQuestion:
 * @heading: what is asked
 * @body: what it is about
 * @cancel_label: the button that answers no, with a mnemonic
 * @responses: (array length=n_responses): the other buttons
 * @n_responses: how many
 * @default_id: what Return answers
 *
 * A question.
 */
typedef struct {
  const char                *heading;
  const char                *body;
  const char                *cancel_label;
  const PurgeDialogResponse *responses;
  gsize                      n_responses;
  const char                *default_id;
} PurgeDialogQuestion;

/**
 * PurgeDialogFormat:
 * @name: what it is called, translated
 * @ending: how names of such files end, with the dot
 *
 * A format in which something can be saved.
 */
typedef struct {
  const char *name;
  const char *ending;
} PurgeDialogFormat;

void        purge_dialogs_ask_async     (GtkWindow                  *parent,
                                         const PurgeDialogQuestion  *question,
                                         GCancellable               *cancellable,
                                         GAsyncReadyCallback         callback,
                                         gpointer                    user_data);
char       *purge_dialogs_ask_finish    (GtkWindow                  *parent,
                                         GAsyncResult               *result,
                                         GError                    **error);
void        purge_dialogs_import_async  (GtkWindow                  *parent,
                                         GCancellable               *cancellable,
                                         GAsyncReadyCallback         callback,
                                         gpointer                    user_data);
GListModel *purge_dialogs_import_finish (GtkWindow                  *parent,
                                         GAsyncResult               *result,
                                         GError                    **error);
void        purge_dialogs_export_async  (GtkWindow                  *parent,
                                         const char                 *name,
                                         const PurgeDialogFormat    *formats,
                                         gsize                       n_formats,
                                         GCancellable               *cancellable,
                                         GAsyncReadyCallback         callback,
                                         gpointer                    user_data);
GFile      *purge_dialogs_export_finish (GtkWindow                  *parent,
                                         GAsyncResult               *result,
                                         guint                      *format,
                                         GError                    **error);
void        purge_dialogs_tell          (GtkWindow                  *parent,
                                         const char                 *heading,
                                         const char                 *body);
void        purge_dialogs_show_about    (GtkWindow                  *parent);

G_END_DECLS
