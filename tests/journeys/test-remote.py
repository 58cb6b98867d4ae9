#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""Files fill the list; nothing that comes from elsewhere than the window's own keys and buttons sends."""

import os
import pathlib
import subprocess
import unittest

from cdn_purge import BUILD, Simulator, Window, add_account
from driver import DEADLINE, PROGRAM_ENVIRONMENT, wait_for
from gi.repository import Gio, GLib

APPLICATION = 'io.github.cdn_purge.CdnPurge'
PATH = '/io/github/cdn_purge/CdnPurge'
WINDOW_PATH = f'{PATH}/window/1'
ACTIONS = 'org.gtk.Actions'
# Every one can be called by any program of the person's, and so none may send.
EXPORTED = {PATH: {'quit', 'about', 'show'}, WINDOW_PATH: set()}
# Whatever a stranger guesses.
NAMES = ['purge', 'cancel', 'load-failed', 'paste', 'resume', 'retry', 'check', 'send-again',
         'send-as-new', 'show', 'load', 'delete', 'delete-all', 'history']
GUESSES = [group + name for group in ('', 'win.', 'results.', 'history.') for name in NAMES
           if group + name not in EXPORTED[PATH]]


class Remote:
    """Any other program on the session bus."""

    def __init__(self):
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)

    def call(self, path, interface, method, signature, *values):
        arguments = GLib.Variant(signature, values) if signature else None
        return self.bus.call_sync(APPLICATION, path, interface, method, arguments, None,
                                  Gio.DBusCallFlags.NO_AUTO_START, int(DEADLINE * 1000), None)

    def list_actions(self, path):
        return set(self.call(path, ACTIONS, 'List', None).unpack()[0])

    def activate(self, path, name):
        self.call(path, ACTIONS, 'Activate', '(sava{sv})', name, [], {})


def write_list(name, *urls):
    path = pathlib.Path(os.environ['TMPDIR']) / name
    path.write_text('\n'.join(urls))
    return path


class RemoteTest(unittest.TestCase):
    def test_nothing_from_outside_sends(self):
        with Simulator() as simulator:
            add_account(simulator)
            first = write_list('first.txt', 'https://www.example.com/a/',
                               'https://www.example.com/b/')
            with Window(first) as window:
                window.find_purge(2)

                second = write_list('second.txt', 'https://www.example.com/c/')
                subprocess.run([BUILD / 'cdn-purge', second], env=PROGRAM_ENVIRONMENT, check=True,
                               timeout=DEADLINE)
                window.find_purge(3)

                remote = Remote()
                third = write_list('third.txt', 'https://www.example.com/d/')
                remote.call(PATH, 'org.freedesktop.Application', 'Open', '(asa{sv})',
                            [third.as_uri()], {})
                window.find_purge(4)

                exported = {path: remote.list_actions(path) for path in (PATH, WINDOW_PATH)}
                self.assertEqual(exported, EXPORTED)
                remote.activate(PATH, 'about')
                dialog = wait_for(window.list_dialogs, 'the dialog')[0]
                window.focus(dialog)
                window.keys('Escape')
                window.wait_until_front()
                for path in EXPORTED:
                    for name in GUESSES:
                        with self.assertRaisesRegex(GLib.Error, 'Unknown action'):
                            remote.activate(path, name)
                with self.assertRaisesRegex(GLib.Error, 'Unknown action'):
                    remote.call(PATH, 'org.freedesktop.Application', 'ActivateAction', '(sava{sv})',
                                'purge', [], {})
                remote.call(PATH, 'org.freedesktop.Application', 'Activate', '(a{sv})', {})

                # A person's own key does send, once; before it, nothing did.
                window.find_purge(4)
                window.keys('ctrl+Return')
                window.wait_summary('4 accepted')
                self.assertEqual([request['directories'] for request in simulator.read_requests()],
                                 [[f'https://www.example.com/{name}/' for name in 'abcd']])

                remote.activate(PATH, 'quit')
                window.wait_end()


if __name__ == '__main__':
    unittest.main()
