#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""Several instances at once.

Two to eight processes purge, and send the rest of the same submission, on one database and at the
same time; some are killed. No batch is executed twice, no row is lost, what one is sending is not
taken for dead by another, and nobody sees that the database was busy. What a round is like follows
from its seed alone.

usage: instances.py [ROUNDS [SEED]]
"""

import collections
import random
import subprocess
import sys
import tempfile

from killtest import CLI, DEADLINE, DRIVER, Desk, directories, lines, read_numbers, run_all

N_DIRECTORIES = 60


class Round:
    def __init__(self, desk, seed, api):
        dice = random.Random(seed)
        self.desk = desk
        self.urls = {}
        n_processes = dice.randrange(2, 9)
        # Of every eight one is the real program, which asks a real keyring; through API 3.0 it also
        # asks how many a request may hold, which is no request to purge.
        self.plans = [(dice.random() < 0.5, dice.random() < 0.125) for _ in range(n_processes)]
        if api == '3.0':
            self.plans = [(resumes, real and resumes) for resumes, real in self.plans]
        self.kills = {process: dice.randrange(1, 5 * n_processes)
                      for process in range(n_processes) if dice.random() < 0.25}
        self.seed = seed
        self.processes = []

    def __str__(self):
        return f'{len(self.plans)} processes, of which {len(self.kills)} are killed'

    def list_path(self, name):
        self.urls[name] = directories(N_DIRECTORIES, host=f'{name}.example.com')
        return self.desk.write(name, lines(self.urls[name]))

    def start(self, command, path=None):
        stdin = open(path, encoding='utf-8') if path else subprocess.DEVNULL
        process = subprocess.Popen(command, env=self.desk.environment, stdin=stdin,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        if path:
            stdin.close()
        return process

    def leave_a_rest(self):
        """A submission of which the first batch is unknown and the others wait."""
        self.desk.server.say('1 stop at=head unexecuted')
        process = self.start([DRIVER, 'purge'], self.list_path('rest'))
        assert self.desk.server.wait_for(lambda event: event['event'] == 'stopped', process)
        process.kill()
        process.communicate(timeout=DEADLINE)
        self.desk.server.say('go')
        self.desk.server.settle()

    def start_some(self, first, last):
        for number, (resumes, real) in list(enumerate(self.plans))[first:last]:
            if resumes:
                command = [CLI, '--json', 'retry', '1', '--yes'] if real else \
                    [DRIVER, 'resume', '1']
                self.processes.append(self.start(command))
            else:
                command = [CLI, '--json', 'purge', '--yes'] if real else [DRIVER, 'purge']
                self.processes.append(self.start(command, self.list_path(f'list{number}')))

    def start_all(self):
        """One half while the other is sending; a request of the first stands still meanwhile."""
        half = len(self.plans) // 2
        self.desk.server.say('2 stop at=whole')
        self.start_some(0, half)
        assert self.desk.server.wait_for(lambda event: event['event'] == 'stopped',
                                         *self.processes)
        self.start_some(half, None)
        self.desk.server.wait_for(lambda event: event['event'] == 'begun', self.processes[-1])
        states = self.desk.states()
        assert states.count('unknown') == 1, 'a living one was taken for dead'
        assert 'sending' in states, states
        self.desk.server.say('go')

    def kill_some(self):
        """Each after so many events of the server, unless all had ended before."""
        n_events = len(self.desk.server.events)
        for number, after in sorted(self.kills.items(), key=lambda item: item[1]):
            if len(self.desk.server.events) < n_events + after:
                self.desk.server.wait_for(
                    lambda _: len(self.desk.server.events) >= n_events + after, *self.processes)
            self.processes[number].kill()

    def end_all(self):
        for number, process in enumerate(self.processes):
            _, said = process.communicate(timeout=DEADLINE)
            # What it retries has a batch that is unknown, and it says what can be done about that.
            is_retry = self.plans[number] == (True, True)
            assert process.returncode == (3 if is_retry else 0) or \
                (number in self.kills and process.returncode < 0), \
                f'process {number} ended with {process.returncode}: {said.decode()}'
            assert is_retry or not said, f'process {number} said {said.decode()}'
            assert b'busy' not in said and b'locked' not in said, said.decode()

    def look(self):
        executed = self.desk.server.executed()
        twice = {url for url, count in executed.items() if count > 1}
        assert not twice, f'executed twice: {sorted(twice)}'
        for state, url in self.desk.query('SELECT state, directory FROM entry'
                                          ' JOIN batch ON batch.id = batch_id'):
            assert state != 'accepted' or executed[url] == 1, f'{url} was not executed'
            assert state != 'waiting' or executed[url] == 0, f'{url} was executed and waits'
            assert state in ('accepted', 'waiting', 'unknown', 'sending'), f'{url} is {state}'

    def count_submissions(self):
        """Nothing is lost of a submission, and none of a process that was not killed."""
        live = collections.Counter(self.desk.live_directories())
        assert set(live.values()) == {1}, 'a directory is in two batches'
        for name, urls in self.urls.items():
            n_there = sum(url in live for url in urls)
            may_miss = name.startswith('list') and int(name[4:]) in self.kills
            assert n_there == len(urls) or (n_there == 0 and may_miss), f'{n_there} of {name}'

    def run(self):
        self.leave_a_rest()
        self.start_all()
        self.kill_some()
        self.end_all()
        self.desk.server.settle()
        self.look()
        self.count_submissions()
        if not self.kills:
            assert self.desk.states().count('unknown') == 1, 'one was taken for dead'
            assert 'sending' not in self.desk.states()
        self.send_the_rest()

    def send_the_rest(self):
        for number, in self.desk.query('SELECT id FROM submission'):
            process = self.start([DRIVER, 'resume', str(number)])
            _, said = process.communicate(timeout=DEADLINE)
            assert process.returncode == 0, said.decode()
        assert set(self.desk.states()) <= {'accepted', 'unknown'}, self.desk.states()
        self.look()
        self.count_submissions()


class Campaign:
    def __init__(self, template):
        self.template = template

    def __call__(self, seed):
        with tempfile.TemporaryDirectory(prefix='kill-') as folder:
            api = ('2.0', '3.0')[seed % 2]
            desk = Desk(folder, self.template, api=api)
            with desk.ends:
                a_round = Round(desk, seed, api)
                try:
                    a_round.run()
                finally:
                    for process in a_round.processes:
                        process.kill()
        return len(a_round.plans), len(a_round.kills)


def main():
    failed, results = run_all(Campaign, read_numbers(sys.argv[1:], 100),
                              'build-aux/kills --instances')
    n_processes = sum(n for _, (n, _) in results)
    n_killed = sum(n for _, (_, n) in results)
    print(f'instances: {len(results) + failed} rounds, {n_processes} processes, {n_killed} of them '
          f'killed, {failed} rounds failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
