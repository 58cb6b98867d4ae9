/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Where the program's own files are: installed, or in the folder it was built in, beside the
 * program. Knows which files those are, and nothing of what is in them. */

#define G_LOG_DOMAIN "purge-location"

#include "config.h"

#include "purge-location.h"

#include <libintl.h>

/* The folder of the program where that is the one it was built in, or NULL. The compiled schemas
 * tell: nobody installs them beside a program. */
static char *
dup_build_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;
  g_autofree char *schemas = NULL;

  if (folder == NULL)
    return NULL;

  schemas = g_build_filename (folder, "data", "gschemas.compiled", NULL);
  return g_file_test (schemas, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer (&folder) : NULL;
}

static GSettingsSchema *
look_up_in_build_folder (void)
{
  g_autofree char *folder = dup_build_folder ();
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
 * purge_location_bind_translations:
 *
 * Tells gettext where the translations are.
 */
void
purge_location_bind_translations (void)
{
  g_autofree char *folder = dup_build_folder ();
  g_autofree char *built = folder != NULL ? g_build_filename (folder, "po", NULL) : NULL;

  bindtextdomain (GETTEXT_PACKAGE, built != NULL ? built : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
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
