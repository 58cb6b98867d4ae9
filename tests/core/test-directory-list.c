/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-directory-list.h"

#include <string.h>

#include <gio/gio.h>

#include "purge-error.h"

/* The list in one line: texts in order, `!` behind those with a problem, `<` and the cover behind
 * those that are covered. */
static char *
describe (PurgeDirectoryList *list)
{
  GString *string = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (PurgeEntry) entry = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_string_append_printf (string, "%s%s", i > 0 ? " " : "", purge_entry_get_text (entry));
      if (purge_entry_get_problem (entry) != PURGE_PROBLEM_NONE)
        g_string_append_c (string, '!');
      if (purge_entry_get_covered_by (entry) != NULL)
        g_string_append_printf (string, "<%s", purge_entry_get_covered_by (entry));
    }

  return g_string_free (string, FALSE);
}

static void
assert_list (PurgeDirectoryList *list,
             const char         *wanted)
{
  g_autofree char *seen = describe (list);

  g_assert_cmpstr (seen, ==, wanted);
}

static PurgeAddReport
add (PurgeDirectoryList *list,
     const char         *text)
{
  g_autoptr (GError) error = NULL;
  PurgeAddReport report;

  g_assert_true (purge_directory_list_add_text (list, text, -1, &report, &error));
  g_assert_no_error (error);
  return report;
}

static void
test_adds (void)
{
  g_autoptr (PurgeDirectoryList) list = purge_directory_list_new ();
  PurgeAddReport report = add (list, "https://a.example/\nhttps://b.example\nx\n"
                                     "https://a.example/");
  g_auto (GStrv) urls = NULL;
  g_autofree char *joined = NULL;
  g_autofree char *text = NULL;

  assert_list (list, "https://a.example/ https://b.example/ x!");
  g_assert_cmpuint (report.n_added, ==, 3);
  g_assert_cmpuint (report.n_mended, ==, 1);
  g_assert_cmpuint (report.n_merged, ==, 1);
  g_assert_cmpuint (report.n_problems, ==, 1);

  report = add (list, "https://B.example/ https://c.example/");
  assert_list (list, "https://a.example/ https://b.example/ x! https://c.example/");
  g_assert_cmpuint (report.n_added, ==, 1);
  g_assert_cmpuint (report.n_merged, ==, 1);

  g_assert_cmpuint (purge_directory_list_get_n_sendable (list), ==, 3);
  g_assert_cmpuint (purge_directory_list_get_n_problems (list), ==, 1);
  urls = purge_directory_list_dup_urls (list, PURGE_KIND_DIRECTORY);
  joined = g_strjoinv (" ", urls);
  g_assert_cmpstr (joined, ==, "https://a.example/ https://b.example/ https://c.example/");
  text = purge_directory_list_dup_all_text (list);
  g_assert_cmpstr (text, ==, "https://a.example/\nhttps://b.example/\nx\nhttps://c.example/\n");
}

