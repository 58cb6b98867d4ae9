# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""What the tests of the command line share: a place of their own for every case, the two programs,
servers that misbehave, a terminal, and the shapes that scripts rely on."""

import contextlib
import fcntl
import json
import os
import pathlib
import pty
import signal
import socket
import subprocess
import sys
import tempfile
import termios
import threading
import time
import traceback

CLI = os.environ['CLI']
SIMULATOR = os.environ['SIMULATOR']
KEYRING_PASSWORD = 'test'
DEADLINE = 60.0

# libsecret leaks a list with every unlocking; whole stacks tell that it is its own: see lsan.supp.
LEAKY = {'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '') +
         ':fast_unwind_on_malloc=0:malloc_context_size=11'}

PRACTICE_ID = 'AKIDpracticeONLYforTheSimulator00000'
PRACTICE_KEY = 'practiceKEYthatOpensNothing000000'


def directories(count, host='www.example.com', start=0):
    return [f'https://{host}/d{number}/' for number in range(start, start + count)]


def lines(entries):
    return ''.join(f'{entry}\n' for entry in entries)


def until(condition, what):
    """Waits for a condition, and for nothing else."""
    end = time.monotonic() + DEADLINE
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < end, f'{what}: not within {DEADLINE:.0f} s'
        time.sleep(0.01)


# The shapes. A dictionary has exactly these members; a list has any number of one shape; a tuple is
# a choice.

TEXT = (str, None)
LINE = {'file': TEXT, 'line': int, 'text': str, 'problem': str, 'sentence': str}
ERROR = (None, {'kind': str, 'sentence': str})
STATES = ('waiting', 'sending', 'accepted', 'rejected', 'unknown', 'superseded', 'done', 'failed')
REPORT = {
    'submission': (int, None), 'area': (None, 'mainland', 'overseas'),
    'accepted': int, 'rejected': int, 'unknown': int, 'waiting': int, 'done': int, 'failed': int,
    'batches': [{'state': STATES, 'kind': ('directory', 'url'), 'code': (int, str, None),
                 'codeDesc': TEXT, 'message': TEXT, 'taskId': TEXT, 'explanation': TEXT,
                 'directories': [str]}],
    'problems': [LINE],
    'changes': [LINE | {'result': str}],
    'error': ERROR,
}
HISTORY = {
    'submissions': [{'id': int, 'time': str, 'account': str,
                     'accepted': int, 'rejected': int, 'unknown': int, 'waiting': int,
                     'done': int, 'failed': int}],
    'error': ERROR,
}
BY_AREA = {area: (None, {'batch': int, 'total': int, 'available': int})
           for area in ('mainland', 'overseas')}
QUOTA = {
    'local': (None, {'used': int, 'total': int, 'day': str, 'urls': {'used': int, 'total': int}}),
    'server': (None, {'directory': BY_AREA, 'url': BY_AREA}),
    'error': ERROR,
}
ACCOUNT = {'name': str, 'api': ('2.0', '3.0', '3.0-intl'), 'endpoint': str, 'form': ('post', 'multipart', 'get'),
           'signature': ('HmacSHA256', 'HmacSHA1'), 'locked': (bool, None)}
ACCOUNTS = {'accounts': [ACCOUNT], 'error': ERROR}
ONE_ACCOUNT = {'account': (ACCOUNT, None), 'error': ERROR}
ONLY_ERROR = {'error': ERROR}


def fits(value, shape):
    """Says where a value leaves its shape; nothing where it does not."""
    if isinstance(shape, dict):
        if not isinstance(value, dict) or set(value) != set(shape):
            return f'{value!r} has not exactly the members {sorted(shape)}'
        wrong = (f'{name}: {fault}' for name in shape if (fault := fits(value[name], shape[name])))
        return next(wrong, '')
    if isinstance(shape, list):
        if not isinstance(value, list):
            return f'{value!r} is no list'
        return next((fault for item in value if (fault := fits(item, shape[0]))), '')
    if isinstance(shape, tuple):
        faults = [fits(value, choice) for choice in shape]
        return '' if '' in faults else ' and '.join(faults)
    if isinstance(shape, type):
        return '' if type(value) is shape else f'{value!r} is no {shape.__name__}'
    return '' if value == shape else f'{value!r} is not {shape!r}'


# Where a state is counted.
COUNTED = {state: state for state in ('accepted', 'rejected', 'unknown', 'waiting')} | {
    'sending': 'waiting', 'done': 'accepted', 'failed': 'rejected'}


def read_json(text, shape):
    def no_twins(pairs):
        assert len(dict(pairs)) == len(pairs), f'a member occurs twice: {pairs}'
        return dict(pairs)

    assert text.endswith('\n') and text.count('\n') == 1, f'not one object on one line: {text!r}'
    assert text.isprintable() or text[:-1].isprintable(), f'not fit for a terminal: {text!r}'
    value = json.loads(text, object_pairs_hook=no_twins)
    fault = fits(value, shape)
    assert not fault, fault
    return value


class Result:
    def __init__(self, code, out, err):
        self.code = code
        self.raw = out + err
        self.out = out.decode()
        self.err = err.decode()

    def expect(self, code):
        assert self.code == code, \
            f'ended with {self.code}, not {code}\n{self.out[:2000]}\n{self.err[:2000]}'
        return self

    def report(self, code):
        """The report, with what holds for every report."""
        report = read_json(self.expect(code).out, REPORT)
        counted = {'accepted': 0, 'rejected': 0, 'unknown': 0, 'waiting': 0}
        for batch in report['batches']:
            if batch['state'] != 'superseded':
                counted[COUNTED[batch['state']]] += len(batch['directories'])
        assert counted == {name: report[name] for name in counted}, report
        # What cannot be asked or stored leaves something unknown, and says why.
        if code != 3:
            assert (report['error'] is not None) == (code in (2, 4)), report['error']
        return report

    def json(self, code, shape):
        value = read_json(self.expect(code).out, shape)
        assert (value['error'] is not None) == (code in (2, 4)), value['error']
        return value


class Simulator:
    """The real one, which says where it is and writes down what it was asked."""

    def __init__(self, place, *options, secret=None):
        self.log_path = place / f'simulator-{len(list(place.iterdir()))}.log'
        # Without the person's session: it needs none.
        self.process = subprocess.Popen(
            [SIMULATOR, f'--log={self.log_path}', *options], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True)
        self.process.stdin.write(secret or '')
        self.process.stdin.close()
        self.url = self.process.stdout.readline().strip()
        assert self.url.startswith('http'), f'the simulator did not start: {self.url!r}'

    def log(self):
        if not self.log_path.exists():
            return []
        return [json.loads(line) for line in self.log_path.read_text().splitlines()]

    def end(self):
        self.process.terminate()
        assert self.process.wait(DEADLINE) == 0
        self.process.stdout.close()


class Script:
    """A server that does to each connection what it is told, and is gone after the last one."""

    def __init__(self, *steps):
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.url = f'http://127.0.0.1:{self.listener.getsockname()[1]}'
        self.requests = []
        self.thread = threading.Thread(target=self.serve, args=(steps,), daemon=True)
        self.thread.start()

    def serve(self, steps):
        for number, step in enumerate(steps, 1):
            connection, _ = self.listener.accept()
            with connection:
                self.requests.append(self.read_request(connection))
                # Gone before the last answer leaves: who has it cannot connect again.
                if number == len(steps):
                    self.listener.close()
                if step is not None:
                    connection.sendall(step)
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    @staticmethod
    def read_request(connection):
        data = b''
        while b'\r\n\r\n' not in data:
            data += connection.recv(65536)
        head, body = data.split(b'\r\n\r\n', 1)
        length = next(int(line.split(b':')[1]) for line in head.lower().split(b'\r\n')
                      if line.startswith(b'content-length:'))
        while len(body) < length:
            body += connection.recv(65536)
        return head + b'\r\n\r\n' + body

    def end(self):
        self.listener.close()


class Wire:
    """Between the program and a server: passes on, keeps requests, or keeps answers, which leave
    when they are released."""

    def __init__(self, url):
        self.target = ('127.0.0.1', int(url.rsplit(':', 1)[1]))
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.url = f'http://127.0.0.1:{self.listener.getsockname()[1]}'
        self.keeps = None
        self.kept = 0
        self.released = threading.Event()
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=self.carry, args=self.listener.accept(),
                                 daemon=True).start()

    @staticmethod
    def read_message(stream):
        """One request or answer; nothing where the other side is gone."""
        head = b''
        while not head.endswith(b'\r\n\r\n'):
            line = stream.readline()
            if not line:
                return b''
            head += line
        length = next((int(line.split(b':')[1]) for line in head.lower().split(b'\r\n')
                       if line.startswith(b'content-length:')), 0)
        return head + stream.read(length)

    def keep(self, what):
        if self.keeps == what:
            self.kept += 1
            self.released.wait(DEADLINE)

    def carry(self, near, _):
        with contextlib.suppress(OSError), near, socket.create_connection(self.target) as far, \
                near.makefile('rb') as asked, far.makefile('rb') as answered:
            while request := self.read_message(asked):
                self.keep('requests')
                far.sendall(request)
                answer = self.read_message(answered)
                self.keep('answers')
                near.sendall(answer)

    def end(self):
        self.released.set()
        self.listener.close()


def http_answer(body, status='200 OK'):
    body = body.encode() if isinstance(body, str) else body
    return (f'HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close\r\n'
            f'Content-Length: {len(body)}\r\n\r\n').encode() + body


def closed_port():
    with socket.create_server(('127.0.0.1', 0)) as listener:
        return f'http://127.0.0.1:{listener.getsockname()[1]}'


class Terminal:
    """A program at a terminal of its own; a person who reads and types."""

    def __init__(self, place, arguments, stdin=None):
        self.master, slave = pty.openpty()
        self.shown = b''

        def take_terminal():
            # Whatever these tests were started with: nohup has one ignored, a shell's background another.
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_DFL)
            os.setsid()
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)

        self.process = subprocess.Popen(
            [CLI, *arguments], env=place.environment, stdin=slave if stdin is None else stdin,
            stdout=subprocess.PIPE, stderr=slave, preexec_fn=take_terminal)
        self.slave = slave

    def pump(self):
        os.set_blocking(self.master, False)
        with contextlib.suppress(BlockingIOError):
            self.shown += os.read(self.master, 65536)
        return self.shown

    def wait_for(self, text):
        until(lambda: text.encode() in self.pump(), f'{text!r} on the terminal, which shows '
              f'{self.shown!r}')

    def echoes(self):
        return bool(termios.tcgetattr(self.slave)[3] & termios.ECHO)

    def wait_for_silence(self):
        until(lambda: not self.echoes(), 'a terminal without echo')

    def unread(self):
        """What was typed and not taken by the program."""
        os.set_blocking(self.slave, False)
        with contextlib.suppress(BlockingIOError):
            return os.read(self.slave, 65536)
        return b''

    def type(self, text):
        os.write(self.master, text.encode())

    def end(self):
        out = self.process.communicate(timeout=DEADLINE)[0]
        self.pump()
        os.close(self.slave)
        os.close(self.master)
        return Result(self.process.returncode, out, b'')


class Place:
    """A person's folders, new for every case, and the programs in them."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.ends = contextlib.ExitStack()
        self.environment = dict(os.environ)
        for variable in ('XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_STATE_HOME'):
            self.environment[variable] = str(self.folder / variable.lower())

    def iterdir(self):
        return self.folder.iterdir()

    def __truediv__(self, name):
        return self.folder / name

    @staticmethod
    def is_program(pid):
        """Whether a process is the program by now, and handles signals."""
        status = pathlib.Path(f'/proc/{pid}/status').read_text(encoding='utf-8')
        fields = dict(line.split(':', 1) for line in status.splitlines())
        return 'cdn-purge-cli' in fields['Name'] and int(fields['SigCgt'], 16) >> 14 & 1

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    def start(self, *arguments, stdin=subprocess.PIPE, environment=()):
        # In a session without a terminal, and with signals that an outer shell cannot have changed.
        return subprocess.Popen(
            [CLI, *arguments], env=self.environment | dict(environment), stdin=stdin,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))

    def finish(self, process, stdin=None):
        out, err = process.communicate(stdin, DEADLINE)
        return Result(process.returncode, out, err)

    @staticmethod
    def feed(process, stdin):
        """Gives a program all of its standard input, and does not wait for its end."""
        process.stdin.write(stdin.encode())
        process.stdin.close()
        process.stdin = None

    def give_up_on_disk(self, process):
        """Ends a program as soon as it waits for the disk; one that does not comes to its end."""
        said = b''
        while line := process.stderr.readline():
            said += line
            if b'Waiting up to' in line:
                process.send_signal(signal.SIGTERM)
                break
        out, err = process.communicate(timeout=DEADLINE)
        return Result(process.returncode, out, said + err)

    def run(self, *arguments, stdin='', environment=()):
        stdin = stdin.encode() if isinstance(stdin, str) else stdin
        return self.finish(self.start(*arguments, environment=environment), stdin)

    def simulator(self, *options, secret=None):
        simulator = Simulator(self, *options, secret=secret)
        self.ends.callback(simulator.end)
        return simulator

    def script(self, *steps):
        script = Script(*steps)
        self.ends.callback(script.end)
        return script

    def wire(self, simulator, *account_options):
        """The one account speaks to the simulator through it."""
        wire = Wire(simulator.url)
        self.ends.callback(wire.end)
        self.add_account(wire.url, 'shop', *account_options)
        return wire

    def kill_in_mid_request(self, wire, keeps, count):
        """Has the program die while so many directories are under way; they are unknown then."""
        wire.keeps, kept = keeps, wire.kept
        process = self.start('purge', '--yes')
        self.feed(process, lines(directories(count)))
        until(lambda: wire.kept > kept, f'one of the {keeps}')
        process.kill()
        self.finish(process)
        wire.keeps = None

    def add_account(self, url, name='shop', *options, secret_id=PRACTICE_ID, key=PRACTICE_KEY):
        self.run('accounts', 'add', name, f'--secret-id={secret_id}', f'--endpoint={url}', *options,
                 stdin=f'{key}\n').expect(0)

    def ready(self, *options):
        """A simulator and the one account that speaks to it."""
        simulator = self.simulator(*options)
        self.add_account(simulator.url)
        return simulator


