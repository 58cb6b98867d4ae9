/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Values as people read them: words, icons, counts, times, and what a server said, made harmless.
 * Pure functions; knows no widget. */

#define G_LOG_DOMAIN "purge-format"

#include "config.h"

#include "purge-format.h"

#include <glib/gi18n-lib.h>

#include "purge-visible.h"

/* A raw answer has at most 256 KiB; a label of that length would make the window slow. */
#define RAW_ANSWER_MAX 20000

typedef struct {
  const char *word;
  const char *icon;
  const char *style;
} StateLook;

/* Never by colour alone: every state has a word and an icon of its own. */
static const StateLook looks[] = {
  /* Translators: a state of a batch or directory: confirmed, and not sent yet */
  [PURGE_BATCH_WAITING] = { N_("Waiting"), "purge-waiting-symbolic", "dim-label" },
  /* Translators: a state: the request is under way */
  [PURGE_BATCH_SENDING] = { N_("Sending"), "purge-sending-symbolic", "accent" },
  /* Translators: a state: the server took it */
  [PURGE_BATCH_ACCEPTED] = { N_("Accepted"), "purge-accepted-symbolic", "success" },
  /* Translators: a state: the server said no */
  [PURGE_BATCH_REJECTED] = { N_("Rejected"), "purge-rejected-symbolic", "error" },
  /* Translators: a state: it may have been executed or not; nobody here knows */
  [PURGE_BATCH_UNKNOWN] = { N_("Unknown"), "purge-unknown-symbolic", "warning" },
  /* Translators: a state: it was unknown, and the person submitted it again */
  [PURGE_BATCH_SUPERSEDED] = { N_("Submitted again"), "purge-superseded-symbolic", "dim-label" },
  /* Translators: a state: accepted, and the server says that the purge is finished */
  [PURGE_BATCH_DONE] = { N_("Done"), "purge-done-symbolic", "success" },
  /* Translators: a state: accepted, and the server says that the purge came to nothing */
  [PURGE_BATCH_FAILED] = { N_("Failed"), "purge-rejected-symbolic", "error" },
};

static const StateLook *
get_look (PurgeBatchState state)
{
  g_return_val_if_fail ((gsize) state < G_N_ELEMENTS (looks), &looks[PURGE_BATCH_UNKNOWN]);

  return &looks[state];
}

/**
 * purge_format_state_word:
 * @state: a state
 *
 * Returns: (transfer none): the state in a word, translated
 */
const char *
purge_format_state_word (PurgeBatchState state)
{
  return _(get_look (state)->word);
}

/**
 * purge_format_state_icon:
 * @state: a state
 *
 * Returns: (transfer none): the name of its icon
 */
const char *
purge_format_state_icon (PurgeBatchState state)
{
  return get_look (state)->icon;
}

/**
 * purge_format_state_style:
 * @state: a state
 *
 * Returns: (transfer none): the style class of its icon and word
 */
const char *
purge_format_state_style (PurgeBatchState state)
{
  return get_look (state)->style;
}

/**
 * purge_format_server_text:
 * @text: (nullable): what a server said; hostile, not even UTF-8
 * @max_characters: where to cut it off
 *
 * What a server said as one line of text that hides nothing: control, bidirectional and invisible
 * characters are shown by their numbers. It is still not Pango markup.
 *
 * Returns: (transfer full): valid UTF-8 without line breaks; empty where @text is %NULL
 */
char *
purge_format_server_text (const char *text,
                          gsize       max_characters)
{
  return text != NULL ? purge_visible_dup_text (text, -1, max_characters) : g_strdup ("");
}

/**
 * purge_format_raw_answer:
 * @raw: (nullable): a whole answer; hostile
 *
 * The same for a whole answer, in which line breaks stay.
 *
 * Returns: (transfer full): valid UTF-8; empty where @raw is %NULL
 */
