/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The lists that a command is given: files and standard input, put together. Knows where each line
 * stands; what a directory or a URL is, the reading knows. */

#define G_LOG_DOMAIN "purge-cli-input"

#include "config.h"

#include "purge-cli-input.h"

#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "purge-cli-output.h"
#include "purge-cli-wait.h"
#include "purge-error.h"
#include "purge-text-file.h"

#define STANDARD_INPUT "-"

/* Where an entry stood first. */
typedef struct {
  const char *file;
  guint       line;
} PurgeCliPlace;

static void
read_standard_input_thread (GTask        *task,
                            gpointer      source,
                            gpointer      task_data,
                            GCancellable *cancellable)
{
  GError *error = NULL;
  gsize length;
  char *text = purge_text_file_read_fd (STDIN_FILENO, _("Standard input"), &length, &error);

  if (text == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_bytes_new_take (text, length), (GDestroyNotify) g_bytes_unref);
}

/* In a thread that is left behind where the person gives up: nothing ends a read from a terminal.
 * */
static GBytes *
read_standard_input (GCancellable  *cancellable,
                     GError       **error)
{
  g_auto (PurgeCliWait) wait = { NULL };
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, purge_cli_wait_cb, &wait);

  g_task_set_source_tag (task, read_standard_input);
  g_task_set_return_on_cancel (task, TRUE);

  if (isatty (STDIN_FILENO))
    purge_cli_output_say (_("Type or paste what to purge, one entry a line, and end with "
                            "Ctrl+D.\n"));
  g_task_run_in_thread (task, read_standard_input_thread);

  return g_task_propagate_pointer (G_TASK (purge_cli_wait_result (&wait)), error);
}

static GBytes *
read_file (const char    *name,
           GCancellable  *cancellable,
           GError       **error)
{
  g_auto (PurgeCliWait) wait = { NULL };
  g_autoptr (GFile) file = g_file_new_for_path (name);
  gsize length;
  char *text;

  if (g_ascii_strncasecmp (name, "http://", 7) == 0 ||
      g_ascii_strncasecmp (name, "https://", 8) == 0)
    {
      g_autofree char *shown = purge_cli_output_safe (name);

      g_set_error (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
                   _("“%s” is a directory, and a file is expected here. Put directories into a "
                     "file or give them on standard input, one a line."), shown);
      return NULL;
    }

  purge_text_file_read_async (file, cancellable, purge_cli_wait_cb, &wait);
  text = purge_text_file_read_finish (file, purge_cli_wait_result (&wait), &length, error);

  return text != NULL ? g_bytes_new_take (text, length) : NULL;
}

/* The same may be a directory in one line and a URL in another: these are two entries. */
static void
note_item (PurgeCliInput           *self,
           const char              *file,
           const PurgeReadingItem  *item,
           GHashTable             **places)
{
  GHashTable *known = places[item->kind];
  PurgeCliLine line = { .file = file, .item = item };
  PurgeCliPlace *place = item->url != NULL ? g_hash_table_lookup (known, item->url) : NULL;

  if (item->problem != PURGE_PROBLEM_NONE)
    {
      g_array_append_val (self->problems, line);
      return;
    }

  if (place != NULL)
    {
      line.first_file = place->file;
      line.first_line = place->line;
      g_array_append_val (self->changes, line);
      return;
    }

  if (item->mends != PURGE_MENDS_NONE)
    g_array_append_val (self->changes, line);

  place = g_new (PurgeCliPlace, 1);
  *place = (PurgeCliPlace) { .file = file, .line = item->line };
  g_hash_table_insert (known, (gpointer) item->url, place);
  g_ptr_array_add (self->entries[item->kind], (gpointer) item->url);
}

static gboolean
read_source (PurgeCliInput  *self,
             const char     *name,
             PurgeKind       kind,
             GHashTable    **places,
             GCancellable   *cancellable,
             GError        **error)
{
  const char *file = g_str_equal (name, STANDARD_INPUT) ? NULL : name;
  g_autoptr (GBytes) bytes = file == NULL ? read_standard_input (cancellable, error)
                                          : read_file (file, cancellable, error);
  PurgeReading *reading;

  if (bytes == NULL)
    return FALSE;

  reading = purge_reading_new (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), kind,
                               error);
  if (reading == NULL)
    return FALSE;

  g_ptr_array_add (self->readings, reading);
  for (guint i = 0; i < purge_reading_get_n_items (reading); i++)
    note_item (self, file, purge_reading_get_item (reading, i), places);

  return TRUE;
}

static gboolean
read_sources (PurgeCliInput       *self,
              const char * const  *files,
              PurgeKind            kind,
              GCancellable        *cancellable,
              GError             **error)
{
  g_autoptr (GHashTable) directories =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GHashTable) urls = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  GHashTable *places[] = { [PURGE_KIND_DIRECTORY] = directories, [PURGE_KIND_URL] = urls };

  for (gsize i = 0; files[i] != NULL; i++)
    if (!read_source (self, files[i], kind, places, cancellable, error))
      return FALSE;

  return TRUE;
}

