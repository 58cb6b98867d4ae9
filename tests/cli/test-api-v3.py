# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""What an account of API 3.0 can do: purge, be refused, be asked what became of it, try again."""

import csv
import io

from clitest import PRACTICE_ID, QUOTA, collect, directories, lines, main

PURGE, LOOK_UP, QUESTION = 'PurgePathCache', 'DescribePurgeTasks', 'DescribePurgeQuota'
KINDS = ('3.0', '3.0-intl')


def ready(place, *options, api='3.0', batch=20, **key):
    simulator = place.simulator(f'--batch={batch}', *options)
    place.add_account(simulator.url, 'shop', f'--api={api}', '--quota=1000', **key)
    return simulator


def purge(place, count, *options, host='www.example.com'):
    return place.run('--json', 'purge', '--yes', *options, stdin=lines(directories(count, host)))


def verdicts(simulator):
    """What was answered, but for the question how much a request may hold."""
    return [(entry['action'], entry['verdict'], entry['executed']) for entry in simulator.log()
            if entry['action'] != QUESTION]


def executed(simulator):
    return sorted(url for entry in simulator.log()
                  if entry['action'] == PURGE and entry['executed'] for url in entry['directories'])


def count_look_ups(simulator):
    return sum(entry['action'] == LOOK_UP for entry in simulator.log())


def make_purge(api):
    def test(place):
        simulator = ready(place, api=api)
        report = purge(place, 45).report(0)
        assert [len(batch['directories']) for batch in report['batches']] == [20, 20, 5], report
        # Nothing but words and an id: there is no code for a success.
        assert all(batch['taskId'] and batch['code'] is None for batch in report['batches']), report
        assert executed(simulator) == sorted(directories(45))
        assert verdicts(simulator) == 3 * [(PURGE, 0, True)], simulator.log()
        purge(place, 1, '--mode=all', host='other.example.com').report(0)
        assert place.run('--json', 'show', '1').report(0)['batches'] == report['batches']
        local = place.run('--json', 'quota').json(0, QUOTA)['local']
        assert (local['used'], local['total']) == (46, 1000), local
    test.__doc__ = f'0: {api} purges in batches, shows them, and counts them'
    return test


test_purge = make_purge('3.0')
test_purge_international = make_purge('3.0-intl')


def test_token(place):
    """0: the token of a temporary key goes along"""
    simulator = place.simulator('--secret-id=AKIDx', '--token', secret='secret\ntoken\n')
    place.run('accounts', 'add', 'shop', '--secret-id=AKIDx', '--api=3.0', '--token',
              f'--endpoint={simulator.url}', stdin='secret\ntoken\n').expect(0)
    purge(place, 1).report(0)


def test_batches(place):
    """0: a request holds as many as the server says, which is asked where there are many"""
    simulator = ready(place, batch=7)
    assert [len(batch['directories']) for batch in purge(place, 24).report(0)['batches']] == \
        [7, 7, 7, 3]
    assert executed(simulator) == sorted(directories(24))
    assert [entry['action'] for entry in simulator.log()].count(QUESTION) == 1
    purge(place, 7, host='other.example.com').report(0)
    assert [entry['action'] for entry in simulator.log()].count(QUESTION) == 1, 'asked for nothing'


def test_batches_not_told(place):
    """0: where the server does not say how many, twenty go into a request, and that is said"""
    simulator = ready(place, '--fail=UnauthorizedOperation.CdnCamUnauthorized@1')
    result = purge(place, 25)
    assert [len(batch['directories']) for batch in result.report(0)['batches']] == [20, 5]
    assert 'DescribePurgeQuota' in result.err, result.err
    assert executed(simulator) == sorted(directories(25))


def test_unknown_host(place):
    """1: a host that Tencent does not know is refused by a code that is a word, and explained"""
    code = 'ResourceNotFound.CdnHostNotExists'
    simulator = ready(place)
    report = purge(place, 2, host='www.example.invalid').report(1)
    batch, = report['batches']
    assert batch['state'] == 'rejected' and batch['code'] == code and batch['message'], batch
    assert 'not a CDN domain of this account' in batch['explanation'], batch
    human = place.run('show', '1').expect(1)
    assert code in human.out, human.out
    row, _ = csv.DictReader(io.StringIO(place.run('history', '--format=csv').expect(0).out))
    assert (row['state'], row['code']) == ('rejected', code), row
    assert verdicts(simulator) == [(PURGE, code, False)]


def make_stopped(code, *options, **key):
    """A refusal that speaks of the key or the account ends the run."""
    def test(place):
        simulator = ready(place, *options, **key)
        report = purge(place, 45).report(1)
        batch = report['batches'][0]
        assert batch['code'] == code and batch['explanation'], batch
        assert (report['rejected'], report['waiting']) == (20, 25), report
        assert verdicts(simulator) == [(PURGE, code, False)], simulator.log()
    test.__doc__ = f'1: {code} ends the run'
    return test


