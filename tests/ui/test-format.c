/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Values as people read them; the texts of a server above all. */

#include "config.h"

#include <glib.h>

#include "purge-enum.h"
#include "purge-format.h"

static void
test_states (void)
{
  GEnumClass *states = g_type_class_ref (PURGE_TYPE_BATCH_STATE);

  for (guint i = 0; i < states->n_values; i++)
    {
      PurgeBatchState state = states->values[i].value;

      g_test_message ("%s", states->values[i].value_nick);
      g_assert_cmpstr (purge_format_state_word (state), !=, "");
      g_assert_true (g_str_has_suffix (purge_format_state_icon (state), "-symbolic"));
      g_assert_cmpstr (purge_format_state_style (state), !=, "");
      for (guint j = 0; j < i; j++)
        g_assert_cmpstr (purge_format_state_word (state), !=,
                         purge_format_state_word (states->values[j].value));
    }

  g_type_class_unref (states);
}

static void
test_server_text (void)
{
  static const struct {
    const char *said;
    gsize       max;
    const char *shown;
  } cases[] = {
    { NULL, 10, "" },
    { "", 10, "" },
    { "(9110)没有这个域名的信息", 100, "(9110)没有这个域名的信息" },
    { "<b>not bold</b> & so", 100, "<b>not bold</b> & so" },
    { "one\ntwo", 100, "one‹U+000A›two" },
    { "\033[31mred", 100, "‹U+001B›[31mred" },
    { "abc\u202Edef", 100, "abc‹U+202E›def" },
    { "a\u200Bb", 100, "a‹U+200B›b" },
    { "0123456789", 10, "0123456789" },
    { "01234567890", 10, "0123456789…" },
    { "没有这个域名的信息", 4, "没有这个…" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = purge_format_server_text (cases[i].said, cases[i].max);

      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

static void
test_server_text_is_always_utf8 (void)
{
  g_autofree char *shown = purge_format_server_text ("\xff\xfe bytes \xc3", 100);

  g_assert_true (g_utf8_validate (shown, -1, NULL));
  g_assert_nonnull (g_strstr_len (shown, -1, " bytes "));
}

static void
test_raw_answer (void)
{
  g_autofree char *lines = purge_format_raw_answer ("{\r\n  \"code\": 0,\n  \"x\": \"\u202E\"\n}");
  g_autofree char *nothing = purge_format_raw_answer (NULL);
  g_autofree char *much = g_strnfill (300000, 'x');
  g_autofree char *cut = purge_format_raw_answer (much);

  g_assert_cmpstr (lines, ==, "{\n  \"code\": 0,\n  \"x\": \"‹U+202E›\"\n}");
  g_assert_cmpstr (nothing, ==, "");
  g_assert_cmpuint (g_utf8_strlen (cut, -1), <, 30000);
  g_assert_true (g_str_has_suffix (cut, "…"));
}

static void
test_code_line (void)
{
  static const struct {
    const char *code;
    const char *code_desc;
    const char *task_id;
    const char *line;
  } cases[] = {
    { NULL, NULL, NULL, "" },
    { "0", "Success", "15", "Code 0 · Success · Task 15" },
    { "4000", "9110", NULL, "Code 4000 · 9110" },
    { "4100", "", NULL, "Code 4100" },
    { "1\n2", NULL, NULL, "Code 1‹U+000A›2" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line =
        purge_format_code_line (cases[i].code, cases[i].code_desc, cases[i].task_id);

      g_assert_cmpstr (line, ==, cases[i].line);
    }
}

static void
test_plan (void)
{
  static const struct {
    guint              n[PURGE_N_KINDS];
    PurgeQuotaReading  directories;
    PurgeQuotaReading  urls;
    const char        *plan;
  } cases[] = {
    { { 37, 0 }, { TRUE, FALSE, 63, 100 }, { TRUE, FALSE, 9, 10 },
      "37 directories · 2 requests · 63 of 100 left today" },
    { { 1, 0 }, { TRUE, TRUE, 100, 100 }, { FALSE },
      "1 directory · 1 request · 100 of 100 left today" },
    { { 20, 0 }, { TRUE, FALSE, 0, 100 }, { FALSE },
      "20 directories · 1 request · 0 of 100 left today" },
    { { 21, 0 }, { FALSE }, { FALSE }, "21 directories · 2 requests" },
    { { 0, 0 }, { FALSE }, { FALSE }, "0 directories · 0 requests" },
    { { 0, 501 }, { TRUE, FALSE, 63, 100 }, { TRUE, TRUE, 9998, 10000 },
      "501 URLs · 2 requests · 9998 of 10000 left today" },
    { { 37, 1 }, { TRUE, FALSE, 63, 100 }, { TRUE, TRUE, 9998, 10000 },
      "37 directories, 1 URL · 3 requests · "
      "63 of 100 directories and 9998 of 10000 URLs left today" },
    { { 1, 1 }, { TRUE, FALSE, 63, 100 }, { FALSE },
      "1 directory, 1 URL · 2 requests · 63 of 100 left today" },
  };
  const PurgeLimits limits = { .of = { { .batch = 20 }, { .batch = 500 } } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PurgeQuotaReading readings[PURGE_N_KINDS] = { cases[i].directories, cases[i].urls };
      g_autofree char *plan = purge_format_plan (cases[i].n, &limits, readings);

      g_assert_cmpstr (plan, ==, cases[i].plan);
    }
}

static void
test_teller (void)
{
  const PurgeQuotaReading nothing = { FALSE };
  const PurgeQuotaReading counted = { TRUE, FALSE, 63, 100 };
  const PurgeQuotaReading told = { TRUE, TRUE, 63, 100 };
  g_autoptr (GDateTime) time = g_date_time_new_local (2018, 11, 24, 14, 5, 0);
  g_autofree char *none = purge_format_teller (&nothing, 0);
  g_autofree char *here = purge_format_teller (&counted, 0);
  g_autofree char *there = purge_format_teller (&told, g_date_time_to_unix (time));

  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (here, ==, "By this computer’s count");
  g_assert_cmpstr (there, ==, "Tencent’s figures of 14:05");
}

static void
test_counts (void)
{
  PurgeAddReport all = { 37, 3, 2, 1 };
  PurgeAddReport nothing = { 0 };
  g_autofree char *report = purge_format_add_report (&all);
  g_autofree char *empty = purge_format_add_report (&nothing);
  g_autofree char *button = purge_format_purge_button (37);
  g_autofree char *idle = purge_format_purge_button (0);
  g_autofree char *problems = purge_format_problems (1, 2);
  g_autofree char *none = purge_format_problems (0, 0);
  g_autofree char *urls = purge_format_batch_title (3, PURGE_KIND_URL, 1);
  g_autofree char *title = purge_format_batch_title (2, PURGE_KIND_DIRECTORY, 20);

  g_assert_cmpstr (report, ==, "37 added · 3 mended · 2 there already · 1 with a problem");
  g_assert_cmpstr (empty, ==, "There is no directory in this text");
  g_assert_cmpstr (button, ==, "_Purge 37");
  g_assert_cmpstr (idle, ==, "_Purge");
  g_assert_cmpstr (problems, ==,
                   "1 row has a problem and stays here · 2 are covered by other rows");
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (title, ==, "Batch 2 · 20 directories");
  g_assert_cmpstr (urls, ==, "Batch 3 · 1 URL");
}

static void
test_progress (void)
{
  static const struct {
    guint       done;
    guint       all;
    const char *progress;
  } cases[] = {
    { 0, 5, "Batch 1 of 5" },
    { 1, 5, "Batch 2 of 5" },
    { 5, 5, "Batch 5 of 5" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *progress = purge_format_progress (cases[i].done, cases[i].all);

      g_assert_cmpstr (progress, ==, cases[i].progress);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/format/states", test_states);
  g_test_add_func ("/format/server-text", test_server_text);
  g_test_add_func ("/format/server-text-is-always-utf8", test_server_text_is_always_utf8);
  g_test_add_func ("/format/raw-answer", test_raw_answer);
  g_test_add_func ("/format/code-line", test_code_line);
  g_test_add_func ("/format/plan", test_plan);
  g_test_add_func ("/format/teller", test_teller);
  g_test_add_func ("/format/counts", test_counts);
  g_test_add_func ("/format/progress", test_progress);

  return g_test_run ();
}
