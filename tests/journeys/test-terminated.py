#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""The program is told to end in the middle of a run: it ends soon, and says afterwards what became of it."""

import signal
import time
import unittest

from cdn_purge import Simulator, Window, add_account, list_purges
from driver import wait_for

URLS = [f'https://www.example.com/section-{number:02}/' for number in range(1, 46)]
# Longer than any run of this: the server never answers.
NEVER = 3_600_000
# Two are promised; a busy machine is slow to see the end.
SECONDS = 4


class TerminatedTest(unittest.TestCase):
    def end(self, window, number):
        window.process.send_signal(number)
        start = time.monotonic()
        window.wait_end()
        self.assertLess(time.monotonic() - start, SECONDS)

    def test_in_the_middle_of_a_run(self):
        with Simulator(f'--latency={NEVER}') as simulator:
            add_account(simulator)
            with Window() as window:
                window.find('button', 'Account: Production')
                window.paste('\n'.join(URLS))
                window.purge_many(45)
                wait_for(lambda: list_purges(simulator), 'the server to execute the purge')
                self.end(window, signal.SIGTERM)

            # The verdict was recorded, and not guessed at the next start; the list is there.
            with Window() as window:
                window.wait_summary('20 unknown · 25 waiting')
                window.find('label', 'Cancelled while the request was under way',
                            window.find_batch('Batch 1 · 20 directories', 'Unknown'))
                window.find_purge(45)
                self.end(window, signal.SIGINT)
            self.assertEqual(len(list_purges(simulator)), 1)


if __name__ == '__main__':
    unittest.main()
