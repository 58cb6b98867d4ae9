#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""A key is typed, pasted, changed, shown and tried while another program writes down everything that
the window tells over the accessibility bus and lets be copied: no piece of the key is there."""

import contextlib
import re
import secrets
import subprocess
import unittest

import cdn_purge
from cdn_purge import SECRET_ID, Simulator, Window, exactly
from driver import DEADLINE, Atspi, text_of, wait_for
from eavesdropper import EDITABLE_TEXT, Eavesdropper

# Of letters that stand nowhere side by side: four in a row can only have come from here.
KEY = ''.join(secrets.choice('QXZJVKWqxzjvkw') for _ in range(32))
TOKEN = ''.join(secrets.choice('QXZJVKWqxzjvkw') for _ in range(40))
PIECE = 4
# What the text of a row is made of; since GTK 4.14 what is inside the row tells what it looks like.
BULLET = '[•●]'
ROWS = ('SecretKey', 'Token, for a temporary key only')


def list_pieces(secret):
    return {secret[start:start + PIECE] for start in range(len(secret) - PIECE + 1)}


PIECES = list_pieces(KEY) | list_pieces(TOKEN)


def read_selection(selection):
    """What another program may paste; nothing where there is none."""
    return subprocess.run(['xclip', '-selection', selection, '-out'], capture_output=True,
                          text=True, check=False, timeout=DEADLINE).stdout


class SecretRowTest(unittest.TestCase):
    def setUp(self):
        # The simulator knows the key that it is told.
        cdn_purge.SECRET_KEY = KEY

    def assert_secret(self, told, how):
        self.assertEqual(sorted(piece for piece in PIECES if piece in told), [], how)

    def open_dialog(self, window, simulator):
        window.click(window.find('button', 'Add Account'))
        dialog = window.wait_for_window('Add Account')
        window.focus(dialog)
        window.click(window.find('entry', 'SecretId'))
        window.type(SECRET_ID)
        window.click(window.find_endpoint())
        window.type(simulator.url)
        window.scroll(window.find('label', exactly('Advanced')), -40)
        return dialog

    def assert_told_nothing(self, window, spy):
        """Of what stands in the rows: what is told of them, and what can be copied out of them."""
        self.assert_secret(spy.listen(), 'the accessibility bus')
        for row in ROWS:
            spy.ask(spy.find(row), EDITABLE_TEXT, 'CopyText', '(ii)', 0, -1)
            self.assert_secret(read_selection('clipboard'), f'{row}: CopyText')
            window.click(window.find('entry', row))
            for keys in (('ctrl+a', 'ctrl+c'), ('ctrl+a', 'ctrl+x')):
                window.keys(*keys)
                for selection in ('clipboard', 'primary'):
                    self.assert_secret(read_selection(selection), f'{row}: {keys}')

    @staticmethod
    def match_bullets(secret):
        return re.compile(f'^{BULLET}{{{len(secret)}}}$')

    @contextlib.contextmanager
    def listened(self):
        """A dialog with a key and a token in it, and whoever listened while they came there."""
        with Simulator() as simulator, Window() as window:
            dialog = self.open_dialog(window, simulator)
            spy = Eavesdropper(window.process.pid)
            key, token = (window.find('entry', row) for row in ROWS)
            window.click(key)
            window.type(KEY)
            window.click(token)
            window.set_clipboard(TOKEN)
            window.keys('ctrl+v')
            window.wait_text(token, self.match_bullets(TOKEN))
            window.set_clipboard('something else')
            # Every change was heard of.
            self.assertRegex(text_of(key), self.match_bullets(KEY))
            self.assertRegex(''.join(spy.list_changes()), f'^{BULLET}+$')
            self.assertGreaterEqual(len(''.join(spy.list_changes())), len(KEY) + len(TOKEN))
            yield window, spy
            window.keys('Escape')
            window.wait_window_gone(dialog)

    def test_typed(self):
        with self.listened() as (window, spy):
            self.assert_told_nothing(window, spy)

    def test_shown(self):
        """What is on the screen is for those who look at it: a program can press the button, too."""
        with self.listened() as (window, spy):
            before = window.screenshot('secret-row-hidden', 'root').read_bytes()
            for button in window.find_all('button', 'Show Text'):
                Atspi.Action.do_action(button, 0)
            wait_for(lambda: len(window.find_all('button', 'Hide Text')) == 2, 'both to be shown')
            after = window.screenshot('secret-row-shown', 'root').read_bytes()
            self.assertNotEqual(before, after)
            self.assert_told_nothing(window, spy)

    def test_what_was_typed_is_used(self):
        """By hand with slips, and by a program that may set what it cannot read."""
        with Simulator() as simulator, Window() as window:
            dialog = self.open_dialog(window, simulator)
            spy = Eavesdropper(window.process.pid)
            window.click(window.find('entry', 'SecretKey'))
            window.type(KEY[:10] + 'slip' + KEY[14:])
            window.keys('Home', *10 * ['Right'], *4 * ['Delete'])
            window.type(KEY[10:13])
            window.type(KEY[13])
            self.assert_good(window)
            self.assert_secret(spy.listen(), 'mended by hand')

            path = spy.find('SecretKey')
            begin, middle, end = KEY[:8], KEY[8:12], KEY[12:]
            self.assertEqual((True,), spy.ask(path, EDITABLE_TEXT, 'SetTextContents', '(s)',
                                              begin + end))
            self.assertEqual((True,), spy.ask(path, EDITABLE_TEXT, 'InsertText', '(isi)',
                                              len(begin), middle, len(middle)))
            self.assert_good(window)
            self.assert_secret(spy.listen(), 'set by a program')
            window.keys('Escape')
            window.wait_window_gone(dialog)

    def assert_good(self, window):
        """That the server takes the key."""
        window.wait_gone('alert', 'Good key')
        window.keys('alt+t')
        window.find('alert', 'Good key')


if __name__ == '__main__':
    unittest.main()
