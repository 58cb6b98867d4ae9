/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-transport.h"

G_BEGIN_DECLS

/**
 * PurgeSoupTransport:
 *
 * The real wire: libsoup. No redirects, no decoder, no auth manager, no cookies, TLS 1.2 or newer, at
 * most 256 KiB of body, a deadline for the whole. Main thread only.
 */
#define PURGE_TYPE_SOUP_TRANSPORT (purge_soup_transport_get_type ())

G_DECLARE_FINAL_TYPE (PurgeSoupTransport, purge_soup_transport, PURGE, SOUP_TRANSPORT, GObject)

PurgeTransport *purge_soup_transport_new (void);

G_END_DECLS
