/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-clock.h"

G_BEGIN_DECLS

/* A clock that stands still. Whoever waits gets what he waits for at once, and the clock has moved on
 * by that much; unless it is held: then only a cancellable ends the waiting, until it is let go. */

#define MOCK_TYPE_CLOCK (mock_clock_get_type ())

G_DECLARE_FINAL_TYPE (MockClock, mock_clock, MOCK, CLOCK, PurgeClock)

MockClock *mock_clock_new           (gint64     unix_time);
void       mock_clock_set_unix_time (MockClock *self,
                                     gint64     unix_time);
void       mock_clock_set_chance    (MockClock *self,
                                     double     chance);
void       mock_clock_set_nonce     (MockClock *self,
                                     guint64    nonce,
                                     guint      n_times);
void       mock_clock_set_held      (MockClock *self,
                                     gboolean   held);
gint64     mock_clock_get_waited    (MockClock *self);

G_END_DECLS
