# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""`history`, `show` and `quota`: what was done before, as people and scripts read it."""

import datetime
import json
import re

from clitest import (HISTORY, QUOTA, closed_port, collect, directories, http_answer, lines, main)

URL = 'https://www.example.com'


def list_ids(place, *arguments):
    listed = place.run('--json', 'history', *arguments).json(0, HISTORY)
    return [submission['id'] for submission in listed['submissions']]


def test_empty(place):
    """0: where nothing was sent, there is nothing, in every format"""
    assert place.run('--json', 'history').json(0, HISTORY)['submissions'] == []
    assert 'no submission' in place.run('history').expect(0).out
    assert place.run('history', '--format=csv').expect(0).out == \
        'submission,time,account,directory,state,code,codeDesc,message,taskId\n'
    place.run('purge', '--practice', stdin=lines(directories(1))).expect(0)
    assert list_ids(place) == [], 'practice is in the history'


def test_list(place):
    """0: the newest first, with the four counts, and no more than asked for"""
    place.ready('--fail=22046@2')
    place.run('purge', stdin=lines(directories(3))).expect(0)
    place.run('purge', '--yes', stdin=lines(directories(25))).expect(1)
    before = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(minutes=5)
    listed = place.run('--json', 'history').json(0, HISTORY)['submissions']
    assert listed == place.run('history', '--format=json').json(0, HISTORY)['submissions']
    counts = [[submission[name] for name in ('id', 'accepted', 'rejected', 'unknown', 'waiting')]
              for submission in listed]
    assert counts[1] == [1, 3, 0, 0, 0], counts
    assert counts[0][0] == 2 and counts[0][2] > 0 and sum(counts[0][1:]) == 25, counts
    for submission in listed:
        assert submission['account'] == 'shop'
        assert datetime.datetime.fromisoformat(submission['time']) > before, submission
    heading, second, first = place.run('history').expect(0).out.splitlines()
    assert heading.split() == ['ID', 'TIME', 'ACCOUNT', 'DIRECTORIES', 'RESULT']
    assert second.split()[0] == '2' and first.split()[0] == '1' and '3 accepted' in first
    assert list_ids(place, '--limit=1') == [2]
    assert list_ids(place, '--limit=7') == [2, 1]
    place.run('accounts', 'remove', 'shop').expect(0)
    assert list_ids(place) == [2, 1], 'the history went with the account'


# What is searched for: the submissions that have it in a directory. Nothing of it is a pattern.
SEARCHES = {
    '/news/': [1],
    '100%25': [2],
    '%': [3, 2],
    '_': [4],
    'a_b': [4],
    'a%b': [],
    'aXb': [5],
    'axb': [],
    'www.example.com': [5, 4, 3, 2, 1],
    '': [5, 4, 3, 2, 1],
    '新闻': [3],
    '*': [],
}


def test_search(place):
    """0: any part of a directory is found as it was typed"""
    place.ready('--quota=1000')
    for paths in (['/news/', '/sport/'], ['/100%25/'], ['/新闻/'], ['/a_b/'], ['/aXb/']):
        place.run('purge', stdin=lines(URL + path for path in paths)).expect(0)
    for text, found in SEARCHES.items():
        assert list_ids(place, f'--search={text}') == found, text
    assert list_ids(place, '--search=example', '--limit=2') == [5, 4]
    assert '1 of 2' in place.run('history', '--search=/news/').expect(0).out
    assert 'has that' in place.run('history', '--search=nowhere').expect(0).out
    found = place.run('history', '--search=/news/', '--format=csv').expect(0).out.splitlines()
    assert len(found) == 2 and f'{URL}/news/' in found[1], found


def test_accounts(place):
    """an account that is named has its own history; without one there are all"""
    simulator = place.ready()
    place.add_account(simulator.url, 'other')
    for account in ('shop', 'other', 'shop'):
        place.run(f'--account={account}', 'purge', stdin=lines(directories(1))).expect(0)
    assert list_ids(place) == [3, 2, 1]
    assert list_ids(place, '--account=shop') == [3, 1]
    assert list_ids(place, '--account=shop', '--limit=1') == [3]
    assert place.run('--json', '--account=none', 'history').json(2, HISTORY)['submissions'] == []


HOSTILE = {'code': 4000, 'codeDesc': '=1+1', 'message': '@x, "y"\n\x1b[31mz'}


def test_csv(place):
    """0: one line a directory, nothing in it is a formula, and no terminal obeys it"""
    script = place.script(http_answer(json.dumps(HOSTILE)))
    place.add_account(script.url, '+shop')
    place.run('purge', stdin=lines([f'{URL}/a,b/', f'{URL}/c/'])).expect(1)
    time = place.run('--json', 'history').json(0, HISTORY)['submissions'][0]['time']
    tail = '''rejected,4000,'=1+1,"'@x, ""y""‹U+000A›‹U+001B›[31mz",'''
    golden = ['submission,time,account,directory,state,code,codeDesc,message,taskId',
              f'''1,{time},'+shop,"{URL}/a,b/",{tail}''',
              f'''1,{time},'+shop,{URL}/c/,{tail}''']
    assert place.run('history', '--format=csv').expect(0).out == lines(golden)
    # The encoding stays, whatever the locale.
    assert place.run('history', '--format=csv', environment={'LC_ALL': 'C'}).out == lines(golden)


