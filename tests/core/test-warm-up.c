/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Reading ahead: what a connection needs is there when it has ended, and was not read by the thread that
 * goes on. TLS and the proxies of this process are made of nothing but a note of who asked. */

#include "purge-warm-up.h"

#include <gio/gio.h>

#include "await.h"

static GThread *asked_tls;
static GThread *asked_proxy;

static gboolean
is_supported (gpointer self)
{
  asked_proxy = g_thread_self ();
  return TRUE;
}

static GTlsDatabase *
get_database (GTlsBackend *backend)
{
  asked_tls = g_thread_self ();
  return NULL;
}

typedef struct { GObject parent_instance; } Tls;
typedef struct { GObjectClass parent_class; } TlsClass;
typedef struct { GObject parent_instance; } Proxies;
typedef struct { GObjectClass parent_class; } ProxiesClass;

static void
tls_iface_init (GTlsBackendInterface *iface)
{
  iface->get_default_database = get_database;
}

static void
proxies_iface_init (GProxyResolverInterface *iface)
{
  iface->is_supported = (gboolean (*) (GProxyResolver *)) is_supported;
}

static GType tls_get_type (void);
static GType proxies_get_type (void);

G_DEFINE_TYPE_WITH_CODE (Tls, tls, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_TLS_BACKEND, tls_iface_init))
G_DEFINE_TYPE_WITH_CODE (Proxies, proxies, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, proxies_iface_init))

static void
tls_class_init (TlsClass *klass)
{
}

static void
tls_init (Tls *self)
{
}

static void
proxies_class_init (ProxiesClass *klass)
{
}

static void
proxies_init (Proxies *self)
{
}

static void
test_reads_in_thread (void)
{
  g_autoptr (PurgeWarmUp) warm_up = purge_warm_up_begin ();

  g_clear_pointer (&warm_up, purge_warm_up_end);
  g_assert_nonnull (asked_tls);
  g_assert_nonnull (asked_proxy);
  g_assert_true (asked_tls != g_thread_self ());
  g_assert_true (asked_proxy != g_thread_self ());
}

static void
test_reads_meanwhile (void)
{
  g_autoptr (GAsyncResult) result = NULL;

  asked_tls = NULL;
  purge_warm_up_async (await_cb, &result);
  purge_warm_up_finish (await (&result));
  g_assert_nonnull (asked_tls);
  g_assert_true (asked_tls != g_thread_self ());
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_setenv ("GIO_USE_TLS", "noted", TRUE);
  g_setenv ("GIO_USE_PROXY_RESOLVER", "noted", TRUE);
  /* Whatever is asked of GIO first, it makes the places for the others, too. */
  g_vfs_get_default ();
  g_io_extension_point_implement (G_TLS_BACKEND_EXTENSION_POINT_NAME, tls_get_type (), "noted", 0);
  g_io_extension_point_implement (G_PROXY_RESOLVER_EXTENSION_POINT_NAME, proxies_get_type (), "noted",
                                  0);

  g_test_add_func ("/warm-up/reads-in-thread", test_reads_in_thread);
  g_test_add_func ("/warm-up/reads-meanwhile", test_reads_meanwhile);

  return g_test_run ();
}
