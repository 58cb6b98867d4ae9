#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""Requests as nobody should send them. One server gets them all: each is answered (or, where
libsoup gives up on what should be HTTP, its connection is closed), nothing is executed, and the
server goes on as if nothing had been."""

import json

from client import PATH, Simulator, Tap, encode, equal, purge, send, send_raw, sign

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
    ("another path", head(target="/"), 404),
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


def check(simulator, name, data, expected):
    status, body = send_raw(simulator.port, data)
    if expected is not None and expected >= 1000:
        equal(status, 200, name)
        equal(json.loads(body)["code"], expected, name)
    else:
        equal(status, expected, name)


@test
def malformed_requests():
    with Simulator() as simulator:
        for name, data, expected in CASES:
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


test.run()
