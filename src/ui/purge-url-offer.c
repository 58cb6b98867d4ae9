/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* One click for all rows that could be URLs. Knows when there are enough of them; which they are,
 * the list knows, and the editor takes the offer. */

#define G_LOG_DOMAIN "purge-url-offer"

#include "config.h"

#include "purge-url-offer.h"

#include <glib/gi18n-lib.h>

#include "purge-banner.h"

/* A single row has a button of its own. */
#define SEVERAL 2

struct _PurgeUrlOffer
{
  AdwBin              parent_instance;

  PurgeDirectoryList *list;
  PurgeBanner        *banner;
};

G_DEFINE_FINAL_TYPE (PurgeUrlOffer, purge_url_offer, ADW_TYPE_BIN)

static void
update (PurgeUrlOffer *self)
{
  guint n_offers = self->list != NULL ? purge_directory_list_get_n_url_offers (self->list) : 0;
  g_autofree char *title = NULL;

  if (n_offers < SEVERAL)
    {
      purge_banner_hide (self->banner);
      return;
    }

  title = g_strdup_printf (ngettext ("%u row looks like a file or has a query",
                                     "%u rows look like files or have a query", n_offers),
                           n_offers);
  purge_banner_show (self->banner, title, _("Purge as _URLs"), "editor.take-url-offers");
}

static void
purge_url_offer_dispose (GObject *object)
{
  PurgeUrlOffer *self = PURGE_URL_OFFER (object);

  g_clear_object (&self->list);
  adw_bin_set_child (ADW_BIN (self), NULL);

  G_OBJECT_CLASS (purge_url_offer_parent_class)->dispose (object);
}

static void
purge_url_offer_class_init (PurgeUrlOfferClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = purge_url_offer_dispose;
}

static void
purge_url_offer_init (PurgeUrlOffer *self)
{
  self->banner = g_object_new (PURGE_TYPE_BANNER, NULL);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->banner));
}

/**
 * purge_url_offer_set_list:
 * @self: an offer
 * @list: (nullable): of whose rows it speaks
 *
 * Speaks of another list.
 */
void
purge_url_offer_set_list (PurgeUrlOffer      *self,
                          PurgeDirectoryList *list)
{
  g_return_if_fail (PURGE_IS_URL_OFFER (self));
  g_return_if_fail (list == NULL || PURGE_IS_DIRECTORY_LIST (list));

  if (self->list != NULL)
    g_signal_handlers_disconnect_by_func (self->list, update, self);
  g_set_object (&self->list, list);
  if (list != NULL)
    g_signal_connect_object (list, "notify::n-url-offers", G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);
  update (self);
}
