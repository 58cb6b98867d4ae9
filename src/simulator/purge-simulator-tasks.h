/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PurgeSimulatorTask:
 * @id: what the client was told, `1540810210711616112`: the time and some digits
 * @number: a number of its own, counted from one
 * @time: when it was submitted, in microseconds since 1970
 * @is_directory: whether it purges directories, and not URLs
 * @urls: what it purges, in the order of the request
 *
 * A purge that was accepted.
 */
typedef struct {
  char     *id;
  guint     number;
  gint64    time;
  gboolean  is_directory;
  GStrv     urls;
} PurgeSimulatorTask;

/**
 * PurgeSimulatorTasks:
 *
 * Every purge that was accepted in the last thirty days, which is how long the vendor keeps them.
 */
typedef struct _PurgeSimulatorTasks PurgeSimulatorTasks;

PurgeSimulatorTasks      *purge_simulator_tasks_new      (void);
void                      purge_simulator_tasks_free     (PurgeSimulatorTasks *self);
const PurgeSimulatorTask *purge_simulator_tasks_add      (PurgeSimulatorTasks *self,
                                                          gint64               time,
                                                          gboolean             is_directory,
                                                          GPtrArray           *urls);
guint                     purge_simulator_tasks_get_size (PurgeSimulatorTasks *self);
const PurgeSimulatorTask *purge_simulator_tasks_get      (PurgeSimulatorTasks *self,
                                                          guint                position);
const PurgeSimulatorTask *purge_simulator_tasks_find     (PurgeSimulatorTasks *self,
                                                          const char          *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeSimulatorTasks, purge_simulator_tasks_free)

G_END_DECLS
