/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-explanation.h"

#include <string.h>

#include <gio/gio.h>

#include "purge-code.h"
#include "purge-error.h"

#define NOTHING "Nothing was sent."
#define PERHAPS "The request may have reached Tencent."
#define SURELY "The request was sent."

#define UNTOUCHED "No quota was spent."
#define PROBABLY_UNTOUCHED "No quota was spent, as far as this program can tell."
#define MAYBE_SPENT "Quota may have been spent."
#define SPENT "Quota was spent for it."

/* Every cause in the state to which its event leads. */
static const struct
{
  PurgeBatchState state;
  PurgeCause cause;
  const char *sent;
  const char *quota;
  gboolean shares_next_step;
} cases[] = {
  { PURGE_BATCH_ACCEPTED, PURGE_CAUSE_NONE, SURELY, SPENT },
  { PURGE_BATCH_REJECTED, PURGE_CAUSE_REFUSED_BY_API, SURELY, PROBABLY_UNTOUCHED },
  { PURGE_BATCH_WAITING, PURGE_CAUSE_TOO_MANY_REQUESTS, SURELY, UNTOUCHED },
  { PURGE_BATCH_REJECTED, PURGE_CAUSE_REDIRECTED, SURELY, UNTOUCHED },
  { PURGE_BATCH_REJECTED, PURGE_CAUSE_HTTP_REFUSED, SURELY, PROBABLY_UNTOUCHED },
  { PURGE_BATCH_WAITING, PURGE_CAUSE_NAME_LOOKUP, NOTHING, UNTOUCHED },
  { PURGE_BATCH_WAITING, PURGE_CAUSE_NO_CONNECTION, NOTHING, UNTOUCHED },
  { PURGE_BATCH_WAITING, PURGE_CAUSE_CONNECT_TIMEOUT, NOTHING, UNTOUCHED },
  { PURGE_BATCH_WAITING, PURGE_CAUSE_PROXY, NOTHING, UNTOUCHED },
  { PURGE_BATCH_WAITING, PURGE_CAUSE_TLS_FAILED, NOTHING, UNTOUCHED },
  { PURGE_BATCH_WAITING, PURGE_CAUSE_CERTIFICATE, NOTHING, UNTOUCHED },
  { PURGE_BATCH_WAITING, PURGE_CAUSE_TLS_TOO_OLD, NOTHING, UNTOUCHED },
  { PURGE_BATCH_WAITING, PURGE_CAUSE_CANCELLED_BEFORE, NOTHING, UNTOUCHED },
  /* What is lost is looked up: there is nothing else to do about it. */
  { PURGE_BATCH_UNKNOWN, PURGE_CAUSE_CONNECTION_LOST, PERHAPS, MAYBE_SPENT, TRUE },
  { PURGE_BATCH_UNKNOWN, PURGE_CAUSE_TIMEOUT, PERHAPS, MAYBE_SPENT, TRUE },
  { PURGE_BATCH_UNKNOWN, PURGE_CAUSE_ANSWER_TOO_LONG, SURELY, MAYBE_SPENT, TRUE },
  { PURGE_BATCH_UNKNOWN, PURGE_CAUSE_ANSWER_ENCODED, SURELY, MAYBE_SPENT, TRUE },
  { PURGE_BATCH_UNKNOWN, PURGE_CAUSE_ANSWER_UNCLEAR, SURELY, MAYBE_SPENT, TRUE },
  { PURGE_BATCH_UNKNOWN, PURGE_CAUSE_WEB_PAGE, PERHAPS, MAYBE_SPENT },
  { PURGE_BATCH_UNKNOWN, PURGE_CAUSE_SERVER_ERROR, SURELY, MAYBE_SPENT, TRUE },
  { PURGE_BATCH_UNKNOWN, PURGE_CAUSE_SERVER_INTERNAL, SURELY, MAYBE_SPENT, TRUE },
  { PURGE_BATCH_UNKNOWN, PURGE_CAUSE_RESTARTED, PERHAPS, MAYBE_SPENT, TRUE },
  { PURGE_BATCH_UNKNOWN, PURGE_CAUSE_CANCELLED_AFTER, PERHAPS, MAYBE_SPENT, TRUE },
  { PURGE_BATCH_UNKNOWN, PURGE_CAUSE_FEWER_ACCEPTED, SURELY, MAYBE_SPENT },
  { PURGE_BATCH_UNKNOWN, PURGE_CAUSE_REPLAY, SURELY, MAYBE_SPENT, TRUE },
  { PURGE_BATCH_WAITING, PURGE_CAUSE_CLOCK, SURELY, UNTOUCHED },
  { PURGE_BATCH_UNKNOWN, PURGE_CAUSE_PROGRAM_ENDED, PERHAPS, MAYBE_SPENT, TRUE },
  { PURGE_BATCH_WAITING, PURGE_CAUSE_QUEUE_STOPPED, NOTHING, UNTOUCHED },
  { PURGE_BATCH_WAITING, PURGE_CAUSE_NOT_RECORDED, NOTHING, UNTOUCHED },
};

