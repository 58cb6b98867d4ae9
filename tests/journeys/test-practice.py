#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""First start, practice, and a purge: by the shortest way, by mouse alone, by keyboard alone."""

import os
import pathlib
import unittest

from cdn_purge import Window
from driver import has_state, wait_for

URLS = ['https://www.example.com/news/',
        'https://www.example.com/products/2024/',
        'https://static.example.com/css/']


class PracticeTest(unittest.TestCase):
    def tearDown(self):
        # Practice leaves nothing behind, neither a submission nor the account it uses.
        data = pathlib.Path(os.environ['XDG_DATA_HOME'])
        for path in data.rglob('*'):
            if path.is_file():
                self.assertNotIn(b'example.com', path.read_bytes(), path)

    def assert_accepted(self, window):
        window.wait_summary('3 accepted')
        window.wait_results(URLS, 'Accepted')

    def test_shortest_way(self):
        with Window() as window:
            window.click(window.find('button', 'Practice'))
            window.wait_practice()
            window.paste('\n'.join(URLS))
            window.find_purge(3)
            window.keys('ctrl+Return')
            self.assert_accepted(window)

    def test_mouse_alone(self):
        with Window() as window:
            window.set_clipboard('\n'.join(URLS))
            window.click(window.find('button', 'Practice'))
            window.wait_practice()
            window.click(window.find('button', 'Paste'))
            window.click(window.find_purge(3))
            self.assert_accepted(window)
            window.click(window.find('button', 'Close'))
            window.wait_end()

    def test_keyboard_alone(self):
        with Window() as window:
            window.tab_to(window.find('button', 'Practice'))
            window.keys('Return')
            window.wait_practice()

            # The first thing to do is the first thing that has the focus.
            wait_for(lambda: any(has_state(paste, 'focused')
                                 for paste in window.find_all('button', 'Paste')), 'the focus')
            window.tab_to(window.find_add_entry())
            for url in URLS:
                window.type(url)
                window.keys('Return')
            purge = window.find_purge(3)
            window.tab_to(purge)
            window.keys('space')
            self.assert_accepted(window)

            # The way on leads into the results, to what the server said.
            window.tab_to(window.find('button', 'Raw Answer'))
            window.keys('Return')
            answer = window.wait_for_window('Raw Answer')
            window.find('entry', '"code"')
            window.keys('Escape')
            window.wait_window_gone(answer)
            window.keys('ctrl+q')
            window.wait_end()


if __name__ == '__main__':
    unittest.main()
