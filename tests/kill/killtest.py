# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""What the tests that kill share: the fault server as a process, a person's folders with an account
in them, the journal as it lies on the disk, and what the server says was executed."""

import collections
import fcntl
import json
import multiprocessing
import os
import pathlib
import select
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback

for room in ('cli', 'support'):
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / room))

from clitest import CLI, DEADLINE, Place, directories, lines  # noqa: E402

FAULT_SERVER = os.environ['FAULT_SERVER']
DRIVER = os.environ['KILL_DRIVER']

# How each API asks to purge.
PURGES = ('RefreshCdnDir', 'PurgePathCache')

# What the server says when nothing more will be done to a request by itself.
ENDS = ('judged', 'gone')


class Server:
    """The fault server, with the events that it tells."""

    def __init__(self, folder, script=()):
        self.log_path = folder / 'server.log'
        self.buffer = b''
        self.open = set()
        self.events = []
        self.process = subprocess.Popen([FAULT_SERVER, f'--log={self.log_path}'],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        os.set_blocking(self.process.stdout.fileno(), False)
        # Nobody reads while a test only waits for a program, and a byte may be an event.
        fcntl.fcntl(self.process.stdout, fcntl.F_SETPIPE_SZ, 1 << 20)
        self.url = self.read_line(time.monotonic() + DEADLINE).decode()
        for line in script:
            self.say(line)

    def read_line(self, end):
        """The next line, or nothing where none came until then."""
        while b'\n' not in self.buffer:
            left = end - time.monotonic()
            if not select.select([self.process.stdout], [], [], max(left, 0))[0]:
                return None
            data = os.read(self.process.stdout.fileno(), 65536)
            assert data, 'the fault server is gone'
            self.buffer += data
        line, self.buffer = self.buffer.split(b'\n', 1)
        return line

    def next_event(self, end):
        line = self.read_line(end)
        if line is None:
            return None
        event = json.loads(line)
        self.events.append(event)
        if event['event'] == 'begun':
            self.open.add(event['request'])
        elif event['event'] in ENDS:
            self.open.discard(event['request'])
        return event

    def say(self, line):
        self.process.stdin.write(f'{line}\n'.encode())
        self.process.stdin.flush()
        end = time.monotonic() + DEADLINE
        while (event := self.next_event(end)) is None or event['event'] != 'taken':
            assert event is not None and event['event'] != 'refused', f'{line}: {event}'

    def wait_for(self, holds, *processes):
        """Reads events until one fits; returns whether one did before all those processes ended."""
        end = time.monotonic() + DEADLINE
        while time.monotonic() < end:
            ended = all(process.poll() is not None for process in processes)
            while event := self.next_event(time.monotonic() + (0 if ended else 0.02)):
                if holds(event):
                    return True
            if ended:
                return False
        raise AssertionError(f'nothing came for {DEADLINE:.0f} s; so far {self.events}')

    def settle(self, but=()):
        """Until no request is under way any more, but for those that stand still."""
        end = time.monotonic() + DEADLINE
        while self.open - set(but):
            assert self.next_event(end), f'still under way: {self.open}'

    def log(self):
        """The last word on every request."""
        if not self.log_path.exists():
            return []
        # A line that is not whole is still being written.
        text = self.log_path.read_text(encoding='utf-8').rpartition('\n')[0]
        last = {}
        for line in text.splitlines():
            entry = json.loads(line)
            last[entry['request']] = entry
        return list(last.values())

    def purges(self):
        return [entry for entry in self.log() if entry['action'] in PURGES]

    def on_wire(self):
        """How often each request to purge arrived whole."""
        return collections.Counter(
            identify(entry['api'], entry['nonce'], entry['timestamp'], entry['directories'])
            for entry in self.purges() if entry['whole'])

    def executed(self):
        """How often each directory was purged."""
        count = collections.Counter()
        for entry in self.purges():
            for directory in entry['directories'][:entry['executed']]:
                count[directory] += entry['executions']
        return count

    def end(self):
        self.process.terminate()
        self.process.communicate(timeout=DEADLINE)


def identify(api, nonce, timestamp, directories):
    """What tells a request apart: with API 3.0, which has no nonce, what it asks for and when."""
    return str(nonce) if api == '2.0' else (timestamp, frozenset(directories))


class Desk(Place):
    """A person's folders with one account, and the fault server that the account speaks to."""

    def __init__(self, folder, template, script=(), api='2.0'):
        super().__init__(folder)
        self.folder.mkdir(exist_ok=True)
        self.server = Server(self.folder, script)
        self.ends.callback(self.server.end)
        data = pathlib.Path(self.environment['XDG_DATA_HOME']) / 'cdn-purge'
        self.database = data / 'journal.sqlite'
        shutil.copytree(template, data)
        database = sqlite3.connect(self.database)
        with database:
            database.execute('UPDATE account SET endpoint = ?, api = ?', (self.server.url, api))
        database.close()

    def drive(self, *arguments, **options):
        return subprocess.Popen([DRIVER, *arguments], env=self.environment,
                                stderr=subprocess.PIPE, **options)

    def query(self, sql):
        """Asks a copy of the journal as it lies on the disk, so that nothing is changed by it."""
        copy = self.folder / 'copy'
        copy.mkdir()
        try:
            for path in self.database.parent.glob('journal.sqlite*'):
                if not path.name.endswith('-shm'):
                    shutil.copy(path, copy)
            database = sqlite3.connect(copy / 'journal.sqlite')
            rows = database.execute(sql).fetchall()
            database.close()
        finally:
            shutil.rmtree(copy)
        return rows

    def states(self):
        """The state of every batch, in order."""
        return [state for state, in self.query('SELECT state FROM batch ORDER BY id')]

    def batch_directories(self, state):
        """The directories of every batch in a state."""
        directories = collections.defaultdict(list)
        for batch, directory in self.query('SELECT batch_id, directory FROM entry JOIN batch'
                                           f" ON batch.id = batch_id WHERE state = '{state}'"):
            directories[batch].append(directory)
        return directories

    def on_disk(self):
        """How often each request to purge was to be sent."""
        directories = collections.defaultdict(list)
        for batch, directory in self.query('SELECT batch_id, directory FROM entry'):
            directories[batch].append(directory)
        return collections.Counter(
            identify(api, nonce, timestamp, directories[batch]) for api, nonce, timestamp, batch
            in self.query('SELECT api, nonce, timestamp, batch_id FROM attempt'))

    def attempts(self):
        """Which batch every request that went out is for, by the nonce that it was given."""
        return {str(nonce): batch for nonce, batch in
                self.query('SELECT nonce, batch_id FROM attempt')}

    def live_directories(self):
        """Every directory of a batch that counts, as often as there is one."""
        return [directory for directory, in self.query(
            "SELECT directory FROM entry JOIN batch ON batch.id = batch_id"
            " WHERE state != 'superseded'"
            " AND NOT EXISTS (SELECT 1 FROM batch AS other WHERE other.parent_id = batch.id)")]


