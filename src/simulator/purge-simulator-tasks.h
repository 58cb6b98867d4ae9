/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PurgeSimulatorIdForm:
 * @PURGE_SIMULATOR_ID_DIGITS: `1540810210711616112`, as API 2.0 has it
 * @PURGE_SIMULATOR_ID_LETTERS: `1533045796-i60rfmzm`, as API 3.0 has it
 *
 * How the id of a task is written: the time in seconds, and what chance adds.
 */
typedef enum {
  PURGE_SIMULATOR_ID_DIGITS,
  PURGE_SIMULATOR_ID_LETTERS,
} PurgeSimulatorIdForm;

/**
 * PurgeSimulatorSubmission:
 * @id_form: how its id is to be written
 * @time: when it was submitted, in microseconds since 1970
 * @area: where it purges, in static memory: `mainland`, `overseas` or `global`
 * @is_directory: whether it purges directories, and not URLs
 * @is_delete: whether all resources are purged, and not only those that were updated
 * @urls: (element-type utf8): what it purges
 *
 * What is known of a purge that is accepted.
 */
typedef struct {
  PurgeSimulatorIdForm  id_form;
  gint64                time;
  const char           *area;
  gboolean              is_directory;
  gboolean              is_delete;
  GPtrArray            *urls;
} PurgeSimulatorSubmission;

/**
 * PurgeSimulatorTask:
 * @id: what the client was told
 * @number: a number of its own, counted from one
 * @time: when it was submitted, in microseconds since 1970
 * @area: where it purges: `mainland`, `overseas` or `global`
 * @is_directory: whether it purges directories, and not URLs
 * @is_delete: whether all resources are purged, and not only those that were updated
 * @urls: what it purges, in the order of the request
 *
 * A purge that was accepted.
 */
typedef struct {
  char       *id;
  guint       number;
  gint64      time;
  const char *area;
  gboolean    is_directory;
  gboolean    is_delete;
  GStrv       urls;
} PurgeSimulatorTask;

/**
 * PurgeSimulatorTasks:
 *
 * Every purge that was accepted in the last thirty days, which is how long the vendor keeps them.
 */
typedef struct _PurgeSimulatorTasks PurgeSimulatorTasks;

PurgeSimulatorTasks      *purge_simulator_tasks_new      (void);
void                      purge_simulator_tasks_free     (PurgeSimulatorTasks            *self);
const PurgeSimulatorTask *purge_simulator_tasks_add      (PurgeSimulatorTasks            *self,
                                                          const PurgeSimulatorSubmission *purge);
guint                     purge_simulator_tasks_get_size (PurgeSimulatorTasks            *self);
const PurgeSimulatorTask *purge_simulator_tasks_get      (PurgeSimulatorTasks            *self,
                                                          guint                           position);
const PurgeSimulatorTask *purge_simulator_tasks_find     (PurgeSimulatorTasks            *self,
                                                          const char                     *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeSimulatorTasks, purge_simulator_tasks_free)

G_END_DECLS
