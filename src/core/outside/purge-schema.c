/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The tables, and how an older file gets them. Knows what each version of the database looks like;
 * does not know who reads and writes it. */

#define G_LOG_DOMAIN "purge-schema"

#include "config.h"

#include "purge-schema.h"

#include <glib/gi18n-lib.h>

#include "purge-error.h"

/* "CDNP": says whose database it is, in SQLite's field for that. Never changes. */
#define APPLICATION_ID 0x43444e50

#define N_TABLES 8

/* Version 1. A submission keeps what the account was, since the account may go. No secret, SecretId
 * or signature is in any table. A nonce is used once with a timestamp, whatever becomes of it. */
static const char * const version_1[] = {
  "CREATE TABLE account ("
  "  uuid TEXT NOT NULL PRIMARY KEY,"
  "  name TEXT NOT NULL UNIQUE,"
  "  api TEXT NOT NULL,"
  "  endpoint TEXT,"
  "  form TEXT NOT NULL,"
  "  signature TEXT NOT NULL,"
  "  daily_quota INTEGER NOT NULL CHECK (daily_quota > 0),"
  "  key_serial INTEGER NOT NULL CHECK (key_serial >= 0)"
  ") STRICT",

  "CREATE TABLE submission ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  account_uuid TEXT NOT NULL,"
  "  account_name TEXT NOT NULL,"
  "  api TEXT NOT NULL,"
  "  endpoint TEXT NOT NULL,"
  "  key_serial INTEGER NOT NULL,"
  "  mode TEXT NOT NULL,"
  "  created INTEGER NOT NULL"
  ") STRICT",

  "CREATE TABLE batch ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  submission_id INTEGER NOT NULL REFERENCES submission (id) ON DELETE CASCADE,"
  "  account_uuid TEXT NOT NULL,"
  "  number INTEGER NOT NULL CHECK (number > 0),"
  "  state TEXT NOT NULL,"
  "  nonce INTEGER,"
  "  timestamp INTEGER,"
  "  lease INTEGER,"
  "  cause TEXT,"
  "  stops_queue INTEGER NOT NULL DEFAULT 0,"
  "  http_status INTEGER NOT NULL DEFAULT 0,"
  "  code TEXT,"
  "  code_is_number INTEGER NOT NULL DEFAULT 0,"
  "  code_desc TEXT,"
  "  message TEXT,"
  "  module_code INTEGER NOT NULL DEFAULT 0,"
  "  task_id TEXT,"
  "  request_id TEXT,"
  "  count INTEGER NOT NULL DEFAULT -1,"
  "  raw TEXT,"
  "  detail TEXT,"
  "  resolved INTEGER,"
  "  UNIQUE (submission_id, number),"
  "  UNIQUE (account_uuid, nonce, timestamp)"
  ") STRICT",

  "CREATE INDEX batch_by_state ON batch (state)",
  "CREATE INDEX batch_by_time ON batch (account_uuid, timestamp)",

  "CREATE TABLE entry ("
  "  id INTEGER PRIMARY KEY,"
  "  batch_id INTEGER NOT NULL REFERENCES batch (id) ON DELETE CASCADE,"
  "  ordinal INTEGER NOT NULL CHECK (ordinal > 0),"
  "  directory TEXT NOT NULL,"
  "  UNIQUE (batch_id, ordinal)"
  ") STRICT",

  NULL
};

/* Version 2. A batch keeps every request that went out for it, and which batch it was made of. A
 * record of the vendor's log is claimed by one batch, also when that is deleted; and what deleted
 * submissions spent stays counted. Of a batch of version 1 one request is known, and how it was put
 * on the wire is what its account says now. */
