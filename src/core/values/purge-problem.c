/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The names of the problems and their words: what is wrong, and what would mend it. Knows nothing
 * of how a problem is found. */

#define G_LOG_DOMAIN "purge-problem"

#include "config.h"

#include "purge-problem.h"

#include <glib/gi18n-lib.h>

#include "purge-character.h"
#include "purge-enum.h"

G_DEFINE_ENUM_TYPE (PurgeProblem, purge_problem,
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_NONE, "none"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_EMPTY, "empty"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_TOO_LONG, "too-long"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_INVALID_UTF8, "invalid-utf8"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_DAMAGED, "damaged"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_CONTROL, "control-character"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_BIDI, "bidi-character"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_INVISIBLE, "invisible-character"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_QUOTATION_MARK, "quotation-mark"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_BRACKET, "bracket"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_CJK_PUNCTUATION, "cjk-punctuation"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_PUNCTUATION, "punctuation"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_WILDCARD, "wildcard"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_BACKSLASH, "backslash"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_MISSPELT_SCHEME, "misspelt-scheme"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_OTHER_SCHEME, "other-scheme"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_NO_SCHEME, "no-scheme"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_QUERY, "query"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_USER_NAME, "user-name"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_NO_HOST, "no-host"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_BLANK_IN_HOST, "blank-in-host"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_CODE_IN_HOST, "percent-code-in-host"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_HOST_CHARACTER, "host-character"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_HOST_DOT, "host-ends-in-dot"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_HOST_EMPTY_LABEL, "host-empty-label"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_HOST_LABEL_LENGTH, "host-label-too-long"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_HOST_LENGTH, "host-too-long"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_HOST_HYPHEN, "host-hyphen"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_HOST_ADDRESS, "host-address"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_HOST_INTERNATIONAL, "host-international"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_HOST_MIXED_SCRIPTS, "host-mixed-scripts"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_PORT, "port"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_UNUSUAL_BLANK, "unusual-blank"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_DOUBLE_SLASH, "double-slash"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_MALFORMED_CODE, "malformed-percent-code"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_ENCODED_SLASH, "encoded-slash"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_ENCODED_CONTROL, "encoded-control-character"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_DOT_SEGMENT, "dot-segment"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_PATH_CHARACTER, "path-character"),
  G_DEFINE_ENUM_VALUE (PURGE_PROBLEM_FILE, "file"))

/* In the order of the enumeration. */
static const char * const sentences[] = {
  N_("Nothing is wrong."),
  N_("There is nothing but blanks here. Enter a directory, such as https://example.com/blog/."),
  N_("This is longer than 2,048 bytes once it is encoded. Enter something shorter."),
  N_("This is not UTF-8 text. Save the text as UTF-8, or type it."),
  N_("A character was lost before the text came here. Copy it again, or type it."),
  N_("There is a control character in the text. Type it by hand."),
  N_("There is an invisible character that turns the direction of the text. Remove it."),
  N_("There is a character that cannot be seen. Remove it."),
  N_("There is a quotation mark at an end. Remove it."),
  N_("There is a bracket at an end. Remove it; if it belongs to a directory, add the final “/”."),
  N_("There is Chinese or Japanese punctuation at an end. Remove it."),
  N_("There is a comma or a semicolon at the end. Remove it."),
  N_("Purging knows no wildcards. Purge the directory above, with everything in it."),
  N_("A backslash means different things to different servers. Use “/”."),
  N_("The scheme is misspelt. Begin with http:// or https://."),
  N_("Only http:// and https:// can be purged. Begin with one of them."),
  N_("The scheme is missing. Begin with http:// or https://, as visitors see it."),
  N_("A directory has no query. Purge this as a URL, or remove the part from “?” on."),
  N_("There is a user name before the host. Remove everything up to “@”."),
  N_("The host is missing. Enter it between “//” and the path."),
  N_("There is a blank in the host. Remove it."),
  N_("There is a percent-code in the host. Write the host in plain letters."),
  N_("There is a character in the host that no host has. Check the host."),
  N_("The host ends in a dot. Remove the dot."),
  N_("A part of the host is empty. Remove the surplus dot."),
  N_("A part of the host is longer than 63 characters. Check the host."),
  N_("The host is longer than 253 characters. Check the host."),
  N_("A part of the host begins or ends with a hyphen. Check the host."),
  N_("This is not how an address is written. Write four decimal numbers without leading zeros, or "
     "an IPv6 address in brackets."),
  N_("This international host name has no ASCII form. Check the host."),
  N_("The host mixes letters of several scripts, which is how one name is made to look like "
     "another. Type it by hand, or enter its form that begins with “xn--”."),
  N_("The port is not a number from 1 to 65535. Correct it, or remove it with its colon."),
  N_("There is an unusual blank in the text. Replace it with an ordinary blank."),
  N_("There are two slashes in a row in the path. Remove one."),
  N_("A “%” is not followed by two hexadecimal digits. Write “%25” for the percent sign itself."),
  N_("Servers disagree on what “%2F” means. Use “/”."),
  N_("There is a percent-code of a control character. Remove it."),
  N_("A part of the path is “.” or “..”. Enter the path that is meant."),
  N_("There is a character that must be percent-encoded. Encode it, or remove it."),
  N_("This looks like a file. Purge it as a URL, or enter its directory; if it is a directory, add "
     "the final “/”."),
};

