/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* One row of the list. Knows what was given and what became of it; what other rows there are, the
 * list tells it. */

#define G_LOG_DOMAIN "purge-entry"

#include "config.h"

#include "purge-entry.h"

#include <string.h>

#include "purge-notation.h"

struct _PurgeEntry
{
  GObject       parent_instance;

  char         *given;
  char         *text;          /* the same pointer as given where nothing was mended */
  char         *suggestion;
  char         *covered_by;
  PurgeKind     kind;
  PurgeProblem  problem;
  PurgeMends    mends;
  guint         line;
  gboolean      has_suggestion;
};

G_DEFINE_FINAL_TYPE (PurgeEntry, purge_entry, G_TYPE_OBJECT)

typedef enum {
  PROP_KIND = 1,
  PROP_TEXT,
  PROP_GIVEN,
  PROP_PROBLEM,
  PROP_SENTENCE,
  PROP_SUGGESTION,
  PROP_OFFERS_URL,
  PROP_MENDS,
  PROP_MENDS_SENTENCE,
  PROP_LINE,
  PROP_COVERED_BY,
} Property;

static GParamSpec *properties[PROP_COVERED_BY + 1];

static PurgeEntry *
entry_new (const char   *given,
           const char   *url,
           PurgeKind     kind,
           PurgeProblem  problem,
           PurgeMends    mends,
           guint         line)
{
  PurgeEntry *self = g_object_new (PURGE_TYPE_ENTRY, NULL);

  self->given = problem == PURGE_PROBLEM_INVALID_UTF8 ? g_utf8_make_valid (given, -1)
                                                      : g_strdup (given);
  self->text = mends != PURGE_MENDS_NONE ? g_strdup (url) : self->given;
  self->kind = kind;
  self->problem = problem;
  self->mends = mends;
  self->line = line;

  return self;
}

static void
purge_entry_finalize (GObject *object)
{
  PurgeEntry *self = PURGE_ENTRY (object);

  if (self->text != self->given)
    g_free (self->text);
  g_free (self->given);
  g_free (self->suggestion);
  g_free (self->covered_by);

  G_OBJECT_CLASS (purge_entry_parent_class)->finalize (object);
}

