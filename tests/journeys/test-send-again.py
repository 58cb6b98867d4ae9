#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""The request of an unknown batch is sent once more, byte for byte: nothing is purged twice."""

import unittest

from cdn_purge import Simulator, Window, add_account, list_purges
from driver import wait_for

URLS = [f'https://www.example.com/section-{number}/' for number in range(1, 4)]
SLOW = 8000


class SendAgainTest(unittest.TestCase):
    def test_sent_again_safely(self):
        with Simulator(f'--latency={SLOW}') as simulator:
            add_account(simulator)
            window = Window()
            window.find('button', 'Account: Production')
            window.paste('\n'.join(URLS))
            window.click(window.find_purge(3))
            wait_for(lambda: list_purges(simulator), 'the server to execute the purge')
            window.kill()

            with Window() as window:
                window.wait_summary('3 unknown')
                # A second purge of the same nonce is refused, and so nothing is purged twice.
                window.click(window.find('button', 'Send Again Safely'))
                wait_for(lambda: len(simulator.read_requests()) > 1, 'the second request')
                window.wait_gone('button', 'Send Again Safely')
                window.find_batch('Batch 1 · 3 directories', 'Accepted')
                self.assertEqual(len(list_purges(simulator)), 1)


if __name__ == '__main__':
    unittest.main()
