#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""Requests as nobody should send them. One server gets them all: each is answered (or, where
libsoup gives up on what should be HTTP, its connection is closed), nothing is executed, and the
server goes on as if nothing had been."""

import json
import time

from client import ID, PATH, Simulator, Tap, encode, equal, purge, send, send_raw, sign
from client3 import Request, call

test = Tap()
CLOSED = None


def head(method="GET", target=PATH, version="HTTP/1.1", headers=("Host: x",)):
    lines = [f"{method} {target} {version}", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def post(body, media_type="application/x-www-form-urlencoded", extra=()):
    headers = ["Host: x", f"Content-Length: {len(body)}", *extra]
    if media_type is not None:
        headers.append(f"Content-Type: {media_type}")
    return head("POST", headers=headers) + body


def multipart(body, media_type="multipart/form-data; boundary=b"):
    return post(body, media_type)


def part(name, value):
    disposition = b'Content-Disposition: form-data; name="' + name + b'"'
    return b"--b\r\n" + disposition + b"\r\n\r\n" + value + b"\r\n"


# What comes, and what is answered: an HTTP status, or a code of the API in an answer of status 200.
CASES = [
    # Not HTTP
    ("nothing", b"", CLOSED),
    ("empty lines", b"\r\n\r\n\r\n", 400),
    ("a TLS greeting", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
    ("NUL and 0xff", b"\x00\xff\xfe\r\n\r\n", 400),
    ("a line without an end", b"GET " + PATH.encode(), 400),
    ("HTTP/0.9", f"GET {PATH}\r\n\r\n".encode(), 400),
    ("HTTP/2 with prior knowledge", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    ("a version of the future", head(version="HTTP/9.9"), 505),
    # Methods and targets
    ("PUT", head("PUT", headers=("Host: x", "Content-Length: 0")), 405),
    ("DELETE", head("DELETE"), 405),
    ("a method of no name", head("FROBNICATE"), 405),
    ("small letters", head("get"), 405),
    ("OPTIONS *", head("OPTIONS", "*"), 404),
    ("CONNECT", head("CONNECT", "a.example:443"), 404),
    ("another path", head(target="/v2/"), 404),
    ("below the path", head(target=PATH + "/x"), 404),
    ("the path in other letters", head(target=PATH.upper()), 404),
    ("a path that climbs out", head(target="/v2/../../etc/passwd"), 404),
    ("a target without a slash", head(target=PATH[1:]), 400),
    ("an absolute target", head(target="http://x" + PATH), 4000),
    ("an absolute target that is none", head(target="http://[" + PATH), 400),
    # Headers
    ("no Host", head(headers=()), 400),
    ("no Host in HTTP/1.0", head(version="HTTP/1.0", headers=()), 4000),
    ("two Hosts", head(headers=("Host: x", "Host: y")), 4000),
    ("a header without a colon", head(headers=("Host x",)), 400),
    ("NUL in a header", head(headers=("Host: x", "A: b\0c")), 400),
    ("five thousand headers", head(headers=("Host: x", *["A: b"] * 5000)), 4000),
    ("a negative length", head("POST", headers=("Host: x", "Content-Length: -1")), CLOSED),
    ("a length of no number", head("POST", headers=("Host: x", "Content-Length: " + "9" * 20)),
     CLOSED),
    ("a body cut off", post(b"abc", extra=("Content-Length: 100",)).replace(
        b"Content-Length: 3\r\n", b""), CLOSED),
    ("a chunk without a size", head("POST", headers=(
        "Host: x", "Transfer-Encoding: chunked")) + b"zz\r\nabc\r\n0\r\n\r\n", 4000),
    ("an upgrade", head(headers=("Host: x", "Upgrade: websocket", "Connection: Upgrade")), 4000),
    # Sizes
    ("a GET of 32 KB", head(target=PATH + "?" + "a" * 32768), 4000),
    ("a GET of more", head(target=PATH + "?" + "a" * 32769), 501),
    ("a GET of 60 KB", head(target=PATH + "?" + "a" * 60000), 501),
    ("a GET longer than any header", head(target=PATH + "?" + "a" * 200000), CLOSED),
    ("a POST of 1 MB", post(b"a" * 1048576), 4000),
    ("a POST of more", post(b"a" * 1048577), 501),
    ("a POST of 8 MB", post(b"a" * (8 << 20)), 501),
    ("a POST of 8 MB in chunks", head("POST", headers=(
        "Host: x", "Transfer-Encoding: chunked")) + b"100000\r\n" + b"a" * (1 << 20) + b"\r\n"
     + (b"100000\r\n" + b"a" * (1 << 20) + b"\r\n") * 7 + b"0\r\n\r\n", 501),
    # Queries
    ("no query", head(), 4000),
    ("no code behind a percent sign", head(target=PATH + "?a=%zz"), 400),
    ("an encoded NUL", head(target=PATH + "?a=%00"), 4000),
    ("bytes that are no UTF-8", head(target=PATH + "?a=%ff"), 4000),
    ("only ampersands", head(target=PATH + "?" + "&" * 30000), 4000),
    ("a name twice", head(target=PATH + "?Action=RefreshCdnDir&Action=RefreshCdnDir"), 4000),
    # Bodies
    ("no body", post(b""), 4000),
    ("no type", post(b"Action=RefreshCdnDir", None), 4000),
    ("JSON", post(b'{"Action":"RefreshCdnDir"}', "application/json"), 4000),
    ("a type that is none", post(b"a=b", ";;;=="), 4000),
    ("a body said to be compressed", post(b"abc", extra=("Content-Encoding: gzip",)), 4000),
    ("NUL in a form", post(b"a=\0"), 4000),
    ("no code in a form", post(b"a=%zz"), 4000),
    ("a cut code in a form", post(b"a=%4"), 4000),
    ("a form of only equals signs", post(b"=" * 100000), 4000),
    ("a hundred thousand parameters", post(b"&".join(b"a%d=" % i for i in range(100000))), 4000),
    # Multipart
    ("no boundary", multipart(part(b"a", b"1") + b"--b--\r\n", "multipart/form-data"), 4000),
    ("an empty boundary", multipart(b"", 'multipart/form-data; boundary=""'), 4000),
    ("a boundary of 71 bytes", multipart(b"", "multipart/form-data; boundary=" + "b" * 71), 4000),
    ("no part", multipart(b""), 4000),
    ("no end", multipart(part(b"Action", b"RefreshCdnDir")), 4000),
    ("a part without headers", multipart(b"--b\r\n\r\n--b--\r\n"), 4000),
    ("a part without a name", multipart(part(b"", b"1") + b"--b--\r\n"), 4000),
    ("a quotation mark that is not closed",
     multipart(b'--b\r\nContent-Disposition: form-data; name="a\r\n\r\n1\r\n--b--\r\n'), 4000),
    ("headers of 100 KB",
     multipart(b"--b\r\nX: " + b"y" * 100000 + b"\r\n\r\n\r\n--b--\r\n"), 4000),
    ("ten thousand parts",
     multipart(b"".join(part(b"a%d" % i, b"") for i in range(10000)) + b"--b--\r\n"), 4000),
    ("boundaries without parts", multipart(b"\r\n--b" * 100000), 4000),
    ("another multipart", multipart(part(b"a", b"1") + b"--b--\r\n", "multipart/mixed; boundary=b"),
     4000),
]




def tc3(body=b"{}", media_type="application/json", extra=(), method="POST", target="/"):
    """A request of API 3.0 with all its headers, not signed by anybody."""
    headers = {"Host": "x", "Content-Type": media_type, "X-TC-Action": "PurgePathCache",
               "X-TC-Version": "2018-06-06", "X-TC-Timestamp": str(int(time.time())),
               "Authorization": "TC3-HMAC-SHA256 Credential=x/2019-02-25/cdn/tc3_request, "
                                "SignedHeaders=content-type;host, Signature=x"}
    headers.update(extra)
    lines = [f"{name}: {value}" for name, value in headers.items() if value is not None]
    return head(method, target, headers=(*lines, f"Content-Length: {len(body)}")) + body


NOBODY = "AuthFailure.SecretIdNotFound"
NO_AUTHORIZATION = "AuthFailure.InvalidAuthorization"
MISSING = "MissingParameter"
INVALID = "InvalidParameter"
TOO_LARGE = "RequestSizeLimitExceeded"

# The same for API 3.0, whose codes are words.
CASES_3 = [
    ("nothing but a path", head(target="/"), MISSING),
    ("an absolute target", head(target="http://x/"), MISSING),
    ("an absolute target without a path", head(target="http://x"), MISSING),
    ("PUT", head("PUT", "/", headers=("Host: x", "Content-Length: 0")), "UnsupportedProtocol"),
    ("a method of no name", head("FROBNICATE", "/"), "UnsupportedProtocol"),
    ("no Host", head(target="/", headers=()), 400),
    ("an empty Host", head(target="/", headers=("Host:",)), MISSING),
    # Headers
    ("all of it, but nobody's", tc3(), NOBODY),
    ("no type", tc3(extra={"Content-Type": None}), NOBODY),
    ("a type that is none", tc3(media_type=";;;=="), NOBODY),
    ("no length", tc3(extra={"Content-Length": None}), NOBODY),
    ("no Authorization", tc3(extra={"Authorization": None}), NO_AUTHORIZATION),
    ("an empty Authorization", tc3(extra={"Authorization": ""}), NO_AUTHORIZATION),
    ("an Authorization of 50 KB", tc3(extra={"Authorization": "TC3-HMAC-SHA256 "
                                             + "," * 50000}), NO_AUTHORIZATION),
    ("ten thousand signed headers", tc3(extra={"Authorization": (
        "TC3-HMAC-SHA256 Credential=x/y/cdn/tc3_request, SignedHeaders="
        + ";".join(f"a{i:05}" for i in range(8000)) + ", Signature=x")}), NO_AUTHORIZATION),
    ("two Authorizations", head("POST", "/", headers=(
        "Host: x", "Authorization: a", "Authorization: b", "X-TC-Action: a", "X-TC-Version: b",
        "X-TC-Timestamp: 1", "Content-Length: 0")), NO_AUTHORIZATION),
    ("an action that is no UTF-8", tc3().replace(b"PurgePathCache", b"Purge\xffPath"), NOBODY),
    ("an action of 50 KB", tc3(extra={"X-TC-Action": "a" * 50000}), NOBODY),
    ("a timestamp before time", tc3(extra={"X-TC-Timestamp": "0"}), NOBODY),
    ("a timestamp of no time", tc3(extra={"X-TC-Timestamp": "9" * 19}), INVALID),
    # Sizes
    ("a GET of 32 KB", head(target="/?" + "a" * 32768), MISSING),
    ("a GET of more", head(target="/?" + "a" * 32769), TOO_LARGE),
    ("a form of 1 MB", post(b"a" * 1048576).replace(PATH.encode(), b"/"), MISSING),
    ("a form of more", post(b"a" * 1048577).replace(PATH.encode(), b"/"), TOO_LARGE),
    ("JSON of 10 MB", tc3(b"a" * (10 << 20)), NOBODY),
    ("JSON of more", tc3(b"a" * ((10 << 20) + 1)), TOO_LARGE),
    ("JSON of 30 MB", tc3(b"a" * (30 << 20)), TOO_LARGE),
    # Bodies; who sends them is judged first
    ("no body", tc3(b""), NOBODY),
    ("NUL", tc3(b"{}\0"), NOBODY),
    ("no UTF-8", tc3(b'{"Paths":["\xff"]}'), NOBODY),
    ("ten million brackets", tc3(b"[" * (10 << 20)), NOBODY),
    ("a million objects in each other", tc3(b'{"a":' * (1 << 20)), NOBODY),
    ("a million paths", tc3(b'{"Paths":["a"' + b',"a"' * (1 << 20) + b"]}"), NOBODY),
    ("a hundred thousand members",
     tc3(b"{" + b",".join(b'"a%d":1' % i for i in range(100000)) + b"}"), NOBODY),
    ("a list that goes on without end",
     head(target="/?" + "&".join(f"Paths.{i}=a" for i in range(2000))), MISSING),
    ("a name twice", head(target="/?Action=a&Action=a"), INVALID),
    ("an encoded NUL", head(target="/?Action=%00"), INVALID),
    ("multipart", multipart(part(b"Action", b"x") + b"--b--\r\n").replace(PATH.encode(), b"/"),
     MISSING),
]


def read_code(body):
    """The code of an answer of either API."""
    answer = json.loads(body)
    return answer["Response"]["Error"]["Code"] if "Response" in answer else answer["code"]


def check(simulator, name, data, expected):
    status, body = send_raw(simulator.port, data)
    if isinstance(expected, str) or (expected is not None and expected >= 1000):
        equal(status, 200, name)
        equal(read_code(body), expected, name)
    else:
        equal(status, expected, name)


@test
def malformed_requests():
    with Simulator() as simulator:
        for name, data, expected in CASES + CASES_3:
            check(simulator, name, data, expected)
        equal(send(simulator, purge("http://a.example/"))["code"], 0, "a good request afterwards")
        equal(simulator.end(), 0, "the exit status")


@test
def cut_at_every_byte():
    """A good request, cut short after each of its bytes: never executed, never in the way. (Not
    behind a whole line of its head: there libsoup takes the end of the connection for the end of
    the head.)"""
    with Simulator("--quota=1") as simulator:
        for form in ("get", "post", "multipart"):
            method = "GET" if form == "get" else "POST"
            parameters = purge("http://a.example/")
            parameters["Signature"] = sign(method, simulator.host, parameters)
            method, query, media_type, body = encode(form, parameters)
            headers = [f"Host: {simulator.host}", f"Content-Length: {len(body)}"]
            if media_type:
                headers.append(f"Content-Type: {media_type}")
            whole = head(method, PATH + query, headers=headers) + body
            end = whole.index(b"\r\n\r\n") + 4 if form == "get" else len(whole)
            for length in range(end):
                if whole[:length].endswith(b"\r\n") and length < len(whole) - len(body):
                    continue
                status, _ = send_raw(simulator.port, whole[:length])
                assert status in (None, 400), (form, length, status)
        equal(send(simulator, purge("http://a.example/"))["code"], 0, "nothing was spent")


@test
def cut_at_every_byte_of_tc3():
    with Simulator("--quota=1") as simulator:
        request = Request("PurgePathCache", {"Paths": ["http://a.example/"], "FlushType": "flush"})
        headers = request.headers(simulator.host)
        headers["Authorization"] = request.sign(headers)
        lines = [f"{name}: {value}" for name, value in headers.items()]
        whole = head("POST", "/", headers=(*lines, f"Content-Length: {len(request.body)}"))
        whole += request.body
        for length in range(len(whole)):
            if whole[:length].endswith(b"\r\n") and length < len(whole) - len(request.body):
                continue
            status, _ = send_raw(simulator.port, whole[:length])
            assert status in (None, 400), (length, status)
        status, body = send_raw(simulator.port, whole)
        equal((status, list(json.loads(body)["Response"])), (200, ["TaskId", "RequestId"]))


@test
def signed_bodies():
    """Bodies that are signed by who may send them, and yet no requests."""
    with Simulator() as simulator:
        for body in (b"[" * 100000, b'{"Paths":' * 100000, b'{"Paths":[' + b"[" * 100000, b"\0",
                     b"{" + b",".join(b'"Paths":[]' for _ in range(1000)) + b"}",
                     b'{"Paths":["\\u0000"]}', b'{"Paths":["\\ud800"]}'):
            equal(call(simulator, "PurgePathCache", body)["Error"]["Code"], INVALID, body[:40])
        many = {"Paths": ["http://a.example/"] * 200000, "FlushType": "flush"}
        equal(call(simulator, "PurgePathCache", many)["Error"]["Code"],
              "LimitExceeded.CdnPurgePathExceedBatchLimit")
        long = {"Paths": ["http://a.example/" + "a" * (8 << 20)], "FlushType": "flush"}
        equal(call(simulator, "PurgePathCache", long)["Error"]["Code"],
              "InvalidParameter.CdnUrlExceedLength")
        equal(call(simulator, "PurgePathCache", {}, secret_id=ID + "\\")["Error"]["Code"], NOBODY)
        equal(call(simulator, "DescribePurgeQuota", {}).keys(), {"UrlPurge", "PathPurge"})


test.run()
