#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""The window dies in the middle of a run: what was under way is unknown, and the rest can be resumed."""

import unittest

from cdn_purge import Simulator, Window, add_account, list_purges
from driver import wait_for

URLS = [f'https://www.example.com/section-{number:02}/' for number in range(1, 46)]
SLOW = 8000


class ResumeTest(unittest.TestCase):
    def test_killed(self):
        with Simulator(f'--latency={SLOW}') as simulator:
            add_account(simulator)
            window = Window()
            window.find('button', 'Account: Production')
            window.paste('\n'.join(URLS))
            window.purge_many(45)
            wait_for(lambda: list_purges(simulator), 'the server to execute the purge')
            window.kill()

            with Window() as window:
                window.wait_summary('20 unknown · 25 waiting')
                self.assertEqual(len(list_purges(simulator)), 1)
                window.find('button', 'Resume 25')

                # It may have been purged: that is said, and Return does not send.
                batch = window.find_batch('Batch 1 · 20 directories', 'Unknown')
                window.find('button', 'Send Again Safely', batch)
                window.click(window.find('button', 'Send as New', batch))
                window.find('label', '20 directories of the quota a second time')
                window.keys('Return')
                window.wait_until_front()
                self.assertEqual(len(list_purges(simulator)), 1)

                window.click(window.find('button', 'Check'))
                window.find('label', 'Asking Tencent…')
                window.wait_summary('20 accepted · 25 waiting')

                window.tab_to(window.find('button', 'Resume 25'), 'shift+Tab')
                window.keys('Return')
                window.find('window', 'Purge 25')
                window.keys('Return')
                window.wait_summary('45 accepted')
                window.wait_gone('button', 'Resume')
                self.assertEqual([len(purge['directories']) for purge in list_purges(simulator)],
                                 [20, 20, 5])


if __name__ == '__main__':
    unittest.main()
