/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A whole text, read into entries. Knows lines, duplicates and the limits of a text; lines, pieces
 * and directories have files of their own. A million lines are read here as fast as they can be
 * sorted, so the text is kept as it came and cut in place, and what needs no mend is not copied. */

#define G_LOG_DOMAIN "purge-reading"

#include "config.h"

#include "purge-reading.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "purge-error.h"
#include "purge-hash.h"
#include "purge-lines.h"
#include "purge-notation.h"
#include "purge-pieces.h"

/* How many items are read before duplicates are looked for among them: the places to look at are
 * then on their way from memory, which is what most of the time is spent on. */
#define MERGE_BATCH 32

/* A line has more bytes than a place needs for the table to be no more than three quarters full. */
#define TYPICAL_BYTES 32

/* Where a directory or URL was met first: its hash and its item, counted from 1; 0 is a free place. */
typedef struct
{
  guint32 hash;
  guint32 item;
} Place;

struct _PurgeReading
{
  gatomicrefcount  ref_count;
  char            *bytes;
  GStringChunk    *strings;
  GArray          *items;
  guint            n_problems;
  guint            n_duplicates;
};

typedef struct
{
  PurgeReading *reading;
  GString      *url;
  Place        *places;
  guint         n_places;      /* a power of two */
  guint         n_taken;
  guint         n_merged;      /* so many items know already whether they are duplicates */
  PurgeKind     kind;          /* where the text does not say */
  gboolean      whole_lines;
} Reader;

G_DEFINE_BOXED_TYPE (PurgeReading, purge_reading, purge_reading_ref, purge_reading_unref)

/* Duplicates */

static void
reader_grow (Reader *reader)
{
  g_autofree Place *old = g_steal_pointer (&reader->places);
  const guint n_old = reader->n_places;

  reader->n_places *= 2;
  reader->places = g_new0 (Place, reader->n_places);
  for (guint i = 0; i < n_old; i++)
    if (old[i].item != 0)
      {
        guint place = old[i].hash & (reader->n_places - 1);

        while (reader->places[place].item != 0)
          place = (place + 1) & (reader->n_places - 1);
        reader->places[place] = old[i];
      }
}

/* The item that has the same already, or NULL; then @item is the one that has it. */
static const PurgeReadingItem *
reader_find_or_claim (Reader  *reader,
                      guint32  hash,
                      guint    item)
{
  const PurgeReadingItem *items = (gconstpointer) reader->reading->items->data;
  guint place;

  if (reader->n_taken * 4 >= reader->n_places * 3)
    reader_grow (reader);

  for (place = hash & (reader->n_places - 1); reader->places[place].item != 0;
       place = (place + 1) & (reader->n_places - 1))
    {
      const PurgeReadingItem *other = &items[reader->places[place].item - 1];

      if (reader->places[place].hash == hash && other->kind == items[item].kind &&
          strcmp (other->url, items[item].url) == 0)
        return other;
    }

  reader->places[place].hash = hash;
  reader->places[place].item = item + 1;
  reader->n_taken++;
  return NULL;
}

/* Until here an item that can be sent keeps its hash where the line of the first will stand. */
static void
reader_merge (Reader *reader)
{
  PurgeReading *reading = reader->reading;

  for (; reader->n_merged < reading->items->len; reader->n_merged++)
    {
      PurgeReadingItem *item = &g_array_index (reading->items, PurgeReadingItem, reader->n_merged);
      const PurgeReadingItem *first = NULL;

      if (item->problem == PURGE_PROBLEM_NONE)
        first = reader_find_or_claim (reader, item->duplicate_of, reader->n_merged);
      item->duplicate_of = first != NULL ? first->line : 0;
      if (first == NULL)
        continue;

      item->url = first->url;
      item->mends |= PURGE_MENDS_MERGED;
      reading->n_duplicates++;
    }
}

/* Items */

static const char *
keep_string (PurgeReading *self,
             const char   *string,
             gsize         length)
{
  return g_string_chunk_insert_len (self->strings, string, length);
}

/* The text of a piece, which is cut out of the bytes in place. */
static const char *
keep_text (PurgeReading *self,
           const char   *piece,
           gsize         length,
           PurgeProblem  problem)
{
  g_autofree char *valid = NULL;
  char *end = self->bytes + (piece - self->bytes) + length;

  *end = '\0';
  if (problem == PURGE_PROBLEM_NONE || g_utf8_validate (piece, -1, NULL))
    return piece;

  valid = g_utf8_make_valid (piece, -1);
  return keep_string (self, valid, strlen (valid));
}