static char *
dup_sentence_with_character (PurgeProblem problem,
                             gunichar     character)
{
  switch ((guint) problem)
    {
    case PURGE_PROBLEM_CONTROL:
      /* Translators: the number is that of a Unicode character, as in U+0009. */
      return g_strdup_printf (_("There is the control character U+%04X in the text. Type it "
                                "by hand."), character);

    case PURGE_PROBLEM_BIDI:
      /* Translators: the number is that of a Unicode character, as in U+202E. */
      return g_strdup_printf (_("There is the invisible character U+%04X, which turns the "
                                "direction of the text. Remove it."), character);

    case PURGE_PROBLEM_INVISIBLE:
      /* Translators: the number is that of a Unicode character, as in U+200B. */
      return g_strdup_printf (_("There is the character U+%04X, which cannot be seen. Remove it."),
                              character);

    case PURGE_PROBLEM_UNUSUAL_BLANK:
      /* Translators: the number is that of a Unicode character, as in U+00A0. */
      return g_strdup_printf (_("There is the unusual blank U+%04X in the text. Replace it with an "
                                "ordinary blank."), character);

    default:
      return NULL;
    }
}

static gunichar
find_culprit (PurgeProblem  problem,
              const char   *text)
{
  static const struct
  {
    PurgeProblem    problem;
    PurgeCharacters kind;
  } culprits[] = {
    { PURGE_PROBLEM_CONTROL, PURGE_CHARACTERS_CONTROL },
    { PURGE_PROBLEM_BIDI, PURGE_CHARACTERS_BIDI },
    { PURGE_PROBLEM_INVISIBLE, PURGE_CHARACTERS_INVISIBLE },
    { PURGE_PROBLEM_UNUSUAL_BLANK, PURGE_CHARACTERS_BLANK },
  };

  for (guint i = 0; i < G_N_ELEMENTS (culprits); i++)
    if (culprits[i].problem == problem)
      return purge_characters_find (text, culprits[i].kind);

  return 0;
}

/**
 * purge_problem_to_string:
 * @problem: a problem
 *
 * Names a problem for scripts. The names are stable.
 *
 * Returns: (transfer none): a static identifier
 */
const char *
purge_problem_to_string (PurgeProblem problem)
{
  return purge_enum_to_nick (PURGE_TYPE_PROBLEM, problem);
}

/**
 * purge_problem_dup_sentence:
 * @problem: a problem
 * @text: (nullable): the text that has it, where the words may name a character of it
 *
 * Says in words what is wrong and what would mend it.
 *
 * Returns: (transfer full) (nullable): translated sentences, or %NULL for %PURGE_PROBLEM_NONE
 */
char *
purge_problem_dup_sentence (PurgeProblem  problem,
                            const char   *text)
{
  gunichar culprit = text != NULL ? find_culprit (problem, text) : 0;

  G_STATIC_ASSERT (G_N_ELEMENTS (sentences) == PURGE_PROBLEM_FILE + 1);
  g_return_val_if_fail ((gsize) problem < G_N_ELEMENTS (sentences), NULL);

  if (problem == PURGE_PROBLEM_NONE)
    return NULL;

  return culprit != 0 ? dup_sentence_with_character (problem, culprit)
                      : g_strdup (_(sentences[problem]));
}
