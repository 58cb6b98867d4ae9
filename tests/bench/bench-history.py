#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""P8: the first page of a search in a history of 100,000 entries, by the clock, from the call of the
journal to the answer, as the window has it while somebody types. What is searched for is everywhere,
here and there, in the oldest submission only, or nowhere; the slowest of these counts. How many entries a
submission has makes a difference: many small ones are many rows to go through, and of large ones there
are many hits to be counted.

The limit is a number, since there is no other program that does the same, so that the time of a
processor is told, too: by the clock it takes what else the computer does, besides. A search reads all directories
as they are stored where little is found: that grows with the history, and nothing is kept that storing
or deleting a submission would have to pay for. What those take is told, too."""

import subprocess
import sys

import bench

HISTORY = sys.argv[1]
SIZES = [1000, 10_000, 100_000]
PER_SUBMISSION = [10, 100, 1000]
ROUNDS = 1
GOAL_MS = 20


def measure(size, per_submission):
    """Of the slowest search milliseconds, those of a processor, and the word; what a submission costs."""
    said = subprocess.run([HISTORY, str(size), str(per_submission)], stdout=subprocess.PIPE, text=True,
                          check=True).stdout.splitlines()
    lines = [line.split() for line in said]
    searches = [(float(line[3]), float(line[4]), line[1]) for line in lines if line[0] == 'search']
    assert len(searches) > 1, said
    return max(searches), {line[0]: float(line[1]) for line in lines if line[0] != 'search'}


def main():
    points = {}
    for per_submission in PER_SUBMISSION:
        line = points.setdefault(f'{per_submission:,} a submission', [])
        for size in SIZES:
            found = [measure(size, per_submission) for _ in range(bench.get_rounds(ROUNDS))]
            wall, cpu = (bench.median([slowest[n] for slowest, _ in found]) for n in (0, 1))
            line.append((size, cpu))
        word, costs = found[-1][0][2], found[-1][1]
        bench.report('P8', [
            bench.Row(f'slowest search (“{word}”), {per_submission:,} a submission', wall, None, GOAL_MS,
                      'ms'),
            bench.Row('... time of a processor', cpu, None, GOAL_MS, 'ms'),
            bench.Row('... storing and deleting a submission', costs['store'] + costs['delete'], None,
                      None, 'ms'),
        ])
    bench.curve('P8', 'The slowest search of the history', points, x='entries',
                y='ms of a processor')


main()