static void
test_refuses (void)
{
  g_autoptr (PurgeDirectoryList) list = purge_directory_list_new ();
  g_autoptr (GError) error = NULL;

  add (list, "https://a.example/");
  g_assert_false (purge_directory_list_add_text (list, "a\0b", 3, NULL, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT);
  g_clear_error (&error);
  g_assert_false (purge_directory_list_set_all_text (list, "a\0b", 3, NULL, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT);
  assert_list (list, "https://a.example/");
}

static void
test_edits (void)
{
  g_autoptr (PurgeDirectoryList) list = purge_directory_list_new ();

  add (list, "https://a.example/\nhttps://b.example/\nx.example/y");

  g_assert_cmpuint (purge_directory_list_set_text (list, 1, "https://c.example"), ==, 1);
  assert_list (list, "https://a.example/ https://c.example/ x.example/y!");
  purge_directory_list_undo (list);
  assert_list (list, "https://a.example/ https://b.example/ x.example/y!");

  g_assert_cmpuint (purge_directory_list_apply_suggestion (list, 2), ==, 2);
  assert_list (list, "https://a.example/ https://b.example/ https://x.example/y/");
  g_assert_cmpuint (purge_directory_list_apply_suggestion (list, 2), ==, 2);
  purge_directory_list_undo (list);
  assert_list (list, "https://a.example/ https://b.example/ x.example/y!");

  /* A duplicate is merged with what is there; undo brings both back. */
  g_assert_cmpuint (purge_directory_list_set_text (list, 0, "https://b.example/"), ==, 0);
  assert_list (list, "https://b.example/ x.example/y!");
  purge_directory_list_undo (list);
  assert_list (list, "https://a.example/ https://b.example/ x.example/y!");

  /* What changes nothing is no change. */
  g_assert_cmpuint (purge_directory_list_set_text (list, 0, " https://a.example"), ==, 0);
  assert_list (list, "https://a.example/ https://b.example/ x.example/y!");

  /* A text of nothing removes. */
  g_assert_cmpuint (purge_directory_list_set_text (list, 0, " "), ==, PURGE_DIRECTORY_LIST_NOWHERE);
  assert_list (list, "https://b.example/ x.example/y!");
  purge_directory_list_undo (list);
  purge_directory_list_undo (list);
  assert_list (list, "");
}

static void
test_removes (void)
{
  g_autoptr (PurgeDirectoryList) list = purge_directory_list_new ();

  add (list, "https://a.example/\nhttps://b.example/\nhttps://c.example/\nx");
  purge_directory_list_remove (list, 1, 2);
  assert_list (list, "https://a.example/ x!");
  purge_directory_list_clear (list);
  assert_list (list, "");
  purge_directory_list_clear (list);
  purge_directory_list_undo (list);
  assert_list (list, "https://a.example/ x!");
  purge_directory_list_undo (list);
  assert_list (list, "https://a.example/ https://b.example/ https://c.example/ x!");
  purge_directory_list_redo (list);
  assert_list (list, "https://a.example/ x!");

  /* A new change forgets what was undone. */
  add (list, "https://d.example/");
  purge_directory_list_redo (list);
  assert_list (list, "https://a.example/ x! https://d.example/");
}

static void
count_cb (GListModel *model,
          guint       position,
          guint       removed,
          guint       added,
          gpointer    user_data)
{
  GArray *calls = user_data;
  guint call[] = { position, removed, added };

  g_array_append_vals (calls, call, G_N_ELEMENTS (call));
}

static void
assert_one_call (GArray *calls,
                 guint   position,
                 guint   removed,
                 guint   added)
{
  g_assert_cmpuint (calls->len, ==, 3);
  g_assert_cmpuint (g_array_index (calls, guint, 0), ==, position);
  g_assert_cmpuint (g_array_index (calls, guint, 1), ==, removed);
  g_assert_cmpuint (g_array_index (calls, guint, 2), ==, added);
  g_array_set_size (calls, 0);
}

static void
test_sets_all_text (void)
{
  g_autoptr (PurgeDirectoryList) list = purge_directory_list_new ();
  g_autoptr (GArray) calls = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (PurgeEntry) first = NULL;
  g_autoptr (PurgeEntry) still_first = NULL;
  PurgeAddReport report;

  add (list, "https://A.example\nhttps://b.example/\nx\nhttps://d.example/");
  first = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_signal_connect (list, "items-changed", G_CALLBACK (count_cb), calls);

  g_assert_true (purge_directory_list_set_all_text (
    list, "https://a.example/\nhttps://c.example/\ny\nhttps://c.example\nhttps://d.example/", -1,
    &report, NULL));
  assert_list (list, "https://a.example/ https://c.example/ y! https://d.example/");
  assert_one_call (calls, 1, 2, 2);
  g_assert_cmpuint (report.n_added, ==, 2);
  g_assert_cmpuint (report.n_merged, ==, 1);
  g_assert_cmpuint (report.n_problems, ==, 1);

  /* What did not change is still the same entry, and remembers what was given. */
  still_first = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_true (still_first == first);
  g_assert_cmpstr (purge_entry_get_given (first), ==, "https://A.example");

  purge_directory_list_undo (list);
  assert_list (list, "https://a.example/ https://b.example/ x! https://d.example/");
  assert_one_call (calls, 1, 2, 2);

  g_assert_true (purge_directory_list_set_all_text (
    list, "https://a.example/\nhttps://b.example/\nx\nhttps://d.example/\n", -1, NULL, NULL));
  g_assert_cmpuint (calls->len, ==, 0);
}

static void
restore (PurgeDirectoryList *list,
         const char         *text)
{
  g_autoptr (PurgeReading) reading = purge_reading_new_take_lines (g_strdup (text), strlen (text));

  purge_directory_list_restore (list, reading);
}

/* What a list was comes back row by row, even where adding its text would make other rows of it. */
static void
test_restores (void)
{
  const char *texts[] = {
    "", "https://a.example/\nx\n", "https://a.example/ https://b.example/\n",
    "- https://a.example/\n", "[a](https://a.example/)\n", "x\nx\n", " x \n",
    "url https://a.example/b.js\nhttps://a.example/b.js\n", "url url x\n", "url   x \n",
    "url https://a.example/ url https://b.example/\n", "url\n", "- url https://a.example/\n",
    "https://a.example/\xef\xbf\xbd\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (PurgeDirectoryList) list = purge_directory_list_new ();
      g_autofree char *text = NULL;
      gboolean can_undo;

      restore (list, texts[i]);
      text = purge_directory_list_dup_all_text (list);
      g_assert_cmpstr (text, ==, texts[i]);
      g_object_get (list, "can-undo", &can_undo, NULL);
      g_assert_false (can_undo);
    }
}

/* Whoever was faster keeps what was typed, and no undo makes a directory stand there twice. */
static void
test_restores_late (void)
{
  g_autoptr (PurgeDirectoryList) list = purge_directory_list_new ();

  add (list, "https://a.example/\nhttps://b.example/");
  purge_directory_list_remove (list, 0, 1);
  restore (list, "https://b.example/\nhttps://a.example/\nhttps://c.example/\n");
  assert_list (list, "https://b.example/ https://a.example/ https://c.example/");

  purge_directory_list_undo (list);
  assert_list (list, "https://b.example/");
  purge_directory_list_undo (list);
  assert_list (list, "https://a.example/ https://b.example/");
}

/* What was restored stays where it is while later changes come and go. */
static void
test_undo_ends_where_it_was_restored (void)
{
  g_autoptr (PurgeDirectoryList) list = purge_directory_list_new ();

  restore (list, "https://a.example/\n");
  add (list, "https://b.example/\nhttps://a.example/");
  assert_list (list, "https://a.example/ https://b.example/");
  purge_directory_list_undo (list);
  purge_directory_list_undo (list);
  assert_list (list, "https://a.example/");
  purge_directory_list_redo (list);
  assert_list (list, "https://a.example/ https://b.example/");
}

static void
test_covers (void)
{
  g_autoptr (PurgeDirectoryList) list = purge_directory_list_new ();

  add (list, "https://a.example/b/c/\nhttps://a.example/b/\nhttps://a.example/bb/\n"
             "http://a.example/b/");
  assert_list (list, "https://a.example/b/c/<https://a.example/b/ https://a.example/b/ "
                     "https://a.example/bb/ http://a.example/b/");
  g_assert_cmpuint (purge_directory_list_get_n_covered (list), ==, 1);

  add (list, "https://a.example/");
  g_assert_cmpuint (purge_directory_list_get_n_covered (list), ==, 3);
  purge_directory_list_remove (list, 1, 1);
  assert_list (list, "https://a.example/b/c/<https://a.example/ "
                     "https://a.example/bb/<https://a.example/ http://a.example/b/ "
                     "https://a.example/");
  purge_directory_list_set_text (list, 3, "https://a.example:8443/");
  g_assert_cmpuint (purge_directory_list_get_n_covered (list), ==, 0);
  purge_directory_list_undo (list);
  g_assert_cmpuint (purge_directory_list_get_n_covered (list), ==, 2);
}

static void
notify_cb (GObject    *object,
           GParamSpec *pspec,
           gpointer    user_data)
{
  GString *names = user_data;

  g_string_append_printf (names, "%s ", pspec->name);
}

static void
assert_notified (GString    *names,
                 const char *wanted)
{
  g_assert_cmpstr (names->str, ==, wanted);
  g_string_truncate (names, 0);
}

static void
test_notifies (void)
{
  g_autoptr (PurgeDirectoryList) list = purge_directory_list_new ();
  g_autoptr (GString) names = g_string_new (NULL);
  guint n_sendable;
  guint n_problems;
  guint n_covered;
  gboolean can_undo;
  gboolean can_redo;

  g_signal_connect (list, "notify", G_CALLBACK (notify_cb), names);
  add (list, "https://a.example/ https://a.example/b/ x");
  assert_notified (names, "n-sendable n-directories n-covered can-undo ");
  add (list, "y\nz");
  assert_notified (names, "n-problems ");
  purge_directory_list_undo (list);
  assert_notified (names, "n-problems can-redo ");
  purge_directory_list_set_text (list, 0, "https://c.example/");
  assert_notified (names, "n-covered can-redo ");
  add (list, "\n");
  assert_notified (names, "");

  g_object_get (list, "n-sendable", &n_sendable, "n-problems", &n_problems, "n-covered", &n_covered,
                "can-undo", &can_undo, "can-redo", &can_redo, NULL);
  g_assert_cmpuint (n_sendable, ==, 2);
  g_assert_cmpuint (n_problems, ==, 0);
  g_assert_cmpuint (n_covered, ==, 0);
  g_assert_true (can_undo);
  g_assert_false (can_redo);
}

static void
test_forgets_old_changes (void)
{
  g_autoptr (PurgeDirectoryList) list = purge_directory_list_new ();

  for (guint i = 0; i < PURGE_DIRECTORY_LIST_MAX_CHANGES + 10; i++)
    {
      g_autofree char *url = g_strdup_printf ("https://a.example/%u/", i);

      add (list, url);
    }
  for (guint i = 0; i < PURGE_DIRECTORY_LIST_MAX_CHANGES + 10; i++)
    purge_directory_list_undo (list);

  g_assert_cmpuint (purge_directory_list_get_n_sendable (list), ==, 10);
}

static void
test_many (void)
{
  g_autoptr (PurgeDirectoryList) list = purge_directory_list_new ();
  g_autoptr (GArray) calls = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "https://a%u.example/%u/%u/\n", i % 10, i / 100, i);

  g_signal_connect (list, "items-changed", G_CALLBACK (count_cb), calls);
  add (list, text->str);
  assert_one_call (calls, 0, 0, 100000);
  purge_directory_list_set_text (list, 50000, "https://a0.example/");
  assert_one_call (calls, 50000, 1, 1);
  g_assert_cmpuint (purge_directory_list_get_n_covered (list), ==, 9999);
  purge_directory_list_clear (list);
  assert_one_call (calls, 0, 100000, 0);
  purge_directory_list_undo (list);
  g_assert_cmpuint (purge_directory_list_get_n_covered (list), ==, 9999);
}

/* A model of the list that is too simple to be wrong: texts, and all the states there were. */
typedef struct
{
  GPtrArray *states;    /* of GStrv */
  guint      now;
} Model;

static const char * const words[] = {
  "https://a.example/", "https://a.example/b/", "https://a.example/b/c/", "https://a.example/bb/",
  "http://a.example/b/", "https://b.example/x/y/z/", "https://b.example/x/", "x", "ftp://x/",
};

static const char *
choose_word (GRand *rand)
{
  return words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))];
}