static void
reader_add_item (Reader           *reader,
                 PurgeReadingItem *item)
{
  PurgeReading *reading = reader->reading;
  GString *url = reader->url;

  if (item->problem != PURGE_PROBLEM_NONE)
    reading->n_problems++;
  else
    {
      item->url = item->mends == PURGE_MENDS_NONE ? item->text
                                                  : keep_string (reading, url->str, url->len);
      item->duplicate_of = purge_hash_bytes (url->str, url->len);
      __builtin_prefetch (&reader->places[item->duplicate_of & (reader->n_places - 1)]);
    }

  g_array_append_vals (reading->items, item, 1);
  if (reading->items->len - reader->n_merged >= MERGE_BATCH)
    reader_merge (reader);
}

static void
reader_add_piece (Reader     *reader,
                  const char *piece,
                  gsize       length,
                  PurgeKind   kind,
                  guint       line)
{
  PurgeReadingItem item = { .line = line, .kind = kind };
  PurgeMends mends;

  item.problem = purge_directory_judge (piece, length, kind, reader->url, &mends);
  item.mends = mends;
  if (item.problem == PURGE_PROBLEM_EMPTY)
    return;

  item.text = keep_text (reader->reading, piece, length, item.problem);
  reader_add_item (reader, &item);
}

/* What is kept of a line that is too long must be too long as well, lest somebody send it. */
static gsize
cut_long_line (const char *line,
               gsize       length)
{
  gsize cut = PURGE_LINE_MAX_BYTES + 1;

  while (cut < length && ((guchar) line[cut] & 0xc0) == 0x80)
    cut++;

  return cut;
}

static void
reader_add_line (Reader     *reader,
                 const char *line,
                 gsize       length,
                 guint       number)
{
  /* Elsewhere the pieces know of the word. */
  const gboolean asks_word = reader->whole_lines || length > PURGE_LINE_MAX_BYTES;
  const gsize word = asks_word ? purge_notation_measure (line, length) : 0;
  PurgeKind kind = word > 0 ? PURGE_KIND_URL : reader->kind;
  PurgePieces pieces;
  const char *piece;

  if (length - word > PURGE_LINE_MAX_BYTES)
    {
      PurgeReadingItem item = { .line = number, .kind = kind, .problem = PURGE_PROBLEM_TOO_LONG };

      item.text = keep_text (reader->reading, line + word,
                             cut_long_line (line + word, length - word), item.problem);
      reader_add_item (reader, &item);
      return;
    }

  if (reader->whole_lines)
    {
      reader_add_piece (reader, line + word, length - word, kind, number);
      return;
    }

  purge_pieces_init (&pieces, line, length, reader->kind);
  while (purge_pieces_next (&pieces, &piece, &length, &kind))
    reader_add_piece (reader, piece, length, kind, number);
}

/* Takes the text, which has room for one byte more. */
static PurgeReading *
read_text (char      *text,
           gsize      length,
           PurgeKind  kind,
           gboolean   whole_lines)
{
  PurgeReading *self = g_new0 (PurgeReading, 1);
  g_autoptr (GString) url = g_string_sized_new (PURGE_DIRECTORY_MAX_BYTES);
  Reader reader = {
    .reading = self, .url = url, .n_places = 64, .kind = kind, .whole_lines = whole_lines,
  };
  const char *line;
  PurgeLines lines;
  guint number = 0;

  g_atomic_ref_count_init (&self->ref_count);
  self->bytes = text;
  self->strings = g_string_chunk_new (4096);
  self->items = g_array_new (FALSE, FALSE, sizeof (PurgeReadingItem));

  /* Enough for most texts, so that the places do not have to grow. */
  while (reader.n_places < length / TYPICAL_BYTES)
    reader.n_places *= 2;
  reader.places = g_new0 (Place, reader.n_places);

  purge_lines_init (&lines, text, length);
  while (purge_lines_next (&lines, &line, &length))
    reader_add_line (&reader, line, length, ++number);
  reader_merge (&reader);

  g_free (reader.places);
  return self;
}

static gboolean
check_limits (const char  *text,
              gsize        length,
              GError     **error)
{
  const char *nul = length <= PURGE_TEXT_MAX_BYTES ? memchr (text, '\0', length) : NULL;

  if (length > PURGE_TEXT_MAX_BYTES)
    g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
                         _("The text is larger than 16 MiB. Divide it."));
  else if (nul != NULL)
    g_set_error (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
                 /* Translators: the number is that of a line. */
                 _("Line %u holds a NUL byte, so this is no text. Save it as UTF-8 text."),
                 MAX (1, purge_lines_count (text, nul + 1 - text)));
  else if (purge_lines_count (text, length) > PURGE_TEXT_MAX_LINES)
    g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
                         _("The text has more than 200,000 lines. Divide it."));
  else
    return TRUE;

  return FALSE;
}

