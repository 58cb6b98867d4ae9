/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Databases of earlier versions, made here as those versions made them. */

#include "purge-schema.h"

#include "journal-sync.h"
#include "purge-error.h"
#include "scratch.h"

/* Version 1, word for word. */
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

  "PRAGMA application_id = 0x43444e50",
  "PRAGMA user_version = 1",
};

/* What version 1 stored: a batch in each state, of an account that is there and of one that is not. */
static const char * const rows_of_version_1[] = {
  "INSERT INTO account VALUES ('uuid', 'shop', '2.0', NULL, 'multipart', 'HmacSHA1', 100, 3)",
  "INSERT INTO submission VALUES (1, 'uuid', 'shop', '2.0', 'https://cdn.api.qcloud.com', 3,"
  " 'all', 1500000000)",
  "INSERT INTO submission VALUES (2, 'gone', 'blog', '2.0', 'https://cdn.api.qcloud.com', 8,"
  " 'updated', 1500000100)",
  "INSERT INTO batch (id, submission_id, account_uuid, number, state, nonce, timestamp, cause,"
  " http_status, task_id, resolved)"
  " VALUES (1, 1, 'uuid', 1, 'accepted', -1, 1500000000, 'none', 200, 'task', 1500000009)",
  "INSERT INTO batch (id, submission_id, account_uuid, number, state, nonce, timestamp, cause,"
  " detail, resolved)"
  " VALUES (2, 1, 'uuid', 2, 'unknown', 7, 1500000001, 'timeout', 'slow', 1500000009)",
  "INSERT INTO batch (id, submission_id, account_uuid, number, state)"
  " VALUES (3, 1, 'uuid', 3, 'waiting')",
  "INSERT INTO batch (id, submission_id, account_uuid, number, state, nonce, timestamp, lease)"
  " VALUES (4, 2, 'gone', 1, 'sending', 7, 1500000100, 1)",
  "INSERT INTO entry (batch_id, ordinal, directory) VALUES (1, 1, 'http://example.com/a/')",
  "INSERT INTO entry (batch_id, ordinal, directory) VALUES (2, 1, 'http://example.com/b/')",
  "INSERT INTO entry (batch_id, ordinal, directory) VALUES (2, 2, 'http://example.com/c/')",
  "INSERT INTO entry (batch_id, ordinal, directory) VALUES (3, 1, 'http://example.com/d/')",
  "INSERT INTO entry (batch_id, ordinal, directory) VALUES (4, 1, 'http://example.com/e/')",
};

/* What version 2 added, word for word. */
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

  "PRAGMA user_version = 2",
};

/* What version 2 stored besides: what was spent, and a batch that was made of another one. */
static const char * const rows_of_version_2[] = {
  "INSERT INTO spent VALUES (1, 'uuid', 1500000000, 4)",
  "UPDATE batch SET state = 'rejected' WHERE id = 2",
  "UPDATE batch SET parent_id = 2 WHERE id = 3",
};

static void
run_all (PurgeSql           *sql,
         const char * const *statements,
         guint               n_statements)
{
  for (guint i = 0; i < n_statements; i++)
    {
      g_autoptr (GError) error = NULL;

      purge_sql_run (sql, statements[i], &error, PURGE_SQL_NO_VALUES);
      g_assert_no_error (error);
    }
}

static void
make_version_1 (const char *path)
{
  g_autoptr (PurgeSql) sql = NULL;

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  sql = purge_sql_open (path, NULL);
  run_all (sql, version_1, G_N_ELEMENTS (version_1));
  run_all (sql, rows_of_version_1, G_N_ELEMENTS (rows_of_version_1));
}

static void
assert_attempt (PurgeBatchRecord *batch,
                guint64           nonce,
                gint64            timestamp,
                PurgeForm         form,
                guint             key_serial)
{
  g_assert_cmpuint (batch->n_attempts, ==, 1);
  g_assert_false (batch->sent_again);
  g_assert_nonnull (batch->attempt);
  g_assert_cmpuint (batch->attempt->number, ==, 1);
  g_assert_cmpuint (batch->attempt->nonce, ==, nonce);
  g_assert_cmpint (batch->attempt->timestamp, ==, timestamp);
  g_assert_cmpint (batch->attempt->started, ==, timestamp);
  g_assert_cmpint (batch->attempt->api, ==, PURGE_API_KIND_2_0);
  g_assert_cmpstr (batch->attempt->endpoint, ==, ENDPOINT);
  g_assert_cmpint (batch->attempt->form, ==, form);
  g_assert_cmpuint (batch->attempt->key_serial, ==, key_serial);
}

