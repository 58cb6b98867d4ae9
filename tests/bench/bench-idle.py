#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""bench-idle.py JOURNEYS: what the window does while nobody touches it, its keyboard in the list: calls to
the system as strace sees them, and what is computed. The journey “idle” judges the same."""

import sys
import time

import bench

SECONDS = 10
# Threads that have nothing to do any more end after a quarter of a minute.
REST = 20


def main():
    sys.path.insert(0, sys.argv[1])
    from cdn_purge import Simulator, Window, add_account  # where it is, is told above
    from idle import get_cpu_time, list_wake_ups

    with Simulator() as simulator:
        add_account(simulator)
        with Window() as window:
            window.find('button', 'Account: Production')
            window.paste('https://www.example.com/news/\n')
            window.find_purge(1)
            window.click(window.find('row', 'https://www.example.com/news/'))
            time.sleep(REST)
            computed = get_cpu_time(window.process.pid)
            time.sleep(SECONDS)
            computed = get_cpu_time(window.process.pid) - computed
            calls = list_wake_ups(window.process.pid, SECONDS)
    bench.report('P9', [bench.Row(f'calls to the system in {SECONDS} s', len(calls), None, 0, ''),
                        bench.Row('computed meanwhile', computed * 1000, None, 0, 'ms')])


if __name__ == '__main__':
    main()
