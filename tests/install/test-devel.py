#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""What the desktop is told by the other profile, with the addresses that somebody may give: all of it has the
other id, and is as valid."""

import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
ID = 'io.github.cdn_purge.CdnPurge.Devel'
OPTIONS = ['-Dprofile=devel', '-Dtests=false', '-Dhomepage=https://example.org/cdn-purge',
           '-Dscreenshots=https://example.org/cdn-purge/pictures']
FILES = ['desktop', 'metainfo.xml', 'gschema.xml', 'service']


def run(*command):
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False,
                            timeout=300)
    if result.returncode != 0:
        raise AssertionError(f'{command} ended with {result.returncode}:\n'
                             f'{result.stdout}{result.stderr}')
    return result.stdout


class DevelTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix='devel-')
        cls.addClassCleanup(cls.folder.cleanup)
        cls.build = pathlib.Path(cls.folder.name) / 'build'
        cls.data = cls.build / 'data'
        run('meson', 'setup', cls.build, ROOT, *OPTIONS)
        run('ninja', '-C', cls.build, *(f'data/{ID}.{name}' for name in FILES[:2]))

    def test_the_id_is_everywhere(self):
        for name in FILES:
            text = (self.data / f'{ID}.{name}').read_text(encoding='utf-8')
            self.assertIn(ID, text)
            self.assertEqual(text.count(ID), text.count('io.github.cdn_purge.CdnPurge'), name)

    def test_desktop_file(self):
        run('desktop-file-validate', self.data / f'{ID}.desktop')

    def test_schema(self):
        run('glib-compile-schemas', '--strict', '--dry-run', self.data)

    def test_metainfo(self):
        path = self.data / f'{ID}.metainfo.xml'
        text = path.read_text(encoding='utf-8')
        names = re.findall(r'>https://example\.org/cdn-purge/pictures/([^<]+)<', text)
        self.assertGreaterEqual(len(names), 2)
        for name in names:
            self.assertTrue((ROOT / 'data/screenshots' / name).exists(), name)
        self.assertIn('<url type="homepage">https://example.org/cdn-purge</url>', text)
        self.assertNotIn('<!--\n', text)
        # What is tolerated of a release is known to data/meson.build; a stranger's address is not looked up.
        told = subprocess.run(['appstreamcli', 'validate', '--no-net', '--explain', path],
                              capture_output=True, text=True, check=False)
        self.assertEqual(told.returncode, 0, told.stdout)

    def test_icons(self):
        icons = ROOT / 'data/icons/hicolor'
        self.assertTrue((icons / f'scalable/apps/{ID}.svg').exists())
        self.assertTrue((icons / f'symbolic/apps/{ID}-symbolic.svg').exists())


if __name__ == '__main__':
    if shutil.which('appstreamcli') is None or shutil.which('desktop-file-validate') is None:
        raise SystemExit('appstreamcli and desktop-file-validate are needed')
    unittest.main()
