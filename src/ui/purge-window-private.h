/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-window.h"

#include "purge-account-switch.h"
#include "purge-attention.h"
#include "purge-banner.h"
#include "purge-draft-banner.h"
#include "purge-list-editor.h"
#include "purge-result-pane.h"
#include "purge-storage-banner.h"

G_BEGIN_DECLS

/* What the files of #PurgeWindow share: what a window holds, and what one asks of the other. */

struct _PurgeWindow
{
  AdwApplicationWindow  parent_instance;

  GSettings            *settings;
  PurgeSession         *real;
  PurgeSession         *session;
  GCancellable         *cancellable;
  gboolean              opened;       /* and nothing is left to be read */
  gboolean              was_sending;
  guint                 hold;
  gboolean              closing;

  PurgeAttention       *attention;

  GMenuModel           *menu;
  GtkWidget            *menu_button;
  PurgeAccountSwitch   *accounts;
  PurgeBanner          *banner;
  PurgeStorageBanner   *storage_banner;
  PurgeDraftBanner     *draft_banner;
  GtkStack             *stack;
  PurgeListEditor      *editor;
  PurgeResultPane      *results;
};

void purge_window_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
