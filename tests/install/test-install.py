#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""The programs as they are installed, and not only built: into an empty prefix, run from there, and taken
away again. Whatever they write lies in the folders that the desktop has for it."""

import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRATCH = pathlib.Path(tempfile.mkdtemp(prefix='install-'))
BUILD, PREFIX = SCRATCH / 'build', SCRATCH / 'prefix'
os.environ['CDN_PURGE_BUILD'] = str(PREFIX / 'bin')

from cdn_purge import Window  # noqa: E402
from driver import PROGRAM_ENVIRONMENT, Program  # noqa: E402

ID = 'io.github.cdn_purge.CdnPurge'
URLS = ['https://www.example.com/news/', 'https://static.example.com/css/']

INSTALLED = {
    'bin/cdn-purge', 'bin/cdn-purge-cli', 'bin/cdn-purge-simulator',
    f'share/applications/{ID}.desktop',
    'share/bash-completion/completions/cdn-purge-cli',
    f'share/dbus-1/services/{ID}.service',
    f'share/glib-2.0/schemas/{ID}.gschema.xml',
    f'share/icons/hicolor/scalable/apps/{ID}.svg',
    f'share/icons/hicolor/symbolic/apps/{ID}-symbolic.svg',
    f'share/licenses/{ID}/COPYING',
    'share/locale/zh_CN/LC_MESSAGES/cdn-purge.mo',
    'share/man/man1/cdn-purge-cli.1', 'share/man/man1/cdn-purge-simulator.1',
    'share/man/man1/cdn-purge.1',
    f'share/metainfo/{ID}.metainfo.xml',
}
# Those of all programs together.
INDEXES = {'share/applications/mimeinfo.cache', 'share/glib-2.0/schemas/gschemas.compiled',
           'share/icons/hicolor/icon-theme.cache'}

# Calls that make a file, or open it to write.
CALLS = ('open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,'
         'mknod,mknodat,truncate')
READS = re.compile(r'\bopen(at)?\([^"]*"[^"]*", O_RDONLY(?!.*O_CREAT)')
PATHS = re.compile(r'(?:AT_FDCWD|\d+)<([^>]*)>, "([^"]*)"|[(,] ?"([^"]*)"')
FOLDERS = tuple(os.environ[f'XDG_{name}'] for name in
                ('DATA_HOME', 'CONFIG_HOME', 'CACHE_HOME', 'STATE_HOME', 'RUNTIME_DIR'))


def run(*command, **options):
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False,
                            timeout=600, **options)
    if result.returncode != 0:
        raise AssertionError(f'{command} ended with {result.returncode}:\n'
                             f'{result.stdout}{result.stderr}')
    return result.stdout


def list_files():
    return {str(path.relative_to(PREFIX)) for path in PREFIX.rglob('*') if not path.is_dir()}


def install():
    run('meson', 'setup', BUILD, ROOT, f'--prefix={PREFIX}', '-Dtests=false', '-Dbuildtype=plain')
    run('meson', 'install', '-C', BUILD)


class Log:
    """What strace saw of a program."""

    def __init__(self):
        self.path = pathlib.Path(tempfile.mkstemp(dir=SCRATCH)[1])
        # The tracer is the child, so that the program has the number of what was started.
        self.command = ['strace', '-D', '-f', '-y', '-z', '-qq', '-s', '4096', '-e', 'signal=none',
                        '-e', f'trace={CALLS}', '-o', str(self.path), '--']

    def list_written(self):
        for line in self.path.read_text(errors='replace').splitlines():
            if not READS.search(line):
                for folder, name, plain in PATHS.findall(line):
                    yield os.path.normpath(os.path.join(folder, name or plain))


class InstallTest(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        install()
        # As a desktop finds them; settings in a file, where there is no service for them.
        PROGRAM_ENVIRONMENT.update({
            'PATH': f"{PREFIX / 'bin'}:{os.environ['PATH']}", 'GSETTINGS_BACKEND': 'keyfile',
            'XDG_DATA_DIRS': f"{PREFIX / 'share'}:{os.environ['XDG_DATA_DIRS']}"})

    def assert_in_place(self, log):
        written = sorted(set(log.list_written()))
        self.assertTrue(written)
        self.assertEqual([path for path in written
                          if not path.startswith((*FOLDERS, '/dev/', '/proc/'))], [])

    def test_1_files(self):
        self.assertEqual(list_files() - INDEXES, INSTALLED)
        self.assertIn('share/glib-2.0/schemas/gschemas.compiled', list_files())

    def test_2_every_program_runs(self):
        version = json.loads(run('meson', 'introspect', '--projectinfo', BUILD))['version']
        for name in ('cdn-purge', 'cdn-purge-cli'):
            self.assertEqual(run(name, '--version', env=PROGRAM_ENVIRONMENT), f'{name} {version}\n')
        self.assertIn('--port', run('cdn-purge-simulator', '--help', env=PROGRAM_ENVIRONMENT))

    def test_3_command_line(self):
        log = Log()
        told = run(*log.command, 'cdn-purge-cli', 'purge', '--practice', '--yes', '-',
                   input='\n'.join(URLS), env=PROGRAM_ENVIRONMENT, cwd=SCRATCH)
        self.assertIn('2 accepted', told)
        chinese = PROGRAM_ENVIRONMENT | {'LC_ALL': 'zh_CN.UTF-8'}
        self.assertIn('刷新', run('cdn-purge-cli', '--help', env=chinese))
        # Practice keeps nothing; the history makes a database to look into.
        log = Log()
        run(*log.command, 'cdn-purge-cli', 'history', env=PROGRAM_ENVIRONMENT, cwd=SCRATCH)
        self.assert_in_place(log)

    def test_4_completion(self):
        script = PREFIX / 'share/bash-completion/completions/cdn-purge-cli'
        told = run('bash', '-c', f'. {script} && complete -p cdn-purge-cli', env=PROGRAM_ENVIRONMENT)
        self.assertIn('cdn-purge-cli', told)

    def test_5_desktop(self):
        service = (PREFIX / f'share/dbus-1/services/{ID}.service').read_text()
        self.assertIn(f"Exec={PREFIX / 'bin/cdn-purge'} --gapplication-service\n", service)
        desktop = (PREFIX / f'share/applications/{ID}.desktop').read_text()
        self.assertIn(f'\nIcon={ID}\n', desktop)
        self.assertIn('\nExec=cdn-purge ', desktop)
        self.assertIn('[zh_CN]=', desktop)

    def test_6_window(self):
        log = Log()
        with Window.__new__(Window) as window:
            Program.__init__(window, [*log.command, 'cdn-purge', '--practice'])
            window.resize(900, 700)
            window.focus()
            window.wait_practice()
            window.paste('\n'.join(URLS))
            window.find_purge(2)
            window.keys('ctrl+Return')
            window.wait_summary('2 accepted')
        self.assert_in_place(log)
        # The schema was found, or it would not remember its size.
        settings = pathlib.Path(os.environ['XDG_CONFIG_HOME'], 'glib-2.0/settings/keyfile')
        self.assertIn('window-width=900\n', settings.read_text())
        self.assertEqual(list(pathlib.Path(os.environ['HOME']).rglob('*')), [])

    def test_7_uninstall(self):
        run(ROOT / 'build-aux/uninstall', BUILD)
        self.assertEqual(list(PREFIX.rglob('*')), [])


if __name__ == '__main__':
    unittest.main()
