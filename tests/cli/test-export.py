# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""What the window exports of a submission is what the command line prints of it, byte for byte."""

import json
import os
import subprocess

from clitest import closed_port, collect, directories, http_answer, lines, main

HOSTILE = {'code': 4000, 'codeDesc': '=1+1', 'message': '@x, "引用"\n\u202e\x1b[31mz\x1f'}
URL = 'https://www.example.com'


def export(place, number, kind):
    done = subprocess.run([os.environ['EXPORT'], str(number), kind], env=place.environment,
                          capture_output=True, text=True, check=True)
    assert done.stderr == '', done.stderr
    return done.stdout


def compare(place, code):
    """The one submission there is."""
    assert export(place, 1, 'json') == place.run('--json', 'show', '1').expect(code).out
    assert export(place, 1, 'csv') == place.run('history', '--format=csv').expect(0).out


def test_accepted(place):
    """0: directories and URLs of several batches, in an area"""
    place.add_account(place.simulator().url, 'shop', '--api=3.0')
    place.run('purge', '--yes', '--area=mainland',
              stdin=lines(directories(25)) + f'url {URL}/1.jpg?a=1,2\n').expect(0)
    compare(place, 0)
    assert '"area":"mainland"' in export(place, 1, 'json')


def test_hostile(place):
    """1: what a server says obeys nobody"""
    place.add_account(place.script(http_answer(json.dumps(HOSTILE))).url, '+shop')
    place.run('purge', stdin=lines([f'{URL}/a,b/', f'{URL}/新/'])).expect(1)
    compare(place, 1)


def test_submitted_again(place):
    """0: a batch that was rejected, and what was made of it"""
    place.ready('--fail=9110@1')
    place.run('purge', stdin=lines(directories(3))).expect(1)
    place.run('retry', '1').expect(0)
    compare(place, 0)
    assert '"state":"superseded"' in export(place, 1, 'json')


def test_unknown(place):
    """3: a request whose answer never came"""
    place.add_account(place.script(None).url)
    place.run('purge', stdin=lines(directories(2))).expect(3)
    compare(place, 3)


def test_nothing_sent(place):
    """4: the reason is told in the same words"""
    place.add_account(closed_port())
    place.run('purge', stdin=lines(directories(2))).expect(4)
    compare(place, 4)
    assert json.loads(export(place, 1, 'json'))['error']['kind'] == 'no-connection'


main(collect(globals()))
