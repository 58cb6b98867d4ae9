/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Adding up. Knows which states belong together in the eyes of a person. */

#define G_LOG_DOMAIN "purge-tally"

#include "config.h"

#include "purge-tally.h"

#include <glib/gi18n-lib.h>

/**
 * purge_tally_add:
 * @self: a tally, all zero at first
 * @state: the state of a batch
 * @n_directories: how many directories it has
 *
 * Adds one batch.
 */
void
purge_tally_add (PurgeTally      *self,
                 PurgeBatchState  state,
                 guint            n_directories)
{
  g_return_if_fail (self != NULL);

  self->n_directories += n_directories;
  self->n_batches++;
  self->n_batches_done += state != PURGE_BATCH_WAITING && state != PURGE_BATCH_SENDING;

  switch (state)
    {
    case PURGE_BATCH_DONE:
      self->n_done += n_directories;
      self->n_accepted += n_directories;
      break;
    case PURGE_BATCH_ACCEPTED:
      self->n_accepted += n_directories;
      break;
    case PURGE_BATCH_FAILED:
      self->n_failed += n_directories;
      self->n_rejected += n_directories;
      break;
    case PURGE_BATCH_REJECTED:
      self->n_rejected += n_directories;
      break;
    case PURGE_BATCH_UNKNOWN:
      self->n_unknown += n_directories;
      break;
    case PURGE_BATCH_WAITING:
    case PURGE_BATCH_SENDING:
      self->n_waiting += n_directories;
      break;
    case PURGE_BATCH_SUPERSEDED:
    default:
      break;
    }
}

/**
 * purge_tally_add_all:
 * @self: a tally
 * @other: another one
 *
 * Adds all of it.
 */
void
purge_tally_add_all (PurgeTally       *self,
                     const PurgeTally *other)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (other != NULL);

  self->n_directories += other->n_directories;
  self->n_accepted += other->n_accepted;
  self->n_done += other->n_done;
  self->n_rejected += other->n_rejected;
  self->n_failed += other->n_failed;
  self->n_unknown += other->n_unknown;
  self->n_waiting += other->n_waiting;
  self->n_batches += other->n_batches;
  self->n_batches_done += other->n_batches_done;
}

/**
 * purge_tally_split:
 * @self: a tally
 * @parts: (out) (array fixed-size=4): accepted, rejected, unknown and waiting, which are all
 *
 * Says what there is at a glance.
 */
void
purge_tally_split (const PurgeTally *self,
                   PurgeTallyPart   *parts)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (parts != NULL);

  parts[0] = (PurgeTallyPart) { PURGE_BATCH_ACCEPTED, self->n_accepted };
  parts[1] = (PurgeTallyPart) { PURGE_BATCH_REJECTED, self->n_rejected };
  parts[2] = (PurgeTallyPart) { PURGE_BATCH_UNKNOWN, self->n_unknown };
  parts[3] = (PurgeTallyPart) { PURGE_BATCH_WAITING, self->n_waiting };
}

static void
add_part (GString *summary,
          char    *part,
          guint    n)
{
  g_autofree char *owned = part;

  if (n == 0)
    return;

  if (summary->len > 0)
    g_string_append (summary, " · ");
  g_string_append (summary, owned);
}

/**
 * purge_tally_dup_summary:
 * @self: a tally
 *
 * Returns: (transfer full): a translated line, “20 accepted · 5 rejected”, in which each entry is once
 */
char *
purge_tally_dup_summary (const PurgeTally *self)
{
  g_autoptr (GString) summary = g_string_new (NULL);
  guint n;

  g_return_val_if_fail (self != NULL, NULL);

  n = self->n_accepted - self->n_done;
  /* Translators: these six count what was purged and stand side by side: “20 accepted · 5 rejected” */
  add_part (summary, g_strdup_printf (ngettext ("%u accepted", "%u accepted", n), n), n);
  n = self->n_done;
  add_part (summary, g_strdup_printf (ngettext ("%u done", "%u done", n), n), n);
  n = self->n_rejected - self->n_failed;
  add_part (summary, g_strdup_printf (ngettext ("%u rejected", "%u rejected", n), n), n);
  n = self->n_failed;
  add_part (summary, g_strdup_printf (ngettext ("%u failed", "%u failed", n), n), n);
  n = self->n_unknown;
  add_part (summary, g_strdup_printf (ngettext ("%u unknown", "%u unknown", n), n), n);
  n = self->n_waiting;
  add_part (summary, g_strdup_printf (ngettext ("%u waiting", "%u waiting", n), n), n);

  return g_string_free (g_steal_pointer (&summary), FALSE);
}