/* Codes whose official texts say the same, and those of prefetching, which no purge causes. */
static const int shared_codes[][6] = {
  { 9105, 9110, 9307 },
  { 9107, 9303, 20005, 22036, 22701 },
  { 9112, 28008 },
  { 9176, 9313 },
  { 9163, 22063 },
  { 23103, 25010 },
  { 9000, 22800 },
  { -9015, 9151 },
  { 21000, 21002, 23100, 23101, 28006 },
};

static void
assert_is_sentence (const char *text)
{
  g_assert_cmpuint (strlen (text), >, 8);
  g_assert_true (g_str_has_suffix (text, "."));
  g_assert_true (g_ascii_isupper (*text));
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_null (strchr (text, '\''));
  g_assert_null (strchr (text, '%'));
  g_assert_null (strstr (text, "refresh "));
}

static void
assert_is_new (GHashTable *seen,
               const char *text)
{
  g_test_message ("%s", text);
  g_assert_true (g_hash_table_add (seen, g_strdup (text)));
}

static GHashTable *
new_seen (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
test_causes (void)
{
  g_autoptr (GHashTable) sentences = new_seen ();
  g_autoptr (GHashTable) next_steps = new_seen ();
  GEnumClass *causes = g_type_class_ref (PURGE_TYPE_CAUSE);

  g_assert_cmpuint (G_N_ELEMENTS (cases), ==, causes->n_values);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PurgeOutcome) outcome = purge_outcome_new (PURGE_BATCH_EVENT_LOST, cases[i].cause);
      g_autoptr (PurgeExplanation) explanation = purge_explanation_new (cases[i].state, outcome);

      g_assert_cmpint (cases[i].cause, ==, causes->values[i].value);
      assert_is_sentence (explanation->sentence);
      assert_is_sentence (explanation->next_step);
      assert_is_new (sentences, explanation->sentence);
      if (!cases[i].shares_next_step)
        assert_is_new (next_steps, explanation->next_step);
      g_assert_cmpstr (explanation->sent, ==, cases[i].sent);
      g_assert_cmpstr (explanation->quota, ==, cases[i].quota);
    }
  g_type_class_unref (causes);
}

/* A state without a cause of its own: no outcome yet, or a look-up that moved the batch on. */
static void
test_states (void)
{
  static const struct
  {
    PurgeBatchState state;
    const char *sent;
    const char *quota;
    gboolean has_next_step;
  } states[] = {
    { PURGE_BATCH_WAITING, NOTHING, UNTOUCHED, FALSE },
    { PURGE_BATCH_SENDING, PERHAPS, MAYBE_SPENT, FALSE },
    { PURGE_BATCH_ACCEPTED, SURELY, SPENT, TRUE },
    { PURGE_BATCH_REJECTED, SURELY, PROBABLY_UNTOUCHED, TRUE },
    { PURGE_BATCH_UNKNOWN, PERHAPS, MAYBE_SPENT, TRUE },
    { PURGE_BATCH_SUPERSEDED, PERHAPS, MAYBE_SPENT, TRUE },
    { PURGE_BATCH_DONE, SURELY, SPENT, FALSE },
    { PURGE_BATCH_FAILED, SURELY, MAYBE_SPENT, TRUE },
  };
  g_autoptr (GHashTable) sentences = new_seen ();

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (PurgeExplanation) explanation = purge_explanation_new (states[i].state, NULL);

      g_assert_cmpint (states[i].state, ==, i);
      assert_is_sentence (explanation->sentence);
      assert_is_new (sentences, explanation->sentence);
      g_assert_cmpstr (explanation->sent, ==, states[i].sent);
      g_assert_cmpstr (explanation->quota, ==, states[i].quota);
      if (states[i].has_next_step)
        assert_is_sentence (explanation->next_step);
      else
        g_assert_cmpstr (explanation->next_step, ==, "");
    }
}