static const char * const version_2[] = {
  "ALTER TABLE batch ADD COLUMN parent_id INTEGER REFERENCES batch (id)",
  "CREATE UNIQUE INDEX batch_by_parent ON batch (parent_id)",

  "CREATE TABLE attempt ("
  "  batch_id INTEGER NOT NULL REFERENCES batch (id) ON DELETE CASCADE,"
  "  number INTEGER NOT NULL CHECK (number > 0),"
  "  kind TEXT NOT NULL CHECK (kind IN ('send', 'again')),"
  "  account_uuid TEXT NOT NULL,"
  "  nonce INTEGER NOT NULL,"
  "  timestamp INTEGER NOT NULL,"
  "  api TEXT NOT NULL,"
  "  endpoint TEXT NOT NULL,"
  "  form TEXT NOT NULL,"
  "  signature TEXT NOT NULL,"
  "  key_serial INTEGER NOT NULL,"
  "  started INTEGER NOT NULL,"
  "  ended INTEGER,"
  "  cause TEXT,"
  "  http_status INTEGER NOT NULL DEFAULT 0,"
  "  detail TEXT,"
  "  PRIMARY KEY (batch_id, number)"
  ") STRICT",
  "CREATE UNIQUE INDEX attempt_by_nonce ON attempt (account_uuid, nonce, timestamp)"
  " WHERE kind = 'send'",
  "CREATE UNIQUE INDEX attempt_again ON attempt (batch_id) WHERE kind = 'again'",

  "CREATE TABLE look_up ("
  "  id INTEGER PRIMARY KEY,"
  "  batch_id INTEGER NOT NULL REFERENCES batch (id) ON DELETE CASCADE,"
  "  time INTEGER NOT NULL,"
  "  found INTEGER NOT NULL,"
  "  cause TEXT,"
  "  http_status INTEGER NOT NULL DEFAULT 0"
  ") STRICT",
  "CREATE INDEX look_up_by_batch ON look_up (batch_id, time)",

  "CREATE TABLE claim ("
  "  account_uuid TEXT NOT NULL,"
  "  record TEXT NOT NULL,"
  "  batch_id INTEGER NOT NULL,"
  "  PRIMARY KEY (account_uuid, record)"
  ") STRICT",
  "CREATE INDEX claim_by_batch ON claim (batch_id)",

  "CREATE TABLE spent ("
  "  id INTEGER PRIMARY KEY,"
  "  account_uuid TEXT NOT NULL,"
  "  timestamp INTEGER NOT NULL,"
  "  n INTEGER NOT NULL CHECK (n > 0)"
  ") STRICT",
  "CREATE INDEX spent_by_time ON spent (account_uuid, timestamp)",

  "INSERT INTO attempt (batch_id, number, kind, account_uuid, nonce, timestamp, api, endpoint,"
  " form, signature, key_serial, started, ended, cause, http_status, detail)"
  " SELECT batch.id, 1, 'send', batch.account_uuid, batch.nonce, batch.timestamp, submission.api,"
  " submission.endpoint, COALESCE (account.form, 'post'),"
  " COALESCE (account.signature, 'HmacSHA256'), submission.key_serial, batch.timestamp,"
  " batch.resolved, batch.cause, batch.http_status, batch.detail"
  " FROM batch JOIN submission ON submission.id = batch.submission_id"
  " LEFT JOIN account ON account.uuid = batch.account_uuid"
  " WHERE batch.nonce IS NOT NULL AND batch.timestamp IS NOT NULL",

  NULL
};

/* Version 3. A batch is of directories or of URLs, which have quotas of their own, and a submission
 * may name an area, which has too. Before that there were directories only, and no area. */
static const char * const version_3[] = {
  "ALTER TABLE submission ADD COLUMN area TEXT NOT NULL DEFAULT 'none'",
  "ALTER TABLE batch ADD COLUMN kind TEXT NOT NULL DEFAULT 'directory'",
  "ALTER TABLE spent ADD COLUMN kind TEXT NOT NULL DEFAULT 'directory'",
  "ALTER TABLE spent ADD COLUMN area TEXT NOT NULL DEFAULT 'none'",
  NULL
};