char *
purge_format_raw_answer (const char *raw)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) lines = g_strsplit (raw != NULL ? raw : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL && text->len < RAW_ANSWER_MAX; i++)
    {
      g_autofree char *line = purge_visible_dup_text (g_strchomp (lines[i]), -1, RAW_ANSWER_MAX);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * purge_format_code_line:
 * @code: (nullable): the code, as the server said it
 * @code_desc: (nullable): `codeDesc`, as the server said it
 * @task_id: (nullable): the task, as the server said it
 *
 * Returns: (transfer full): the three as one line of plain text, without those that are not there
 */
char *
purge_format_code_line (const char *code,
                        const char *code_desc,
                        const char *task_id)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *safe_code = purge_format_server_text (code, 100);
  g_autofree char *safe_desc = purge_format_server_text (code_desc, 100);
  g_autofree char *safe_task = purge_format_server_text (task_id, 100);

  if (*safe_code != '\0')
    /* Translators: %s is the code that the server answered, "9110" */
    g_ptr_array_add (parts, g_strdup_printf (_("Code %s"), safe_code));
  if (*safe_desc != '\0')
    g_ptr_array_add (parts, g_steal_pointer (&safe_desc));
  if (*safe_task != '\0')
    /* Translators: %s is the number of a task at the server */
    g_ptr_array_add (parts, g_strdup_printf (_("Task %s"), safe_task));

  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

/**
 * purge_format_directories:
 * @n_directories: a count
 *
 * Returns: (transfer full): "37 directories"
 */
char *
purge_format_directories (guint n_directories)
{
  return g_strdup_printf (ngettext ("%u directory", "%u directories", n_directories), n_directories);
}

/**
 * purge_format_urls:
 * @n_urls: a count
 *
 * Returns: (transfer full): "12 URLs"
 */
char *
purge_format_urls (guint n_urls)
{
  return g_strdup_printf (ngettext ("%u URL", "%u URLs", n_urls), n_urls);
}

/**
 * purge_format_entries:
 * @n: by #PurgeKind, how many there are; without URLs it is about directories
 *
 * Returns: (transfer full): "37 directories, 12 URLs"
 */
char *
purge_format_entries (const guint *n)
{
  g_autofree char *directories = purge_format_directories (n[PURGE_KIND_DIRECTORY]);
  g_autofree char *urls = purge_format_urls (n[PURGE_KIND_URL]);

  if (n[PURGE_KIND_URL] == 0)
    return g_steal_pointer (&directories);
  if (n[PURGE_KIND_DIRECTORY] == 0)
    return g_steal_pointer (&urls);

  /* Translators: "37 directories, 12 URLs" */
  return g_strdup_printf (_("%s, %s"), directories, urls);
}

static char *
dup_left (const guint             *n,
          const PurgeQuotaReading *readings)
{
  const PurgeQuotaReading *directories = &readings[PURGE_KIND_DIRECTORY];
  const PurgeQuotaReading *urls = &readings[PURGE_KIND_URL];

  if (n[PURGE_KIND_URL] > 0 && n[PURGE_KIND_DIRECTORY] > 0 && urls->known && directories->known)
    /* Translators: how much of the daily quotas is left */
    return g_strdup_printf (_("%u of %u directories and %u of %u URLs left today"),
                            directories->left, directories->total, urls->left, urls->total);
  if (n[PURGE_KIND_URL] > 0 && n[PURGE_KIND_DIRECTORY] == 0)
    directories = urls;
  if (!directories->known)
    return NULL;

  /* Translators: how much of the daily quota is left: "63 of 100 left today" */
  return g_strdup_printf (_("%u of %u left today"), directories->left, directories->total);
}

/**
 * purge_format_plan:
 * @n: by #PurgeKind, how many would be sent
 * @limits: how many fit into a request
 * @readings: by #PurgeKind, what is left today
 *
 * Returns: (transfer full): "37 directories, 12 URLs · 3 requests · 63 of 100 left today"
 */
char *
purge_format_plan (const guint             *n,
                   const PurgeLimits       *limits,
                   const PurgeQuotaReading *readings)
{
  g_autofree char *entries = purge_format_entries (n);
  g_autofree char *requests = NULL;
  g_autofree char *left = dup_left (n, readings);
  const guint n_requests = purge_limits_count_requests (limits, n);

  requests = g_strdup_printf (ngettext ("%u request", "%u requests", n_requests), n_requests);

  if (left == NULL)
    /* Translators: "37 directories · 2 requests" */
    return g_strdup_printf (_("%s · %s"), entries, requests);

  /* Translators: "37 directories · 2 requests · 63 of 100 left today" */
  return g_strdup_printf (_("%s · %s · %s"), entries, requests, left);
}

/**
 * purge_format_area:
 * @area: an area, not %PURGE_AREA_NONE
 *
 * Returns: (transfer none): where that is
 */
const char *
purge_format_area (PurgeArea area)
{
  return area == PURGE_AREA_MAINLAND ? _("Mainland China") : _("Outside mainland China");
}

/**
 * purge_format_teller:
 * @reading: what is left of a quota
 * @told: when the server said it, in UNIX seconds
 *
 * Returns: (transfer full): who says so, in a few words; empty where nothing is known
 */
char *
purge_format_teller (const PurgeQuotaReading *reading,
                     gint64                   told)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (told);
  g_autofree char *clock = time != NULL ? g_date_time_format (time, "%H:%M") : g_strdup ("");

  if (!reading->known)
    return g_strdup ("");
  if (!reading->from_server)
    return g_strdup (_("By this computer’s count"));

  /* Translators: who says how much of the quota is left, and at what time: "Tencent’s figures of
   * 14:05" */
  return g_strdup_printf (_("Tencent’s figures of %s"), clock);
}

