/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Every code of API 2.0 that a purge may meet: how it is judged, what it means, what to do. Two
 * tables and nothing else: the common codes of all API 2.0 products, and the module codes of the
 * CDN, which stand in parentheses before the message. Both follow Tencent's pages on error codes
 * ("错误码" of the CDN's API 2.0, and of API 2.0 in general). A code that is not here is refused, not
 * explained. */

#define G_LOG_DOMAIN "purge-code"

#include "config.h"

#include "purge-code.h"

#include <glib/gi18n-lib.h>

#define REFUSED PURGE_BATCH_EVENT_REJECTED, PURGE_CAUSE_REFUSED_BY_API
#define TOO_OFTEN PURGE_BATCH_EVENT_NOT_EXECUTED, PURGE_CAUSE_TOO_MANY_REQUESTS
/* Tencent failed on its side, and does not say how far it had come. */
#define INTERNAL PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_SERVER_INTERNAL
#define REPLAYED PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_REPLAY
#define PARTLY PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_FEWER_ACCEPTED

#define GOES_ON FALSE
#define STOPS TRUE

static const PurgeCode common_codes[] = {
  { 4000, REFUSED, GOES_ON,
    N_("Tencent found a part of the request invalid."),
    N_("Read Tencent’s message: it says which part that is.") },
  { 4100, REFUSED, STOPS,
    N_("Tencent did not accept the signature."),
    N_("Check the SecretId and the SecretKey of the account.") },
  { 4101, REFUSED, STOPS,
    N_("The key belongs to a sub-account that may not purge directories."),
    N_("Ask the owner of the Tencent Cloud account to allow RefreshCdnDir for this key.") },
  { 4102, REFUSED, STOPS,
    N_("The key belongs to a sub-account that may not touch one of these domains."),
    N_("Ask the owner of the Tencent Cloud account which domains this key may purge, and leave the "
       "others out.") },
  { 4103, REFUSED, STOPS,
    N_("The key is not authorised for what this purge works on."),
    N_("Ask the owner of the Tencent Cloud account to add the CDN domains to the access policy of "
       "this key.") },
  { 4104, REFUSED, STOPS,
    N_("Tencent knows no such SecretId."),
    N_("It was deleted or mistyped. Copy the SecretId and the SecretKey again from the API key "
       "page of the Tencent Cloud console.") },
  { 4105, REFUSED, STOPS,
    N_("Tencent did not accept the token of the temporary key."),
    N_("Get a new temporary key, and enter all three parts of it.") },
  { 4106, REFUSED, STOPS,
    N_("Tencent asks for a second factor with this key."),
    N_("Use a key that needs no multi-factor authentication.") },
  { 4110, REFUSED, STOPS,
    N_("Tencent’s access management refused this key and gave no reason of its own."),
    N_("Ask the owner of the Tencent Cloud account to look at the access policy of this key.") },
  { 4200, REFUSED, STOPS,
    N_("Tencent says that the request is too old."),
    N_("Check the date, the time and the time zone of this computer, then purge again.") },
  { 4300, REFUSED, STOPS,
    N_("Tencent denies access to the account: it is blocked, or it may not use this interface."),
    N_("Ask Tencent’s support why the account is denied.") },
  { 4400, REFUSED, STOPS,
    N_("The account has used up the number of requests that it may make."),
    N_("Purge again tomorrow, or have the quota raised in the Tencent Cloud console.") },
  { 4500, REPLAYED, STOPS,
    N_("Tencent took the request for one that it has seen already, or the clock of this computer "
       "is wrong. Whether it was carried out is not known."),
    N_("Check it: that asks Tencent what became of it, and sends nothing again. Look at the date, "
       "the time and the time zone of this computer as well.") },
  { 4600, REFUSED, STOPS,
    N_("Tencent takes requests over HTTPS only."),
    N_("Give the account an endpoint that begins with “https://”.") },
  { 5000, REFUSED, GOES_ON,
    N_("One of the hosts does not exist at Tencent, or belongs to another account."),
    N_("Check that every host of this batch is a CDN domain of this account.") },
  { 5100, REFUSED, GOES_ON,
    N_("Tencent could not carry out the purge for one of the domains."),
    N_("Purge again in some minutes. If it fails again, show the raw answer to Tencent’s "
       "support.") },
  { 5200, REFUSED, STOPS,
    N_("Tencent says that a purchase failed."),
    N_("Look at the orders of the account in the Tencent Cloud console.") },
  { 5300, REFUSED, STOPS,
    N_("The balance of the account is too low."),
    N_("Top the account up in the Tencent Cloud console, then purge again.") },
  { 5400, PARTLY, GOES_ON,
    N_("Tencent carried the request out in part, and does not say which part."),
    N_("Check it later: that asks Tencent, and sends nothing again. If it stays unknown, compare "
       "it with the purge history of the Tencent Cloud console, and purge what is missing.") },
  { 5500, REFUSED, STOPS,
    N_("The account does not qualify for this operation."),
    N_("Check in the Tencent Cloud console what the account still has to prove.") },
  { 6000, INTERNAL, GOES_ON,
    N_("An error happened inside Tencent’s servers. Whether the purge was carried out is not "
       "known."),
    N_("Check it: that asks Tencent what became of it, and sends nothing again.") },
  { 6100, INTERNAL, STOPS,
    N_("Tencent says that this version of the interface is not supported at this address."),
    N_("Check the endpoint of the account.") },
  { 6200, INTERNAL, STOPS,
    N_("Tencent says that the interface is not available at the moment."),
    N_("Try again later.") },
};

/* Shared by the codes whose official texts say the same thing in the same words: to tell them apart
 * would be to invent a difference. */
#define NO_SUCH_DOMAIN \
  N_("One of the hosts is not a CDN domain of this account."), \
  N_("Compare the hosts of this batch with the domain list of the Tencent Cloud console, take " \
     "out the one that is not in it, and purge again.")
#define BAD_DOMAIN \
  N_("One of the hosts is not a domain name that Tencent accepts."), \
  N_("Correct the host that is misspelt, or take its directories out, and purge again.")
#define DOMAIN_NOT_ONLINE \
  N_("One of the domains is not online."), \
  N_("Wait until the domain’s status is “activated” in the Tencent Cloud console, or leave it " \
     "out.")
#define DOMAIN_OFFLINE \
  N_("One of the domains was taken offline."), \
  N_("Start the domain in the Tencent Cloud console, or take its directories out.")
#define TOO_FREQUENT \
  N_("Tencent says that this was done too often in a short time, and did not carry it out."), \
  N_("Wait a minute, then purge again.")
#define NO_RIGHT \
  N_("The account has no right to use this interface."), \
  N_("Ask Tencent’s support to give the account access to the CDN’s purge interface.")
#define SYSTEM_ERROR \
  N_("Tencent’s CDN had an error of its own. Whether the purge was carried out is not known."), \
  N_("Wait some minutes, then check it: that asks Tencent what became of it, and sends nothing " \
     "again.")
#define INTERNAL_ERROR \
  N_("Tencent’s CDN had an internal error that it wants reported. Whether the purge was carried " \
     "out is not known."), \
  N_("Check it: that asks Tencent, and sends nothing again. If it stays unknown, show the raw " \
     "answer to Tencent’s support.")
/* Shared because no purge can cause them: what matters is the same for all. */
#define PREFETCH \
  N_("Tencent answered with an error about prefetching, which this program never asks for."), \
  N_("Check that the endpoint of the account is Tencent’s, and show the raw answer to Tencent’s " \
     "support.")

static const PurgeCode module_codes[] = {
  { -9015, INTERNAL, GOES_ON, INTERNAL_ERROR },
  { -9014, INTERNAL, GOES_ON,
    N_("The database of Tencent’s CDN had an error. Whether the purge was carried out is not "
       "known."),
    N_("Check it later, when the database works again: that asks Tencent, and sends nothing "
       "again.") },
  { -9009, REFUSED, GOES_ON,
    N_("Tencent has no record of what was asked for."),
    N_("Look in the purge history of the Tencent Cloud console; records are kept for 30 days.") },
  { 1001, REFUSED, STOPS,
    N_("Tencent is still checking the real name of the account’s owner."),
    N_("Wait until the check is done, then purge again.") },
  { 1002, REFUSED, STOPS,
    N_("The account’s owner has not proved a real name to Tencent."),
    N_("Do the real-name authentication in the Tencent Cloud console.") },
  /* In no table of Tencent’s; seen as “域名 … 未部署在 mainland”. */
  { 1012, REFUSED, GOES_ON,
    N_("One of the domains is not served in mainland China, and this interface purges only "
       "there."),
    N_("Take out the directories of the domain that Tencent’s message names, and purge them in the "
       "Tencent Cloud console.") },
  { 9000, INTERNAL, GOES_ON, SYSTEM_ERROR },
  { 9003, REFUSED, GOES_ON,
    N_("Tencent’s CDN found one of the parameters wrong."),
    N_("Look at the directories of this batch for one that is unlike the others, and purge without "
       "it.") },
  { 9105, REFUSED, GOES_ON, NO_SUCH_DOMAIN },
  { 9107, REFUSED, GOES_ON, BAD_DOMAIN },
  { 9110, REFUSED, GOES_ON, NO_SUCH_DOMAIN },
  { 9111, REFUSED, STOPS,
    N_("The account has not activated the CDN service."),
    N_("Activate CDN for this account in the Tencent Cloud console, or use the account that has "
       "the domains.") },
  { 9112, REFUSED, GOES_ON, DOMAIN_NOT_ONLINE },
  { 9129, REFUSED, GOES_ON,
    N_("Tencent found one of the directories wrongly set."),
    N_("Check that every directory of this batch begins with the scheme and ends with “/”.") },
  { 9135, REFUSED, GOES_ON,
    N_("Tencent is working on one of the domains."),
    N_("Wait until the domain is no longer being processed, then purge again.") },
  { 9150, REFUSED, GOES_ON,
    N_("Tencent did not accept the dates that were asked about."),
    N_("Check the date and the time zone of this computer.") },
  { 9151, INTERNAL, GOES_ON, INTERNAL_ERROR },
  { 9161, REFUSED, GOES_ON,
    N_("Tencent has locked one of the domains because of a special configuration."),
    N_("Ask Tencent’s support to purge this domain, and leave it out here.") },
  { 9162, REFUSED, GOES_ON,
    N_("Tencent counted more than 400 items in one request."),
    N_("Purge fewer directories at a time.") },
  { 9163, TOO_OFTEN, STOPS, TOO_FREQUENT },
  { 9169, REFUSED, STOPS,
    N_("Tencent has blocked the account."),
    N_("Ask Tencent’s support what has to be done to unblock the account.") },
  { 9170, REFUSED, STOPS,
    N_("The account is a trial account, which may not purge."),
    N_("Turn the trial account into a full one, or use another account.") },
  { 9175, REFUSED, GOES_ON,
    N_("One of the domains is being deployed."),
    N_("Wait some minutes until the deployment is done, then purge again.") },
  { 9176, REFUSED, GOES_ON, DOMAIN_OFFLINE },
  { 9303, REFUSED, GOES_ON, BAD_DOMAIN },
  { 9307, REFUSED, GOES_ON, NO_SUCH_DOMAIN },
  { 9313, REFUSED, GOES_ON, DOMAIN_OFFLINE },
  { 20005, REFUSED, GOES_ON, BAD_DOMAIN },
  { 21000, REFUSED, STOPS, PREFETCH },
  { 21001, REFUSED, GOES_ON,
    N_("Tencent knows no task of this id."),
    N_("Look for the directories themselves in the purge history of the Tencent Cloud console.") },
  { 21002, REFUSED, STOPS, PREFETCH },
  { 22036, REFUSED, GOES_ON, BAD_DOMAIN },
  { 22041, REFUSED, GOES_ON,
    N_("One of the domains has not been added to the CDN."),
    N_("Add the domain in the Tencent Cloud console, or take its directories out.") },
  { 22043, REFUSED, GOES_ON,
    N_("Tencent counted too many URLs in one request."),
    N_("Purge fewer URLs at a time.") },
  { 22044, REFUSED, STOPS,
    N_("Today’s quota for purging URLs is used up."),
    N_("Purge the remaining URLs tomorrow, or purge the directory that holds them.") },
  { 22045, REFUSED, GOES_ON,
    N_("Tencent counted too many directories in one request."),
    N_("Purge fewer directories at a time; the documented limit is 20.") },
  { 22046, REFUSED, STOPS,
    N_("Today’s quota for purging directories is used up."),
    N_("Purge the remaining directories tomorrow, or have the daily quota raised in the Tencent "
       "Cloud console.") },
  { 22063, TOO_OFTEN, STOPS, TOO_FREQUENT },
  { 22701, REFUSED, GOES_ON, BAD_DOMAIN },
  { 22800, INTERNAL, GOES_ON, SYSTEM_ERROR },
  { 23100, REFUSED, STOPS, PREFETCH },
  { 23101, REFUSED, STOPS, PREFETCH },
  { 23103, REFUSED, STOPS, NO_RIGHT },
  { 25002, REFUSED, GOES_ON,
    N_("The account has no right to one of these domains or to its project."),
    N_("Leave the domain out, or ask the owner of the Tencent Cloud account for the right to "
       "it.") },
  { 25010, REFUSED, STOPS, NO_RIGHT },
  { 28006, REFUSED, STOPS, PREFETCH },
  { 28007, REFUSED, GOES_ON,
    N_("One of the domains to be purged is switched off."),
    N_("Switch on the acceleration of the domain in the Tencent Cloud console, or take its "
       "directories out.") },
  { 28008, REFUSED, GOES_ON, DOMAIN_NOT_ONLINE },
};

static const PurgeCode *
find (const PurgeCode *codes,
      guint            n_codes,
      int              code)
{
  for (guint i = 0; i < n_codes; i++)
    if (codes[i].code == code)
      return &codes[i];

  return NULL;
}

/**
 * purge_code_find_common:
 * @code: (nullable): a code as the server said it
 *
 * Returns: (nullable): what is known of this common code
 */
const PurgeCode *
purge_code_find_common (const char *code)
{
  gint64 number;

  if (code == NULL || !g_ascii_string_to_signed (code, 10, G_MININT, G_MAXINT, &number, NULL))
    return NULL;

  return find (common_codes, G_N_ELEMENTS (common_codes), number);
}

/**
 * purge_code_find_module:
 * @module_code: a module code, or 0
 *
 * Returns: (nullable): what is known of this module code
 */
const PurgeCode *
purge_code_find_module (int module_code)
{
  return find (module_codes, G_N_ELEMENTS (module_codes), module_code);
}

/**
 * purge_code_list_common:
 * @n_codes: (out): how many there are
 *
 * Returns: (array length=n_codes): all common codes that are known
 */
const PurgeCode *
purge_code_list_common (guint *n_codes)
{
  g_return_val_if_fail (n_codes != NULL, NULL);

  *n_codes = G_N_ELEMENTS (common_codes);
  return common_codes;
}

/**
 * purge_code_list_module:
 * @n_codes: (out): how many there are
 *
 * Returns: (array length=n_codes): all module codes that are known
 */
const PurgeCode *
purge_code_list_module (guint *n_codes)
{
  g_return_val_if_fail (n_codes != NULL, NULL);

  *n_codes = G_N_ELEMENTS (module_codes);
  return module_codes;
}
