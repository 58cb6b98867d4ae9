#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""The list outlives the program: killed, closed, and started again on a damaged file."""

import os
import pathlib
import unittest

from cdn_purge import Simulator, Window, add_account
from driver import wait_for

FOLDER = pathlib.Path(os.environ['XDG_DATA_HOME']) / 'cdn-purge'
DRAFT = FOLDER / 'draft.txt'

TYPED = 'https://www.example.com/typed/'
PASTED = [f'https://www.example.com/pasted-{number}/' for number in range(1, 5)]
MENDED = 'https://www.example.com/mended'
PROBLEM = 'ftp://www.example.com/files/'
ROWS = [TYPED, *PASTED, f'{MENDED}/', PROBLEM]


def wait_draft(rows):
    """Until these rows are in the file."""
    text = ''.join(f'{row}\n' for row in rows)
    wait_for(lambda: DRAFT.exists() and DRAFT.read_text() == text, f'the draft “{text}”')


class DraftTest(unittest.TestCase):
    def setUp(self):
        self.simulator = Simulator()
        self.addCleanup(self.simulator.__exit__)
        DRAFT.unlink(missing_ok=True)
        if not (FOLDER / 'journal.sqlite').exists():
            add_account(self.simulator)

    def fill(self, window):
        window.click(window.find_add_entry())
        window.type(TYPED)
        window.keys('Return')
        window.find('row', TYPED)
        window.find('button', 'Purge 1')
        window.click(window.find('row', TYPED))
        window.paste('\n'.join([*PASTED, MENDED, PROBLEM]))
        window.wait_rows(ROWS)

    def test_survives_being_killed(self):
        with Window() as window:
            self.fill(window)
            wait_draft(ROWS)
            window.kill()
        self.assertEqual(DRAFT.stat().st_mode & 0o7777, 0o600)
        self.assertEqual(FOLDER.stat().st_mode & 0o7777, 0o700)

        with Window() as window:
            window.wait_rows(ROWS)
            window.find('label', '1 row has a problem and stays here')
            window.find_purge(6)
            window.screenshot('draft-restored')
            # What is removed a moment before the window closes is gone, too.
            window.click(window.find('row', PASTED[0]))
            window.keys('Delete')
            window.find('label', 'removed')
        rows = [row for row in ROWS if row != PASTED[0]]
        self.assertEqual(DRAFT.read_text().split(), rows)

        # A file that is named comes behind it.
        named = FOLDER / 'named.txt'
        named.write_text('https://www.example.com/named/\n')
        with Window(named) as window:
            window.wait_rows([*rows, 'https://www.example.com/named/'])
            window.kill()
        self.assertEqual(self.simulator.read_requests(), [])

    def test_damaged(self):
        damaged = f'{TYPED}\nhttps://www.exa\0mple.com/\n{PROBLEM}\nhttps://www.example.com/tor'
        DRAFT.write_text(damaged)
        with Window() as window:
            window.wait_rows([TYPED, PROBLEM])
            banner = window.find('status', 'The saved list was damaged.')
            window.screenshot('draft-damaged')
            window.click(window.find('button', 'Close', banner.get_parent()))
            window.wait_gone('status', 'The saved list was damaged.')
            wait_draft([TYPED, PROBLEM])
        aside, = FOLDER.glob('draft.txt.damaged-*')
        self.assertEqual(aside.read_text(), damaged)

        # It is said once.
        with Window() as window:
            window.wait_rows([TYPED, PROBLEM])
            self.assertEqual(window.find_all('status', 'damaged'), [])

    def test_practice_has_none(self):
        DRAFT.write_text(f'{TYPED}\n')
        named = FOLDER / 'named.txt'
        named.write_text('https://www.example.com/named/\n')
        with Window('--practice', named) as window:
            window.wait_practice()
            window.wait_rows(['https://www.example.com/named/'])
            window.keys('ctrl+Return')
            window.wait_summary('1 accepted')
        self.assertEqual(DRAFT.read_text(), f'{TYPED}\n')


if __name__ == '__main__':
    unittest.main()
