# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""`accounts`: what is listed, added, removed and refused, with a real keyring."""

import os
import pathlib
import sqlite3

from clitest import (ACCOUNTS, KEYRING_PASSWORD, LEAKY, ONE_ACCOUNT, PRACTICE_ID, PRACTICE_KEY,
                     answer_prompt, closed_port, collect, directories, lines, lock_keyring, main)


def names(place):
    return [account['name'] for account in
            place.run('accounts', 'list', '--json').json(0, ACCOUNTS)['accounts']]


def test_defaults(place):
    """an account has the defaults that the help names"""
    assert names(place) == []
    assert 'accounts add' in place.run('accounts', 'list').expect(0).out
    added = place.run('--json', 'accounts', 'add', 'shop', '--secret-id=AKIDx',
                      stdin='key\n').json(0, ONE_ACCOUNT)['account']
    assert added == {'name': 'shop', 'api': '2.0', 'endpoint': 'https://cdn.api.qcloud.com',
                     'form': 'post', 'signature': 'HmacSHA256', 'locked': False}, added
    listed = place.run('--json', 'accounts', 'list').json(0, ACCOUNTS)['accounts']
    assert listed == [added], listed
    heading, row = place.run('accounts', 'list').expect(0).out.splitlines()
    assert row.split()[:5] == ['shop', '2.0', 'https://cdn.api.qcloud.com', 'post', 'HmacSHA256']
    # Columns stand below each other.
    assert heading.index('ENDPOINT') == row.index('https:')


def test_options(place):
    """every option arrives on the wire"""
    simulator = place.simulator('--secret-id=AKIDx', '--token', '--quota=1000',
                                secret='secret\ntoken\n')
    options = ('--secret-id=AKIDx', f'--endpoint={simulator.url}/', '--api=2.0', '--token',
               '--quota=500')
    for form, method in (('post', 'POST'), ('multipart', 'POST'), ('get', 'GET')):
        for signature in ('HmacSHA256', 'HmacSHA1'):
            name = f'{form} {signature}'
            added = place.run('--json', 'accounts', 'add', name, *options, f'--form={form}',
                              f'--signature={signature}', stdin='secret\ntoken\n')
            account = added.json(0, ONE_ACCOUNT)['account']
            assert (account['form'], account['signature']) == (form, signature)
            assert account['endpoint'] == simulator.url, account
            # Forty of five hundred are not worth a question; of a hundred they would be.
            place.run(f'--account={name}', 'purge', stdin=lines(directories(15))).expect(0)
            assert simulator.log()[-1]['method'] == method
    assert len(names(place)) == 6


def test_api_v3(place):
    """API 3.0 has an address for each of Tencent's sites, and one form of request"""
    addresses = {'3.0': 'https://cdn.tencentcloudapi.com',
                 '3.0-intl': 'https://cdn.intl.tencentcloudapi.com'}
    for api, address in addresses.items():
        # What is the default can be said.
        added = place.run('--json', 'accounts', 'add', api, '--secret-id=AKIDx', f'--api={api}',
                          '--form=post', '--signature=HmacSHA256', stdin='key\n')
        account = added.json(0, ONE_ACCOUNT)['account']
        assert (account['api'], account['endpoint']) == (api, address), account
    listed = place.run('--json', 'accounts', 'list').json(0, ACCOUNTS)['accounts']
    assert {account['api']: account['endpoint'] for account in listed} == addresses, listed
    rows = place.run('accounts', 'list').expect(0).out.splitlines()[1:]
    assert sorted(tuple(row.split()[1:3]) for row in rows) == sorted(addresses.items()), rows
    refused = place.run('accounts', 'add', 'x', '--secret-id=AKIDx', '--api=1.0').expect(2)
    assert '2.0, 3.0, 3.0-intl' in refused.err, refused.err
    assert '2.0|3.0|3.0-intl' in place.run('accounts', 'add', '--help').expect(0).out


