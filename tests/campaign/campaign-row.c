/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The rows: the fault matrix as data. What a table can say is in a table; the rest is the product
 * of deeds and phases, every canned answer, and every code. */

#include "campaign-row.h"

#define BOTH CAMPAIGN_ROW_BOTH
#define WIRE CAMPAIGN_ROW_WIRE
#define SOCKET CAMPAIGN_ROW_SOCKET
#define V2 CAMPAIGN_ROW_V2
#define V3 CAMPAIGN_ROW_V3

static const CampaignRow plain[] = {
  { "good", .flags = BOTH },
  { "N1 name look-up", .flags = WIRE, .cause = PURGE_CAUSE_NAME_LOOKUP,
    .kind = PURGE_EXCHANGE_NOT_SENT },
  { "N3 connect timeout", .flags = WIRE, .cause = PURGE_CAUSE_CONNECT_TIMEOUT,
    .kind = PURGE_EXCHANGE_NOT_SENT },
  { "N4 TLS handshake fails", .flags = WIRE, .cause = PURGE_CAUSE_TLS_FAILED,
    .kind = PURGE_EXCHANGE_NOT_SENT },
  { "N14 proxy", .flags = WIRE, .cause = PURGE_CAUSE_PROXY, .kind = PURGE_EXCHANGE_NOT_SENT },
  { "T1 certificate", .flags = WIRE, .cause = PURGE_CAUSE_CERTIFICATE,
    .kind = PURGE_EXCHANGE_UNTRUSTED },
  { "T2 old TLS", .flags = WIRE, .cause = PURGE_CAUSE_TLS_TOO_OLD,
    .kind = PURGE_EXCHANGE_UNTRUSTED },
  { "restarted by the library", .flags = WIRE, .cause = PURGE_CAUSE_RESTARTED,
    .kind = PURGE_EXCHANGE_LOST },
  { "N2 refused", .flags = BOTH | CAMPAIGN_ROW_DEAF },
  { "T0 good certificate", .flags = SOCKET, .certificate = "server" },
  { "T1 expired", .flags = SOCKET, .certificate = "expired" },
  { "T1 stranger", .flags = SOCKET, .certificate = "stranger" },
  { "T1 impostor", .flags = SOCKET, .certificate = "impostor" },
  { "T2 TLS 1.1", .flags = SOCKET | CAMPAIGN_ROW_OLD_TLS },
  { "C0 a minute slow", .flags = BOTH | CAMPAIGN_ROW_WINDOW, .skew = -60 },
  { "C1 ten minutes slow", .flags = BOTH | CAMPAIGN_ROW_WINDOW, .skew = -600 },
  { "C1 ten minutes fast", .flags = BOTH | CAMPAIGN_ROW_WINDOW, .skew = 600 },
  { "C1 ten minutes slow, two hours taken", .flags = BOTH, .skew = -600 },
  { "C2 a day slow", .flags = BOTH, .skew = -86400 },
  { "C2 a day fast", .flags = BOTH, .skew = 86400 },
  { "C6 nonce collision", .flags = BOTH | CAMPAIGN_ROW_SAME_NONCE },
  { "C9 quota", .flags = BOTH | CAMPAIGN_ROW_QUOTA },
  { "C12 unknown host", .flags = BOTH | CAMPAIGN_ROW_HOSTS },
  { "K1 no key", .flags = BOTH, .trouble = PURGE_ERROR_NO_KEY },
  { "K2 locked", .flags = BOTH, .trouble = PURGE_ERROR_KEYRING_LOCKED },
  { "K3 silent", .flags = BOTH, .trouble = PURGE_ERROR_KEYRING_TIMEOUT },
  { "K5 no keyring", .flags = BOTH, .trouble = PURGE_ERROR_KEYRING_UNAVAILABLE },
  { "K7 damaged", .flags = BOTH, .trouble = PURGE_ERROR_KEYRING_FAILED },
};

