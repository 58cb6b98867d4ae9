# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""`quota`: this computer's count, and beside it the server's where its API tells."""

from clitest import QUOTA, closed_port, collect, directories, lines, main

ACTION = 'DescribePurgeQuota'


def ask(place):
    result = place.run('--json', 'quota')
    return result.json(0, QUOTA), result.err


def row(batch, total, available):
    return {'batch': batch, 'total': total, 'available': available}


def make_told(api):
    def test(place):
        simulator = place.simulator('--quota=50', '--batch=39', '--area=mainland')
        place.add_account(simulator.url, 'shop', f'--api={api}', '--quota=70')
        urls = {'mainland': row(1000, 10000, 10000), 'overseas': row(1000, 10000, 10000)}
        quota, said = ask(place)
        assert quota['server'] == {'directory': {'mainland': row(39, 50, 50),
                                                 'overseas': row(39, 50, 50)}, 'url': urls}, quota
        assert (quota['local']['used'], quota['local']['total']) == (0, 70) and said == ''

        place.run('purge', stdin=lines(directories(3))).expect(0)
        quota, _ = ask(place)
        assert quota['server']['directory'] == {'mainland': row(39, 50, 47),
                                                'overseas': row(39, 50, 50)}, quota
        assert quota['local']['used'] == 3 and quota['local']['urls']['used'] == 0, quota
        assert not any(entry['executed'] for entry in simulator.log() if entry['action'] == ACTION)
    test.__doc__ = f'0: {api} tells what is left, by kind and area'
    return test


test_told = make_told('3.0')
test_told_international = make_told('3.0-intl')


def test_human(place):
    """0: people get a line a count, and a table of the server's"""
    simulator = place.simulator('--quota=50')
    place.add_account(simulator.url, 'shop', '--api=3.0')
    out = place.run('quota').expect(0).out.splitlines()
    assert '0 of 100 directories' in out[0] and '0 of 10000 URLs' in out[1], out
    assert out[3].split()[:4] == ['KIND', 'AREA', 'LEFT', 'TOTAL'], out
    assert ['directories', 'mainland', '50', '50', '500'] in [line.split() for line in out], out
    assert len(out) == 8, out


def test_not_told(place):
    """0: API 2.0 does not tell, so that it is not asked"""
    simulator = place.ready()
    quota, said = ask(place)
    assert quota['server'] is None and said == '' and not simulator.log(), (quota, said)


def make_not_answered(what, why, *options):
    def test(place):
        url = place.simulator(*options).url if options else closed_port()
        place.add_account(url, 'shop', '--api=3.0')
        quota, said = ask(place)
        assert quota['server'] is None and quota['local']['used'] == 0, quota
        assert said.count('\n') == 1 and why in said, said
        assert why in place.run('quota').expect(0).err
    test.__doc__ = f'0: {what}, its count is not there, and that is said'
    return test


test_not_allowed = make_not_answered('where the key may not ask', 'DescribePurgeQuota',
                                     '--fail=UnauthorizedOperation.CdnCamUnauthorized')
test_not_reached = make_not_answered('where the server cannot be reached', 'did not say')


def test_wrong_key(place):
    """0: a key that the server does not know tells nothing"""
    simulator = place.simulator()
    place.add_account(simulator.url, 'shop', '--api=3.0', key='wrong')
    quota, said = ask(place)
    assert quota['server'] is None and 'SecretKey' in said, said


if __name__ == '__main__':
    main(collect(globals()))
