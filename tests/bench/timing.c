/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "timing.h"

#include <stdlib.h>

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const double difference = *(const double *) a - *(const double *) b;

  return (difference > 0) - (difference < 0);
}

double
timing_get_ms (gint64 since)
{
  return (g_get_monotonic_time () - since) / 1000.0;
}

double
timing_get_median (double *values,
                   guint   n)
{
  qsort (values, n, sizeof *values, compare);
  return values[n / 2];
}
