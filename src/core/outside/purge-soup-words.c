/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A request in libsoup's words, and an answer out of them. Knows headers and flags; does not know
 * how anything gets to a server, or what is asked and answered. */

#define G_LOG_DOMAIN "purge-soup-words"

#include "config.h"

#include "purge-soup-words.h"

/**
 * purge_soup_words_new_message:
 * @request: what is to be sent
 * @uri: where, of @request
 *
 * Returns: (transfer full): the same for libsoup, which follows no redirect of it
 */
SoupMessage *
purge_soup_words_new_message (PurgeRequest *request,
                              GUri         *uri)
{
  SoupMessage *message = soup_message_new_from_uri (purge_request_get_method (request), uri);
  SoupMessageFlags flags = SOUP_MESSAGE_NO_REDIRECT;

  /* This flag lets a POST share connections; whether it is sent again where one drops goes by the
   * method, and not by the flag (tests/core/test-soup-reuse.c). A GET is: it has one of its own. */
  if (purge_request_get_body (request) != NULL)
    {
      flags |= SOUP_MESSAGE_IDEMPOTENT;
      soup_message_set_request_body_from_bytes (message, purge_request_get_content_type (request),
                                                purge_request_get_body (request));
    }
  soup_message_set_flags (message, flags);

  for (guint i = 0; i < purge_request_get_n_headers (request); i++)
    {
      const char *value;
      const char *name = purge_request_get_header (request, i, &value);

      soup_message_headers_append (soup_message_get_request_headers (message), name, value);
    }

  return message;
}

/**
 * purge_soup_words_are_encoded:
 * @message: one whose answer has begun
 *
 * Returns: whether the body of the answer would have to be decoded, which nobody asked for
 */
gboolean
purge_soup_words_are_encoded (SoupMessage *message)
{
  const char *encoding =
    soup_message_headers_get_list (soup_message_get_response_headers (message), "Content-Encoding");

  return encoding != NULL && g_ascii_strcasecmp (encoding, "identity") != 0;
}

static char *
dup_header (SoupMessage *message,
            const char  *name)
{
  return g_strdup (soup_message_headers_get_one (soup_message_get_response_headers (message), name));
}

/**
 * purge_soup_words_new_exchange:
 * @message: one that was answered
 * @body: the body of the answer
 *
 * Returns: (transfer full): the answer
 */
PurgeExchange *
purge_soup_words_new_exchange (SoupMessage *message,
                               GBytes      *body)
{
  PurgeExchange *exchange = purge_exchange_new_answer (soup_message_get_status (message), body);

  exchange->content_type = dup_header (message, "Content-Type");
  exchange->location = dup_header (message, "Location");
  exchange->date = dup_header (message, "Date");
  exchange->age = dup_header (message, "Age");
  exchange->retry_after = dup_header (message, "Retry-After");

  return exchange;
}
