#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""By mouse alone: purged, looked at closely, cancelled, found in the history, and loaded back."""

import tempfile
import time
import unittest

from cdn_purge import Simulator, Window, add_account, exactly, list_purges
from driver import PROGRAM_ENVIRONMENT, run, set_clipboard

URLS = [f'https://www.example.com/section-{number:02}/' for number in range(1, 23)]
# Longer than any run of this: the server never answers.
NEVER = 3_600_000


class HandOnMouse(Window):
    """Nobody touches the keyboard; and a finger stays on a button for a moment."""

    def click(self, node, button=1, count=1):
        press = ['mousedown', button, 'sleep', '0.15', 'mouseup', button]
        run('xdotool', 'mousemove', *self.wait_place(node), *press * count)

    def keys(self, *combinations):
        raise AssertionError(f'a hand on the keyboard: {combinations}')

    def type(self, text):
        self.keys(text)

    def press(self, name):
        self.click(self.find('button', name))

    def close(self):
        """By the button in the corner."""
        self.press(exactly('Close'))
        self.wait_end()


class MouseTest(unittest.TestCase):
    def setUp(self):
        # The first test begins without an account.
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        PROGRAM_ENVIRONMENT['XDG_DATA_HOME'] = folder.name
        set_clipboard('\n'.join(URLS))

    def purge(self, window):
        """Presses the button and confirms."""
        window.purge_many(22)
        window.wait_gone('window', 'Purge 22 Directories?')

    @staticmethod
    def look_closely(window):
        """A batch that is closed is opened, and what the server said is looked at."""
        batch = window.find_batch('Batch 2 · 2 directories', 'Accepted')
        window.scroll(window.find_results(), 60)
        window.click(window.find('label', exactly('Batch 2 · 2 directories'), batch))
        window.scroll(window.find_results(), 60)
        window.find('row', f'{URLS[21]} Accepted', window.find_results())
        window.click(window.find('button', 'Raw Answer', window.find_batch('Batch 2 · 2 directories',
                                                                           'Accepted')))
        answer = window.wait_for_window('Raw Answer')
        window.wait_text(window.find('entry', 'What the server answered'), 'Success')
        window.screenshot('mouse-raw-answer', 'root')
        window.click(window.find('button', exactly('Close'), window.find('window', 'Raw Answer')))
        window.wait_window_gone(answer)

    def test_practice(self):
        """From the start page to accepted, and back to the start page."""
        with HandOnMouse() as window:
            window.press('Practice')
            window.wait_practice()
            window.press('Paste')
            self.purge(window)
            window.wait_summary('22 accepted')
            self.look_closely(window)
            window.press('End Practice')
            window.find('button', 'Add Account')
            window.screenshot('mouse-practice')
            window.close()

    @staticmethod
    def load_back(window):
        """What was accepted, out of the history into an empty list."""
        window.choose('List Menu', 'Clear List')
        window.find('label', 'No Directories Yet')
        window.choose('Main Menu', 'History')
        history = window.wait_for_window('History')
        window.find('row', '20 unknown')
        window.screenshot('mouse-history', history)
        window.click_newest(lambda: window.find('button', 'Load into List',
                                                window.find('row', '22 accepted')))
        window.wait_window_gone(history)
        window.find_purge(22)

    def test_account(self):
        with Simulator() as fast, Simulator(f'--latency={NEVER}') as slow:
            add_account(fast, 'Fast')
            add_account(slow, 'Slow')
            with HandOnMouse() as window:
                window.find('status', '100 of 100 left today')
                window.press('Paste')
                self.purge(window)
                window.wait_summary('22 accepted')

                window.choose('Account: Fast', 'Slow')
                window.find('button', 'Account: Slow')
                self.purge(window)
                window.find('label', 'Batch 1 of 2')
                window.press('Cancel')
                window.wait_summary('20 unknown · 2 waiting')
                window.screenshot('mouse-cancelled')
                self.load_back(window)
                window.close()
            self.assertEqual([len(purge['directories']) for purge in list_purges(fast)], [20, 2])

    def test_menus(self):
        """The pointer rests on the button of a menu, which is opened again after something was chosen."""
        with Simulator() as simulator:
            add_account(simulator)
            with HandOnMouse() as window:
                window.find('status', '100 of 100 left today')
                window.press('Paste')
                window.find_purge(22)
                for menu, item in (('Account: Production', 'Production'), ('List Menu', 'Select All'),
                                   ('Kind: directory', 'Purge as Directory')):
                    window.press(menu)
                    chosen = window.find('item', item)
                    # As long as a tooltip takes to come.
                    time.sleep(1)
                    window.click(chosen)
                    window.wait_gone('item', item)
                    time.sleep(1)
                    window.press(menu)
                    window.click(window.find('item', item))
                    window.wait_gone('item', item)
                window.close()


if __name__ == '__main__':
    unittest.main()
