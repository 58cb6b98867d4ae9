#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""Everything that a person can use has a name, on every page and in every dialog, and no question of a
screen reader ends the program.

The pages are those of which there are pictures: a page that gets one is looked at here as well.
"""

import tempfile
import unittest

from cdn_purge import BUILD, Simulator
from driver import PROGRAM_ENVIRONMENT, Program, ancestors, children, name_of, walk
from screenshots import ACCOUNT_PAGES, PAGES, PRACTICE_PAGES, SLOW, prepare

PROGRAM = str(BUILD / 'cdn-purge')

# What is used, or what tells how far something is. Rows are called by what is in them, and lists by
# what is around them.
USED = {'push button', 'button', 'toggle button', 'check box', 'radio button', 'switch', 'entry',
        'text', 'password text', 'spin button', 'combo box', 'slider', 'link', 'menu item',
        'check menu item', 'radio menu item', 'page tab', 'level bar', 'progress bar'}
WINDOWS = {'frame', 'dialog', 'alert', 'window'}

# The shortcuts have a button that searches.
FOREIGN = {'Keyboard Shortcuts'}

# In this session there is a keyring.
OTHERS = {'keyring-failure'}


def is_inside_named(node):
    """Some widgets of GTK are two, one in the other: a menu button has a button, a spin button an
    entry. The outer one has the name then, and the inner one is not reached by itself."""
    parent = node.get_parent()
    return bool(parent) and parent.get_role_name() in USED and bool(name_of(parent))


def is_foreign(node):
    """Buttons with a picture that GTK and libadwaita put there themselves, and have no name for; and
    toasts, which are alerts in newer versions and called by what is in them."""
    around = list(ancestors(node))
    if node.get_role_name() == 'alert' and around[-3].get_role_name() == 'frame':
        return True
    return node.get_name() == 'GtkImage' and (
        around[1].get_name() == 'AdwToastWidget'
        or any(name_of(parent) in FOREIGN for parent in around[1:6]))


def describe(node):
    """Where a nameless element is: the names around it."""
    around = [name_of(parent) or parent.get_role_name() for parent in ancestors(node)][1:9]
    inside = [name_of(child) or child.get_role_name() for child in children(node)]
    return f'{node.get_role_name()} in {" < ".join(around)}, with {inside}'


def list_nameless(program):
    """What can be seen and has no name, be it of a control or of a window."""
    windows = list(program.list_windows())
    return [describe(node) for node in walk(program.root)
            if node.get_role_name() in USED | WINDOWS and not name_of(node)
            and not is_inside_named(node) and not is_foreign(node)
            and program.is_shown(node, windows)]


class NamesTest(unittest.TestCase):
    def look(self, command, page, show):
        with self.subTest(page), Program(command) as program:
            program.focus()
            show(program)
            nameless = list_nameless(program)
            # Whoever comes late for a window that has closed is told of the last that GTK 4.8 has, and
            # of one that was never shown it cannot tell: the program would end here.
            program.root.get_child_at_index(99)
            # A window with a dialog before it does not close.
            program.kill()
            self.assertEqual(nameless, [])

    def setUp(self):
        PROGRAM_ENVIRONMENT['XDG_DATA_HOME'] = tempfile.mkdtemp()

    def test_first_start(self):
        for page, show in PAGES:
            if page not in OTHERS:
                self.look([PROGRAM], page, show)

    def test_practice(self):
        for page, show in PRACTICE_PAGES:
            self.look([PROGRAM, '--practice'], page, show)

    def test_account(self):
        for page, show in ACCOUNT_PAGES:
            self.setUp()
            with Simulator(f'--latency={SLOW}') as simulator:
                prepare(PROGRAM, simulator, show)
                self.look([PROGRAM], page, show)


if __name__ == '__main__':
    unittest.main()