/* Whatever pair a journal may hold, there is an explanation. */
static void
test_every_pair (void)
{
  for (int state = PURGE_BATCH_WAITING; state <= PURGE_BATCH_FAILED; state++)
    for (int cause = PURGE_CAUSE_NONE; cause <= PURGE_CAUSE_NOT_RECORDED; cause++)
      {
        g_autoptr (PurgeOutcome) outcome = purge_outcome_new (PURGE_BATCH_EVENT_LOST, cause);
        g_autoptr (PurgeExplanation) explanation = purge_explanation_new (state, outcome);

        assert_is_sentence (explanation->sentence);
        assert_is_sentence (explanation->sent);
        assert_is_sentence (explanation->quota);
      }
}

static gboolean
may_share (int a,
           int b)
{
  for (guint i = 0; i < G_N_ELEMENTS (shared_codes); i++)
    {
      gboolean has_a = FALSE;
      gboolean has_b = FALSE;

      for (guint j = 0; j < G_N_ELEMENTS (shared_codes[i]); j++)
        {
          has_a |= shared_codes[i][j] == a;
          has_b |= shared_codes[i][j] == b;
        }
      if (has_a && has_b)
        return TRUE;
    }

  return FALSE;
}

static void
check_own_words (const PurgeCode *codes,
                 guint            n_codes)
{
  for (guint i = 0; i < n_codes; i++)
    for (guint j = 0; j < i; j++)
      {
        gboolean same = strcmp (codes[i].sentence, codes[j].sentence) == 0;

        g_assert_cmpint (codes[i].code, !=, codes[j].code);
        g_assert_cmpint (strcmp (codes[i].next_step, codes[j].next_step) == 0, ==, same);
        g_assert_cmpint (same, ==, may_share (codes[i].code, codes[j].code));
      }
}

static PurgeBatchState
state_after (PurgeBatchEvent event)
{
  PurgeBatchState state;

  g_assert_true (purge_batch_state_move (PURGE_BATCH_SENDING, event, &state));
  return state;
}

static void
check_code (const PurgeCode *code,
            gboolean         is_module)
{
  g_autoptr (PurgeOutcome) outcome = purge_outcome_new (code->event, code->cause);
  g_autoptr (PurgeExplanation) explanation = NULL;

  outcome->answer.code = g_strdup_printf ("%d", is_module ? 4000 : code->code);
  outcome->answer.module_code = is_module ? code->code : 0;
  explanation = purge_explanation_new (state_after (code->event), outcome);

  g_test_message ("%d", code->code);
  g_assert_cmpstr (explanation->sentence, ==, code->sentence);
  g_assert_cmpstr (explanation->next_step, ==, code->next_step);
  assert_is_sentence (explanation->sentence);
  assert_is_sentence (explanation->next_step);
  g_assert_null (strstr (explanation->next_step, "API 2.0"));
  g_assert_cmpstr (explanation->sent, ==, SURELY);
  g_assert_cmpstr (explanation->quota, !=, SPENT);
}

static void
test_codes (void)
{
  guint n_codes;
  const PurgeCode *codes = purge_code_list_common (&n_codes);

  g_assert_cmpuint (n_codes, ==, 23);
  check_own_words (codes, n_codes);
  for (guint i = 0; i < n_codes; i++)
    check_code (&codes[i], FALSE);

  codes = purge_code_list_module (&n_codes);
  g_assert_cmpuint (n_codes, >=, 45);
  check_own_words (codes, n_codes);
  for (guint i = 0; i < n_codes; i++)
    check_code (&codes[i], TRUE);
}

