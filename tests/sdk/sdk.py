# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""Puts Tencent's own clients into the build folder and runs them."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "simulator"))
from client import KEY, equal  # noqa: E402

SKIPPED = 77

# What npm calls it when the network ends before the registry; anything else is a failure.
UNREACHABLE = re.compile(r"npm (?:ERR!|error) (?:code )?(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|"
                         r"ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ERR_SOCKET_TIMEOUT)")


def skip(reason):
    print(f"SKIP: {reason}")
    raise SystemExit(SKIPPED)


class Sdk:
    """A client: the folder of this name, its script, and where it is installed."""

    def __init__(self, name, script, folder):
        self.source = HERE / name
        self.script = script
        self.folder = pathlib.Path(folder)
        os.environ.setdefault("npm_config_update_notifier", "false")
        self.install()

    def install(self):
        """Once for each lock file. Exits, skipped, only where npm or its registry is missing."""
        stamp = self.folder / "node_modules" / ".installed"
        lock = (self.source / "package-lock.json").read_bytes()
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json", self.script):
            shutil.copy(self.source / name, self.folder)
        if stamp.exists() and stamp.read_bytes() == lock:
            return
        try:
            result = subprocess.run(
                ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1",
                 "--fetch-timeout=30000"],
                cwd=self.folder, timeout=240, capture_output=True, text=True)
        except FileNotFoundError:
            skip("there is no npm")
        if result.returncode != 0:
            print(result.stdout, result.stderr)
            unreachable = UNREACHABLE.search(result.stderr)
            if unreachable:
                skip(f"npm cannot reach its registry ({unreachable[1]})")
            raise SystemExit("npm could not install the SDK")
        stamp.write_bytes(lock)

    def run(self, *arguments, key=KEY):
        """Runs the script; what it prints is JSON. The simulator is never behind a proxy."""
        environment = {name: value for name, value in os.environ.items()
                       if not name.lower().endswith("_proxy")}
        result = subprocess.run(["node", "--no-deprecation", self.script, *arguments],
                                cwd=self.folder, env=environment, input=key, timeout=60,
                                capture_output=True, text=True)
        equal(result.returncode, 0, result.stderr)
        return json.loads(result.stdout)