static gboolean
is_word_good (const char *word)
{
  return strstr (word, ".example/") != NULL;
}

static GStrv
model_now (Model *model)
{
  return model->states->pdata[model->now];
}

static gboolean
has_elsewhere (char       **texts,
               guint        position,
               const char  *word)
{
  for (guint i = 0; texts[i] != NULL; i++)
    if (i != position && is_word_good (word) && g_str_equal (texts[i], word))
      return TRUE;

  return FALSE;
}

static void
model_change (Model *model,
              GStrv  texts)
{
  if (g_strv_equal ((const char * const *) texts, (const char * const *) model_now (model)))
    {
      g_strfreev (texts);
      return;
    }

  g_ptr_array_set_size (model->states, model->now + 1);
  g_ptr_array_add (model->states, texts);
  model->now++;
}

/* The texts of @texts with @n at @position replaced by those of @with, duplicates left out. */
static GStrv
splice (GStrv               texts,
        guint               position,
        guint               n,
        const char * const *with)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  for (guint i = 0; texts[i] != NULL; i++)
    if (i < position || i >= position + n)
      g_ptr_array_add (kept, texts[i]);
  g_ptr_array_add (kept, NULL);

  for (guint i = 0; i < position; i++)
    g_strv_builder_add (builder, texts[i]);
  for (guint i = 0; with[i] != NULL; i++)
    if (!has_elsewhere ((char **) kept->pdata, G_MAXUINT, with[i]) &&
        !has_elsewhere ((char **) with, i, with[i]))
      g_strv_builder_add (builder, with[i]);
  for (guint i = position + n; i < g_strv_length (texts); i++)
    g_strv_builder_add (builder, texts[i]);

  return g_strv_builder_end (builder);
}

