#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""By keyboard alone: from the closed program to accepted, in as few steps as promised, in reading order."""

import itertools
import tempfile
import unittest

from cdn_purge import SECRET_ID, SECRET_KEY, Simulator, Window, add_account, list_purges
from driver import (PROGRAM_ENVIRONMENT, ROLES, ancestors, extents_of, has_state, name_of, set_clipboard,
                    spoken, wait_for, walk)

URLS = [f'https://www.example.com/{name}/' for name in ('news', 'shop', 'about')]
MANY = [f'https://www.example.com/{number}/' for number in range(1, 23)]
MIXED = 'https://www.example.com/news\nwww.example.com/x/\nhttps://www.example.com/a/index.html\n'


CONTROLS = {*ROLES['button'], *ROLES['toggle'], *ROLES['entry'], 'link'}
# For these the window manager has keys.
WINDOW_BUTTONS = {'Minimize', 'Maximize', 'Close'}


class Counted(Window):
    """Counts what a person does, the start of the program included."""

    def __init__(self):
        self.n_interactions = 1
        super().__init__()

    def keys(self, *combinations):
        self.n_interactions += len(combinations)
        super().keys(*combinations)

    def click(self, *arguments, **options):
        raise AssertionError('a hand on the mouse')


class Stop:
    """Something that Tab comes to, and where it is on the screen."""

    def __init__(self, window, node, windows):
        _, left, top = window.find_surface(node, windows)
        extents = extents_of(node)
        self.node = node
        # Asked now: a row that leaves the screen loses its buttons.
        self.around = list(ancestors(node))
        self.said = f'{node.get_role_name()} “{spoken(node)[:40]}”'
        self.x, self.y = left + extents.x, top + extents.y
        self.width, self.height = extents.width, extents.height

    def __repr__(self):
        return f'{self.said} at {self.x}, {self.y}'

    def reads_after(self, other):
        """Below it, beside it on the same line, or inside it."""
        if other.node in self.around:
            return True
        if self.y >= other.y + other.height // 2 + 1:
            return True
        return self.y + self.height > other.y and self.x > other.x


class KeyboardTest(unittest.TestCase):
    def setUp(self):
        # Each test starts with no account and an empty list.
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        PROGRAM_ENVIRONMENT['XDG_DATA_HOME'] = folder.name

    def test_few_interactions(self):
        """The list is on the clipboard: 3 from the closed program, 2 from an open one."""
        with Simulator() as simulator:
            add_account(simulator)
            set_clipboard('\n'.join(URLS))
            with Counted() as window:
                window.keys('ctrl+v')
                window.find_purge(3)
                window.keys('ctrl+Return')
                window.wait_summary('3 accepted')
                self.assertEqual(window.n_interactions, 3)
                window.wait_results(URLS, 'Accepted')
                window.screenshot('keyboard-interactions')
            purge, = list_purges(simulator)
            self.assertEqual(purge['directories'], URLS)

    def add_account(self, window, simulator):
        window.keys('Return')
        dialog = window.wait_for_window('Add Account')
        window.focus(dialog)
        window.find('entry', 'SecretKey')
        window.type('Production')
        # What is between them is the API.
        window.keys('Tab', 'Tab')
        window.type(SECRET_ID)
        window.keys('Tab')
        window.type(SECRET_KEY)
        advanced = next(row for row in window.find_all('row', 'Advanced') if name_of(row))
        window.tab_to(advanced)
        window.keys('space', 'Tab')
        wait_for(lambda: not has_state(advanced, 'focused'), 'the focus to move on')
        # It was quicker than the row that opens there: back into it. GTK 4.8 says nothing of its focus.
        focus = window.find_focus()
        if focus and 'Endpoint' not in spoken(focus):
            window.keys('shift+Tab')
        window.type(simulator.url)
        window.wait_text(window.find('entry', 'Endpoint'), simulator.url)
        window.keys('alt+s')
        window.wait_window_gone(dialog)
        window.focus()
        window.find('button', 'Account: Production')

    def test_from_first_start(self):
        with Simulator() as simulator, Counted() as window:
            self.add_account(window, simulator)
            window.paste('\n'.join(MANY))
            window.find_purge(22)
            window.keys('ctrl+Return')
            window.focus(window.wait_for_window('Purge 22 Directories?'))
            self.assertEqual(list_purges(simulator), [])
            window.keys('Return')
            window.wait_until_front()
            window.wait_summary('22 accepted')
            window.screenshot('keyboard-first-start')
            self.assertEqual([url for purge in list_purges(simulator)
                              for url in purge['directories']], MANY)

    @staticmethod
    def find_stop(window, before):
        """Where the keyboard is now, once that is elsewhere."""
        node = window.find_focus()
        if node is None or before and node == before.node:
            return None
        return Stop(window, node, list(window.list_windows()))

    def walk_by_tab(self, window):
        """Every stop from the entry on, until Tab comes back to it."""
        window.wait_state(window.find_add_entry(), 'focused')
        stops = [self.find_stop(window, None)]
        while len(stops) < 80:
            window.keys('Tab')
            stop = wait_for(lambda: self.find_stop(window, stops[-1]), 'the focus to move')
            if stop.node == stops[0].node:
                break
            stops.append(stop)
        return stops

    @staticmethod
    def is_reached(node, reached):
        """A menu button is two buttons, and what opens a row of results is used from the row."""
        around = itertools.takewhile(lambda parent: parent.get_role_name() != 'list item',
                                     ancestors(node))
        return any(one in reached for one in [*around, *walk(node)])

    def list_left_out(self, window, reached):
        """What can be used on the screen and is not reached; of the rows, those that Tab came to."""
        windows = list(window.list_windows())
        for node in walk(window.root):
            if (node.get_role_name() not in CONTROLS or name_of(node) in WINDOW_BUTTONS
                    or not has_state(node, 'sensitive')):
                continue
            rows = [row for row in ancestors(node) if row.get_role_name() == 'list item']
            if (all(row in reached for row in rows) and window.is_shown(node, windows)
                    and not self.is_reached(node, reached)):
                yield spoken(node)

    def test_order(self):
        with Simulator() as simulator:
            add_account(simulator, api='3.0')
            with Window() as window:
                window.find('status', 'left today')
                window.paste(MIXED)
                window.find_purge(1)
                window.keys('ctrl+Return')
                window.wait_summary('1 accepted')
                window.keys('ctrl+n')
                stops = self.walk_by_tab(window)
                window.screenshot('keyboard-order')

                reached = [stop.node for stop in stops]
                self.assertEqual(list(self.list_left_out(window, reached)), [])

                # The list, then the results, then what is above both, and round again.
                border = window.place_of(window.find_results())[0]
                border -= extents_of(window.find_results()).width // 2
                regions = [(region, list(part)) for region, part in itertools.groupby(
                    stops, lambda stop: 'header' if stop.y < stops[0].y - 20 else
                    'list' if stop.x < border else 'results')]
                self.assertEqual([region for region, _ in regions], ['list', 'results', 'header'])
                for _, part in regions:
                    for before, after in itertools.pairwise(part):
                        self.assertTrue(after.reads_after(before), f'{before}, then {after}')


if __name__ == '__main__':
    unittest.main()
