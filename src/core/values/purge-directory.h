/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The enumerators of both types are for the one who writes the rules to settle; everything else in
 * the program uses the functions below. */
typedef enum {
  PURGE_PROBLEM_NONE,
} PurgeProblem;

typedef enum {
  PURGE_MENDS_NONE = 0,
} PurgeMends;

#define PURGE_TYPE_PROBLEM (purge_problem_get_type ())
#define PURGE_TYPE_MENDS (purge_mends_get_type ())

GType         purge_problem_get_type     (void);
GType         purge_mends_get_type       (void);

PurgeProblem  purge_directory_judge      (const char     *text,
                                          gssize          length,
                                          GString        *url,
                                          PurgeMends     *mends);
char         *purge_directory_suggest    (const char     *text,
                                          PurgeProblem    problem);
char         *purge_directory_dup_host   (const char     *url);
gboolean      purge_directory_is_root    (const char     *url);

const char   *purge_problem_to_string    (PurgeProblem    problem);
char         *purge_problem_dup_sentence (PurgeProblem    problem,
                                          const char     *text);
const char   *purge_mends_first_to_string (PurgeMends     mends);
char         *purge_mends_dup_sentence   (PurgeMends      mends);

G_END_DECLS