/**
 * purge_cli_input_read:
 * @files: (array zero-terminated=1): names of files that outlive the result, `-` for standard
 *   input; none is standard input, too
 * @kind: what lines are that do not say it
 * @cancellable: what ends the waiting
 * @error: return location for %PURGE_ERROR_REFUSED_FILE, %PURGE_ERROR_INVALID_INPUT,
 *   %G_IO_ERROR_CANCELLED
 *
 * Reads all lists. Lines with problems are no error here; an entry that stands in several files is
 * merged as one that stands in several lines.
 *
 * Returns: (transfer full) (nullable): what was read, or %NULL with @error set
 */
PurgeCliInput *
purge_cli_input_read (const char * const  *files,
                      PurgeKind            kind,
                      GCancellable        *cancellable,
                      GError             **error)
{
  static const char * const standard_input[] = { STANDARD_INPUT, NULL };
  g_autoptr (PurgeCliInput) self = g_new0 (PurgeCliInput, 1);

  self->readings = g_ptr_array_new_with_free_func ((GDestroyNotify) purge_reading_unref);
  for (guint i = 0; i < PURGE_N_KINDS; i++)
    self->entries[i] = g_ptr_array_new ();
  self->problems = g_array_new (FALSE, FALSE, sizeof (PurgeCliLine));
  self->changes = g_array_new (FALSE, FALSE, sizeof (PurgeCliLine));

  if (files == NULL || files[0] == NULL)
    files = standard_input;

  return read_sources (self, files, kind, cancellable, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * purge_cli_input_free:
 * @self: (transfer full): an input
 *
 * Frees all that was read.
 */
void
purge_cli_input_free (PurgeCliInput *self)
{
  for (guint i = 0; i < PURGE_N_KINDS; i++)
    g_ptr_array_unref (self->entries[i]);
  g_array_unref (self->problems);
  g_array_unref (self->changes);
  g_ptr_array_unref (self->readings);
  g_free (self);
}

/**
 * purge_cli_input_is_empty:
 * @self: an input
 *
 * Returns: whether there is nothing to send
 */
gboolean
purge_cli_input_is_empty (const PurgeCliInput *self)
{
  for (guint i = 0; i < PURGE_N_KINDS; i++)
    if (self->entries[i]->len > 0)
      return FALSE;

  return TRUE;
}

/**
 * purge_cli_input_dup_entries:
 * @self: an input that outlives the result
 * @kind: of which kind
 *
 * Returns: (transfer container) (array zero-terminated=1): what is to be sent, in order
 */
const char **
purge_cli_input_dup_entries (const PurgeCliInput *self,
                             PurgeKind            kind)
{
  GPtrArray *entries = self->entries[kind];
  const char **urls = g_new0 (const char *, entries->len + 1);

  for (guint i = 0; i < entries->len; i++)
    urls[i] = entries->pdata[i];

  return urls;
}

/**
 * purge_cli_line_get_kind:
 * @line: a line
 *
 * Returns: (transfer none): the stable identifier of its problem, of its merging or
 *   of
 *   its first mend
 */
const char *
purge_cli_line_get_kind (const PurgeCliLine *line)
{
  if (line->item->problem != PURGE_PROBLEM_NONE)
    return purge_problem_to_string (line->item->problem);

  return purge_mends_first_to_string (line->first_line != 0 ? PURGE_MENDS_MERGED
                                                            : line->item->mends);
}

static char *
dup_merged (const PurgeCliLine *line)
{
  gboolean is_url = line->item->kind == PURGE_KIND_URL;
  g_autofree char *file = NULL;

  if (g_strcmp0 (line->file, line->first_file) == 0)
    return g_strdup_printf (is_url ? _("The same URL stands in line %u. It is sent once.")
                                   : _("The same directory stands in line %u. It is sent once."),
                            line->first_line);

  file = purge_cli_output_safe (line->first_file != NULL ? line->first_file : _("standard input"));
  /* Translators: %1$s is the name of a file */
  return g_strdup_printf (is_url
                            ? _("The same URL stands in %1$s, line %2$u. It is sent once.")
                            : _("The same directory stands in %1$s, line %2$u. It is sent once."),
                          file, line->first_line);
}

/**
 * purge_cli_line_dup_sentence:
 * @line: a line
 *
 * Returns: (transfer full): what is to be said about it, translated
 */
char *
purge_cli_line_dup_sentence (const PurgeCliLine *line)
{
  if (line->item->problem != PURGE_PROBLEM_NONE)
    return purge_problem_dup_sentence (line->item->problem, line->item->text);

  return line->first_line == 0 ? purge_mends_dup_sentence (line->item->mends) : dup_merged (line);
}

/**
 * purge_cli_line_dup_place:
 * @line: a line
 *
 * Returns: (transfer full): where it stands, translated, fit for a terminal
 */
char *
purge_cli_line_dup_place (const PurgeCliLine *line)
{
  g_autofree char *file = NULL;

  if (line->file == NULL)
    return g_strdup_printf (_("Line %u"), line->item->line);

  file = purge_cli_output_safe (line->file);
  /* Translators: %1$s is the name of a file */
  return g_strdup_printf (_("%1$s, line %2$u"), file, line->item->line);
}