/* A step, and what belongs to it. */
static const struct
{
  const char    *name;
  const char    *step;
  CampaignFlags  flags;
  const char    *certificate;
  int            skew;
} stepped[] = {
  { "N2 refused after an answer", "deaf at=executed", BOTH },
  { "N4 TLS silent", "silent at=accept", SOCKET | CAMPAIGN_ROW_SLOW, "server" },
  { "N4 TLS reset", "reset at=accept", SOCKET | CAMPAIGN_ROW_NOISY, "server" },
  { "N5 TLS reset in the request", "reset at=100", SOCKET, "server" },
  { "N6 TLS reset after execution", "reset at=executed", SOCKET, "server" },
  { "N9 TLS cut answer", "close at=answer-body framing=eof", SOCKET, "server" },
  { "N8 drip", "drip at=executed", BOTH | CAMPAIGN_ROW_SLOW },
  { "N8 drip in the body", "drip at=answer-body", BOTH | CAMPAIGN_ROW_SLOW },
  { "N8 drip, not executed", "drip at=executed unexecuted", BOTH | CAMPAIGN_ROW_SLOW },
  { "N8 continue", "continue at=executed", BOTH | CAMPAIGN_ROW_SLOW },
  { "N8 continue, not executed", "continue at=whole", BOTH | CAMPAIGN_ROW_SLOW },
  { "N9 cut body", "close at=answer-body", BOTH },
  { "N9 length too small", "answer framing=short", BOTH },
  { "N10 cut chunk", "close at=answer-body framing=chunked", BOTH },
  { "N10 no last chunk", "close at=tail framing=chunked", BOTH },
  { "N10 cut at the end", "close at=answer-body framing=eof", BOTH },
  { "N10 cut at the end by one", "close at=tail framing=eof", BOTH },
  { "N10 chunks", "answer framing=chunked", BOTH },
  { "N10 end of the connection", "answer framing=eof", BOTH },
  { "N11 endless body", "flood at=executed", BOTH },
  { "N11 endless body, not executed", "flood at=whole", BOTH },
  { "N13 endless header", "flood-head at=executed", BOTH | CAMPAIGN_ROW_SLOW },
  { "N5 kept connection closed", "close at=answered", BOTH },
  { "N5 kept connection reset", "reset at=answered", BOTH },
  { "N14 407", "answer reply=http-407", SOCKET | CAMPAIGN_ROW_PROXY },
  { "N14 403", "answer reply=http-403", SOCKET | CAMPAIGN_ROW_PROXY },
  { "N14 502", "answer reply=http-502 unexecuted", SOCKET | CAMPAIGN_ROW_PROXY },
  { "N14 a page", "answer reply=html unexecuted",
    SOCKET | CAMPAIGN_ROW_PROXY | CAMPAIGN_ROW_SLOW },
  { "N14 garbage", "answer reply=garbage unexecuted",
    SOCKET | CAMPAIGN_ROW_PROXY | CAMPAIGN_ROW_SLOW },
  { "N14 success", "answer reply=json-string unexecuted",
    SOCKET | CAMPAIGN_ROW_PROXY | CAMPAIGN_ROW_SLOW },
  { "N14 reset", "reset at=accept", SOCKET | CAMPAIGN_ROW_PROXY | CAMPAIGN_ROW_NOISY },
  { "N14 reset later", "reset at=whole", SOCKET | CAMPAIGN_ROW_PROXY | CAMPAIGN_ROW_NOISY },
  { "N14 silent", "silent at=whole", SOCKET | CAMPAIGN_ROW_PROXY | CAMPAIGN_ROW_SLOW },
  /* API 3.0 does not say how many it took, so that nobody can know. */
  { "H16 fewer", "answer fewer", BOTH | V2 },
  { "delivered twice", "answer twice", BOTH },
  { "delivered twice and lost", "reset twice at=executed", BOTH },
  { "C3 junk date", "answer 'header=Date: junk'", BOTH | CAMPAIGN_ROW_WINDOW, NULL, -600 },
  { "C3 old date", "answer 'header=Date: Thu, 01 Jan 1970 00:00:00 GMT'",
    BOTH | CAMPAIGN_ROW_WINDOW, NULL, -600 },
  { "C3 age", "answer 'header=Age: 700'", BOTH | CAMPAIGN_ROW_WINDOW, NULL, -600 },
  { "C5 4500 and a good clock", "answer code=4500", BOTH | V2 | CAMPAIGN_ROW_EITHER },
  { "C5 4500 and a slow clock", "answer code=4500", BOTH | V2 | CAMPAIGN_ROW_EITHER, NULL,
    -600 },
  { "C5 4200 and a slow clock", "answer code=4200", BOTH | V2, NULL, -600 },
  { "C5 SignatureExpire and a slow clock", "answer code=AuthFailure.SignatureExpire", BOTH | V3,
    NULL, -600 },
};

