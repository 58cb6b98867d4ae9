/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* For how long the history is kept. Knows the choices and the question; the retention deletes. */

#define G_LOG_DOMAIN "purge-keep-choice"

#include "config.h"

#include "purge-keep-choice.h"

#include <glib/gi18n-lib.h>

#include "purge-accessible.h"
#include "purge-dialogs.h"
#include "purge-retention.h"

#define ANSWER_DELETE "delete"

static const struct {
  guint       days;
  const char *label;
} choices[] = {
  /* Translators: for how long the history is kept */
  { 0, N_("Keep for Ever") },
  { 30, N_("Keep 30 Days") },
  { 90, N_("Keep 90 Days") },
  { 365, N_("Keep 1 Year") },
};

struct _PurgeKeepChoice
{
  AdwBin        parent_instance;

  PurgeSession *session;
  GSettings    *settings;
  GtkDropDown  *drop_down;
  guint         chosen;
};

G_DEFINE_FINAL_TYPE (PurgeKeepChoice, purge_keep_choice, ADW_TYPE_BIN)

static void on_selected_cb (PurgeKeepChoice *self);

/* A period of the settings that is none of the choices is none of them. */
static void
show_setting (PurgeKeepChoice *self)
{
  guint days = purge_retention_get_days (self->settings);
  guint position = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    if (choices[i].days == days)
      position = i;

  g_signal_handlers_block_by_func (self->drop_down, on_selected_cb, self);
  gtk_drop_down_set_selected (self->drop_down, position);
  g_signal_handlers_unblock_by_func (self->drop_down, on_selected_cb, self);
}

static void
on_applied_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (PurgeKeepChoice) self = user_data;
  g_autoptr (GError) error = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!purge_retention_apply_finish (PURGE_SESSION (source), result, &error) && root != NULL)
    purge_dialogs_tell (GTK_WINDOW (root), _("The History Was Not Deleted"), error->message);
}

static void
set_days (PurgeKeepChoice *self,
          guint            days)
{
  g_settings_set_int (self->settings, "history-days", days);
  purge_retention_apply_async (self->session, self->settings, on_applied_cb, g_object_ref (self));
}

static void
on_answered_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (PurgeKeepChoice) self = user_data;
  g_autofree char *answer = purge_dialogs_ask_finish (GTK_WINDOW (source), result, NULL);

  if (self->session == NULL)
    return;

  if (g_strcmp0 (answer, ANSWER_DELETE) == 0 && !purge_session_get_sending (self->session))
    set_days (self, choices[self->chosen].days);
  else
    show_setting (self);
}

static void
ask (PurgeKeepChoice *self,
     guint            days)
{
  PurgeDialogResponse delete = { ANSWER_DELETE, _("_Delete"), ADW_RESPONSE_DESTRUCTIVE };
  g_autofree char *heading =
    g_strdup_printf (ngettext ("Keep Only %u Day?", "Keep Only %u Days?", days), days);

  purge_dialogs_ask_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                           &(PurgeDialogQuestion) {
                             .heading = heading,
                             .body = _("Older submissions are deleted now, and from now on. They do "
                                       "not come back."),
                             .cancel_label = _("_Cancel"),
                             .responses = &delete,
                             .n_responses = 1,
                             .default_id = PURGE_DIALOGS_CANCEL,
                           }, NULL, on_answered_cb, g_object_ref (self));
}

static void
on_selected_cb (PurgeKeepChoice *self)
{
  guint position = gtk_drop_down_get_selected (self->drop_down);
  guint before = purge_retention_get_days (self->settings);

  if (position >= G_N_ELEMENTS (choices) || choices[position].days == before)
    return;

  self->chosen = position;
  if (choices[position].days != 0 && (before == 0 || choices[position].days < before))
    ask (self, choices[position].days);
  else
    set_days (self, choices[position].days);
}

static void
purge_keep_choice_dispose (GObject *object)
{
  PurgeKeepChoice *self = PURGE_KEEP_CHOICE (object);

  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (purge_keep_choice_parent_class)->dispose (object);
}

static void
purge_keep_choice_class_init (PurgeKeepChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = purge_keep_choice_dispose;
}

static void
purge_keep_choice_init (PurgeKeepChoice *self)
{
  GtkStringList *labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    gtk_string_list_append (labels, _(choices[i].label));

  self->drop_down = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (labels), NULL));
  gtk_widget_set_halign (GTK_WIDGET (self->drop_down), GTK_ALIGN_START);
  purge_accessible_name (GTK_WIDGET (self->drop_down), _("For how long the history is kept"));
  g_signal_connect_object (self->drop_down, "notify::selected", G_CALLBACK (on_selected_cb), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->drop_down));
}

/**
 * purge_keep_choice_set_session:
 * @self: a choice
 * @session: (nullable): whose history it is
 * @settings: (nullable): where the choice is kept; where one of them is missing there is none
 *
 * Shows what is chosen, here or elsewhere.
 */
void
purge_keep_choice_set_session (PurgeKeepChoice *self,
                               PurgeSession    *session,
                               GSettings       *settings)
{
  g_return_if_fail (PURGE_IS_KEEP_CHOICE (self));
  g_return_if_fail (session == NULL || PURGE_IS_SESSION (session));

  g_set_object (&self->session, session);
  g_set_object (&self->settings, settings);
  if (settings != NULL)
    g_signal_connect_object (settings, "changed::history-days", G_CALLBACK (show_setting), self,
                             G_CONNECT_SWAPPED);
  show_setting (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self), session != NULL && settings != NULL);
}