test_wrong_key = make_stopped('AuthFailure.SignatureFailure', key='wrong')
test_unknown_id = make_stopped('AuthFailure.SecretIdNotFound', secret_id=f'{PRACTICE_ID}x')
test_no_right = make_stopped('UnauthorizedOperation.CdnCamUnauthorized',
                             '--fail=UnauthorizedOperation.CdnCamUnauthorized')


def test_used_up(place):
    """1: a day's quota that is used up ends the run: of many batches no more than go side by side"""
    code = 'LimitExceeded.CdnPurgePathExceedDayLimit'
    simulator = ready(place, '--quota=20')
    report = purge(place, 165).report(1)
    codes = {batch['code'] for batch in report['batches'] if batch['state'] == 'rejected'}
    assert codes == {code} and report['accepted'] == 20 and report['waiting'] >= 25, report
    assert executed(simulator) == sorted(directories(20))
    assert 1 <= verdicts(simulator).count((PURGE, code, False)) <= 6, simulator.log()


def test_too_fast(place):
    """0: what is too much at once was not carried out, and is sent again by itself"""
    simulator = ready(place, '--fail=RequestLimitExceeded@2')
    report = purge(place, 25).report(0)
    assert report['accepted'] == 25
    assert verdicts(simulator) == [(PURGE, 'RequestLimitExceeded', False),
                                   (PURGE, 0, True), (PURGE, 0, True)], simulator.log()


def test_internal_error(place):
    """3: an error inside the server proves nothing; it is looked up, and not sent again"""
    simulator = ready(place, '--fail=InternalError.CdnSystemError@1')
    report = purge(place, 3).report(3)
    assert report['unknown'] == 3 and report['batches'][0]['code'] == 'InternalError.CdnSystemError'
    assert place.run('--json', 'check', '1').report(3)['error'] is None
    assert place.run('--json', 'retry', '1').report(3)['unknown'] == 3
    assert not executed(simulator) and count_look_ups(simulator) == 1


def make_lost(api):
    def test(place):
        simulator = place.simulator()
        wire = place.wire(simulator, f'--api={api}')
        place.kill_in_mid_request(wire, 'answers', 3)
        assert 'cdn-purge-cli check 1' in place.run('show', '1').expect(3).err
        report = place.run('--json', 'check', '1').report(0)
        assert report['accepted'] == 3 and report['error'] is None, report
        assert verdicts(simulator) == [(PURGE, 0, True), (LOOK_UP, 0, False)], simulator.log()
        assert '3 done' in place.run('show', '1').expect(0).out
    test.__doc__ = f'0: {api} finds what was executed and not answered'
    return test


test_lost_answer = make_lost('3.0')
test_lost_answer_international = make_lost('3.0-intl')


def test_lost_request(place):
    """3: what never arrived is not found and stays unknown; sent as new it is purged once"""
    simulator = place.simulator()
    wire = place.wire(simulator, '--api=3.0')
    place.kill_in_mid_request(wire, 'requests', 3)
    report = place.run('--json', 'check', '1').report(3)
    assert report['unknown'] == 3 and report['error'] is None, report
    assert place.run('--json', 'retry', '1').report(3)['unknown'] == 3
    assert not executed(simulator) and count_look_ups(simulator) == 1
    report = place.run('--json', 'retry', '--unknown', '1').report(0)
    assert [batch['state'] for batch in report['batches']] == ['superseded', 'accepted'], report
    assert executed(simulator) == directories(3)


def test_each_once(place):
    """3: what the log has of one submission proves nothing of another of the same directories"""
    simulator = place.simulator()
    wire = place.wire(simulator, '--api=3.0')
    place.kill_in_mid_request(wire, 'answers', 2)
    place.run('check', '1').expect(0)
    place.kill_in_mid_request(wire, 'requests', 2)
    place.run('check', '2').expect(3)
    assert executed(simulator) == directories(2)


def test_look_up_refused(place):
    """3: a key that may not look up has told nothing"""
    simulator = place.simulator('--fail=UnauthorizedOperation.CdnCamUnauthorized@2')
    wire = place.wire(simulator, '--api=3.0')
    place.kill_in_mid_request(wire, 'answers', 1)
    assert place.run('--json', 'check', '1').report(3)['error']['kind'] == 'look-up-failed'
    assert place.run('--json', 'check', '1').report(0)['accepted'] == 1


def test_retry(place):
    """0: what was refused is sent again, and what was accepted is not"""
    simulator = ready(place, '--fail=ResourceNotFound.CdnHostNotExists@3', '--quota=1000')
    assert purge(place, 45).report(1)['rejected'] in (5, 20)
    report = place.run('--json', 'retry', '--yes', '1').report(0)
    assert report['accepted'] == 45
    assert executed(simulator) == sorted(directories(45)), 'not each once'


if __name__ == '__main__':
    main(collect(globals()))
