/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Memory for secrets. Knows pages; does not know what the secret is for. */

#define G_LOG_DOMAIN "purge-secret"

#include "config.h"

#include "purge-secret.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct _PurgeSecret
{
  gatomicrefcount ref_count;
  gsize           length;
  gsize           mapped;
  char           *pages;
};

G_DEFINE_BOXED_TYPE (PurgeSecret, purge_secret, purge_secret_ref, purge_secret_unref)

static gsize
round_to_pages (gsize length)
{
  gsize page = sysconf (_SC_PAGESIZE);

  return (length + page - 1) / page * page;
}

/**
 * purge_secret_new:
 * @bytes: (array length=length): the secret; the caller wipes its own copy
 * @length: its length in bytes, or -1 where it ends in NUL; at most %PURGE_SECRET_MAX_LENGTH
 *
 * Copies a secret into pages that are locked into memory where the system's limit allows it (a
 * refused lock is no error: the pages then are ordinary ones, still outside every core dump).
 *
 * Returns: (transfer full): a new secret
 */
PurgeSecret *
purge_secret_new (const char *bytes,
                  gssize      length)
{
  PurgeSecret *self;

  g_return_val_if_fail (bytes != NULL, NULL);

  if (length < 0)
    length = strlen (bytes);

  g_return_val_if_fail (length <= PURGE_SECRET_MAX_LENGTH, NULL);

  self = g_new0 (PurgeSecret, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->length = length;
  self->mapped = round_to_pages (length + 1);
  self->pages = mmap (NULL, self->mapped, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (self->pages == MAP_FAILED)
    g_error ("No memory for a secret of %" G_GSIZE_FORMAT " bytes", self->length);

  if (mlock (self->pages, self->mapped) != 0)
    g_debug ("The pages of a secret could not be locked");
  madvise (self->pages, self->mapped, MADV_DONTDUMP);
  memcpy (self->pages, bytes, length);

  return self;
}

/**
 * purge_secret_ref:
 * @self: a secret
 *
 * Returns: (transfer full): @self
 */
PurgeSecret *
purge_secret_ref (PurgeSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * purge_secret_unref:
 * @self: (transfer full): a secret
 *
 * Gives a reference back; the last one wipes the pages before they go back to the system.
 */
void
purge_secret_unref (PurgeSecret *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  purge_secret_wipe (self->pages, self->mapped);
  munmap (self->pages, self->mapped);
  g_free (self);
}

/**
 * purge_secret_peek:
 * @self: a secret
 *
 * Returns: (transfer none): the bytes, followed by a NUL; do not copy them into ordinary memory
 */
const char *
purge_secret_peek (const PurgeSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->pages;
}

/**
 * purge_secret_get_length:
 * @self: a secret
 *
 * Returns: the length in bytes, without the NUL
 */
gsize
purge_secret_get_length (const PurgeSecret *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->length;
}

/**
 * purge_secret_wipe:
 * @bytes: (nullable): memory that held a secret
 * @length: how many bytes
 *
 * Overwrites memory in a way that no compiler removes.
 */
void
purge_secret_wipe (gpointer bytes,
                   gsize    length)
{
  if (bytes != NULL)
    explicit_bzero (bytes, length);
}
