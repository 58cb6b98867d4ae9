#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""P10: `cdn-purge-cli --version` beside a C program that loads the same libraries and prints a line.
Both are whole processes; nearly all of their time is the loader's."""

import subprocess
import sys

import bench

CLI, LIMIT = sys.argv[1:3]
ROUNDS = 60


def list_libraries(program):
    said = subprocess.run(['ldd', program], stdout=subprocess.PIPE, text=True, check=True).stdout
    return {line.split()[0] for line in said.splitlines()}


def main():
    missing = list_libraries(CLI) - list_libraries(LIMIT)
    assert not missing, f'the limit does not load {missing}'

    commands = {'ours': [CLI, '--version'], 'limit': [LIMIT]}
    usages = bench.interleave({name: lambda command=command: bench.run(command)
                               for name, command in commands.items()}, ROUNDS)
    rows = [bench.Row(what, *(bench.median([getattr(usage, member) * 1000 for usage in usages[name]])
                              for name in commands), 1.5, 'ms')
            for what, member in (('cdn-purge-cli --version', 'wall'), ('... time of processors', 'cpu'))]
    rows.append(bench.Row('... instructions', *map(bench.count_instructions, commands.values()), 1.5, ''))
    bench.report('P10', rows)


main()
