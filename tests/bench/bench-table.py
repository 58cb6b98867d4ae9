#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""What the benchmarks found, in one table: run last, it measures nothing."""

import json
import re
import time

import bench


def get_number(path):
    return [int(part) for part in re.findall(r'\d+', path.stem)]


def main():
    paths = [path for path in bench.get_folder().glob('*.json') if '-' not in path.stem]
    for path in sorted(paths, key=get_number):
        found = json.loads(path.read_text(encoding='utf-8'))
        rows = [bench.Row(**row) for row in found['rows']]
        print(f'\n{path.stem}, measured {time.strftime("%F %T", time.localtime(path.stat().st_mtime))}')
        print('\n'.join(bench.format_rows(path.stem, rows)))
        for text in found['notes']:
            print(f'  {text}')
        for plot in found['plots']:
            print(f'  {plot}')


main()
