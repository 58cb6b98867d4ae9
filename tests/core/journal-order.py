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
import re
import subprocess
import sys
import tempfile

CALLS = 'pwrite64,write,fsync,fdatasync'
LINE = re.compile(r'^(?:\d+ +)?(\w+)\((?:AT_FDCWD|\d+)<([^>]*)>(.*)')


def trace(program, folder):
    """Returns the calls that succeeded, in order, as (name, path, rest of the line)."""
    log = os.path.join(folder, 'trace')
    path = os.path.join(folder, 'data', 'journal.sqlite')
    # LeakSanitizer cannot work in a process that is traced.
    environment = dict(os.environ, ASAN_OPTIONS='detect_leaks=0')
    subprocess.run(['strace', '-f', '-y', '-s', '32', '-e', f'trace={CALLS}', '-o', log,
                    program, '--begin-and-say-so', path],
                   env=environment, stdout=subprocess.PIPE, check=True, timeout=60)
    with open(log, encoding='utf-8', errors='replace') as lines:
        matches = [LINE.match(line) for line in whole_calls(lines) if ' = -1 ' not in line]
    return [match.groups() for match in matches if match]


def whole_calls(lines):
    """Yields calls whose halves stand apart as one: a sync where it ended, a write where it began."""
    begun = {}
    for line in lines:
        thread = line.split(' ', 1)[0]
        if line.rstrip().endswith('<unfinished ...>'):
            line = line.rstrip()[:-len('<unfinished ...>')]
            if 'sync(' in line:
                begun[thread] = line
            else:
                yield line
        elif 'sync resumed>' in line:
            yield begun.pop(thread) + line.split(' resumed>', 1)[1]
        else:
            yield line


def last(calls, names, accepts):
    found = [i for i, (name, path, rest) in enumerate(calls) if name in names and accepts(path, rest)]
    return found[-1] if found else -1


def main(program):
    checks = []
    with tempfile.TemporaryDirectory() as folder:
        calls = trace(program, folder)
    begun = last(calls, {'write'}, lambda path, rest: '"begun' in rest)
    before = calls[:begun]
    written = last(before, {'pwrite64'}, lambda path, rest: path.endswith('.sqlite-wal'))
    synced = last(before, {'fsync', 'fdatasync'}, lambda path, rest: path.endswith('.sqlite-wal'))
    named = last(before, {'fsync', 'fdatasync'}, lambda path, rest: path.endswith('/data'))
    in_folder = last(before, {'fsync'}, lambda path, rest: path == os.path.realpath(folder))
    checks.append(('the batch is begun', begun >= 0))
    checks.append(('the log was written', written >= 0))
    checks.append(('the log was synchronised after that', synced > written >= 0))
    checks.append(('the folder of the files was synchronised', named >= 0))
    checks.append(('the folder of the folder was synchronised', in_folder >= 0))

    print(f'1..{len(checks)}')
    for number, (name, passed) in enumerate(checks, 1):
        print(f"{'ok' if passed else 'not ok'} {number} {name}")
    if not all(passed for _, passed in checks):
        for name, path, rest in calls:
            print(f'# {name} {path}{rest}')


if __name__ == '__main__':
    main(sys.argv[1])
