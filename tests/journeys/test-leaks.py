#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""The real window through all that it has, watched by the leak sanitizer.

Nothing is pasted: GTK 4.8 forgets the stream of every text that comes from the X server, below functions
without a name. The stacks are whole (see lsan.supp), which is slow: this is a short way.
"""

import os
import unittest

from cdn_purge import Simulator, Window, add_account

WHOLE_STACKS = {'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '') +
                ':fast_unwind_on_malloc=0:malloc_context_size=11'}
URLS = ['https://www.example.com/a/', 'https://www.example.invalid/b/']


class LeaksTest(unittest.TestCase):
    def test_practice_and_close(self):
        with Window(environment=WHOLE_STACKS) as window:
            window.click(window.find('button', 'Practice'))
            window.wait_practice()
            window.click(window.find_add_entry())
            for url in (URLS[0], 'ftp://nothing/'):
                window.type(url)
                window.keys('Return')
            window.find_purge(1)
            window.keys('ctrl+Return')
            window.wait_summary('1 accepted')

    def test_rejected_and_seen_again(self):
        with Simulator() as simulator:
            add_account(simulator)
            with Window(environment=WHOLE_STACKS) as window:
                window.find('button', 'Account: Production')
                window.click(window.find_add_entry())
                window.type(URLS[1])
                window.keys('Return')
                window.click(window.find_purge(1))
                window.wait_summary('1 rejected')

                window.click(window.find('button', 'Raw Answer'))
                answer = window.wait_for_window('Raw Answer')
                window.focus(answer)
                window.keys('Escape')
                window.wait_window_gone(answer)
                window.focus()

                window.click(window.find('button', 'Load Failed into List'))
                window.find_purge(1)
                window.click(window.find('button', 'Edit as Text'))
                window.find('entry', 'Directories, one a line')


if __name__ == '__main__':
    unittest.main()