static const char * const phases[] = {
  "accept", "0", "1", "40", "head", "body", "last", "whole", "executed", "status", "answer-head",
  "answer-body", "tail",
};

static const char * const refusals[] = {
  "4000", "4000/9003", "4000/9105", "4000/9110", "4000/9112", "4000/22043", "4000/22045",
  "4000/22046", "4000/22701", "4000/28007", "4000/1012", "4000/9163", "4000/22063", "4000/77777",
  "4100", "4101", "4102", "4103", "4104", "4105", "4106", "4110", "4200", "4300", "4400", "4600",
  "5000", "5100", "5200", "5300", "5500", "7777", "-1", "1",
};

/* Behind these it may have been executed. */
static const char * const doubts[] = {
  "4000/9000", "4000/9151", "4000/22800", "4000/-9015", "4000/-9014", "5400", "6000", "6001",
  "6100", "6200",
};

/* The same of API 3.0. */
static const char * const refusals_v3[] = {
  "AuthFailure.InvalidAuthorization", "AuthFailure.InvalidSecretId", "AuthFailure.MFAFailure",
  "AuthFailure.SecretIdNotFound", "AuthFailure.SignatureExpire", "AuthFailure.SignatureFailure",
  "AuthFailure.TokenFailure", "AuthFailure.UnauthorizedOperation", "ActionOffline",
  "DryRunOperation", "FailedOperation", "InvalidAction", "InvalidParameter",
  "InvalidParameter.CdnHostInvalidStatus", "InvalidParameter.CdnParamError",
  "InvalidParameter.CdnPurgeWildcardNotAllowed", "InvalidParameter.CdnUrlExceedLength",
  "InvalidParameterValue", "InvalidRequest", "IpInBlacklist", "IpNotInWhitelist", "LimitExceeded",
  "LimitExceeded.CdnHostOpTooOften", "LimitExceeded.CdnPurgePathExceedBatchLimit",
  "LimitExceeded.CdnPurgePathExceedDayLimit", "MissingParameter", "NoSuchProduct", "NoSuchVersion",
  "OperationDenied.ProductUpgraded", "RequestLimitExceeded", "RequestLimitExceeded.IPLimitExceeded",
  "RequestLimitExceeded.UinLimitExceeded", "RequestLimitExceeded.GlobalRegionUinLimitExceeded",
  "RequestSizeLimitExceeded", "ResourceInUse.CdnOpInProgress", "ResourceNotFound.CdnHostNotExists",
  "ResourceNotFound.CdnUserNotExists", "ResourceUnavailable.CdnHostIsLocked",
  "UnauthorizedOperation.CdnCamUnauthorized", "UnauthorizedOperation.CdnHostUnauthorized",
  "UnauthorizedOperation.CdnUserIsSuspended", "UnauthorizedOperation.OperationTooOften",
  "UnsupportedOperation", "Never.HeardOf",
};

static const char * const doubts_v3[] = {
  "InternalError", "InternalError.CamSystemError", "InternalError.CdnConfigError",
  "InternalError.CdnDbError", "InternalError.CdnQuerySystemError", "InternalError.CdnSystemError",
  "InternalError.Error", "InternalError.ProxyServer", "InternalError.NeverHeardOf",
  "InvalidParameter.CdnInterfaceError", "ServiceUnavailable", "ResponseSizeLimitExceeded",
  "UnauthorizedOperation.CsrfError",
};

