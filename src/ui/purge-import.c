/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Files that were named when the program was started, at a time when there may be no list yet. Knows
 * what they have to wait for; what is in them is the editor's business. */

#define G_LOG_DOMAIN "purge-import"

#include "config.h"

#include "purge-import.h"

typedef struct {
  PurgeListEditor *editor;
  GFile           *file;
} Import;

static void
import_free (Import *self)
{
  g_object_unref (self->editor);
  g_object_unref (self->file);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Import, import_free)

static void
on_draft_loaded_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (Import) import = user_data;
  g_autoptr (GError) error = NULL;

  /* Where the disk of the draft does not answer, the draft comes behind the file. */
  if (!purge_draft_keeper_load_finish (PURGE_DRAFT_KEEPER (source), result, &error))
    g_debug ("Importing before the draft: %s", error->message);

  purge_list_editor_import (import->editor, import->file);
}

static gboolean
start (PurgeListEditor *editor,
       GFile           *file)
{
  g_autoptr (PurgeSession) session = NULL;
  Import *import;

  g_object_get (editor, "session", &session, NULL);
  if (session == NULL)
    return FALSE;

  import = g_new0 (Import, 1);
  import->editor = g_object_ref (editor);
  import->file = g_object_ref (file);
  purge_draft_keeper_load_async (purge_session_get_keeper (session), NULL, on_draft_loaded_cb, import);
  return TRUE;
}

static void
on_session_cb (PurgeListEditor *editor,
               GParamSpec      *pspec,
               gpointer         user_data)
{
  if (start (editor, G_FILE (user_data)))
    g_signal_handlers_disconnect_by_func (editor, on_session_cb, user_data);
}

static void
unref_file (gpointer  file,
            GClosure *closure)
{
  g_object_unref (file);
}

/**
 * purge_import:
 * @editor: an editor
 * @file: a text file
 *
 * Adds what is in a file to the list, as soon as the editor has one, and behind what was in it when
 * the program ended.
 */
void
purge_import (PurgeListEditor *editor,
              GFile           *file)
{
  g_return_if_fail (PURGE_IS_LIST_EDITOR (editor));
  g_return_if_fail (G_IS_FILE (file));

  if (!start (editor, file))
    g_signal_connect_data (editor, "notify::session", G_CALLBACK (on_session_cb),
                           g_object_ref (file), unref_file, 0);
}
