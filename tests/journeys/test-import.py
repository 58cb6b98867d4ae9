#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""A list out of a file: chosen in the dialog, dropped, or dropped as text or links; nothing is sent."""

import os
import pathlib
import tempfile
import unittest

from cdn_purge import Simulator, Window, add_account
from driver import Program, spoken, wait_for

SOURCE = pathlib.Path(os.environ['G_TEST_SRCDIR']) / 'fixtures' / 'drag-source.py'
HOST = 'https://www.example.com'
FIRST = [f'{HOST}/first/', f'{HOST}/second/']
DROPPED = [f'{HOST}/dropped/']
WORDS = [f'{HOST}/words/', f'{HOST}/more/']
LINK = [f'{HOST}/link/']


class ImportTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='import-'))

    def write(self, name, lines):
        path = self.folder / name
        path.write_text(''.join(f'{line}\n' for line in lines))
        return path

    def choose(self, window):
        """Opens the dialog by its button, closes it again, and chooses a file in it by its name."""
        path = self.write('first.txt', FIRST)
        window.click(window.find('button', 'Import…'))
        dialog = window.wait_for_window('Import Directories')
        window.focus(dialog)
        window.keys('Escape')
        window.wait_window_gone(dialog)
        window.focus()
        window.find('label', 'No Directories Yet')

        window.keys('ctrl+o')
        dialog = window.wait_for_window('Import Directories')
        window.focus(dialog)
        window.find('button', 'Cancel')
        # Whatever is typed is completed in the middle of the next key.
        window.set_clipboard(str(path))
        window.keys('ctrl+l')
        place = wait_for(lambda: next((entry for entry in window.find_all('entry')
                                       if 'Directory to add' not in spoken(entry)), None), 'the place')
        window.keys('ctrl+v')
        window.wait_text(place, str(path))
        window.keys('Return')
        window.wait_window_gone(dialog)
        window.focus()
        window.wait_rows(FIRST)

    @staticmethod
    def is_welcome(window, source):
        window.hover(window.find('list', 'Directories'))
        return source.find_all('label', 'Welcome')

    def drop(self, window, *offers):
        """Drags what is offered as each of these types onto the list, by mouse."""
        with Program([str(SOURCE), *offers]) as source:
            source.move(1000, 300)
            source.grab(source.find('label', 'Drag me'))
            wait_for(lambda: self.is_welcome(window, source), 'the list to welcome what is dragged')
            source.release()
            source.find('label', 'Taken')

    def test_import(self):
        with Simulator() as simulator:
            add_account(simulator)
            with Window() as window:
                window.find('status', '100 of 100 left today')
                window.move(0, 0)
                window.resize(900, 720)
                self.choose(window)

                path = self.write('dropped.txt', DROPPED)
                self.drop(window, 'text/uri-list', f'{path.as_uri()}\r\n')
                window.wait_rows(FIRST + DROPPED)
                self.drop(window, 'text/plain;charset=utf-8', '\n'.join(WORDS))
                window.wait_rows(FIRST + DROPPED + WORDS)
                # As a browser offers a link.
                self.drop(window, 'text/uri-list', f'{LINK[0]}\r\n',
                          'text/plain;charset=utf-8', LINK[0])
                window.wait_rows(FIRST + DROPPED + WORDS + LINK)
                window.find_purge(6)
                window.screenshot('import')
            self.assertEqual(simulator.read_requests(), [])


if __name__ == '__main__':
    unittest.main()
