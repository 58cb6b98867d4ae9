/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Outcomes and errors in words. Every explanation says what happened, whether anything was sent,
 * whether quota was spent, and what to do next. Knows states, causes and the table of codes; shows
 * no text of a server but a code that is harmless to show. */

#define G_LOG_DOMAIN "purge-explanation"

#include "config.h"

#include "purge-explanation.h"

#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "purge-code-v3.h"
#include "purge-code.h"
#include "purge-error.h"
#include "purge-sentences.h"

#define LONGEST_SHOWN_CODE 64
#define SECONDS_A_DAY (24 * 60 * 60)

/* The row of a state for every cause that has none of its own. */
#define ANY_CAUSE (-1)

typedef enum {
  SENT_NOTHING,
  SENT_PERHAPS,
  SENT_SURELY,
} Sent;

typedef enum {
  QUOTA_UNTOUCHED,
  QUOTA_UNTOUCHED_PROBABLY,
  QUOTA_PERHAPS,
  QUOTA_SPENT,
} Quota;

typedef struct
{
  PurgeBatchState  state;
  int              cause;
  Sent             sent;
  Quota            quota;
  const char      *sentence;
  const char      *next_step;
} Row;

static const char * const sent_sentences[] = {
  [SENT_NOTHING] = N_("Nothing was sent."),
  [SENT_PERHAPS] = N_("The request may have reached Tencent."),
  [SENT_SURELY] = N_("The request was sent."),
};

/* Tencent documents nowhere whether a refused purge spends quota. */
static const char * const quota_sentences[] = {
  [QUOTA_UNTOUCHED] = N_("No quota was spent."),
  [QUOTA_UNTOUCHED_PROBABLY] = N_("No quota was spent, as far as this program can tell."),
  [QUOTA_PERHAPS] = N_("Quota may have been spent."),
  [QUOTA_SPENT] = N_("Quota was spent for it."),
};

/* Shared by all that is lost without a hint of its own: only Tencent can tell. */
#define CHECK_FIRST \
  N_("Check it: that asks Tencent what became of it, and sends nothing again.")

