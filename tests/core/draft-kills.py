#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors
"""Kills a writer of drafts at moments of chance, and looks at what it left.

There must be the text that it said last to be on the disk, or the one after it: never a part of one,
nor one from before. The next writer begins where the killed one ended, with what that left lying about.

usage: draft-kills.py TEST-DRAFT
"""

import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

KILLS = 200
LONGEST_LIFE_S = 0.03


def generation(seed, number):
    """As test-draft.c makes it."""
    n_lines = 1 + (seed * 7919 + number * 104729) % 4000
    return ''.join(f'https://www.example.com/{seed}/{number}/{line}/\n' for line in range(n_lines))


def live_and_die(program, draft, seed):
    """Returns what it said."""
    with subprocess.Popen([program, '--write-and-say-so', draft, str(seed)],
                          stdout=subprocess.PIPE, text=True) as process:
        said = [process.stdout.readline()]
        time.sleep(random.Random(seed).uniform(0, LONGEST_LIFE_S))
        process.kill()
        return ''.join(said + process.stdout.readlines()).split()


def judge(said, seed, before, draft):
    """Returns what is wrong, and the text that is there now."""
    text = draft.read_text() if draft.exists() else ''
    if said[0] != 'loaded':
        return f'seed {seed}: the writer found it {said[0]}', text
    last = int(said[-1]) if len(said) > 1 else 0
    allowed = [before if last == 0 else generation(seed, last), generation(seed, last + 1)]
    if text not in allowed:
        return f'seed {seed}: {len(text)} bytes are neither text {last} nor the next', text
    if draft.exists() and draft.stat().st_mode & 0o7777 != 0o600:
        return f'seed {seed}: the mode is {draft.stat().st_mode:o}', text
    return None, text


def main(program):
    problems, halves, text = [], 0, ''
    with tempfile.TemporaryDirectory() as folder:
        draft = pathlib.Path(folder) / 'data' / 'draft.txt'
        for seed in range(1, KILLS + 1):
            said = live_and_die(program, draft, seed)
            problem, text = judge(said, seed, text, draft)
            problems += [problem] if problem else []
            halves += (draft.parent / 'draft.txt.new').exists()
        names = set(os.listdir(draft.parent)) - {'draft.txt', 'draft.txt.new'}
        if names:
            problems.append(f'left lying about: {names}')
    if halves == 0:
        problems.append('no writer was killed while it wrote')

    print('1..1', *(f'# {problem}' for problem in problems), sep='\n')
    print(f'# {KILLS} kills, {halves} of them in the middle of a file, {len(problems)} problems')
    print('not ok 1' if problems else 'ok 1')
    return 1 if problems else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