def make_template(place):
    """Folders in which there is one account, its key in the keyring, and nothing else."""
    place.add_account('http://127.0.0.1:1')
    return pathlib.Path(place.environment['XDG_DATA_HOME']) / 'cdn-purge'


class Guard:
    """Calls a campaign with a seed, in a process of the pool; a failure is a text."""

    def __init__(self, campaign):
        self.campaign = campaign

    def __call__(self, seed):
        try:
            return seed, self.campaign(seed), None
        except Exception:
            return seed, None, traceback.format_exc()


def run_all(make_campaign, numbers, command):
    """Runs (how many, first seed) of a campaign side by side. Returns how many failed, and (seed,
    result) of the others."""
    count, first = numbers
    failed = 0
    results = []
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix='kill-') as folder:
        guard = Guard(make_campaign(make_template(Place(folder))))
        with multiprocessing.Pool(max(os.cpu_count(), 2)) as pool:
            for seed, result, complaint in pool.imap_unordered(guard, range(first, first + count)):
                if complaint is None:
                    results.append((seed, result))
                    continue
                failed += 1
                complain(complaint, command, seed)
    print(f'{count} runs in {time.monotonic() - begun:.0f} s', file=sys.stderr)
    return failed, results


def complain(complaint, command, seed):
    print(f'{complaint}\nAgain: {command} 1 {seed}\n', file=sys.stderr, flush=True)


def read_numbers(arguments, count):
    """[HOW-MANY [FIRST-SEED]] of a command line."""
    numbers = [int(argument) for argument in arguments]
    return tuple((numbers + [count, 0][len(numbers):])[:2])


__all__ = ['CLI', 'DEADLINE', 'DRIVER', 'Desk', 'Place', 'Server', 'complain', 'directories',
           'lines', 'make_template', 'read_numbers', 'run_all']
