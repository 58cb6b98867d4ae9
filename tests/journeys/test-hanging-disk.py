#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""A disk that does not answer: the window goes on living, and nothing leaves before it does."""

import contextlib
import os
import pathlib
import signal
import tempfile
import unittest

from cdn_purge import BUILD, Simulator, Window, add_account
from driver import PROGRAM_ENVIRONMENT, has_state, wait_for

URLS = [f'https://www.example.com/section-{number:02}/' for number in range(1, 6)]


class HangingDisk:
    """The disk below the person's data, which hangs on demand; see disk-shim.c."""

    def __init__(self):
        scratch = pathlib.Path(os.environ['TMPDIR'])
        self.gate = scratch / 'hangs'
        self.log = scratch / 'hung'
        self.environment = {
            'LD_PRELOAD': str(BUILD / 'tests' / 'fixtures' / 'disk-shim.so'),
            'DISK_SHIM_FOLDER': PROGRAM_ENVIRONMENT['XDG_DATA_HOME'],
            'DISK_SHIM_CALLS': 'open,write,sync,truncate',
            'DISK_SHIM_FAULT': 'HANG',
            'DISK_SHIM_WHILE': str(self.gate),
            'DISK_SHIM_LOG': str(self.log),
        }

    @contextlib.contextmanager
    def hangs(self):
        self.log.unlink(missing_ok=True)
        self.gate.touch()
        yield
        self.gate.unlink()

    def wait_hung(self):
        """Until the journal waits for the disk."""
        wait_for(lambda: self.log.exists() and 'journal.sqlite' in self.log.read_text(),
                 'the journal to hang')


class HangingDiskTest(unittest.TestCase):
    def setUp(self):
        # Each test starts with no account and an empty list.
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        PROGRAM_ENVIRONMENT['XDG_DATA_HOME'] = folder.name

    def assert_alive(self, window, text):
        """It takes what is typed, shows it, and tells a screen reader."""
        entry = window.find_add_entry()
        window.click(entry)
        window.keys('ctrl+a')
        window.type(text)
        window.wait_text(window.find_add_entry(), text)

    def test_at_the_start(self):
        """A list that does not come is no empty list: a person is told, until it does."""
        disk = HangingDisk()
        folder = pathlib.Path(PROGRAM_ENVIRONMENT['XDG_DATA_HOME'], 'cdn-purge')
        # Ours alone: GTK looks for themes beside it, and waits.
        ours = {'DISK_SHIM_CALLS': 'read', 'DISK_SHIM_FOLDER': str(folder)}
        with Simulator() as simulator, contextlib.ExitStack() as hanging:
            add_account(simulator)
            (folder / 'draft.txt').write_text(''.join(f'{url}\n' for url in URLS))
            hanging.enter_context(disk.hangs())
            with Window(environment=disk.environment | ours) as window:
                window.find('status', 'The list is not saved')
                self.assert_alive(window, 'meanwhile')
                hanging.close()
                window.find('label', URLS[-1])
                window.wait_gone('status', 'The list is not saved')

    def test_before_the_accounts(self):
        """Nobody has no account because it was not read yet, and no key is pressed for nothing."""
        disk = HangingDisk()
        folder = pathlib.Path(PROGRAM_ENVIRONMENT['XDG_DATA_HOME'], 'cdn-purge')
        # The list comes from a file beside it.
        ours = {'DISK_SHIM_FOLDER': str(folder / 'journal.sqlite')}
        with Simulator() as simulator, contextlib.ExitStack() as hanging:
            add_account(simulator)
            (folder / 'draft.txt').write_text(''.join(f'{url}\n' for url in URLS))
            hanging.enter_context(disk.hangs())
            with Window(environment=disk.environment | ours) as window:
                purge = window.find_purge(5)
                disk.wait_hung()
                self.assertFalse(has_state(purge, 'sensitive'))
                window.keys('ctrl+Return')
                window.find('label', 'The accounts are being read…')
                self.assert_alive(window, 'meanwhile')
                window.keys('ctrl+a', 'BackSpace')
                self.assertEqual(window.find_all('button', 'Add Account'), [])
                self.assertEqual(window.find_all('label', 'Nothing Sent Yet'), [])
                hanging.close()
                window.find('button', 'Account: Production')
                self.assertEqual(simulator.read_requests(), [])
                window.keys('ctrl+Return')
                window.wait_summary('5 accepted')

    def test_before_and_after_the_request(self):
        disk = HangingDisk()
        with Simulator('--latency=1500') as simulator:
            add_account(simulator)
            with Window(environment=disk.environment) as window:
                window.find('button', 'Account: Production')
                window.paste('\n'.join(URLS))

                # Before: what is not on the disk is not on the wire.
                with disk.hangs():
                    window.click(window.find_purge(5))
                    disk.wait_hung()
                    self.assert_alive(window, 'before')
                    self.assertEqual(simulator.read_requests(), [])

                # After: what the server says is told, whatever the disk does.
                wait_for(simulator.read_requests, 'the request')
                with disk.hangs():
                    disk.wait_hung()
                    self.assert_alive(window, 'after')
                window.wait_summary('5 accepted')
                self.assertEqual([request['directories'] for request in simulator.read_requests()],
                                 [URLS])

            # And it is on the disk.
            with Window() as window:
                window.wait_summary('5 accepted')

            # It ends when it is told to, whatever the disk does.
            with Window(environment=disk.environment) as window:
                window.wait_summary('5 accepted')
                with disk.hangs():
                    window.click(window.find_purge(5))
                    disk.wait_hung()
                    window.process.send_signal(signal.SIGTERM)
                    window.wait_end(-signal.SIGALRM)


if __name__ == '__main__':
    unittest.main()
