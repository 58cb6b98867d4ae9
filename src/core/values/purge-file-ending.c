/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The endings by which a file on the web is known. Knows no more of a path than its last name. */

#define G_LOG_DOMAIN "purge-file-ending"
#define _GNU_SOURCE /* memrchr() */

#include "config.h"

#include "purge-file-ending.h"

#include <stdlib.h>
#include <string.h>

#define MAX_ENDING_BYTES 12

/* In the order of strcmp(), for a binary search. */
static const char * const endings[] = {
  "7z",
  "aab",
  "aac",
  "apk",
  "asp",
  "aspx",
  "atom",
  "avi",
  "avif",
  "bin",
  "bmp",
  "br",
  "bz2",
  "cgi",
  "cjs",
  "css",
  "csv",
  "deb",
  "dmg",
  "doc",
  "docx",
  "eot",
  "epub",
  "exe",
  "flac",
  "flv",
  "gif",
  "gz",
  "heic",
  "htm",
  "html",
  "ico",
  "img",
  "ipa",
  "iso",
  "jar",
  "jpeg",
  "jpg",
  "js",
  "json",
  "jsonld",
  "jsp",
  "jspx",
  "jxl",
  "less",
  "m3u8",
  "m4a",
  "m4s",
  "m4v",
  "map",
  "md",
  "mhtml",
  "mjs",
  "mkv",
  "mov",
  "mp3",
  "mp4",
  "mpd",
  "msi",
  "ods",
  "odt",
  "oga",
  "ogg",
  "ogv",
  "otf",
  "pdf",
  "php",
  "phtml",
  "pkg",
  "png",
  "ppt",
  "pptx",
  "rar",
  "rpm",
  "rss",
  "scss",
  "shtml",
  "srt",
  "svg",
  "swf",
  "tar",
  "tgz",
  "tif",
  "tiff",
  "ts",
  "ttf",
  "txt",
  "vtt",
  "wasm",
  "wav",
  "webm",
  "webmanifest",
  "webp",
  "woff",
  "woff2",
  "xhtml",
  "xls",
  "xlsx",
  "xml",
  "xsl",
  "xz",
  "yaml",
  "yml",
  "zip",
  "zst",
};

static int
compare (gconstpointer key,
         gconstpointer element)
{
  return strcmp (key, *(const char * const *) element);
}

/**
 * purge_file_ending_is_known:
 * @name: (array length=length): the last name of a path
 * @length: its length in bytes
 *
 * Returns: whether the name ends like a file, in upper or lower case
 */
gboolean
purge_file_ending_is_known (const char *name,
                            gsize       length)
{
  const char *dot = length > 0 ? memrchr (name, '.', length) : NULL;
  char ending[MAX_ENDING_BYTES];
  gsize n = 0;

  if (dot == NULL || name + length - dot > MAX_ENDING_BYTES)
    return FALSE;

  while (++dot < name + length)
    ending[n++] = g_ascii_tolower (*dot);
  ending[n] = '\0';

  return bsearch (ending, endings, G_N_ELEMENTS (endings), sizeof endings[0], compare) != NULL;
}
