#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""A mixed list, mended, changed in every way, taken back, and sent: exactly what the rows show."""

import re
import unittest

from cdn_purge import Simulator, Window, add_account, list_purges
from driver import text_of

HOST = 'https://www.example.com'
MENDED = f'{HOST}/news/'
SHOP = f'{HOST}/shop/'
LACKING = 'www.example.com/x/'
HOPELESS = 'ftp://www.example.com/files/'
MIXED = f'https://www.Example.com/news\n{SHOP}\n{LACKING}\n{HOPELESS}\n{SHOP}\n'
PASTED = [MENDED, SHOP, LACKING, HOPELESS]


class EditTest(unittest.TestCase):
    @staticmethod
    def find_said(window, text, sentence):
        """The row of this text, of which that is said."""
        window.find_row(re.compile(f'{re.escape(text)} .*{re.escape(sentence)}'))

    def take_back_paste(self, window):
        """By the button of the toast, which is not there for long, and by the key; back by the key
        and by the menu."""
        window.paste(MIXED)
        window.click(window.find('button', 'Undo'))
        window.find('label', 'No Directories Yet')
        window.keys('ctrl+shift+z')
        window.wait_rows(PASTED)
        window.keys('ctrl+z')
        window.find('label', 'No Directories Yet')
        window.paste(MIXED)
        window.find('label', '4 added · 1 mended · 1 there already · 2 with a problem')
        window.choose('List Menu', 'Undo')
        window.find('label', 'No Directories Yet')
        window.choose('List Menu', 'Redo')
        window.wait_rows(PASTED)
        # As fast as this a toast has not come before the next one does.
        window.set_clipboard(SHOP)
        window.keys('ctrl+v', 'ctrl+v', 'ctrl+v')
        window.find('label', '1 there already')
        window.wait_rows(PASTED)

    def change_rows(self, window):
        """One is taken as suggested, one edited where it stands, one removed; each can be undone."""
        window.click(window.find('button', f'Use https://{LACKING}'))
        window.wait_rows([MENDED, SHOP, f'https://{LACKING}', HOPELESS])

        window.click(window.find('button', 'Edit', window.find_row(SHOP)))
        editor = window.find('entry', 'Directory or URL')
        window.wait_text(editor, SHOP)
        window.keys('ctrl+a')
        window.type(f'{HOST}/sale')
        window.keys('Escape')
        window.wait_rows([MENDED, SHOP, f'https://{LACKING}', HOPELESS])
        window.click(window.find('button', 'Edit', window.find_row(SHOP)))
        window.keys('ctrl+a')
        window.type(f'{HOST}/sale')
        window.keys('Return')
        self.find_said(window, f'{HOST}/sale/', 'The final “/” of the path was added.')

        window.click(window.find('button', 'Remove', window.find_row(MENDED)))
        window.click(window.find('button', 'Undo'))
        window.wait_rows([MENDED, f'{HOST}/sale/', f'https://{LACKING}', HOPELESS])
        window.keys('ctrl+z', 'ctrl+z')
        window.wait_rows(PASTED)
        window.keys('ctrl+shift+z', 'ctrl+shift+z')
        window.wait_rows([MENDED, f'{HOST}/sale/', f'https://{LACKING}', HOPELESS])

    def edit_as_text(self, window):
        """The same list; what is changed in it as text is in it as rows."""
        rows = [MENDED, f'{HOST}/sale/', f'https://{LACKING}', HOPELESS]
        window.click(window.find('button', 'Edit as Text'))
        text = window.find('entry', 'Directories, one a line')
        self.assertEqual(text_of(text).split('\n'), [*rows, ''])
        window.click(text)
        window.keys('ctrl+End')
        window.type(f'{HOST}/typed\n')
        window.screenshot('edit-text')
        window.click(window.find('button', 'Edit as Text'))
        window.wait_rows([*rows, f'{HOST}/typed/'])

    def test_edit(self):
        with Simulator() as simulator:
            add_account(simulator)
            with Window() as window:
                window.find('status', '100 of 100 left today')
                self.take_back_paste(window)
                self.find_said(window, MENDED, 'The host was put in lower case. The final “/” of the '
                               'path was added.')
                self.find_said(window, LACKING, 'The scheme is missing.')
                self.find_said(window, HOPELESS, 'Only http:// and https:// can be purged.')
                window.find('label', '2 rows have a problem and stay here')
                window.screenshot('edit-pasted')
                self.change_rows(window)
                self.edit_as_text(window)

                # A problem keeps its own row back, and none of the others.
                window.find('label', '1 row has a problem and stays here')
                window.find('status', '4 directories · 1 request')
                self.assertEqual(simulator.read_requests(), [])
                window.click(window.find_purge(4))
                window.wait_summary('4 accepted')
                window.screenshot('edit-sent')
            purge, = list_purges(simulator)
            self.assertEqual(purge['directories'], [MENDED, f'{HOST}/sale/', f'https://{LACKING}',
                                                    f'{HOST}/typed/'])


if __name__ == '__main__':
    unittest.main()
