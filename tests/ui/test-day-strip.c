/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The last days as bars: how high they are, what they are called, and how one is chosen. */

#include "config.h"

#include "await.h"
#include "desk.h"
#include "job-fixture.h"
#include "purge-day-bar.h"
#include "purge-day-strip.h"

#define DAY_S (24 * 60 * 60)
#define H PURGE_DAY_BAR_HEIGHT
#define LEAST PURGE_DAY_BAR_LEAST

/* Amounts and heights of the parts, from the bottom up. */
static const struct {
  guint n[PURGE_TALLY_N_PARTS];
  guint most;
  int   heights[PURGE_TALLY_N_PARTS];
} bars[] = {
  { { 0, 0, 0, 0 }, 1, { 0, 0, 0, 0 } },
  { { 10, 0, 0, 0 }, 10, { H, 0, 0, 0 } },
  { { 10, 0, 0, 0 }, 20, { H / 2, 0, 0, 0 } },
  { { 5, 5, 0, 0 }, 10, { H / 2, H / 2, 0, 0 } },
  { { 0, 0, 5, 5 }, 20, { 0, 0, H / 4, H / 4 } },
  /* What there is can be seen, however little it is. */
  { { 1, 0, 0, 0 }, 100000, { LEAST, 0, 0, 0 } },
  { { 100000, 1, 0, 0 }, 100001, { H - LEAST, LEAST, 0, 0 } },
  { { 1, 100000, 1, 1 }, 100003, { LEAST, H - 3 * LEAST, LEAST, LEAST } },
  { { G_MAXINT, 0, 0, 0 }, G_MAXINT, { H, 0, 0, 0 } },
};

typedef struct {
  JobFixture       job;
  PurgeRecentDays *days;
  PurgeDayStrip   *strip;
  GtkWidget       *window;
  guint            n_chosen;
} Fixture;

static void
test_bar (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GtkWidget) bar = g_object_ref_sink (purge_day_bar_new ());
  const PurgeTally tally = {
    .n_accepted = bars[i].n[0], .n_rejected = bars[i].n[1], .n_unknown = bars[i].n[2],
    .n_waiting = bars[i].n[3],
  };
  GtkWidget *part = gtk_widget_get_first_child (bar);
  int above = 0;
  int height;

  purge_day_bar_show (PURGE_DAY_BAR (bar), &tally, bars[i].most);
  gtk_widget_measure (bar, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  gtk_widget_allocate (bar, 10, height, -1, NULL);
  for (guint j = 0; j < PURGE_TALLY_N_PARTS; j++)
    {
      graphene_rect_t place;
      /* The line between two parts belongs to the upper one. */
      int gap = above > 0 ? 1 : 0;

      g_assert_true (gtk_widget_get_visible (part) == (bars[i].n[j] > 0));
      if (bars[i].n[j] > 0)
        {
          g_assert_true (gtk_widget_compute_bounds (part, bar, &place));
          above += bars[i].heights[j];
          g_assert_cmpfloat (place.size.height, ==, bars[i].heights[j] - gap);
          g_assert_cmpfloat (place.origin.y, ==, H - above);
        }
      part = gtk_widget_get_next_sibling (part);
    }
  g_assert_null (part);
}

static void
on_chosen_cb (Fixture *fixture)
{
  fixture->n_chosen++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  job_fixture_set_up (&fixture->job, data);
  mock_transport_set_script (fixture->job.transport, "ararar");
  fixture->days = purge_recent_days_new (fixture->job.workspace);
  fixture->strip = g_object_new (PURGE_TYPE_DAY_STRIP, NULL);
  g_signal_connect_swapped (fixture->strip, "chosen", G_CALLBACK (on_chosen_cb), fixture);
  fixture->window = desk_present (GTK_WIDGET (fixture->strip));
  purge_day_strip_set_days (fixture->strip, fixture->days);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  desk_assert_gone (fixture->strip);
  g_assert_finalize_object (fixture->days);
  job_fixture_tear_down (&fixture->job, data);
}

static void
submit (Fixture *fixture,
        guint    days_later,
        guint    n_urls)
{
  g_autoptr (PurgeJob) job = NULL;

  mock_clock_set_unix_time (fixture->job.clock, JOB_FIXTURE_NOW + days_later * (gint64) DAY_S);
  job = job_fixture_new_job (&fixture->job, n_urls);
  g_assert_true (job_fixture_run (&fixture->job, job, NULL));
}

static void
on_changed_cb (gboolean *changed)
{
  *changed = TRUE;
}

static gboolean
is_true (gpointer value)
{
  return *(gboolean *) value;
}

static void
reload (Fixture *fixture)
{
  gboolean changed = FALSE;
  gulong id = g_signal_connect_swapped (fixture->days, "changed", G_CALLBACK (on_changed_cb),
                                        &changed);

  purge_recent_days_reload (fixture->days);
  await_condition (is_true, &changed);
  g_signal_handler_disconnect (fixture->days, id);
}

/* The button of the day that has so many days after it. */
static GtkWidget *
find_day (Fixture *fixture,
          guint    days_ago)
{
  GtkWidget *first = desk_find (GTK_WIDGET (fixture->strip), GTK_TYPE_TOGGLE_BUTTON, NULL);
  GtkWidget *day = gtk_widget_get_last_child (gtk_widget_get_parent (first));

  while (days_ago-- > 0)
    day = gtk_widget_get_prev_sibling (day);

  return day;
}