def test_removed(place):
    """a removed account is gone, and its key with it; what was sent stays in the journal"""
    simulator = place.ready()
    place.run('purge', stdin=lines(directories(1))).expect(0)
    removed = place.run('--json', 'accounts', 'remove', 'shop').json(0, ONE_ACCOUNT)['account']
    assert removed['name'] == 'shop' and removed['locked'] is None, removed
    assert names(place) == []
    place.run('accounts', 'remove', 'shop').expect(2)
    place.run('show', '1').expect(0)
    place.add_account(simulator.url)
    assert names(place) == ['shop']


def test_taken(place):
    """2: a name that is taken is refused before a key is asked for"""
    place.run('accounts', 'add', 'shop', '--secret-id=AKIDx', stdin='key\n').expect(0)
    again = place.run('--json', 'accounts', 'add', '  shop ', '--secret-id=AKIDy', stdin='')
    assert again.json(2, ONE_ACCOUNT)['error']['kind'] == 'exists'
    assert names(place) == ['shop']


def test_trimmed(place):
    """blanks around a pasted key are cut off, and said"""
    simulator = place.simulator()
    result = place.run('accounts', 'add', 'shop', f'--secret-id= {PRACTICE_ID}',
                       f'--endpoint={simulator.url}', stdin=f'\t{PRACTICE_KEY} \r\n').expect(0)
    assert 'SecretId' in result.err and 'SecretKey' in result.err, result.err
    place.run('purge', stdin=lines(directories(1))).expect(0)


# What is refused: arguments after the name, standard input, kind.
REFUSED = {
    'no SecretId': ([], 'key\n', 'invalid-input'),
    'no SecretKey': (['--secret-id=AKIDx'], '', 'invalid-input'),
    'an empty SecretKey': (['--secret-id=AKIDx'], ' \n', 'invalid-input'),
    'no token': (['--secret-id=AKIDx', '--token'], 'key\n', 'invalid-input'),
    'a blank in the key': (['--secret-id=AKIDx'], 'two words\n', 'invalid-input'),
    'an endless key': (['--secret-id=AKIDx'], 'k' * 100_000 + '\n', 'invalid-input'),
    'an unknown API': (['--secret-id=AKIDx', '--api=3'], 'key\n', 'usage'),
    'a form for API 3.0': (['--secret-id=AKIDx', '--api=3.0', '--form=get'], 'key\n', 'usage'),
    'a signature for API 3.0': (['--secret-id=AKIDx', '--api=3.0-intl', '--signature=HmacSHA1'],
                                'key\n', 'usage'),
    'an unknown form': (['--secret-id=AKIDx', '--form=put'], 'key\n', 'usage'),
    'an unknown signature': (['--secret-id=AKIDx', '--signature=MD5'], 'key\n', 'usage'),
    'a quota of nothing': (['--secret-id=AKIDx', '--quota=0'], 'key\n', 'usage'),
    'a quota that is a word': (['--secret-id=AKIDx', '--quota=many'], 'key\n', 'usage'),
    'a second name': (['--secret-id=AKIDx', 'other'], 'key\n', 'usage'),
    'a key as an option': (['--secret-id=AKIDx', '--secret-key=key'], 'key\n', 'usage'),
    'plain http': (['--secret-id=AKIDx', '--endpoint=http://cdn.api.qcloud.com'], 'key\n',
                   'invalid-input'),
    'an endpoint with a path': (['--secret-id=AKIDx', '--endpoint=https://a.example/v2'], 'key\n',
                                'invalid-input'),
    'a name for an address': (['--secret-id=AKIDx', '--endpoint=http://localhost:80'], 'key\n',
                              'invalid-input'),
}


def make_refused(arguments, stdin, kind):
    def test(place):
        result = place.run('--json', 'accounts', 'add', 'shop', *arguments, stdin=stdin)
        error = result.json(2, ONE_ACCOUNT)['error']
        assert error['kind'] == kind, error
        assert names(place) == []
    return test


def test_bad_names(place):
    """2: a name that nobody could read again is refused"""
    for name in ('', '  ', 'a\x1b[31mb', 'a\u202eb', 'x' * 81, b'\xff'):
        place.run('accounts', 'add', name, '--secret-id=AKIDx', stdin='key\n').expect(2)
    place.run('accounts', 'add', '--secret-id=AKIDx', stdin='key\n').expect(2)
    assert names(place) == []