/* No code may be without an explanation that Tencent's pages name for a purge. */
static void
test_documented_codes (void)
{
  static const char * const common[] = {
    "4000", "4100", "4101", "4102", "4103", "4104", "4105", "4106", "4110", "4200", "4300", "4400",
    "4500", "4600", "5000", "5100", "5200", "5300", "5400", "5500", "6000", "6100", "6200",
  };
  static const int module[] = {
    9110, 9105, 9307, 9111, 22041, 9112, 28008, 28007, 9175, 9176, 9313, 9107, 9303, 20005, 22701,
    22036, 9003, 9129, 22045, 22046, 22043, 22044, 9163, 22063, 9162, 9169, 9170, 25002, 25010,
    23103, 9000, 9151, 22800, -9015, -9014, 9150, 21001, -9009, 1001, 1002, 23100, 23101, 21000,
    21002, 28006, 1012,
  };

  for (guint i = 0; i < G_N_ELEMENTS (common); i++)
    g_assert_nonnull (purge_code_find_common (common[i]));
  for (guint i = 0; i < G_N_ELEMENTS (module); i++)
    g_assert_nonnull (purge_code_find_module (module[i]));

  g_assert_null (purge_code_find_common (NULL));
  g_assert_null (purge_code_find_common (""));
  g_assert_null (purge_code_find_common ("0"));
  g_assert_null (purge_code_find_common ("4100x"));
  g_assert_null (purge_code_find_common ("AuthFailure"));
  g_assert_null (purge_code_find_common ("99999999999"));
  g_assert_null (purge_code_find_module (0));
}

static const struct
{
  const char *rule;
  PurgeBatchState state;
  PurgeCause cause;
  guint status;
  const char *code;
  int module_code;
  const char *sentence;
  const char *next_step;
} answers[] = {
  { "an unknown code is shown", PURGE_BATCH_REJECTED, PURGE_CAUSE_REFUSED_BY_API, 200, "7777", 0,
    "Tencent refused the purge with the code 7777, which this program does not know.",
    "Read Tencent’s message. If it does not help, show the raw answer to Tencent’s support." },
  { "a symbol too", PURGE_BATCH_REJECTED, PURGE_CAUSE_REFUSED_BY_API, 200, "A.B_c-1", 0,
    "Tencent refused the purge with the code A.B_c-1, which this program does not know.",
    "Read Tencent’s message. If it does not help, show the raw answer to Tencent’s support." },
  { "an unknown module code is shown", PURGE_BATCH_REJECTED, PURGE_CAUSE_REFUSED_BY_API, 200,
    "4000", 60024,
    "Tencent refused the purge with the code 60024, which this program does not know.",
    "Read Tencent’s message: it says which part that is." },
  { "a common code that says enough stands", PURGE_BATCH_REJECTED, PURGE_CAUSE_REFUSED_BY_API,
    200, "4104", 60024, "Tencent knows no such SecretId.",
    "It was deleted or mistyped. Copy the SecretId and the SecretKey again from the API key page "
    "of the Tencent Cloud console." },
  { "hostile codes are not shown", PURGE_BATCH_REJECTED, PURGE_CAUSE_REFUSED_BY_API, 200,
    "<b>%s</b>", 0, "Tencent refused the purge with a code that this program does not know.",
    "Read Tencent’s message. If it does not help, show the raw answer to Tencent’s support." },
  { "the code that is in doubt explains", PURGE_BATCH_UNKNOWN, PURGE_CAUSE_SERVER_INTERNAL, 200,
    "6000", 9110,
    "An error happened inside Tencent’s servers. Whether the purge was carried out is not known.",
    "Check it: that asks Tencent what became of it, and sends nothing again." },
  { "HTTP status 429 explains more than a code", PURGE_BATCH_WAITING,
    PURGE_CAUSE_TOO_MANY_REQUESTS, 429, "4400", 0,
    "The server asked for fewer requests, and did not carry this one out.",
    "Wait some minutes, then send what waits." },
  { "the status is said", PURGE_BATCH_REJECTED, PURGE_CAUSE_HTTP_REFUSED, 403, NULL, 0,
    "The server refused the request with HTTP status 403 and gave no reason that can be read.",
    "Check the endpoint of the account. A firewall or a proxy may have answered in Tencent’s "
    "place." },
  { "the status of a failure is said", PURGE_BATCH_UNKNOWN, PURGE_CAUSE_SERVER_ERROR, 502,
    "502", 0,
    "The server failed with HTTP status 502 while it had the request.",
    "Check it: that asks Tencent what became of it, and sends nothing again." },
  { "a look-up ends an old cause", PURGE_BATCH_ACCEPTED, PURGE_CAUSE_SERVER_INTERNAL, 200, "6000",
    0, "Tencent accepted the purge.", "It takes about five minutes to work everywhere." },
};

