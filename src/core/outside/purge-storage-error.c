/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What went wrong with the disk, in sentences. Knows errno and what a person can do about it; does
 * not know who asked the disk for what. */

#define G_LOG_DOMAIN "purge-storage-error"

#include "config.h"

#include "purge-storage-error.h"

#include <errno.h>

#include <glib/gi18n-lib.h>

#include "purge-error.h"

/**
 * purge_storage_error_set:
 * @error: (out) (optional): return location
 * @path: the file that was read or written
 * @errsv: what the system said, as an errno
 *
 * Sets %PURGE_ERROR_STORAGE with a translated sentence that says what is wrong and what to do. Safe
 * in any thread.
 */
void
purge_storage_error_set (GError     **error,
                         const char  *path,
                         int          errsv)
{
  g_autofree char *name = g_filename_display_name (path);

  switch (errsv)
    {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      g_set_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE,
                   /* Translators: %s is a file name. */
                   _("The disk is full: “%s” cannot grow. Make room and try again."), name);
      break;
    case EROFS:
    case EACCES:
    case EPERM:
      g_set_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE,
                   /* Translators: %s is a file name. */
                   _("“%s” cannot be written to. Give yourself the permission, or make the disk "
                     "writable, and try again."), name);
      break;
    case EBUSY:
      g_set_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE,
                   /* Translators: %s is a file name. */
                   _("Another program keeps “%s” busy. Wait for it or close it, and try again."),
                   name);
      break;
    default:
      g_set_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE,
                   /* Translators: the first %s is a file name, the second what the system said. */
                   _("The disk failed with “%s”: %s. Check the disk and try again."),
                   name, g_strerror (errsv));
    }
}

static char *
explain (PurgeStorageLoss  loss,
         const char       *sentence)
{
  switch (loss)
    {
    case PURGE_STORAGE_LOSS_NOTHING_SENT:
      /* Translators: %s is one or two whole sentences: what is wrong, and what to do. */
      return g_strdup_printf (_("Nothing was sent, and no quota was spent. %s"), sentence);
    case PURGE_STORAGE_LOSS_REQUEST_NOT_SENT:
      /* Translators: %s is one or two whole sentences: what is wrong, and what to do. */
      return g_strdup_printf (_("This request was not sent, and it spent no quota. %s"), sentence);
    case PURGE_STORAGE_LOSS_ANSWER:
      /* Translators: %s is one or two whole sentences: what is wrong, and what to do. */
      return g_strdup_printf (_("The request was sent and may have spent quota, but what became "
                                "of it could not be stored. %s"), sentence);
    default:
      g_return_val_if_reached (g_strdup (sentence));
    }
}

/**
 * purge_storage_error_explain:
 * @error: (inout) (optional): an error that was just returned
 * @loss: what it means for what is on the wire
 *
 * Puts before an error of the storage whether anything was sent and whether quota was spent. Leaves
 * all other errors as they are.
 */
void
purge_storage_error_explain (GError           **error,
                             PurgeStorageLoss   loss)
{
  char *message;

  if (error == NULL ||
      !(g_error_matches (*error, PURGE_ERROR, PURGE_ERROR_STORAGE) ||
        g_error_matches (*error, PURGE_ERROR, PURGE_ERROR_STORAGE_DAMAGED)))
    return;

  message = explain (loss, (*error)->message);
  g_free ((*error)->message);
  (*error)->message = message;
}
