/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PurgeSql:
 *
 * One connection to one SQLite database, and all that the rest of the program sees of SQLite:
 * statements as text, values that go in, rows that come out, transactions. To be used in one thread.
 */
typedef struct _PurgeSql PurgeSql;

/**
 * PurgeSqlAccess:
 * @PURGE_SQL_READ: a transaction that only reads, and waits for nobody
 * @PURGE_SQL_WRITE: a transaction that may write, and waits for the writer before it
 */
typedef enum {
  PURGE_SQL_READ,
  PURGE_SQL_WRITE,
} PurgeSqlAccess;

/**
 * PurgeSqlValue:
 *
 * A value for a `?` of a statement. Made by %PURGE_SQL_INTEGER, %PURGE_SQL_TEXT (where %NULL is SQL's
 * NULL, and a text goes in byte for byte) and %PURGE_SQL_NULL; it borrows the text.
 */
typedef struct {
  gboolean    is_integer;
  gint64      integer;
  const char *text;
} PurgeSqlValue;

#define PURGE_SQL_INTEGER(integer_) ((PurgeSqlValue) { TRUE, (integer_), NULL })
#define PURGE_SQL_TEXT(text_) ((PurgeSqlValue) { FALSE, 0, (text_) })
#define PURGE_SQL_NULL ((PurgeSqlValue) { FALSE, 0, NULL })

/* The last two arguments of a call that takes values: an array, and how many. */
#define PURGE_SQL_VALUES(...) \
  (const PurgeSqlValue[]) { __VA_ARGS__ }, \
  sizeof ((const PurgeSqlValue[]) { __VA_ARGS__ }) / sizeof (PurgeSqlValue)
#define PURGE_SQL_NO_VALUES NULL, 0

typedef struct _PurgeSqlRow PurgeSqlRow;

/* Called once a row. FALSE, with an error set, ends the query. */
typedef gboolean (*PurgeSqlRowFunc)      (const PurgeSqlRow    *row,
                                          gpointer              data,
                                          GError              **error);

/* What is done inside a transaction. FALSE, with an error set, undoes it all. */
typedef gboolean (*PurgeSqlTransactFunc) (PurgeSql             *self,
                                          gpointer              data,
                                          GError              **error);

/**
 * PurgeSqlStep:
 * @func: what to do
 * @data: for @func
 * @error: (nullable): why it was not done; %NULL at first
 *
 * One of several things that are written together.
 */
typedef struct {
  PurgeSqlTransactFunc  func;
  gpointer              data;
  GError               *error;
} PurgeSqlStep;

PurgeSql   *purge_sql_open            (const char            *path,
                                       GError               **error);
void        purge_sql_close           (PurgeSql              *self);
void        purge_sql_set_tidy        (PurgeSql              *self);
void        purge_sql_set_lenient     (PurgeSql              *self);
const char *purge_sql_get_path        (PurgeSql              *self);
gboolean    purge_sql_transact        (PurgeSql              *self,
                                       PurgeSqlAccess         access,
                                       PurgeSqlTransactFunc   func,
                                       gpointer               data,
                                       GError               **error);
void        purge_sql_write_steps     (PurgeSql              *self,
                                       PurgeSqlStep          *steps,
                                       guint                  n_steps);
gboolean    purge_sql_run             (PurgeSql              *self,
                                       const char            *text,
                                       GError               **error,
                                       const PurgeSqlValue   *values,
                                       guint                  n_values);
gboolean    purge_sql_query           (PurgeSql              *self,
                                       const char            *text,
                                       PurgeSqlRowFunc        func,
                                       gpointer               data,
                                       GError               **error,
                                       const PurgeSqlValue   *values,
                                       guint                  n_values);
gboolean    purge_sql_query_integer   (PurgeSql              *self,
                                       const char            *text,
                                       gint64                *integer,
                                       GError               **error,
                                       const PurgeSqlValue   *values,
                                       guint                  n_values);
guint       purge_sql_get_n_changed   (PurgeSql              *self);
gint64      purge_sql_get_last_id     (PurgeSql              *self);

gboolean    purge_sql_row_is_null     (const PurgeSqlRow     *row,
                                       guint                  column);
gint64      purge_sql_row_get_integer (const PurgeSqlRow     *row,
                                       guint                  column);
const char *purge_sql_row_get_text    (const PurgeSqlRow     *row,
                                       guint                  column);
void        purge_sql_set_damaged     (PurgeSql              *self,
                                       const char            *what,
                                       GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeSql, purge_sql_close)

G_END_DECLS
