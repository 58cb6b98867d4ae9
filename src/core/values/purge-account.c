/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* All that is known of an account but its secrets. */

#define G_LOG_DOMAIN "purge-account"

#include "config.h"

#include "purge-account.h"

#include <glib/gi18n-lib.h>

#include "purge-error.h"

#define NAME_MAX_CHARACTERS 80

struct _PurgeAccount
{
  GObject               parent_instance;

  char                 *uuid;
  char                 *name;
  PurgeApiKind          api;
  PurgeForm             form;
  PurgeSignatureMethod  signature;
  PurgeEndpoint        *endpoint;
  guint                 daily_quota;
  guint                 key_serial;
};

G_DEFINE_ENUM_TYPE (PurgeApiKind, purge_api_kind,
  G_DEFINE_ENUM_VALUE (PURGE_API_KIND_2_0, "2.0"),
  G_DEFINE_ENUM_VALUE (PURGE_API_KIND_3_0, "3.0"),
  G_DEFINE_ENUM_VALUE (PURGE_API_KIND_3_0_INTL, "3.0-intl"))

G_DEFINE_ENUM_TYPE (PurgeForm, purge_form,
  G_DEFINE_ENUM_VALUE (PURGE_FORM_POST, "post"),
  G_DEFINE_ENUM_VALUE (PURGE_FORM_MULTIPART, "multipart"),
  G_DEFINE_ENUM_VALUE (PURGE_FORM_GET, "get"))

G_DEFINE_ENUM_TYPE (PurgeSignatureMethod, purge_signature_method,
  G_DEFINE_ENUM_VALUE (PURGE_SIGNATURE_HMAC_SHA256, "HmacSHA256"),
  G_DEFINE_ENUM_VALUE (PURGE_SIGNATURE_HMAC_SHA1, "HmacSHA1"))

G_DEFINE_FINAL_TYPE (PurgeAccount, purge_account, G_TYPE_OBJECT)

typedef enum {
  PROP_UUID = 1,
  PROP_NAME,
  PROP_API,
  PROP_FORM,
  PROP_SIGNATURE,
  PROP_ENDPOINT,
  PROP_DAILY_QUOTA,
  PROP_KEY_SERIAL,
} PurgeAccountProperty;

static GParamSpec *properties[PROP_KEY_SERIAL + 1];

static gboolean
set_string (char       **field,
            const char  *value)
{
  if (g_strcmp0 (*field, value) == 0)
    return FALSE;

  g_free (*field);
  *field = g_strdup (value);
  return TRUE;
}

static gboolean
set_endpoint (PurgeAccount  *self,
              PurgeEndpoint *endpoint)
{
  if (self->endpoint == endpoint ||
      (self->endpoint != NULL && endpoint != NULL && purge_endpoint_equal (self->endpoint, endpoint)))
    return FALSE;

  g_clear_pointer (&self->endpoint, purge_endpoint_unref);
  self->endpoint = endpoint != NULL ? purge_endpoint_ref (endpoint) : NULL;
  return TRUE;
}

#define SET_NUMBER(field, value) ((field) != (value) ? ((field) = (value), TRUE) : FALSE)

static void
purge_account_finalize (GObject *object)
{
  PurgeAccount *self = PURGE_ACCOUNT (object);

  g_free (self->uuid);
  g_free (self->name);
  g_clear_pointer (&self->endpoint, purge_endpoint_unref);

  G_OBJECT_CLASS (purge_account_parent_class)->finalize (object);
}

