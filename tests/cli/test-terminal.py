# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""A person at a terminal: the question before a purge, and keys that are typed unseen."""

import signal
import subprocess

from clitest import (CLI, PRACTICE_ID, PRACTICE_KEY, Terminal, collect, directories, lines, main,
                     until)

ROOT = 'https://www.example.com/'
KEY = 'typedKEYthatNobodySees0123456789'

# What is asked about: options, list, whether it is.
ASKED = {
    'a few directories': ([], directories(20), False),
    'many directories': ([], directories(21), True),
    'all resources': (['--mode=all'], directories(1), True),
    'the root of a site': ([], [ROOT], True),
    'the root of a site among others': ([], directories(3) + [ROOT], True),
    'many directories with --yes': (['--yes'], directories(21), False),
    'a dry run of everything': (['--dry-run', '--mode=all'], directories(30) + [ROOT], False),
}


def make_asked(options, urls, asked):
    def test(place):
        simulator = place.ready()
        path = place.write('list', lines(urls))
        refused = place.run('--json', 'purge', *options, path)
        if not asked:
            refused.report(0)
            return
        error = refused.report(2)['error']
        assert error['kind'] == 'declined' and '--yes' in error['sentence'], error
        assert not simulator.log(), 'sent without a question'
    return test


def test_half_of_quota(place):
    """more than half of what is left today is asked about"""
    simulator = place.simulator()
    place.add_account(simulator.url, 'shop', '--quota=10')
    place.run('purge', stdin=lines(directories(5))).expect(0)
    place.run('purge', stdin=lines(directories(3, start=5))).expect(2)
    place.run('purge', stdin=lines(directories(2, start=5))).expect(0)
    assert [len(entry['directories']) for entry in simulator.log()] == [5, 2]


def test_server_quota(place):
    """what the server says is left is what the question says, though this computer counted more"""
    simulator = place.simulator('--quota=30')
    place.add_account(simulator.url, 'shop', '--api=3.0')
    with open(place.write('list', lines(directories(21))), 'rb') as standard_input:
        terminal = Terminal(place, ['--json', 'purge'], standard_input)
        terminal.wait_for('[y/N]')
    assert b'21' in terminal.shown and b'30' in terminal.shown, terminal.shown
    terminal.type('y\n')
    terminal.end().report(0)


# What is typed, and what the program ends with.
ANSWERS = {'y\n': 0, 'Y\n': 0, ' yes \n': 0, '\n': 4, 'n\n': 4, 'no\n': 4, 'yesterday\n': 4,
           '\x04': 4, '\x03': 4, 'y' * 3000 + '\n': 4}


def make_answer(typed, code):
    def test(place):
        simulator = place.ready()
        # The list comes on standard input, the answer does not.
        with open(place.write('list', 'y\n' + lines(directories(25))), 'rb') as standard_input:
            terminal = Terminal(place, ['--json', 'purge', '--skip-invalid'], standard_input)
            terminal.wait_for('[y/N]')
        assert b'www.example.com' in terminal.shown and b'25' in terminal.shown, terminal.shown
        assert not simulator.log(), 'sent before the answer'
        terminal.type(typed)
        report = terminal.end().report(code)
        assert len(simulator.log()) == (2 if code == 0 else 0)
        if code == 4:
            assert report['error']['kind'] == 'cancelled', report
    return test


def test_typed_list(place):
    """a list that is typed ends with Ctrl+D, and progress is shown"""
    simulator = place.ready()
    terminal = Terminal(place, ['purge', '--yes'])
    terminal.wait_for('Ctrl+D')
    terminal.type(lines(directories(21)))
    terminal.type('\x04')
    result = terminal.end().expect(0)
    assert '21 accepted' in result.out and b'1 of 2 batches done' in terminal.shown
    assert len(simulator.log()) == 2


def test_hidden_key(place):
    """key and token are asked for, not shown, and arrive"""
    simulator = place.simulator('--secret-id=AKIDx', '--token', secret=f'{KEY}\ntoken\n')
    terminal = Terminal(place, ['accounts', 'add', 'shop', '--secret-id=AKIDx', '--token',
                                f'--endpoint={simulator.url}'])
    terminal.wait_for('SecretKey: ')
    assert not terminal.echoes()
    terminal.type(f'{KEY}\n')
    terminal.wait_for('Token: ')
    assert not terminal.echoes()
    terminal.type('token\n')
    until(lambda: terminal.process.poll() is not None, 'the end')
    assert terminal.echoes(), 'the echo did not come back'
    terminal.end().expect(0)
    assert KEY.encode() not in terminal.shown and b'token' not in terminal.shown
    place.run('purge', stdin=lines(directories(1))).expect(0)


def test_pasted_at_once(place):
    """key and token may be pasted together; what is too much does not reach the shell"""
    simulator = place.simulator('--secret-id=AKIDx', '--token', secret=f'{KEY}\ntoken\n')
    terminal = Terminal(place, ['accounts', 'add', 'shop', '--secret-id=AKIDx', '--token',
                                f'--endpoint={simulator.url}'])
    terminal.wait_for('SecretKey: ')
    terminal.type(f'{KEY}\ntoken\nrest\n')
    until(lambda: terminal.process.poll() is not None, 'the end')
    assert terminal.unread() == b'', 'the rest is left for the shell'
    terminal.end().expect(0)
    assert KEY.encode() not in terminal.shown
    place.run('purge', stdin=lines(directories(1))).expect(0)


def test_interrupted_key(place):
    """an interrupted question gives the echo back, by key and by signal"""
    for number in (None, signal.SIGTERM, signal.SIGHUP):
        terminal = Terminal(place, ['--json', 'accounts', 'add', 'shop',
                                    f'--secret-id={PRACTICE_ID}'])
        terminal.wait_for('SecretKey: ')
        terminal.type(PRACTICE_KEY[:10])
        if number is None:
            terminal.type('\x03')
        else:
            terminal.process.send_signal(number)
        until(lambda: terminal.process.poll() is not None, 'the end')
        assert terminal.echoes(), f'no echo after {number}'
        terminal.end().expect(4)
        assert PRACTICE_KEY[:10].encode() not in terminal.shown
    assert place.run('--json', 'accounts', 'list').out.startswith('{"accounts":[]')


def test_ignored_signals(place):
    """a signal that was ignored at the start stays ignored"""
    place.ready('--latency=1000')
    process = subprocess.Popen(
        ['sh', '-c', 'trap "" INT HUP; exec "$0" purge', CLI], env=place.environment,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True)
    process.stdin.write(lines(directories(1)).encode())
    process.stdin.close()
    process.stdin = None
    until(lambda: place.is_program(process.pid), 'the program')
    for number in (signal.SIGINT, signal.SIGHUP):
        process.send_signal(number)
    place.finish(process).expect(0)


if __name__ == '__main__':
    main(collect(globals()) +
         [(f'the question: {name}', make_asked(*case)) for name, case in ASKED.items()] +
         [(f'the answer {typed[:10]!r}', make_answer(typed, code))
          for typed, code in ANSWERS.items()])