static const char *
find_cover_simply (GStrv       texts,
                   const char *url)
{
  const char *cover = NULL;

  for (guint i = 0; is_word_good (url) && texts[i] != NULL; i++)
    if (is_word_good (texts[i]) && !g_str_equal (texts[i], url) &&
        g_str_has_prefix (url, texts[i]) && (cover == NULL || strlen (texts[i]) < strlen (cover)))
      cover = texts[i];

  return cover;
}

static void
assert_like_model (PurgeDirectoryList *list,
                   Model              *model)
{
  GStrv texts = model_now (model);
  g_autoptr (GString) wanted = g_string_new (NULL);
  guint n_covered = 0;
  guint n_good = 0;

  for (guint i = 0; texts[i] != NULL; i++)
    {
      const char *cover = find_cover_simply (texts, texts[i]);

      n_good += is_word_good (texts[i]);
      n_covered += cover != NULL;
      g_string_append_printf (wanted, "%s%s%s%s%s", i > 0 ? " " : "", texts[i],
                              is_word_good (texts[i]) ? "" : "!", cover != NULL ? "<" : "",
                              cover != NULL ? cover : "");
    }

  assert_list (list, wanted->str);
  g_assert_cmpuint (purge_directory_list_get_n_sendable (list), ==, n_good);
  g_assert_cmpuint (purge_directory_list_get_n_problems (list), ==, g_strv_length (texts) - n_good);
  g_assert_cmpuint (purge_directory_list_get_n_covered (list), ==, n_covered);
}

