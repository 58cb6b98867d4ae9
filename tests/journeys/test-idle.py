#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""A window that nobody touches does nothing: no thread of it wakes up in ten seconds, whatever it shows."""

import unittest

from cdn_purge import Simulator, Window, add_account
from driver import wait_for
from idle import list_wake_ups

SECONDS = 10
FEW = ''.join(f'https://www.example.com/{name}/\n' for name in ('news', 'shop', 'about'))


class IdleTest(unittest.TestCase):
    def assert_idle(self, window):
        # What has just happened is drawn and stored first, and threads that have nothing to do any more
        # end after a quarter of a minute.
        wait_for(lambda: not list_wake_ups(window.process.pid, SECONDS), 'ten seconds of rest')

    def focus_list(self, window):
        window.click(window.find('row', 'https://www.example.com/news/'))

    def test_list_and_results(self):
        with Simulator() as simulator:
            add_account(simulator)
            with Window() as window:
                window.find('button', 'Account: Production')
                window.paste(FEW)
                window.find_purge(3)
                self.focus_list(window)
                self.assert_idle(window)

                window.keys('ctrl+Return')
                window.wait_summary('3 accepted')

            # Of what was sent before, nothing is looked up by itself.
            with Window() as window:
                window.wait_summary('3 accepted')
                window.find_purge(3)
                self.focus_list(window)
                self.assert_idle(window)

    def test_practice(self):
        with Window('--practice') as window:
            window.wait_practice()
            window.paste(FEW)
            window.find_purge(3)
            self.focus_list(window)
            self.assert_idle(window)


if __name__ == '__main__':
    unittest.main()
