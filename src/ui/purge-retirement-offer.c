/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The way out where API 2.0 has ended. Changes which API an account speaks, and nothing else of it, and
 * has the list hold what was not accepted; what looks like the end of API 2.0 is decided by the batch. */

#define G_LOG_DOMAIN "purge-retirement-offer"

#include "config.h"

#include "purge-retirement-offer.h"

#include <glib/gi18n-lib.h>

struct _PurgeRetirementOffer
{
  AdwBin        parent_instance;

  PurgeSession *session;
  PurgeJob     *job;
  GSignalGroup *job_signals;
  GCancellable *switching;
  gboolean      switched;

  GtkWidget    *offer;
  GtkLabel     *text;
  GtkWidget    *button;
  GtkLabel     *failure;
};

G_DEFINE_FINAL_TYPE (PurgeRetirementOffer, purge_retirement_offer, ADW_TYPE_BIN)

static gboolean
looks_retired (PurgeJob *job)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (job)); i++)
    {
      g_autoptr (PurgeBatch) batch = g_list_model_get_item (G_LIST_MODEL (job), i);

      if (purge_batch_looks_retired (batch))
        return TRUE;
    }

  return FALSE;
}

/* The account of the submission, as it is now; NULL where there is nothing to switch. */
static PurgeAccount *
find_account (PurgeRetirementOffer *self)
{
  PurgeAccount *account;

  if (self->session == NULL || self->job == NULL || purge_session_get_sending (self->session))
    return NULL;

  account = purge_accounts_find_uuid (purge_session_get_accounts (self->session),
                                      purge_job_get_submission (self->job)->account_uuid);
  if (account == NULL || purge_account_get_api (account) != PURGE_API_KIND_2_0)
    return NULL;

  return looks_retired (self->job) ? account : NULL;
}

static void
update (PurgeRetirementOffer *self)
{
  gboolean offers = find_account (self) != NULL;

  /* The sentence is said when it changes, and so stays as it is while nothing is shown. */
  if (offers)
    gtk_label_set_label (self->text, _("It looks as if Tencent had ended API 2.0 for this account. "
                                       "Switched to API 3.0 it may go on: its key stays, and what "
                                       "was not accepted comes back into the list. Nothing is sent "
                                       "before you press Purge."));
  else if (self->switched)
    gtk_label_set_label (self->text, _("The account speaks API 3.0 now. Press Purge to send the "
                                       "list through it."));
  gtk_widget_set_visible (self->button, offers);
  gtk_widget_set_visible (self->offer, offers || self->switched);
  gtk_widget_set_visible (GTK_WIDGET (self->failure), *gtk_label_get_label (self->failure) != '\0');
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "retirement.switch", self->switching == NULL);
}

static void
on_session_changed_cb (PurgeRetirementOffer *self)
{
  PurgeJob *job = self->session != NULL ? purge_session_get_job (self->session) : NULL;

  if (g_set_object (&self->job, job))
    {
      g_signal_group_set_target (self->job_signals, job);
      self->switched = FALSE;
      gtk_label_set_label (self->failure, "");
    }
  update (self);
}

static void
on_account_put_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (PurgeRetirementOffer) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean switched = purge_accounts_put_finish (PURGE_ACCOUNTS (source), result, &error);

  g_clear_object (&self->switching);
  if (self->offer == NULL)
    return;

  self->switched = switched;
  if (!switched && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_label_set_label (self->failure, error->message);
  update (self);
  if (switched)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.load-unserved", NULL);
}

/* The endpoint stays where it is one of the person's own. */
static void
switch_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  PurgeRetirementOffer *self = PURGE_RETIREMENT_OFFER (widget);
  PurgeAccount *account = find_account (self);
  g_autoptr (PurgeAccount) changed = NULL;

  if (account == NULL)
    return;

  changed = purge_account_copy (account);
  g_object_set (changed, "api", PURGE_API_KIND_3_0, "form", PURGE_FORM_POST,
                "signature", PURGE_SIGNATURE_HMAC_SHA256, NULL);
  self->switching = g_cancellable_new ();
  gtk_label_set_label (self->failure, "");
  update (self);
  purge_accounts_put_async (purge_session_get_accounts (self->session), changed, NULL,
                            self->switching, on_account_put_cb, g_object_ref (self));
}

static void
purge_retirement_offer_dispose (GObject *object)
{
  PurgeRetirementOffer *self = PURGE_RETIREMENT_OFFER (object);

  if (self->offer != NULL)
    purge_retirement_offer_set_session (self, NULL);
  g_cancellable_cancel (self->switching);
  g_clear_object (&self->switching);
  g_clear_object (&self->job_signals);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PURGE_TYPE_RETIREMENT_OFFER);

  G_OBJECT_CLASS (purge_retirement_offer_parent_class)->dispose (object);
}

static void
purge_retirement_offer_class_init (PurgeRetirementOfferClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = purge_retirement_offer_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/cdn_purge/CdnPurge/purge-retirement-offer.ui");
  gtk_widget_class_bind_template_child (widget_class, PurgeRetirementOffer, offer);
  gtk_widget_class_bind_template_child (widget_class, PurgeRetirementOffer, text);
  gtk_widget_class_bind_template_child (widget_class, PurgeRetirementOffer, button);
  gtk_widget_class_bind_template_child (widget_class, PurgeRetirementOffer, failure);
  gtk_widget_class_install_action (widget_class, "retirement.switch", NULL, switch_action);
}

static void
purge_retirement_offer_init (PurgeRetirementOffer *self)
{
  self->job_signals = g_signal_group_new (PURGE_TYPE_JOB);
  g_signal_group_connect_swapped (self->job_signals, "notify", G_CALLBACK (update), self);

  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * purge_retirement_offer_set_session:
 * @self: an offer
 * @session: (nullable): whose submission it is about
 *
 * Speaks of another session.
 */
void
purge_retirement_offer_set_session (PurgeRetirementOffer *self,
                                    PurgeSession         *session)
{
  g_return_if_fail (PURGE_IS_RETIREMENT_OFFER (self));
  g_return_if_fail (session == NULL || PURGE_IS_SESSION (session));

  if (self->session == session)
    return;

  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->session, on_session_changed_cb, self);
      g_signal_handlers_disconnect_by_func (purge_session_get_accounts (self->session), update, self);
    }

  g_set_object (&self->session, session);
  if (session != NULL)
    {
      g_signal_connect_object (session, "notify", G_CALLBACK (on_session_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (purge_session_get_accounts (session), "items-changed",
                               G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  on_session_changed_cb (self);
}
