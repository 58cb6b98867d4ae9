#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""A good citizen of the desktop: one window, found again as it was, that tells when it is done."""

import pathlib
import subprocess
import tempfile
import unittest

from cdn_purge import BUILD, Simulator, Window, add_account, exactly, list_purges
from driver import DEADLINE, PROGRAM_ENVIRONMENT, Program, run, wait_for
from notifications import Notifications

HOST = 'https://www.example.com'
NEWS = [f'{HOST}/news/', f'{HOST}/shop/']
NAMED = [f'{HOST}/named/', f'{HOST}/other/']
# Another program's window, which takes the whole screen and the keyboard.
OTHER = [str(BUILD / 'tests' / 'fixtures' / 'driver-window')]


def wait_in_front(window):
    """Until the window manager says that it has the keyboard, and lies above the others."""
    def is_in_front():
        told = run('xprop', '-root', '_NET_ACTIVE_WINDOW', '_NET_CLIENT_LIST_STACKING')
        number = f'{int(window.window):#x}'
        active, stacking = told.splitlines()
        return active.endswith(f' {number}') and stacking.endswith(f' {number}')
    wait_for(is_in_front, f'window {window.window} in front')


class DesktopTest(unittest.TestCase):
    def setUp(self):
        # Each test has a list and a history of its own.
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        PROGRAM_ENVIRONMENT['XDG_DATA_HOME'] = folder.name

    @staticmethod
    def cover(other):
        """Another program comes to the front."""
        other.move(0, 0)
        other.resize(1200, 860)
        other.click(other.find('label', exactly('0 rows')))
        other.focus()
        wait_in_front(other)

    @staticmethod
    def start_again(*arguments):
        """As a launcher does: with the time at which a person asked for it."""
        subprocess.run([BUILD / 'cdn-purge', *arguments], check=True, timeout=DEADLINE,
                       env=PROGRAM_ENVIRONMENT | {'DESKTOP_STARTUP_ID': 'launcher_TIME4000000000'})

    def test_second_start(self):
        """There is one window: it comes to the front, and files fill its list."""
        files = [pathlib.Path(tempfile.mkdtemp()) / f'{number}.txt' for number in range(2)]
        for path, line in zip(files, NAMED):
            path.write_text(f'{line}\n')
        with Simulator() as simulator:
            add_account(simulator)
            with Window() as window, Program(OTHER) as other:
                window.find('status', '100 of 100 left today')
                window.focus()
                window.paste('\n'.join(NEWS))
                window.wait_rows(NEWS)
                self.cover(other)
                self.start_again()
                wait_in_front(window)
                window.wait_rows(NEWS)

                self.cover(other)
                self.start_again(files[0])
                wait_in_front(window)
                window.wait_rows(NEWS + NAMED[:1])
                self.start_again(*files)
                window.wait_rows(NEWS + NAMED)
                window.screenshot('desktop-second-start', 'root')
                self.assertEqual(len(list(window.list_windows())), 1)
            self.assertEqual(simulator.read_requests(), [])

    def look_elsewhere(self, window, simulator, other):
        """Sends the list, and turns to another program before there is an answer."""
        with simulator.frozen():
            window.keys('ctrl+Return')
            window.find('label', 'Batch 1 of 1')
            self.cover(other)

    def test_notification(self):
        """Only whoever looks elsewhere is told; a click leads back to the window."""
        notifications = Notifications()
        with Simulator() as simulator:
            add_account(simulator)
            with Window() as window, Program(OTHER) as other:
                window.find('status', '100 of 100 left today')
                self.cover(other)
                self.start_again()
                wait_in_front(window)
                window.paste(NEWS[0])
                window.find_purge(1)
                window.keys('ctrl+Return')
                window.wait_summary('1 accepted')
                self.assertEqual(notifications.shown, {})

                window.paste(NEWS[1])
                window.find_purge(2)
                self.look_elsewhere(window, simulator, other)
                wait_for(lambda: notifications.shown, 'a notification')
                (number, told), = notifications.shown.items()
                self.assertEqual(told, ('Submission Ended', '2 accepted', ['default']))
                notifications.click(number)
                wait_in_front(window)
                window.wait_summary('2 accepted')
                window.screenshot('desktop-notification', 'root')

                # Whoever comes back without a click needs it no more.
                window.paste(NAMED[0])
                window.find_purge(3)
                self.look_elsewhere(window, simulator, other)
                wait_for(lambda: notifications.shown, 'a second notification')
                self.start_again()
                wait_in_front(window)
                wait_for(lambda: not notifications.shown, 'the notification to go')
            self.assertEqual(len(list_purges(simulator)), 3)

    def test_window(self):
        """Its size is remembered; what it opens closes with Escape."""
        settings = {'GSETTINGS_BACKEND': 'keyfile'}
        with Window('--practice', environment=settings) as window:
            window.wait_practice()
            window.resize(860, 640)
            for menu, title in (('About CDN Purge', 'About'), ('Keyboard Shortcuts', ) * 2):
                window.choose('Main Menu', menu)
                opened = window.wait_for_window(title)
                window.focus(opened)
                window.screenshot(f'desktop-{title.split()[0].lower()}', 'root')
                window.keys('Escape')
                window.wait_window_gone(opened)
                window.focus()
            window.keys('ctrl+question')
            opened = window.wait_for_window('Keyboard Shortcuts')
            window.focus(opened)
            window.keys('Escape')
            window.wait_until_front()
        with Window('--practice', environment=settings) as window:
            window.wait_practice()
            surface, = window.list_windows()
            self.assertEqual((surface.width, surface.height), (860, 640))


if __name__ == '__main__':
    unittest.main()
