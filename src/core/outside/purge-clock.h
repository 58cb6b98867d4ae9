/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PurgeClock:
 *
 * Time and chance, the two things that tests must be able to choose. The one made by
 * purge_clock_new() tells the real ones. A clock that overrides what it tells overrides `wait` too:
 * it calls the function at once, or when its own time has come.
 */
#define PURGE_TYPE_CLOCK (purge_clock_get_type ())

G_DECLARE_DERIVABLE_TYPE (PurgeClock, purge_clock, PURGE, CLOCK, GObject)

struct _PurgeClockClass
{
  GObjectClass parent_class;

  gint64  (*get_unix_time) (PurgeClock          *self);
  gint64  (*get_boot_time) (PurgeClock          *self);
  guint64 (*roll_nonce)    (PurgeClock          *self);
  double  (*roll_chance)   (PurgeClock          *self);
  void    (*wait_async)    (PurgeClock          *self,
                            guint                ms,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data);
};

PurgeClock *purge_clock_new           (void);
gint64      purge_clock_get_unix_time (PurgeClock           *self);
gint64      purge_clock_get_boot_time (PurgeClock           *self);
guint64     purge_clock_roll_nonce    (PurgeClock           *self);
guint64     purge_clock_roll_new_nonce (PurgeClock          *self);
double      purge_clock_roll_chance   (PurgeClock           *self);
void        purge_clock_wait_async    (PurgeClock           *self,
                                       guint                 ms,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean    purge_clock_wait_finish   (PurgeClock           *self,
                                       GAsyncResult         *result,
                                       GError              **error);

G_END_DECLS
