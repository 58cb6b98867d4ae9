#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""The newest submission cannot be read: that is said, another one is sent all the same, and as soon as it
can be read a second try reads it."""

import pathlib
import sqlite3
import subprocess
import unittest

from cdn_purge import BUILD, Simulator, Window, add_account, list_purges
from driver import DEADLINE, PROGRAM_ENVIRONMENT, wait_for

NEWS = 'https://www.example.com/news/'
SHOP = 'https://www.example.com/shop/'


def rename_state(old, new):
    """What every batch in the journal that is OLD is now."""
    journal = pathlib.Path(PROGRAM_ENVIRONMENT['XDG_DATA_HOME'], 'cdn-purge', 'journal.sqlite')
    connection = sqlite3.connect(journal)
    with connection:
        connection.execute('UPDATE batch SET state = ? WHERE state = ?', (new, old))
    connection.close()


class UnreadableTest(unittest.TestCase):
    def test_unreadable(self):
        with Simulator() as simulator:
            add_account(simulator)
            subprocess.run([BUILD / 'cdn-purge-cli', 'purge'], input=f'{NEWS}\n', text=True, check=True,
                           env=PROGRAM_ENVIRONMENT, timeout=DEADLINE, capture_output=True)
            rename_state('accepted', 'none that there is')
            with Window() as window:
                window.find('status', 'is damaged')
                window.wait_gone('label', 'Nothing Sent Yet')
                window.paste(SHOP)
                window.screenshot('unreadable')
                window.click(window.find_purge(1))
                wait_for(lambda: len(list_purges(simulator)) == 2, 'the purge')
                window.wait_summary('1 accepted')

            rename_state('accepted', 'none that there is')
            with Window() as window:
                window.find('status', 'is damaged')
                rename_state('none that there is', 'accepted')
                window.click(window.find('button', 'Try Again'))
                window.wait_summary('1 accepted')
                window.wait_gone('button', 'Try Again')


if __name__ == '__main__':
    unittest.main()
