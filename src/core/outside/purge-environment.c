/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What the process finds itself in. Knows which variables turn the libraries below this program
 * against its secrets, and drops them; knows a sandbox from the open system. */

#define G_LOG_DOMAIN "purge-environment"

#include "config.h"

#include "purge-environment.h"

#include <errno.h>
#include <sys/resource.h>

static const char *const dangerous[] = {
  "SSLKEYLOGFILE",             /* GnuTLS writes the keys of every connection into that file */
  "G_TLS_GNUTLS_PRIORITY",     /* glib-networking would take TLS 1.0 and weak ciphers */
  "SECRET_BACKEND",            /* libsecret would use another store than the system's keyring */
  "SECRET_FILE_TEST_PATH",     /* ... the file of somebody's choice */
  "SECRET_FILE_TEST_PASSWORD", /* ... with a password that somebody knows */
  "SECRET_SERVICE_BUS_NAME",   /* libsecret would give the keys to that bus name */
};

/**
 * purge_environment_harden:
 *
 * Drops the variables that would write secrets somewhere or weaken their protection, and forbids
 * core dumps. To be called first in `main`: the environment may not be changed once there are
 * threads.
 */
void
purge_environment_harden (void)
{
  const struct rlimit none = { 0, 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (dangerous); i++)
    g_unsetenv (dangerous[i]);

  if (setrlimit (RLIMIT_CORE, &none) != 0)
    g_warning ("Core dumps could not be forbidden: %s", g_strerror (errno));
}

/**
 * purge_environment_is_sandboxed:
 *
 * Returns: whether the program runs in a Flatpak or a Snap, by the signs that libsecret goes by
 */
gboolean
purge_environment_is_sandboxed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) || g_getenv ("SNAP_NAME") != NULL;
}
