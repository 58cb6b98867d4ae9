/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What a file is that is no text. Knows the first bytes of the kinds that people confuse with a
 * list, and the look of text in another encoding. */

#define G_LOG_DOMAIN "purge-file-kind"

#include "config.h"

#include "purge-file-kind.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* How much of a file is looked at for the look of UTF-16. */
#define SAMPLE_BYTES 4096

/* The longer beginning stands first where one begins like the other. */
static const struct
{
  const char *name;
  guint       offset;
  guint       length;
  const char *bytes;
} kinds[] = {
  /* Translators: each of these takes the second place in “%s” is no text but %s. */
  { N_("text in UTF-32"), 0, 4, "\xff\xfe\0\0" },
  { N_("text in UTF-32"), 0, 4, "\0\0\xfe\xff" },
  { N_("text in UTF-16"), 0, 2, "\xff\xfe" },
  { N_("text in UTF-16"), 0, 2, "\xfe\xff" },
  { N_("a gzip archive"), 0, 2, "\x1f\x8b" },
  { N_("a ZIP archive or an office document"), 0, 4, "PK\3\4" },
  { N_("an empty ZIP archive"), 0, 4, "PK\5\6" },
  { N_("a bzip2 archive"), 0, 3, "BZh" },
  { N_("an XZ archive"), 0, 6, "\xfd" "7zXZ\0" },
  { N_("a Zstandard archive"), 0, 4, "\x28\xb5\x2f\xfd" },
  { N_("a 7-Zip archive"), 0, 6, "7z\xbc\xaf\x27\x1c" },
  { N_("a RAR archive"), 0, 6, "Rar!\x1a\x07" },
  { N_("a tar archive"), 257, 5, "ustar" },
  { N_("a PNG picture"), 0, 8, "\x89PNG\r\n\x1a\n" },
  { N_("a JPEG picture"), 0, 3, "\xff\xd8\xff" },
  { N_("a GIF picture"), 0, 6, "GIF87a" },
  { N_("a GIF picture"), 0, 6, "GIF89a" },
  { N_("a WebP picture"), 8, 4, "WEBP" },
  { N_("a PDF document"), 0, 5, "%PDF-" },
  { N_("an old office document"), 0, 8, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" },
  { N_("an RTF document"), 0, 5, "{\\rtf" },
  { N_("a SQLite database"), 0, 16, "SQLite format 3\0" },
  { N_("a program"), 0, 4, "\x7f" "ELF" },
};

/* Without a byte order mark, ASCII in UTF-16 and UTF-32 shows by where its NULs are. */
static const char *
recognize_wide_text (const char *bytes,
                     gsize       length)
{
  guint nuls[4] = { 0 };
  guint n_units;

  length = MIN (length, SAMPLE_BYTES) / 4 * 4;
  n_units = length / 4;
  for (gsize i = 0; i < length; i++)
    nuls[i % 4] += bytes[i] == '\0';

  if (n_units == 0)
    return NULL;
  if (nuls[1] + nuls[2] >= n_units * 2 * 9 / 10 && (nuls[0] + nuls[3]) * 10 >= n_units * 9)
    return _("text in UTF-32");
  if ((nuls[0] + nuls[2]) * 10 >= n_units * 2 * 9 || (nuls[1] + nuls[3]) * 10 >= n_units * 2 * 9)
    return _("text in UTF-16");

  return NULL;
}

/**
 * purge_file_kind_recognize:
 * @bytes: (array length=length): what a file holds
 * @length: how many bytes
 *
 * Recognises what is no text by its first bytes.
 *
 * Returns: (transfer none) (nullable): what it is, with its article, translated; or %NULL for what
 *   may be text
 */
const char *
purge_file_kind_recognize (const char *bytes,
                           gsize       length)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (length >= kinds[i].offset + kinds[i].length &&
        memcmp (bytes + kinds[i].offset, kinds[i].bytes, kinds[i].length) == 0)
      return _(kinds[i].name);

  return recognize_wide_text (bytes, length);
}