static const Row rows[] = {
  { PURGE_BATCH_WAITING, ANY_CAUSE, SENT_NOTHING, QUOTA_UNTOUCHED,
    N_("Waiting to be sent."),
    NULL },
  { PURGE_BATCH_WAITING, PURGE_CAUSE_TOO_MANY_REQUESTS, SENT_SURELY, QUOTA_UNTOUCHED,
    N_("The server asked for fewer requests, and did not carry this one out."),
    N_("Wait some minutes, then send what waits.") },
  { PURGE_BATCH_WAITING, PURGE_CAUSE_NAME_LOOKUP, SENT_NOTHING, QUOTA_UNTOUCHED,
    N_("The address of the API was not found."),
    N_("Check the network connection, and whether other addresses work.") },
  { PURGE_BATCH_WAITING, PURGE_CAUSE_NO_CONNECTION, SENT_NOTHING, QUOTA_UNTOUCHED,
    N_("The server of the API could not be reached."),
    N_("Check the network connection, and whether a firewall is in the way.") },
  { PURGE_BATCH_WAITING, PURGE_CAUSE_CONNECT_TIMEOUT, SENT_NOTHING, QUOTA_UNTOUCHED,
    N_("The server of the API did not take the connection in time."),
    N_("Try again in a moment. If it stays so, check the network connection.") },
  { PURGE_BATCH_WAITING, PURGE_CAUSE_PROXY, SENT_NOTHING, QUOTA_UNTOUCHED,
    N_("The proxy refused the connection, or does not work."),
    N_("Check the proxy in the network settings of this computer.") },
  { PURGE_BATCH_WAITING, PURGE_CAUSE_TLS_FAILED, SENT_NOTHING, QUOTA_UNTOUCHED,
    N_("The secure connection to the server broke off while it was being made."),
    N_("Try again. If it stays so, ask whoever runs the network whether secure connections are "
       "filtered.") },
  { PURGE_BATCH_WAITING, PURGE_CAUSE_CERTIFICATE, SENT_NOTHING, QUOTA_UNTOUCHED,
    N_("The server could not prove that it is Tencent’s."),
    N_("Check the date of this computer. If it is right, somebody else answers on this network: "
       "use another one, and tell whoever runs this one.") },
  { PURGE_BATCH_WAITING, PURGE_CAUSE_TLS_TOO_OLD, SENT_NOTHING, QUOTA_UNTOUCHED,
    N_("The server offers only a kind of secure connection that is no longer secure."),
    N_("Tencent offers a newer one, so something in between is outdated: use another network, or "
       "tell whoever runs this one.") },
  { PURGE_BATCH_WAITING, PURGE_CAUSE_CLOCK, SENT_SURELY, QUOTA_UNTOUCHED,
    N_("Tencent refused the request for its time: the clock of this computer is wrong."),
    N_("Set the date, the time and the time zone of this computer, then send what waits.") },
  { PURGE_BATCH_WAITING, PURGE_CAUSE_CANCELLED_BEFORE, SENT_NOTHING, QUOTA_UNTOUCHED,
    N_("Cancelled before it was sent."),
    N_("Send what waits when you are ready.") },
  { PURGE_BATCH_WAITING, PURGE_CAUSE_QUEUE_STOPPED, SENT_NOTHING, QUOTA_UNTOUCHED,
    N_("Not sent, because the submission stopped before its turn."),
    N_("Do what the batch that stopped it says, then send what waits.") },
  { PURGE_BATCH_WAITING, PURGE_CAUSE_NOT_RECORDED, SENT_NOTHING, QUOTA_UNTOUCHED,
    N_("Not sent, because it could not be recorded on the disk first."),
    N_("Make room on the disk or mend it, then send what waits.") },

  { PURGE_BATCH_SENDING, ANY_CAUSE, SENT_PERHAPS, QUOTA_PERHAPS,
    N_("Being sent."),
    NULL },

  { PURGE_BATCH_ACCEPTED, ANY_CAUSE, SENT_SURELY, QUOTA_SPENT,
    N_("Tencent accepted the purge."),
    N_("It takes about five minutes to work everywhere.") },

  { PURGE_BATCH_REJECTED, ANY_CAUSE, SENT_SURELY, QUOTA_UNTOUCHED_PROBABLY,
    N_("Tencent did not carry the purge out."),
    N_("Correct what is wrong, then retry: only what was refused is sent again. Directories that "
       "are wrong themselves are purged as a new list, once they are corrected.") },
  { PURGE_BATCH_REJECTED, PURGE_CAUSE_REFUSED_BY_API, SENT_SURELY, QUOTA_UNTOUCHED_PROBABLY,
    N_("Tencent refused the purge with a code that this program does not know."),
    N_("Read Tencent’s message. If it does not help, show the raw answer to Tencent’s support.") },
  { PURGE_BATCH_REJECTED, PURGE_CAUSE_REDIRECTED, SENT_SURELY, QUOTA_UNTOUCHED,
    N_("The server pointed to another address: a sign-in page, or the endpoint is wrong. Nothing "
       "was purged."),
    N_("Sign in to the network in a web browser, and check the endpoint of the account.") },
  { PURGE_BATCH_REJECTED, PURGE_CAUSE_HTTP_REFUSED, SENT_SURELY, QUOTA_UNTOUCHED_PROBABLY,
    N_("The server refused the request and gave no reason that can be read."),
    N_("Check the endpoint of the account. A firewall or a proxy may have answered in Tencent’s "
       "place.") },

  { PURGE_BATCH_UNKNOWN, ANY_CAUSE, SENT_PERHAPS, QUOTA_PERHAPS,
    N_("What became of the request is not known."),
    CHECK_FIRST },
  { PURGE_BATCH_UNKNOWN, PURGE_CAUSE_CONNECTION_LOST, SENT_PERHAPS, QUOTA_PERHAPS,
    N_("The connection ended before the answer was there."),
    CHECK_FIRST },
  { PURGE_BATCH_UNKNOWN, PURGE_CAUSE_TIMEOUT, SENT_PERHAPS, QUOTA_PERHAPS,
    N_("The answer did not come in time."),
    CHECK_FIRST },
  { PURGE_BATCH_UNKNOWN, PURGE_CAUSE_ANSWER_TOO_LONG, SENT_SURELY, QUOTA_PERHAPS,
    N_("The answer was too long to be Tencent’s."),
    CHECK_FIRST },
  { PURGE_BATCH_UNKNOWN, PURGE_CAUSE_ANSWER_ENCODED, SENT_SURELY, QUOTA_PERHAPS,
    N_("The answer was packed in a way that was not asked for, so it was not read."),
    CHECK_FIRST },
  { PURGE_BATCH_UNKNOWN, PURGE_CAUSE_ANSWER_UNCLEAR, SENT_SURELY, QUOTA_PERHAPS,
    N_("The answer is neither a clear yes nor a clear no."),
    CHECK_FIRST },
  { PURGE_BATCH_UNKNOWN, PURGE_CAUSE_WEB_PAGE, SENT_PERHAPS, QUOTA_PERHAPS,
    N_("A web page came instead of Tencent’s answer, probably the sign-in page of a network."),
    N_("Sign in to the network in a web browser. Then check it: that asks Tencent what became of "
       "it, and sends nothing again.") },
  { PURGE_BATCH_UNKNOWN, PURGE_CAUSE_SERVER_ERROR, SENT_SURELY, QUOTA_PERHAPS,
    N_("The server failed while it had the request."),
    CHECK_FIRST },
  { PURGE_BATCH_UNKNOWN, PURGE_CAUSE_SERVER_INTERNAL, SENT_SURELY, QUOTA_PERHAPS,
    N_("Tencent had an internal error."),
    CHECK_FIRST },
  { PURGE_BATCH_UNKNOWN, PURGE_CAUSE_RESTARTED, SENT_PERHAPS, QUOTA_PERHAPS,
    N_("The connection broke, and the request was about to be sent a second time: that was "
       "stopped."),
    CHECK_FIRST },
  { PURGE_BATCH_UNKNOWN, PURGE_CAUSE_CANCELLED_AFTER, SENT_PERHAPS, QUOTA_PERHAPS,
    N_("Cancelled while the request was under way."),
    CHECK_FIRST },
  { PURGE_BATCH_UNKNOWN, PURGE_CAUSE_FEWER_ACCEPTED, SENT_SURELY, QUOTA_PERHAPS,
    N_("Tencent accepted fewer directories than were sent, and does not say which."),
    N_("Check it later: that asks Tencent, and sends nothing again. If it stays unknown, compare "
       "it with the purge history of the Tencent Cloud console, and purge only what is not there.") },
  { PURGE_BATCH_UNKNOWN, PURGE_CAUSE_REPLAY, SENT_SURELY, QUOTA_PERHAPS,
    N_("Tencent took the request for a repeated one."),
    CHECK_FIRST },
  { PURGE_BATCH_UNKNOWN, PURGE_CAUSE_PROGRAM_ENDED, SENT_PERHAPS, QUOTA_PERHAPS,
    N_("The program ended while the request was under way."),
    CHECK_FIRST },

  { PURGE_BATCH_SUPERSEDED, ANY_CAUSE, SENT_PERHAPS, QUOTA_PERHAPS,
    N_("What became of this request was never known, and it was submitted again."),
    N_("Look at the batch that was made of it.") },
  { PURGE_BATCH_DONE, ANY_CAUSE, SENT_SURELY, QUOTA_SPENT,
    N_("Tencent has finished the purge."),
    NULL },
  { PURGE_BATCH_FAILED, ANY_CAUSE, SENT_SURELY, QUOTA_PERHAPS,
    N_("Tencent accepted the purge, but it failed later."),
    N_("Retry: it is sent again, which spends quota again. If it fails again, ask Tencent’s "
       "support.") },
};

