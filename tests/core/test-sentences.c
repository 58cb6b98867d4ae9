/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Sentences stand side by side, and nothing stands beside nothing. In Chinese they are joined by
 * tests/cli/test-language.py. */

#include "purge-sentences.h"

static const struct
{
  const char *first;
  const char *second;
  const char *joined;
} cases[] = {
  { "It was sent.", "Wait.", "It was sent. Wait." },
  { "", "Wait.", "Wait." },
  { "It was sent.", "", "It was sent." },
  { "", "", "" },
};

static void
test_join (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *joined = purge_sentences_join (cases[i].first, cases[i].second);

      g_assert_cmpstr (joined, ==, cases[i].joined);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sentences/join", test_join);

  return g_test_run ();
}