static void
purge_account_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  PurgeAccount *self = PURGE_ACCOUNT (object);

  switch ((PurgeAccountProperty) property_id)
    {
    case PROP_UUID:
      g_value_set_string (value, self->uuid);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_API:
      g_value_set_enum (value, self->api);
      break;
    case PROP_FORM:
      g_value_set_enum (value, self->form);
      break;
    case PROP_SIGNATURE:
      g_value_set_enum (value, self->signature);
      break;
    case PROP_ENDPOINT:
      g_value_set_boxed (value, self->endpoint);
      break;
    case PROP_DAILY_QUOTA:
      g_value_set_uint (value, self->daily_quota);
      break;
    case PROP_KEY_SERIAL:
      g_value_set_uint (value, self->key_serial);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_account_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  PurgeAccount *self = PURGE_ACCOUNT (object);
  gboolean changed = FALSE;

  switch ((PurgeAccountProperty) property_id)
    {
    case PROP_UUID:
      changed = set_string (&self->uuid, g_value_get_string (value));
      break;
    case PROP_NAME:
      changed = set_string (&self->name, g_value_get_string (value));
      break;
    case PROP_API:
      changed = SET_NUMBER (self->api, (PurgeApiKind) g_value_get_enum (value));
      break;
    case PROP_FORM:
      changed = SET_NUMBER (self->form, (PurgeForm) g_value_get_enum (value));
      break;
    case PROP_SIGNATURE:
      changed = SET_NUMBER (self->signature, (PurgeSignatureMethod) g_value_get_enum (value));
      break;
    case PROP_ENDPOINT:
      changed = set_endpoint (self, g_value_get_boxed (value));
      break;
    case PROP_DAILY_QUOTA:
      changed = SET_NUMBER (self->daily_quota, g_value_get_uint (value));
      break;
    case PROP_KEY_SERIAL:
      changed = SET_NUMBER (self->key_serial, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }

  if (changed)
    g_object_notify_by_pspec (object, pspec);
}

static void
purge_account_class_init (PurgeAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = purge_account_finalize;
  object_class->get_property = purge_account_get_property;
  object_class->set_property = purge_account_set_property;

  properties[PROP_UUID] =
    g_param_spec_string ("uuid", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_API] =
    g_param_spec_enum ("api", NULL, NULL, PURGE_TYPE_API_KIND, PURGE_API_KIND_2_0, flags);
  properties[PROP_FORM] =
    g_param_spec_enum ("form", NULL, NULL, PURGE_TYPE_FORM, PURGE_FORM_POST, flags);
  properties[PROP_SIGNATURE] =
    g_param_spec_enum ("signature", NULL, NULL, PURGE_TYPE_SIGNATURE_METHOD,
                       PURGE_SIGNATURE_HMAC_SHA256, flags);
  properties[PROP_ENDPOINT] =
    g_param_spec_boxed ("endpoint", NULL, NULL, PURGE_TYPE_ENDPOINT, flags);
  properties[PROP_DAILY_QUOTA] =
    g_param_spec_uint ("daily-quota", NULL, NULL, 1, G_MAXINT, PURGE_DEFAULT_DAILY_QUOTA, flags);
  properties[PROP_KEY_SERIAL] =
    g_param_spec_uint ("key-serial", NULL, NULL, 0, G_MAXINT, 0, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
purge_account_init (PurgeAccount *self)
{
  self->daily_quota = PURGE_DEFAULT_DAILY_QUOTA;
}

/**
 * purge_api_kind_has_forms:
 * @kind: an API
 *
 * Returns: whether its requests can be made in several forms and signed by several methods; where not,
 *   the form and the signature method of an account mean nothing
 */
gboolean
purge_api_kind_has_forms (PurgeApiKind kind)
{
  return kind == PURGE_API_KIND_2_0;
}

/**
 * purge_api_kind_has_areas:
 * @kind: an API
 *
 * Returns: whether a purge can say in which area; where not, it is in mainland China
 */
gboolean
purge_api_kind_has_areas (PurgeApiKind kind)
{
  return kind != PURGE_API_KIND_2_0;
}

/**
 * purge_account_new:
 * @uuid: (nullable): its UUID, or %NULL for a new one
 * @name: what the person calls it
 *
 * Returns: (transfer full): an account with the defaults: API 2.0, POST, HmacSHA256, 100 a day
 */
PurgeAccount *
purge_account_new (const char *uuid,
                   const char *name)
{
  g_autofree char *fresh = uuid == NULL ? g_uuid_string_random () : NULL;

  g_return_val_if_fail (name != NULL, NULL);

  return g_object_new (PURGE_TYPE_ACCOUNT,
                       "uuid", uuid != NULL ? uuid : fresh,
                       "name", name,
                       NULL);
}

/**
 * purge_account_copy:
 * @self: an account
 *
 * Returns: (transfer full): an account of the same UUID that can be changed without anybody noticing
 */
PurgeAccount *
purge_account_copy (PurgeAccount *self)
{
  g_return_val_if_fail (PURGE_IS_ACCOUNT (self), NULL);

  return g_object_new (PURGE_TYPE_ACCOUNT,
                       "uuid", self->uuid,
                       "name", self->name,
                       "api", self->api,
                       "form", self->form,
                       "signature", self->signature,
                       "endpoint", self->endpoint,
                       "daily-quota", self->daily_quota,
                       "key-serial", self->key_serial,
                       NULL);
}

/**
 * purge_account_get_uuid:
 * @self: an account
 *
 * Returns: (transfer none): what the keyring item and the journal call it
 */
const char *
purge_account_get_uuid (PurgeAccount *self)
{
  g_return_val_if_fail (PURGE_IS_ACCOUNT (self), NULL);

  return self->uuid;
}

/**
 * purge_account_get_name:
 * @self: an account
 *
 * Returns: (transfer none): what the person calls it
 */
const char *
purge_account_get_name (PurgeAccount *self)
{
  g_return_val_if_fail (PURGE_IS_ACCOUNT (self), NULL);

  return self->name;
}

/**
 * purge_account_get_api:
 * @self: an account
 *
 * Returns: which API it speaks
 */
PurgeApiKind
purge_account_get_api (PurgeAccount *self)
{
  g_return_val_if_fail (PURGE_IS_ACCOUNT (self), PURGE_API_KIND_2_0);

  return self->api;
}

/**
 * purge_account_get_form:
 * @self: an account
 *
 * Returns: how its requests go on the wire
 */
PurgeForm
purge_account_get_form (PurgeAccount *self)
{
  g_return_val_if_fail (PURGE_IS_ACCOUNT (self), PURGE_FORM_POST);

  return self->form;
}

/**
 * purge_account_get_signature:
 * @self: an account
 *
 * Returns: how its requests are signed
 */
PurgeSignatureMethod
purge_account_get_signature (PurgeAccount *self)
{
  g_return_val_if_fail (PURGE_IS_ACCOUNT (self), PURGE_SIGNATURE_HMAC_SHA256);

  return self->signature;
}

/**
 * purge_account_get_endpoint:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): its custom endpoint, or %NULL for the API's own
 */
PurgeEndpoint *
purge_account_get_endpoint (PurgeAccount *self)
{
  g_return_val_if_fail (PURGE_IS_ACCOUNT (self), NULL);

  return self->endpoint;
}

/**
 * purge_account_get_daily_quota:
 * @self: an account
 *
 * Returns: how many directories it may purge a day
 */
guint
purge_account_get_daily_quota (PurgeAccount *self)
{
  g_return_val_if_fail (PURGE_IS_ACCOUNT (self), 0);

  return self->daily_quota;
}

/**
 * purge_account_get_quota:
 * @self: an account
 * @kind: of what
 *
 * Returns: how many may be purged a day, as far as is known without asking the server
 */
guint
purge_account_get_quota (PurgeAccount *self,
                         PurgeKind     kind)
{
  g_return_val_if_fail (PURGE_IS_ACCOUNT (self), 0);

  return kind == PURGE_KIND_URL ? PURGE_DEFAULT_DAILY_URL_QUOTA : self->daily_quota;
}

/**
 * purge_account_get_key_serial:
 * @self: an account
 *
 * Returns: which of its keys is in the keyring now
 */
guint
purge_account_get_key_serial (PurgeAccount *self)
{
  g_return_val_if_fail (PURGE_IS_ACCOUNT (self), 0);

  return self->key_serial;
}

/**
 * purge_account_clean_name:
 * @typed: what a person typed
 * @error: return location for %PURGE_ERROR_INVALID_INPUT with a translated sentence
 *
 * Returns: (transfer full) (nullable): the name without blanks around it, or %NULL with @error set
 */
char *
purge_account_clean_name (const char  *typed,
                          GError     **error)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (typed != NULL, NULL);

  if (!g_utf8_validate (typed, -1, NULL))
    {
      g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
                           _("The name is not valid UTF-8 text. Type it again."));
      return NULL;
    }

  name = g_strstrip (g_strdup (typed));
  if (*name == '\0')
    {
      g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
                           _("The account has no name. Give it one that you will recognise."));
      return NULL;
    }

  if (g_utf8_strlen (name, -1) > NAME_MAX_CHARACTERS)
    {
      g_set_error (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
                   _("The name is longer than %d characters. Choose a shorter one."),
                   NAME_MAX_CHARACTERS);
      return NULL;
    }

  for (const char *c = name; *c != '\0'; c = g_utf8_next_char (c))
    if (!g_unichar_isprint (g_utf8_get_char (c)))
      {
        g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
                             _("The name has an invisible character in it. Type it again."));
        return NULL;
      }

  return g_steal_pointer (&name);
}
