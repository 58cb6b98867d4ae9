#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""Cancelled while the server is silent: what was under way is unknown, and the rest was not sent."""

import unittest

from cdn_purge import Simulator, Window, add_account, list_purges
from driver import text_of

URLS = [f'https://www.example.com/section-{number:02}/' for number in range(1, 46)]
# Longer than any run of this: the server never answers.
NEVER = 3_600_000


class CancelTest(unittest.TestCase):
    def assert_truth(self, window):
        window.wait_summary('20 unknown · 25 waiting')
        unknown = window.find_batch('Batch 1 · 20 directories', 'Unknown')
        window.find('label', 'may have been', unknown)
        window.find_batch('Batch 2 · 20 directories', 'Waiting')
        window.find_batch('Batch 3 · 5 directories', 'Waiting')

    def test_while_the_server_is_silent(self):
        with Simulator(f'--latency={NEVER}') as simulator:
            add_account(simulator)
            with Window() as window:
                window.find('button', 'Account: Production')
                window.paste('\n'.join(URLS))
                window.purge_many(45)

                window.find('label', 'Batch 1 of 3')
                window.find_batch('Batch 1 · 20 directories', 'Sending')
                window.click(window.find('button', 'Cancel'))
                self.assert_truth(window)

                # What may have been executed is not sent again unknowingly.
                window.click(window.find('button', 'Load Failed into List'))
                window.find_purge(25)
                window.click(window.find('button', 'Edit as Text'))
                text = window.find('entry', 'Directories, one a line')
                self.assertEqual(text_of(text).split(), URLS[20:])

            # It is no less true the next day.
            with Window() as window:
                self.assert_truth(window)
                self.assertLessEqual(len(list_purges(simulator)), 1)


if __name__ == '__main__':
    unittest.main()
