#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""The program cdn-purge-simulator: its options, its first line, its log, TLS, and its end."""

import fcntl
import http.client
import json
import os
import pathlib
import re
import select
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from unittest import mock

from client import (DEADLINE, ID, KEY, PATH, Simulator, Tap, encode, equal, exchange, log_query,
                    purge, send, send_raw, sign)
from client3 import Request as Request3, purge as purge3

test = Tap()


def run(*arguments, stdin=""):
    return subprocess.run([os.environ["SIMULATOR"], *arguments], input=stdin, timeout=DEADLINE,
                          capture_output=True, text=True)


def read_log(path):
    return [json.loads(line) for line in pathlib.Path(path).read_text().splitlines()]


@test
def help_prints_the_practice_pair():
    result = run("--help")
    equal((result.returncode, result.stderr), (0, ""))
    assert ID in result.stdout and KEY in result.stdout
    for option in ("port", "latency", "tls-certificate", "tls-key", "require-https", "secret-id",
                   "token", "quota", "batch", "area", "host", "clock-window", "task-time", "fail",
                   "log"):
        assert f"--{option}" in result.stdout, option


@test
def wrong_usage():
    for arguments in (["--nonsense"], ["file"], ["--port=-1"], ["--port=65536"], ["--port=x"],
                      ["--latency=-1"], ["--quota=-1"], ["--batch=-1"], ["--clock-window=-1"],
                      ["--task-time=-1"], ["--area=moon"], ["--secret-id=x"], ["--token"],
                      ["--tls-key=/dev/null"], ["--tls-certificate=/dev/null"], ["--fail=1"]):
        result = run(*arguments)
        equal((result.returncode, result.stdout), (2, ""), arguments)
        equal(len(result.stderr.splitlines()), 1, arguments)
    for stdin, arguments in (("key\n", ["--secret-id=x", "--token"]),
                             ("\n", ["--secret-id=x"]), ("key\n\n", ["--secret-id=x", "--token"])):
        equal(run(*arguments, stdin=stdin).returncode, 2, arguments)


@test
def what_cannot_be_opened():
    for arguments in (["--log=/nowhere/at/all"],
                      ["--tls-certificate=/nowhere", "--tls-key=/nowhere"]):
        result = run(*arguments)
        equal((result.returncode, result.stdout), (1, ""), arguments)
        assert "/nowhere" in result.stderr, result.stderr


@test
def first_line_is_the_address():
    with Simulator() as simulator:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", simulator.url), simulator.url
        with Simulator() as other:
            assert other.url != simulator.url
        result = run(f"--port={simulator.port}")
        equal((result.returncode, result.stdout), (1, ""), "a port that is taken")
    with Simulator(f"--port={simulator.port}") as again:
        equal(again.port, simulator.port, "the port is free again")


@test
def ends_on_signals():
    for number in (signal.SIGTERM, signal.SIGINT):
        with Simulator() as simulator:
            send(simulator, purge("http://a.example/"))
            equal(simulator.end(number), 0, number)


@test
def serves_after_the_end_of_standard_input():
    with Simulator(stdin="") as simulator:
        equal(send(simulator, purge("http://a.example/"))["code"], 0)


@test
def only_the_loopback_address():
    with Simulator() as simulator:
        hexadecimal = f":{simulator.port:04X}"
        listening = [line.split()[1] for table in ("tcp", "tcp6")
                     for line in pathlib.Path(f"/proc/net/{table}").read_text().splitlines()[1:]
                     if line.split()[1].endswith(hexadecimal) and line.split()[3] == "0A"]
        equal(listening, ["0100007F" + hexadecimal])


@test
def secrets_are_no_arguments():
    with Simulator("--secret-id=AKIDmine", "--token", stdin="my-key\nmy-token\n") as simulator:
        for file in ("cmdline", "environ"):
            data = pathlib.Path(f"/proc/{simulator.process.pid}/{file}").read_bytes()
            assert b"my-key" not in data and b"my-token" not in data, file


@test
def require_https():
    with Simulator("--require-https") as simulator:
        for parameters, signature in ((purge("http://a.example/"), None), (purge(), "x")):
            equal(send(simulator, parameters, signature=signature),
                  {"code": 4600, "message": "协议不支持"})
        equal(purge3(simulator, "http://a.example/")["Error"]["Code"], "UnsupportedProtocol")


