/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-code-v3.h"

#include <string.h>

#include <json-glib/json-glib.h>

#include "purge-explanation.h"

/* Codes whose official texts say the same thing. */
static const char * const shared[][7] = {
  { "InternalError.CdnQueryParamError", "InternalError.CdnQuerySystemError",
    "InternalError.DataSystemError" },
  { "InternalError.Error", "InternalError.InvalidErrorCode", "InternalError.ProxyServer",
    "InternalError.RouteError", "InternalError.UnknownError",
    "UnauthorizedOperation.CdnUserInvalidCredential", "UnauthorizedOperation.CsrfError" },
  { "InvalidParameter.CDNStatusInvalidDomain", "InvalidParameter.CdnHostInvalidStatus" },
  { "InvalidParameter.CdnConfigInvalidHost", "InvalidParameter.CdnHostInvalidParam" },
  { "InvalidParameter.CdnInterfaceError", "InvalidParameter.EcdnInterfaceError" },
  { "LimitExceeded.CdnPurgeExceedBatchLimit", "LimitExceeded.CdnPurgeUrlExceedBatchLimit" },
  { "LimitExceeded.CdnPurgeExceedDayLimit", "LimitExceeded.CdnPurgeUrlExceedDayLimit" },
  { "ResourceNotFound.CdnHostNotExists", "ResourceNotFound.EcdnDomainNotExists" },
  { "UnauthorizedOperation", "UnauthorizedOperation.Unknown" },
  { "UnauthorizedOperation.OpNoAuth", "UnsupportedOperation.OpNoAuth" },
};

/* Those of all products, which the CDN's own list does not have. */
static const char * const common[] = {
  "ActionOffline", "AuthFailure.InvalidSecretId", "AuthFailure.MFAFailure",
  "AuthFailure.SecretIdNotFound", "AuthFailure.SignatureExpire", "AuthFailure.SignatureFailure",
  "AuthFailure.TokenFailure", "AuthFailure.UnauthorizedOperation", "DryRunOperation",
  "InvalidAction", "InvalidRequest", "IpInBlacklist", "IpNotInWhitelist", "NoSuchProduct",
  "NoSuchVersion", "OperationDenied", "RequestLimitExceeded",
  "RequestLimitExceeded.GlobalRegionUinLimitExceeded", "RequestLimitExceeded.IPLimitExceeded",
  "RequestLimitExceeded.UinLimitExceeded", "RequestSizeLimitExceeded", "ResourceInUse",
  "ResourceInsufficient", "ResponseSizeLimitExceeded", "ServiceUnavailable",
  "UnsupportedOperation", "UnsupportedProtocol", "UnsupportedRegion", NULL,
};

/* Those that Tencent's pages name for the purge interfaces. */
static const char * const documented[] = {
  "AuthFailure.InvalidAuthorization", "FailedOperation", "InternalError",
  "InternalError.CamSystemError", "InternalError.CdnConfigError", "InternalError.CdnDbError",
  "InternalError.CdnQueryParamError", "InternalError.CdnQuerySystemError",
  "InternalError.CdnSystemError", "InternalError.Error", "InternalError.ProxyServer",
  "InvalidParameter", "InvalidParameter.CdnHostInvalidStatus", "InvalidParameter.CdnInterfaceError",
  "InvalidParameter.CdnParamError", "InvalidParameter.CdnPurgeWildcardNotAllowed",
  "InvalidParameter.CdnStatInvalidDate", "InvalidParameter.CdnUrlExceedLength",
  "InvalidParameterValue", "LimitExceeded", "LimitExceeded.CdnPurgePathExceedBatchLimit",
  "LimitExceeded.CdnPurgePathExceedDayLimit", "LimitExceeded.CdnPurgeUrlExceedBatchLimit",
  "LimitExceeded.CdnPurgeUrlExceedDayLimit", "MissingParameter",
  "ResourceNotFound.CdnHostNotExists", "ResourceNotFound.CdnUserNotExists",
  "UnauthorizedOperation.CdnCamUnauthorized", "UnauthorizedOperation.CdnHostUnauthorized",
  "UnauthorizedOperation.CdnUserAuthFail", "UnauthorizedOperation.CdnUserAuthWait",
  "UnauthorizedOperation.CdnUserIsSuspended", "UnauthorizedOperation.OperationTooOften",
  "UnknownParameter",
};

static gboolean
may_share (const char *a,
           const char *b)
{
  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    {
      gboolean has_a = FALSE;
      gboolean has_b = FALSE;

      for (guint j = 0; j < G_N_ELEMENTS (shared[i]); j++)
        {
          has_a |= g_strcmp0 (shared[i][j], a) == 0;
          has_b |= g_strcmp0 (shared[i][j], b) == 0;
        }
      if (has_a && has_b)
        return TRUE;
    }

  return FALSE;
}

/* Each code has words of its own, and its place in the order of the alphabet. */
static void
test_own_words (void)
{
  guint n_codes;
  const PurgeCodeV3 *codes = purge_code_v3_list (&n_codes);

  g_assert_cmpuint (n_codes, >=, 90);
  for (guint i = 0; i < n_codes; i++)
    for (guint j = 0; j < i; j++)
      {
        gboolean same = strcmp (codes[i].code.sentence, codes[j].code.sentence) == 0;

        g_test_message ("%s and %s", codes[i].name, codes[j].name);
        g_assert_cmpstr (codes[i].name, !=, codes[j].name);
        g_assert_cmpint (strcmp (codes[i].code.next_step, codes[j].code.next_step) == 0, ==, same);
        g_assert_cmpint (same, ==, may_share (codes[i].name, codes[j].name));
      }
}

