/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What the answer to a harmless question shows of a key. Knows which codes speak of the key, of what
 * it may do and of the account; what a code means otherwise is explained as anywhere else. Knows no
 * key. */

#define G_LOG_DOMAIN "purge-key-verdict"

#include "config.h"

#include "purge-key-verdict.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "purge-code-v3.h"
#include "purge-code.h"
#include "purge-explanation.h"
#include "purge-retirement.h"
#include "purge-sentences.h"

#define MINUTE G_GINT64_CONSTANT (60)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* Below so many of them a time is said in the smaller unit. */
#define FEW 100

/* Tencent’s pages on error codes, of both APIs; those in a family that are not here are judged by the
 * family. */
static const struct
{
  const char      *code;
  PurgeKeyFinding  finding;
} codes[] = {
  { "AuthFailure.InvalidSecretId", PURGE_KEY_BAD_ID },
  { "AuthFailure.SecretIdNotFound", PURGE_KEY_BAD_ID },
  { "AuthFailure.InvalidAuthorization", PURGE_KEY_BAD_ID },
  { "4104", PURGE_KEY_BAD_ID },
  { "AuthFailure", PURGE_KEY_BAD_KEY },
  { "AuthFailure.SignatureFailure", PURGE_KEY_BAD_KEY },
  { "4100", PURGE_KEY_BAD_KEY },
  { "AuthFailure.TokenFailure", PURGE_KEY_BAD_TOKEN },
  { "4105", PURGE_KEY_BAD_TOKEN },
  { "AuthFailure.SignatureExpire", PURGE_KEY_BAD_CLOCK },
  { "4200", PURGE_KEY_BAD_CLOCK },

  { "AuthFailure.UnauthorizedOperation", PURGE_KEY_NOT_ALLOWED },
  { "UnauthorizedOperation", PURGE_KEY_NOT_ALLOWED },
  { "4101", PURGE_KEY_NOT_ALLOWED },
  { "4102", PURGE_KEY_NOT_ALLOWED },
  { "4103", PURGE_KEY_NOT_ALLOWED },
  { "4110", PURGE_KEY_NOT_ALLOWED },

  { "ResourceNotFound.CdnUserNotExists", PURGE_KEY_NO_SERVICE },
  { "ResourceUnavailable.CheckUserHighRisk", PURGE_KEY_NO_SERVICE },
  { "OperationDenied.ProductUpgraded", PURGE_KEY_NO_SERVICE },
  { "OperationDenied.UserMigrating", PURGE_KEY_NO_SERVICE },
  { "UnauthorizedOperation.CdnInvalidUserStatus", PURGE_KEY_NO_SERVICE },
  { "UnauthorizedOperation.CdnUserAuthFail", PURGE_KEY_NO_SERVICE },
  { "UnauthorizedOperation.CdnUserAuthWait", PURGE_KEY_NO_SERVICE },
  { "UnauthorizedOperation.CdnUserIsIsolated", PURGE_KEY_NO_SERVICE },
  { "UnauthorizedOperation.CdnUserIsSuspended", PURGE_KEY_NO_SERVICE },
  { "UnauthorizedOperation.CdnUserNoWhitelist", PURGE_KEY_NO_SERVICE },
  { "UnauthorizedOperation.EcdnMigratedCdn", PURGE_KEY_NO_SERVICE },
  { "UnauthorizedOperation.OpNoAuth", PURGE_KEY_NO_SERVICE },
  { "UnsupportedOperation.OpNoAuth", PURGE_KEY_NO_SERVICE },
  { "1001", PURGE_KEY_NO_SERVICE },
  { "1002", PURGE_KEY_NO_SERVICE },
  { "4300", PURGE_KEY_NO_SERVICE },
  { "5300", PURGE_KEY_NO_SERVICE },
  { "5500", PURGE_KEY_NO_SERVICE },
  { "9111", PURGE_KEY_NO_SERVICE },
  { "9169", PURGE_KEY_NO_SERVICE },
  { "9170", PURGE_KEY_NO_SERVICE },
  { "23103", PURGE_KEY_NO_SERVICE },
  { "25010", PURGE_KEY_NO_SERVICE },

  /* Nothing was purged in that minute: the question was answered. */
  { "-9009", PURGE_KEY_GOOD },
};