static void
test_refined (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (PurgeOutcome) outcome =
        purge_outcome_new (PURGE_BATCH_EVENT_LOST, answers[i].cause);
      g_autoptr (PurgeExplanation) explanation = NULL;

      outcome->http_status = answers[i].status;
      outcome->answer.code = g_strdup (answers[i].code);
      outcome->answer.module_code = answers[i].module_code;
      explanation = purge_explanation_new (answers[i].state, outcome);

      g_test_message ("%s", answers[i].rule);
      g_assert_cmpstr (explanation->sentence, ==, answers[i].sentence);
      g_assert_cmpstr (explanation->next_step, ==, answers[i].next_step);
    }
}

/* No cause and no code of any API speaks of the end of API 2.0 by itself: who knows the API adds it. */
static void
test_retirement (void)
{
  g_autoptr (PurgeOutcome) outcome = purge_outcome_new (PURGE_BATCH_EVENT_NOT_EXECUTED,
                                                        PURGE_CAUSE_NAME_LOOKUP);
  g_autoptr (PurgeExplanation) explanation = purge_explanation_new (PURGE_BATCH_WAITING, outcome);
  g_autoptr (PurgeExplanation) waiting = purge_explanation_new (PURGE_BATCH_WAITING, NULL);

  g_assert_null (strstr (explanation->next_step, "API"));
  purge_explanation_mention_retirement (explanation);
  g_assert_cmpstr (explanation->next_step, ==,
                   "Check the network connection, and whether other addresses work. It may also be "
                   "that API 2.0 has ended for this account, as Tencent announced for 30 November "
                   "2022: then switch the account to API 3.0.");

  purge_explanation_mention_retirement (waiting);
  g_assert_true (g_str_has_prefix (waiting->next_step, "It may"));
}

/* How long the server asks to wait is said instead of “some minutes”, whether a status or a code said
 * that it was too much. */
