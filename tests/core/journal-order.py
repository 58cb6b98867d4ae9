#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors
"""Proves with strace that a batch is on the disk before it may be sent.

Watches test-journal begin a batch and say so. Between the last byte that it wrote to the write-ahead
log and the word "begun", the log must have been synchronised: a power cut after "begun" then finds
the batch as sending. The same is asked of the log's and the database's names in their folder.

usage: journal-order.py TEST-JOURNAL
"""

import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'support'))

import strace  # noqa: E402

CALLS = ('pwrite64', 'write', 'fsync', 'fdatasync')
SYNCS = ('fsync', 'fdatasync')


def trace(program, folder):
    path = os.path.join(folder, 'data', 'journal.sqlite')
    result, calls = strace.trace([program, '--begin-and-say-so', path], CALLS,
                                 stdout=subprocess.PIPE, timeout=60)
    result.check_returncode()
    return calls


def last(calls, names, accepts):
    found = [i for i, call in enumerate(calls) if call.name in names and accepts(call)]
    return found[-1] if found else -1


def main(program):
    checks = []
    with tempfile.TemporaryDirectory() as folder:
        calls = trace(program, folder)
    begun = last(calls, ('write',), lambda call: call.data.startswith(b'begun'))
    before = calls[:begun]
    written = last(before, ('pwrite64',), lambda call: call.path.endswith('.sqlite-wal'))
    synced = last(before, SYNCS, lambda call: call.path.endswith('.sqlite-wal'))
    named = last(before, SYNCS, lambda call: call.path.endswith('/data'))
    in_folder = last(before, ('fsync',), lambda call: call.path == os.path.realpath(folder))
    checks.append(('the batch is begun', begun >= 0))
    checks.append(('the log was written', written >= 0))
    checks.append(('the log was synchronised after that', synced > written >= 0))
    checks.append(('the folder of the files was synchronised', named >= 0))
    checks.append(('the folder of the folder was synchronised', in_folder >= 0))

    print(f'1..{len(checks)}')
    for number, (name, passed) in enumerate(checks, 1):
        print(f"{'ok' if passed else 'not ok'} {number} {name}")
    if not all(passed for _, passed in checks):
        for call in calls:
            print(f'# {call.name} {call.path} {call.data[:32]}')


if __name__ == '__main__':
    main(sys.argv[1])