/* What the access policy of a key may have to allow. Tencent's message often names one; only what this
 * program needs is believed. */
static const char * const permissions[] = {
  "cdn:DescribePurgeQuota", "cdn:DescribePurgeTasks", "cdn:GetCdnRefreshLog", "cdn:PurgePathCache",
  "cdn:PurgeUrlsCache", "cdn:RefreshCdnDir", "cdn:RefreshCdnUrl",
};

static gboolean
find_code (const char      *code,
           PurgeKeyFinding *finding)
{
  for (guint i = 0; code != NULL && i < G_N_ELEMENTS (codes); i++)
    if (strcmp (codes[i].code, code) == 0)
      {
        *finding = codes[i].finding;
        return TRUE;
      }

  return FALSE;
}

/* The module code is the more exact one. */
static gboolean
find_by_code (const PurgeAnswer *answer,
              PurgeKeyFinding   *finding)
{
  g_autofree char *module = g_strdup_printf ("%d", answer->module_code);

  if (find_code (module, finding) || find_code (answer->code, finding))
    return TRUE;

  *finding = PURGE_KEY_NOT_ALLOWED;
  return answer->code != NULL && g_str_has_prefix (answer->code, "UnauthorizedOperation.");
}

static PurgeKeyFinding
judge (PurgeApiKind        api,
       const char         *endpoint,
       const PurgeOutcome *failure,
       gint64              skew)
{
  PurgeKeyFinding finding;

  if (failure->cause == PURGE_CAUSE_REFUSED_BY_API && find_by_code (&failure->answer, &finding))
    return finding;
  if (purge_retirement_is_likely (api, endpoint, failure))
    return PURGE_KEY_RETIRED;
  if (failure->cause == PURGE_CAUSE_REPLAY && skew != 0)
    return PURGE_KEY_BAD_CLOCK;

  return failure->http_status == 0 ? PURGE_KEY_NOT_REACHED : PURGE_KEY_UNCLEAR;
}

static char *
dup_days (guint    n,
          gboolean behind)
{
  return behind
    ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                    "The clock of this computer is %u day behind Tencent’s.",
                                    "The clock of this computer is %u days behind Tencent’s.", n), n)
    : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                    "The clock of this computer is %u day ahead of Tencent’s.",
                                    "The clock of this computer is %u days ahead of Tencent’s.", n),
                       n);
}

static char *
dup_hours (guint    n,
           gboolean behind)
{
  return behind
    ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                    "The clock of this computer is %u hour behind Tencent’s.",
                                    "The clock of this computer is %u hours behind Tencent’s.", n), n)
    : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                    "The clock of this computer is %u hour ahead of Tencent’s.",
                                    "The clock of this computer is %u hours ahead of Tencent’s.", n),
                       n);
}

static char *
dup_minutes (guint    n,
             gboolean behind)
{
  return behind
    ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                    "The clock of this computer is %u minute behind Tencent’s.",
                                    "The clock of this computer is %u minutes behind Tencent’s.", n),
                       n)
    : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                    "The clock of this computer is %u minute ahead of Tencent’s.",
                                    "The clock of this computer is %u minutes ahead of Tencent’s.",
                                    n), n);
}

/* Rounded; the server being ahead means that this computer is behind. */
static char *
dup_clock (gint64 skew)
{
  gboolean behind = skew > 0;
  gint64 off = CLAMP (skew, -G_MAXINT32, G_MAXINT32);

  off = ABS (off);
  if (off == 0)
    return g_strdup ("");
  if (off < FEW * MINUTE)
    return dup_minutes (MAX ((off + MINUTE / 2) / MINUTE, 1), behind);
  if (off < FEW * HOUR)
    return dup_hours ((off + HOUR / 2) / HOUR, behind);

  return dup_days ((off + DAY / 2) / DAY, behind);
}