static const Row *
find_row (PurgeBatchState state,
          int             cause)
{
  const Row *of_state = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].state == state && rows[i].cause == cause)
      return &rows[i];
    else if (rows[i].state == state && rows[i].cause == ANY_CAUSE)
      of_state = &rows[i];

  return of_state;
}

/* What the table of codes says, where it speaks of the same cause: a code that came with HTTP
 * status 429 explains less than the status. The module code is the more exact one. */
static const PurgeCode *
find_code (const PurgeOutcome *outcome)
{
  const PurgeCode *module = purge_code_find_module (outcome->answer.module_code);
  const PurgeCode *common = purge_code_find_common (outcome->answer.code);

  if (module != NULL && module->cause == outcome->cause)
    return module;
  if (common == NULL)
    common = purge_code_v3_find (outcome->answer.code);

  return common != NULL && common->cause == outcome->cause ? common : NULL;
}

/* Numbers and names are shown as they came; anything else is hostile until proven otherwise. */
static gboolean
is_harmless (const char *code)
{
  gsize length = strlen (code);

  if (length == 0 || length > LONGEST_SHOWN_CODE)
    return FALSE;

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (code[i]) && strchr ("._-", code[i]) == NULL)
      return FALSE;

  return TRUE;
}

static char *
dup_unknown_code (const PurgeAnswer *answer)
{
  if (answer->module_code != 0)
    /* Translators: %d is a code of Tencent's. */
    return g_strdup_printf (_("Tencent refused the purge with the code %d, which this program does "
                              "not know."), answer->module_code);

  if (answer->code != NULL && is_harmless (answer->code))
    /* Translators: %s is a code of Tencent's. */
    return g_strdup_printf (_("Tencent refused the purge with the code %s, which this program does "
                              "not know."), answer->code);

  return NULL;
}

