#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""A first account typed in by hand, and a real list purged with it, the bad lines and all."""

import os
import pathlib
import re
import unittest

from cdn_purge import SECRET_KEY, Simulator, Window, exactly, list_purge_requests

GOOD = [f'https://www.example.com/section-{number:02}/' for number in range(1, 41)]
BAD = {'ftp://www.example.com/files/': 'Only http:// and https:// can be purged.',
       'https://www.example.com/../etc/': 'A part of the path is “.” or “..”.',
       'https://*.example.com/': 'Purging knows no wildcards.'}
# The problems are where a person first looks.
LINES = GOOD[:1] + list(BAD) + GOOD[1:30] + [GOOD[4], GOOD[9]] + GOOD[30:]

FOLDERS = ('HOME', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_STATE_HOME',
           'XDG_RUNTIME_DIR', 'TMPDIR')


def find_secret(window):
    """Wherever the key lies open: in a file of the person's, or with the running program."""
    secret = SECRET_KEY.encode()
    process = pathlib.Path('/proc') / str(window.process.pid)
    files = [path for folder in FOLDERS for path in pathlib.Path(os.environ[folder]).rglob('*')
             if path.is_file()]
    assert any(path.suffix == '.keyring' for path in files), 'the keyring is not among the files'
    return [path for path in [*files, process / 'cmdline', process / 'environ']
            if secret in path.read_bytes()]


class AccountTest(unittest.TestCase):
    def test_from_the_key_to_the_results(self):
        with Simulator() as simulator, Window() as window:
            window.add_account(simulator, '2.0 (retired)')
            self.assertEqual(find_secret(window), [])

            window.paste('\n'.join(LINES))
            window.find('status', '40 directories · 2 requests · 100 of 100 left today')
            window.find('label', '3 rows have a problem and stay here')
            rows = window.find('list', 'Directories')
            window.scroll(rows, -60)
            for line, sentence in BAD.items():
                told = f'Kind: directory {re.escape(line)} .*{re.escape(sentence)}'
                window.find('row', re.compile(told), rows)
            self.assertEqual(simulator.read_requests(), [])

            # More than 20 at once: it asks, and says which hosts.
            window.click(window.find_purge(40))
            question = window.find('window', 'Purge 40 Directories?')
            window.find('label', 'www.example.com', question)
            self.assertEqual(simulator.read_requests(), [])
            window.click(window.find('button', 'Purge 40 Directories', question))

            window.wait_summary('40 accepted')
            window.find_batch('Batch 1 · 20 directories', 'Accepted')
            second = window.find_batch('Batch 2 · 20 directories', 'Accepted')
            window.click(window.find('label', exactly('Batch 2 · 20 directories'), second))
            window.scroll(window.find_results(), 60)
            window.find('row', f'{GOOD[39]} Accepted', window.find_results())

            requests = list_purge_requests(simulator)
            self.assertEqual([(request['action'], request['executed'], request['verdict'])
                              for request in requests], 2 * [('RefreshCdnDir', True, 0)])
            self.assertEqual([request['directories'] for request in requests],
                             [GOOD[:20], GOOD[20:]])
            window.find('status', '60 of 100 left today')
            self.assertEqual(find_secret(window), [])


if __name__ == '__main__':
    unittest.main()
