# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""What a process does of which nobody wants anything."""

import pathlib
import re
import subprocess
import tempfile
import time

from driver import DEADLINE, Failure

# What a thread was in when it was looked at, and what it still was in when that ended.
ASLEEP = re.compile(r'^\d+ +\w+\(.*(<detached \.\.\.>|<unfinished \.\.\.>)$')


def list_wake_ups(pid, seconds):
    """What the threads of a process asked of the system meanwhile."""
    with tempfile.TemporaryDirectory() as folder:
        log = pathlib.Path(folder) / 'calls'
        with subprocess.Popen(['strace', '-f', '-o', log, '-p', str(pid)], stderr=subprocess.PIPE,
                              text=True) as strace:
            # It says when it has them.
            if 'attached' not in strace.stderr.readline():
                raise Failure(f'strace ended with {strace.wait(timeout=DEADLINE)}')
            time.sleep(seconds)
            strace.terminate()
            strace.communicate(timeout=DEADLINE)
        return [line for line in log.read_text().splitlines() if not ASLEEP.match(line)]


def get_cpu_time(pid):
    """Seconds that all threads computed, to the nanosecond."""
    return sum(int((task / 'schedstat').read_text().split()[0])
               for task in pathlib.Path(f'/proc/{pid}/task').iterdir()) / 1e9
