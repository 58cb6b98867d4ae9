# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""What was accepted is followed until it is done: by `--wait`, and by `check`."""

import datetime
import json
import signal

from clitest import HISTORY, collect, directories, http_answer, lines, main, until

LOOK_UPS = ('GetCdnRefreshLog', 'DescribePurgeTasks')
TASK = '1700000001-abcdefgh'
ACCEPTED = f'{{"Response":{{"TaskId":"{TASK}","RequestId":"1"}}}}'


def look_ups(simulator):
    return sum(entry['action'] in LOOK_UPS for entry in simulator.log())


def log_answer(status, urls):
    """What the log of API 3.0 says of one purge, made just now."""
    now = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8)))
    records = [{'TaskId': TASK, 'Url': url, 'Status': status, 'PurgeType': 'path',
                'FlushType': 'flush', 'CreateTime': f'{now:%Y-%m-%d %H:%M:%S}'} for url in urls]
    return http_answer(json.dumps({'Response': {'PurgeLogs': records, 'RequestId': '2',
                                                'TotalCount': len(records)}}))


def states(report):
    return [batch['state'] for batch in report['batches']]


def check_history(place, report):
    """The history counts as the report does."""
    submission, = place.run('--json', 'history').json(0, HISTORY)['submissions']
    for count in ('accepted', 'rejected', 'unknown', 'waiting', 'done', 'failed'):
        assert submission[count] == report[count], (count, submission, report)


def make_done(api):
    def test(place):
        simulator = place.simulator()
        place.add_account(simulator.url, 'shop', f'--api={api}')
        result = place.run('--json', 'purge', '--wait',
                           stdin=lines(directories(3) + [f'url {url}x' for url in directories(2)]))
        report = result.report(0)
        assert states(report) == ['done', 'done'], report
        assert (report['accepted'], report['done'], report['failed']) == (5, 5, 0), report
        assert 'Ctrl+C' in result.err and '5 done, 0 failed, of 5' in result.err, result.err
        assert look_ups(simulator) == 2
        assert states(place.run('--json', 'show', '1').report(0)) == ['done', 'done']
        check_history(place, report)
    test.__doc__ = f'0: {api}: everything is done'
    return test


test_done = make_done('2.0')
test_done_v3 = make_done('3.0')


def test_failed(place):
    """1: what was accepted and failed later is refused, and can be sent again"""
    urls = directories(2)
    script = place.script(http_answer(ACCEPTED), log_answer('fail', urls), http_answer(ACCEPTED))
    place.add_account(script.url, 'shop', '--api=3.0')
    result = place.run('--json', 'purge', '--wait', stdin=lines(urls))
    report = result.report(1)
    assert states(report) == ['failed'] and report['failed'] == 2, report
    assert '0 done, 2 failed, of 2' in result.err, result.err
    assert 'cdn-purge-cli retry 1' in result.err, result.err
    check_history(place, report)
    report = place.run('--json', 'retry', '1').report(0)
    assert states(report) == ['superseded', 'accepted']
    check_history(place, report)


def test_lost(place):
    """0: what was lost on its way is found, and done"""
    urls = directories(2)
    script = place.script(None, log_answer('done', urls))
    place.add_account(script.url, 'shop', '--api=3.0')
    assert states(place.run('--json', 'purge', '--wait', stdin=lines(urls)).report(0)) == ['done']


def test_rejected(place):
    """1: where nothing was accepted there is nothing to wait for"""
    simulator = place.simulator('--fail=ResourceNotFound.CdnHostNotExists')
    place.add_account(simulator.url, 'shop', '--api=3.0')
    result = place.run('--json', 'purge', '--wait', stdin=lines(directories(1)))
    assert result.report(1)['rejected'] == 1 and 'Ctrl+C' not in result.err, result.err
    assert not look_ups(simulator)


def test_interrupted(place):
    """3: Ctrl+C ends the waiting and not the purge, of which it is not known whether it is done"""
    simulator = place.simulator('--task-time=600000')
    place.add_account(simulator.url, 'shop', '--api=3.0')
    process = place.start('--json', 'purge', '--wait')
    process.stdin.write(lines(directories(2)).encode())
    process.stdin.close()
    process.stdin = None
    until(lambda: look_ups(simulator), 'the first look-up')
    process.send_signal(signal.SIGINT)
    result = place.finish(process)
    report = result.report(3)
    assert states(report) == ['accepted'] and report['error']['kind'] == 'cancelled', report
    assert 'cdn-purge-cli check 1' in result.err, result.err
    # Without waiting for it, it is what it is.
    result = place.run('--json', 'check', '1')
    assert states(result.report(0)) == ['accepted'] and 'not known to be done' in result.err
    assert place.run('--json', 'show', '1').report(0)['accepted'] == 2


def test_not_told(place):
    """3: a server that refuses to tell is not asked again and again"""
    simulator = place.simulator('--fail=UnauthorizedOperation.CdnCamUnauthorized@2')
    place.add_account(simulator.url, 'shop', '--api=3.0')
    report = place.run('--json', 'purge', '--wait', stdin=lines(directories(1))).report(3)
    assert report['error']['kind'] == 'look-up-failed' and look_ups(simulator) == 1, report


def test_dry_run(place):
    """0: what is not sent is not waited for"""
    place.run('purge', '--dry-run', '--wait', stdin=lines(directories(1))).expect(0)


def make_check(api):
    def test(place):
        simulator = place.simulator()
        place.add_account(simulator.url, 'shop', f'--api={api}')
        place.run('purge', stdin=lines(directories(25))[:-1]).expect(2)
        place.run('purge', '--yes', stdin=lines(directories(25))).expect(0)
        report = place.run('--json', 'check', '1').report(0)
        assert set(states(report)) == {'done'} and report['done'] == 25, report
        assert '25 done' in place.run('show', '1').expect(0).out
    test.__doc__ = f'0: {api}: a check finds out that what was accepted is done'
    return test


test_check = make_check('2.0')
test_check_v3 = make_check('3.0')


if __name__ == '__main__':
    main(collect(globals()))