static void
assert_says (Fixture    *fixture,
             guint       days_ago,
             const char *words)
{
  g_autofree char *tooltip = NULL;

  g_object_get (find_day (fixture, days_ago), "tooltip-text", &tooltip, NULL);
  g_assert_nonnull (strstr (tooltip, words));
}

/* Where there is nothing there is no strip; else every day has words, and all of them a sum. */
static void
test_words (Fixture       *fixture,
            gconstpointer  data)
{
  int minimum;

  reload (fixture);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->strip)));

  submit (fixture, 0, 3);
  submit (fixture, 2, 2);
  reload (fixture);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->strip)));
  assert_says (fixture, 0, ": 2 rejected");
  assert_says (fixture, 1, ": nothing");
  assert_says (fixture, 2, ": 3 accepted");
  g_assert_true (desk_shows (GTK_WIDGET (fixture->strip), "3 accepted"));
  g_assert_true (desk_shows (GTK_WIDGET (fixture->strip), "2 rejected"));
  g_assert_false (desk_shows (GTK_WIDGET (fixture->strip), "unknown"));
  g_assert_false (gtk_widget_get_sensitive (find_day (fixture, 1)));
  gtk_widget_measure (GTK_WIDGET (fixture->strip), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                      NULL, NULL);
  g_assert_cmpint (minimum, <=, 316);
}

static void
press (Fixture *fixture,
       guint    days_ago,
       gboolean pressed)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_day (fixture, days_ago)), pressed);
}

/* One day at most; it stays chosen as long as there is something in it. */
static void
test_chosen (Fixture       *fixture,
             gconstpointer  data)
{
  const PurgeDay *chosen;

  submit (fixture, 0, 3);
  submit (fixture, 1, 2);
  reload (fixture);
  g_assert_null (purge_day_strip_get_chosen (fixture->strip));

  press (fixture, 0, TRUE);
  press (fixture, 1, TRUE);
  g_assert_cmpuint (fixture->n_chosen, ==, 2);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (find_day (fixture, 0))));
  chosen = purge_day_strip_get_chosen (fixture->strip);
  g_assert_cmpint (chosen->start, <=, JOB_FIXTURE_NOW);
  g_assert_cmpint (chosen->end, >, JOB_FIXTURE_NOW);

  /* A day later its bar stands one place further on. */
  submit (fixture, 2, 1);
  reload (fixture);
  g_assert_cmpuint (fixture->n_chosen, ==, 2);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (find_day (fixture, 2))));
  press (fixture, 2, FALSE);
  g_assert_null (purge_day_strip_get_chosen (fixture->strip));
  g_assert_cmpuint (fixture->n_chosen, ==, 3);

  press (fixture, 2, TRUE);
  purge_day_strip_clear (fixture->strip);
  purge_day_strip_clear (fixture->strip);
  g_assert_null (purge_day_strip_get_chosen (fixture->strip));
  g_assert_cmpuint (fixture->n_chosen, ==, 5);

  /* A month later it is gone, and not asked for any more. */
  press (fixture, 2, TRUE);
  mock_clock_set_unix_time (fixture->job.clock, JOB_FIXTURE_NOW + 30 * (gint64) DAY_S);
  reload (fixture);
  g_assert_null (purge_day_strip_get_chosen (fixture->strip));
  g_assert_cmpuint (fixture->n_chosen, ==, 7);
}

static GtkWidget *
get_focus (Fixture *fixture)
{
  return gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (fixture->strip)));
}

/* Tab goes in and out, the arrows from day to day past those that are empty. */
static void
test_keys (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *strip = GTK_WIDGET (fixture->strip);

  submit (fixture, 0, 3);
  submit (fixture, 3, 2);
  reload (fixture);
  gtk_test_widget_wait_for_draw (strip);

  g_assert_true (gtk_widget_child_focus (strip, GTK_DIR_TAB_FORWARD));
  g_assert_true (get_focus (fixture) == find_day (fixture, 0));
  g_assert_true (gtk_widget_child_focus (strip, GTK_DIR_LEFT));
  g_assert_true (get_focus (fixture) == find_day (fixture, 3));
  g_assert_false (gtk_widget_child_focus (strip, GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_widget_child_focus (strip, GTK_DIR_RIGHT));
  g_assert_true (get_focus (fixture) == find_day (fixture, 0));
  g_assert_false (gtk_widget_child_focus (strip, GTK_DIR_TAB_BACKWARD));

  /* It goes in where somebody was before. */
  press (fixture, 3, TRUE);
  gtk_root_set_focus (gtk_widget_get_root (strip), NULL);
  g_assert_true (gtk_widget_child_focus (strip, GTK_DIR_TAB_BACKWARD));
  g_assert_true (get_focus (fixture) == find_day (fixture, 3));
}

#define ADD(path, function) \
  g_test_add ("/day-strip/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  desk_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (bars); i++)
    {
      g_autofree char *path = g_strdup_printf ("/day-bar/%u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_bar);
    }
  ADD ("words", test_words);
  ADD ("chosen", test_chosen);
  ADD ("keys", test_keys);

  return g_test_run ();
}
