/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <string.h>

#include <glib.h>

G_BEGIN_DECLS

/**
 * purge_append:
 * @string: a string
 * @bytes: (array length=length): any bytes, which are no part of @string
 * @length: how many
 *
 * Does what g_string_append_len() does, which has been inline only since GLib 2.76. A million lines are
 * put together of three million pieces.
 */
static inline void
purge_append (GString    *string,
              const char *bytes,
              gsize       length)
{
  if (G_UNLIKELY (string->len + length >= string->allocated_len))
    {
      g_string_append_len (string, bytes, length);
      return;
    }

  memcpy (string->str + string->len, bytes, length);
  string->len += length;
  string->str[string->len] = '\0';
}

G_END_DECLS
