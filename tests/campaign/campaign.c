/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* campaign: every row of the fault matrix against the program, many times, each time with other
 * dice. Prints one line; ends with 1 where anything did not hold. */

#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "campaign-run.h"

static int runs = 2000;
static gint64 seed = 1;
static char *row_name;
static char *certificates;
static char *fault_server;
static int min_sockets;
static int min_each;
static gboolean verbose;
static gboolean trace;

static const GOptionEntry options[] = {
  { "runs", 'n', 0, G_OPTION_ARG_INT, &runs, "How many runs", "N" },
  { "seed", 's', 0, G_OPTION_ARG_INT64, &seed, "The seed of the first", "N" },
  { "row", 'r', 0, G_OPTION_ARG_STRING, &row_name, "This row only", "NAME" },
  { "certificates", 0, 0, G_OPTION_ARG_FILENAME, &certificates, "The certificates of the tests",
    "FOLDER" },
  { "fault-server", 0, 0, G_OPTION_ARG_FILENAME, &fault_server, "The fault server", "PROGRAM" },
  { "min-sockets", 0, 0, G_OPTION_ARG_INT, &min_sockets, "How many runs have to go through sockets",
    "N" },
  { "min-each", 0, 0, G_OPTION_ARG_INT, &min_each, "How many runs there have to be of each API",
    "N" },
  { "verbose", 'v', 0, G_OPTION_ARG_NONE, &verbose, "Print how often each row was run", NULL },
  { "trace", 't', 0, G_OPTION_ARG_NONE, &trace, "Print each run before it begins", NULL },
  { NULL }
};

static const CampaignRow *
find_row (GPtrArray *rows,
          guint32    number)
{
  if (row_name == NULL)
    return g_ptr_array_index (rows, number % rows->len);

  for (guint i = 0; i < rows->len; i++)
    {
      const CampaignRow *row = g_ptr_array_index (rows, i);

      if (g_str_equal (row->name, row_name))
        return row;
    }

  g_printerr ("There is no row “%s”.\n", row_name);
  exit (2);
}

/* Journals are written and synchronised thousands of times: where there is memory that looks like a
 * disk, there. What a disk does to them is other tests' business. */
static void
choose_folder (void)
{
  if (g_access ("/dev/shm", W_OK) == 0)
    g_setenv ("TMPDIR", "/dev/shm", FALSE);
}

static gboolean
read_options (int    argc,
              char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_printerr ("%s\n", error->message);
  else if (certificates == NULL || fault_server == NULL)
    g_printerr ("--certificates and --fault-server have to be given\n");
  else
    return TRUE;

  return FALSE;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GPtrArray) rows = campaign_rows_new ();
  g_autoptr (CampaignBook) book = campaign_book_new ();
  g_autofree char *line = NULL;
  CampaignPlace place;

  choose_folder ();
  if (!read_options (argc, argv))
    return 2;

  book->trace = trace;
  campaign_book_catch_warnings (book);
  place = (CampaignPlace) { certificates, fault_server };
  for (int i = 0; i < runs; i++)
    campaign_run (&place, find_row (rows, seed + i), seed + i, NULL, book);

  if (verbose)
    campaign_book_print_table (book);
  line = campaign_book_dup_line (book);
  g_print ("%s\n", line);

  if (book->n_sockets < (guint) min_sockets ||
      MIN (book->n_runs_of[FAULT_API_2_0], book->n_runs_of[FAULT_API_3_0]) < (guint) min_each)
    {
      g_printerr ("Only %u runs went through sockets, %u were of API 2.0, %u of API 3.0.\n",
                  book->n_sockets, book->n_runs_of[FAULT_API_2_0], book->n_runs_of[FAULT_API_3_0]);
      return 1;
    }

  return book->n_violations > 0;
}
