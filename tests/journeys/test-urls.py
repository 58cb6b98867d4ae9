#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""A list of directories and URLs, purged through either API: each got exactly its own."""

import tempfile
import unittest

from cdn_purge import Simulator, Window, add_account, list_purges
from driver import PROGRAM_ENVIRONMENT, text_of

HOST = 'https://www.example.com'


class UrlsTest(unittest.TestCase):
    def setUp(self):
        # Without the accounts of the other test.
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        PROGRAM_ENVIRONMENT['XDG_DATA_HOME'] = folder.name

    def assert_purged(self, simulator, directory_action, url_action, directories, urls):
        self.assertEqual(
            sorted((request['action'], request['verdict'], tuple(request['directories']))
                   for request in list_purges(simulator)),
            sorted([(directory_action, 0, tuple(directories)), (url_action, 0, tuple(urls))]))

    def load_back(self, window):
        """From the history into an empty list, each as what it was."""
        window.click(window.find('button', 'List Menu'))
        window.click(window.find('menu item', 'Clear List'))
        window.find('status', '0 directories')
        window.keys('ctrl+h')
        history = window.wait_for_window('History')
        window.click_newest(lambda: window.find('button', 'Load into List',
                                                window.find('row', '1 directory, 2 URLs')))
        window.wait_window_gone(history)
        window.focus()
        window.find('status', '1 directory, 2 URLs · 2 requests')

    def test_api_2(self):
        """The file line is made a URL by its own button, by mouse."""
        with Simulator() as simulator:
            add_account(simulator)
            with Window() as window:
                window.find('status', '100 of 100 left today')
                window.paste(f'{HOST}/news\n{HOST}/app.js\nurl {HOST}/page\n')
                window.find('status', '1 directory, 1 URL · 2 requests')
                window.click(window.find('button', 'Purge as URL'))
                window.find('status', '1 directory, 2 URLs · 2 requests')
                window.screenshot('urls')
                window.keys('ctrl+Return')
                window.wait_summary('3 accepted')
                self.load_back(window)
            self.assert_purged(simulator, 'RefreshCdnDir', 'RefreshCdnUrl',
                               [f'{HOST}/news/'], [f'{HOST}/app.js', f'{HOST}/page'])

    def make_url(self, window):
        """Of the first row, in its menu, by keyboard alone; the list has the keyboard."""
        window.keys('Home')
        # A menu button holds another that has the keyboard and is named like it.
        window.find('button', 'Kind: directory')
        window.tab_to(window.find_all('button', 'Kind: directory')[1])
        window.keys('space')
        window.find('menu item', 'Purge as URL, This One Only')
        window.keys('Down', 'Return')

    def test_api_3(self):
        """Several at once, and one by its menu, by keyboard alone; the list survives."""
        with Simulator() as simulator:
            with Window() as window:
                window.add_account(simulator)
                window.paste(f'{HOST}/page\n{HOST}/news/\n{HOST}/app.js?v=2\n{HOST}/logo.png\n')
                window.find('status', '2 rows look like files or have a query')
                window.tab_to(window.find('button', 'Purge as URLs'))
                window.keys('space')
                window.find('status', '2 directories, 2 URLs · 2 requests')
                self.make_url(window)
                window.find('status', '1 directory, 3 URLs · 2 requests')
                window.keys('ctrl+t')
                text = window.find('entry', 'Directories, one a line')
                self.assertEqual(text_of(text),
                                 f'url {HOST}/page\n{HOST}/news/\nurl {HOST}/app.js?v=2\n'
                                 f'url {HOST}/logo.png\n')
                window.keys('ctrl+q')
                window.wait_end()
            with Window() as window:
                window.find('status', '1 directory, 3 URLs · 2 requests')
                window.keys('ctrl+Return')
                window.wait_summary('4 accepted')
            self.assert_purged(simulator, 'PurgePathCache', 'PurgeUrlsCache', [f'{HOST}/news/'],
                               [f'{HOST}/page', f'{HOST}/app.js?v=2', f'{HOST}/logo.png'])


if __name__ == '__main__':
    unittest.main()
