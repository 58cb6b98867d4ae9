/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* One press is one submission: a server may have answered between the two clicks of a double click,
 * and a key that is held goes on for as long as it likes. Knows what was sent last, and when; another
 * list or another account is a press of its own. */

#define G_LOG_DOMAIN "purge-press"

#include "config.h"

#include "purge-press.h"

/* Longer than a double click takes, and than it takes until a key that is held begins to repeat. */
#define SAME_PRESS_US G_USEC_PER_SEC

typedef struct {
  gint64        time;
  PurgeAccount *account;
  PurgeOrder   *order;
} Press;

static void
press_free (gpointer data)
{
  Press *press = data;

  g_object_unref (press->account);
  purge_order_unref (press->order);
  g_free (press);
}

static GQuark
get_quark (void)
{
  return g_quark_from_static_string ("purge-press");
}

static gboolean
is_equal (PurgeOrder *order,
          PurgeOrder *other)
{
  for (guint kind = 0; kind < PURGE_N_KINDS; kind++)
    if (!g_strv_equal (purge_order_get (order, kind), purge_order_get (other, kind)))
      return FALSE;

  return purge_order_get_mode (order) == purge_order_get_mode (other) &&
         purge_order_get_area (order) == purge_order_get_area (other);
}

/**
 * purge_press_note:
 * @session: a session with an account
 * @order: what is being sent with it, or has just been
 *
 * Keeps when that was. To be called when a submission begins and when it has ended.
 */
void
purge_press_note (PurgeSession *session,
                  PurgeOrder   *order)
{
  PurgeAccount *account = purge_session_get_account (session);
  Press *press;

  if (account == NULL)
    return;

  press = g_new0 (Press, 1);
  press->time = g_get_monotonic_time ();
  press->account = g_object_ref (account);
  press->order = purge_order_ref (order);
  g_object_set_qdata_full (G_OBJECT (session), get_quark (), press, press_free);
}

/**
 * purge_press_is_same:
 * @session: a session with an account
 * @order: what somebody wants to send with it
 *
 * Whether that is still the press that sent it last: the same within a second, or within a second of
 * another such press.
 *
 * Returns: whether nothing is to be sent
 */
gboolean
purge_press_is_same (PurgeSession *session,
                     PurgeOrder   *order)
{
  Press *press = g_object_get_qdata (G_OBJECT (session), get_quark ());
  gint64 now = g_get_monotonic_time ();

  if (press == NULL || now - press->time > SAME_PRESS_US ||
      press->account != purge_session_get_account (session) || !is_equal (press->order, order))
    return FALSE;

  press->time = now;
  return TRUE;
}
