/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What is typed behind the veil, in whatever order; the text before it has bullets only. */

#include "config.h"

#include <string.h>

#include "desk.h"
#include "purge-veil.h"

/* Behind the end there is nothing, and everything is put to the end. */
#define END -1

typedef struct {
  const char *insert; /* or NULL to delete */
  int         from;
  int         to;
} Step;

static const struct {
  const char *name;
  Step        steps[4];
  const char *typed;
} cases[] = {
  { "nothing", { { "", 0, 0 } }, "" },
  { "at-the-end", { { "ab", 0, 0 }, { "cd", 2, 0 }, { "ef", END, 0 } }, "abcdef" },
  { "in-the-middle", { { "ad", 0, 0 }, { "bc", 1, 0 } }, "abcd" },
  { "in-front", { { "cd", 0, 0 }, { "ab", 0, 0 } }, "abcd" },
  { "too-far", { { "ab", 0, 0 }, { "cd", 9, 0 } }, "abcd" },
  { "letters-of-several-bytes", { { "aé中😀", 0, 0 }, { "•", 2, 0 }, { NULL, 3, 4 } }, "aé•😀" },
  { "deleted-in-the-middle", { { "abcdef", 0, 0 }, { NULL, 2, 4 } }, "abef" },
  { "deleted-to-the-end", { { "abcdef", 0, 0 }, { NULL, 2, END } }, "ab" },
  { "deleted-too-far", { { "abcdef", 0, 0 }, { NULL, 2, 99 } }, "ab" },
  { "deleted-nothing", { { "abcdef", 0, 0 }, { NULL, 2, 2 } }, "abcdef" },
  { "all-anew", { { "abcdef", 0, 0 }, { NULL, 0, END }, { "gh", 0, 0 } }, "gh" },
};

typedef struct {
  GtkWidget *text;
  PurgeVeil *veil;
  GString   *told;
} Fixture;

/* As GTK itself listens, to tell of it on the accessibility bus. */
static void
on_inserted_cb (GtkEditable *text,
                const char  *inserted,
                int          length,
                int         *position,
                Fixture     *f)
{
  g_string_append_len (f->told, inserted, length < 0 ? (gssize) strlen (inserted) : length);
}

static void
on_deleted_cb (GtkEditable *text,
               int          from,
               int          to,
               Fixture     *f)
{
  g_autofree char *deleted = gtk_editable_get_chars (text, from, to);

  g_string_append (f->told, deleted);
}

static void
on_changed_cb (GtkEditable *text,
               Fixture     *f)
{
  g_string_append (f->told, gtk_editable_get_text (text));
  g_assert_cmpint (g_utf8_strlen (purge_veil_get_text (f->veil), -1), >=,
                   g_utf8_strlen (gtk_editable_get_text (text), -1));
}

static void
set_up (Fixture       *f,
        gconstpointer  user_data)
{
  f->text = g_object_ref_sink (gtk_text_new ());
  f->veil = purge_veil_new (GTK_TEXT (f->text));
  f->told = g_string_new (NULL);
  g_signal_connect_after (f->text, "insert-text", G_CALLBACK (on_inserted_cb), f);
  g_signal_connect (f->text, "delete-text", G_CALLBACK (on_deleted_cb), f);
  g_signal_connect (f->text, "changed", G_CALLBACK (on_changed_cb), f);
}

static void
tear_down (Fixture       *f,
           gconstpointer  user_data)
{
  g_assert_finalize_object (f->veil);
  g_assert_finalize_object (f->text);
  g_string_free (f->told, TRUE);
}

static void
assert_bullets (const char *text)
{
  while (g_str_has_prefix (text, PURGE_VEIL_BULLET))
    text += strlen (PURGE_VEIL_BULLET);
  g_assert_cmpstr (text, ==, "");
}

static void
take_step (Fixture    *f,
           const Step *step)
{
  int position = step->from;

  if (step->insert == NULL)
    gtk_editable_delete_text (GTK_EDITABLE (f->text), step->from, step->to);
  else
    gtk_editable_insert_text (GTK_EDITABLE (f->text), step->insert, -1, &position);
}

static void
test_steps (Fixture       *f,
            gconstpointer  index)
{
  const guint i = GPOINTER_TO_UINT (index);

  for (gsize j = 0; j < G_N_ELEMENTS (cases[i].steps); j++)
    if (cases[i].steps[j].insert != NULL || cases[i].steps[j].to != 0)
      take_step (f, &cases[i].steps[j]);

  g_assert_cmpstr (purge_veil_get_text (f->veil), ==, cases[i].typed);
  g_assert_cmpint (gtk_text_get_text_length (GTK_TEXT (f->text)), ==,
                   g_utf8_strlen (cases[i].typed, -1));
  assert_bullets (gtk_editable_get_text (GTK_EDITABLE (f->text)));
  assert_bullets (f->told->str);
}

/* Text and bullets have the same limit, and stay as many. */
static void
test_full (Fixture       *f,
           gconstpointer  user_data)
{
  g_autofree char *most = g_strnfill (PURGE_VEIL_MAX_LENGTH - 1, 'a');
  int position = 1;

  gtk_editable_set_text (GTK_EDITABLE (f->text), most);
  gtk_editable_insert_text (GTK_EDITABLE (f->text), "bcd", -1, &position);
  g_assert_cmpint (position, ==, 2);
  gtk_editable_insert_text (GTK_EDITABLE (f->text), "e", -1, &position);
  g_assert_cmpint (position, ==, 2);
  g_assert_cmpuint (strlen (purge_veil_get_text (f->veil)), ==, PURGE_VEIL_MAX_LENGTH);
  g_assert_true (g_str_has_prefix (purge_veil_get_text (f->veil), "abaa"));
  g_assert_cmpint (gtk_text_get_text_length (GTK_TEXT (f->text)), ==, PURGE_VEIL_MAX_LENGTH);
}

/* What was looked at while it was there is not there any more. */
static void
test_forget (Fixture       *f,
             gconstpointer  user_data)
{
  purge_veil_forget (f->veil);
  gtk_editable_set_text (GTK_EDITABLE (f->text), "abc");
  purge_veil_forget (f->veil);
  g_assert_cmpstr (purge_veil_get_text (f->veil), ==, "");
  g_assert_cmpint (gtk_text_get_text_length (GTK_TEXT (f->text)), ==, 0);
  gtk_editable_set_text (GTK_EDITABLE (f->text), "de");
  g_assert_cmpstr (purge_veil_get_text (f->veil), ==, "de");
}

int
main (int   argc,
      char *argv[])
{
  desk_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/veil/%s", cases[i].name);

      g_test_add (path, Fixture, GUINT_TO_POINTER (i), set_up, test_steps, tear_down);
    }
  g_test_add ("/veil/full", Fixture, NULL, set_up, test_full, tear_down);
  g_test_add ("/veil/forget", Fixture, NULL, set_up, test_forget, tear_down);

  return g_test_run ();
}