static const char *
find_permission (PurgeApiKind  api,
                 const char   *message)
{
  for (guint i = 0; message != NULL && i < G_N_ELEMENTS (permissions); i++)
    {
      const char *found = strstr (message, permissions[i]);

      if (found != NULL && !g_ascii_isalnum (found[strlen (permissions[i])]))
        return permissions[i];
    }

  return api == PURGE_API_KIND_2_0 ? "cdn:GetCdnRefreshLog" : "cdn:DescribePurgeQuota";
}

static void
say (PurgeKeyVerdict *self,
     const char      *sentence,
     const char      *next_step)
{
  char *before[] = { self->sentence, self->next_step };

  /* What is said may be what was said before. */
  self->sentence = g_strdup (sentence);
  self->next_step = g_strdup (next_step);
  g_free (before[0]);
  g_free (before[1]);
}

static void
say_not_allowed (PurgeKeyVerdict *self,
                 PurgeApiKind     api)
{
  const char *permission = find_permission (api, self->message);

  g_free (self->sentence);
  g_free (self->next_step);
  /* Translators: %s is the name of a permission of Tencent's, cdn:DescribePurgeQuota. */
  self->sentence = g_strdup_printf (_("Tencent knows the key, but the key lacks the permission %s."),
                                    permission);
  /* Translators: %s is the name of a permission of Tencent's, cdn:DescribePurgeQuota. */
  self->next_step = g_strdup_printf (_("Ask the owner of the Tencent Cloud account to allow %s in the "
                                       "access policy (CAM) of this key."), permission);
}

/* Whether the tables of codes have a sentence of exactly this code, and not only of its family. */
static gboolean
is_explained (const PurgeAnswer *answer)
{
  if (answer->module_code != 0)
    return purge_code_find_module (answer->module_code) != NULL;

  return purge_code_find_common (answer->code) != NULL || purge_code_v3_find (answer->code) != NULL;
}

/* The explanations speak of purges. Whether one was carried out is no question here, and there is
 * nothing to check. */
static void
say_unclear (PurgeKeyVerdict    *self,
             const PurgeOutcome *failure)
{
  if (failure->cause == PURGE_CAUSE_REFUSED_BY_API && !is_explained (&failure->answer))
    say (self, _("Tencent refused the test with a code that this program does not know."),
         _("Read Tencent’s message. If it does not help, show it to Tencent’s support."));
  else if (failure->cause == PURGE_CAUSE_TOO_MANY_REQUESTS)
    say (self, _("The server asked for fewer requests."), _("Wait a minute, then test again."));
  else if (failure->cause == PURGE_CAUSE_REDIRECTED)
    say (self, _("The server pointed to another address: a sign-in page, or the endpoint is wrong."),
         _("Sign in to the network in a web browser, check the endpoint, then test again."));
  else if (failure->cause == PURGE_CAUSE_WEB_PAGE)
    say (self, self->sentence, _("Sign in to the network in a web browser, then test again."));
  else if (failure->event == PURGE_BATCH_EVENT_LOST)
    say (self, self->sentence, _("Test again in a moment. If it stays so, check the network "
                                 "connection and the endpoint of the account."));
}

static void
say_retired (PurgeKeyVerdict    *self,
             const PurgeOutcome *failure)
{
  if (failure->event == PURGE_BATCH_EVENT_LOST &&
      purge_code_find_common (failure->answer.code) == NULL)
    say (self, _("Tencent has taken this interface out of service."), "");
}

/* As for a batch; of one that is lost only what is known without the code, whose sentence says that
 * the purge may have been carried out. */
static PurgeExplanation *
explain (PurgeKeyFinding     finding,
         const PurgeOutcome *failure)
{
  g_autoptr (PurgeOutcome) bare = NULL;
  PurgeBatchState state;

  if (!purge_batch_state_move (PURGE_BATCH_SENDING, failure->event, &state))
    state = PURGE_BATCH_UNKNOWN;
  if (finding == PURGE_KEY_RETIRED || failure->event != PURGE_BATCH_EVENT_LOST)
    return purge_explanation_new (state, failure);

  bare = purge_outcome_new (failure->event, failure->cause);
  bare->http_status = failure->http_status;
  return purge_explanation_new (state, bare);
}

