/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Memory that was needed and is free again. Knows that the C library keeps it, between blocks that are in
 * use, until it is asked. */

#define G_LOG_DOMAIN "purge-heap"

#include "config.h"

#include "purge-heap.h"

#ifdef HAVE_MALLOC_TRIM
#include <malloc.h>
#endif

static gboolean
on_idle_cb (gpointer user_data)
{
#ifdef HAVE_MALLOC_TRIM
  malloc_trim (0);
#endif
  return G_SOURCE_REMOVE;
}

/**
 * purge_heap_trim_when_idle:
 *
 * Gives what is free back to the system when the main context of the main thread has nothing else to do,
 * where the C library can; glibc does, in less than a millisecond. The start of a window leaves a twentieth
 * of its memory behind.
 */
void
purge_heap_trim_when_idle (void)
{
  g_idle_add_full (G_PRIORITY_LOW, on_idle_cb, NULL, NULL);
}