static void
act_add (PurgeDirectoryList *list,
         Model              *model,
         GRand              *rand)
{
  const char *with[] = { choose_word (rand), NULL, NULL };
  const char *second = choose_word (rand);
  g_autofree char *text = g_strjoin ("\n", with[0], second, NULL);

  if (!is_word_good (second) || !g_str_equal (second, with[0]))
    with[1] = second;
  add (list, text);
  model_change (model, splice (model_now (model), g_strv_length (model_now (model)), 0, with));
}

static void
act_set (PurgeDirectoryList *list,
         Model              *model,
         GRand              *rand)
{
  const char *with[] = { choose_word (rand), NULL };
  const guint n = g_strv_length (model_now (model));
  guint position;

  if (n == 0)
    return;

  position = g_rand_int_range (rand, 0, n);
  purge_directory_list_set_text (list, position, with[0]);
  model_change (model, splice (model_now (model), position, 1, with));
}

static void
act_remove (PurgeDirectoryList *list,
            Model              *model,
            GRand              *rand)
{
  static const char * const nothing[] = { NULL };
  const guint n = g_strv_length (model_now (model));
  const guint position = g_rand_int_range (rand, 0, n + 1);
  const guint n_removed = g_rand_int_range (rand, 0, n - position + 1);

  purge_directory_list_remove (list, position, n_removed);
  model_change (model, splice (model_now (model), position, n_removed, nothing));
}

