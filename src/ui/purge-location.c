/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Where the settings of the window are described: installed, or in the folder it was built in. Knows
 * nothing of what they are. */

#define G_LOG_DOMAIN "purge-location"

#include "config.h"

#include "purge-location.h"

#include "purge-place.h"

static GSettingsSchema *
look_up_in_build_folder (void)
{
  g_autofree char *folder = purge_place_dup_build_folder ();
  g_autofree char *schemas = NULL;
  g_autoptr (GSettingsSchemaSource) source = NULL;
  g_autoptr (GError) error = NULL;

  if (folder == NULL)
    return NULL;

  schemas = g_build_filename (folder, "data", NULL);
  source = g_settings_schema_source_new_from_directory (schemas, NULL, TRUE, &error);
  if (source == NULL)
    {
      g_warning ("Settings of the build folder: %s", error->message);
      return NULL;
    }

  return g_settings_schema_source_lookup (source, APP_ID, FALSE);
}

static GSettingsSchema *
look_up_installed (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();

  return source != NULL ? g_settings_schema_source_lookup (source, APP_ID, TRUE) : NULL;
}

/**
 * purge_location_new_settings:
 *
 * The settings of the window. Where no schema is found, which is an incomplete installation, the
 * window works with its defaults.
 *
 * Returns: (transfer full) (nullable): the settings
 */
GSettings *
purge_location_new_settings (void)
{
  g_autoptr (GSettingsSchema) schema = look_up_in_build_folder ();

  if (schema == NULL)
    schema = look_up_installed ();
  if (schema == NULL)
    {
      g_message ("The settings schema %s is not installed; nothing is remembered", APP_ID);
      return NULL;
    }

  return g_settings_new_full (schema, NULL, NULL);
}