/* What leads to each version from the one before it. Steps are added, never changed. */
static const char * const * const versions[] = { version_1, version_2, version_3 };

static gboolean
keep_text (const PurgeSqlRow  *row,
           gpointer            data,
           GError            **error)
{
  char **text = data;

  const char *found = purge_sql_row_get_text (row, 0);

  g_free (*text);
  *text = found != NULL ? g_utf8_make_valid (found, -1) : NULL;
  return TRUE;
}

static gboolean
run_number_pragma (PurgeSql    *sql,
                   const char  *name,
                   gint64       number,
                   GError     **error)
{
  g_autofree char *text = g_strdup_printf ("PRAGMA %s = %" G_GINT64_FORMAT, name, number);

  return purge_sql_run (sql, text, error, PURGE_SQL_NO_VALUES);
}

static gboolean
take_step (PurgeSql            *sql,
           const char * const  *statements,
           GError             **error)
{
  for (guint i = 0; statements[i] != NULL; i++)
    if (!purge_sql_run (sql, statements[i], error, PURGE_SQL_NO_VALUES))
      return FALSE;

  return TRUE;
}

/* In one transaction with a version that is read inside it: another instance may be at it too. */
static gboolean
migrate (PurgeSql  *sql,
         gpointer   data,
         GError   **error)
{
  gint64 version = 0;

  if (!purge_sql_query_integer (sql, "PRAGMA user_version", &version, error, PURGE_SQL_NO_VALUES))
    return FALSE;

  if (version >= (gint64) G_N_ELEMENTS (versions))
    return TRUE;

  for (gsize i = version; i < G_N_ELEMENTS (versions); i++)
    if (!take_step (sql, versions[i], error))
      return FALSE;

  return run_number_pragma (sql, "application_id", APPLICATION_ID, error) &&
         run_number_pragma (sql, "user_version", G_N_ELEMENTS (versions), error);
}

/* In one transaction, lest another instance make the tables between two looks. @data says whether it
 * is a sound database that is not ours to touch. */
static gboolean
check_identity (PurgeSql  *sql,
                gpointer   data,
                GError   **error)
{
  gboolean *is_foreign = data;
  g_autofree char *name = g_filename_display_name (purge_sql_get_path (sql));
  gint64 id = 0;
  gint64 version = 0;
  gint64 n_tables = 0;

  if (!purge_sql_query_integer (sql, "PRAGMA application_id", &id, error, PURGE_SQL_NO_VALUES) ||
      !purge_sql_query_integer (sql, "PRAGMA user_version", &version, error, PURGE_SQL_NO_VALUES) ||
      !purge_sql_query_integer (sql, "SELECT count(*) FROM sqlite_schema", &n_tables, error,
                                PURGE_SQL_NO_VALUES))
    return FALSE;

  if (id == 0 && version == 0 && n_tables == 0)
    return TRUE;

  *is_foreign = id != APPLICATION_ID || version > (gint64) G_N_ELEMENTS (versions);
  if (id != APPLICATION_ID)
    g_set_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE_DAMAGED,
                 /* Translators: %s is a file name. */
                 _("“%s” is a database of another program. Move it away to start with an empty "
                   "one."), name);
  else if (version < 1)
    purge_sql_set_damaged (sql, "no version", error);
  else if (version > (gint64) G_N_ELEMENTS (versions))
    g_set_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE_DAMAGED,
                 /* Translators: %s is a file name. */
                 _("“%s” was written by a newer version of this program. Update the program, or "
                   "move the file away to start with an empty one."), name);
  else
    return TRUE;

  return FALSE;
}

static gboolean
check_integrity (PurgeSql  *sql,
                 GError   **error)
{
  g_autofree char *verdict = NULL;

  if (!purge_sql_query (sql, "PRAGMA quick_check (1)", keep_text, &verdict, error,
                        PURGE_SQL_NO_VALUES))
    return FALSE;

  if (g_strcmp0 (verdict, "ok") == 0)
    return TRUE;

  purge_sql_set_damaged (sql, verdict != NULL ? g_strdelimit (verdict, "\n", ' ') : "no verdict",
                         error);
  return FALSE;
}

