#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""An answer that is lost: what was sent is unknown, is looked up, and not sent twice."""

import unittest

from cdn_purge import Simulator, Window, add_account, list_purges
from driver import wait_for

URLS = [f'https://www.example.com/section-{number:02}/' for number in range(1, 46)]
# Long enough to give up the request in between, however slow the machine is.
SLOW = 8000


class UnknownTest(unittest.TestCase):
    def test_lost_answer(self):
        with Simulator(f'--latency={SLOW}') as simulator:
            add_account(simulator)
            with Window() as window:
                window.find('button', 'Account: Production')
                window.paste('\n'.join(URLS))
                window.purge_many(45)
                # It has been executed, and its answer is not waited for.
                wait_for(lambda: list_purges(simulator), 'the server to execute the purge')
                window.click(window.find('button', 'Cancel'))
                window.wait_summary('20 unknown · 25 waiting')

                # The program asks by itself, and nothing is purged for that.
                window.find('label', 'Asking Tencent…')
                window.find_batch('Batch 1 · 20 directories', 'Accepted')
                window.wait_summary('20 accepted · 25 waiting')
                self.assertEqual(len(list_purges(simulator)), 1)

                # The rest is sent when the person says so, after the question of 25.
                window.click(window.find('button', 'Resume 25'))
                window.click(window.find('button', 'Purge 25', window.find('window', 'Purge 25')))
                window.wait_summary('45 accepted')
                self.assertEqual([len(purge['directories']) for purge in list_purges(simulator)],
                                 [20, 20, 5])


if __name__ == '__main__':
    unittest.main()
