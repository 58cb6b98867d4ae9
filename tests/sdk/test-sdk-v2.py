#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""Tencent's own client of API 2.0 (the npm package qcloudapi-sdk) purges through the simulator.
Exits with 77, skipped, only where there is no npm or npm reaches no registry."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "simulator"))
from client import ID, KEY, Simulator, equal  # noqa: E402

SOURCE = pathlib.Path(__file__).parent / "v2"
FILES = ("package.json", "package-lock.json", "purge.js")
SKIPPED = 77
DIRECTORIES = [f"https://cdn.example/a_b/{i}/" for i in range(19)] + ["http://cdn.example/目录 +%20/"]

# What npm calls it when the network ends before the registry; anything else is a failure.
UNREACHABLE = re.compile(r"npm (?:ERR!|error) (?:code )?(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|"
                         r"ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ERR_SOCKET_TIMEOUT)")


def skip(reason):
    print(f"SKIP: {reason}")
    raise SystemExit(SKIPPED)


def install(folder):
    """Puts the SDK into the build folder, once for each lock file."""
    stamp = folder / "node_modules" / ".installed"
    lock = (SOURCE / "package-lock.json").read_bytes()
    if stamp.exists() and stamp.read_bytes() == lock:
        shutil.copy(SOURCE / "purge.js", folder)
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copy(SOURCE / name, folder)
    try:
        result = subprocess.run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1",
             "--fetch-timeout=30000"],
            cwd=folder, timeout=240, capture_output=True, text=True)
    except FileNotFoundError:
        skip("there is no npm")
    if result.returncode != 0:
        print(result.stdout, result.stderr)
        unreachable = UNREACHABLE.search(result.stderr)
        if unreachable:
            skip(f"npm cannot reach its registry ({unreachable[1]})")
        raise SystemExit("npm could not install the SDK")
    stamp.write_bytes(lock)


def purge(folder, simulator, method, signature_method, key=KEY):
    result = subprocess.run(
        ["node", "--no-deprecation", "purge.js", simulator.host, method, signature_method, ID,
         *DIRECTORIES], cwd=folder, input=key, timeout=60, capture_output=True, text=True)
    equal(result.returncode, 0, result.stderr)
    return json.loads(result.stdout)


def main():
    folder = pathlib.Path(sys.argv[1])
    install(folder)
    ways = [(method, signature) for method in ("POST", "GET") for signature in ("sha1", "sha256")]
    with tempfile.TemporaryDirectory() as scratch:
        log = pathlib.Path(scratch) / "log"
        with Simulator(f"--log={log}") as simulator:
            for way in ways:
                answer = purge(folder, simulator, *way)
                equal((answer["code"], answer["codeDesc"], answer["data"]["count"]),
                      (0, "Success", len(DIRECTORIES)), way)
                print("purged by", *way)
            equal(purge(folder, simulator, *ways[0], key="wrong")["codeDesc"], "AuthFailure")
            print("refused with a wrong key")
        lines = [json.loads(line) for line in log.read_text().splitlines()]
    equal([(line["executed"], line["directories"] == DIRECTORIES) for line in lines],
          [(True, True)] * len(ways) + [(False, True)])


if __name__ == "__main__":
    os.environ.setdefault("npm_config_update_notifier", "false")
    main()
