/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What a disk says, as a person is told it: what is wrong, what it means for the wire, what to do. */

#include "purge-storage-error.h"

#include <errno.h>
#include <string.h>

#include "purge-error.h"

#define PATH "/home/somebody/journal.sqlite"

static const struct
{
  int         errsv;
  const char *sentence;
} cases[] = {
  { ENOSPC, "The disk is full" },
  { EDQUOT, "The disk is full" },
  { EFBIG, "The disk is full" },
  { EROFS, "cannot be written to" },
  { EACCES, "cannot be written to" },
  { EPERM, "cannot be written to" },
  { EBUSY, "Another program keeps" },
  { EIO, "The disk failed" },
  { ENODEV, "The disk failed" },
};

static void
test_says (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      purge_storage_error_set (&error, PATH, cases[i].errsv);
      g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE);
      g_assert_nonnull (strstr (error->message, cases[i].sentence));
      g_assert_nonnull (strstr (error->message, "“" PATH "”"));
      g_assert_nonnull (strstr (error->message, "try again."));
    }
}

static void
test_says_what_was_lost (void)
{
  static const char *const beginnings[] = {
    [PURGE_STORAGE_LOSS_NOTHING_SENT] = "Nothing was sent, and no quota was spent. The disk is full",
    [PURGE_STORAGE_LOSS_REQUEST_NOT_SENT] =
      "This request was not sent, and it spent no quota. The disk is full",
    [PURGE_STORAGE_LOSS_ANSWER] =
      ("The request was sent and may have spent quota, but what became of it could not be stored. "
       "The disk is full"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      g_autoptr (GError) error = NULL;

      purge_storage_error_set (&error, PATH, ENOSPC);
      purge_storage_error_explain (&error, i);
      g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE);
      g_assert_true (g_str_has_prefix (error->message, beginnings[i]));
    }
}

/* Of what has nothing to do with the disk nothing is said. */
static void
test_leaves_others (void)
{
  g_autoptr (GError) error = g_error_new_literal (PURGE_ERROR, PURGE_ERROR_NO_KEY, "No key.");
  GError *none = NULL;

  purge_storage_error_explain (&error, PURGE_STORAGE_LOSS_NOTHING_SENT);
  g_assert_cmpstr (error->message, ==, "No key.");
  purge_storage_error_explain (&none, PURGE_STORAGE_LOSS_NOTHING_SENT);
  g_assert_no_error (none);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/storage-error/says", test_says);
  g_test_add_func ("/storage-error/says-what-was-lost", test_says_what_was_lost);
  g_test_add_func ("/storage-error/leaves-others", test_leaves_others);

  return g_test_run ();
}