@test
def tls():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([os.environ["MAKE_CA"], folder], check=True, timeout=DEADLINE,
                       stdout=subprocess.DEVNULL)
        context = ssl.create_default_context(cafile=f"{folder}/ca.pem")
        options = [f"--tls-certificate={folder}/server.pem", f"--tls-key={folder}/server.key"]
        with Simulator(*options, "--require-https") as simulator:
            equal(simulator.url, f"https://localhost:{simulator.port}")
            host = f"localhost:{simulator.port}"
            for form in ("get", "post", "multipart"):
                answer = send(simulator, purge("http://a.example/"), form, host=host, tls=context)
                equal(answer["code"], 0, form)
            assert "TaskId" in purge3(simulator, "http://a.example/", how={"host": host},
                                      tls=context)
            try:
                exchange(simulator.port, "GET", PATH, tls=ssl.create_default_context())
                raise AssertionError("a stranger's certificate was trusted")
            except ssl.SSLCertVerificationError:
                pass
            assert send_raw(simulator.port, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")[0] is None
            connection = http.client.HTTPSConnection("127.0.0.1", simulator.port, timeout=DEADLINE,
                                                     context=context)
            keep_alive(simulator, connection, host)
        stranger = [f"--tls-certificate={folder}/stranger.pem", f"--tls-key={folder}/stranger.key"]
        with Simulator(*stranger) as simulator:
            equal(simulator.url, f"https://127.0.0.1:{simulator.port}")
        mismatch = run(f"--tls-certificate={folder}/server.pem", "--tls-key=/dev/null")
        equal((mismatch.returncode, mismatch.stdout), (1, ""))


def curl(folder, url, headers, body, *options):
    """A POST with curl: the version of HTTP that was spoken, and the answer."""
    given = [word for name, value in headers.items() for word in ("--header", f"{name}: {value}")]
    result = subprocess.run(["curl", "--silent", "--show-error", "--cacert", f"{folder}/ca.pem",
                             *options, *given, "--data-binary", "@-",
                             "--write-out", "\n%{http_version}", url],
                            input=body, capture_output=True, check=True, timeout=DEADLINE)
    answer, version = result.stdout.decode().rsplit("\n", 1)
    return version, json.loads(answer)


@test
def http2_where_libsoup_is_told_to():
    # libsoup's own listener loses a socket for each connection, and an address for itself.
    options = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
    with tempfile.TemporaryDirectory() as folder, \
            mock.patch.dict(os.environ, SOUP_SERVER_HTTP2="1", ASAN_OPTIONS=options):
        subprocess.run([os.environ["MAKE_CA"], folder], check=True, timeout=DEADLINE,
                       stdout=subprocess.DEVNULL)
        with Simulator(f"--tls-certificate={folder}/server.pem",
                       f"--tls-key={folder}/server.key", "--latency=50") as simulator:
            host = f"localhost:{simulator.port}"
            for option, version in (("--http2", "2"), ("--http1.1", "1.1")):
                parameters = purge("http://a.example/")
                parameters["Signature"] = sign("POST", host, parameters)
                _, _, media_type, body = encode("post", parameters)
                spoken, answer = curl(folder, simulator.url + PATH, {"Content-Type": media_type},
                                      body, option)
                equal((spoken, answer["code"]), (version, 0))
                request = Request3("PurgePathCache", {"Paths": ["http://a.example/"],
                                                      "FlushType": "flush"})
                headers = request.headers(host)
                headers["Authorization"] = request.sign(headers)
                del headers["Host"]
                spoken, answer = curl(folder, simulator.url, headers, request.body, option)
                equal(spoken, version)
                assert "TaskId" in answer["Response"], answer


def keep_alive(simulator, connection, host):
    """Several requests on one connection, refused and accepted ones."""
    for form in ("get", "post", "multipart") * 3:
        method = "GET" if form == "get" else "POST"
        for directory, expected in (("http://a.example/", 0), ("http://a.example", 4000)):
            parameters = purge(directory)
            parameters["Signature"] = sign(method, host, parameters)
            _, query, media_type, body = encode(form, parameters)
            headers = {"Host": host}
            if media_type:
                headers["Content-Type"] = media_type
            connection.request(method, PATH + query, body or None, headers)
            answer = connection.getresponse()
            equal(json.loads(answer.read())["code"], expected, form)
            assert connection.sock is not None, "the server wants to close"
    connection.close()


@test
def connections_are_kept():
    with Simulator() as simulator:
        connection = http.client.HTTPConnection("127.0.0.1", simulator.port, timeout=DEADLINE)
        keep_alive(simulator, connection, simulator.host)
        kept = b"GET /x HTTP/1.1\r\nHost: x\r\n\r\n"
        closed = b"GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        with socket.create_connection(("127.0.0.1", simulator.port), DEADLINE) as pipeline:
            pipeline.sendall(kept + kept + closed)
            answers = b"".join(iter(lambda: pipeline.recv(65536), b""))
        equal(answers.count(b"HTTP/1.1 404 "), 3, "three requests at once")


@test
def latency():
    with Simulator("--latency=200") as simulator:
        before = time.monotonic()
        threads = [threading.Thread(target=send, args=(simulator, purge("http://a.example/")))
                   for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(DEADLINE)
        assert time.monotonic() - before >= 0.2


@test
def executed_before_it_is_answered():
    """A client that hangs up while it waits finds out by looking."""
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/log"
        with Simulator("--latency=3600000", f"--log={path}") as simulator:
            with socket.create_connection(("127.0.0.1", simulator.port), DEADLINE) as connection:
                connection.sendall(f"GET {PATH} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
                deadline = time.monotonic() + DEADLINE
                while not pathlib.Path(path).read_text().endswith("\n"):
                    assert time.monotonic() < deadline, "nothing was logged"
                    time.sleep(0.01)
                equal(select.select([connection], [], [], 0)[0], [], "no answer yet")
            equal(simulator.end(), 0)


@test
def log_lines():
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/log"
        options = [f"--log={path}", "--quota=2", "--token"]
        with Simulator(*options, stdin="secret-token\n") as simulator:
            ours = {"Token": "secret-token"}
            urls = ["http://a.example/目录/\"x\"/", "http://a.example/2/"]
            send(simulator, purge(*urls, **ours))
            send(simulator, purge("http://a.invalid/", **ours), "get")
            send(simulator, purge("http://a.example/", **ours), "multipart")
            send(simulator, purge("http://a.example/", **ours), signature="x")
            send(simulator, log_query(startDate="2022-01-01", endDate="2099-01-01", **ours))
            exchange(simulator.port, "GET", "/elsewhere")
            exchange(simulator.port, "PUT", PATH)
            exchange(simulator.port, "POST", PATH, body=b"a" * (1 << 21))
            exchange(simulator.port, "GET", PATH + "?Action=a%0Ab")
        lines = read_log(path)
        for line in lines:
            equal(list(line), ["time", "method", "action", "verdict", "executed", "directories"])
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", line["time"]), line
        equal([list(line.values())[1:] for line in lines], [
            ["POST", "RefreshCdnDir", 0, True, urls],
            ["GET", "RefreshCdnDir", 4000, False, ["http://a.invalid/"]],
            ["POST", "RefreshCdnDir", 4000, False, ["http://a.example/"]],
            ["POST", "RefreshCdnDir", 4100, False, ["http://a.example/"]],
            ["POST", "GetCdnRefreshLog", 0, False, []],
            ["GET", None, 404, False, []],
            ["PUT", None, 405, False, []],
            ["POST", None, 501, False, []],
            ["GET", "a\nb", 4000, False, []],
        ])
        text = pathlib.Path(path).read_text()
        assert KEY not in text and "secret-token" not in text and ID not in text
        equal(os.stat(path).st_mode & 0o777, 0o600)

        with Simulator(f"--log={path}", "--fail=6200") as simulator:
            send(simulator, purge("http://a.example/"))
        equal(len(read_log(path)), len(lines) + 1, "a log is continued")
        equal(read_log(path)[-1]["verdict"], 6200)


@test
def no_answer_before_its_line():
    """The log is a full pipe: until somebody reads it, no line is written, no answer may come."""
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/pipe"
        os.mkfifo(path)
        reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        filler = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        fcntl.fcntl(filler, fcntl.F_SETPIPE_SZ, 4096)
        try:
            while True:
                os.write(filler, b"x" * 512)
        except BlockingIOError:
            pass
        with Simulator(f"--log={path}") as simulator:
            with socket.create_connection(("127.0.0.1", simulator.port), DEADLINE) as connection:
                connection.sendall(f"GET {PATH} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
                equal(select.select([connection], [], [], 0.5)[0], [], "an answer without a line")
                while b"\n" not in os.read(reader, 4096):
                    select.select([reader], [], [], DEADLINE)
                assert connection.recv(9) == b"HTTP/1.1 ", "no answer behind its line"
        os.close(filler)
        os.close(reader)


@test
def no_answer_without_its_line():
    with Simulator("--log=/dev/full", warnings_are_fatal=False) as simulator:
        equal(send(simulator, purge("http://a.example/")), 500)


test.run()
