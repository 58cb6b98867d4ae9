#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""What is computed around one request of 20 directories, in instructions, which do not depend on what else
the computer does: putting it together and signing it beside the hashes alone that GLib computes for
it, and reading its answer beside JSON-GLib's parser alone. The bound is a tenth above what it was when this
was written, so that a change that makes it more shows.

Most of a request of API 3.0 is what covers the traces that a chain of keys leaves in memory (`purge-hmac.c`: 32
HMACs of nothing), about a fifth of a millisecond."""

import sys

import bench

PURE = sys.argv[1]
N = 100

BOUNDS = {('request', '2.0'): 2.6, ('request', '3.0'): 4.9, ('answer', '2.0'): 1.7,
          ('answer', '3.0'): 1.7}
WORDS = {'request': 'instructions for a request of API', 'answer': '... for an answer of API'}


def count(what, api, whose):
    """Without those that each process begins with."""
    few, many = (bench.count_instructions([PURE, what, api, whose, str(n)]) for n in (N, 2 * N))
    return (many - few) / N


def main():
    bench.report('pure', [bench.Row(f'{WORDS[what]} {api}', count(what, api, 'ours'),
                                    count(what, api, 'limit'), bound, '')
                          for (what, api), bound in BOUNDS.items()])


main()
