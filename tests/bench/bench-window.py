#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""bench-window.py FIRST-FRAME EMPTY-WINDOW BARE-WINDOW FOLDER: how long it takes until the window shows its
list of 100 rows, from the start of the program, beside an empty window of libadwaita, which is what a window
costs that is not ours; beside a bare one, which shows as much as ours and has nothing behind it
(bare-window.c); and beside two programs of GNOME, if they are there. FOLDER has our programs.

All are looked at from outside, by the X server's pixels (first-frame.c), on one screen, with one renderer
(Cairo, which needs no driver), without a desktop around them. Ours has an account and the journal of a
person who has used it; the list comes from its draft. What is computed until then says the same on a
computer that is busy. At rest all is shown: accounts, quota and journal are read after the frame with the
list.

Where ours is over the goal it shows something: the bare window, with as many rows as ours makes for its first
frame, is as late. Callgrind counts, in the main thread and until the first picture with content, 486 million
instructions for the empty window, nearly all of it GTK's own start (OpenGL, two style sheets), and 687 million
for ours; without the 65 for the icon theme, which now one thread reads and now another. Of the difference 18
are the loader's, for the libraries that the empty window does not have; 50 the widgets of the window being
made from their templates; 31 their first styles and sizes; 15 the rows, and 67 their styles, sizes and texts;
22 drawing. Half a million are instructions of the program itself. Menus are made when they are opened, rows
that cannot be seen after that frame, and their buttons when they can. What is left to be put off (pages that
are not shown) is less than 1 % each.

Of memory ours has 11 MiB more: heap 4.5, of which 3 are for the list; SQLite 1.2; pictures shared with the X
server 1.2; the program 0.9; libsoup and what it needs 1.6; fonts 0.5; libsecret and JSON-GLib 0.3. The trust
store and the libraries that read it are 6.7 more as soon as somebody is about to send."""

import os
import pathlib
import shutil
import subprocess
import sys

import bench

ROUNDS = 9
ROWS = 100
EMPTY, BARE = 'an empty window', 'a bare window'
PEERS = {'GNOME Calculator': 'gnome-calculator', 'GNOME Text Editor': 'gnome-text-editor'}
DRAFT = pathlib.Path(os.environ['XDG_DATA_HOME'], 'cdn-purge', 'draft.txt')


def add_account(folder):
    subprocess.run([folder / 'cdn-purge-cli', 'accounts', 'add', 'Production',
                    '--secret-id=AKIDbenchmarkONLY00000000000', '--endpoint=http://127.0.0.1:9'],
                   input='0123456789abcdef0123456789abcdef\n', text=True, check=True,
                   capture_output=True)


def ask(first_frame, program):
    """Milliseconds and computed milliseconds until the content, the same until all is shown, and MiB."""
    DRAFT.write_text(''.join(f'https://www.example.com/section-{number}/archive/\n'
                             for number in range(ROWS)))
    words = subprocess.run([first_frame, program], check=True, capture_output=True,
                           text=True).stdout.split()
    return *map(float, words[:4]), float(words[4]) / 1024


def compare(ours, other, name=None, bound=None):
    """The rows of a table: ours beside another window."""
    beside = f', beside {name}' if name else ''
    return [bench.Row(f'first frame with {ROWS} rows{beside}', ours[0], other[0], bound, 'ms'),
            bench.Row('computed until then', ours[1], other[1], None, 'ms'),
            bench.Row('computed until all is shown', ours[3], other[3], None, 'ms'),
            bench.Row('memory at rest (PSS)', ours[4], other[4], bound, 'MiB')]


def main():
    first_frame, empty, bare, folder = *sys.argv[1:4], pathlib.Path(sys.argv[4])
    add_account(folder)
    programs = {EMPTY: empty, BARE: bare, 'ours': folder / 'cdn-purge'}
    for peer, name in PEERS.items():
        if shutil.which(name) is None:
            bench.note('P5', f'{name} is not there: left out')
        else:
            programs[peer] = name

    found = bench.interleave({name: lambda program=program: ask(first_frame, program)
                              for name, program in programs.items()}, ROUNDS)
    median = {name: [bench.median(column) for column in zip(*values)]
              for name, values in found.items()}
    ours = median.pop('ours')
    rows = compare(ours, median.pop(EMPTY), bound=1.2)
    for name, values in median.items():
        rows += compare(ours, values, name)
    bench.report('P5', rows)


if __name__ == '__main__':
    main()
