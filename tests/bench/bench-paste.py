#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""bench-paste.py BENCH-PASTE: 100,000 lines are pasted into the window. The frame that takes longest, beside
that of the least list view there can be, which gets as many strings and judges nothing: both make rows
for what is shown, scroll to the end, and tell the sizes of what is not shown. And how long it takes until
everything is judged and in the list."""

import subprocess
import sys

import bench

ROUNDS = 5
LINES = 100_000


def ask(subject):
    words = subprocess.run([sys.argv[1], subject, str(LINES)], check=True, capture_output=True,
                           text=True).stdout.splitlines()[-1].split()
    return [float(word) for word in words]


def main():
    found = bench.interleave({name: lambda name=name: ask(name) for name in ('ours', 'bare')}, ROUNDS)
    (worst, computed, full, full_cpu), (bare_worst, bare_computed, *_) = (
        [bench.median(column) for column in zip(*found[name])] for name in ('ours', 'bare'))
    bench.report('P7', [
        bench.Row(f'worst frame, {LINES:,} lines', worst, bare_worst, 1.2, 'ms'),
        bench.Row('computed for it', computed, bare_computed, None, 'ms'),
        bench.Row('until all is judged', full, None, 200, 'ms'),
        bench.Row('computed until then, by all threads', full_cpu, None, None, 'ms')])


if __name__ == '__main__':
    main()
