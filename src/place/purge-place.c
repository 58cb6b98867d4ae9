/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Where the programs are: installed, or in the folder they were built in; and which language they
 * speak. Knows nothing of what they do, so that the simulator, which shares no other code with the
 * program, can begin with it as well. */

#define G_LOG_DOMAIN "purge-place"

#include "config.h"

#include "purge-place.h"

#include <libintl.h>
#include <locale.h>

/**
 * purge_place_dup_build_folder:
 *
 * The compiled schemas tell: nobody installs them beside a program.
 *
 * Returns: (transfer full) (nullable): the folder of the program where that is the one it was built
 *   in
 */
char *
purge_place_dup_build_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;
  g_autofree char *schemas = NULL;

  if (folder == NULL)
    return NULL;

  schemas = g_build_filename (folder, "data", "gschemas.compiled", NULL);
  return g_file_test (schemas, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer (&folder) : NULL;
}

/* The locale that the environment asks for, for what people read. */
static const char *
get_wanted_locale (void)
{
  const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = g_getenv (names[i]);

      if (value != NULL && *value != '\0')
        return value;
    }

  return NULL;
}

/* Small systems have no locale but C.UTF-8. Until glibc 2.41 translations need no more than a locale that
 * is not C itself, so whoever asks for a language is given it there as well. */
static void
do_without_locale (void)
{
  const char *wanted = get_wanted_locale ();
  const char *languages = g_getenv ("LANGUAGE");

  if (setlocale (LC_ALL, "C.UTF-8") == NULL)
    return;
  if (wanted != NULL && (languages == NULL || *languages == '\0'))
    g_setenv ("LANGUAGE", wanted, TRUE);
}

/**
 * purge_place_set_language:
 *
 * Makes the program speak the language that the environment asks for, with the translations that
 * were installed with it, or built with it. To be called in `main` before there are
 * threads, since it may change the environment.
 */
void
purge_place_set_language (void)
{
  g_autofree char *folder = purge_place_dup_build_folder ();
  g_autofree char *built = folder != NULL ? g_build_filename (folder, "po", NULL) : NULL;

  if (setlocale (LC_ALL, "") == NULL)
    do_without_locale ();

  bindtextdomain (GETTEXT_PACKAGE, built != NULL ? built : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
