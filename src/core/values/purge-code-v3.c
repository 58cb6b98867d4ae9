/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Every code of API 3.0 that a purge may meet: how it is judged, what it means, what to do. One
 * table and nothing else. It follows Tencent's pages on error codes: those of all products
 * (https://cloud.tencent.com/document/api/228/30978) and those of the CDN's purge interfaces. What
 * is before the dot is a family, which judges those of its members that are not here. */

#define G_LOG_DOMAIN "purge-code-v3"

#include "config.h"

#include "purge-code-v3.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define REFUSED 0, PURGE_BATCH_EVENT_REJECTED, PURGE_CAUSE_REFUSED_BY_API
#define TOO_OFTEN 0, PURGE_BATCH_EVENT_NOT_EXECUTED, PURGE_CAUSE_TOO_MANY_REQUESTS
/* Tencent failed on its side, and does not say how far it had come. */
#define INTERNAL 0, PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_SERVER_INTERNAL

#define GOES_ON FALSE
#define STOPS TRUE

/* Shared by the codes whose official texts say the same thing: to tell them apart would be to invent
 * a difference. */
#define SERVICE_ERROR \
  N_("A service inside Tencent’s CDN had an error. Whether the purge was carried out is not " \
     "known."), \
  N_("Check it: that asks Tencent, and sends nothing again. If it stays unknown, show the raw " \
     "answer to Tencent’s support.")
#define QUERY_ERROR \
  N_("Tencent’s CDN could not look something up for the request. Whether the purge was carried " \
     "out is not known."), \
  N_("Wait a moment, then check it: that asks Tencent what became of it, and sends nothing again.")
#define INTERFACE_ERROR \
  N_("One of Tencent’s servers could not talk to another. Whether the purge was carried out is " \
     "not known."), \
  N_("Check it in some minutes: that asks Tencent what became of it, and sends nothing again.")
#define DOMAIN_STATUS \
  N_("One of the domains is in a state in which it cannot be purged."), \
  N_("Wait until the domain’s status is “activated” in the Tencent Cloud console, or take its " \
     "directories out.")
#define BAD_DOMAIN \
  N_("One of the hosts is not a domain name that Tencent accepts."), \
  N_("Correct the host that is misspelt, or take its directories out, and purge again.")
#define NO_SUCH_DOMAIN \
  N_("One of the hosts is not a CDN domain of this account."), \
  N_("Compare the hosts of this batch with the domain list of the Tencent Cloud console, take " \
     "out the one that is not in it, and purge again.")
#define TOO_MANY_URLS \
  N_("Tencent takes fewer URLs in one request than this one had."), \
  N_("Ask for the quota of the account, put what failed back into the list, and purge it again: " \
     "requests are no larger than it allows then.")
#define URLS_USED_UP \
  N_("The URLs that the account may purge today are used up."), \
  N_("Purge the other URLs tomorrow, or a directory that holds them, or have the quota raised in " \
     "the Tencent Cloud console.")
#define NOT_OFFERED \
  N_("Tencent does not offer this operation to the account."), \
  N_("Ask Tencent’s support to enable purging for the account.")
#define NOT_ALLOWED \
  N_("The account or its key may not do this."), \
  N_("Ask the owner of the Tencent Cloud account to look at the access policy of this key.")

static const PurgeCodeV3 codes[] = {
  { "ActionOffline", { REFUSED, STOPS,
    N_("Tencent has taken this interface out of service."),
    N_("Look for a newer version of this program, and purge in the Tencent Cloud console until "
       "then.") } },

  { "AuthFailure", { REFUSED, STOPS,
    N_("Tencent did not accept the key, or what it signed."),
    N_("Check the SecretId and the SecretKey of the account, and what the key is allowed to do.") } },
  { "AuthFailure.InvalidAuthorization", { REFUSED, STOPS,
    N_("Tencent could not make sense of the signature of the request."),
    N_("Check the SecretId of the account. If it is right, something between this computer and "
       "Tencent changes requests: use another network.") } },
  { "AuthFailure.InvalidSecretId", { REFUSED, STOPS,
    N_("The SecretId is not one of a key for Tencent Cloud’s interfaces."),
    N_("Use a key from the API key page of the Tencent Cloud console. Keys of other kinds do not "
       "work.") } },
  { "AuthFailure.MFAFailure", { REFUSED, STOPS,
    N_("Tencent asks for a second factor with this key."),
    N_("Use a key that needs no multi-factor authentication.") } },
  { "AuthFailure.SecretIdNotFound", { REFUSED, STOPS,
    N_("Tencent knows no such SecretId."),
    N_("It was deleted or mistyped. Copy the SecretId and the SecretKey again from the API key "
       "page of the Tencent Cloud console.") } },
  { "AuthFailure.SignatureExpire", { REFUSED, STOPS,
    N_("Tencent refused the request for its time, which is more than five minutes off."),
    N_("Check the date, the time and the time zone of this computer, then purge again.") } },
  { "AuthFailure.SignatureFailure", { REFUSED, STOPS,
    N_("Tencent did not accept the signature: the SecretKey does not belong to the SecretId."),
    N_("Enter the SecretId and the SecretKey of the account again, both from the same line of the "
       "API key page of the Tencent Cloud console.") } },
  { "AuthFailure.TokenFailure", { REFUSED, STOPS,
    N_("Tencent did not accept the token of the temporary key."),
    N_("Get a new temporary key, and enter all three parts of it.") } },
  { "AuthFailure.UnauthorizedOperation", { REFUSED, STOPS,
    N_("The key belongs to a sub-account that may not do this."),
    N_("Ask the owner of the Tencent Cloud account to allow PurgePathCache, PurgeUrlsCache, "
       "DescribePurgeTasks and DescribePurgeQuota for this key.") } },

  { "DryRunOperation", { REFUSED, GOES_ON,
    N_("Tencent only tried the request out, and carried nothing out."),
    N_("Purge again. If it stays so, show the raw answer to Tencent’s support.") } },

  { "FailedOperation", { REFUSED, GOES_ON,
    N_("Tencent says that the purge failed."),
    N_("Purge again in some minutes. If it fails again, show the raw answer to Tencent’s "
       "support.") } },

  { "InternalError", { INTERNAL, GOES_ON,
    N_("An error happened inside Tencent’s servers. Whether the purge was carried out is not "
       "known."),
    N_("Check it: that asks Tencent what became of it, and sends nothing again.") } },
  { "InternalError.CamSystemError", { INTERNAL, GOES_ON,
    N_("Tencent’s access management had an error of its own. Whether the purge was carried out is "
       "not known."),
    N_("Wait until the error has passed, then check it: that asks Tencent what became of it, and "
       "sends nothing again.") } },
  { "InternalError.CdnConfigError", { INTERNAL, GOES_ON,
    N_("Tencent could not write down the settings of a domain. Whether the purge was carried out "
       "is not known."),
    N_("Check it, and look at the domain in the Tencent Cloud console. Checking sends nothing "
       "again.") } },
  { "InternalError.CdnDbError", { INTERNAL, GOES_ON,
    N_("The database of Tencent’s CDN had an error. Whether the purge was carried out is not "
       "known."),
    N_("Check it later, when the database works again: that asks Tencent, and sends nothing "
       "again.") } },
  { "InternalError.CdnQueryParamError", { INTERNAL, GOES_ON, QUERY_ERROR } },
  { "InternalError.CdnQuerySystemError", { INTERNAL, GOES_ON, QUERY_ERROR } },
  { "InternalError.CdnSystemError", { INTERNAL, GOES_ON,
    N_("Tencent’s CDN had an error of its own. Whether the purge was carried out is not known."),
    N_("Wait some minutes, then check it: that asks Tencent what became of it, and sends nothing "
       "again.") } },
  { "InternalError.DataSystemError", { INTERNAL, GOES_ON, QUERY_ERROR } },
  { "InternalError.Error", { INTERNAL, GOES_ON, SERVICE_ERROR } },
  { "InternalError.InvalidErrorCode", { INTERNAL, GOES_ON, SERVICE_ERROR } },
  { "InternalError.ProxyServer", { INTERNAL, GOES_ON, SERVICE_ERROR } },
  { "InternalError.RouteError", { INTERNAL, GOES_ON, SERVICE_ERROR } },
  { "InternalError.UnknownError", { INTERNAL, GOES_ON, SERVICE_ERROR } },

  { "InvalidAction", { REFUSED, STOPS,
    N_("Tencent knows no such action at this address."),
    N_("Check the endpoint of the account: it has to be that of the CDN’s API 3.0.") } },

  { "InvalidParameter", { REFUSED, GOES_ON,
    N_("Tencent found a part of the request invalid."),
    N_("Read Tencent’s message: it says which part that is.") } },
  { "InvalidParameter.CDNStatusInvalidDomain", { REFUSED, GOES_ON, DOMAIN_STATUS } },
  { "InvalidParameter.CamResourceBelongToDifferentUser", { REFUSED, GOES_ON,
    N_("The domains of one request belong to different Tencent Cloud accounts."),
    N_("Leave out the domains of other accounts, and purge those with keys of their own.") } },
  { "InvalidParameter.CdnConfigInvalidHost", { REFUSED, GOES_ON, BAD_DOMAIN } },
  { "InvalidParameter.CdnHostExistsInEdgeOne", { REFUSED, GOES_ON,
    N_("One of the domains is served by Tencent’s EdgeOne, not by its CDN."),
    N_("Take the directories of the domain out, and purge them in the EdgeOne console.") } },
  { "InvalidParameter.CdnHostHasSpecialConfig", { REFUSED, GOES_ON,
    N_("One of the domains has settings that only Tencent’s staff can work on."),
    N_("Ask Tencent’s support to purge this domain, and leave it out here.") } },
  { "InvalidParameter.CdnHostInvalidParam", { REFUSED, GOES_ON, BAD_DOMAIN } },
  { "InvalidParameter.CdnHostInvalidStatus", { REFUSED, GOES_ON, DOMAIN_STATUS } },
  { "InvalidParameter.CdnHostTooLongHost", { REFUSED, GOES_ON,
    N_("One of the hosts is longer than Tencent accepts."),
    N_("Check the longest host of this batch, correct it or leave it out, and purge again.") } },
  { "InvalidParameter.CdnInterfaceError", { INTERNAL, GOES_ON, INTERFACE_ERROR } },
  { "InvalidParameter.CdnParamError", { REFUSED, GOES_ON,
    N_("Tencent’s CDN found one of the parameters wrong."),
    N_("Look at the directories of this batch for one that is unlike the others, and purge without "
       "it.") } },
  { "InvalidParameter.CdnPurgeWildcardNotAllowed", { REFUSED, GOES_ON,
    N_("Tencent does not purge domains with a wildcard."),
    N_("Write the directories down for each domain, without “*”, and purge again.") } },
  { "InvalidParameter.CdnStatInvalidDate", { REFUSED, GOES_ON,
    N_("Tencent did not accept the dates that were asked about."),
    N_("Check the date and the time zone of this computer.") } },
  { "InvalidParameter.CdnUrlExceedLength", { REFUSED, GOES_ON,
    N_("One of the URLs is longer than Tencent accepts."),
    N_("Purge a directory further up in its place, whose URL is shorter.") } },
  { "InvalidParameter.EcdnInterfaceError", { INTERNAL, GOES_ON, INTERFACE_ERROR } },
  { "InvalidParameterValue", { REFUSED, GOES_ON,
    N_("Tencent found a value in the request wrong."),
    N_("Read Tencent’s message: it says which value that is, often one of the directories.") } },
  { "InvalidRequest", { REFUSED, STOPS,
    N_("Tencent could not read the request."),
    N_("Check the endpoint of the account, and whether a proxy changes requests on their way.") } },

  { "IpInBlacklist", { REFUSED, STOPS,
    N_("Tencent takes no requests from the address of this network."),
    N_("Use another network, or ask Tencent’s support why the address is on its list.") } },
  { "IpNotInWhitelist", { REFUSED, STOPS,
    N_("The key may be used from certain addresses only, and this network is none of them."),
    N_("Use a network that is allowed, or have its address added to the access policy of the "
       "key.") } },

  { "LimitExceeded", { REFUSED, STOPS,
    N_("The account has reached one of its limits."),
    N_("Read Tencent’s message: it says which limit. Purge again tomorrow, or have it raised in the "
       "Tencent Cloud console.") } },
  { "LimitExceeded.CamResourceArrayTooLong", { REFUSED, GOES_ON,
    N_("The request had more domains than Tencent’s access management takes at once."),
    N_("Purge the directories of fewer domains at a time.") } },
  { "LimitExceeded.CdnHostOpTooOften", { TOO_OFTEN, STOPS,
    N_("Tencent says that one of the domains was worked on too often in a short time, and did not "
       "carry this out."),
    N_("Wait some minutes, then purge again.") } },
  { "LimitExceeded.CdnPurgeExceedBatchLimit", { REFUSED, STOPS, TOO_MANY_URLS } },
  { "LimitExceeded.CdnPurgeExceedDayLimit", { REFUSED, STOPS, URLS_USED_UP } },
  { "LimitExceeded.CdnPurgePathExceedBatchLimit", { REFUSED, STOPS,
    N_("Tencent takes fewer directories in one request than this one had."),
    N_("Ask for the quota of the account, put the directories back into the list, and purge them "
       "again: requests are no larger than it allows then.") } },
  { "LimitExceeded.CdnPurgePathExceedDayLimit", { REFUSED, STOPS,
    N_("The directories that the account may purge today are used up."),
    N_("Purge the others tomorrow, or have the quota raised in the Tencent Cloud console.") } },
  { "LimitExceeded.CdnPurgeUrlExceedBatchLimit", { REFUSED, STOPS, TOO_MANY_URLS } },
  { "LimitExceeded.CdnPurgeUrlExceedDayLimit", { REFUSED, STOPS, URLS_USED_UP } },

  { "MissingParameter", { REFUSED, STOPS,
    N_("Tencent misses a part of the request."),
    N_("Look for a newer version of this program: Tencent may have changed the interface.") } },

  { "NoSuchProduct", { REFUSED, STOPS,
    N_("Tencent has no such service at this address."),
    N_("Check that the endpoint of the account begins with “https://cdn.”.") } },
  { "NoSuchVersion", { REFUSED, STOPS,
    N_("Tencent has no such version of the interface at this address."),
    N_("Check the endpoint of the account: another service of Tencent’s may answer there.") } },

  { "OperationDenied", { REFUSED, STOPS,
    N_("Tencent does not allow this for the account at the moment."),
    N_("Read Tencent’s message, and look at the account in the Tencent Cloud console.") } },
  { "OperationDenied.ProductUpdating", { REFUSED, GOES_ON,
    N_("One of the domains is being moved to Tencent’s EdgeOne."),
    N_("Wait until it has been moved, then purge it in the EdgeOne console.") } },
  { "OperationDenied.ProductUpgraded", { REFUSED, STOPS,
    N_("Tencent has moved the CDN of this account to EdgeOne."),
    N_("Purge in the EdgeOne console: this interface no longer serves the account.") } },
  { "OperationDenied.UserMigrating", { REFUSED, STOPS,
    N_("Tencent is moving this account to EdgeOne."),
    N_("Wait until the move is done, or ask Tencent’s support how long it takes.") } },

  { "RequestLimitExceeded", { TOO_OFTEN, STOPS,
    N_("Tencent had too many requests at once, and did not carry this one out."),
    N_("Wait a minute, then send what waits.") } },
  { "RequestLimitExceeded.GlobalRegionUinLimitExceeded", { TOO_OFTEN, STOPS,
    N_("The account made too many requests at once, counted over all regions, and Tencent did not "
       "carry this one out."),
    N_("Wait until other programs of the account have calmed down, then send what waits.") } },
  { "RequestLimitExceeded.IPLimitExceeded", { TOO_OFTEN, STOPS,
    N_("Too many requests came from this network at once, and Tencent did not carry this one "
       "out."),
    N_("Wait until others on this network have calmed down, then send what waits.") } },
  { "RequestLimitExceeded.UinLimitExceeded", { TOO_OFTEN, STOPS,
    N_("The account made too many requests at once, and Tencent did not carry this one out."),
    N_("Wait until others who use the account have calmed down, then send what waits.") } },

  { "RequestSizeLimitExceeded", { REFUSED, GOES_ON,
    N_("The request was larger than Tencent takes."),
    N_("Purge fewer directories at a time.") } },
  { "ResponseSizeLimitExceeded", { INTERNAL, GOES_ON,
    N_("Tencent’s answer would have been larger than it may be. Whether the purge was carried out "
       "is not known."),
    N_("Check it with the purge history of the Tencent Cloud console.") } },

  { "ResourceInUse", { REFUSED, GOES_ON,
    N_("Something that the purge needs is in use at Tencent."),
    N_("Purge again in some minutes.") } },
  { "ResourceInUse.CdnOpInProgress", { REFUSED, GOES_ON,
    N_("Tencent is working on one of the domains."),
    N_("Wait until the domain is no longer being processed, then purge again.") } },
  { "ResourceInsufficient", { REFUSED, GOES_ON,
    N_("Tencent has no room for this purge at the moment."),
    N_("Purge again in an hour. If it stays so, ask Tencent’s support.") } },
  { "ResourceNotFound", { REFUSED, GOES_ON,
    N_("Something that the request names does not exist at Tencent."),
    N_("Check that every host of this batch is a CDN domain of this account.") } },
  { "ResourceNotFound.CdnHostNotExists", { REFUSED, GOES_ON, NO_SUCH_DOMAIN } },
  { "ResourceNotFound.CdnProjectNotExists", { REFUSED, GOES_ON,
    N_("The project of one of the domains does not exist at Tencent."),
    N_("Look at the project of every domain of this batch in the Tencent Cloud console.") } },
  { "ResourceNotFound.CdnUserNotExists", { REFUSED, STOPS,
    N_("The account has not activated the CDN service."),
    N_("Activate CDN for this account in the Tencent Cloud console, or use the account that has "
       "the domains.") } },
  { "ResourceNotFound.EcdnDomainNotExists", { REFUSED, GOES_ON, NO_SUCH_DOMAIN } },
  { "ResourceUnavailable", { REFUSED, GOES_ON,
    N_("Something that the purge needs is not available at Tencent."),
    N_("Look at the domains of this batch in the Tencent Cloud console, and purge again later.") } },
  { "ResourceUnavailable.CdnHostIsLocked", { REFUSED, GOES_ON,
    N_("Tencent has locked one of the domains."),
    N_("Ask Tencent’s support why it is locked, and leave it out until then.") } },
  { "ResourceUnavailable.CdnHostIsMalicious", { REFUSED, GOES_ON,
    N_("Tencent serves one of the domains no longer, because it takes it for unlawful."),
    N_("Take the directories of the domain out, and ask Tencent’s support about it.") } },
  { "ResourceUnavailable.CdnHostIsNotOnline", { REFUSED, GOES_ON,
    N_("One of the domains was taken offline."),
    N_("Start the domain in the Tencent Cloud console, or take its directories out.") } },
  { "ResourceUnavailable.CheckUserHighRisk", { REFUSED, STOPS,
    N_("Tencent sees a risk in the account, and does not serve it."),
    N_("Look at the messages of the Tencent Cloud console: they say what Tencent wants.") } },

  { "ServiceUnavailable", { INTERNAL, STOPS,
    N_("Tencent says that the interface is not available at the moment. Whether the purge was "
       "carried out is not known."),
    N_("Try again later, and check this batch first: that asks Tencent, and sends nothing again.") } },

  { "UnauthorizedOperation", { REFUSED, STOPS, NOT_ALLOWED } },
  { "UnauthorizedOperation.CdnAccountUnauthorized", { REFUSED, STOPS,
    N_("The key belongs to a sub-account that may not ask about the whole account."),
    N_("Ask the owner of the Tencent Cloud account to allow this key to read the data of all "
       "domains.") } },
  { "UnauthorizedOperation.CdnCamUnauthorized", { REFUSED, STOPS,
    N_("The key belongs to a sub-account without an access policy for the CDN."),
    N_("Ask the owner of the Tencent Cloud account for an access policy that allows this key to "
       "purge.") } },
  { "UnauthorizedOperation.CdnHostUnauthorized", { REFUSED, STOPS,
    N_("The key belongs to a sub-account that may not touch one of these domains."),
    N_("Ask the owner of the Tencent Cloud account which domains this key may purge, and leave the "
       "others out.") } },
  { "UnauthorizedOperation.CdnInvalidUserStatus", { REFUSED, STOPS,
    N_("The account is in a state in which Tencent does not serve it."),
    N_("Look at the state of the account in the Tencent Cloud console.") } },
  { "UnauthorizedOperation.CdnProjectUnauthorized", { REFUSED, STOPS,
    N_("The key belongs to a sub-account that may not touch the project of one of these domains."),
    N_("Ask the owner of the Tencent Cloud account to add the project to the access policy of this "
       "key.") } },
  { "UnauthorizedOperation.CdnTagUnauthorized", { REFUSED, STOPS,
    N_("The key belongs to a sub-account that may not touch the tags of one of these domains."),
    N_("Ask the owner of the Tencent Cloud account to add the tag to the access policy of this "
       "key.") } },
  { "UnauthorizedOperation.CdnUserAuthFail", { REFUSED, STOPS,
    N_("The account’s owner has not proved a real name to Tencent."),
    N_("Do the real-name authentication in the Tencent Cloud console.") } },
  { "UnauthorizedOperation.CdnUserAuthWait", { REFUSED, STOPS,
    N_("Tencent is still checking the real name of the account’s owner."),
    N_("Wait until the check is done, then purge again.") } },
  { "UnauthorizedOperation.CdnUserInvalidCredential", { INTERNAL, GOES_ON, SERVICE_ERROR } },
  { "UnauthorizedOperation.CdnUserIsIsolated", { REFUSED, STOPS,
    N_("Tencent has shut the account off, because it owes money."),
    N_("Pay the bill in the Tencent Cloud console, then purge again.") } },
  { "UnauthorizedOperation.CdnUserIsSuspended", { REFUSED, STOPS,
    N_("The CDN service of the account is stopped."),
    N_("Start the CDN service again in the Tencent Cloud console, then purge again.") } },
  { "UnauthorizedOperation.CdnUserNoWhitelist", { REFUSED, STOPS,
    N_("Tencent offers this only to accounts that try it out beforehand."),
    N_("Ask Tencent’s support to let the account take part.") } },
  { "UnauthorizedOperation.CsrfError", { INTERNAL, GOES_ON, SERVICE_ERROR } },
  { "UnauthorizedOperation.EcdnMigratedCdn", { REFUSED, STOPS,
    N_("Tencent has moved what was asked for from its ECDN to its CDN."),
    N_("Look for the domains in the CDN console of Tencent Cloud, and purge there.") } },
  { "UnauthorizedOperation.OpNoAuth", { REFUSED, STOPS, NOT_OFFERED } },
  { "UnauthorizedOperation.OperationTooOften", { TOO_OFTEN, STOPS,
    N_("Tencent says that this was done too often in a short time, and did not carry it out."),
    N_("Wait a minute, then purge again.") } },
  { "UnauthorizedOperation.Unknown", { REFUSED, STOPS, NOT_ALLOWED } },

  { "UnknownParameter", { REFUSED, STOPS,
    N_("Tencent does not know a part of the request."),
    N_("Look for a newer version of this program. Tencent’s message names the part.") } },
  { "UnsupportedOperation", { REFUSED, STOPS,
    N_("Tencent does not support this operation."),
    N_("Read Tencent’s message, and ask Tencent’s support what is missing.") } },
  { "UnsupportedOperation.OpNoAuth", { REFUSED, STOPS, NOT_OFFERED } },
  { "UnsupportedProtocol", { REFUSED, STOPS,
    N_("Tencent takes requests over HTTPS only."),
    N_("Give the account an endpoint that begins with “https://”.") } },
  { "UnsupportedRegion", { REFUSED, STOPS,
    N_("Tencent does not serve this region at this address."),
    N_("Check that the endpoint of the account is not that of a single region.") } },
};

static const PurgeCode *
find (const char *name,
      gsize       length)
{
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (strncmp (codes[i].name, name, length) == 0 && codes[i].name[length] == '\0')
      return &codes[i].code;

  return NULL;
}

/**
 * purge_code_v3_find:
 * @name: (nullable): a code as the server said it
 *
 * Returns: (nullable): what is known of exactly this code
 */
const PurgeCode *
purge_code_v3_find (const char *name)
{
  return name != NULL ? find (name, strlen (name)) : NULL;
}

/**
 * purge_code_v3_find_family:
 * @name: (nullable): a code as the server said it
 *
 * Returns: (nullable): what is known of the codes that begin as this one does, up to the dot
 */
const PurgeCode *
purge_code_v3_find_family (const char *name)
{
  return name != NULL ? find (name, strcspn (name, ".")) : NULL;
}

/**
 * purge_code_v3_list:
 * @n_codes: (out): how many there are
 *
 * Returns: (array length=n_codes): all codes that are known
 */
const PurgeCodeV3 *
purge_code_v3_list (guint *n_codes)
{
  g_return_val_if_fail (n_codes != NULL, NULL);

  *n_codes = G_N_ELEMENTS (codes);
  return codes;
}
