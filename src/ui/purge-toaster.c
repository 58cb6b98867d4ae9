/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* One toast at a time. libadwaita 1.2 crashes where a toast is dismissed that is still coming: the
 * animation that lets it come outlives what it moves. Three clicks in half a second are enough for
 * that. So a toast that is that young is not dismissed, but told other words. */

#define G_LOG_DOMAIN "purge-toaster"

#include "config.h"

#include "purge-toaster.h"

#include <glib/gi18n-lib.h>

/* A toast comes in 300 ms, and in 500 ms where another one goes. */
#define YOUNG_MS 600

struct _PurgeToaster
{
  GObject          parent_instance;

  AdwToastOverlay *overlay;        /* which holds whoever holds this */
  AdwToast        *toast;          /* NULL where there is none */
  guint            young_id;       /* not 0 as long as it may not be dismissed */
  gboolean         hiding;         /* and whether it shall be then */
};

G_DEFINE_FINAL_TYPE (PurgeToaster, purge_toaster, G_TYPE_OBJECT)

static void
forget_toast (PurgeToaster *self)
{
  g_clear_handle_id (&self->young_id, g_source_remove);
  if (self->toast != NULL)
    g_signal_handlers_disconnect_by_func (self->toast, forget_toast, self);
  g_clear_object (&self->toast);
  self->hiding = FALSE;
}

static void
drop_toast (PurgeToaster *self)
{
  g_autoptr (AdwToast) toast = self->toast != NULL ? g_object_ref (self->toast) : NULL;

  forget_toast (self);
  if (toast != NULL)
    adw_toast_dismiss (toast);
}

static gboolean
on_grown_up_cb (gpointer user_data)
{
  PurgeToaster *self = PURGE_TOASTER (user_data);

  self->young_id = 0;
  if (self->hiding)
    drop_toast (self);
  return G_SOURCE_REMOVE;
}

/* Whoever closes a toast, or its time, has it dismissed. */
static void
add_toast (PurgeToaster *self)
{
  self->toast = adw_toast_new ("");
  g_signal_connect_object (self->toast, "dismissed", G_CALLBACK (forget_toast), self,
                           G_CONNECT_SWAPPED);
  self->young_id = g_timeout_add (YOUNG_MS, on_grown_up_cb, self);
}

static void
purge_toaster_dispose (GObject *object)
{
  PurgeToaster *self = PURGE_TOASTER (object);

  forget_toast (self);
  g_clear_weak_pointer (&self->overlay);

  G_OBJECT_CLASS (purge_toaster_parent_class)->dispose (object);
}

static void
purge_toaster_class_init (PurgeToasterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = purge_toaster_dispose;
}

static void
purge_toaster_init (PurgeToaster *self)
{
}

/**
 * purge_toaster_new:
 * @overlay: where the toasts are shown
 *
 * Returns: (transfer full): a toaster that shows nothing
 */
PurgeToaster *
purge_toaster_new (AdwToastOverlay *overlay)
{
  PurgeToaster *self;

  g_return_val_if_fail (ADW_IS_TOAST_OVERLAY (overlay), NULL);

  self = g_object_new (PURGE_TYPE_TOASTER, NULL);
  g_set_weak_pointer (&self->overlay, overlay);
  return self;
}

/**
 * purge_toaster_show:
 * @self: a toaster
 * @title: what happened, plain text
 * @undo_action: (nullable): the action that undoes it
 *
 * Says what happened, in place of what was said before.
 */
void
purge_toaster_show (PurgeToaster *self,
                    const char   *title,
                    const char   *undo_action)
{
  g_autofree char *safe = NULL;
  gboolean is_new;

  g_return_if_fail (PURGE_IS_TOASTER (self));
  g_return_if_fail (title != NULL);

  if (self->overlay == NULL)
    return;

  if (self->young_id == 0)
    drop_toast (self);
  is_new = self->toast == NULL;
  if (is_new)
    add_toast (self);

  /* A toast's title is Pango markup. */
  safe = g_markup_escape_text (title, -1);
  self->hiding = FALSE;
  adw_toast_set_title (self->toast, safe);
  adw_toast_set_button_label (self->toast, undo_action != NULL ? _("_Undo") : NULL);
  adw_toast_set_action_name (self->toast, undo_action);
  if (is_new)
    adw_toast_overlay_add_toast (self->overlay, g_object_ref (self->toast));
}

/**
 * purge_toaster_hide:
 * @self: a toaster
 *
 * Takes back what was said.
 */
void
purge_toaster_hide (PurgeToaster *self)
{
  g_return_if_fail (PURGE_IS_TOASTER (self));

  if (self->young_id == 0)
    {
      drop_toast (self);
      return;
    }

  /* What could be undone was, and is not undone twice. */
  self->hiding = TRUE;
  adw_toast_set_button_label (self->toast, NULL);
}
