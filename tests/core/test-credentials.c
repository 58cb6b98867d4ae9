/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-credentials.h"

#include <string.h>

#include "purge-error.h"

#define PART "AKIDz8krbsJ5yKBZQpn74WFkm_-+/=~!"

/* What is cut off, by what it is that came along. */
static const struct
{
  const char *rule;
  const char *typed;
  gboolean trimmed;
} accepted[] = {
  { "nothing to cut", PART, FALSE },
  { "one character", "x", FALSE },
  { "blanks", "  " PART " ", TRUE },
  { "a tab", "\t" PART "\t", TRUE },
  { "a line end", PART "\n", TRUE },
  { "a line end of Windows", PART "\r\n", TRUE },
  { "other blanks of ASCII", "\v\f" PART "\v\f", TRUE },
  { "a next line", PART "\xc2\x85", TRUE },
  { "a no-break space", "\xc2\xa0" PART "\xc2\xa0", TRUE },
  { "an ideographic space", "\xe3\x80\x80" PART "\xe3\x80\x80", TRUE },
  { "an en space and a thin space", "\xe2\x80\x82" PART "\xe2\x80\x89", TRUE },
  { "a narrow no-break space", PART "\xe2\x80\xaf", TRUE },
  { "a line separator", PART "\xe2\x80\xa8", TRUE },
  { "a zero-width space", "\xe2\x80\x8b" PART "\xe2\x80\x8b", TRUE },
  { "a zero-width joiner", PART "\xe2\x80\x8d", TRUE },
  { "a word joiner", PART "\xe2\x81\xa0", TRUE },
  { "a byte order mark", "\xef\xbb\xbf" PART, TRUE },
  { "a bidi mark", "\xe2\x80\x8e" PART "\xe2\x80\x8f", TRUE },
  { "all of them", " \xe2\x80\x8b\t\xc2\xa0" PART "\xef\xbb\xbf\r\n ", TRUE },
};

static const struct
{
  const char *rule;
  const char *typed;
} refused[] = {
  { "nothing", "" },
  { "blanks only", " \t\n\xc2\xa0\xe2\x80\x8b" },
  { "a blank inside", "AKID EXAMPLE" },
  { "a line end inside", "AKID\nEXAMPLE" },
  { "a zero-width space inside", "AKID\xe2\x80\x8b" "EXAMPLE" },
  { "a control character", "AKID\x01" },
  { "a letter that is not ASCII", "AKIDé" },
  { "a letter that looks like one", "AK\xd0\x86" "DEXAMPLE" },
  { "a full-width letter", "\xef\xbc\xa1KIDEXAMPLE" },
  { "invalid UTF-8", "AKID\xff" },
  { "invalid UTF-8 in front", "\xff" "AKID" },
  { "cut UTF-8", "AKID\xe2\x80" },
};

static const PurgeKeyPart parts[] = {
  PURGE_KEY_PART_ID, PURGE_KEY_PART_KEY, PURGE_KEY_PART_TOKEN,
};

static void
test_trims (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (accepted) * G_N_ELEMENTS (parts); i++)
    {
      guint at = i / G_N_ELEMENTS (parts);
      g_autoptr (GError) error = NULL;
      gboolean trimmed = !accepted[at].trimmed;
      g_autoptr (PurgeSecret) secret =
        purge_credentials_read_part (parts[i % G_N_ELEMENTS (parts)], accepted[at].typed, -1,
                                     &trimmed, &error);
      const char *expected = strlen (accepted[at].typed) == 1 ? "x" : PART;

      g_test_message ("%s", accepted[at].rule);
      g_assert_no_error (error);
      g_assert_cmpint (trimmed, ==, accepted[at].trimmed);
      g_assert_cmpmem (purge_secret_peek (secret), purge_secret_get_length (secret),
                       expected, strlen (expected));
    }
}

