/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-question.h"

#include <string.h>

/* @n directories of a.example, and its root where @with_root. */
static GStrv
make_urls (guint    n,
           gboolean with_root)
{
  g_autoptr (GStrvBuilder) urls = g_strv_builder_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *url = i == 0 && with_root ? g_strdup ("https://a.example/")
                                                 : g_strdup_printf ("https://a.example/%u/", i);

      g_strv_builder_add (urls, url);
    }

  return g_strv_builder_end (urls);
}

static const struct
{
  guint     n;
  gboolean  with_root;
  PurgeMode mode;
  guint     left;
  PurgeAsk  reasons;
  guint     n_requests;
} cases[] = {
  { 0, FALSE, PURGE_MODE_ALL, 0, PURGE_ASK_NOT, 0 },
  { 1, FALSE, PURGE_MODE_UPDATED, 100, PURGE_ASK_NOT, 1 },
  { 20, FALSE, PURGE_MODE_UPDATED, 100, PURGE_ASK_NOT, 1 },
  { 21, FALSE, PURGE_MODE_UPDATED, 100, PURGE_ASK_MANY, 2 },
  { 40, FALSE, PURGE_MODE_UPDATED, 1000, PURGE_ASK_MANY, 2 },
  { 1, TRUE, PURGE_MODE_UPDATED, 100, PURGE_ASK_SITE_ROOT, 1 },
  { 1, FALSE, PURGE_MODE_ALL, 100, PURGE_ASK_ALL_RESOURCES, 1 },
  { 5, FALSE, PURGE_MODE_UPDATED, 10, PURGE_ASK_NOT, 1 },
  { 6, FALSE, PURGE_MODE_UPDATED, 10, PURGE_ASK_HALF_OF_QUOTA, 1 },
  { 6, FALSE, PURGE_MODE_UPDATED, 11, PURGE_ASK_HALF_OF_QUOTA, 1 },
  { 1, FALSE, PURGE_MODE_UPDATED, 0, PURGE_ASK_HALF_OF_QUOTA, 1 },
  { 1, FALSE, PURGE_MODE_UPDATED, 2, PURGE_ASK_NOT, 1 },
  { 1, FALSE, PURGE_MODE_UPDATED, G_MAXUINT, PURGE_ASK_NOT, 1 },
  { 60, TRUE, PURGE_MODE_ALL, 63,
    PURGE_ASK_ALL_RESOURCES | PURGE_ASK_SITE_ROOT | PURGE_ASK_HALF_OF_QUOTA | PURGE_ASK_MANY, 3 },
};

static void
test_reasons (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) urls = make_urls (cases[i].n, cases[i].with_root);
      g_autoptr (PurgeQuestion) question =
        purge_question_new ((const char * const *) urls, cases[i].mode, 20, cases[i].left);

      g_assert_cmpint (question->reasons, ==, cases[i].reasons);
      g_assert_cmpuint (question->n_directories, ==, cases[i].n);
      g_assert_cmpuint (question->n_requests, ==, cases[i].n_requests);
    }
}

static const char * const mixed[] = {
  "https://b.example/1/",
  "https://c.example/1/",
  "https://c.example/2/",
  "https://d.example:8443/1/",
  "https://a.example/",
  "http://b.example/2/",
  NULL,
};

static void
test_counts_hosts (void)
{
  g_autoptr (PurgeQuestion) question = purge_question_new (mixed, PURGE_MODE_UPDATED, 20, 100);
  g_autofree char *hosts = g_strjoinv (" ", question->hosts);

  g_assert_cmpstr (hosts, ==, "a.example b.example c.example d.example:8443");
  g_assert_cmpuint (question->counts[0], ==, 1);
  g_assert_cmpuint (question->counts[1], ==, 2);
  g_assert_cmpuint (question->counts[2], ==, 2);
  g_assert_cmpuint (question->counts[3], ==, 1);
  g_assert_true (question->roots[0]);
  g_assert_false (question->roots[1]);
}

static void
test_words (void)
{
  g_autoptr (PurgeQuestion) question = purge_question_new (mixed, PURGE_MODE_ALL, 20, 10);
  g_autofree char *heading = purge_question_dup_heading (question);
  g_autofree char *body = purge_question_dup_body (question);

  g_assert_cmpstr (heading, ==, "Purge All Resources of 6 Directories?");
  g_assert_cmpstr (body, ==,
                   "Everything below is fetched anew from your server, changed or not.\n"
                   "A whole site is purged: its visitors reach your server until the CDN has "
                   "filled again.\n"
                   "This takes 6 of the 10 directories left today.\n"
                   "\n"
                   "a.example – 1 directory: the whole site\n"
                   "b.example – 2 directories\n"
                   "c.example – 2 directories\n"
                   "d.example:8443 – 1 directory");
}

static void
test_says_that_quota_is_short (void)
{
  g_autoptr (PurgeQuestion) question = purge_question_new (mixed, PURGE_MODE_UPDATED, 20, 1);
  g_autofree char *heading = purge_question_dup_heading (question);
  g_autofree char *body = purge_question_dup_body (question);

  g_assert_cmpstr (heading, ==, "Purge 6 Directories?");
  g_assert_nonnull (strstr (body, "Only 1 directory is left today"));
}

/* Of many hosts only the first are shown, but never is a whole site hidden. */
static void
test_shows_every_root (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) urls = NULL;
  g_autoptr (PurgeQuestion) question = NULL;
  g_autofree char *body = NULL;

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *url = g_strdup_printf ("https://%u.example/%s", i, i < 30 ? "a/" : "");

      g_strv_builder_add (builder, url);
    }
  urls = g_strv_builder_end (builder);
  question = purge_question_new ((const char * const *) urls, PURGE_MODE_UPDATED, 20, 1000);
  body = purge_question_dup_body (question);

  for (guint i = 30; i < 40; i++)
    {
      g_autofree char *line = g_strdup_printf ("\n%u.example – 1 directory: the whole site\n", i);

      g_assert_nonnull (strstr (body, line));
    }
  g_assert_true (g_str_has_suffix (body, "\n… and 30 more hosts"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/question/reasons", test_reasons);
  g_test_add_func ("/question/counts-hosts", test_counts_hosts);
  g_test_add_func ("/question/words", test_words);
  g_test_add_func ("/question/says-that-quota-is-short", test_says_that_quota_is_short);
  g_test_add_func ("/question/shows-every-root", test_shows_every_root);

  return g_test_run ();
}
