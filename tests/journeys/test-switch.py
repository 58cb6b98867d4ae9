#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""Two accounts in the header bar, and another API for one of them: each purge goes where it should."""

import unittest

from cdn_purge import Simulator, Window, add_account, exactly, list_purges
from driver import wait_for

NEWS = 'https://www.example.com/news/'


class SwitchTest(unittest.TestCase):
    def purge(self, window, simulator, action):
        """Sends the list; the server of that account got it, by that API."""
        n_before = len(list_purges(simulator))
        window.click(window.find_purge(1))
        wait_for(lambda: len(list_purges(simulator)) > n_before, 'the purge')
        window.wait_summary('1 accepted')
        purge = list_purges(simulator)[n_before:]
        self.assertEqual([(one['action'], one['directories']) for one in purge], [(action, [NEWS])])

    def change_api(self, window):
        """Of the account Production, by mouse, in the dialog that the header bar leads to."""
        window.choose('Account: Production', 'Manage Accounts…')
        accounts = window.wait_for_window('Accounts')
        row = window.find('row', 'Production', window.find('window', 'Accounts'))
        window.find('label', 'API 2.0 · 100 directories a day', row)
        window.click(window.find('button', 'Edit', row))
        dialog = window.wait_for_window('Edit Account')
        window.click(window.find('label', exactly('API')))
        window.click(window.find('label', exactly('3.0 (China)')))
        window.find('status', 'For a key of Tencent Cloud’s site for China.')
        window.screenshot('switch-dialog', dialog)
        window.click(window.find('button', 'Save'))
        window.wait_window_gone(dialog)
        window.find('label', 'API 3.0 · 100 directories a day',
                    window.find('row', 'Production', window.find('window', 'Accounts')))
        window.focus(accounts)
        window.keys('Escape')
        window.wait_until_front()

    def test_switch(self):
        with Simulator() as production, Simulator() as staging:
            add_account(production)
            add_account(staging, 'Staging', '3.0')
            settings = {'GSETTINGS_BACKEND': 'keyfile'}
            with Window(environment=settings) as window:
                window.find('button', 'Account: Production')
                window.paste(NEWS)
                self.purge(window, production, 'RefreshCdnDir')

                window.choose('Account: Production', 'Staging')
                window.find('button', 'Account: Staging')
                # Another account has a quota of its own.
                window.find('status', '100 of 100 left today')
                self.purge(window, staging, 'PurgePathCache')
                window.find('label', 'Staging · updated resources')
                window.screenshot('switch-staging')

            # It is the one that was chosen last.
            with Window(environment=settings) as window:
                window.find('button', 'Account: Staging')
                window.choose('Account: Staging', 'Production')
                window.find('status', '99 of 100 left today')
                self.change_api(window)
                self.purge(window, production, 'PurgePathCache')
                window.find('label', 'Production · updated resources')
                window.screenshot('switch-production')
            self.assertEqual((len(list_purges(production)), len(list_purges(staging))), (2, 1))


if __name__ == '__main__':
    unittest.main()