def test_locked(place):
    """4: locked is not absent; a dismissed prompt sends nothing, an answered one sends"""
    simulator = place.ready()
    lock_keyring()
    account, = place.run('--json', 'accounts', 'list').json(0, ACCOUNTS)['accounts']
    assert account['locked'] is True, account
    assert 'locked' in place.run('accounts', 'list').expect(0).out
    answer_prompt('cancel')
    report = place.run('--json', 'purge', stdin=lines(directories(1)),
                       environment=LEAKY).report(4)
    assert report['error']['kind'] == 'keyring-locked' and report['submission'] is None, report
    assert not simulator.log()
    answer_prompt(f'password={KEYRING_PASSWORD}')
    place.run('purge', stdin=lines(directories(1)), environment=LEAKY).expect(0)
    account, = place.run('--json', 'accounts', 'list').json(0, ACCOUNTS)['accounts']
    assert account['locked'] is False, account


def test_no_keyring(place):
    """4: without a keyring service nothing is sent or added, and accounts are still listed"""
    simulator = place.ready()
    nobody = {'DBUS_SESSION_BUS_ADDRESS': f'unix:path={place.folder}/nobody'}
    report = place.run('--json', 'purge', stdin=lines(directories(1)),
                       environment=nobody).report(4)
    assert report['error']['kind'] == 'keyring-unavailable', report
    listed = place.run('--json', 'accounts', 'list', environment=nobody)
    assert listed.json(0, ACCOUNTS)['accounts'][0]['locked'] is None
    assert 'cdn-purge-cli: ' in listed.err
    added = place.run('--json', 'accounts', 'add', 'other', '--secret-id=AKIDx', stdin='key\n',
                      environment=nobody)
    assert added.json(4, ONE_ACCOUNT)['error']['kind'] == 'keyring-unavailable'
    assert names(place) == ['shop'] and not simulator.log()


def test_foreign_database(place):
    """4: a database that is not ours is left as it is, and the error names its kind"""
    place.add_account(closed_port())
    database, = (path for path in place.folder.rglob('*.sqlite'))
    for extra in place.folder.rglob('*.sqlite-*'):
        extra.unlink()
    foreign = sqlite3.connect(database)
    foreign.execute('PRAGMA application_id = 4711')
    foreign.close()
    before = database.read_bytes()
    listed = place.run('--json', 'accounts', 'list').json(4, ACCOUNTS)
    assert listed['error']['kind'] == 'storage-damaged', listed
    report = place.run('--json', 'purge', stdin=lines(directories(1))).report(4)
    assert report['error']['kind'] == 'storage-damaged'
    assert database.read_bytes() == before


def test_damaged_database(place):
    """what is no database is moved aside, not deleted, and a new one is begun"""
    place.add_account(closed_port())
    database, = (path for path in place.folder.rglob('*.sqlite'))
    for extra in place.folder.rglob('*.sqlite-*'):
        extra.unlink()
    database.write_bytes(b'not a database' * 100)
    assert place.run('--json', 'accounts', 'list').json(0, ACCOUNTS)['accounts'] == []
    aside, = place.folder.rglob('*.damaged-*')
    assert aside.read_bytes() == b'not a database' * 100


def test_modes(place):
    """what is written is for this person only, whatever the umask"""
    before = os.umask(0)
    try:
        place.ready()
        place.run('purge', stdin=lines(directories(1))).expect(0)
    finally:
        os.umask(before)
    folder = pathlib.Path(place.environment['XDG_DATA_HOME']) / 'cdn-purge'
    assert folder.stat().st_mode & 0o777 == 0o700
    for path in folder.rglob('*'):
        assert path.stat().st_mode & 0o077 == 0, path


if __name__ == '__main__':
    main(collect(globals()) + [(f'2: {name}', make_refused(*case))
                               for name, case in REFUSED.items()])
