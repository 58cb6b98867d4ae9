#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""Tencent's own client of API 3.0 (the npm package tencentcloud-sdk-nodejs-cdn) purges, looks up and
reads quotas through the simulator. Exits with 77, skipped, only where there is no npm or npm reaches
no registry."""

import json
import pathlib
import sys
import tempfile
import time

from sdk import Sdk
from client import DEADLINE, ID, KEY, Simulator, equal

WAYS = [(method, signature) for method in ("POST", "GET")
        for signature in ("TC3-HMAC-SHA256", "HmacSHA1", "HmacSHA256")]
DIRECTORIES = ["https://cdn.example/a_b/", "http://cdn.example/目录 +%20/",
               "http://b.example/~!()/"]
URLS = [f"https://cdn.example/{i}.jpg?x={i}&y" for i in range(12)]
TASK_TIME = 1500


class Caller:
    """The client against one simulator, in one way of calling."""

    def __init__(self, sdk, simulator, way):
        self.sdk, self.simulator, self.way = sdk, simulator, way

    def __call__(self, action, key=KEY, **parameters):
        return self.sdk.run(self.simulator.host, *self.way, ID, action, json.dumps(parameters),
                            key=key)

    def look_up(self, task):
        answer = self("DescribePurgeTasks", TaskId=task)
        equal(answer["TotalCount"], len(answer["PurgeLogs"]), answer)
        return {record["Status"] for record in answer["PurgeLogs"]}

    def left(self):
        """What is left of directories and URLs in the mainland."""
        answer = self("DescribePurgeQuota")
        return [quota["Available"] for kind in ("PathPurge", "UrlPurge") for quota in answer[kind]
                if quota["Area"] == "mainland"]


def purge_whole(call):
    """Three directories until they are done, URLs, and the quota in between."""
    before = call.left()
    task = call("PurgePathCache", Paths=DIRECTORIES, FlushType="flush", UrlEncode=True)["TaskId"]
    deadline = time.monotonic() + DEADLINE
    seen = [call.look_up(task)]
    while seen[-1] != {"done"}:
        assert time.monotonic() < deadline, seen
        seen.append(call.look_up(task))
    equal(set.union(*seen) - {"process", "done"}, set())
    assert "TaskId" in call("PurgeUrlsCache", Urls=URLS, Area="mainland")
    equal(call.left(), [before[0] - len(DIRECTORIES), before[1] - len(URLS)])
    equal(call("PurgePathCache", key="wrong", Paths=DIRECTORIES, FlushType="flush")["code"],
          "AuthFailure.SignatureFailure")
    equal(call("PurgePathCache", Paths=DIRECTORIES)["code"], "MissingParameter")


def main():
    sdk = Sdk("v3", "call.js", sys.argv[1])
    with tempfile.TemporaryDirectory() as scratch:
        log = pathlib.Path(scratch) / "log"
        with Simulator(f"--log={log}", f"--task-time={TASK_TIME}") as simulator:
            for way in WAYS:
                purge_whole(Caller(sdk, simulator, way))
                print("purged, looked up and refused by", *way)
        lines = [json.loads(line) for line in log.read_text().splitlines()]
    equal([line["directories"] for line in lines if line["executed"]],
          [DIRECTORIES, URLS] * len(WAYS))


if __name__ == "__main__":
    main()
