# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""`purge` and `show`: every exit code and what is printed with it, against a real simulator, a real
keyring and servers that misbehave."""

import json
import signal
import subprocess

from clitest import (CLI, ONLY_ERROR, REPORT, closed_port, collect, directories, http_answer, lines,
                     main, read_json, until)

OK = '{"code":0,"message":"","codeDesc":"Success","data":{"count":20,"task_id":"1700000001"}}'


def sent(simulator):
    """The directories of every request that was executed."""
    return [entry['directories'] for entry in simulator.log() if entry['executed']]


def test_accepted(place):
    """0: everything accepted, and shown again by its number"""
    simulator = place.ready()
    report = place.run('--json', 'purge', stdin=lines(directories(3))).report(0)
    assert report['accepted'] == 3
    batch, = report['batches']
    assert batch['code'] == 0 and batch['taskId'] and batch['explanation'], batch
    assert batch['directories'] == directories(3)
    assert sent(simulator) == [directories(3)]
    again = place.run('show', str(report['submission']), '--json').report(0)
    assert again == report, (again, report)
    assert len(simulator.log()) == 1, 'show asked the server'


def test_human(place):
    """0: people get a line a directory, an explanation a batch, and a summary"""
    place.ready()
    result = place.run('purge', stdin=lines(directories(2))).expect(0)
    first, second, explanation, task, summary = result.out.splitlines()
    assert [first.split(), second.split()] == [['accepted', url] for url in directories(2)]
    assert explanation.startswith('  Batch 1 of 1: ') and task.startswith('  Task ')
    assert '2 accepted' in summary and 'cdn-purge-cli show 1' in summary, summary
    assert result.err == ''


def test_rejected(place):
    """1: a host that the server does not know; the others are accepted"""
    place.ready()
    urls = directories(20) + directories(1, host='www.example.invalid') + directories(4, start=20)
    report = place.run('--json', 'purge', '--yes', stdin=lines(urls)).report(1)
    assert (report['accepted'], report['rejected']) == (20, 5), report
    rejected = report['batches'][1]
    assert rejected['state'] == 'rejected' and '9110' in rejected['message'], rejected
    assert type(rejected['code']) is int
    human = place.run('show', str(report['submission'])).expect(1).out
    assert '9110' in human and human.count('rejected') >= 5


def test_precedence(place):
    """1 outweighs 5: the quota ends in the middle, and the rest waits"""
    simulator = place.ready('--fail=22046@1')
    report = place.run('--json', 'purge', '--yes', stdin=lines(directories(45))).report(1)
    assert report['rejected'] == 20 and report['waiting'] == 25, report
    assert len(simulator.log()) == 1, 'sent on after the quota had ended'


def test_quota_in_the_middle(place):
    """1: the third request is told that the quota has ended; nothing is sent that follows"""
    simulator = place.ready('--fail=22046@3', '--quota=1000')
    report = place.run('--json', 'purge', '--yes', stdin=lines(directories(60))).report(1)
    assert report['rejected'] == 20 and report['accepted'] == 40, report
    assert len(simulator.log()) == 3


def test_unknown(place):
    """3: the connection ends after the request"""
    script = place.script(None)
    place.add_account(script.url)
    report = place.run('--json', 'purge', stdin=lines(directories(2))).report(3)
    assert report['unknown'] == 2
    assert report['batches'][0]['code'] is None and report['batches'][0]['explanation']
    assert len(script.requests) == 1, 'sent again'
    place.run('show', str(report['submission'])).expect(3)


def test_unclear(place):
    """3: an answer that is no strict success is none"""
    script = place.script(http_answer('{"code":"0"}'))
    place.add_account(script.url)
    report = place.run('--json', 'purge', stdin=lines(directories(1))).report(3)
    assert report['unknown'] == 1


def test_closed_port(place):
    """4: no connection; the directories wait, and the error says why"""
    place.add_account(closed_port())
    report = place.run('--json', 'purge', stdin=lines(directories(2))).report(4)
    assert report['waiting'] == 2 and report['error']['kind'] == 'no-connection', report
    place.run('show', str(report['submission'])).expect(4)


def test_partly(place):
    """5: the first batch accepted, then the server is gone"""
    script = place.script(http_answer(OK))
    place.add_account(script.url)
    report = place.run('--json', 'purge', '--yes', stdin=lines(directories(25))).report(5)
    assert (report['accepted'], report['waiting']) == (20, 5), report
    assert report['error'] is None


def test_cancelled(place):
    """SIGINT while the first of three requests is under way: unknown, and the rest waits"""
    simulator = place.ready('--latency=60000')
    for number in (signal.SIGINT, signal.SIGTERM):
        before = len(simulator.log())
        process = place.start('--json', 'purge', '--yes')
        process.stdin.write(lines(directories(45)).encode())
        process.stdin.close()
        process.stdin = None
        until(lambda: len(simulator.log()) > before, 'the request')
        process.send_signal(number)
        report = place.finish(process).report(3)
        assert (report['unknown'], report['waiting']) == (20, 25), report
        assert len(simulator.log()) == before + 1


def test_cancelled_twice(place):
    """a second signal ends it at once, and the next start knows nothing of the outcome"""
    simulator = place.ready('--latency=60000')
    process = place.start('purge', '--yes')
    process.stdin.write(lines(directories(1)).encode())
    process.stdin.close()
    process.stdin = None
    until(simulator.log, 'the request')
    process.kill()
    place.finish(process)
    assert place.run('--json', 'show', '1').report(3)['unknown'] == 1


def test_cancelled_while_reading(place):
    """4: SIGINT while the list is still coming"""
    place.ready()
    process = place.start('--json', 'purge')
    process.stdin.write(b'https://www.example.com/a/\n')
    process.stdin.flush()
    until(lambda: is_asleep(process.pid), 'a program that waits')
    process.send_signal(signal.SIGINT)
    out, err = process.stdout.read(), process.stderr.read()
    process.stdin.close()
    assert process.wait() == 4, err
    assert read_json(out.decode(), REPORT)['error']['kind'] == 'cancelled'


def is_asleep(pid):
    """Whether it has a second thread, the one that reads, and catches SIGINT."""
    with open(f'/proc/{pid}/status', encoding='utf-8') as status:
        fields = dict(line.split(':', 1) for line in status)
    return int(fields['Threads']) > 1 and int(fields['SigCgt'], 16) >> (signal.SIGINT - 1) & 1


def test_practice(place):
    """0: practice needs no account and leaves nothing behind"""
    report = place.run('--json', 'purge', '--practice', '--yes',
                       stdin=lines(directories(45))).report(0)
    assert report['accepted'] == 45 and len(report['batches']) == 3
    assert report['submission'] is None, 'a number that cannot be shown'
    human = place.run('purge', '--practice', stdin=lines(directories(1))).expect(0)
    assert 'nothing leaves this computer' in human.err and '1 accepted' in human.out
    left = [path for path in place.folder.rglob('*') if path.is_file()]
    assert not left, left


def test_dry_run(place):
    """0: a dry run says what would be sent in how many requests, and needs no account"""
    report = place.run('--json', 'purge', '--dry-run', stdin=lines(directories(45))).report(0)
    assert report['waiting'] == 45 and report['submission'] is None
    assert [len(batch['directories']) for batch in report['batches']] == [20, 20, 5]
    human = place.run('purge', '--dry-run', stdin=lines(directories(45))).expect(0).out
    assert '45 directories' in human and '3 requests' in human, human
    place.run('purge', '--dry-run', stdin='nonsense\n').expect(2)
    assert not list(place.folder.rglob('*')), 'something was written'


def test_forty_five_lines(place):
    """45 lines, 3 of them bad and 2 of them duplicates, are 40 directories in 2 requests"""
    simulator = place.ready()
    urls = directories(40)
    given = urls[:10] + ['ftp://www.example.com/x/', urls[3]] + urls[10:30] + \
        ['https://www.example.com/*/', 'WWW.example.com'] + urls[30:] + [urls[39]]
    assert len(given) == 45
    stopped = place.run('--json', 'purge', '--yes', stdin=lines(given)).report(2)
    assert not simulator.log(), 'one bad line, and something was sent'
    assert stopped['batches'] == [] and stopped['submission'] is None
    report = place.run('--json', 'purge', '--yes', '--skip-invalid',
                       stdin=lines(given)).report(0)
    assert sent(simulator) == [urls[:20], urls[20:]]
    assert report['accepted'] == 40
    for shown in (stopped, report):
        assert [line['line'] for line in shown['problems']] == [11, 33, 34], shown['problems']
        assert all(line['problem'] and line['sentence'] for line in shown['problems'])
        assert [(line['line'], line['problem'], line['result']) for line in shown['changes']] == \
            [(12, 'duplicate-merged', urls[3]), (45, 'duplicate-merged', urls[39])], shown['changes']


def test_mends(place):
    """0: mends are no bad lines; they are said, and what is sent is what was said"""
    simulator = place.ready()
    result = place.run('--json', 'purge', stdin='  HTTPS://WWW.Example.com/a b#top\n')
    change, = result.report(0)['changes']
    assert change['line'] == 1 and change['file'] is None
    assert change['result'] == 'https://www.example.com/a%20b/', change
    assert sent(simulator) == [[change['result']]]
    assert 'Line 1: ' in result.err and change['result'] in result.err


def test_modes(place):
    """all resources are asked for by name, and only by name"""
    script = place.script(http_answer(OK), http_answer(OK))
    place.add_account(script.url)
    place.run('purge', stdin=lines(directories(20))).expect(0)
    place.run('purge', '--mode=all', '--yes', stdin=lines(directories(20))).expect(0)
    assert [b'&type=2' in b'&' + request.split(b'\r\n\r\n')[1] for request in script.requests] == \
        [False, True], script.requests


# What is refused before anything is sent: arguments, input, kind of the error.
REFUSED = {
    'an empty list': (['purge'], '', 'invalid-input'),
    'blank lines': (['purge'], '\n \n', 'invalid-input'),
    'nothing left': (['purge', '--skip-invalid'], 'nonsense\n', 'invalid-input'),
    'a bad line': (['purge'], 'nonsense\n', 'invalid-input'),
    'a NUL byte': (['purge'], 'https://www.example.com/\0/\n', 'invalid-input|refused-file'),
    'no account': (['purge'], 'https://www.example.com/a/\n', 'not-found'),
    'an unknown account': (['purge', '--account=other'], 'https://www.example.com/a/\n',
                           'not-found'),
    'an unknown mode': (['purge', '--mode=some'], '', 'usage'),
    'an unknown type': (['purge', '--type=page'], '', 'usage'),
    'an unknown area': (['purge', '--area=moon'], '', 'usage'),
    'no area': (['purge', '--area=none'], '', 'usage'),
    'a word too much': (['show', '1', '2'], '', 'usage'),
    'no such file': (['purge', '/nonexistent/list'], '', 'refused-file'),
    'a directory in the place of a file': (['purge', 'https://www.example.com/a/'], '',
                                           'invalid-input'),
    'no ID': (['show'], '', 'usage'),
    'an ID that is a word': (['show', 'first'], '', 'not-found'),
    'an ID of nothing': (['show', '0'], '', 'not-found'),
    'an ID below nothing': (['show', '--', '-1'], '', 'not-found'),
    'an ID that is too large': (['show', '99999999999999999999'], '', 'not-found'),
    'an unknown ID': (['show', '4711'], '', 'not-found'),
    'an unknown ID to check': (['check', '4711'], '', 'not-found'),
    'an unknown ID to retry': (['retry', '4711'], '', 'not-found'),
    'no ID to check': (['check'], '', 'usage'),
    'no ID to retry': (['retry', '--yes'], '', 'usage'),
    'a word to retry': (['retry', 'all'], '', 'not-found'),
}


def make_refused(arguments, stdin, kind):
    def test(place):
        simulator = place.simulator()
        if 'other' in ' '.join(arguments):
            place.add_account(simulator.url)
        report = place.run('--json', *arguments, stdin=stdin).report(2)
        assert report['error']['kind'] in kind.split('|'), report['error']
        human = place.run(*arguments, stdin=stdin).expect(2)
        assert human.out == '' and 'cdn-purge-cli: ' in human.err, human.raw
        assert not simulator.log()
    return test


# What no command was found for: arguments.
USELESS = {
    'nothing': [],
    'an unknown command': ['refresh'],
    'half a command': ['accounts'],
    'an unknown option': ['--frobnicate', 'purge'],
    'an option without its value': ['--account'],
}


def make_useless(arguments):
    def test(place):
        error = place.run('--json', *arguments).json(2, ONLY_ERROR)['error']
        assert error['kind'] == 'usage', error
        human = place.run(*arguments).expect(2)
        assert human.out == '' and '--help' in human.err
    return test


def test_several_accounts(place):
    """2: with several accounts one has to be named, before or after the command"""
    first, second = place.simulator(), place.simulator()
    place.add_account(first.url, 'one')
    place.add_account(second.url, 'two words')
    urls = lines(directories(1))
    assert place.run('--json', 'purge', stdin=urls).report(2)['error']['kind'] == 'not-found'
    place.run('--account=two words', 'purge', stdin=urls).expect(0)
    place.run('purge', '--account', 'two words', stdin=urls).expect(0)
    place.run('--account=two words', 'purge', '--account=one', stdin=urls).expect(0)
    assert (len(first.log()), len(second.log())) == (1, 2)


def test_help(place):
    """help is enough to use it, and the version is told"""
    overview = place.run('--help').expect(0).out
    for command in ('purge', 'accounts list', 'accounts add', 'accounts remove', 'history', 'show',
                    'check', 'retry', 'quota'):
        assert f'\n  {command} ' in overview, command
        help_text = place.run(*command.split(), '--help').expect(0).out
        assert f'cdn-purge-cli {command}' in help_text and '--json' in help_text, help_text
    for code in range(6):
        assert f'\n  {code}  ' in overview, code
    for option in ('--mode', '--type', '--dry-run', '--yes', '--skip-invalid', '--practice'):
        assert option in place.run('purge', '--help').out, option
    for option in ('--search', '--limit', '--format'):
        assert option in place.run('history', '--help').out, option
    for option in ('--unknown', '--yes'):
        assert option in place.run('retry', '--help').out, option
    for option in ('--secret-id', '--api', '--endpoint', '--form', '--signature', '--quota',
                   '--token'):
        assert option in place.run('accounts', 'add', '-h').out, option
    assert place.run('accounts', '--help').expect(0).out == overview
    assert place.run('--version').expect(0).out.startswith('cdn-purge-cli ')


def test_hostile_server(place):
    """what a server says is spelt out before it reaches a terminal, and stays whole in JSON"""
    message = '(9110)no\x1b]0;x\x07\x9b31m \u202eevil \u200b'
    body = json.dumps({'code': 4000, 'codeDesc': 9110, 'message': message})
    script = place.script(http_answer(body), http_answer(body))
    place.add_account(script.url)
    human = place.run('purge', stdin=lines(directories(1))).expect(1).out
    assert '‹U+001B›' in human and '‹U+202E›' in human and '‹U+009B›' in human, human
    assert human.replace('\n', '').isprintable(), human
    report = place.run('--json', 'purge', stdin=lines(directories(1))).report(1)
    assert report['batches'][0]['message'] == message, report


def test_full_disk(place):
    """a result that cannot be printed changes nothing about what was sent"""
    place.ready()
    with open('/dev/full', 'wb') as full:
        result = subprocess.run([CLI, 'purge'], env=place.environment, stdout=full,
                                stderr=subprocess.PIPE, input=lines(directories(1)).encode(),
                                check=False, timeout=60, start_new_session=True)
    assert result.returncode == 0 and b'could not be written' in result.stderr, result


def test_closed_streams(place):
    """streams that are closed do not become the database"""
    place.ready()
    list_path = place.write('list', lines(directories(1)))
    for closed in ('<&-', '>&-', '2>&-', '<&- >&- 2>&-'):
        result = subprocess.run(['sh', '-c', f'exec "$0" purge "$1" {closed}', CLI, list_path],
                                env=place.environment, stdin=subprocess.DEVNULL,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                check=False, timeout=60, start_new_session=True)
        assert result.returncode == 0, (closed, result)
    place.run('show', '4').expect(0)


def test_locale(place):
    """a locale without these characters gets question marks, and JSON stays what it is"""
    place.ready()
    plain = {'LC_ALL': 'C'}
    result = place.run('purge', stdin=lines(directories(1)), environment=plain).expect(0)
    assert result.raw.isascii(), result.raw
    name = 'Läden 店'
    place.run('accounts', 'add', name, '--secret-id=AKIDx', stdin='key\n',
              environment=plain).expect(0)
    listed = place.run('--json', 'accounts', 'list', environment=plain).expect(0).out
    assert name in [account['name'] for account in json.loads(listed)['accounts']], listed


if __name__ == '__main__':
    main(collect(globals()) +
         [(f'2: {name}', make_refused(*case)) for name, case in REFUSED.items()] +
         [(f'2: {name} is no command', make_useless(case)) for name, case in USELESS.items()])
