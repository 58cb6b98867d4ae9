#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""The program in the sandbox of its Flatpak, installed from a bundle: it purges, it shows its window, and it
keeps a key where nobody outside the sandbox finds it. Runs in a session with a keyring and portals."""

import os
import pathlib
import re
import subprocess
import unittest

from gi.repository import Gio, GLib

from cdn_purge import SECRET_ID, SECRET_KEY, Simulator, Window, list_purges
from driver import HARMLESS, PROGRAM_ENVIRONMENT, Atspi, Program, children

ID = os.environ['FLATPAK_ID']
HOME = pathlib.Path(os.environ['HOME'])
DATA = HOME / '.var/app' / ID
KEYRING = DATA / 'data/keyrings/default.keyring'
URLS = ['https://www.example.com/news/', 'https://static.example.com/css/']

FILES = {
    'bin/cdn-purge', 'bin/cdn-purge-cli', 'bin/cdn-purge-simulator',
    f'share/applications/{ID}.desktop', f'share/dbus-1/services/{ID}.service',
    f'share/glib-2.0/schemas/{ID}.gschema.xml', 'share/glib-2.0/schemas/gschemas.compiled',
    f'share/icons/hicolor/scalable/apps/{ID}.svg',
    f'share/icons/hicolor/symbolic/apps/{ID}-symbolic.svg', f'share/licenses/{ID}/COPYING',
    'share/locale/zh_CN/LC_MESSAGES/cdn-purge.mo',
}
# What the builder makes for software centres, of the metainfo too, and what belongs to all programs.
BUILT = re.compile(r'\.ref$|manifest(-base)?\.json$|lib/debug|'
                   r'share/(app-info|appdata|metainfo|swcatalog|runtime)/|'
                   r'share/applications/mimeinfo\.cache$|share/icons/hicolor/icon-theme\.cache$')


def run(*arguments, text='', **environment):
    return subprocess.run(['flatpak', 'run', '--command=cdn-purge-cli', ID, *arguments], input=text,
                          env=PROGRAM_ENVIRONMENT | environment, capture_output=True, text=True,
                          check=False, timeout=120)


class Sandboxed(Window):
    """A window of a process that nobody outside knows by its number."""

    # This session has one portal, a desktop has more.
    harmless = re.compile(HARMLESS.pattern + r'|org\.freedesktop\.portal\.(Flatpak|Inhibit)')

    def __init__(self, *arguments):
        Program.__init__(self, ['flatpak', 'run', ID, *arguments])
        self.focus()

    def find_application(self):
        # Nobody else is in this session.
        return next(children(Atspi.get_desktop(0)), None)

    def list_numbers(self):
        return self.search_windows('--class', '^cdn-purge$')


class SecretService:
    """The session's keyring, as any program outside a sandbox may ask it."""

    NAME, PATH, INTERFACE = ('org.freedesktop.secrets', '/org/freedesktop/secrets',
                             'org.freedesktop.Secret.Service')

    def __init__(self):
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)

    def call(self, method, signature, *arguments):
        return self.bus.call_sync(self.NAME, self.PATH, self.INTERFACE, method,
                                  GLib.Variant(signature, arguments), None, Gio.DBusCallFlags.NONE,
                                  -1).unpack()

    def list_secrets(self):
        unlocked, locked = self.call('SearchItems', '(a{ss})', {})
        assert not locked
        _, session = self.call('OpenSession', '(sv)', 'plain', GLib.Variant('s', ''))
        secrets, = self.call('GetSecrets', '(aoo)', unlocked, session)
        return [bytes(secret[2]) for secret in secrets.values()]


class SandboxTest(unittest.TestCase):
    maxDiff = None

    def test_files(self):
        location = subprocess.run(['flatpak', 'info', '--show-location', ID], capture_output=True,
                                  text=True, check=True).stdout.strip()
        files = pathlib.Path(location) / 'files'
        found = {str(path.relative_to(files)) for path in files.rglob('*') if not path.is_dir()}
        self.assertEqual({name for name in found if not BUILT.search(name)}, FILES)

    def test_permissions(self):
        told = subprocess.run(['flatpak', 'info', '--show-permissions', ID], capture_output=True,
                              text=True, check=True).stdout
        self.assertEqual(told.strip(), '[Context]\nshared=network;ipc;\nsockets=x11;wayland;fallback-x11;\n'
                                       'devices=dri;')

    def test_command_line(self):
        told = run('purge', '--practice', '--yes', '-', text='\n'.join(URLS))
        self.assertEqual(told.returncode, 0, told.stderr)
        self.assertIn('2 accepted', told.stdout)

    def test_language(self):
        self.assertIn('刷新', run('--help', LC_ALL='zh_CN.UTF-8').stdout)

    def test_window(self):
        with Sandboxed('--practice') as window:
            window.wait_practice()
            window.paste('\n'.join(URLS))
            window.find_purge(2)
            window.keys('ctrl+Return')
            window.wait_summary('2 accepted')
            window.wait_results(URLS, 'Accepted')
            print(window.screenshot('sandbox', 'root'))

    def test_account(self):
        with Simulator() as simulator:
            told = run('accounts', 'add', 'work', f'--secret-id={SECRET_ID}',
                       f'--endpoint={simulator.url}', '--api=3.0', text=f'{SECRET_KEY}\n')
            self.assertEqual(told.returncode, 0, told.stderr)
            # Another process takes it out again.
            told = run('purge', '--yes', '-', text='\n'.join(URLS))
            self.assertEqual(told.returncode, 0, told.stderr)
            self.assertEqual([purge['directories'] for purge in list_purges(simulator)], [URLS])

        self.assertTrue(KEYRING.exists())
        secrets = SecretService().list_secrets()
        self.assertTrue(secrets, 'the portal’s own is not among them')
        for text in (SECRET_KEY.encode(), SECRET_ID.encode()):
            self.assertFalse([secret for secret in secrets if text in secret])
            for path in [*HOME.rglob('*'), *DATA.rglob('*')]:
                self.assertFalse(path.is_file() and text in path.read_bytes(), path)

    def test_places(self):
        run('history')
        files = [path for path in HOME.rglob('*') if not path.is_dir()]
        self.assertTrue(files)
        self.assertEqual([path for path in files if not path.is_relative_to(DATA)], [])


if __name__ == '__main__':
    unittest.main(verbosity=2)
