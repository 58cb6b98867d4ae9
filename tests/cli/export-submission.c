/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* export-submission ID csv|json: prints what the window would export of a submission. */

#include "purge-export.h"

#include <locale.h>
#include <stdlib.h>

#include "await.h"

int
main (int    argc,
      char **argv)
{
  g_autoptr (PurgeWorkspace) workspace = NULL;
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PurgeJob) job = NULL;
  g_autofree char *text = NULL;

  setlocale (LC_ALL, "");
  g_assert_cmpint (argc, ==, 3);
  workspace = purge_workspace_new_real ();
  purge_workspace_open_async (workspace, NULL, await_cb, &opened);
  purge_workspace_open_finish (workspace, await (&opened), &error);
  g_assert_no_error (error);
  purge_job_load_async (workspace, atoi (argv[1]), NULL, await_cb, &loaded);
  job = purge_job_load_finish (workspace, await (&loaded), &error);
  g_assert_no_error (error);

  text = purge_export_dup_text (job, purge_job_get_submission (job)->id,
                                g_str_equal (argv[2], "csv") ? PURGE_EXPORT_CSV
                                                             : PURGE_EXPORT_JSON);
  g_print ("%s", text);

  return 0;
}
