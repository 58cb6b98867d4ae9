/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Whoever follows the signals of a list's first items has them, whatever happens to the list; and where all
 * are asked for, nothing is said of an item that did not change. */

#include "config.h"

#include <gtk/gtk.h>

#include "purge-head-model.h"

#define LIMIT 5
#define N_STEPS 2000
#define MOST 12

typedef struct {
  GtkStringList  *list;
  PurgeHeadModel *head;
  GListStore     *mirror; /* what somebody has who only follows the signals */
  guint           n_touched;
} Fixture;

static void
on_items_changed_cb (Fixture *fixture,
                     guint    position,
                     guint    n_removed,
                     guint    n_added)
{
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_added; i++)
    g_ptr_array_add (added, g_list_model_get_item (G_LIST_MODEL (fixture->head), position + i));
  g_list_store_splice (fixture->mirror, position, n_removed, added->pdata, added->len);
  fixture->n_touched += n_removed + n_added;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture->list = gtk_string_list_new (NULL);
  fixture->head = purge_head_model_new (LIMIT);
  fixture->mirror = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  g_signal_connect_swapped (fixture->head, "items-changed", G_CALLBACK (on_items_changed_cb), fixture);
  purge_head_model_set_model (fixture->head, G_LIST_MODEL (fixture->list));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_assert_finalize_object (fixture->head);
  g_assert_finalize_object (fixture->list);
  g_assert_finalize_object (fixture->mirror);
}

static guint
count (gpointer model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (model));
}

static void
assert_same (Fixture *fixture,
             guint    limit)
{
  g_assert_cmpuint (count (fixture->head), ==, MIN (count (fixture->list), limit));
  g_assert_cmpuint (count (fixture->mirror), ==, count (fixture->head));
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->head), count (fixture->head)));
  for (guint i = 0; i < count (fixture->head); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (fixture->list), i);
      g_autoptr (GObject) followed = g_list_model_get_item (G_LIST_MODEL (fixture->mirror), i);

      g_assert_true (item == followed);
    }
}

/* Returns how many items were touched of the list. */
static guint
change (Fixture *fixture)
{
  const char *texts[] = { "a", "b", "c", "d", "e", "f", "g", NULL };
  const guint n = count (fixture->list);
  const guint position = g_test_rand_int_range (0, n + 1);
  const guint n_removed = g_test_rand_int_range (0, MIN (n - position, 7) + 1);
  const guint n_added = n > MOST ? 0 : g_test_rand_int_range (0, 8);

  texts[n_added] = NULL;
  gtk_string_list_splice (fixture->list, position, n_removed, texts);
  return n_removed + n_added;
}

static void
test_changes (Fixture       *fixture,
              gconstpointer  user_data)
{
  for (guint i = 0; i < N_STEPS; i++)
    {
      change (fixture);
      assert_same (fixture, LIMIT);
    }

  purge_head_model_lift (fixture->head);
  assert_same (fixture, G_MAXUINT);
  for (guint i = 0; i < N_STEPS; i++)
    {
      guint n_touched;

      fixture->n_touched = 0;
      n_touched = change (fixture);
      assert_same (fixture, G_MAXUINT);
      g_assert_cmpuint (fixture->n_touched, ==, n_touched);
    }
}

/* Of what is behind the first nobody hears, and where the limit is lifted they come. */
static void
test_lift (Fixture       *fixture,
           gconstpointer  user_data)
{
  for (guint i = 0; i < LIMIT; i++)
    gtk_string_list_append (fixture->list, "first");
  fixture->n_touched = 0;
  gtk_string_list_append (fixture->list, "last");
  purge_head_model_set_model (fixture->head, G_LIST_MODEL (fixture->list));
  g_assert_cmpuint (fixture->n_touched, ==, 0);

  purge_head_model_lift (fixture->head);
  g_assert_cmpuint (fixture->n_touched, ==, 1);
  purge_head_model_lift (fixture->head);
  g_assert_cmpuint (fixture->n_touched, ==, 1);
  assert_same (fixture, G_MAXUINT);

  purge_head_model_set_model (fixture->head, NULL);
  g_assert_cmpuint (count (fixture->mirror), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/head-model/changes", Fixture, NULL, set_up, test_changes, tear_down);
  g_test_add ("/head-model/lift", Fixture, NULL, set_up, test_lift, tear_down);

  return g_test_run ();
}
