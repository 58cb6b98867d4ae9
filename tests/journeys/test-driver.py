#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""test-driver.py PROGRAM: the driver on a window that has one of each."""

import re
import sys
import unittest

from driver import Failure, Program, has_state, name_of, text_of, wait_for

PROGRAM = sys.argv.pop(1)
SEVERAL = 'line 1\nline 2 — 中文\n\n\tline 4 end'


class DriverTest(unittest.TestCase):
    def test_mouse_keyboard_and_clipboard(self):
        with Program([PROGRAM]) as program:
            entry = program.find('entry', 'Directory')
            program.click(entry)
            program.wait_state(entry, 'focused')
            program.type('https://www.example.com/a/')
            program.wait_text(entry, 'https://www.example.com/a/')

            program.click(program.find('button', 'Add'))
            program.find('row', 'https://www.example.com/a/')
            program.click(program.find('button', 'Add'))
            status = program.find('label', re.compile('^2 rows$'))
            self.assertEqual(len(program.find_all('row', 'example')), 2)

            text = program.find('entry', 'Text')
            program.click(text)
            program.set_clipboard(SEVERAL)
            program.keys('ctrl+v')
            program.wait_text(text, SEVERAL)
            program.keys('ctrl+a', 'ctrl+x')
            wait_for(lambda: text_of(text) == '', 'an empty text')
            self.assertEqual(program.get_clipboard(), SEVERAL)
            self.assertEqual(text_of(status), '2 rows')

    def test_keyboard_alone(self):
        with Program([PROGRAM]) as program:
            program.focus()
            program.tab_to(program.find('entry', 'Directory'))
            program.type('x')
            program.tab_to(program.find('button', 'Add'))
            program.keys('space')
            program.find('label', '1 rows')

    def test_popup_and_dialog(self):
        with Program([PROGRAM]) as program:
            program.click(program.find('combo box', 'Mode'))
            program.click(program.find('row', 'All resources'))
            program.find('label', re.compile('^All resources$'))

            program.click(program.find('button', 'Open Dialog'))
            close = program.find('button', 'Close', program.find('window', 'A Dialog'))
            self.assertTrue(has_state(close, 'sensitive'))
            program.click(close)
            program.wait_gone('window', 'A Dialog')

    def test_sizes_and_pictures(self):
        with Program([PROGRAM]) as program:
            for width, height in ((360, 640), (900, 700)):
                program.resize(width, height)
                picture = program.screenshot(f'driver-{width}')
                self.assertEqual(picture.read_bytes()[16:24],
                                 width.to_bytes(4, 'big') + height.to_bytes(4, 'big'))
                program.click(program.find('button', 'Add'))
            program.find('label', '2 rows')

    def test_failures_explain_themselves(self):
        with self.assertRaisesRegex(Failure, 'label “not there”'):
            with Program([PROGRAM]) as program:
                self.assertEqual(name_of(program.find('window', 'Driver')), 'Driver')
                program.find('label', 'not there', deadline=0.2)
        self.assertIsNotNone(program.process.poll())


if __name__ == '__main__':
    unittest.main()
