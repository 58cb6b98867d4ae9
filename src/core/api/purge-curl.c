/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A purge request as a command line of curl. Knows a shell, curl's options, and what of a request nobody
 * else may have; what a request says is asked of the API. It is never given a key: the request is built
 * with one that opens nothing, and what would authorize it is left to variables of the shell. */

#define G_LOG_DOMAIN "purge-curl"

#include "config.h"

#include "purge-curl.h"

#include <string.h>

#define FORM "application/x-www-form-urlencoded"
#define MULTIPART "multipart/form-data"

#define LINE_BREAK " \\\n  "

/* Parameters and headers by which a request is authorized, and what stands in their place. */
static const struct {
  const char *name;
  const char *variable;
} variables[] = {
  { "SecretId", "$SECRET_ID" },
  { "Signature", "$SIGNATURE" },
  { "Nonce", "$NONCE" },
  { "Timestamp", "$TIMESTAMP" },
  { "Token", "$TOKEN" },
  { "X-TC-Timestamp", "$TIMESTAMP" },
  { "X-TC-Token", "$TOKEN" },
};

/* “TC3-HMAC-SHA256 Credential=ID/DATE/cdn/tc3_request, SignedHeaders=…, Signature=…” */
static char *
dup_authorization (const char *value)
{
  const char *id = strchr (value, '=') + 1;
  const char *scope = strchr (strchr (id, '/') + 1, '/');
  const char *signature = strrchr (value, '=') + 1;

  return g_strdup_printf ("%.*s$SECRET_ID/$DATE%.*s$SIGNATURE", (int) (id - value), value,
                          (int) (signature - scope), scope);
}

static char *
dup_stand_in (const char *name,
              const char *value)
{
  if (g_str_equal (name, "Authorization"))
    return dup_authorization (value);

  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    if (g_str_equal (name, variables[i].name))
      return g_strdup (variables[i].variable);

  return NULL;
}

/* In double quotes there are only names and variables of ours, in single quotes nothing means anything.
 * Whether the key has a token only its keyring knows: then the shell leaves the option out. */
static void
append_option (GString    *command,
               const char *option,
               const char *name,
               const char *separator,
               const char *value)
{
  g_autofree char *stand_in = dup_stand_in (name, value);

  g_string_append (command, LINE_BREAK);
  if (stand_in == NULL)
    {
      g_autofree char *text = g_strconcat (name, separator, value, NULL);
      g_autofree char *quoted = g_shell_quote (text);

      g_string_append_printf (command, "%s %s", option, quoted);
    }
  else if (g_str_equal (stand_in, "$TOKEN"))
    {
      g_string_append_printf (command, "${TOKEN:+%s} ${TOKEN:+\"%s%s$TOKEN\"}", option, name,
                              separator);
    }
  else
    {
      g_string_append_printf (command, "%s \"%s%s%s\"", option, name, separator, stand_in);
    }
}

/* curl encodes as the API does: all but unreserved characters. */
static void
append_form (GString    *command,
             const char *form)
{
  g_auto (GStrv) pairs = g_strsplit (form, "&", -1);

  for (gsize i = 0; pairs[i] != NULL; i++)
    {
      char *equals = strchr (pairs[i], '=');
      g_autofree char *value = g_uri_unescape_string (equals + 1, NULL);

      *equals = '\0';
      append_option (command, "--data-urlencode", pairs[i], "=", value);
    }
}

/* Four lines a part: boundary, head, nothing, value; and the last boundary. */
static void
append_parts (GString    *command,
              const char *body)
{
  g_auto (GStrv) lines = g_strsplit (body, "\r\n", -1);

  for (gsize i = 0; *lines[i + 1] != '\0'; i += 4)
    {
      char *name = strchr (lines[i + 1], '"') + 1;

      *strchr (name, '"') = '\0';
      append_option (command, "--form-string", name, "=", lines[i + 3]);
    }
}

static void
append_headers (GString      *command,
                PurgeRequest *request)
{
  append_option (command, "--header", "Content-Type", ": ", purge_request_get_content_type (request));
  for (guint i = 0; i < purge_request_get_n_headers (request); i++)
    {
      const char *value;
      const char *name = purge_request_get_header (request, i, &value);

      append_option (command, "--header", name, ": ", value);
    }
}

static char *
dup_body (PurgeRequest *request)
{
  gsize length;
  const char *bytes = g_bytes_get_data (purge_request_get_body (request), &length);

  return g_strndup (bytes, length);
}

static char *
write_get (PurgeRequest *request)
{
  g_auto (GStrv) halves = g_strsplit (purge_request_get_uri (request), "?", 2);
  g_autofree char *address = g_shell_quote (halves[0]);
  GString *command = g_string_new ("curl --get ");

  g_string_append (command, address);
  append_form (command, halves[1]);

  return g_string_free (command, FALSE);
}

static char *
write_post (PurgeRequest *request)
{
  g_autofree char *address = g_shell_quote (purge_request_get_uri (request));
  g_autofree char *body = dup_body (request);
  const char *type = purge_request_get_content_type (request);
  GString *command = g_string_new ("curl ");

  g_string_append (command, address);
  if (g_str_equal (type, FORM))
    {
      append_form (command, body);
    }
  else if (g_str_has_prefix (type, MULTIPART))
    {
      append_parts (command, body);
    }
  else
    {
      g_autofree char *quoted = g_shell_quote (body);

      append_headers (command, request);
      g_string_append_printf (command, LINE_BREAK "--data-raw %s", quoted);
    }

  return g_string_free (command, FALSE);
}

/* The names of variables, so that whoever follows this sees what they are for; no key is read here. */
static PurgeCredentials *
new_stand_in (void)
{
  g_autoptr (PurgeSecret) key = purge_secret_new ("SECRET_KEY", -1);
  g_autoptr (PurgeSecret) token = purge_secret_new ("TOKEN", -1);

  return purge_credentials_new ("SECRET_ID", key, token);
}

/**
 * purge_curl_dup_command:
 * @api: an API
 * @call: what the request says; its time and its nonce are not looked at
 * @error: return location for %PURGE_ERROR_INVALID_INPUT with a translated sentence
 *
 * Writes the request that purge_api_build_purge() builds as a command for any POSIX shell that has curl.
 * In the place of all that authorizes a request there are variables: `SECRET_ID`, `SIGNATURE`,
 * `TIMESTAMP`, and for API 2.0 `NONCE`, for API 3.0 `DATE` (that of the timestamp, in UTC). `TOKEN` is
 * for a temporary key; where it is empty, no token is sent. All else is in single quotes.
 *
 * Returns: (transfer full) (nullable): the command, without a line end; %NULL with @error set where
 *   the API cannot take what @call says
 */
char *
purge_curl_dup_command (PurgeApi         *api,
                        const PurgeCall  *call,
                        GError          **error)
{
  g_autoptr (PurgeCredentials) credentials = new_stand_in ();
  g_autoptr (PurgeRequest) request = NULL;
  PurgeCall public_call;

  g_return_val_if_fail (PURGE_IS_API (api), NULL);
  g_return_val_if_fail (call != NULL, NULL);

  public_call = *call;
  public_call.timestamp = 1;
  public_call.nonce = 1;
  request = purge_api_build_purge (api, &public_call, credentials, error);
  if (request == NULL)
    return NULL;

  return g_str_equal (purge_request_get_method (request), "GET") ? write_get (request)
                                                                 : write_post (request);
}