/**
 * purge_reading_new:
 * @text: (array length=length): any bytes
 * @length: how many, or -1 where they end in NUL
 * @kind: what a piece is where the text does not say
 * @error: the reason where the text is refused as a whole, a translated sentence
 *
 * Reads a text of at most %PURGE_TEXT_MAX_BYTES bytes and %PURGE_TEXT_MAX_LINES lines without NUL.
 * A line with problems, not being UTF-8 among them, blocks nothing but itself. A piece with the word
 * `url` and a blank in front of it is a URL.
 *
 * Returns: (transfer full) (nullable): what was read, or %NULL with %PURGE_ERROR_INVALID_INPUT
 */
PurgeReading *
purge_reading_new (const char  *text,
                   gssize       length,
                   PurgeKind    kind,
                   GError     **error)
{
  gsize bytes;
  char *copy;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  bytes = length < 0 ? strlen (text) : (gsize) length;
  if (!check_limits (text, bytes, error))
    return NULL;

  copy = g_malloc (bytes + 1);
  if (bytes > 0)
    memcpy (copy, text, bytes);

  return read_text (copy, bytes, kind, FALSE);
}

/**
 * purge_reading_new_take:
 * @text: (transfer full) (array length=length): any bytes, in room for @length + 1 bytes
 * @length: how many
 *
 * Reads a text without any limit and without copying it; what it does not call a URL is a directory.
 * A NUL is a problem of its line. The time
 * this takes is proportional to the length.
 *
 * Returns: (transfer full): what was read
 */
PurgeReading *
purge_reading_new_take (char  *text,
                        gsize  length)
{
  return read_text (text, length, PURGE_KIND_DIRECTORY, FALSE);
}

/**
 * purge_reading_new_take_lines:
 * @text: (transfer full) (array length=length): any bytes, in room for @length + 1 bytes
 * @length: how many
 *
 * Reads a text that the program wrote itself, as purge_reading_new_take() does, but each line is one
 * item, whatever stands in it: no line is divided, and no link is looked for.
 *
 * Returns: (transfer full): what was read
 */
PurgeReading *
purge_reading_new_take_lines (char  *text,
                              gsize  length)
{
  return read_text (text, length, PURGE_KIND_DIRECTORY, TRUE);
}

/**
 * purge_reading_ref:
 * @self: a reading
 *
 * Returns: (transfer full): @self
 */
PurgeReading *
purge_reading_ref (PurgeReading *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * purge_reading_unref:
 * @self: (transfer full): a reading
 *
 * Gives a reference back; the items go with the last one.
 */
void
purge_reading_unref (PurgeReading *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_array_unref (self->items);
  g_string_chunk_free (self->strings);
  g_free (self->bytes);
  g_free (self);
}

/**
 * purge_reading_get_n_items:
 * @self: a reading
 *
 * Returns: how many items there are, those with problems and duplicates included
 */
guint
purge_reading_get_n_items (const PurgeReading *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->items->len;
}

/**
 * purge_reading_get_item:
 * @self: a reading
 * @index: which item, from 0
 *
 * Returns: (transfer none): the item
 */
const PurgeReadingItem *
purge_reading_get_item (const PurgeReading *self,
                        guint               index)
{
  g_return_val_if_fail (self != NULL && index < self->items->len, NULL);

  return &g_array_index (self->items, PurgeReadingItem, index);
}

/**
 * purge_reading_get_n_problems:
 * @self: a reading
 *
 * Returns: how many items have a problem
 */
guint
purge_reading_get_n_problems (const PurgeReading *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_problems;
}

/**
 * purge_reading_get_n_duplicates:
 * @self: a reading
 *
 * Returns: how many items have a directory or URL that an earlier item has
 */
guint
purge_reading_get_n_duplicates (const PurgeReading *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_duplicates;
}

/**
 * purge_reading_dup_urls:
 * @self: a reading
 * @kind: a kind
 *
 * Returns: (transfer full): what of that kind is to be sent, each once, in the order of the text
 */
GStrv
purge_reading_dup_urls (const PurgeReading *self,
                        PurgeKind           kind)
{
  g_autoptr (GStrvBuilder) urls = g_strv_builder_new ();

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      const PurgeReadingItem *item = purge_reading_get_item (self, i);

      if (item->kind == kind && item->problem == PURGE_PROBLEM_NONE && item->duplicate_of == 0)
        g_strv_builder_add (urls, item->url);
    }

  return g_strv_builder_end (urls);
}