/**
 * purge_format_purge_button:
 * @n_entries: how many directories and URLs would be sent
 *
 * Returns: (transfer full): the label of the button, with its mnemonic
 */
char *
purge_format_purge_button (guint n_entries)
{
  if (n_entries == 0)
    /* Translators: the button that sends the list, where there is nothing in it */
    return g_strdup (_("_Purge"));

  /* Translators: the button that sends the list; %u is how many directories and URLs */
  return g_strdup_printf (ngettext ("_Purge %u", "_Purge %u", n_entries), n_entries);
}

/**
 * purge_format_add_report:
 * @report: what became of a text
 *
 * Returns: (transfer full): "37 added · 3 mended · 2 there already · 1 with a problem"
 */
char *
purge_format_add_report (const PurgeAddReport *report)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (report->n_added > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u added", "%u added", report->n_added),
                                             report->n_added));
  if (report->n_mended > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u mended", "%u mended",
                                                       report->n_mended), report->n_mended));
  if (report->n_merged > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u there already", "%u there already",
                                                       report->n_merged), report->n_merged));
  if (report->n_problems > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u with a problem", "%u with a problem",
                                                       report->n_problems), report->n_problems));
  if (parts->len == 0)
    g_ptr_array_add (parts, g_strdup (_("There is no directory in this text")));

  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

/**
 * purge_format_problems:
 * @n_problems: how many rows cannot be sent
 * @n_covered: how many are covered by another row
 *
 * Returns: (transfer full): both in words; empty where there are none
 */
char *
purge_format_problems (guint n_problems,
                       guint n_covered)
{
  g_autofree char *problems =
    g_strdup_printf (ngettext ("%u row has a problem and stays here",
                               "%u rows have a problem and stay here", n_problems), n_problems);
  g_autofree char *covered =
    g_strdup_printf (ngettext ("%u is covered by another row",
                               "%u are covered by other rows", n_covered), n_covered);

  if (n_problems > 0 && n_covered > 0)
    /* Translators: two notes on the list, "3 rows have a problem and stay here · 1 is covered …" */
    return g_strdup_printf (_("%s · %s"), problems, covered);

  if (n_problems > 0)
    return g_steal_pointer (&problems);

  return n_covered > 0 ? g_steal_pointer (&covered) : g_strdup ("");
}

/**
 * purge_format_progress:
 * @n_batches_done: how many batches have ended
 * @n_batches: how many there are
 *
 * Returns: (transfer full): "Batch 2 of 5": which one is under way
 */
char *
purge_format_progress (guint n_batches_done,
                       guint n_batches)
{
  /* Translators: which batch is being sent, of how many */
  return g_strdup_printf (_("Batch %u of %u"), MIN (n_batches_done + 1, n_batches), n_batches);
}

