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

/* Directories and URLs, of which @left and @urls_left may be purged today. */
static PurgeQuestion *
question_new (const char * const *directories,
              const char * const *urls,
              PurgeMode           mode,
              guint               left,
              guint               urls_left)
{
  g_autoptr (PurgeOrder) order = purge_order_new (mode, PURGE_AREA_NONE, directories, urls);
  PurgeLimits limits = { .of = { { 20, left, FALSE }, { 500, urls_left, FALSE } } };

  return purge_question_new (order, &limits);
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
        question_new ((const char * const *) urls, NULL, cases[i].mode, cases[i].left, 0);

      g_assert_cmpint (question->reasons, ==, cases[i].reasons);
      g_assert_cmpuint (question->n[PURGE_KIND_DIRECTORY], ==, cases[i].n);
      g_assert_cmpint (purge_question_is_too_much (question), ==, cases[i].n > cases[i].left);
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
  g_autoptr (PurgeQuestion) question = question_new (mixed, NULL, PURGE_MODE_UPDATED, 100, 0);
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
  g_autoptr (PurgeQuestion) question = question_new (mixed, NULL, PURGE_MODE_ALL, 10, 0);
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
  g_autoptr (PurgeQuestion) question = question_new (mixed, NULL, PURGE_MODE_UPDATED, 1, 0);
  g_autofree char *heading = purge_question_dup_heading (question);
  g_autofree char *body = purge_question_dup_body (question);

  g_assert_cmpstr (heading, ==, "Purge 6 Directories?");
  g_assert_nonnull (strstr (body, "Only 1 directory is left today"));
}

static const char * const pages[] = {
  "https://a.example/", "https://a.example/app.css?v=2", "https://e.example/index.html", NULL,
};

/* A URL is asked about for nothing but its quota: not for how many there are, not for the root of a site,
 * and not for all resources, which it has no choice of. */
static void
test_urls (void)
{
  static const struct
  {
    gboolean  with_directories;
    PurgeMode mode;
    guint     urls_left;
    PurgeAsk  reasons;
    gboolean  too_much;
    const char *heading;
    const char *line;
  } questions[] = {
    { FALSE, PURGE_MODE_ALL, 6, PURGE_ASK_NOT, FALSE, "Purge 3 URLs?", "a.example – 2 URLs\n" },
    { FALSE, PURGE_MODE_UPDATED, 5, PURGE_ASK_HALF_OF_QUOTA, FALSE, "Purge 3 URLs?",
      "This takes 3 of the 5 URLs left today.\n" },
    { FALSE, PURGE_MODE_UPDATED, 2, PURGE_ASK_HALF_OF_QUOTA, TRUE, "Purge 3 URLs?",
      "Only 2 URLs are left today, by this computer’s count.\n" },
    { TRUE, PURGE_MODE_UPDATED, 100, PURGE_ASK_SITE_ROOT, FALSE, "Purge 6 Directories and 3 URLs?",
      "a.example – 1 directory: the whole site\na.example – 2 URLs\n" },
    { TRUE, PURGE_MODE_ALL, 100, PURGE_ASK_ALL_RESOURCES | PURGE_ASK_SITE_ROOT, FALSE,
      "Purge All Resources of 6 Directories, and 3 URLs?", "\ne.example – 1 URL" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autoptr (PurgeQuestion) question =
        question_new (questions[i].with_directories ? mixed : NULL, pages, questions[i].mode, 100,
                      questions[i].urls_left);
      g_autofree char *heading = purge_question_dup_heading (question);
      g_autofree char *body = purge_question_dup_body (question);

      g_assert_cmpint (question->reasons, ==, questions[i].reasons);
      g_assert_cmpuint (question->n_requests, ==, questions[i].with_directories ? 2 : 1);
      g_assert_cmpint (purge_question_is_too_much (question), ==, questions[i].too_much);
      g_assert_cmpstr (heading, ==, questions[i].heading);
      g_test_message ("%s", body);
      g_assert_nonnull (strstr (body, questions[i].line));
    }
}

/* Who says how much is left is said, too. */
static void
test_says_who_counts (void)
{
  g_autoptr (PurgeOrder) order =
    purge_order_new (PURGE_MODE_UPDATED, PURGE_AREA_MAINLAND, mixed, pages);
  PurgeLimits limits = { .of = { { 20, 1, TRUE }, { 500, 1, TRUE } } };
  g_autoptr (PurgeQuestion) question = purge_question_new (order, &limits);
  g_autofree char *body = purge_question_dup_body (question);

  g_assert_nonnull (strstr (body, "Only 1 directory is left today, Tencent says.\n"
                                  "Only 1 URL is left today, Tencent says.\n"));
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
  question = question_new ((const char * const *) urls, NULL, PURGE_MODE_UPDATED, 1000, 0);
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
  g_test_add_func ("/question/urls", test_urls);
  g_test_add_func ("/question/says-who-counts", test_says_who_counts);
  g_test_add_func ("/question/shows-every-root", test_shows_every_root);

  return g_test_run ();
}
