# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""What the benchmarks share: to measure several subjects side by side, to say what came of it, and to
draw how it grows. Nothing here knows what is measured, and a goal that is missed fails nothing: how
fast a computer is says little of the program, and what else runs on it says more. So every number
stands beside that of a peer or a limit from the same run.

A benchmark writes what it found into a folder ($BENCH_RESULTS); bench-table.py prints all of it."""

import dataclasses
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import tempfile
import time

MIB = 1 << 20


@dataclasses.dataclass
class Row:
    """What was measured, beside a limit or a peer. The goal is a bound for the ratio of the two, or
    without a limit one for what was measured; without a bound it is there to be read."""
    what: str
    measured: float
    limit: float | None
    bound: float | None
    unit: str

    def is_met(self):
        return self.bound is None or self.measured <= self.bound * (self.limit or 1)


@dataclasses.dataclass
class Usage:
    """What a process took from its start to its end: seconds, seconds of all its threads, and MiB.
    The memory is never less than that of this interpreter, since a fork counts what it comes from."""
    wall: float
    cpu: float
    peak: float


_found = {}


def get_rounds(rounds):
    return int(os.environ.get('BENCH_ROUNDS', rounds))


def interleave(subjects, rounds):
    """Asks every subject (name → function) in turn, once for nothing and then as often as there are
    rounds, and returns name → list of what they said. A subject that is None is not there."""
    subjects = {name: ask for name, ask in subjects.items() if ask is not None}
    results = {name: [] for name in subjects}
    for number in range(get_rounds(rounds) + 1):
        for name, ask in subjects.items():
            value = ask()
            if number > 0:
                results[name].append(value)
    return results


def median(values):
    return statistics.median(values)


def run(command, stdin=None, **options):
    """Runs a command, which must succeed and is not heard, and returns its Usage."""
    with tempfile.TemporaryFile() as errors:
        start = time.monotonic()
        with subprocess.Popen(command, stdin=stdin or subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=errors, **options) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - start
        errors.seek(0)
        assert process.returncode == 0, (command, process.returncode, errors.read().decode())
    return Usage(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def count_instructions(command, function=None, **options):
    """How many instructions a command executes, or one function of it with all that it calls. That
    does not depend on what else the computer does."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder, 'out')
        valgrind = ['valgrind', '--tool=callgrind', f'--callgrind-out-file={out}']
        if function is not None:
            valgrind.append(f'--toggle-collect={function}')
        run(valgrind + command, **options)
        counted = int(re.search(r'^(?:summary|totals): (\d+)', out.read_text(), re.M)[1])
    assert counted > 0, f'{function} was not called'
    return counted


def get_folder():
    top = pathlib.Path(__file__).resolve().parents[2]
    folder = pathlib.Path(os.environ.get('BENCH_RESULTS', top / 'build' / 'bench'))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _keep(goal, member, values):
    found = _found.setdefault(goal, {'rows': [], 'notes': [], 'plots': []})
    found[member] += values
    (get_folder() / f'{goal}.json').write_text(json.dumps(found, indent=1), encoding='utf-8')


def report(goal, rows):
    """Keeps and prints rows of a goal ('P1'); they are added to those it has in this run."""
    _keep(goal, 'rows', [dataclasses.asdict(row) for row in rows])
    print('\n'.join(format_rows(goal, rows)), flush=True)


def note(goal, text):
    """A word on a goal, for instance that a peer is not there."""
    _keep(goal, 'notes', [text])
    print(f'{goal}: {text}', flush=True)


def _format_number(value):
    return f'{value:,.0f}' if value >= 100 else f'{value:.3g}'


def _format_cells(goal, row):
    def with_unit(value):
        return f'{_format_number(value)} {row.unit}'.strip()

    if row.bound is None:
        bound = ''
    else:
        bound = with_unit(row.bound) if row.limit is None else f'{row.bound:.3g} x'
    return (goal, row.what, with_unit(row.measured),
            '' if row.limit is None else with_unit(row.limit),
            '' if not row.limit else f'{row.measured / row.limit:.2f} x',
            bound, '' if row.bound is None else 'met' if row.is_met() else 'MISSED')


def format_rows(goal, rows):
    """The lines of a table."""
    table = [('', 'what', 'measured', 'limit', 'ratio', 'goal', '')]
    table += [_format_cells(goal, row) for row in rows]
    widths = [max(len(cells[column]) for cells in table) for column in range(len(table[0]))]
    return [(f'{cells[0]:{widths[0]}}  {cells[1]:{widths[1]}}  '
             + '  '.join(f'{cell:>{width}}' for cell, width in zip(cells[2:6], widths[2:6]))
             + f'  {cells[6]}').rstrip()
            for cells in table]


def _quote(text):
    return json.dumps(text, ensure_ascii=False)


def curve(goal, title, points, x='', y='', name=None):
    """Draws how something grows, as an SVG; points are name → list of (x, y), both larger than 0.
    A goal with more than one plot gives each a name."""
    name = name or goal
    folder = get_folder()
    (folder / f'{name}-points.json').write_text(json.dumps(points), encoding='utf-8')
    if shutil.which('gnuplot') is None:
        note(goal, 'gnuplot is not there: no plot was drawn')
        return
    plot = folder / f'{name}.svg'
    blocks = ''.join(f'$points{number} << EOD\n' + ''.join(f'{a} {b}\n' for a, b in line) + 'EOD\n'
                     for number, line in enumerate(points.values()))
    lines = ', '.join(f'$points{number} with linespoints title {_quote(label)}'
                      for number, label in enumerate(points))
    values = [b for line in points.values() for _, b in line]
    # What grows with x is a straight line then.
    scale = 'xy' if max(values) > 10 * min(values) else 'x\nset yrange [0:*]'
    script = ('set encoding utf8\nset terminal svg size 720,440 background "white"\n'
              f'set output {_quote(str(plot))}\nset title {_quote(title)}\nset xlabel {_quote(x)}\n'
              f'set ylabel {_quote(y)}\nset logscale {scale}\nset grid\nset key left\n'
              f'{blocks}plot {lines}\n')
    subprocess.run(['gnuplot'], input=script, text=True, check=True)
    _keep(goal, 'plots', [str(plot)])
