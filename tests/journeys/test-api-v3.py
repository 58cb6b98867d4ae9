#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""An account of API 3.0 typed in and purged with; and one for which API 2.0 has ended, switched."""

import re
import tempfile
import unittest

from cdn_purge import Simulator, Window, add_account, exactly, list_purges
from driver import DEADLINE, PROGRAM_ENVIRONMENT

URLS = [f'https://www.example.com/{name}/' for name in ('news', 'shop', 'about')]


class ApiV3Test(unittest.TestCase):
    def setUp(self):
        # Without the accounts of the other test.
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        PROGRAM_ENVIRONMENT['XDG_DATA_HOME'] = folder.name

    def switch(self, window):
        """The account to API 3.0, by keyboard alone."""
        window.keys('F10')
        window.tab_to(window.find('menu item', 'Accounts…'), 'Down')
        window.keys('Return')
        accounts = window.wait_for_window('Accounts')
        window.focus(accounts)
        window.find('label', 'API 2.0 · 100 directories a day')
        window.tab_to(window.find('button', 'Edit', window.find('window', 'Accounts')))
        window.keys('Return')
        dialog = window.wait_for_window('Edit Account')
        window.focus(dialog)
        window.find('label', exactly('2.0 (retired)'))
        # It is the last of three.
        window.tab_to(window.find('combo box', 'API'))
        window.keys('space')
        window.find('label', exactly('3.0 (International)'))
        window.keys('Up', 'Up', 'Return')
        window.find('status', 'For a key of Tencent Cloud’s site for China.')
        window.find('label', exactly('3.0 (China)'))
        window.keys('alt+s')
        window.wait_window_gone(dialog)
        window.focus(accounts)
        window.find('label', 'API 3.0 · 100 directories a day')
        window.keys('Escape')
        window.wait_until_front()

    def test_three_directories(self):
        """Accepted, and some time later done, without a hand on it."""
        with Simulator('--task-time=8000') as simulator, Window() as window:
            window.add_account(simulator)
            window.paste('\n'.join(URLS))
            window.find('status', '3 directories · 1 request · 100 of 100 left today')
            window.keys('ctrl+Return')
            window.wait_summary('3 accepted')
            window.screenshot('api-v3-accepted')
            request, = list_purges(simulator)
            self.assertEqual((request['action'], request['verdict'], request['directories']),
                             ('PurgePathCache', 0, URLS))
            # It looks after 5 seconds, when the server is not done yet, and 15 seconds later.
            window.find('status', '3 done', deadline=2 * DEADLINE)
            window.wait_results(URLS, 'Done')
            window.screenshot('api-v3-done')
            self.assertEqual(list_purges(simulator), [request])

    def test_switched(self):
        """API 2.0 has ended; the account is switched by keyboard alone, and the list sent again."""
        with Simulator('--fail=4100') as simulator:
            add_account(simulator)
            with Window() as window:
                # Only now does it take keys for certain.
                window.find('status', '100 of 100 left today')
                window.paste('\n'.join(URLS))
                window.keys('ctrl+Return')
                window.wait_summary('3 rejected')
                window.find('label', 'switch the account to API 3.0')
                self.switch(window)
                window.click(window.find('button', 'Retry 3'))
                window.wait_summary('3 accepted')
            request, = list_purges(simulator)
            self.assertEqual((request['action'], request['directories']),
                             ('PurgePathCache', URLS))

    def take_offer(self, code, summary):
        """A server that refuses like a retired one; the switch that is offered, and the same list."""
        with Simulator(f'--fail={code}') as simulator:
            add_account(simulator)
            with Window() as window:
                window.find('status', '100 of 100 left today')
                window.paste('\n'.join(URLS))
                window.keys('ctrl+Return')
                window.wait_summary(summary)
                window.find('status', 'It looks as if Tencent had ended API 2.0 for this account.')
                window.screenshot(f'retired-{code}')
                # What is in the list by now makes no difference.
                window.keys('ctrl+z')
                window.wait_gone('button', re.compile(r'\bPurge 3\b'))

                window.keys('alt+w')
                window.find_purge(3)
                window.find('status', 'The account speaks API 3.0 now.')
                window.wait_gone('status', 'It looks as if Tencent had ended API 2.0')
                window.screenshot(f'switched-{code}')
                self.assertEqual(list_purges(simulator), [])
                window.keys('ctrl+Return')
                window.wait_summary('3 accepted')
            request, = list_purges(simulator)
            self.assertEqual((request['action'], request['directories']),
                             ('PurgePathCache', URLS))

    def test_offer_after_a_refusal(self):
        self.take_offer(4100, '3 rejected')

    def test_offer_after_silence(self):
        """What was answered so is unknown by the letter, and goes back into the list all the same."""
        self.take_offer(6200, '3 unknown')


if __name__ == '__main__':
    unittest.main()