def lock_keyring():
    subprocess.run(['gdbus', 'call', '--session', '--dest=org.freedesktop.secrets',
                    '--object-path=/org/freedesktop/secrets',
                    '--method=org.freedesktop.Secret.Service.Lock',
                    "['/org/freedesktop/secrets/collection/login']"],
                   check=True, stdout=subprocess.DEVNULL)


def answer_prompt(answer):
    with open(os.environ['MOCK_PROMPTER_ANSWERS'], 'w', encoding='utf-8') as answers:
        answers.write(f'{answer}\n')


def main(cases):
    """Runs (name, function) pairs, each in a place of its own, and reports them as TAP."""
    print(f'1..{len(cases)}')
    failed = 0
    for number, (name, function) in enumerate(cases, 1):
        with tempfile.TemporaryDirectory(prefix='cli-', ignore_cleanup_errors=True) as folder:
            place = Place(folder)
            try:
                with place.ends:
                    function(place)
                print(f'ok {number} - {name}', flush=True)
            except Exception:
                failed += 1
                print(f'not ok {number} - {name}', flush=True)
                print(''.join(f'# {line}\n' for line in traceback.format_exc().splitlines()),
                      end='', flush=True)
    sys.exit(1 if failed else 0)


def collect(namespace):
    """All test_ functions of a module, in order, named by the first line of what they say."""
    return [(function.__doc__.split('\n')[0], function) for name, function in namespace.items()
            if name.startswith('test_')]
