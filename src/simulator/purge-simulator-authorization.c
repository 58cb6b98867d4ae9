/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Takes the header Authorization of API 3.0 apart:
 *
 *   TC3-HMAC-SHA256 Credential=ID/DATE/SERVICE/tc3_request, SignedHeaders=A;B, Signature=HEX
 *
 * Knows its form, and neither whether it is true nor who may ask. */

#define G_LOG_DOMAIN "purge-simulator-authorization"

#include "config.h"

#include "purge-simulator-authorization.h"

#include <string.h>

#define ALGORITHM "TC3-HMAC-SHA256 "
#define TERMINATOR "tc3_request"

static char *
dup_value (const char *field,
           const char *name)
{
  gsize length = strlen (name);

  return g_str_has_prefix (field, name) && field[length] == '=' ? g_strdup (field + length + 1)
                                                                 : NULL;
}

static gboolean
take_credential (PurgeSimulatorAuthorization *self,
                 const char                  *credential)
{
  g_auto (GStrv) parts = g_strsplit (credential, "/", -1);

  if (g_strv_length (parts) != 4 || !g_str_equal (parts[3], TERMINATOR))
    return FALSE;

  self->secret_id = g_strdup (parts[0]);
  self->date = g_strdup (parts[1]);
  self->service = g_strdup (parts[2]);
  return TRUE;
}

/* In order and without a repetition: then there is one way only to sign the same headers. */
static gboolean
take_names (PurgeSimulatorAuthorization *self)
{
  self->names = g_strsplit (self->signed_headers, ";", -1);

  for (guint i = 0; self->names[i] != NULL; i++)
    {
      const char *name = self->names[i];
      g_autofree char *small = g_ascii_strdown (name, -1);

      if (*name == '\0' || !g_str_equal (name, small))
        return FALSE;
      if (i > 0 && strcmp (self->names[i - 1], name) >= 0)
        return FALSE;
    }

  return g_strv_contains ((const char * const *) self->names, "content-type")
         && g_strv_contains ((const char * const *) self->names, "host");
}

static gboolean
take_fields (PurgeSimulatorAuthorization *self,
             char                       **fields)
{
  g_autofree char *credential = NULL;

  if (g_strv_length (fields) != 3)
    return FALSE;

  credential = dup_value (g_strstrip (fields[0]), "Credential");
  self->signed_headers = dup_value (g_strstrip (fields[1]), "SignedHeaders");
  self->signature = dup_value (g_strstrip (fields[2]), "Signature");

  return credential != NULL && self->signed_headers != NULL && self->signature != NULL
         && take_credential (self, credential) && take_names (self);
}

/**
 * purge_simulator_authorization_parse:
 * @text: the value of the header
 *
 * Returns: (transfer full) (nullable): its parts, or %NULL where it has another form
 */
PurgeSimulatorAuthorization *
purge_simulator_authorization_parse (const char *text)
{
  g_autoptr (PurgeSimulatorAuthorization) self = g_new0 (PurgeSimulatorAuthorization, 1);
  g_auto (GStrv) fields = NULL;

  if (!g_str_has_prefix (text, ALGORITHM))
    return NULL;

  fields = g_strsplit (text + strlen (ALGORITHM), ",", -1);
  return take_fields (self, fields) ? g_steal_pointer (&self) : NULL;
}

/**
 * purge_simulator_authorization_free:
 * @self: (transfer full): the parts of a header
 */
void
purge_simulator_authorization_free (PurgeSimulatorAuthorization *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->secret_id);
  g_free (self->date);
  g_free (self->service);
  g_free (self->signed_headers);
  g_strfreev (self->names);
  g_free (self->signature);
  g_free (self);
}
