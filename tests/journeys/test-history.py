#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""What was purged before is searched, shown, loaded back into the list, and deleted."""

import re
import subprocess
import unittest

from cdn_purge import BUILD, Simulator, Window, add_account, list_purges
from driver import DEADLINE, PROGRAM_ENVIRONMENT, text_of

NEWS = [f'https://www.example.com/news/{number}/' for number in range(1, 4)]
SHOP = ['https://shop.example.com/sale/']


def purge(urls):
    """By the command line, which has the same history."""
    subprocess.run([BUILD / 'cdn-purge-cli', 'purge', '--yes'], input='\n'.join(urls), text=True,
                   env=PROGRAM_ENVIRONMENT, timeout=DEADLINE, capture_output=True, check=True)


class HistoryTest(unittest.TestCase):
    def open_history(self, window):
        window.keys('ctrl+h')
        history = window.wait_for_window('History')
        window.focus(history)
        return history

    def close_history(self, window, history):
        window.wait_window_gone(history)
        window.focus()

    def test_history(self):
        with Simulator() as simulator:
            add_account(simulator)
            purge(NEWS)
            purge(SHOP)
            with Window() as window:
                window.wait_summary('1 accepted')

                # By the keyboard: what is typed is searched for, and Return shows it.
                history = self.open_history(window)
                window.find('row', '1 accepted')
                window.find('row', '3 accepted')
                window.type('news/3')
                found = window.find('row', 'Found in 1 of 3 directories')
                window.wait_gone('row', 'Production · 1 directory')
                window.tab_to(window.find('button', 'Found in', found))
                window.keys('Return')
                self.close_history(window, history)
                window.wait_summary('3 accepted')
                window.wait_results(NEWS, 'Accepted')

                # What is not there is said.
                history = self.open_history(window)
                window.find('row', '3 accepted')
                window.type('nowhere')
                window.find('label', 'Not Found')
                # Escape ends the search first, and only then the window.
                window.keys('Escape')

                # By the mouse: back into the list.
                window.click_newest(lambda: window.find('button', 'Load into List',
                                                        window.find('row', '3 accepted')))
                self.close_history(window, history)
                window.find_purge(3)
                window.click(window.find('button', 'Edit as Text'))
                self.assertEqual(text_of(window.find('entry', 'Directories, one a line')).split(),
                                 NEWS)

                # Deleted is what was asked about, and it is not shown any more.
                history = self.open_history(window)
                window.click_newest(lambda: window.find('button', 'Delete',
                                                        window.find('row', '3 accepted')))
                question = window.find('window', 'Delete This Submission?')
                window.click(window.find('button', re.compile('Delete$'), question))
                window.wait_gone('row', '3 accepted')
                window.focus(history)
                window.keys('Escape')
                self.close_history(window, history)
                window.find('label', 'Nothing Sent Yet')

            # It is gone for ever, and nothing was purged by any of this.
            with Window() as window:
                window.wait_summary('1 accepted')
                history = self.open_history(window)
                window.find('row', '1 accepted')
                self.assertEqual(window.find_all('row', '3 accepted'), [])
                window.keys('ctrl+f', 'Escape')
                self.close_history(window, history)
            self.assertEqual(len(list_purges(simulator)), 2)


if __name__ == '__main__':
    unittest.main()
