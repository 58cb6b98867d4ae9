#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""P6: a million lines, judged, mended and rid of duplicates, beside `LC_ALL=C sort -u`.

Both are whole processes that read the same file and write what is left of it to nowhere: the fewest
steps in which anybody gets rid of duplicates, beside all our rules. `sort` uses every processor there is,
and judging uses one: the room of values knows no thread, and nobody waits for it, since a text has a fifth
as many lines at most. So the goal is looked at beside both, `sort` as it comes and on one processor: on
two that do nothing else the first is as fast as we are. The lines are those of operators: some sites,
nested directories, most of them good, some to be mended, some refused, some twice.

How the cost grows is that of one line in a process that has just begun, by its own clock of processor
time; so is that of a list which somebody pastes. Instructions do not depend on what else the computer
does: a change that makes them more shows there, since the bound is a tenth above what it was."""

import multiprocessing
import os
import pathlib
import random
import subprocess
import sys
import tempfile

import bench

JUDGE = sys.argv[1]
SIZES = [1000, 10_000, 100_000, 1_000_000]
ROUNDS = 5
IN_C = dict(os.environ, LC_ALL='C')
SEED = 7

WORDS = ('news images static section product archive video download 2024 2025 assets css js thumb large '
         'small zh en api mobile app').split()
HOSTS = [f'{name}.example{number}.com' for number in range(20) for name in ('www', 'static', 'img')]

# How many of a hundred are not as they should be, and what they are then.
ODDITIES = [
    (6, lambda host, path: f'https://{host}{path[:-1]}'),
    (3, lambda host, path: f'https://{host.upper()}{path}'),
    (2, lambda host, path: f'  https://{host}{path} '),
    (2, lambda host, path: f'https://{host}{path}新闻/'),
    (2, lambda host, path: f'url https://{host}{path}index.html?v=2'),
    (1, lambda host, path: f'- https://{host}{path}'),
    (1, lambda host, path: f'https://{host}{path}index.html'),
    (1, lambda host, path: f'{host}{path}'),
    (1, lambda host, path: f'https://{host}/{path}'),
    (1, lambda host, path: f'https://{host}{path}*'),
]
TWICE = 5


def make_line(numbers, lines):
    chance = numbers.random() * 100
    if chance < TWICE and lines:
        return numbers.choice(lines)
    words = numbers.choices(WORDS, k=numbers.randint(1, 3))
    host, path = numbers.choice(HOSTS), f'/{"/".join(words)}/{numbers.randrange(10 ** 7):x}/'
    chance -= TWICE
    for share, make in ODDITIES:
        if 0 <= chance < share:
            return make(host, path)
        chance -= share
    return f'https://{host}{path}'


def write_lines(path, size):
    """Called in a process of its own, since what it takes would count for every process that this one
    starts."""
    numbers = random.Random(SEED)
    lines = []
    for _ in range(size):
        lines.append(make_line(numbers, lines))
    path.write_text(''.join(f'{line}\n' for line in lines), encoding='utf-8')


def ask_cost(path, size):
    """How many microseconds of processor time a line took."""
    said = subprocess.run([JUDGE, path], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                          check=True).stderr.split()
    n_items, n_problems, n_duplicates, took = map(int, said)
    assert size <= n_items and 0 < n_problems < size / 10 and 0 < n_duplicates < size / 10, said
    return took / size


def compare(path):
    """Rows for a million lines."""
    sort = ['sort', '-u', str(path)]
    usages = bench.interleave({
        'ours': lambda: bench.run([JUDGE, str(path)]),
        'sort': lambda: bench.run(sort, env=IN_C),
        'one': lambda: bench.run([*sort, '--parallel=1'], env=IN_C),
    }, ROUNDS)

    def middle(name, member, factor=1.0):
        return bench.median([getattr(usage, member) for usage in usages[name]]) * factor

    return [
        bench.Row('1,000,000 lines, beside sort -u', middle('ours', 'wall', 1000),
                  middle('sort', 'wall', 1000), 0.75, 'ms'),
        bench.Row('... beside sort -u on one processor', middle('ours', 'wall', 1000),
                  middle('one', 'wall', 1000), 0.75, 'ms'),
        bench.Row('... time of processors', middle('ours', 'cpu', 1000),
                  middle('sort', 'cpu', 1000), 0.75, 'ms'),
        bench.Row('... memory at most', middle('ours', 'peak'), middle('sort', 'peak'), 1.0, 'MiB'),
    ]


def count(small, large, lines):
    """Instructions a line, without those that each process begins with."""
    def count_line(command):
        return (bench.count_instructions([*command, str(large)], env=IN_C)
                - bench.count_instructions([*command, str(small)], env=IN_C)) / lines

    return bench.Row('instructions a line', count_line([JUDGE]),
                     count_line(['sort', '-u', '--parallel=1']), 1.7, '')


def main():
    with tempfile.TemporaryDirectory() as folder:
        paths = {size: pathlib.Path(folder, f'{size}') for size in SIZES}
        for size, path in paths.items():
            writer = multiprocessing.Process(target=write_lines, args=(path, size))
            writer.start()
            writer.join()
            assert writer.exitcode == 0

        bench.report('P6', compare(paths[SIZES[-1]]))

        costs = bench.interleave({size: lambda size=size: ask_cost(paths[size], size)
                                  for size in SIZES}, ROUNDS)
        points = [(size, bench.median(costs[size])) for size in SIZES]
        first, last = points[0][1], points[-1][1]
        bench.report('P6', [bench.Row('a line of 1,000,000, beside one of 1,000', last, first, 1.2, 'µs'),
                            count(paths[1000], paths[100_000], 99_000)])
        bench.curve('P6', 'Judging a list', {'cost of a line': points}, x='lines',
                    y='µs of a processor')


main()
