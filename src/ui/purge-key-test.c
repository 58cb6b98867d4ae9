/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The test of a key, as a person sees it. Shows a verdict; what it is based on is not known here, and
 * neither is the key any longer than it is tried. */

#define G_LOG_DOMAIN "purge-key-test"

#include "config.h"

#include "purge-key-test.h"

#include <glib/gi18n-lib.h>

#include "purge-format.h"
#include "purge-probe.h"
#include "purge-sentences.h"

/* A message of a server may be long, and the dialog has more to show. */
#define LONGEST_MESSAGE 300

struct _PurgeKeyTest
{
  AdwBin        parent_instance;

  GCancellable *trying;
  PurgeSession *session;
  PurgeAccount *stored;

  GtkWidget    *result;
  GtkImage     *icon;
  GtkLabel     *word;
  GtkLabel     *text;
  GtkLabel     *said;
};

G_DEFINE_FINAL_TYPE (PurgeKeyTest, purge_key_test, ADW_TYPE_BIN)

typedef enum {
  PROP_RUNNING = 1,
} PurgeKeyTestProperty;

static GParamSpec *properties[PROP_RUNNING + 1];

typedef struct {
  const char *word;
  const char *icon;
  const char *style;
} Look;

/* Never by colour alone: every finding has a word and an icon. */
static const Look looks[] = {
  /* Translators: in a few words, what the test of a key has found */
  [PURGE_KEY_GOOD] = { N_("Good key"), "purge-accepted-symbolic", "success" },
  [PURGE_KEY_GOOD_BUT_CLOCK] = { N_("Good key, wrong clock"), "purge-waiting-symbolic", "warning" },
  [PURGE_KEY_BAD_ID] = { N_("Unknown SecretId"), "purge-rejected-symbolic", "error" },
  [PURGE_KEY_BAD_KEY] = { N_("Key not accepted"), "purge-rejected-symbolic", "error" },
  [PURGE_KEY_BAD_TOKEN] = { N_("Token not accepted"), "purge-rejected-symbolic", "error" },
  [PURGE_KEY_NOT_ALLOWED] = { N_("Permission missing"), "purge-rejected-symbolic", "error" },
  [PURGE_KEY_BAD_CLOCK] = { N_("Wrong clock"), "purge-waiting-symbolic", "error" },
  [PURGE_KEY_NO_SERVICE] = { N_("Account not served"), "purge-rejected-symbolic", "error" },
  [PURGE_KEY_RETIRED] = { N_("API 2.0 may have ended"), "purge-rejected-symbolic", "error" },
  [PURGE_KEY_NOT_REACHED] = { N_("Not reached"), "purge-unknown-symbolic", "warning" },
  [PURGE_KEY_UNCLEAR] = { N_("No clear answer"), "purge-unknown-symbolic", "warning" },
};

static void
set_trying (PurgeKeyTest *self,
            GCancellable *cancellable)
{
  if (g_set_object (&self->trying, cancellable))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

static void
show (PurgeKeyTest *self,
      const Look   *look,
      const char   *text,
      const char   *said)
{
  const char *styles[] = { look->style, NULL };

  gtk_image_set_from_icon_name (self->icon, look->icon);
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), styles);
  gtk_label_set_label (self->word, _(look->word));
  gtk_label_set_label (self->text, text);
  gtk_label_set_label (self->said, said);
  gtk_widget_set_visible (GTK_WIDGET (self->said), *said != '\0');
  gtk_widget_set_visible (self->result, TRUE);
}

static char *
dup_said (const PurgeKeyVerdict *verdict)
{
  g_autofree char *code = purge_format_code_line (verdict->code, NULL, NULL);
  g_autofree char *message = purge_format_server_text (verdict->message, LONGEST_MESSAGE);

  return g_strjoin (*code != '\0' && *message != '\0' ? "\n" : "", code, message, NULL);
}