/**
 * purge_format_batch_title:
 * @number: which batch
 * @kind: what is in it
 * @n: how many of these
 *
 * Returns: (transfer full): "Batch 2 · 20 directories"
 */
char *
purge_format_batch_title (guint     number,
                          PurgeKind kind,
                          guint     n)
{
  g_autofree char *entries = kind == PURGE_KIND_URL ? purge_format_urls (n)
                                                    : purge_format_directories (n);

  /* Translators: the title of a row: "Batch 2 · 20 directories" */
  return g_strdup_printf (_("Batch %u · %s"), number, entries);
}

/**
 * purge_format_successor:
 * @number: which batch was made of it
 *
 * Returns: (transfer full): "Sent again as batch 4."
 */
char *
purge_format_successor (guint number)
{
  return g_strdup_printf (_("Sent again as batch %u."), number);
}

/**
 * purge_format_submission:
 * @account_name: what the account was called
 * @n: by #PurgeKind, how many entries it has
 * @mode: what of the directories was purged
 *
 * Returns: (transfer full): "Production · 37 directories, 12 URLs · updated resources"
 */
char *
purge_format_submission (const char  *account_name,
                         const guint *n,
                         PurgeMode    mode)
{
  g_autofree char *account = purge_format_server_text (account_name, 80);
  g_autofree char *entries = purge_format_entries (n);

  /* Translators: "Production · 37 directories · updated resources" */
  return g_strdup_printf (_("%s · %s · %s"), account, entries,
                          /* Translators: these stand at the end of a line, beside other words */
                          mode == PURGE_MODE_ALL ? _("all resources") : _("updated resources"));
}

/**
 * purge_format_time:
 * @unix_seconds: a time, or 0
 *
 * Returns: (transfer full): that time where this computer is, in the form of the locale; empty for 0
 */
char *
purge_format_time (gint64 unix_seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (unix_seconds);

  return unix_seconds != 0 && time != NULL ? g_date_time_format (time, "%x %H:%M") : g_strdup ("");
}

/**
 * purge_format_day:
 * @unix_seconds: a time
 *
 * Returns: (transfer full): its day where this computer is, without the year
 */
char *
purge_format_day (gint64 unix_seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (unix_seconds);

  /* Translators: a day of the last month, “Nov 24”, as g_date_time_format() puts it: %b is the short
   * name of the month, %-m its number, %-d the day of the month */
  return time != NULL ? g_date_time_format (time, _("%b %-d")) : g_strdup ("");
}

/**
 * purge_format_count:
 * @part: a part of a tally
 *
 * Returns: (transfer full): how much it is and of what, “20 accepted”
 */
char *
purge_format_count (const PurgeTallyPart *part)
{
  guint n = part->n;

  switch (part->state)
    {
    case PURGE_BATCH_ACCEPTED:
    case PURGE_BATCH_DONE:
      return g_strdup_printf (ngettext ("%u accepted", "%u accepted", n), n);
    case PURGE_BATCH_REJECTED:
    case PURGE_BATCH_FAILED:
      return g_strdup_printf (ngettext ("%u rejected", "%u rejected", n), n);
    case PURGE_BATCH_WAITING:
    case PURGE_BATCH_SENDING:
      return g_strdup_printf (ngettext ("%u waiting", "%u waiting", n), n);
    case PURGE_BATCH_UNKNOWN:
    case PURGE_BATCH_SUPERSEDED:
    default:
      return g_strdup_printf (ngettext ("%u unknown", "%u unknown", n), n);
    }
}

/**
 * purge_format_counts:
 * @tally: what became of something
 *
 * Returns: (transfer full): its parts, “40 accepted · 20 rejected”; empty where there is nothing
 */
char *
purge_format_counts (const PurgeTally *tally)
{
  PurgeTallyPart parts[PURGE_TALLY_N_PARTS];
  g_autoptr (GString) text = g_string_new (NULL);

  purge_tally_split (tally, parts);
  for (guint i = 0; i < PURGE_TALLY_N_PARTS; i++)
    {
      g_autofree char *count = purge_format_count (&parts[i]);

      if (parts[i].n > 0)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", count);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
