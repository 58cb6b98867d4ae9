#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""The command that the window copies, run by sh with a real curl against the simulator, which has to
execute it. What the variables hold is computed here, by a client that shares no line with the program."""

import json
import os
import pathlib
import secrets
import shlex
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "simulator"))

import client
import client3
from client import ID, KEY, Simulator, Tap, equal, sign
from client3 import Request, call

test = Tap()
COMMAND = os.environ["CURL_COMMAND"]
CONTENT_TYPE = "application/json; charset=utf-8"
TOKEN = "temporary+token/with=signs&in%it"
DIRECTORIES = ["http://a.example/it's/", "http://a.example/$HOME/`id`/!x/",
               "https://b.example/a%20b+c&d=e/;~/"]
URLS = ["http://a.example/it's.jpg?a=@1&b=$(id)#", "https://b.example/?;!~|{x}"]
# A token is only sent where there is one; POSIX shells and zsh differ in how they divide words.
SHELLS = ["sh", "bash"]


def copy(simulator, api, kind, entries, **how):
    """The command for these entries."""
    arguments = [api, simulator.url, how.get("form", "post"), how.get("signature", "HmacSHA256"), kind,
                 how.get("mode", "updated"), how.get("area", "none"), *entries]
    return subprocess.run([COMMAND, *arguments], check=True, capture_output=True, text=True).stdout


def read(command):
    """The arguments of curl, as a shell reads them."""
    script = "curl() { for a in \"$@\"; do printf '%s\\0' \"$a\"; done; }\n" + command
    done = subprocess.run(["sh", "-uc", script], check=True, capture_output=True, text=True,
                          env={name: "x" for name in ("SECRET_ID", "SIGNATURE", "NONCE", "TIMESTAMP",
                                                      "DATE")} | {"TOKEN": ""})
    return done.stdout.split("\0")[:-1]


def run(command, variables, shell="sh"):
    """The answer, as curl prints it."""
    environment = {"PATH": os.environ["PATH"], "TOKEN": "", "HOME": "/nonexistent", **variables}
    done = subprocess.run([shell, "-c", command.replace("curl", "curl --silent --show-error", 1)],
                          env=environment, capture_output=True, text=True, timeout=client.DEADLINE)
    equal((done.returncode, done.stderr), (0, ""), command)
    return json.loads(done.stdout)


def sign_v2(simulator, form, parameters, token):
    parameters = {"SecretId": ID, "Nonce": secrets.randbits(31) + 1, "Timestamp": int(time.time()),
                  **({"Token": token} if token else {}), **parameters}
    signature = sign("GET" if form == "get" else "POST", simulator.host, parameters)
    return {"SECRET_ID": ID, "SIGNATURE": signature, "NONCE": str(parameters["Nonce"]),
            "TIMESTAMP": str(parameters["Timestamp"]), "TOKEN": token}


def sign_v3(simulator, action, body, token):
    request = Request(action, body, content_type=CONTENT_TYPE, token=token or None)
    signature = request.sign(request.headers(simulator.host)).rpartition("=")[2]
    return {"SECRET_ID": ID, "SIGNATURE": signature, "TIMESTAMP": str(request.timestamp),
            "DATE": time.strftime("%Y-%m-%d", time.gmtime(request.timestamp)), "TOKEN": token}


def run_v2(simulator, form, kind, entries, token="", shell="sh", **how):
    command = copy(simulator, "2.0", kind, entries, form=form, **how)
    name, action = ("urls", "RefreshCdnUrl") if kind == "url" else ("dirs", "RefreshCdnDir")
    parameters = {"Action": action, "SignatureMethod": how.get("signature", "HmacSHA256"),
                  **{f"{name}.{i}": entry for i, entry in enumerate(entries)}}
    if kind == "directory":
        parameters["type"] = 2 if how.get("mode") == "all" else 1
    answer = run(command, sign_v2(simulator, form, parameters, token), shell)
    equal((answer["code"], answer["data"]["count"]), (0, len(entries)), command)


def run_v3(simulator, api, kind, entries, expected, token="", shell="sh", **how):
    command = copy(simulator, api, kind, entries, **how)
    arguments = read(command)
    body = arguments[arguments.index("--data-raw") + 1]
    equal(json.loads(body), expected)
    action = "PurgeUrlsCache" if kind == "url" else "PurgePathCache"
    answer = run(command, sign_v3(simulator, action, body.encode(), token), shell)
    assert answer["Response"].get("TaskId"), answer


def executed(simulator, token=None):
    """What the simulator did, by its own log: each URL with what it was."""
    answer = call(simulator, "DescribePurgeTasks",
                  {"StartTime": "2020-01-01 00:00:00", "EndTime": "2100-01-01 00:00:00", "Limit": 100},
                  token=token)
    return {(record["Url"], record["PurgeType"], record["FlushType"])
            for record in answer["PurgeLogs"]}


def expect(entries, kind="path", flush="flush"):
    return {(entry, kind, flush) for entry in entries}


@test
def api_2_0_is_executed_in_each_form():
    for form in ("get", "post", "multipart"):
        for shell in SHELLS:
            with Simulator() as simulator:
                run_v2(simulator, form, "directory", DIRECTORIES, shell=shell)
                equal(executed(simulator), expect(DIRECTORIES), form)


@test
def api_2_0_is_executed_for_all_resources_and_with_sha1():
    for form in ("get", "post", "multipart"):
        with Simulator() as simulator:
            run_v2(simulator, form, "directory", DIRECTORIES[:1], mode="all", signature="HmacSHA1")
            equal(executed(simulator), expect(DIRECTORIES[:1], flush="delete"), form)


@test
def api_2_0_is_executed_for_urls():
    for form in ("get", "post", "multipart"):
        with Simulator() as simulator:
            run_v2(simulator, form, "url", URLS)
            equal({(url, kind) for url, kind, _ in executed(simulator)},
                  {(url, "url") for url in URLS}, form)


@test
def api_3_0_is_executed():
    for api in ("3.0", "3.0-intl"):
        for shell in SHELLS:
            with Simulator() as simulator:
                run_v3(simulator, api, "directory", DIRECTORIES,
                       {"Paths": DIRECTORIES, "FlushType": "flush", "UrlEncode": False}, shell=shell)
                equal(executed(simulator), expect(DIRECTORIES))


@test
def api_3_0_is_executed_for_urls_and_in_an_area():
    with Simulator("--area=overseas") as simulator:
        run_v3(simulator, "3.0", "url", URLS, {"Urls": URLS, "Area": "overseas", "UrlEncode": False},
               area="overseas")
        run_v3(simulator, "3.0", "directory", DIRECTORIES,
               {"Paths": DIRECTORIES, "FlushType": "delete", "Area": "overseas", "UrlEncode": False},
               mode="all", area="overseas")
        equal({(url, kind) for url, kind, _ in executed(simulator)},
              {(url, "url") for url in URLS} | {(path, "path") for path in DIRECTORIES})


@test
def a_token_is_sent_where_there_is_one():
    for shell in SHELLS:
        with Simulator(f"--secret-id={ID}", "--token", stdin=f"{KEY}\n{TOKEN}\n") as simulator:
            for form in ("get", "post", "multipart"):
                run_v2(simulator, form, "directory", DIRECTORIES[:1], token=TOKEN, shell=shell)
            run_v3(simulator, "3.0", "directory", DIRECTORIES[1:2],
                   {"Paths": DIRECTORIES[1:2], "FlushType": "flush", "UrlEncode": False},
                   token=TOKEN, shell=shell)
            equal(executed(simulator, TOKEN), expect(DIRECTORIES[:2]))


@test
def without_variables_nothing_is_executed():
    with Simulator() as simulator:
        for form in ("get", "post", "multipart"):
            command = copy(simulator, "2.0", "directory", DIRECTORIES, form=form)
            assert run(command, {})["code"] == 4000, form
        answer = run(copy(simulator, "3.0", "directory", DIRECTORIES), {})
        assert answer["Response"]["Error"]["Code"], answer
        equal(executed(simulator), set())


@test
def a_shell_reads_what_was_meant():
    with Simulator() as simulator:
        for form in ("get", "post", "multipart"):
            command = copy(simulator, "2.0", "directory", DIRECTORIES, form=form)
            arguments = read(command)
            for i, directory in enumerate(DIRECTORIES):
                assert f"dirs.{i}={directory}" in arguments, arguments
            assert not any("oken" in argument for argument in arguments), arguments
            assert shlex.split(command)[0] == "curl", command


test.run()
