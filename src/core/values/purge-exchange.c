/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What became of a request on the wire. Knows nothing of what it asked. */

#define G_LOG_DOMAIN "purge-exchange"

#include "config.h"

#include "purge-exchange.h"

G_DEFINE_BOXED_TYPE (PurgeExchange, purge_exchange, purge_exchange_ref, purge_exchange_unref)

static PurgeExchange *
exchange_new (PurgeExchangeKind kind)
{
  PurgeExchange *self = g_new0 (PurgeExchange, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;
  return self;
}

/**
 * purge_exchange_new_failed:
 * @kind: how far it came; not %PURGE_EXCHANGE_ANSWERED
 * @cause: why no further
 * @detail: (nullable): developer's English
 *
 * Returns: (transfer full): an exchange without an answer
 */
PurgeExchange *
purge_exchange_new_failed (PurgeExchangeKind  kind,
                           PurgeCause         cause,
                           const char        *detail)
{
  PurgeExchange *self;

  g_return_val_if_fail (kind != PURGE_EXCHANGE_ANSWERED, NULL);
  g_return_val_if_fail (cause != PURGE_CAUSE_NONE, NULL);

  self = exchange_new (kind);
  self->cause = cause;
  self->detail = g_strdup (detail);
  return self;
}

/**
 * purge_exchange_new_answer:
 * @status: the HTTP status
 * @body: (nullable): the body, as it came
 *
 * Returns: (transfer full): an exchange with a whole answer; the caller may set the headers
 */
PurgeExchange *
purge_exchange_new_answer (guint   status,
                           GBytes *body)
{
  PurgeExchange *self = exchange_new (PURGE_EXCHANGE_ANSWERED);

  self->status = status;
  self->body = body != NULL ? g_bytes_ref (body) : g_bytes_new (NULL, 0);
  return self;
}

/**
 * purge_exchange_ref:
 * @self: an exchange
 *
 * Returns: (transfer full): @self
 */
PurgeExchange *
purge_exchange_ref (PurgeExchange *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * purge_exchange_unref:
 * @self: (transfer full): an exchange
 */
void
purge_exchange_unref (PurgeExchange *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->detail);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->content_type);
  g_free (self->location);
  g_free (self->date);
  g_free (self->age);
  g_free (self->retry_after);
  g_free (self);
}
