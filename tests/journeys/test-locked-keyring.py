#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""The keyring is locked when a purge begins, and whoever is asked for its password does not answer,
then says no, then gives it."""

import os
import pathlib
import re
import signal
import unittest

from cdn_purge import Simulator, Window, add_account
from driver import run, text_of, wait_for

URLS = ['https://www.example.com/news/',
        'https://www.example.com/products/',
        'https://www.example.com/about/']
PASSWORD = 'right'


def call_bus(destination, path, method, *arguments):
    return run('gdbus', 'call', '--session', '--dest', destination, '--object-path', path,
               '--method', method, *arguments)


def lock_keyring():
    locked = call_bus('org.freedesktop.secrets', '/org/freedesktop/secrets',
                      'org.freedesktop.Secret.Service.Lock',
                      "['/org/freedesktop/secrets/collection/login']")
    assert 'collection/login' in locked, locked


def find_prompter():
    """The process that stands for the person whom the keyring asks."""
    environ = pathlib.Path('/proc', os.environ['GNOME_KEYRING_PID'], 'environ').read_text()
    name = re.search(r'(?:^|\0)GNOME_KEYRING_TEST_PROMPTER=([^\0]+)', environ)[1]
    reply = call_bus('org.freedesktop.DBus', '/org/freedesktop/DBus',
                     'org.freedesktop.DBus.GetConnectionUnixProcessID', name)
    return int(re.search(r'uint32 (\d+)', reply)[1])


def answer(line):
    pathlib.Path(os.environ['MOCK_PROMPTER_ANSWERS']).write_text(f'{line}\n')


class LockedKeyringTest(unittest.TestCase):
    def assert_alive(self, window):
        """Whoever types sees what is typed."""
        entry = window.find_add_entry()
        window.click(entry)
        window.type('https://')
        window.wait_text(entry, 'https://')
        window.keys('ctrl+a', 'BackSpace')
        wait_for(lambda: text_of(entry) == '', 'an empty entry')

    def test_silence_then_no_then_the_password(self):
        with Simulator() as simulator:
            add_account(simulator)
            lock_keyring()
            prompter = find_prompter()
            with Window() as window:
                window.find('button', 'Account: Production')
                window.paste('\n'.join(URLS))

                os.kill(prompter, signal.SIGSTOP)
                window.click(window.find_purge(3))
                window.find('label', 'Waiting for the keyring…')
                self.assert_alive(window)

                answer('cancel')
                os.kill(prompter, signal.SIGCONT)
                dialog = window.find('window', 'Nothing Was Sent')
                window.find('label', 'The keyring is still locked', dialog)
                window.click(window.find('button', 'Close', dialog))
                window.wait_until_front()
                self.assert_alive(window)

                answer('cancel')
                window.click(window.find_purge(3))
                dialog = window.find('window', 'Nothing Was Sent')
                self.assertEqual(simulator.read_requests(), [])

                answer(f'password={PASSWORD}')
                window.click(window.find('button', 'Try Again', dialog))
                window.wait_summary('3 accepted')
                self.assertEqual([request['directories'] for request in simulator.read_requests()],
                                 [URLS])


if __name__ == '__main__':
    unittest.main()
