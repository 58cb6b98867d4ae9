# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""A client of API 3.0 of its own, made of Python's standard library alone. It shares no code with
the program and none with the simulator: what they agree on here is the vendor's documentation."""

import base64
import hashlib
import hmac
import json
import secrets
import time
import urllib.parse

from client import ID, KEY, exchange

VERSION = "2018-06-06"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def hmac256(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256)


class Request:
    """A request that is signed when it is sent, so that a test can spoil every part of it before.
    `signed` are the names of the headers that are signed, `seen` what is signed in place of what
    is sent, `authorization` the whole header where it is not the right one."""

    def __init__(self, action, payload, **how):
        self.method = how.get("method", "POST")
        self.content_type = how.get("content_type", JSON if self.method == "POST" else FORM)
        self.key = how.get("key", KEY)
        self.secret_id = how.get("secret_id", ID)
        self.token = how.get("token")
        self.version = how.get("version", VERSION)
        self.timestamp = how.get("timestamp", int(time.time()))
        self.date = how.get("date")
        self.service = how.get("service", "cdn")
        self.host = how.get("host")
        self.signed = how.get("signed", "content-type;host;x-tc-action")
        self.seen = how.get("seen", {})
        self.more = how.get("more", {})
        self.unsigned_payload = how.get("unsigned_payload", False)
        self.authorization = how.get("authorization")
        self.action = action
        self.query = ""
        if self.method == "GET":
            self.query, self.body = urllib.parse.urlencode(fold(payload)), b""
        elif isinstance(payload, bytes):
            self.body = payload
        else:
            self.body = json.dumps(payload, ensure_ascii=False).encode()

    def headers(self, host):
        headers = {"Host": host, "Content-Type": self.content_type, "X-TC-Action": self.action,
                   "X-TC-Version": self.version, "X-TC-Timestamp": self.timestamp,
                   "X-TC-Token": self.token, **self.more}
        if self.unsigned_payload:
            headers["X-TC-Content-SHA256"] = "UNSIGNED-PAYLOAD"
        return {name: str(value) for name, value in headers.items() if value is not None}

    def canonical(self, headers):
        values = {name.lower(): value for name, value in headers.items()}
        values["x-tc-action"] = values.get("x-tc-action", "").lower()
        values.update(self.seen)
        lines = "".join(f"{name}:{values.get(name, '')}\n" for name in self.signed.split(";"))
        payload = b"UNSIGNED-PAYLOAD" if self.unsigned_payload else self.body
        return "\n".join([self.seen.get("method", self.method), "/", self.query, lines, self.signed,
                          sha256(self.seen.get("body", payload))])

    def sign(self, headers):
        date = self.date or time.strftime("%Y-%m-%d", time.gmtime(int(self.timestamp)))
        scope = f"{date}/{self.service}/tc3_request"
        text = "\n".join(["TC3-HMAC-SHA256", str(self.timestamp), scope,
                          sha256(self.canonical(headers).encode())])
        key = f"TC3{self.key}".encode()
        for step in (date, self.service, "tc3_request"):
            key = hmac256(key, step).digest()
        return (f"TC3-HMAC-SHA256 Credential={self.secret_id}/{scope}, "
                f"SignedHeaders={self.signed}, Signature={hmac256(key, text).hexdigest()}")

    def send(self, simulator, tls=None):
        headers = self.headers(self.host or simulator.host)
        headers["Authorization"] = (self.sign(headers) if self.authorization is None
                                    else self.authorization)
        target = "/" + ("?" + self.query if self.query else "")
        return unwrap(*exchange(simulator.port, self.method, target, headers, self.body, tls))


def unwrap(status, headers, body):
    """What stands in the envelope of an answer of API 3.0, which is the same for all of them."""
    assert (status, headers.get_content_type()) == (200, JSON), (status, headers)
    answer = json.loads(body)
    assert list(answer) == ["Response"], answer
    assert len(answer["Response"].pop("RequestId")) == 36, answer
    return answer["Response"]


def fold(payload):
    """The parameters as queries and forms have them: `Paths.0` is the first of a list."""
    flat = {}
    for name, value in payload.items():
        if isinstance(value, list):
            flat.update({f"{name}.{i}": element for i, element in enumerate(value)})
        else:
            flat[name] = value
    return flat


def call(simulator, action, payload, tls=None, **how):
    return Request(action, payload, **how).send(simulator, tls)


def purge(simulator, *paths, how=None, tls=None, **more):
    payload = {"Paths": list(paths), "FlushType": "flush", **more}
    payload = {name: value for name, value in payload.items() if value is not None}
    return call(simulator, "PurgePathCache", payload, tls, **(how or {}))


def call_with_form(simulator, action, payload, method="POST", key=KEY, host=None, **more):
    """API 3.0 with the signature of 2.0: everything in the query or in a form."""
    host = host or simulator.host
    parameters = {"Action": action, "Version": VERSION, "Timestamp": int(time.time()),
                  "Nonce": secrets.randbits(31) + 1, "SecretId": ID, **fold(payload), **more}
    parameters = {name: str(value) for name, value in parameters.items() if value is not None}
    text = f"{method}{host}/?" + "&".join(f"{name}={parameters[name]}"
                                          for name in sorted(parameters, key=str.encode))
    sha = hashlib.sha256 if parameters.get("SignatureMethod") == "HmacSHA256" else hashlib.sha1
    digest = hmac.new(key.encode(), text.encode(), sha).digest()
    parameters.setdefault("Signature", base64.b64encode(digest).decode())
    encoded = urllib.parse.urlencode(parameters)
    headers = {"Host": simulator.host}
    if method == "GET":
        return unwrap(*exchange(simulator.port, "GET", "/?" + encoded, headers))
    headers["Content-Type"] = FORM
    return unwrap(*exchange(simulator.port, "POST", "/", headers, encoded.encode()))