def test_csv_of_accepted(place):
    """0: an accepted directory has its task in the table"""
    place.ready()
    task = place.run('--json', 'purge', stdin=lines(directories(1))).report(0)['batches'][0]
    _, line = place.run('history', '--format=csv').expect(0).out.splitlines()
    assert line.endswith(f",accepted,0,{task['codeDesc']},,{task['taskId']}"), (line, task)


def test_csv_of_submitted_again(place):
    """0: what was submitted again has one line, that of the last time"""
    place.ready('--fail=9110@1')
    place.run('purge', stdin=lines(directories(2))).expect(1)
    place.run('retry', '1').expect(0)
    _, *rows = place.run('history', '--format=csv').expect(0).out.splitlines()
    assert [(row.split(',')[3], row.split(',')[4]) for row in rows] == \
        [(url, 'accepted') for url in directories(2)], rows
    assert [submission['accepted'] for submission in
            place.run('--json', 'history').json(0, HISTORY)['submissions']] == [2]


# Wrong options.
WRONG = {
    'no limit': ['--limit=0'],
    'less than no limit': ['--limit=-1'],
    'a word as a limit': ['--limit=all'],
    'a limit that is too large': ['--limit=99999999999'],
    'a format of later': ['--format=xml'],
    'a word': ['news'],
}


def make_wrong(options):
    def test(place):
        error = place.run('--json', 'history', *options).json(2, HISTORY)['error']
        assert error['kind'] == 'usage', error
        human = place.run('history', *options).expect(2)
        assert human.out == '' and 'cdn-purge-cli: ' in human.err
    return test


def test_two_formats(place):
    """2: one object and CSV at the same time"""
    for name in ('csv', 'table'):
        place.run('--json', 'history', f'--format={name}').json(2, HISTORY)
    place.run('--json', 'history', '--format=json').json(0, HISTORY)


def test_quota(place):
    """0: what is used today, of what there is, and of which day"""
    eastern = datetime.timezone(datetime.timedelta(hours=8))
    simulator = place.simulator('--fail=9110@2')
    assert place.run('--json', 'quota').json(2, QUOTA)['local'] is None, 'without an account'
    place.add_account(simulator.url, 'shop', '--quota=50')

    days = [datetime.datetime.now(eastern).date().isoformat()]
    local = place.run('--json', 'quota').json(0, QUOTA)['local']
    days.append(datetime.datetime.now(eastern).date().isoformat())
    assert (local['used'], local['total']) == (0, 50) and local['day'] in days, local

    place.run('purge', stdin=lines(directories(3))).expect(0)
    place.run('purge', stdin=lines(directories(4))).expect(1)
    assert place.run('--json', 'quota').json(0, QUOTA)['local']['used'] == 3
    assert '3 of 50 directories' in place.run('quota').expect(0).out

    place.add_account(closed_port(), 'other')
    assert place.run('--json', 'quota').json(2, QUOTA)['error']['kind'] == 'not-found'
    local = place.run('--json', '--account=other', 'quota').json(0, QUOTA)['local']
    assert (local['used'], local['total']) == (0, 100), local
    assert len(simulator.log()) == 2, 'the server was asked'


def test_quota_of_unknown(place):
    """0: what is unknown counts as spent"""
    wire = place.wire(place.simulator())
    place.kill_in_mid_request(wire, 'answers', 2)
    assert place.run('--json', 'quota').json(0, QUOTA)['local']['used'] == 2
    place.run('check', '1').expect(0)
    assert place.run('--json', 'quota').json(0, QUOTA)['local']['used'] == 2


def test_damaged(place):
    """a database that is damaged is moved aside, and that is said once, by whoever finds it"""
    for command in (['history'], ['quota'], ['accounts', 'list'], ['show', '1'], ['retry', '1'],
                    ['purge', '--yes']):
        place.run('history')
        path, = place.folder.rglob('journal.sqlite')
        for residue in path.parent.glob('journal.sqlite-*'):
            residue.unlink()
        path.write_bytes(b'no database at all ' * 1000)
        result = place.run('--json', *command, stdin=lines(directories(1)))
        assert 'journal.sqlite.damaged-' in result.err, (command, result.err)
        assert json.loads(result.out) is not None
        assert 'damaged' not in place.run('history').expect(0).err
        aside, = path.parent.glob('journal.sqlite.damaged-*')
        assert aside.read_bytes() == b'no database at all ' * 1000
        aside.unlink()


def test_show_tries(place):
    """0: a request that was tried again says so where it is shown"""
    place.ready('--fail=9163@1')
    place.run('purge', stdin=lines(directories(1))).expect(0)
    assert 'Sent 2 times' in place.run('show', '1').expect(0).out


def test_show_superseded(place):
    """0: what was submitted again says as which batch, and is not counted"""
    place.ready('--fail=9110@1')
    place.run('purge', stdin=lines(directories(2))).expect(1)
    place.run('retry', '1').expect(0)
    report = place.run('--json', 'show', '1').report(0)
    assert [batch['state'] for batch in report['batches']] == ['superseded', 'accepted'], report
    assert report['batches'][0]['message'] and report['accepted'] == 2 and not report['rejected']
    human = place.run('show', '1').expect(0).out
    assert 'submitted again as batch 2' in human and '2 accepted' in human, human
    assert not re.search(r'\d rejected', human), human


if __name__ == '__main__':
    main(collect(globals()) +
         [(f'2: {name}', make_wrong(options)) for name, options in WRONG.items()])
