#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""Tencent's own client of API 2.0 (the npm package qcloudapi-sdk) purges through the simulator.
Exits with 77, skipped, only where there is no npm or npm reaches no registry."""

import json
import pathlib
import sys
import tempfile

from sdk import Sdk
from client import ID, KEY, Simulator, equal

DIRECTORIES = [f"https://cdn.example/a_b/{i}/" for i in range(19)] + ["http://cdn.example/目录 +%20/"]


def main():
    sdk = Sdk("v2", "purge.js", sys.argv[1])
    ways = [(method, signature) for method in ("POST", "GET") for signature in ("sha1", "sha256")]

    def purge(method, signature_method, key=KEY):
        return sdk.run(simulator.host, method, signature_method, ID, *DIRECTORIES, key=key)

    with tempfile.TemporaryDirectory() as scratch:
        log = pathlib.Path(scratch) / "log"
        with Simulator(f"--log={log}") as simulator:
            for way in ways:
                answer = purge(*way)
                equal((answer["code"], answer["codeDesc"], answer["data"]["count"]),
                      (0, "Success", len(DIRECTORIES)), way)
                print("purged by", *way)
            equal(purge(*ways[0], key="wrong")["codeDesc"], "AuthFailure")
            print("refused with a wrong key")
        lines = [json.loads(line) for line in log.read_text().splitlines()]
    equal([(line["executed"], line["directories"] == DIRECTORIES) for line in lines],
          [(True, True)] * len(ways) + [(False, True)])


if __name__ == "__main__":
    main()
