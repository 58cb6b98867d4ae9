/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-journal.h"

G_BEGIN_DECLS

/* What is in a file, which a test may bend. */
typedef struct {
  char  *bytes;
  gsize  length;
} FileBytes;

FileBytes file_bytes_read                (const char      *path);
void      file_bytes_write               (const char      *path,
                                          const char      *bytes,
                                          gsize            length);
void      file_bytes_assert_same         (const char      *path,
                                          const FileBytes *expected);
void      file_bytes_clear               (FileBytes       *bytes);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FileBytes, file_bytes_clear)

/* A file with an account and submissions of three batches, one of which is made anew. */
void      journal_file_fill              (const char      *path,
                                          guint            n_submissions);
FileBytes journal_file_read              (guint            n_submissions);

/* The one file of a folder that was moved aside; NULL where there is none. */
char     *journal_file_find_aside        (const char      *folder);

/* How many submissions are listed; and that all that are can be loaded. */
guint     journal_file_count_submissions (PurgeJournal    *journal);
void      journal_file_assert_meaning    (PurgeJournal    *journal);

G_END_DECLS
