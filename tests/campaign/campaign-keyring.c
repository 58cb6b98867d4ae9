/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A keyring in trouble. What the real ones do until they say so is other tests' business; here
 * counts what is sent without a key. */

#include "campaign-keyring.h"

struct _CampaignKeyring
{
  GObject     parent_instance;

  PurgeError  trouble;
};

enum { PROP_WAITING = 1 };

static void campaign_keyring_keyring_init (PurgeKeyringInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CampaignKeyring, campaign_keyring, G_TYPE_OBJECT,
  G_IMPLEMENT_INTERFACE (PURGE_TYPE_KEYRING, campaign_keyring_keyring_init))

static void
campaign_keyring_check (PurgeKeyring *keyring,
                        GTask        *task,
                        const char   *uuid)
{
  g_task_return_int (task, PURGE_KEY_PRESENT);
  g_object_unref (task);
}

static void
campaign_keyring_load (PurgeKeyring *keyring,
                       GTask        *task,
                       const char   *uuid)
{
  CampaignKeyring *self = CAMPAIGN_KEYRING (keyring);
  g_autoptr (PurgeSecret) key = purge_secret_new ("Gu5t9xGARNpq86cd98joQYCN3EXAMPLE", -1);

  if (self->trouble != 0)
    g_task_return_new_error (task, PURGE_ERROR, self->trouble, "campaign");
  else
    g_task_return_pointer (task, purge_credentials_new ("AKIDCAMPAIGN", key, NULL),
                           (GDestroyNotify) purge_credentials_unref);
  g_object_unref (task);
}

static void
campaign_keyring_keyring_init (PurgeKeyringInterface *iface)
{
  iface->check = campaign_keyring_check;
  iface->load = campaign_keyring_load;
}

static void
campaign_keyring_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  g_value_set_boolean (value, FALSE);
}

static void
campaign_keyring_class_init (CampaignKeyringClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = campaign_keyring_get_property;
  g_object_class_override_property (object_class, PROP_WAITING, "waiting");
}

static void
campaign_keyring_init (CampaignKeyring *self)
{
}

CampaignKeyring *
campaign_keyring_new (void)
{
  return g_object_new (CAMPAIGN_TYPE_KEYRING, NULL);
}

/* Why it does not give the key; 0 if it does. */
void
campaign_keyring_set_trouble (CampaignKeyring *self,
                              PurgeError       trouble)
{
  self->trouble = trouble;
}