static char *
dup_http_sentence (const PurgeOutcome *outcome)
{
  if (outcome->http_status == 0)
    return NULL;

  if (outcome->cause == PURGE_CAUSE_HTTP_REFUSED)
    return g_strdup_printf (_("The server refused the request with HTTP status %u and gave no "
                              "reason that can be read."), outcome->http_status);
  if (outcome->cause == PURGE_CAUSE_SERVER_ERROR)
    return g_strdup_printf (_("The server failed with HTTP status %u while it had the request."),
                            outcome->http_status);

  return NULL;
}

/* 4000 only says that the message says more. */
static gboolean
says_something (const PurgeCode   *code,
                const PurgeAnswer *answer)
{
  return code != NULL && !(code->code == 4000 && answer->module_code != 0);
}

/* In the largest unit that is still exact enough, rounded up. */
static char *
dup_wait (gint64 seconds)
{
  guint n;

  if (seconds > 2 * SECONDS_A_DAY)
    return g_strdup (_("Tencent asks to wait more than two days."));

  n = seconds;
  if (n < 100)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "Tencent asks to wait %u second.",
                                         "Tencent asks to wait %u seconds.", n), n);

  n = (n + 59) / 60;
  if (n < 100)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "Tencent asks to wait %u minute.",
                                         "Tencent asks to wait %u minutes.", n), n);

  n = (n + 59) / 60;
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "Tencent asks to wait %u hour.",
                                       "Tencent asks to wait %u hours.", n), n);
}

static char *
dup_next_step_after_wait (gint64 seconds)
{
  g_autofree char *wait = dup_wait (seconds);

  return purge_sentences_join (wait, _("Purge the waiting directories after that."));
}

/* Of a code that is not known its family may be. */
static const char *
find_next_step (const PurgeOutcome *outcome,
                const PurgeCode    *code)
{
  const PurgeCode *family = purge_code_v3_find_family (outcome->answer.code);

  if (code != NULL)
    return code->next_step;

  return family != NULL && family->cause == outcome->cause ? family->next_step : NULL;
}

/* What is known beyond state and cause. */
static void
refine (PurgeExplanation   *self,
        const PurgeOutcome *outcome)
{
  const PurgeCode *code = find_code (outcome);
  const char *step = find_next_step (outcome, code);
  char *sentence;
  char *next_step = NULL;

  if (says_something (code, &outcome->answer))
    sentence = g_strdup (_(code->sentence));
  else if (outcome->cause == PURGE_CAUSE_REFUSED_BY_API)
    sentence = dup_unknown_code (&outcome->answer);
  else
    sentence = dup_http_sentence (outcome);

  if (sentence != NULL)
    {
      g_free (self->sentence);
      self->sentence = sentence;
    }

  if (outcome->cause == PURGE_CAUSE_TOO_MANY_REQUESTS && outcome->retry_after > 0)
    next_step = dup_next_step_after_wait (outcome->retry_after);
  else if (step != NULL)
    next_step = g_strdup (_(step));

  if (next_step != NULL)
    {
      g_free (self->next_step);
      self->next_step = next_step;
    }
}

static char *
explain_io_error (const GError *error)
{
  switch (error->code)
    {
    case G_IO_ERROR_CANCELLED:
      return g_strdup (_("It was cancelled. Start it again when you are ready."));
    case G_IO_ERROR_NOT_FOUND:
      /* Translators: %s is what the system said, often technical English. */
      return g_strdup_printf (_("Something is not there: “%s”. Check its name and try again."),
                              error->message);
    case G_IO_ERROR_PERMISSION_DENIED:
      /* Translators: %s is what the system said, often technical English. */
      return g_strdup_printf (_("Something may not be used: “%s”. Give yourself the permission and "
                                "try again."), error->message);
    case G_IO_ERROR_NO_SPACE:
      /* Translators: %s is what the system said, often technical English. */
      return g_strdup_printf (_("There is no room: “%s”. Make some and try "
                                "again."), error->message);
    case G_IO_ERROR_TIMED_OUT:
      /* Translators: %s is what the system said, often technical English. */
      return g_strdup_printf (_("Something took too long: “%s”. Try again in a moment."),
                              error->message);
    default:
      /* Translators: %s is what the system said, often technical English. */
      return g_strdup_printf (_("Something went wrong: “%s”. Try again, and report it if it stays "
                                "so."), error->message);
    }
}

