# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""A client of API 2.0 of its own, made of Python's standard library alone, and a harness that runs
the simulator. It shares no code with the program and none with the simulator: what the two agree on
here is the vendor's documentation."""

import base64
import errno
import hashlib
import hmac
import http.client
import itertools
import json
import os
import secrets
import signal
import socket
import subprocess
import time
import urllib.parse

PATH = "/v2/index.php"
ID = "AKIDpracticeONLYforTheSimulator00000"
KEY = "practiceKEYthatOpensNothing000000"
DEADLINE = 30


class Simulator:
    """A running cdn-purge-simulator, ended by the end of a `with`."""

    def __init__(self, *options, stdin="", warnings_are_fatal=True):
        environment = dict(os.environ, G_DEBUG="fatal-warnings" if warnings_are_fatal else "")
        self.process = subprocess.Popen(
            [os.environ["SIMULATOR"], *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, env=environment)
        try:
            self.process.stdin.write(stdin)
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        self.url = self.process.stdout.readline().strip()
        self.port = urllib.parse.urlsplit(self.url).port
        self.host = f"127.0.0.1:{self.port}"

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        status = self.end()
        if kind is None and status != 0:
            raise AssertionError(f"the simulator ended with {status}")

    def end(self, number=signal.SIGTERM):
        """Ends it and returns its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        status = self.process.wait(DEADLINE)
        self.process.stdout.close()
        return status


def sign(method, host, parameters, key=KEY, path=PATH):
    """The page 签名方法: byte order, raw values, `_` in names as `.`, in a POST no value with @."""
    pairs = []
    for name in sorted(parameters, key=lambda name: name.encode()):
        value = str(parameters[name])
        if name == "Signature" or (method == "POST" and value.startswith("@")):
            continue
        pairs.append(name.replace("_", ".") + "=" + value)
    text = method + host + path + "?" + "&".join(pairs)
    sha256 = parameters.get("SignatureMethod") == "HmacSHA256"
    digest = hmac.new(key.encode(), text.encode(), hashlib.sha256 if sha256 else hashlib.sha1)
    return base64.b64encode(digest.digest()).decode()


nonces = itertools.count(secrets.randbits(31) + 1)


def purge(*directories, **more):
    """The parameters of a RefreshCdnDir, all but the signature. What is None is left out."""
    parameters = {"Action": "RefreshCdnDir", "SecretId": ID, "Nonce": next(nonces),
                  "Timestamp": int(time.time())}
    parameters.update({f"dirs.{i}": directory for i, directory in enumerate(directories)})
    parameters.update(more)
    return {name: value for name, value in parameters.items() if value is not None}


def log_query(**more):
    return purge(**{"Action": "GetCdnRefreshLog", **more})


def encode(form, parameters):
    """A form of request: its method, what stands behind the path, its type and its body."""
    if form == "get":
        query = urllib.parse.urlencode(parameters, quote_via=urllib.parse.quote)
        return "GET", "?" + query, None, b""
    if form == "post":
        return ("POST", "", "application/x-www-form-urlencoded",
                urllib.parse.urlencode(parameters).encode())
    boundary = "----" + secrets.token_hex(8)
    parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
             for name, value in parameters.items()]
    return ("POST", "", f"multipart/form-data; boundary={boundary}",
            ("".join(parts) + f"--{boundary}--\r\n").encode())


def exchange(port, method, target, headers=None, body=b"", tls=None):
    """One request on a connection of its own: status, headers, body."""
    if tls is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=DEADLINE)
    else:
        connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=DEADLINE, context=tls)
    try:
        connection.request(method, target, body=body, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def send(simulator, parameters, form="post", key=KEY, host=None, tls=None, signature=None):
    """Signs and sends; the answer as the server said it."""
    host = host or simulator.host
    method = "GET" if form == "get" else "POST"
    signed = dict(parameters)
    signed["Signature"] = sign(method, host, parameters, key) if signature is None else signature
    method, query, media_type, body = encode(form, signed)
    headers = {"Host": host}
    if media_type:
        headers["Content-Type"] = media_type
    status, _, answer = exchange(simulator.port, method, PATH + query, headers, body, tls)
    return json.loads(answer) if status == 200 else status


def send_raw(port, data, method="GET"):
    """Bytes as they are. The status and the body of the first answer, or None and nothing where the
    connection was closed without one."""
    with socket.create_connection(("127.0.0.1", port), DEADLINE) as connection:
        try:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
        except OSError as problem:  # the server may have seen enough
            if problem.errno not in (errno.ENOTCONN, errno.EPIPE, errno.ECONNRESET):
                raise
        answer = http.client.HTTPResponse(connection, method=method)
        try:
            answer.begin()
            return answer.status, answer.read()
        except (ConnectionError, http.client.HTTPException):
            return None, b""
        finally:
            answer.close()


class Tap:
    """Runs functions as a plan of the Test Anything Protocol."""

    def __init__(self):
        self.tests = []

    def __call__(self, function):
        self.tests.append(function)
        return function

    def run(self):
        failed = 0
        print(f"1..{len(self.tests)}", flush=True)
        for number, test in enumerate(self.tests, 1):
            try:
                test()
                print(f"ok {number} {test.__name__}", flush=True)
            except Exception as problem:  # one test's trouble is not another's
                failed += 1
                print(f"not ok {number} {test.__name__}", flush=True)
                for line in f"{type(problem).__name__}: {problem}".splitlines():
                    print(f"# {line}", flush=True)
        raise SystemExit(1 if failed else 0)


def equal(seen, expected, about=None):
    if seen != expected:
        raise AssertionError(f"{about or ''}: saw {seen!r}, expected {expected!r}")
