#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""P3: from the confirmed button of the window to the last result: 100 directories in five batches, over
TLS and HTTP/1.1, with connections that were made ready, and no canary due.

The server is as far away as its bytes are held back: 50 ms each way, so that a round trip takes 100, a
handshake two of them and the connection before it one. Ours are the objects of the window without its
widgets (bench-session.c): the draft is saved, the key taken out of a keyring in memory, the journal
written to the disk before the first byte and before the result is told, and then the answers count. The limit, in the same
run, is a request and its answer by hand, on a connection that is there. What it costs where nothing was
made ready is told as well.

What is above the limit is the disk, which is waited for four or five times: the submission, the batches
before their first bytes, and the results; those that come together are written together, and the draft has
been saved before. So it is measured with the journal in memory as well, which shows what is the program's:
less than the goal; on a disk that is slow or busy the rest is the promise that nothing is sent that is not
written down. The submission and its first batches could be one of these waits, 1 % of the whole, if a batch
could be begun before it is known whether it is written down."""

import os
import subprocess
import sys
import tempfile

import bench
from bench import Row

SESSION, CERTIFICATES = sys.argv[1:3]
ROUNDS = 4
ABOVE_MS = 5


def measure(parent):
    """Medians of what is measured, with the journal in a folder."""
    with tempfile.TemporaryDirectory(dir=parent) as folder:
        said = subprocess.run([SESSION, CERTIFICATES, folder, str(bench.get_rounds(ROUNDS))],
                              stdout=subprocess.PIPE, text=True, check=True,
                              env=os.environ | {'XDG_DATA_HOME': folder}).stdout.split()
    return {name: bench.median(float(value) for word, value in zip(said[::2], said[1::2])
                               if word == name) for name in ('ready', 'limit', 'cold')}


def main():
    for where, parent in {'on the disk': '/var/tmp', 'in memory': '/dev/shm'}.items():
        found = measure(parent)
        bench.report('P3', [
            Row(f'from the button to the last result, journal {where}', found['ready'], found['limit'],
                None, 'ms'),
            Row('... above the round trip', found['ready'] - found['limit'], None, ABOVE_MS, 'ms'),
            Row('... nothing made ready', found['cold'], found['limit'], None, 'ms'),
        ])


main()
