#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""What became of a submission, for others: copied, as a file, and as a command; never with a secret."""

import csv
import json
import pathlib
import stat
import tempfile
import unittest

from cdn_purge import SECRET_ID, SECRET_KEY, Simulator, Window, add_account
from driver import wait_for

GOOD = [f'https://www.example.com/section-{number:02}/' for number in range(1, 21)]
BAD = ['https://unknown.invalid/a/']


class ExportTest(unittest.TestCase):
    def export(self, window, open_dialog, path):
        """Answers the dialog as a person does who knows where the file shall be."""
        open_dialog()
        dialog = window.wait_for_window('Export Results')
        window.focus(dialog)
        window.keys('ctrl+a')
        window.type(path)
        window.keys('Return')
        window.wait_window_gone(dialog)
        window.focus()
        window.find('label', f'Exported to “{path.name}”')
        return path.read_text()

    def copy(self, window, element, toast):
        window.click(element)
        window.find('label', toast)
        return window.get_clipboard()

    def test_export(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix='export-'))
        with Simulator() as simulator:
            add_account(simulator)
            with Window() as window:
                window.find('button', 'Account: Production')
                window.paste('\n'.join(GOOD + BAD))
                window.purge_many(21)
                window.wait_summary('20 accepted · 1 rejected')

                menu = window.find('button', 'Results Menu')
                window.click(menu)
                text = self.copy(window, window.find('menu item', 'Copy'), 'Results copied')
                for url in GOOD + BAD:
                    self.assertIn(url, text)

                table = self.export(window, lambda: window.keys('ctrl+s'), folder / 'results.csv')
                rows = list(csv.DictReader(table.splitlines()))
                self.assertEqual([(row['directory'], row['state']) for row in rows],
                                 [(url, 'accepted') for url in GOOD] + [(BAD[0], 'rejected')])

                def open_by_menu():
                    window.click(menu)
                    window.click(window.find('menu item', 'Export…'))

                path = folder / 'results.json'
                document = self.export(window, open_by_menu, path)
                report = json.loads(document)
                self.assertEqual((report['accepted'], report['rejected']), (20, 1))
                self.assertEqual(report['batches'][0]['directories'], GOOD)
                self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)

                command = self.copy(window, window.find_all('button', 'Copy as cURL')[0],
                                    'Command copied, without key and signature')
                self.assertIn(GOOD[0], command)
                self.assertIn('$SIGNATURE', command)
                window.screenshot('export')
                for told in (text, table, document, command):
                    self.assertNotIn(SECRET_KEY, told)
                    self.assertNotIn(SECRET_ID, told)


if __name__ == '__main__':
    unittest.main()
