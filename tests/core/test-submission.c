/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-submission.h"
#include "sample-order.h"

#define ENDPOINT "https://cdn.api.qcloud.com"

static GStrv
make_urls (guint n_urls)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < n_urls; i++)
    {
      g_autofree char *url = g_strdup_printf ("http://example.com/%u/", i);

      g_strv_builder_add (builder, url);
    }

  return g_strv_builder_end (builder);
}

static PurgeSubmission *
make_submission (guint n_urls,
                 guint batch_limit)
{
  g_autoptr (PurgeAccount) account = purge_account_new ("uuid", "shop");
  g_auto (GStrv) urls = make_urls (n_urls);

  g_object_set (account, "key-serial", 7, NULL);
  return sample_submission_new (account, ENDPOINT, PURGE_MODE_ALL, 1500000000,
                                (const char * const *) urls, batch_limit);
}

static void
test_keeps_the_account (void)
{
  g_autoptr (PurgeSubmission) submission = make_submission (1, 20);

  g_assert_cmpint (submission->id, ==, 0);
  g_assert_cmpstr (submission->account_uuid, ==, "uuid");
  g_assert_cmpstr (submission->account_name, ==, "shop");
  g_assert_cmpstr (submission->api, ==, "2.0");
  g_assert_cmpstr (submission->endpoint, ==, ENDPOINT);
  g_assert_cmpuint (submission->key_serial, ==, 7);
  g_assert_cmpint (submission->mode, ==, PURGE_MODE_ALL);
  g_assert_cmpint (submission->created, ==, 1500000000);
}

/* Every directory is in one batch, in order, and no batch could be fuller. */
static void
test_cuts_batches (void)
{
  const struct {
    guint n_urls;
    guint limit;
    guint n_batches;
    guint last;
  } cases[] = {
    { 1, 20, 1, 1 },
    { 19, 20, 1, 19 },
    { 20, 20, 1, 20 },
    { 21, 20, 2, 1 },
    { 40, 20, 2, 20 },
    { 45, 20, 3, 5 },
    { 3, 1, 3, 1 },
    { 5, G_MAXUINT, 1, 5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PurgeSubmission) submission = make_submission (cases[i].n_urls, cases[i].limit);
      g_auto (GStrv) expected = make_urls (cases[i].n_urls);
      guint n = 0;

      g_assert_cmpuint (submission->batches->len, ==, cases[i].n_batches);
      for (guint j = 0; j < cases[i].n_batches; j++)
        {
          PurgeBatchRecord *batch = g_ptr_array_index (submission->batches, j);

          g_assert_cmpuint (batch->number, ==, j + 1);
          g_assert_cmpint (batch->state, ==, PURGE_BATCH_WAITING);
          g_assert_cmpint (batch->id, ==, 0);
          g_assert_null (batch->outcome);
          g_assert_cmpuint (g_strv_length (batch->urls), ==,
                            j + 1 < cases[i].n_batches ? cases[i].limit : cases[i].last);
          for (guint k = 0; batch->urls[k] != NULL; k++)
            g_assert_cmpstr (batch->urls[k], ==, expected[n++]);
        }

      g_assert_cmpuint (n, ==, cases[i].n_urls);
    }
}

/* One kind a batch, each with its own limit, directories first. */
static void
test_parts_kinds (void)
{
  g_autoptr (PurgeAccount) account = purge_account_new ("uuid", "shop");
  const struct {
    guint n_directories;
    guint n_urls;
    guint n_directory_batches;
    guint n_url_batches;
  } cases[] = { { 5, 5, 3, 2 }, { 2, 0, 1, 0 }, { 0, 5, 0, 2 }, { 1, 3, 1, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) directories = make_urls (cases[i].n_directories);
      g_auto (GStrv) files = make_urls (cases[i].n_urls);
      g_autoptr (PurgeOrder) order =
        purge_order_new (PURGE_MODE_ALL, PURGE_AREA_MAINLAND, (const char * const *) directories,
                         (const char * const *) files);
      PurgeLimits limits = { { { 2 }, { 3 } } };
      g_autoptr (PurgeSubmission) submission =
        purge_submission_new (account, ENDPOINT, order, &limits, 1);

      g_assert_cmpint (submission->area, ==, PURGE_AREA_MAINLAND);
      g_assert_cmpuint (submission->batches->len, ==,
                        cases[i].n_directory_batches + cases[i].n_url_batches);
      for (guint j = 0; j < submission->batches->len; j++)
        {
          PurgeBatchRecord *batch = g_ptr_array_index (submission->batches, j);

          g_assert_cmpuint (batch->number, ==, j + 1);
          g_assert_cmpint (batch->kind, ==, j < cases[i].n_directory_batches ? PURGE_KIND_DIRECTORY
                                                                            : PURGE_KIND_URL);
        }
    }
}

static void
test_is_counted (void)
{
  PurgeSubmission *submission = make_submission (1, 1);

  g_assert_true (purge_submission_ref (submission) == submission);
  purge_submission_unref (submission);
  g_assert_cmpstr (submission->account_name, ==, "shop");
  purge_submission_unref (submission);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/submission/keeps-the-account", test_keeps_the_account);
  g_test_add_func ("/submission/cuts-batches", test_cuts_batches);
  g_test_add_func ("/submission/parts-kinds", test_parts_kinds);
  g_test_add_func ("/submission/is-counted", test_is_counted);

  return g_test_run ();
}