static char *
explain_foreign_error (const GError *error)
{
  if (error->domain == G_IO_ERROR)
    return explain_io_error (error);

  /* Translators: %s is what the system said, often technical English. */
  return g_strdup_printf (_("This program met an error that it does not expect: “%s”. Try again, "
                            "and report it if it stays so."), error->message);
}

/**
 * purge_explanation_new:
 * @state: the state that a batch is in
 * @outcome: (nullable): what became of it, or %NULL where nothing has yet
 *
 * Explains a batch. A batch that a look-up has moved on since is explained by its state alone.
 *
 * Returns: (transfer full): the explanation, translated, without any text of a server
 */
PurgeExplanation *
purge_explanation_new (PurgeBatchState     state,
                       const PurgeOutcome *outcome)
{
  const Row *row = find_row (state, outcome != NULL ? (int) outcome->cause : ANY_CAUSE);
  PurgeExplanation *self;

  g_return_val_if_fail (row != NULL, NULL);

  self = g_new0 (PurgeExplanation, 1);
  self->sentence = g_strdup (_(row->sentence));
  self->sent = g_strdup (_(sent_sentences[row->sent]));
  self->quota = g_strdup (_(quota_sentences[row->quota]));
  self->next_step = g_strdup (row->next_step != NULL ? _(row->next_step) : "");

  if (outcome != NULL && row->cause != ANY_CAUSE)
    refine (self, outcome);

  return self;
}

/**
 * purge_explanation_mention_retirement:
 * @self: an explanation of what looks like the end of API 2.0 (see purge_retirement_is_likely())
 *
 * Adds to what is to be done next that the account may have to speak API 3.0. An outcome does not
 * know its API, so whoever does decides.
 */
void
purge_explanation_mention_retirement (PurgeExplanation *self)
{
  g_autofree char *before = NULL;

  g_return_if_fail (self != NULL);

  before = g_steal_pointer (&self->next_step);
  self->next_step = purge_sentences_join (before,
                                          _("It may also be that API 2.0 has ended for this "
                                            "account, as Tencent announced for 30 November 2022: "
                                            "then switch the account to API 3.0."));
}

/**
 * purge_explanation_free:
 * @self: (transfer full): an explanation
 */
void
purge_explanation_free (PurgeExplanation *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->sentence);
  g_free (self->sent);
  g_free (self->quota);
  g_free (self->next_step);
  g_free (self);
}

/**
 * purge_explanation_dup_text:
 * @self: an explanation
 *
 * Returns: (transfer full): all that it says, as one paragraph
 */
char *
purge_explanation_dup_text (const PurgeExplanation *self)
{
  g_autofree char *what = NULL;
  g_autofree char *until_quota = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  what = purge_sentences_join (self->sentence, self->sent);
  until_quota = purge_sentences_join (what, self->quota);
  return purge_sentences_join (until_quota, self->next_step);
}

/**
 * purge_explanation_for_error:
 * @error: an error that ended something before anything was sent, or one of the storage
 *
 * Explains an error as completely as an outcome. The messages of #PurgeError say what is wrong and
 * what to do; that nothing was sent is added here. Not so with those of the storage, which say it
 * themselves: only the journal knows whether it failed before a request or after one.
 *
 * Returns: (transfer full): the whole explanation, translated, as one paragraph
 */
char *
purge_explanation_for_error (const GError *error)
{
  g_autofree char *sentence = NULL;

  g_return_val_if_fail (error != NULL, NULL);

  if (g_error_matches (error, PURGE_ERROR, PURGE_ERROR_STORAGE) ||
      g_error_matches (error, PURGE_ERROR, PURGE_ERROR_STORAGE_DAMAGED))
    return g_strdup (error->message);

  sentence = error->domain == PURGE_ERROR ? g_strdup (error->message)
                                          : explain_foreign_error (error);

  /* Translators: %s is one or two whole sentences: what is wrong, and what to do. */
  return g_strdup_printf (_("Nothing was sent, and no quota was spent. %s"), sentence);
}