/* Answers that say two things at once to one API, and one thing only to the other. */
static const struct
{
  const char    *name;
  CampaignFlags  flags;
} partial[] = {
  { "http-404-success", V2 }, { "json-v3", V2 }, { "v3-404", V3 }, { "v3-and-v2", V3 },
};

static void
add (GPtrArray         *rows,
     const CampaignRow *row,
     const char        *step)
{
  CampaignRow *copy = g_memdup2 (row, sizeof *row);
  g_autoptr (GError) error = NULL;

  copy->name = g_strdup (row->name);
  if (!fault_step_parse (&copy->step, step, &error))
    g_error ("%s", error->message);
  g_ptr_array_add (rows, copy);
}

static void
add_phases (GPtrArray     *rows,
            const char    *name,
            const char    *deed,
            CampaignFlags  flags)
{
  for (guint i = 0; i < G_N_ELEMENTS (phases); i++)
    {
      g_autofree char *step = g_strdup_printf ("%s at=%s", deed, phases[i]);
      g_autofree char *whole = g_strdup_printf ("%s %s", name, step);
      CampaignRow row = { .name = whole, .flags = BOTH | flags };

      add (rows, &row, step);
    }
}

static void
add_replies (GPtrArray *rows)
{
  for (guint i = 0; i < fault_reply_count (); i++)
    {
      const FaultReply *reply = fault_reply_get (i);
      g_autofree char *step = g_strdup_printf ("answer reply=%s", reply->name);
      g_autofree char *name = g_strdup_printf ("H %s", reply->name);
      CampaignRow row = { .name = name, .flags = BOTH };

      if (!reply->refusal)
        row.flags |= CAMPAIGN_ROW_EITHER;
      for (guint j = 0; j < G_N_ELEMENTS (partial); j++)
        if (g_str_equal (reply->name, partial[j].name))
          row.flags |= partial[j].flags;
      /* After this one libsoup waits for more. */
      if (g_str_equal (reply->name, "http-101"))
        row.flags |= CAMPAIGN_ROW_SLOW;
      add (rows, &row, step);
    }
}

static void
add_codes (GPtrArray          *rows,
           const char * const *codes,
           guint               n_codes,
           CampaignFlags       flags)
{
  for (guint i = 0; i < n_codes; i++)
    {
      g_autofree char *step = g_strdup_printf ("answer code=%s", codes[i]);
      g_autofree char *name = g_strdup_printf ("C code %s", codes[i]);
      CampaignRow row = { .name = name, .flags = BOTH | flags };

      add (rows, &row, step);
    }
}

static void
row_free (gpointer data)
{
  CampaignRow *row = data;

  g_free (row->name);
  g_free (row);
}

/**
 * campaign_rows_new:
 *
 * Returns: (transfer full) (element-type CampaignRow): all rows
 */
GPtrArray *
campaign_rows_new (void)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_free);

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    add (rows, &plain[i], "answer");
  for (guint i = 0; i < G_N_ELEMENTS (stepped); i++)
    {
      CampaignRow row = { .name = (char *) stepped[i].name, .flags = stepped[i].flags,
                          .certificate = stepped[i].certificate, .skew = stepped[i].skew };

      add (rows, &row, stepped[i].step);
    }
  add_phases (rows, "N5", "reset", 0);
  add_phases (rows, "N5", "close", 0);
  add_phases (rows, "N7", "silent", CAMPAIGN_ROW_SLOW);
  add_phases (rows, "N7", "stop", 0);
  add_phases (rows, "L7 cancelled,", "stop", CAMPAIGN_ROW_CANCEL);
  add_replies (rows);
  add_codes (rows, refusals, G_N_ELEMENTS (refusals), V2);
  add_codes (rows, doubts, G_N_ELEMENTS (doubts), V2 | CAMPAIGN_ROW_EITHER);
  add_codes (rows, refusals_v3, G_N_ELEMENTS (refusals_v3), V3);
  add_codes (rows, doubts_v3, G_N_ELEMENTS (doubts_v3), V3 | CAMPAIGN_ROW_EITHER);

  return rows;
}
