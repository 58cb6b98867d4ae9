/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Whether somebody is at the list, and may send it in a moment. Knows what people do before that; what is
 * made ready then, and how often, the session's readiness knows.
 *
 * Who opens a window has said nothing of sending, even if the list of the last time is in it. */

#define G_LOG_DOMAIN "purge-attention"

#include "config.h"

#include "purge-attention.h"

#include "purge-obstacle.h"

struct _PurgeAttention
{
  GObject       parent_instance;

  GtkWindow    *window; /* not owned: it owns this */
  PurgeSession *session;
  gboolean      was_active;
};

G_DEFINE_FINAL_TYPE (PurgeAttention, purge_attention, G_TYPE_OBJECT)

/* Where nobody is at the window nothing is about to be sent. */
static void
touch (PurgeAttention *self)
{
  if (self->session != NULL && purge_obstacle_find (self->session) == NULL &&
      gtk_window_is_active (self->window))
    purge_readiness_touch (purge_session_get_readiness (self->session),
                           purge_session_get_account (self->session));
}

/* Who comes back to a window may send; the first time it was only opened. */
static void
on_active_cb (PurgeAttention *self)
{
  if (!gtk_window_is_active (self->window))
    return;

  if (self->was_active)
    touch (self);
  self->was_active = TRUE;
}

/* A list of the last time can be sent by one key, without a question. */
static gboolean
on_key_pressed_cb (PurgeAttention *self)
{
  touch (self);
  return GDK_EVENT_PROPAGATE;
}

static void
purge_attention_dispose (GObject *object)
{
  purge_attention_set_session (PURGE_ATTENTION (object), NULL);

  G_OBJECT_CLASS (purge_attention_parent_class)->dispose (object);
}

static void
purge_attention_class_init (PurgeAttentionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = purge_attention_dispose;
}

static void
purge_attention_init (PurgeAttention *self)
{
}

/**
 * purge_attention_new:
 * @window: a window, which owns what is returned
 *
 * Returns: (transfer full): the attention to no session yet
 */
PurgeAttention *
purge_attention_new (GtkWindow *window)
{
  PurgeAttention *self = g_object_new (PURGE_TYPE_ATTENTION, NULL);
  GtkEventController *key = gtk_event_controller_key_new ();

  self->window = window;
  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (on_active_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect_object (key, "key-pressed", G_CALLBACK (on_key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (window), key);
  return self;
}

/**
 * purge_attention_set_session:
 * @self: the attention of whoever is at a window
 * @session: (nullable): whose list is in it
 *
 * Has a list that changes, and an account that is chosen, count for another session.
 */
void
purge_attention_set_session (PurgeAttention *self,
                             PurgeSession   *session)
{
  g_return_if_fail (PURGE_IS_ATTENTION (self));
  g_return_if_fail (session == NULL || PURGE_IS_SESSION (session));

  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      g_signal_handlers_disconnect_by_data (purge_session_get_list (self->session), self);
    }

  g_set_object (&self->session, session);
  if (session == NULL)
    return;

  g_signal_connect_object (session, "notify::account", G_CALLBACK (touch), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (purge_session_get_list (session), "items-changed", G_CALLBACK (touch),
                           self, G_CONNECT_SWAPPED);
}
