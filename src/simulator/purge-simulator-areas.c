/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The two areas in which domains are accelerated, each with quotas of its own. Knows no API. */

#define G_LOG_DOMAIN "purge-simulator-areas"

#include "config.h"

#include "purge-simulator-areas.h"

static const char * const parts[] = { PURGE_SIMULATOR_MAINLAND, PURGE_SIMULATOR_OVERSEAS };

static gboolean
includes (const char *area,
          const char *part)
{
  return g_str_equal (area, PURGE_SIMULATOR_GLOBAL) || g_str_equal (area, part);
}

static char *
name_quota (const char *quota,
            const char *part)
{
  return g_strconcat (quota, " ", part, NULL);
}

/* The name in static memory. */
static const char *
intern (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (g_strcmp0 (name, parts[i]) == 0)
        return parts[i];
    }

  return g_strcmp0 (name, PURGE_SIMULATOR_GLOBAL) == 0 ? PURGE_SIMULATOR_GLOBAL : NULL;
}

/**
 * purge_simulator_areas_is_area:
 * @name: a text
 *
 * Returns: whether it is `mainland`, `overseas` or `global`
 */
gboolean
purge_simulator_areas_is_area (const char *name)
{
  return intern (name) != NULL;
}

/**
 * purge_simulator_areas_choose:
 * @deployed: (nullable): where the domains are accelerated, or %NULL for everywhere
 * @wanted: (nullable): where to purge, or %NULL for wherever they are accelerated
 *
 * Returns: (transfer none) (nullable): the area to purge, in static memory, or %NULL where the
 *   domains are not accelerated in all of it
 */
const char *
purge_simulator_areas_choose (const char *deployed,
                              const char *wanted)
{
  if (deployed == NULL)
    deployed = PURGE_SIMULATOR_GLOBAL;
  if (wanted == NULL)
    wanted = deployed;

  return includes (deployed, wanted) ? intern (wanted) : NULL;
}

/**
 * purge_simulator_areas_get_used:
 * @area: `mainland` or `overseas`
 * @ledger: what was spent
 * @quota: what it was spent on
 * @day: the number of the day
 *
 * Returns: how much of the quota is spent in the area that day
 */
guint
purge_simulator_areas_get_used (const char           *area,
                                PurgeSimulatorLedger *ledger,
                                const char           *quota,
                                gint64                day)
{
  g_autofree char *name = name_quota (quota, area);

  return purge_simulator_ledger_get_used (ledger, name, day);
}

/**
 * purge_simulator_areas_spend:
 * @area: `mainland`, `overseas` or, for both of them, `global`
 * @ledger: what was spent
 * @quota: what to spend it on
 * @day: the number of the day
 * @amount: how much to spend in each
 * @limit: how much there is a day in each
 *
 * Spends the whole amount in every part of the area or, where there is too little left in one of
 * them, nothing in any.
 *
 * Returns: whether it was spent
 */
gboolean
purge_simulator_areas_spend (const char           *area,
                             PurgeSimulatorLedger *ledger,
                             const char           *quota,
                             gint64                day,
                             guint                 amount,
                             guint                 limit)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      guint used = purge_simulator_areas_get_used (parts[i], ledger, quota, day);

      if (includes (area, parts[i]) && (used > limit || amount > limit - used))
        return FALSE;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *name = name_quota (quota, parts[i]);

      if (includes (area, parts[i]))
        purge_simulator_ledger_spend (ledger, name, day, amount, limit);
    }

  return TRUE;
}
