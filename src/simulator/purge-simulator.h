/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PurgeSimulatorOptions:
 * @port: the port, or 0 for any free one
 * @latency_ms: how long an answer waits after the request
 * @tls_certificate: (nullable): path of a PEM certificate; with it the simulator speaks TLS
 * @tls_key: (nullable): path of its PEM key
 * @require_https: answer 4600 to plain http, as the real API does
 * @secret_id: (nullable): the SecretId it knows, or %NULL for the practice pair
 * @secret_key: (nullable): its SecretKey
 * @token: (nullable): the token that temporary credentials must carry, or %NULL for none
 * @quota: directories a day, in each area; 0 means 100
 * @batch: directories a request; 0 means what each API documents, 20 in 2.0 and 500 in 3.0
 * @hosts: (nullable) (array zero-terminated=1): the hosts it knows, or %NULL for all but those
 *   under `.invalid`
 * @clock_window: how far a timestamp may be off, in seconds; 0 means 300
 * @fail_code: (nullable): a documented code to answer, "9110" or "AuthFailure.SignatureFailure";
 *   requests to the API that does not document it are judged as ever
 * @fail_nth: to which request, from 1, or 0 for every one
 * @log: (nullable): path of the log, one JSON line a request
 * @area: (nullable): where its hosts are deployed: `mainland`, `overseas` or `global`, which is
 *   what %NULL means; what API 2.0 purges is the mainland
 * @task_time_ms: how long an accepted purge is under way before a look-up says that it is done
 *
 * How the simulator is to behave. Everything at zero is the practice server.
 */
typedef struct {
  guint16             port;
  guint               latency_ms;
  const char         *tls_certificate;
  const char         *tls_key;
  gboolean            require_https;
  const char         *secret_id;
  const char         *secret_key;
  const char         *token;
  guint               quota;
  guint               batch;
  const char * const *hosts;
  guint               clock_window;
  const char         *fail_code;
  guint               fail_nth;
  const char         *log;
  const char         *area;
  guint               task_time_ms;
} PurgeSimulatorOptions;

/**
 * PurgeSimulator:
 *
 * The server side of the APIs, on the loopback address, in the main context of whoever made it (the
 * thread-default one, which must stay it), which it never blocks but for its log. Verifies every
 * signature from the bytes it received, every nonce, timestamp and limit; keeps quota and tasks. It
 * shares no code with the client: a signer that checks itself proves nothing. It ends with the
 * last reference to it: then nothing listens any more, and who still waits for an answer sees the
 * connection close.
 */
#define PURGE_TYPE_SIMULATOR (purge_simulator_get_type ())

G_DECLARE_FINAL_TYPE (PurgeSimulator, purge_simulator, PURGE, SIMULATOR, GObject)

#define PURGE_SIMULATOR_PRACTICE_ID "AKIDpracticeONLYforTheSimulator00000"
#define PURGE_SIMULATOR_PRACTICE_KEY "practiceKEYthatOpensNothing000000"

PurgeSimulator *purge_simulator_new            (const PurgeSimulatorOptions  *options,
                                                GError                      **error);
const char     *purge_simulator_get_base_url   (PurgeSimulator               *self);
guint           purge_simulator_get_n_requests (PurgeSimulator               *self);

G_END_DECLS