static void
act_set_all (PurgeDirectoryList *list,
             Model              *model,
             GRand              *rand)
{
  static const char * const nothing[] = { NULL };
  const guint n = g_strv_length (model_now (model));
  g_auto (GStrv) fewer = splice (model_now (model), g_rand_int_range (rand, 0, n + 1), 1, nothing);
  const char *with[] = { choose_word (rand), NULL };
  GStrv texts = splice (fewer, g_rand_int_range (rand, 0, g_strv_length (fewer) + 1), 0, with);
  g_autofree char *text = g_strjoinv ("\n", texts);

  g_assert_true (purge_directory_list_set_all_text (list, text, -1, NULL, NULL));
  model_change (model, texts);
}

static void
act (PurgeDirectoryList *list,
     Model              *model,
     GRand              *rand)
{
  switch (g_rand_int_range (rand, 0, 8))
    {
    case 0:
    case 1:
      act_add (list, model, rand);
      break;

    case 2:
    case 3:
      act_set (list, model, rand);
      break;

    case 4:
      act_remove (list, model, rand);
      break;

    case 5:
      act_set_all (list, model, rand);
      break;

    case 6:
      purge_directory_list_redo (list);
      model->now += model->now + 1 < model->states->len ? 1 : 0;
      break;

    default:
      purge_directory_list_undo (list);
      model->now -= model->now > 0 ? 1 : 0;
    }
}

/* The seed is GLib's own: it prints it, and --seed repeats a run. */
static void
test_like_a_simple_model (void)
{
  for (guint round = 0; round < 60; round++)
    {
      g_autoptr (PurgeDirectoryList) list = purge_directory_list_new ();
      g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
      g_autoptr (GRand) rand = g_rand_new_with_seed (g_test_rand_int ());
      Model model = { .states = states };

      g_ptr_array_add (states, g_new0 (char *, 1));
      for (guint i = 0; i < 200; i++)
        {
          act (list, &model, rand);
          assert_like_model (list, &model);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/directory-list/adds", test_adds);
  g_test_add_func ("/directory-list/refuses", test_refuses);
  g_test_add_func ("/directory-list/edits", test_edits);
  g_test_add_func ("/directory-list/removes", test_removes);
  g_test_add_func ("/directory-list/sets-all-text", test_sets_all_text);
  g_test_add_func ("/directory-list/restores", test_restores);
  g_test_add_func ("/directory-list/restores-late", test_restores_late);
  g_test_add_func ("/directory-list/undo-ends-where-it-was-restored",
                   test_undo_ends_where_it_was_restored);
  g_test_add_func ("/directory-list/covers", test_covers);
  g_test_add_func ("/directory-list/notifies", test_notifies);
  g_test_add_func ("/directory-list/forgets-old-changes", test_forgets_old_changes);
  g_test_add_func ("/directory-list/many", test_many);
  g_test_add_func ("/directory-list/like-a-simple-model", test_like_a_simple_model);

  return g_test_run ();
}