static void
test_takes_version_1 (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autoptr (PurgeJournal) journal = NULL;
  g_autoptr (PurgeSubmission) first = NULL;
  g_autoptr (PurgeSubmission) second = NULL;
  PurgeBatchRecord *batch;

  make_version_1 (path);
  journal = journal_sync_new (path);

  first = sample_load (journal, 1);
  g_assert_cmpuint (first->batches->len, ==, 3);
  batch = sample_get_batch (first, 1);
  g_assert_cmpint (batch->state, ==, PURGE_BATCH_ACCEPTED);
  g_assert_cmpstr (batch->outcome->answer.task_id, ==, "task");
  assert_attempt (batch, G_MAXUINT64, 1500000000, PURGE_FORM_MULTIPART, 3);
  g_assert_cmpint (batch->attempt->signature, ==, PURGE_SIGNATURE_HMAC_SHA1);
  batch = sample_get_batch (first, 2);
  g_assert_cmpint (batch->state, ==, PURGE_BATCH_UNKNOWN);
  g_assert_cmpstr (batch->urls[1], ==, "http://example.com/c/");
  assert_attempt (batch, 7, 1500000001, PURGE_FORM_MULTIPART, 3);
  g_assert_cmpuint (batch->parent + batch->successor + batch->n_look_ups, ==, 0);
  batch = sample_get_batch (first, 3);
  g_assert_cmpint (batch->state, ==, PURGE_BATCH_WAITING);
  g_assert_null (batch->attempt);
  g_assert_cmpuint (batch->n_attempts, ==, 0);

  g_assert_cmpuint (journal_sync_recover (journal), ==, 1);
  second = sample_load (journal, 2);
  g_assert_cmpint (sample_get_batch (second, 1)->state, ==, PURGE_BATCH_UNKNOWN);
  assert_attempt (sample_get_batch (second, 1), 7, 1500000100, PURGE_FORM_POST, 8);
}

/* What version 1 sent counts as sent, and what it had not sent can be. */
static void
test_goes_on_from_version_1 (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autoptr (PurgeAccount) account = purge_account_new ("uuid", "shop");
  g_autoptr (PurgeJournal) journal = NULL;
  g_autoptr (GError) error = NULL;
  gboolean accepted = FALSE;

  make_version_1 (path);
  journal = journal_sync_new (path);
  g_object_set (account, "key-serial", 3, NULL);
  g_assert_cmpuint (journal_sync_sum_up (journal, account, ENDPOINT, 1500000000, 1500000100,
                                         1500000000, &accepted), ==, 3);
  g_assert_true (accepted);
  g_assert_false (journal_sync_begin (journal, 3, 7, 1500000001, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_EXISTS);
  g_assert_true (journal_sync_begin (journal, 3, 8, 1500000001, NULL));
}

/* Before version 3 all entries were directories, wherever their domains were served. */
static void
test_takes_version_2 (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autoptr (PurgeAccount) account = purge_account_new ("uuid", "shop");
  g_autoptr (PurgeJournal) journal = NULL;
  g_autoptr (PurgeSubmission) found = NULL;

  make_version_1 (path);
  {
    g_autoptr (PurgeSql) sql = purge_sql_open (path, NULL);

    run_all (sql, version_2, G_N_ELEMENTS (version_2));
    run_all (sql, rows_of_version_2, G_N_ELEMENTS (rows_of_version_2));
  }

  journal = journal_sync_new (path);
  found = sample_load (journal, 1);
  g_assert_cmpint (found->area, ==, PURGE_AREA_NONE);
  for (guint i = 1; i <= 3; i++)
    g_assert_cmpint (sample_get_batch (found, i)->kind, ==, PURGE_KIND_DIRECTORY);
  g_assert_cmpuint (sample_get_batch (found, 3)->parent, ==, 2);
  g_assert_cmpuint (journal_sync_sum_up (journal, account, ENDPOINT, 1500000000, 1500000100,
                                         1500000000, NULL), ==, 5);
}

/* A second start finds nothing to do, and a program of version 1 would refuse the file. */
static void
test_takes_it_once (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);

  make_version_1 (path);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (PurgeJournal) journal = journal_sync_new (path);
      g_autoptr (PurgeSubmission) found = sample_load (journal, 1);
      g_autoptr (PurgeSql) sql = purge_sql_open (path, NULL);
      gint64 version = 0;

      g_assert_cmpuint (sample_get_batch (found, 1)->n_attempts, ==, 1);
      g_assert_true (purge_sql_query_integer (sql, "PRAGMA user_version", &version, NULL,
                                              PURGE_SQL_NO_VALUES));
      g_assert_cmpint (version, ==, 3);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/migration/takes-version-1", test_takes_version_1);
  g_test_add_func ("/migration/goes-on-from-version-1", test_goes_on_from_version_1);
  g_test_add_func ("/migration/takes-version-2", test_takes_version_2);
  g_test_add_func ("/migration/takes-it-once", test_takes_it_once);

  return g_test_run ();
}
