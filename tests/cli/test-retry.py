# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""`check` and `retry`: what is unknown becomes known, what was refused or waits is sent, and nothing
is sent that may have been executed, unless somebody says so."""

import signal
import sqlite3
import time

from clitest import (Terminal, closed_port, collect, directories, http_answer, lines, main, until)

PURGE, LOOK_UP = 'RefreshCdnDir', 'GetCdnRefreshLog'
TOO_MANY = http_answer('', '429 Too Many Requests\r\nRetry-After: 45')
OK = '{"code":0,"message":"","codeDesc":"Success","data":{"count":20,"task_id":"1700000001"}}'


def purges(simulator):
    """The directories of every purge that arrived, and whether it was executed."""
    return [(entry['directories'], entry['executed']) for entry in simulator.log()
            if entry['action'] == PURGE]


def executed(simulator):
    return sorted(url for urls, was in purges(simulator) if was for url in urls)


def look_ups(simulator):
    return sum(entry['action'] == LOOK_UP for entry in simulator.log())


def states(report):
    return [batch['state'] for batch in report['batches']]


def test_check_executed(place):
    """0: the program died after the server had executed it; the log proves it"""
    simulator = place.simulator()
    wire = place.wire(simulator)
    place.kill_in_mid_request(wire, 'answers', 3)
    shown = place.run('show', '1').expect(3)
    assert 'unknown' in shown.out and 'cdn-purge-cli check 1' in shown.err, shown.raw
    report = place.run('--json', 'check', '1').report(0)
    assert states(report) in (['accepted'], ['done']) and report['accepted'] == 3, report
    assert report['error'] is None
    assert purges(simulator) == [(directories(3), True)], 'sent again'
    shown = place.run('show', '1').expect(0)
    assert 'Looked up 1 time, last at ' in shown.out and '3 done' in shown.out, shown.out


def test_check_not_executed(place):
    """3: a request that never arrived is not found and stays unknown, however often it is asked"""
    simulator = place.simulator()
    wire = place.wire(simulator)
    place.kill_in_mid_request(wire, 'requests', 3)
    for number in (1, 2):
        report = place.run('--json', 'check', '1').report(3)
        assert states(report) == ['unknown'] and report['error'] is None, report
        assert look_ups(simulator) == number
    human = place.run('check', '1').expect(3)
    assert 'Looked up 3 times' in human.out and 'does not prove' in human.err, human.raw
    assert not purges(simulator), 'sent by a check'


def test_check_each_once(place):
    """3: what the log has of one submission proves nothing of another one of the same directories"""
    simulator = place.simulator()
    wire = place.wire(simulator)
    place.kill_in_mid_request(wire, 'answers', 2)
    place.run('check', '1').expect(0)
    place.run('purge', stdin=lines(directories(2))).expect(0)
    place.kill_in_mid_request(wire, 'requests', 2)
    place.run('check', '3').expect(3)
    assert len(purges(simulator)) == 2


def test_check_nothing(place):
    """where nothing is unknown or under way nobody is asked, and the code is that of the submission"""
    simulator = place.ready('--fail=9110@2')
    place.run('purge', stdin=lines(directories(1))).expect(0)
    place.run('purge', stdin=lines(directories(1))).expect(1)
    place.run('purge', stdin=lines(directories(1, start=1))).expect(0)
    assert place.run('--json', 'check', '1').report(0)['done'] == 1
    assert 'nothing was asked' in place.run('check', '1').expect(0).err
    assert place.run('--json', 'check', '2').report(1)['rejected'] == 1
    assert look_ups(simulator) == 1
    place.run('accounts', 'remove', 'shop').expect(0)
    place.run('check', '1').expect(0)
    assert place.run('--json', 'check', '3').report(2)['error']['kind'] == 'not-found'
    assert look_ups(simulator) == 1


def test_check_without_server(place):
    """3: the server cannot be asked: still unknown, and said why"""
    script = place.script(None)
    place.add_account(script.url)
    place.run('purge', stdin=lines(directories(2))).expect(3)
    result = place.run('--json', 'check', '1')
    report = result.report(3)
    assert report['unknown'] == 2 and report['error']['kind'] == 'look-up-failed', report
    assert report['error']['sentence'] in result.err, result.err
    human = place.run('check', '1').expect(3)
    assert 'could not be asked' in human.err and '2 unknown' in human.out, human.raw


def test_check_refused(place):
    """3: a server that refuses the look-up has told nothing"""
    simulator = place.simulator('--fail=4101@2')
    wire = place.wire(simulator)
    place.kill_in_mid_request(wire, 'answers', 1)
    assert place.run('--json', 'check', '1').report(3)['error']['kind'] == 'look-up-failed'
    assert place.run('--json', 'check', '1').report(0)['accepted'] == 1


def test_check_interrupted(place):
    """3: a look-up that is cancelled ends soon, and has changed nothing"""
    simulator = place.simulator()
    wire = place.wire(simulator)
    place.kill_in_mid_request(wire, 'answers', 1)
    for number in (signal.SIGINT, signal.SIGTERM):
        wire.keeps, kept = 'answers', wire.kept
        process = place.start('--json', 'check', '1')
        until(lambda: wire.kept > kept, 'the look-up')
        process.send_signal(number)
        report = place.finish(process).report(3)
        assert report['unknown'] == 1 and report['error'], report
    wire.keeps = None
    place.run('check', '1').expect(0)


def test_no_account(place):
    """2: whose account is gone can be shown, and neither checked nor retried"""
    simulator = place.simulator('--fail=9110@2')
    wire = place.wire(simulator)
    place.kill_in_mid_request(wire, 'answers', 1)
    place.run('purge', stdin=lines(directories(1))).expect(1)
    place.add_account(simulator.url, 'other')
    for arguments in (['check', '1'], ['retry', '2']):
        for options in (['--account=other'], ['--account=none']):
            place.run('--json', *options, *arguments).report(2)
    place.run('accounts', 'remove', 'shop').expect(0)
    for arguments in (['check', '1'], ['retry', '2'], ['retry', '--unknown', '1']):
        report = place.run('--json', *arguments).report(2)
        assert report['error']['kind'] == 'not-found' and 'shop' in report['error']['sentence']
        assert place.run(*arguments).expect(2).out == ''
    place.run('show', '1').expect(3)
    place.run('show', '2').expect(1)
    assert len(simulator.log()) == 2


def test_retry_rejected(place):
    """0: what was rejected is sent again, and what was accepted is not"""
    simulator = place.ready('--fail=9110@2', '--quota=1000')
    report = place.run('--json', 'purge', '--yes', stdin=lines(directories(45))).report(1)
    rejected = [batch['directories'] for batch in report['batches'] if batch['state'] == 'rejected']
    assert len(rejected) == 1, report
    again = place.run('--json', 'retry', '--yes', '1').report(0)
    assert again['accepted'] == 45 and sorted(states(again)) == \
        ['accepted', 'accepted', 'accepted', 'superseded'], again
    assert again['batches'][3]['directories'] == rejected[0]
    assert executed(simulator) == sorted(directories(45)), 'not each once'
    assert place.run('--json', 'show', '1').report(0)['accepted'] == 45


def test_retry_still_rejected(place):
    """1: what is rejected again is rejected; retried again, it is sent again"""
    simulator = place.ready()
    urls = directories(2, host='www.example.invalid')
    place.run('purge', stdin=lines(urls)).expect(1)
    for n_batches in (2, 3):
        report = place.run('--json', 'retry', '1').report(1)
        assert report['rejected'] == 2
        assert states(report) == ['superseded'] * (n_batches - 1) + ['rejected'], report
    assert len(simulator.log()) == 3


def test_retry_after_quota(place):
    """0: the quota ended the run; later what was refused and what waits is sent, each once"""
    simulator = place.ready('--fail=22046@1', '--quota=1000')
    report = place.run('--json', 'purge', '--yes', stdin=lines(directories(65))).report(1)
    assert (report['rejected'], report['waiting']) == (20, 45), report
    again = place.run('--json', 'retry', '--yes', '1').report(0)
    assert again['accepted'] == 65, again
    assert executed(simulator) == sorted(directories(65)), 'not each once'
    assert len(simulator.log()) == 5


def test_retry_waiting(place):
    """0: nothing was sent, since there was no server; what waits is sent when there is one"""
    url = closed_port()
    place.add_account(url)
    first = place.run('purge', '--yes', stdin=lines(directories(25))).expect(4)
    assert 'cdn-purge-cli retry 1' in first.err, first.err
    assert place.run('--json', 'retry', '--yes', '1').report(4)['error']['kind'] == 'no-connection'
    simulator = place.simulator(f"--port={url.rsplit(':', 1)[1]}")
    report = place.run('--json', 'retry', '--yes', '1').report(0)
    assert states(report) == ['accepted', 'accepted'] and report['accepted'] == 25, report
    assert executed(simulator) == sorted(directories(25))


def test_retry_nothing(place):
    """where there is nothing to retry the code is that of the submission, and nothing is sent"""
    simulator = place.simulator()
    wire = place.wire(simulator)
    place.run('purge', stdin=lines(directories(1))).expect(0)
    place.kill_in_mid_request(wire, 'answers', 1)
    assert 'nothing was sent' in place.run('retry', '1').expect(0).err
    assert place.run('--json', 'retry', '1').report(0)['accepted'] == 1
    assert place.run('--json', 'retry', '2').report(3)['unknown'] == 1
    assert place.run('--json', 'retry', '--unknown', '1').report(0)['accepted'] == 1
    assert len(purges(simulator)) == 2


def test_retry_leaves_unknown(place):
    """3: what is unknown is no part of it; the rest is sent"""
    script = place.script(http_answer('{"code":"0"}'), http_answer(OK))
    place.add_account(script.url)
    report = place.run('--json', 'purge', '--yes', stdin=lines(directories(25))).report(3)
    assert (report['unknown'], report['waiting']) == (20, 5), report
    report = place.run('--json', 'retry', '1').report(3)
    assert states(report) == ['unknown', 'accepted'], report


def test_retry_unknown(place):
    """0: with --unknown what is unknown is sent as new, and the cost is said"""
    simulator = place.simulator()
    wire = place.wire(simulator)
    place.kill_in_mid_request(wire, 'requests', 3)
    result = place.run('--json', 'retry', '--unknown', '1')
    report = result.report(0)
    assert states(report) == ['superseded', 'accepted'] and report['accepted'] == 3, report
    assert '3 directories' in result.err and 'a second time' in result.err, result.err
    assert executed(simulator) == sorted(directories(3))
    assert 'submitted again as batch 2' in place.run('show', '1').expect(0).out
    # Superseded is not looked up any more, what was accepted is.
    assert states(place.run('--json', 'check', '1').report(0)) == ['superseded', 'done']
    assert look_ups(simulator) == 1


def test_retry_all(place):
    """0: refused, unknown and waiting in one run"""
    simulator = place.simulator('--fail=22046@1', '--quota=1000')
    wire = place.wire(simulator)
    place.run('purge', '--yes', stdin=lines(directories(45))).expect(1)
    wire.keeps = 'requests'
    process = place.start('retry', '--yes', '1')
    until(lambda: wire.kept > 0, 'a request')
    process.kill()
    place.finish(process)
    wire.keeps = None
    before = place.run('--json', 'show', '1').report(3)
    assert before['unknown'] == 20 and before['waiting'] == 25, before
    report = place.run('--json', 'retry', '--yes', '--unknown', '1').report(0)
    assert report['accepted'] == 45, report
    assert executed(simulator) == sorted(directories(45)), 'not each once'


def test_retry_asks(place):
    """2 without a terminal, and a question on it, in the same cases as a purge"""
    simulator = place.simulator()
    wire = place.wire(simulator)
    place.kill_in_mid_request(wire, 'requests', 21)
    error = place.run('--json', 'retry', '--unknown', '1').report(2)['error']
    assert error['kind'] == 'declined' and '--yes' in error['sentence'], error
    for typed, code in (('n\n', 4), ('y\n', 0)):
        assert not simulator.log(), 'sent before the answer'
        terminal = Terminal(place, ['--json', 'retry', '--unknown', '1'])
        terminal.wait_for('[y/N]')
        assert b'21 Directories?' in terminal.shown and b'a second time' in terminal.shown, \
            terminal.shown
        terminal.type(typed)
        terminal.end().report(code)
    assert executed(simulator) == sorted(directories(21))


def test_two_retries(place):
    """two at once: each batch is sent once, by one of them, and what is left by a third"""
    simulator = place.ready('--fail=22046@1', '--quota=1000', '--latency=200')
    place.run('purge', '--yes', stdin=lines(directories(85))).expect(1)
    both = [place.start('--json', 'retry', '--yes', '1') for _ in range(2)]
    codes = [place.finish(process).code for process in both]
    # Who comes second may see some under way, or all of it still waiting.
    assert all(code in (0, 3, 4, 5) for code in codes), codes
    assert place.run('--json', 'retry', '--yes', '1').report(0)['accepted'] == 85
    assert executed(simulator) == sorted(directories(85)), 'not each once'
    assert len(simulator.log()) == 6, simulator.log()


def test_practice(place):
    """2: what was practised has no number that could be retried or checked"""
    place.run('purge', '--practice', stdin=lines(directories(1))).expect(0)
    for command in ('check', 'retry', 'show'):
        place.run(command, '1').expect(2)


def test_interrupted_wait(place):
    """4: a run that waits to try again ends at once when it is cancelled, and what waits waits"""
    script = place.script(TOO_MANY, TOO_MANY)
    place.add_account(script.url)
    for number in (signal.SIGTERM, signal.SIGINT):
        n_before = len(script.requests)
        terminal = Terminal(place, ['--json', 'purge', place.write('list', lines(directories(2)))])
        terminal.wait_for('Trying again in 45 s.')
        start = time.monotonic()
        terminal.process.send_signal(number)
        report = terminal.end().report(4)
        # Far from what it would have waited.
        assert time.monotonic() - start < 20
        assert report['waiting'] == 2 and report['error']['kind'] == 'cancelled-before', report
        assert len(script.requests) == n_before + 1


def test_hints(place):
    """what is left says which command goes on with it, and what is done says nothing"""
    script = place.script(None)
    place.add_account(script.url)
    result = place.run('purge', stdin=lines(directories(1))).expect(3)
    assert 'cdn-purge-cli check 1' in result.err and 'retry' not in result.err, result.err
    place.run('accounts', 'remove', 'shop').expect(0)
    place.ready('--fail=9110@1')
    result = place.run('purge', stdin=lines(directories(1))).expect(1)
    assert 'cdn-purge-cli retry 2' in result.err and 'check' not in result.err, result.err
    assert place.run('retry', '2').expect(0).err == ''


def hold_database(place):
    """Keeps everybody else from writing to the database."""
    path, = place.folder.rglob('*.sqlite')
    database = sqlite3.connect(path, timeout=60, isolation_level=None)
    database.execute('BEGIN IMMEDIATE')
    return database


def purge_onto_held_disk(place):
    wire = place.wire(place.simulator())
    wire.keeps = 'answers'
    process = place.start('--json', 'purge')
    place.feed(process, lines(directories(2)))
    until(lambda: wire.kept > 0, 'the answer')
    database = hold_database(place)
    wire.keeps = None
    wire.released.set()
    return process, database


def test_slow_disk(place):
    """0: a verdict that the disk does not take is waited with, until it does"""
    process, database = purge_onto_held_disk(place)
    assert any(b'Waiting up to' in line for line in process.stderr), 'not waited'
    database.execute('ROLLBACK')
    result = place.finish(process)
    assert result.report(0)['accepted'] == 2 and 'on the disk now' in result.err, result.err
    place.run('show', '1').expect(0)


def test_dead_disk(place):
    """3: a verdict that never gets onto the disk is no verdict; it can be checked"""
    process, database = purge_onto_held_disk(place)
    result = place.give_up_on_disk(process)
    assert result.report(3)['error']['kind'] == 'storage', result.out
    assert 'not on the disk' in result.err, result.err
    database.execute('ROLLBACK')
    place.run('show', '1').expect(3)
    place.run('check', '1').expect(0)


if __name__ == '__main__':
    main(collect(globals()))
