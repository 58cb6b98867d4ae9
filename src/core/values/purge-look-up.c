/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What a look-up found in the server's log of purges. Knows neither how one asks nor what it means
 * for a batch. */

#define G_LOG_DOMAIN "purge-look-up"

#include "config.h"

#include "purge-look-up.h"

G_DEFINE_BOXED_TYPE (PurgeLookUp, purge_look_up, purge_look_up_ref, purge_look_up_unref)

/**
 * purge_look_up_new:
 *
 * Returns: (transfer full): a look-up that found nothing; records are added before it is shared
 */
PurgeLookUp *
purge_look_up_new (void)
{
  PurgeLookUp *self = g_new0 (PurgeLookUp, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify) purge_log_record_free);
  return self;
}

/**
 * purge_look_up_new_failed:
 * @failure: what became of the request, not a success
 *
 * Returns: (transfer full): a look-up that tells nothing
 */
PurgeLookUp *
purge_look_up_new_failed (PurgeOutcome *failure)
{
  PurgeLookUp *self;

  g_return_val_if_fail (failure != NULL, NULL);
  g_return_val_if_fail (failure->event != PURGE_BATCH_EVENT_ACCEPTED, NULL);

  self = purge_look_up_new ();
  self->failure = purge_outcome_ref (failure);
  return self;
}

/**
 * purge_look_up_ref:
 * @self: a look-up
 *
 * Returns: (transfer full): @self
 */
PurgeLookUp *
purge_look_up_ref (PurgeLookUp *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * purge_look_up_unref:
 * @self: (transfer full): a look-up
 */
void
purge_look_up_unref (PurgeLookUp *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_ptr_array_unref (self->records);
  g_clear_pointer (&self->failure, purge_outcome_unref);
  g_free (self);
}
