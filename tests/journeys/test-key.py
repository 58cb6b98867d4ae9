#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""A key tried out in the account dialog before it is stored: a good one, bad ones, and what is wrong."""

import unittest

from cdn_purge import SECRET_ID, SECRET_KEY, Simulator, Window

WRONG_KEY = '0' * 32


class KeyTest(unittest.TestCase):
    def open_dialog(self, window, simulator):
        """With everything in it but a name, which a test does not need."""
        window.click(window.find('button', 'Add Account'))
        dialog = window.wait_for_window('Add Account')
        window.focus(dialog)
        for field, text in {'SecretId': SECRET_ID, 'SecretKey': SECRET_KEY}.items():
            self.retype(window, field, text)
        window.find_endpoint()
        self.retype(window, 'Endpoint', simulator.url)
        return dialog

    def retype(self, window, field, text):
        window.click(window.find('entry', field))
        window.keys('ctrl+a')
        window.type(text)

    def assert_verdict(self, window, word, text):
        window.keys('alt+t')
        window.find('alert', word)
        window.find('alert', text)

    def test_words(self):
        with Simulator() as simulator, Window() as window:
            dialog = self.open_dialog(window, simulator)
            self.assert_verdict(window, 'Good key', 'it may read the quota')
            window.screenshot('key-good', dialog)
            window.scroll(window.find('button', 'Test Key'), -40)
            self.retype(window, 'SecretKey', WRONG_KEY)
            window.wait_gone('alert', 'Good key')
            self.assert_verdict(window, 'Key not accepted',
                                'the SecretKey does not belong to the SecretId')
            window.find('label', 'Code AuthFailure.SignatureFailure')
            self.retype(window, 'SecretId', f'{SECRET_ID}0')
            self.assert_verdict(window, 'Unknown SecretId', 'Tencent knows no such SecretId')
            window.screenshot('key-unknown', dialog)

            # Nothing of it was stored, and nothing was purged.
            window.keys('Escape')
            window.wait_window_gone(dialog)
            window.focus(window.window)
            window.find('button', 'Add Account')
            self.assertEqual([(request['action'], request['executed'])
                              for request in simulator.read_requests()],
                             3 * [('DescribePurgeQuota', False)])

    def assert_refused(self, code, word, text):
        with Simulator(f'--fail={code}') as simulator, Window() as window:
            dialog = self.open_dialog(window, simulator)
            self.assert_verdict(window, word, text)
            window.find('label', f'Code {code}')
            window.keys('Escape')
            window.wait_window_gone(dialog)

    def test_permission(self):
        self.assert_refused('AuthFailure.UnauthorizedOperation', 'Permission missing',
                            'lacks the permission cdn:DescribePurgeQuota')

    def test_service(self):
        self.assert_refused('ResourceNotFound.CdnUserNotExists', 'Account not served',
                            'The account has not activated the CDN service')

    def test_cancelled(self):
        """A server that takes its time: Escape gives up the test, and only then the dialog."""
        with Simulator('--latency=60000') as simulator, Window() as window:
            dialog = self.open_dialog(window, simulator)
            window.keys('alt+t')
            window.find('status', 'Asking Tencent…')
            window.keys('Escape')
            window.wait_gone('status', 'Asking Tencent…')
            window.find('entry', 'SecretId')
            window.keys('Escape')
            window.wait_window_gone(dialog)


if __name__ == '__main__':
    unittest.main()