/* No name is misspelt: each is in a list of Tencent's, or a family of one. */
static void
test_names (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "error-codes-v3.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  guint n_codes;
  const PurgeCodeV3 *codes = purge_code_v3_list (&n_codes);
  JsonObject *official;

  g_assert_true (json_parser_load_from_file (parser, path, NULL));
  official = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpuint (json_object_get_size (official), ==, 178);

  for (guint i = 0; i < n_codes; i++)
    {
      g_test_message ("%s", codes[i].name);
      g_assert_cmpint (json_object_has_member (official, codes[i].name), !=,
                       g_strv_contains (common, codes[i].name));
      g_assert_nonnull (purge_code_v3_find_family (codes[i].name));
    }
  for (guint i = 0; common[i] != NULL; i++)
    g_assert_nonnull (purge_code_v3_find (common[i]));
  for (guint i = 0; i < G_N_ELEMENTS (documented); i++)
    g_assert_nonnull (purge_code_v3_find (documented[i]));
}

static void
test_find (void)
{
  const PurgeCode *family = purge_code_v3_find ("InternalError");

  g_assert_true (purge_code_v3_find_family ("InternalError.New") == family);
  g_assert_true (purge_code_v3_find_family ("InternalError.New.Deeper") == family);
  g_assert_true (purge_code_v3_find_family ("InternalError.") == family);
  g_assert_true (purge_code_v3_find_family ("InternalError") == family);
  g_assert_true (purge_code_v3_find_family ("InternalError.CdnDbError") == family);
  g_assert_true (purge_code_v3_find ("InternalError.CdnDbError") != family);
  g_assert_null (purge_code_v3_find ("InternalError."));
  g_assert_null (purge_code_v3_find ("InternalError.New"));
  g_assert_null (purge_code_v3_find ("InternalErro"));
  g_assert_null (purge_code_v3_find ("internalerror"));
  g_assert_null (purge_code_v3_find (""));
  g_assert_null (purge_code_v3_find (NULL));
  g_assert_null (purge_code_v3_find_family (""));
  g_assert_null (purge_code_v3_find_family (".InternalError"));
  g_assert_null (purge_code_v3_find_family ("InternalErrors.New"));
  g_assert_null (purge_code_v3_find_family ("Internal"));
  g_assert_null (purge_code_v3_find_family (NULL));
}

static PurgeExplanation *
explain (const PurgeCode *code,
         const char      *name)
{
  g_autoptr (PurgeOutcome) outcome = purge_outcome_new (code->event, code->cause);
  PurgeBatchState state;

  g_assert_true (purge_batch_state_move (PURGE_BATCH_SENDING, code->event, &state));
  outcome->answer.code = g_strdup (name);
  return purge_explanation_new (state, outcome);
}

static void
test_explanations (void)
{
  guint n_codes;
  const PurgeCodeV3 *codes = purge_code_v3_list (&n_codes);

  for (guint i = 0; i < n_codes; i++)
    {
      g_autoptr (PurgeExplanation) explanation = explain (&codes[i].code, codes[i].name);

      g_test_message ("%s", codes[i].name);
      g_assert_cmpstr (explanation->sentence, ==, codes[i].code.sentence);
      g_assert_cmpstr (explanation->next_step, ==, codes[i].code.next_step);
      g_assert_true (g_str_has_suffix (explanation->sentence, "."));
      g_assert_true (g_str_has_suffix (explanation->next_step, "."));
      g_assert_cmpstr (explanation->sent, ==, "The request was sent.");
      g_assert_cmpstr (explanation->quota, !=, "Quota was spent for it.");
    }
}

/* A code that is not known is shown as it came, with what is to be done about its family. */
static void
test_unknown_member (void)
{
  static const struct { const char *name; const char *family; const char *sentence; } members[] = {
    { "AuthFailure.New", "AuthFailure",
      "Tencent refused the purge with the code AuthFailure.New, which this program does not "
      "know." },
    { "LimitExceeded.New", "LimitExceeded",
      "Tencent refused the purge with the code LimitExceeded.New, which this program does not "
      "know." },
    { "InternalError.New", "InternalError", "Tencent had an internal error." },
    { "RequestLimitExceeded.New", "RequestLimitExceeded",
      "The server asked for fewer requests, and did not carry this one out." },
    { "AuthFailure.<b>", "AuthFailure",
      "Tencent refused the purge with a code that this program does not know." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const PurgeCode *family = purge_code_v3_find (members[i].family);
      g_autoptr (PurgeExplanation) explanation = explain (family, members[i].name);

      g_assert_cmpstr (explanation->sentence, ==, members[i].sentence);
      g_assert_cmpstr (explanation->next_step, ==, family->next_step);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/code-v3/own-words", test_own_words);
  g_test_add_func ("/code-v3/names", test_names);
  g_test_add_func ("/code-v3/find", test_find);
  g_test_add_func ("/code-v3/explanations", test_explanations);
  g_test_add_func ("/code-v3/unknown-member", test_unknown_member);

  return g_test_run ();
}
