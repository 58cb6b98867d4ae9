/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PurgeUrlSet:
 * @urls: (element-type utf8): the URLs, sorted, each once; borrowed
 * @hosts: (element-type utf8): their hosts in small letters, sorted, each once; owned
 *
 * Some URLs, whatever their order. What they are is not judged: anything may be compared, once the
 * set is sealed.
 */
typedef struct {
  GPtrArray *urls;
  GPtrArray *hosts;
} PurgeUrlSet;

void     purge_url_set_init        (PurgeUrlSet        *self);
void     purge_url_set_clear       (PurgeUrlSet        *self);
void     purge_url_set_add         (PurgeUrlSet        *self,
                                    const char         *url);
void     purge_url_set_seal        (PurgeUrlSet        *self);
gboolean purge_url_set_is_equal    (const PurgeUrlSet  *self,
                                    const PurgeUrlSet  *other);
gboolean purge_url_set_shares_host (const PurgeUrlSet  *self,
                                    const PurgeUrlSet  *other);
char    *purge_url_set_dup_host    (const char         *url);

G_END_DECLS