static void
on_tried_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (PurgeKeyTest) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PurgeServerQuota) quota = NULL;
  g_autoptr (PurgeKeyVerdict) verdict =
    purge_probe_finish (PURGE_WORKSPACE (source), result, &quota, &error);
  g_autofree char *text = NULL;
  g_autofree char *said = NULL;

  if (self->result == NULL)
    return;

  /* What was told of a key that was typed, and may never be stored, is nobody's quota. */
  if (self->stored != NULL && quota != NULL && quota->failure == NULL)
    purge_quota_asker_remember (purge_quotas_get_asker (purge_session_get_quotas (self->session)),
                                self->stored, quota);

  if (verdict != NULL)
    {
      text = purge_sentences_join (verdict->sentence, verdict->next_step);
      said = dup_said (verdict);
      show (self, &looks[verdict->finding], text, said);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      show (self, &looks[PURGE_KEY_NOT_REACHED], error->message, "");
    }

  set_trying (self, NULL);
}

static void
purge_key_test_dispose (GObject *object)
{
  PurgeKeyTest *self = PURGE_KEY_TEST (object);

  g_cancellable_cancel (self->trying);
  g_clear_object (&self->trying);
  g_clear_object (&self->stored);
  g_clear_object (&self->session);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PURGE_TYPE_KEY_TEST);

  G_OBJECT_CLASS (purge_key_test_parent_class)->dispose (object);
}

static void
purge_key_test_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch ((PurgeKeyTestProperty) property_id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, purge_key_test_get_running (PURGE_KEY_TEST (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_key_test_class_init (PurgeKeyTestClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = purge_key_test_dispose;
  object_class->get_property = purge_key_test_get_property;

  properties[PROP_RUNNING] =
    g_param_spec_boolean ("running", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/cdn_purge/CdnPurge/purge-key-test.ui");
  gtk_widget_class_bind_template_child (widget_class, PurgeKeyTest, result);
  gtk_widget_class_bind_template_child (widget_class, PurgeKeyTest, icon);
  gtk_widget_class_bind_template_child (widget_class, PurgeKeyTest, word);
  gtk_widget_class_bind_template_child (widget_class, PurgeKeyTest, text);
  gtk_widget_class_bind_template_child (widget_class, PurgeKeyTest, said);
}

static void
purge_key_test_init (PurgeKeyTest *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * purge_key_test_start:
 * @self: a key test that is not running
 * @session: what to ask with
 * @account: an account, which need not be stored
 * @credentials: (nullable): the key to try, or %NULL for the stored one
 *
 * Asks the server something harmless, and then shows what came of it.
 */
void
purge_key_test_start (PurgeKeyTest     *self,
                      PurgeSession     *session,
                      PurgeAccount     *account,
                      PurgeCredentials *credentials)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_return_if_fail (PURGE_IS_KEY_TEST (self));
  g_return_if_fail (!purge_key_test_get_running (self));

  purge_key_test_clear (self);
  g_set_object (&self->session, session);
  g_clear_object (&self->stored);
  if (credentials == NULL)
    self->stored = g_object_ref (account);
  set_trying (self, cancellable);
  purge_probe_async (purge_session_get_workspace (session), account, credentials, cancellable,
                     on_tried_cb, g_object_ref (self));
}

/**
 * purge_key_test_cancel:
 * @self: a key test
 *
 * Gives up what is running; then nothing is shown.
 */
void
purge_key_test_cancel (PurgeKeyTest *self)
{
  g_return_if_fail (PURGE_IS_KEY_TEST (self));

  g_cancellable_cancel (self->trying);
}

/**
 * purge_key_test_clear:
 * @self: a key test
 *
 * Shows nothing, since what was tried is not what stands in the form any more.
 */
void
purge_key_test_clear (PurgeKeyTest *self)
{
  g_return_if_fail (PURGE_IS_KEY_TEST (self));

  gtk_widget_set_visible (self->result, FALSE);
}

/**
 * purge_key_test_get_running:
 * @self: a key test
 *
 * Returns: whether it is running
 */
gboolean
purge_key_test_get_running (PurgeKeyTest *self)
{
  g_return_val_if_fail (PURGE_IS_KEY_TEST (self), FALSE);

  return self->trying != NULL;
}