/* No sentence may give away what was typed: it is shown, read aloud and put into bug reports. */
static void
assert_does_not_repeat (const char *sentence,
                        const char *typed)
{
  if (strlen (typed) < 4)
    return;

  for (const char *piece = typed; strlen (piece) >= 4; piece++)
    {
      g_autofree char *four = g_strndup (piece, 4);

      g_assert_null (strstr (sentence, four));
    }
}

static void
test_refuses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused) * G_N_ELEMENTS (parts); i++)
    {
      guint at = i / G_N_ELEMENTS (parts);
      g_autoptr (GError) error = NULL;
      PurgeSecret *secret =
        purge_credentials_read_part (parts[i % G_N_ELEMENTS (parts)], refused[at].typed, -1, NULL,
                                     &error);

      g_test_message ("%s", refused[at].rule);
      g_assert_null (secret);
      g_assert_error (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT);
      g_assert_true (g_str_has_suffix (error->message, "."));
      assert_does_not_repeat (error->message, refused[at].typed);
    }
}

static void
test_names_the_part (void)
{
  static const char * const names[] = { "SecretId", "SecretKey", "token" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) empty = NULL;
      g_autoptr (GError) strange = NULL;

      g_assert_null (purge_credentials_read_part (parts[i], "", -1, NULL, &empty));
      g_assert_null (purge_credentials_read_part (parts[i], "a b", -1, NULL, &strange));
      g_assert_nonnull (strstr (empty->message, names[i]));
      g_assert_nonnull (strstr (strange->message, names[i]));
      g_assert_cmpstr (empty->message, !=, strange->message);
    }
}

static void
test_lengths (void)
{
  g_autofree char *longest = g_strnfill (PURGE_SECRET_MAX_LENGTH, 'x');
  g_autofree char *too_long = g_strnfill (PURGE_SECRET_MAX_LENGTH + 1, 'x');
  g_autofree char *padded = g_strconcat (" ", longest, " ", NULL);
  g_autoptr (PurgeSecret) whole = NULL;
  g_autoptr (PurgeSecret) trimmed = NULL;
  g_autoptr (PurgeSecret) cut = NULL;
  g_autoptr (GError) error = NULL;

  whole = purge_credentials_read_part (PURGE_KEY_PART_TOKEN, longest, -1, NULL, NULL);
  trimmed = purge_credentials_read_part (PURGE_KEY_PART_TOKEN, padded, -1, NULL, NULL);
  cut = purge_credentials_read_part (PURGE_KEY_PART_KEY, "abcdef", 3, NULL, NULL);
  g_assert_cmpuint (purge_secret_get_length (whole), ==, PURGE_SECRET_MAX_LENGTH);
  g_assert_cmpuint (purge_secret_get_length (trimmed), ==, PURGE_SECRET_MAX_LENGTH);
  g_assert_cmpstr (purge_secret_peek (cut), ==, "abc");

  g_assert_null (purge_credentials_read_part (PURGE_KEY_PART_TOKEN, too_long, -1, NULL, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT);
}

static void
test_holds_parts (void)
{
  g_autoptr (PurgeSecret) key = purge_secret_new ("key", -1);
  g_autoptr (PurgeSecret) token = purge_secret_new ("token", -1);
  PurgeCredentials *lasting = purge_credentials_new ("id", key, NULL);
  g_autoptr (PurgeCredentials) other = purge_credentials_ref (lasting);
  g_autoptr (PurgeCredentials) temporary = purge_credentials_new ("id", key, token);

  purge_credentials_unref (lasting);
  g_assert_cmpstr (purge_credentials_get_id (other), ==, "id");
  g_assert_true (purge_credentials_get_key (other) == key);
  g_assert_null (purge_credentials_get_token (other));
  g_assert_true (purge_credentials_get_token (temporary) == token);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/credentials/trims", test_trims);
  g_test_add_func ("/credentials/refuses", test_refuses);
  g_test_add_func ("/credentials/names-the-part", test_names_the_part);
  g_test_add_func ("/credentials/lengths", test_lengths);
  g_test_add_func ("/credentials/holds-parts", test_holds_parts);

  return g_test_run ();
}