static void
say_clock (PurgeKeyVerdict *self,
           const char      *sentence,
           gint64           skew,
           const char      *next_step)
{
  g_autofree char *clock = dup_clock (skew);
  g_autofree char *both = purge_sentences_join (sentence, clock);

  say (self, both, next_step);
}

static void
say_good (PurgeKeyVerdict *self,
          PurgeApiKind     api,
          gint64           skew)
{
  gboolean is_old = api == PURGE_API_KIND_2_0;
  const char *sentence = is_old
    ? _("The key works: Tencent knows it, and it may read the log of purges.")
    : _("The key works: Tencent knows it, and it may read the quota.");

  if (skew != 0)
    {
      self->finding = PURGE_KEY_GOOD_BUT_CLOCK;
      say_clock (self, sentence, skew,
                 _("Set the date, the time and the time zone of this computer. Until then this "
                   "program signs with Tencent’s time."));
      return;
    }

  self->finding = PURGE_KEY_GOOD;
  say (self, sentence, is_old
         ? _("Whether it may purge as well shows only when it does: that takes the permissions "
             "cdn:RefreshCdnDir and cdn:RefreshCdnUrl.")
         : _("Whether it may purge as well shows only when it does: that takes the permissions "
             "cdn:PurgePathCache, cdn:PurgeUrlsCache and cdn:DescribePurgeTasks."));
}

static void
say_failure (PurgeKeyVerdict    *self,
             PurgeApiKind        api,
             const char         *endpoint,
             const PurgeOutcome *failure,
             gint64              skew)
{
  g_autoptr (PurgeExplanation) explanation = explain (self->finding, failure);

  say (self, explanation->sentence, explanation->next_step);
  if (self->finding == PURGE_KEY_NOT_ALLOWED)
    say_not_allowed (self, api);
  else if (self->finding == PURGE_KEY_BAD_CLOCK)
    say_clock (self, _("Tencent refused the request for its time."), skew,
               _("Set the date, the time and the time zone of this computer, then test again."));
  else if (self->finding == PURGE_KEY_RETIRED)
    say_retired (self, failure);
  else if (self->finding == PURGE_KEY_NOT_REACHED || self->finding == PURGE_KEY_UNCLEAR)
    say_unclear (self, failure);

  if (!purge_retirement_is_likely (api, endpoint, failure))
    return;

  g_free (explanation->next_step);
  explanation->next_step = g_strdup (self->next_step);
  purge_explanation_mention_retirement (explanation);
  say (self, self->sentence, explanation->next_step);
}

/**
 * purge_key_verdict_new:
 * @api: the API that was asked
 * @endpoint: where, as purge_endpoint_to_string() has it
 * @failure: (nullable): what became of a question that changes nothing, or %NULL where it was answered
 * @skew: how far the server is ahead of this computer, in seconds, where it refused the time; else 0
 *
 * Judges a key.
 *
 * Returns: (transfer full): the verdict
 */
PurgeKeyVerdict *
purge_key_verdict_new (PurgeApiKind        api,
                       const char         *endpoint,
                       const PurgeOutcome *failure,
                       gint64              skew)
{
  PurgeKeyVerdict *self;

  g_return_val_if_fail (failure == NULL || failure->event != PURGE_BATCH_EVENT_ACCEPTED, NULL);

  self = g_new0 (PurgeKeyVerdict, 1);
  self->finding = failure != NULL ? judge (api, endpoint, failure, skew) : PURGE_KEY_GOOD;
  if (self->finding == PURGE_KEY_GOOD)
    {
      say_good (self, api, skew);
      return self;
    }

  self->code = g_strdup (failure->answer.code);
  self->message = g_strdup (failure->answer.message);
  say_failure (self, api, endpoint, failure, skew);
  return self;
}

/**
 * purge_key_verdict_free:
 * @self: (transfer full): a verdict
 */
void
purge_key_verdict_free (PurgeKeyVerdict *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->sentence);
  g_free (self->next_step);
  g_free (self->code);
  g_free (self->message);
  g_free (self);
}
