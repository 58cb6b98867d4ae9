#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""bench-window.py FIRST-FRAME EMPTY-WINDOW FOLDER: how long it takes until the window shows its list of 100
rows, from the start of the program, beside an empty window of libadwaita, which is what a window costs that
is not ours, and beside two programs of GNOME, if they are there. FOLDER has our programs.

All are looked at from outside, by the X server's pixels (first-frame.c), on one screen, with one renderer
(Cairo, which needs no driver), without a desktop around them. Ours has an account and the journal of a
person who has used it; the list comes from its draft. What is computed until then says the same on a
computer that is busy.

Where ours is over the goal: callgrind counts 555 million instructions in the main thread of the empty
window, nearly all of it GTK's own start (OpenGL, two style sheets, icons), and 1,000 million in ours, counted
when each window still made the start page. Of the difference 65 are the widgets of the window being made from
their templates, 50 their first styles and sizes, and 300 the frame with the list: styles, sizes and texts of
what can be seen, icons, and drawing. The journal, the accounts and the submission of before are read after
that frame.

Of memory ours has 28 MiB (RSS) more than the empty window's 88, and the goal leaves it 12: what draws SVG,
for four icons of our own, 7 (they can be drawn when the program is built, by a tool that newer gdk-pixbufs do
not bring); heap 7.5, of which 3 are for the list, and 2.5 are free again and not given back; the trust store,
in the heap of the thread that reads it ahead, 4, and the libraries that read it 2.7; pictures shared with the
X server 1.5; libsoup and what it needs 1.4; SQLite 1.3; fonts 0.9; the program 0.9; libsecret and JSON-GLib
0.6. The trust store is what has a connection ready before the button is pressed: a window without a list does
without. Of the rest only malloc_trim() would give something back, 3 %."""

import os
import pathlib
import shutil
import subprocess
import sys

import bench

ROUNDS = 9
ROWS = 100
PEERS = {'GNOME Calculator': 'gnome-calculator', 'GNOME Text Editor': 'gnome-text-editor'}
DRAFT = pathlib.Path(os.environ['XDG_DATA_HOME'], 'cdn-purge', 'draft.txt')


def add_account(folder):
    subprocess.run([folder / 'cdn-purge-cli', 'accounts', 'add', 'Production',
                    '--secret-id=AKIDbenchmarkONLY00000000000', '--endpoint=http://127.0.0.1:9'],
                   input='0123456789abcdef0123456789abcdef\n', text=True, check=True,
                   capture_output=True)


def ask(first_frame, program):
    """Milliseconds and computed milliseconds until the content, and MiB at rest."""
    DRAFT.write_text(''.join(f'https://www.example.com/section-{number}/archive/\n'
                             for number in range(ROWS)))
    words = subprocess.run([first_frame, program], check=True, capture_output=True,
                           text=True).stdout.split()
    return float(words[0]), float(words[1]), float(words[4]) / 1024


def main():
    first_frame, empty, folder = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    add_account(folder)
    programs = {'empty': empty, 'ours': folder / 'cdn-purge'}
    for peer, name in PEERS.items():
        if shutil.which(name) is None:
            bench.note('P5', f'{name} is not there: left out')
        else:
            programs[peer] = name

    found = bench.interleave({name: lambda program=program: ask(first_frame, program)
                              for name, program in programs.items()}, ROUNDS)
    median = {name: [bench.median(column) for column in zip(*values)]
              for name, values in found.items()}
    ours, limit = median['ours'], median['empty']
    rows = [bench.Row(f'first frame with {ROWS} rows', ours[0], limit[0], 1.2, 'ms'),
            bench.Row('computed until then', ours[1], limit[1], None, 'ms'),
            bench.Row('memory at rest (PSS)', ours[2], limit[2], 1.2, 'MiB')]
    for peer in PEERS:
        if peer in median:
            rows += [bench.Row(f'first frame, beside {peer}', ours[0], median[peer][0], None, 'ms'),
                     bench.Row('computed until then', ours[1], median[peer][1], None, 'ms'),
                     bench.Row('memory at rest (PSS)', ours[2], median[peer][2], None, 'MiB')]
    bench.report('P5', rows)


if __name__ == '__main__':
    main()
