/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Causes and their names. */

#define G_LOG_DOMAIN "purge-cause"

#include "config.h"

#include "purge-cause.h"

#include "purge-enum.h"

G_DEFINE_ENUM_TYPE (PurgeCause, purge_cause,
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_NONE, "none"),
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_REFUSED_BY_API, "refused-by-api"),
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_TOO_MANY_REQUESTS, "too-many-requests"),
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_REDIRECTED, "redirected"),
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_HTTP_REFUSED, "http-refused"),
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_NAME_LOOKUP, "name-lookup"),
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_NO_CONNECTION, "no-connection"),
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_CONNECT_TIMEOUT, "connect-timeout"),
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_PROXY, "proxy"),
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_TLS_FAILED, "tls-failed"),
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_CERTIFICATE, "certificate"),
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_TLS_TOO_OLD, "tls-too-old"),
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_CANCELLED_BEFORE, "cancelled-before"),
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_CONNECTION_LOST, "connection-lost"),
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_TIMEOUT, "timeout"),
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_ANSWER_TOO_LONG, "answer-too-long"),
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_ANSWER_ENCODED, "answer-encoded"),
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_ANSWER_UNCLEAR, "answer-unclear"),
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_WEB_PAGE, "web-page"),
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_SERVER_ERROR, "server-error"),
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_SERVER_INTERNAL, "server-internal"),
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_RESTARTED, "restarted"),
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_CANCELLED_AFTER, "cancelled-after"),
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_FEWER_ACCEPTED, "fewer-accepted"),
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_REPLAY, "replay"),
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_CLOCK, "clock"),
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_PROGRAM_ENDED, "program-ended"),
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_QUEUE_STOPPED, "queue-stopped"),
  G_DEFINE_ENUM_VALUE (PURGE_CAUSE_NOT_RECORDED, "not-recorded"))

/**
 * purge_cause_to_string:
 * @cause: a cause
 *
 * Returns: (transfer none): its stable name
 */
const char *
purge_cause_to_string (PurgeCause cause)
{
  return purge_enum_to_nick (PURGE_TYPE_CAUSE, cause);
}

/**
 * purge_cause_from_string:
 * @string: (nullable): a name
 * @cause: (out): the cause of that name
 *
 * Returns: whether there is one
 */
gboolean
purge_cause_from_string (const char *string,
                         PurgeCause *cause)
{
  int value;

  g_return_val_if_fail (cause != NULL, FALSE);

  if (!purge_enum_from_nick (PURGE_TYPE_CAUSE, string, &value))
    return FALSE;

  *cause = value;
  return TRUE;
}