static void
test_waits (void)
{
  static const struct
  {
    PurgeBatchState state;
    PurgeCause cause;
    int module_code;
    gint64 seconds;
    const char *next_step;
  } waits[] = {
    { PURGE_BATCH_WAITING, PURGE_CAUSE_TOO_MANY_REQUESTS, 0, 1,
      "Tencent asks to wait 1 second. Purge the waiting directories after that." },
    { PURGE_BATCH_WAITING, PURGE_CAUSE_TOO_MANY_REQUESTS, 0, 99,
      "Tencent asks to wait 99 seconds. Purge the waiting directories after that." },
    { PURGE_BATCH_WAITING, PURGE_CAUSE_TOO_MANY_REQUESTS, 0, 100,
      "Tencent asks to wait 2 minutes. Purge the waiting directories after that." },
    { PURGE_BATCH_WAITING, PURGE_CAUSE_TOO_MANY_REQUESTS, 9163, 180,
      "Tencent asks to wait 3 minutes. Purge the waiting directories after that." },
    { PURGE_BATCH_WAITING, PURGE_CAUSE_TOO_MANY_REQUESTS, 0, 181,
      "Tencent asks to wait 4 minutes. Purge the waiting directories after that." },
    { PURGE_BATCH_WAITING, PURGE_CAUSE_TOO_MANY_REQUESTS, 0, 99 * 60,
      "Tencent asks to wait 99 minutes. Purge the waiting directories after that." },
    { PURGE_BATCH_WAITING, PURGE_CAUSE_TOO_MANY_REQUESTS, 0, 99 * 60 + 1,
      "Tencent asks to wait 2 hours. Purge the waiting directories after that." },
    { PURGE_BATCH_WAITING, PURGE_CAUSE_TOO_MANY_REQUESTS, 0, 48 * 60 * 60,
      "Tencent asks to wait 48 hours. Purge the waiting directories after that." },
    { PURGE_BATCH_WAITING, PURGE_CAUSE_TOO_MANY_REQUESTS, 0, 48 * 60 * 60 + 1,
      "Tencent asks to wait more than two days. Purge the waiting directories after that." },
    { PURGE_BATCH_WAITING, PURGE_CAUSE_TOO_MANY_REQUESTS, 0, G_MAXINT64,
      "Tencent asks to wait more than two days. Purge the waiting directories after that." },
    { PURGE_BATCH_WAITING, PURGE_CAUSE_TOO_MANY_REQUESTS, 9163, 0, "Wait a minute, then purge again." },
    { PURGE_BATCH_WAITING, PURGE_CAUSE_TOO_MANY_REQUESTS, 9163, -1,
      "Wait a minute, then purge again." },
    { PURGE_BATCH_UNKNOWN, PURGE_CAUSE_SERVER_ERROR, 0, 180,
      "Check it: that asks Tencent what became of it, and sends nothing again." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      g_autoptr (PurgeOutcome) outcome = purge_outcome_new (PURGE_BATCH_EVENT_LOST, waits[i].cause);
      g_autoptr (PurgeExplanation) explanation = NULL;

      outcome->answer.module_code = waits[i].module_code;
      outcome->retry_after = waits[i].seconds;
      explanation = purge_explanation_new (waits[i].state, outcome);
      g_assert_cmpstr (explanation->next_step, ==, waits[i].next_step);
    }
}

static void
test_text (void)
{
  g_autoptr (PurgeExplanation) waiting = purge_explanation_new (PURGE_BATCH_WAITING, NULL);
  g_autoptr (PurgeExplanation) unknown = purge_explanation_new (PURGE_BATCH_UNKNOWN, NULL);
  g_autofree char *waiting_text = purge_explanation_dup_text (waiting);
  g_autofree char *unknown_text = purge_explanation_dup_text (unknown);

  g_assert_cmpstr (waiting_text, ==, "Waiting to be sent. Nothing was sent. No quota was spent.");
  g_assert_cmpstr (unknown_text, ==,
                   "What became of the request is not known. The request may have reached Tencent. "
                   "Quota may have been spent. Check it: that asks Tencent what became of it, and "
                   "sends nothing again.");
}

static void
test_errors (void)
{
  const GQuark foreign = g_quark_from_static_string ("foreign");
  const struct
  {
    GQuark domain;
    int code;
    const char *message;
    const char *text;
  } errors[] = {
    { PURGE_ERROR, PURGE_ERROR_KEYRING_LOCKED, "It is locked. Unlock it.",
      "Nothing was sent, and no quota was spent. It is locked. Unlock it." },
    { PURGE_ERROR, PURGE_ERROR_INVALID_INPUT, "100 %s. Mend it.",
      "Nothing was sent, and no quota was spent. 100 %s. Mend it." },
    { PURGE_ERROR, PURGE_ERROR_STORAGE, "The request was sent. Make room.",
      "The request was sent. Make room." },
    { PURGE_ERROR, PURGE_ERROR_STORAGE_DAMAGED, "It is damaged. Mend it.",
      "It is damaged. Mend it." },
    { G_IO_ERROR, G_IO_ERROR_CANCELLED, "Operation was cancelled",
      "Nothing was sent, and no quota was spent. It was cancelled. Start it again when you are "
      "ready." },
    { G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "x%n",
      "Nothing was sent, and no quota was spent. Something is not there: “x%n”. Check its name and "
      "try again." },
    { G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "x",
      "Nothing was sent, and no quota was spent. Something may not be used: “x”. Give yourself the "
      "permission and try again." },
    { G_IO_ERROR, G_IO_ERROR_NO_SPACE, "x",
      "Nothing was sent, and no quota was spent. There is no room: “x”. Make some and try again." },
    { G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "x",
      "Nothing was sent, and no quota was spent. Something took too long: “x”. Try again in a "
      "moment." },
    { G_IO_ERROR, G_IO_ERROR_FAILED, "x",
      "Nothing was sent, and no quota was spent. Something went wrong: “x”. Try again, and report "
      "it if it stays so." },
    { foreign, 1, "x",
      "Nothing was sent, and no quota was spent. This program met an error that it does not "
      "expect: “x”. Try again, and report it if it stays so." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (errors[i].domain, errors[i].code,
                                                      errors[i].message);
      g_autofree char *text = purge_explanation_for_error (error);

      g_assert_cmpstr (text, ==, errors[i].text);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/explanation/causes", test_causes);
  g_test_add_func ("/explanation/states", test_states);
  g_test_add_func ("/explanation/every-pair", test_every_pair);
  g_test_add_func ("/explanation/codes", test_codes);
  g_test_add_func ("/explanation/documented-codes", test_documented_codes);
  g_test_add_func ("/explanation/refined", test_refined);
  g_test_add_func ("/explanation/retirement", test_retirement);
  g_test_add_func ("/explanation/waits", test_waits);
  g_test_add_func ("/explanation/text", test_text);
  g_test_add_func ("/explanation/errors", test_errors);

  return g_test_run ();
}
