/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* One row of the history. Shows what the journal has added up, and changes nothing. */

#define G_LOG_DOMAIN "purge-history-row"

#include "config.h"

#include "purge-history-row.h"

#include <glib/gi18n-lib.h>

#include "purge-format.h"
#include "purge-wrap.h"

struct _PurgeHistoryRow
{
  AdwBin     parent_instance;

  GtkLabel  *time;
  GtkLabel  *subtitle;
  GtkLabel  *hits;
  PurgeWrap *counts;
  GtkWidget *show;
  GtkWidget *load;
  GtkWidget *delete;
};

G_DEFINE_FINAL_TYPE (PurgeHistoryRow, purge_history_row, ADW_TYPE_BIN)

static void
add_count (PurgeHistoryRow      *self,
           const PurgeTallyPart *part)
{
  const char *style = purge_format_state_style (part->state);
  g_autofree char *text = purge_format_count (part);
  GtkWidget *box, *icon, *label;

  if (part->n == 0)
    return;

  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  icon = gtk_image_new_from_icon_name (purge_format_state_icon (part->state));
  label = gtk_label_new (text);
  gtk_widget_add_css_class (icon, style);
  gtk_widget_add_css_class (label, style);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_parent (box, GTK_WIDGET (self->counts));
}

static void
show_counts (PurgeHistoryRow              *self,
             const PurgeSubmissionSummary *summary)
{
  PurgeTallyPart parts[PURGE_TALLY_N_PARTS];
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->counts))) != NULL)
    gtk_widget_unparent (child);

  purge_tally_split (&summary->tally, parts);
  for (guint i = 0; i < PURGE_TALLY_N_PARTS; i++)
    add_count (self, &parts[i]);
}

static void
show_hits (PurgeHistoryRow              *self,
           const PurgeSubmissionSummary *summary,
           gboolean                      searched)
{
  guint n = summary->tally.n_directories;
  guint n_urls = summary->n_urls;
  g_autofree char *text = NULL;

  /* Translators: how many entries of a submission have in them what was searched for. The plural is
   * that of the second number. */
  text = n_urls == 0 ? g_strdup_printf (ngettext ("Found in %u of %u directory",
                                                  "Found in %u of %u directories", n),
                                        summary->n_hits, n)
         : n_urls == n ? g_strdup_printf (ngettext ("Found in %u of %u URL",
                                                    "Found in %u of %u URLs", n),
                                          summary->n_hits, n)
         /* Translators: at least one of each */
         : g_strdup_printf (ngettext ("Found in %u of %u directories and URLs",
                                      "Found in %u of %u directories and URLs", n),
                            summary->n_hits, n);
  gtk_label_set_label (self->hits, text);
  gtk_widget_set_visible (GTK_WIDGET (self->hits), searched);
}

/* What is read in a widget, from top to bottom. */
static void
collect_texts (GtkWidget *widget,
               GPtrArray *texts)
{
  if (!gtk_widget_get_visible (widget))
    return;

  if (GTK_IS_LABEL (widget))
    g_ptr_array_add (texts, (gpointer) gtk_label_get_label (GTK_LABEL (widget)));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_texts (child, texts);
}

/* A button that holds more than a label has no name of its own for screen readers. */
static void
name_button (PurgeHistoryRow *self)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  g_autofree char *name = NULL;

  collect_texts (self->show, texts);
  g_ptr_array_add (texts, NULL);
  name = g_strjoinv (" · ", (char **) texts->pdata);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->show), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

static void
purge_history_row_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), PURGE_TYPE_HISTORY_ROW);

  G_OBJECT_CLASS (purge_history_row_parent_class)->dispose (object);
}

static void
purge_history_row_class_init (PurgeHistoryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = purge_history_row_dispose;

  g_type_ensure (PURGE_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/cdn_purge/CdnPurge/purge-history-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PurgeHistoryRow, time);
  gtk_widget_class_bind_template_child (widget_class, PurgeHistoryRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, PurgeHistoryRow, hits);
  gtk_widget_class_bind_template_child (widget_class, PurgeHistoryRow, counts);
  gtk_widget_class_bind_template_child (widget_class, PurgeHistoryRow, show);
  gtk_widget_class_bind_template_child (widget_class, PurgeHistoryRow, load);
  gtk_widget_class_bind_template_child (widget_class, PurgeHistoryRow, delete);
}

static void
purge_history_row_init (PurgeHistoryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * purge_history_row_new:
 *
 * Returns: (transfer floating): a row that shows nothing yet
 */
GtkWidget *
purge_history_row_new (void)
{
  return g_object_new (PURGE_TYPE_HISTORY_ROW, NULL);
}

/**
 * purge_history_row_show:
 * @self: a row
 * @entry: a submission
 * @searched: whether it was searched for
 *
 * Shows a submission.
 */
void
purge_history_row_show (PurgeHistoryRow   *self,
                        PurgeHistoryEntry *entry,
                        gboolean           searched)
{
  const PurgeSubmissionSummary *summary = purge_history_entry_get_summary (entry);
  g_autofree char *time = purge_format_time (summary->created);
  g_autofree char *subtitle = NULL;
  guint n[PURGE_N_KINDS];

  g_return_if_fail (PURGE_IS_HISTORY_ROW (self));

  n[PURGE_KIND_URL] = summary->n_urls;
  n[PURGE_KIND_DIRECTORY] = summary->tally.n_directories - summary->n_urls;
  subtitle = purge_format_submission (summary->account_name, n, summary->mode);
  gtk_label_set_label (self->time, time);
  gtk_label_set_label (self->subtitle, subtitle);
  show_counts (self, summary);
  show_hits (self, summary, searched);
  name_button (self);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->show), "x", summary->id);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->load), "x", summary->id);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->delete), "x", summary->id);
}