static void
purge_entry_get_property (GObject    *object,
                          guint       property_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  PurgeEntry *self = PURGE_ENTRY (object);

  switch ((Property) property_id)
    {
    case PROP_KIND:
      g_value_set_enum (value, self->kind);
      break;

    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;

    case PROP_GIVEN:
      g_value_set_string (value, self->given);
      break;

    case PROP_PROBLEM:
      g_value_set_enum (value, self->problem);
      break;

    case PROP_SENTENCE:
      g_value_take_string (value, purge_entry_dup_sentence (self));
      break;

    case PROP_SUGGESTION:
      g_value_set_string (value, purge_entry_get_suggestion (self));
      break;

    case PROP_OFFERS_URL:
      g_value_set_boolean (value, purge_entry_get_offers_url (self));
      break;

    case PROP_MENDS:
      g_value_set_flags (value, self->mends);
      break;

    case PROP_MENDS_SENTENCE:
      g_value_take_string (value, purge_entry_dup_mends_sentence (self));
      break;

    case PROP_LINE:
      g_value_set_uint (value, self->line);
      break;

    case PROP_COVERED_BY:
      g_value_set_string (value, self->covered_by);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_entry_class_init (PurgeEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = purge_entry_finalize;
  object_class->get_property = purge_entry_get_property;

  properties[PROP_KIND] = g_param_spec_enum ("kind", NULL, NULL, PURGE_TYPE_KIND,
                                             PURGE_KIND_DIRECTORY, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  properties[PROP_GIVEN] = g_param_spec_string ("given", NULL, NULL, NULL, flags);
  properties[PROP_PROBLEM] = g_param_spec_enum ("problem", NULL, NULL, PURGE_TYPE_PROBLEM,
                                                PURGE_PROBLEM_NONE, flags);
  properties[PROP_SENTENCE] = g_param_spec_string ("sentence", NULL, NULL, NULL, flags);
  properties[PROP_SUGGESTION] = g_param_spec_string ("suggestion", NULL, NULL, NULL, flags);
  properties[PROP_OFFERS_URL] = g_param_spec_boolean ("offers-url", NULL, NULL, FALSE, flags);
  properties[PROP_MENDS] = g_param_spec_flags ("mends", NULL, NULL, PURGE_TYPE_MENDS,
                                               PURGE_MENDS_NONE, flags);
  properties[PROP_MENDS_SENTENCE] = g_param_spec_string ("mends-sentence", NULL, NULL, NULL, flags);
  properties[PROP_LINE] = g_param_spec_uint ("line", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_COVERED_BY] = g_param_spec_string ("covered-by", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
purge_entry_init (PurgeEntry *self)
{
}

/**
 * purge_entry_new:
 * @given: what a person gave, one piece
 * @kind: what it is to be, where no word in front of it says that it is a URL
 * @line: the line of the text it came from, from 1, or 0
 *
 * Makes an entry of a text, checked and mended.
 *
 * Returns: (transfer full): a new entry
 */
PurgeEntry *
purge_entry_new (const char *given,
                 PurgeKind   kind,
                 guint       line)
{
  g_autoptr (GString) url = g_string_new (NULL);
  PurgeProblem problem;
  PurgeMends mends;
  gsize word;

  g_return_val_if_fail (given != NULL, NULL);

  word = purge_notation_measure (given, strlen (given));
  if (word > 0)
    kind = PURGE_KIND_URL;
  given += word;

  problem = purge_directory_judge (given, -1, kind, url, &mends);
  return entry_new (given, url->str, kind, problem, mends, line);
}

/**
 * purge_entry_new_read:
 * @item: an item of a reading
 *
 * Makes an entry of what was checked and mended already.
 *
 * Returns: (transfer full): a new entry
 */
PurgeEntry *
purge_entry_new_read (const PurgeReadingItem *item)
{
  g_return_val_if_fail (item != NULL, NULL);

  return entry_new (item->text, item->url, item->kind, item->problem,
                    item->mends & ~PURGE_MENDS_MERGED, item->line);
}

/**
 * purge_entry_get_kind:
 * @self: an entry
 *
 * Returns: what it is to be
 */
PurgeKind
purge_entry_get_kind (PurgeEntry *self)
{
  g_return_val_if_fail (PURGE_IS_ENTRY (self), PURGE_KIND_DIRECTORY);

  return self->kind;
}

/**
 * purge_entry_get_text:
 * @self: an entry
 *
 * Returns: (transfer none): the directory or URL as it will be sent, byte for byte, or, where there
 *   is a problem, what was given
 */
const char *
purge_entry_get_text (PurgeEntry *self)
{
  g_return_val_if_fail (PURGE_IS_ENTRY (self), NULL);

  return self->text;
}

/**
 * purge_entry_get_given:
 * @self: an entry
 *
 * Returns: (transfer none): what was given, before the mends
 */
const char *
purge_entry_get_given (PurgeEntry *self)
{
  g_return_val_if_fail (PURGE_IS_ENTRY (self), NULL);

  return self->given;
}

/**
 * purge_entry_get_problem:
 * @self: an entry
 *
 * Returns: what is wrong with it; %PURGE_PROBLEM_NONE where it can be sent
 */
PurgeProblem
purge_entry_get_problem (PurgeEntry *self)
{
  g_return_val_if_fail (PURGE_IS_ENTRY (self), PURGE_PROBLEM_EMPTY);

  return self->problem;
}

/**
 * purge_entry_is_sendable:
 * @self: an entry
 *
 * Returns: whether it has no problem
 */
gboolean
purge_entry_is_sendable (PurgeEntry *self)
{
  return purge_entry_get_problem (self) == PURGE_PROBLEM_NONE;
}

/**
 * purge_entry_is_same:
 * @self: an entry
 * @other: another
 *
 * Returns: whether both show the same, whatever they came from
 */
gboolean
purge_entry_is_same (PurgeEntry *self,
                     PurgeEntry *other)
{
  g_return_val_if_fail (PURGE_IS_ENTRY (self) && PURGE_IS_ENTRY (other), FALSE);

  return self->kind == other->kind && self->problem == other->problem &&
         g_str_equal (self->text, other->text);
}

/**
 * purge_entry_get_mends:
 * @self: an entry
 *
 * Returns: what was changed between what was given and what is shown
 */
PurgeMends
purge_entry_get_mends (PurgeEntry *self)
{
  g_return_val_if_fail (PURGE_IS_ENTRY (self), PURGE_MENDS_NONE);

  return self->mends;
}

/**
 * purge_entry_get_suggestion:
 * @self: an entry
 *
 * Guesses what was meant where there is a problem. It is thought about only when it is asked for.
 *
 * Returns: (transfer none) (nullable): a text without a problem, or %NULL
 */
const char *
purge_entry_get_suggestion (PurgeEntry *self)
{
  g_return_val_if_fail (PURGE_IS_ENTRY (self), NULL);

  if (self->problem != PURGE_PROBLEM_NONE && !self->has_suggestion)
    {
      self->suggestion = purge_directory_suggest (self->text, self->kind, self->problem);
      self->has_suggestion = TRUE;
    }

  return self->suggestion;
}

/**
 * purge_entry_get_offers_url:
 * @self: an entry
 *
 * Returns: whether it is a directory that is blocked for its file ending or its query, and would
 *   have no problem as a URL
 */
gboolean
purge_entry_get_offers_url (PurgeEntry *self)
{
  g_autoptr (GString) url = NULL;
  PurgeMends mends;

  g_return_val_if_fail (PURGE_IS_ENTRY (self), FALSE);

  if (self->problem != PURGE_PROBLEM_FILE && self->problem != PURGE_PROBLEM_QUERY)
    return FALSE;

  url = g_string_new (NULL);
  return purge_directory_judge (self->given, -1, PURGE_KIND_URL, url, &mends) == PURGE_PROBLEM_NONE;
}

/**
 * purge_entry_get_covered_by:
 * @self: an entry
 *
 * Returns: (transfer none) (nullable): another directory of its list that includes this entry
 */
const char *
purge_entry_get_covered_by (PurgeEntry *self)
{
  g_return_val_if_fail (PURGE_IS_ENTRY (self), NULL);

  return self->covered_by;
}

/**
 * purge_entry_set_covered_by:
 * @self: an entry
 * @covered_by: (nullable): another directory that includes it
 *
 * Tells an entry what only its list can know. For the list alone.
 */
void
purge_entry_set_covered_by (PurgeEntry *self,
                            const char *covered_by)
{
  g_return_if_fail (PURGE_IS_ENTRY (self));

  if (g_strcmp0 (self->covered_by, covered_by) == 0)
    return;

  g_free (self->covered_by);
  self->covered_by = g_strdup (covered_by);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COVERED_BY]);
}

/**
 * purge_entry_get_line:
 * @self: an entry
 *
 * Returns: the line of the text it came from, from 1, or 0
 */
guint
purge_entry_get_line (PurgeEntry *self)
{
  g_return_val_if_fail (PURGE_IS_ENTRY (self), 0);

  return self->line;
}

/**
 * purge_entry_dup_sentence:
 * @self: an entry
 *
 * Returns: (transfer full) (nullable): the problem in words and what would mend it, translated
 */
char *
purge_entry_dup_sentence (PurgeEntry *self)
{
  g_return_val_if_fail (PURGE_IS_ENTRY (self), NULL);

  return purge_problem_dup_sentence (self->problem, self->text);
}

/**
 * purge_entry_dup_mends_sentence:
 * @self: an entry
 *
 * Returns: (transfer full) (nullable): the mends in words, translated
 */
char *
purge_entry_dup_mends_sentence (PurgeEntry *self)
{
  g_return_val_if_fail (PURGE_IS_ENTRY (self), NULL);

  return purge_mends_dup_sentence (self->mends);
}