/* A commit has to be on the disk when it returns. With a write-ahead log, FULL says that; where the
 * file system cannot have one, EXTRA says it for the journal that SQLite uses instead. */
static gboolean
make_durable (PurgeSql  *sql,
              GError   **error)
{
  g_autofree char *journal = NULL;

  if (!purge_sql_query (sql, "PRAGMA journal_mode = WAL", keep_text, &journal, error,
                        PURGE_SQL_NO_VALUES))
    return FALSE;

  return purge_sql_run (sql,
                        g_strcmp0 (journal, "wal") == 0 ? "PRAGMA synchronous = FULL"
                                                        : "PRAGMA synchronous = EXTRA",
                        error, PURGE_SQL_NO_VALUES) &&
         purge_sql_run (sql, "PRAGMA foreign_keys = ON", error, PURGE_SQL_NO_VALUES) &&
         purge_sql_run (sql, "PRAGMA temp_store = MEMORY", error, PURGE_SQL_NO_VALUES);
}

/* What can be bent in a file without SQLite's seeing it: a table of another name, and rows that were
 * kept apart by an index that is not right any more. */
static gboolean
check_tables (PurgeSql  *sql,
              GError   **error)
{
  gint64 n_tables = 0;

  if (!purge_sql_query_integer (sql,
                                "SELECT count(*) FROM sqlite_schema WHERE type = 'table'"
                                " AND name IN ('account', 'submission', 'batch', 'entry', 'attempt',"
                                " 'look_up', 'claim', 'spent')", &n_tables, error,
                                PURGE_SQL_NO_VALUES))
    return FALSE;

  if (n_tables == N_TABLES)
    return TRUE;

  purge_sql_set_damaged (sql, "a table is missing", error);
  return FALSE;
}

static gboolean
bring_up_to_date (PurgeSql  *sql,
                  GError   **error)
{
  g_autoptr (GError) local_error = NULL;

  if (purge_sql_transact (sql, PURGE_SQL_WRITE, migrate, NULL, &local_error))
    return TRUE;

  if (g_error_matches (local_error, PURGE_ERROR, PURGE_ERROR_EXISTS))
    purge_sql_set_damaged (sql, "two rows contradict each other", error);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

/**
 * purge_schema_prepare:
 * @sql: a fresh connection
 * @damaged: (out) (optional): whether it may not be used because the file is damaged, and is neither
 *   another program's nor newer than this program
 * @error: return location for an error
 *
 * Makes a connection fit for use: refuses a file that is not a sound database of this program, makes
 * commits durable, and brings an empty or older database to the newest version. What is refused is
 * not changed, and not even tidied up when the connection is closed.
 *
 * Returns: whether the connection may be used; if not, %PURGE_ERROR_STORAGE_DAMAGED where the file
 *   is damaged, another program's or newer than this program, else %PURGE_ERROR_STORAGE
 */
gboolean
purge_schema_prepare (PurgeSql  *sql,
                      gboolean  *damaged,
                      GError   **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean is_foreign = FALSE;
  gboolean prepared;

  prepared = purge_sql_transact (sql, PURGE_SQL_READ, check_identity, &is_foreign, &local_error) &&
             check_integrity (sql, &local_error) &&
             make_durable (sql, &local_error) &&
             bring_up_to_date (sql, &local_error) &&
             check_tables (sql, &local_error);
  if (damaged != NULL)
    *damaged = !is_foreign && g_error_matches (local_error, PURGE_ERROR,
                                               PURGE_ERROR_STORAGE_DAMAGED);

  if (prepared)
    purge_sql_set_tidy (sql);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));

  return prepared;
}
