#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""A computer with a wrong clock: the test of a key says how far it is off, and that the key is good."""

import unittest

from cdn_purge import BUILD, Simulator, Window, add_account

BEHIND = {'LD_PRELOAD': str(BUILD / 'tests' / 'fixtures' / 'clock-shim.so'),
          'CLOCK_SHIM_SECONDS': '-10800'}


class WrongClockTest(unittest.TestCase):
    def test_stored_key(self):
        with Simulator() as simulator:
            add_account(simulator)
            with Window(environment=BEHIND) as window:
                window.find('button', 'Account: Production')
                window.keys('F10')
                window.tab_to(window.find('menu item', 'Accounts…'), 'Down')
                window.keys('Return')
                accounts = window.wait_for_window('Accounts')
                window.focus(accounts)
                window.tab_to(window.find('button', 'Edit', window.find('window', 'Accounts')))
                window.keys('Return')
                dialog = window.wait_for_window('Edit Account')
                window.focus(dialog)

                # An account of API 2.0, whose key stays where it is.
                window.keys('alt+t')
                window.find('alert', 'Good key, wrong clock')
                window.find('alert', 'The clock of this computer is 3 hours behind Tencent’s.')
                window.screenshot('key-clock', dialog)
                window.keys('Escape')
                window.wait_window_gone(dialog)
                window.focus(accounts)
                window.keys('Escape')
                window.wait_until_front()
            self.assertEqual([(request['action'], request['verdict'])
                              for request in simulator.read_requests()],
                             [('GetCdnRefreshLog', 4500), ('GetCdnRefreshLog', 0)])


if __name__ == '__main__':
    unittest.main()
