#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""The kill campaign.

Kills a real cdn-purge-cli in the middle of a purge of five batches, starts it again, and compares
what it says with what the server knows: no directory is lost, none is purged twice. What a kill is
like follows from its seed alone. With --careless it is a program that journals after sending, which
must be found out.

usage: kills.py [--careless] [KILLS [SEED]]
"""

import collections
import functools
import json
import os
import random
import subprocess
import sys
import tempfile

from killtest import (CLI, DEADLINE, DRIVER, Desk, complain, directories, lines, read_numbers,
                      run_all)

N_DIRECTORIES = 100
N_BATCHES = 5
STATES = ('waiting', 'sending', 'unknown', 'accepted', 'rejected')

# How far the server saw a request come when the program is killed.
PLACES = ('accept', '0', '1', '90', 'head', 'body', 'last', 'whole', 'executed', 'status',
          'answer-head', 'answer-body', 'tail', 'answered')

# Before which call to the system it is killed otherwise, and how many of them a thread of a whole
# run makes: around every byte for disk and wire.
CALLS = {'pwrite64': 140, 'fdatasync': 15, 'sendmsg': 18, 'recvmsg': 38, 'sendto': 10,
         'recvfrom': 44, 'connect': 5, 'fcntl': 100, 'ftruncate': 2, 'unlink': 2}


class Plan:
    """One kill, as its seed wants it."""

    def __init__(self, seed, careless):
        dice = random.Random(seed)
        self.seed = seed
        # Which API the account speaks, each in five kills of ten.
        self.api = ('2.0', '3.0')[seed // 5 % 2]
        # Through API 3.0 it is asked first how many a request may hold.
        n_questions = self.api == '3.0' and not careless
        self.kind = ('place', 'place', 'byte', 'event', 'call')[seed % 5]
        # Every place in every batch, executed and not.
        turn = seed // 5 * 2 + seed % 5
        self.request = turn % N_BATCHES + 1
        self.place = PLACES[turn // N_BATCHES % len(PLACES)]
        self.executes = bool(turn // N_BATCHES // len(PLACES) % 2) or dice.random() < 0.5
        if self.kind == 'byte':
            self.request = dice.randrange(N_BATCHES) + 1
            self.place = str(dice.randrange(1, 1500))
        self.n_events = dice.randrange(1, 21)
        self.call = dice.choice(list(CALLS))
        self.n_calls = dice.randrange(CALLS[self.call]) + 1
        # The server goes on with what it had of the request before the program comes back, or
        # after.
        self.late = dice.random() < 0.3
        # Of a batch the server does not know a host.
        self.rejects = dice.randrange(1, N_BATCHES) if dice.random() < 0.6 else None
        self.loses = n_questions + dice.randrange(2, N_BATCHES + 1) if dice.random() < 0.2 else None
        self.request += n_questions

    def __str__(self):
        where = {'event': f'after event {self.n_events} of the server',
                 'call': f'before {self.call} {self.n_calls}'}
        truth = '' if self.executes else ', unexecuted'
        late = ', late' if self.late else ''
        place = where.get(self.kind, f'request {self.request} at {self.place}{truth}{late}')
        return f'API {self.api}, {place}'

    def script(self):
        if self.loses:
            yield f'{self.loses} reset at=executed'
        if self.kind in ('place', 'byte'):
            yield f'{self.request} stop at={self.place}{"" if self.executes else " unexecuted"}'

    def directories(self):
        urls = directories(N_DIRECTORIES, host=f'{self.seed}.example.com')
        if self.rejects:
            urls[20 * self.rejects] = f'https://{self.seed}.example.invalid/'
        return urls


class Kill:
    """One kill, and what came of it."""

    def __init__(self, desk, plan, careless):
        self.desk = desk
        self.plan = plan
        self.careless = careless
        self.urls = plan.directories()
        self.killed = False
        self.lost = set()
        self.twice = set()
        self.strangers = set()
        self.seen = collections.Counter()
        self.checked = collections.Counter()

    def __str__(self):
        return f'lost {sorted(self.lost)}, twice {sorted(self.twice)}, {len(self.strangers)} ' \
            f'requests that were not on the disk; now {self.desk.states()}'

    def start(self):
        command = [DRIVER, 'careless'] if self.careless else [CLI, '--json', 'purge', '--yes']
        if self.plan.kind == 'call':
            command = ['strace', '-f', '-qq', '-o', os.devnull,
                       '-e', f'trace={self.plan.call}', '-e',
                       f'inject={self.plan.call}:signal=SIGKILL:when={self.plan.n_calls}', *command]
        path = self.desk.write('list', lines(self.urls))
        with open(path, encoding='utf-8') as stdin:
            return subprocess.Popen(command, env=self.desk.environment, stdin=stdin,
                                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def is_moment(self, event):
        if self.plan.kind == 'event':
            events = [event for event in self.desk.server.events if 'request' in event]
            return len(events) == self.plan.n_events
        return event['event'] == 'stopped' and event['request'] == self.plan.request

    def kill(self):
        """Returns whether the program was killed, or had ended before."""
        process = self.start()
        if self.plan.kind == 'call':
            process.wait(DEADLINE)
        elif self.desk.server.wait_for(self.is_moment, process):
            process.kill()
        self.killed = process.wait(DEADLINE) < 0
        self.seen.update(state for state in self.desk.states() if state in ('waiting', 'sending'))

    def go_on(self):
        self.desk.server.say('go')
        self.desk.server.settle()

    def ask(self, *arguments):
        """What the program says when it is started again."""
        result = self.desk.run('--json', *arguments)
        return json.loads(result.out)

    def look(self, shown):
        """Compares what is shown with what the server has executed so far."""
        executed = self.desk.server.executed()
        counted = collections.Counter(url for batch in shown['batches']
                                      for url in batch['directories'])
        self.lost |= {url for url in self.urls if counted[url] != 1}
        for batch in shown['batches']:
            self.seen[batch['state']] += batch['state'] not in ('waiting', 'sending')
            for url in batch['directories']:
                if batch['state'] == 'accepted' and executed[url] != 1:
                    self.lost.add(url)
                if batch['state'] in ('waiting', 'rejected') and executed[url] > 0:
                    self.twice.add(url)

    def restart(self):
        """Starts it again, which sends nothing and says of every batch what it was."""
        before = self.desk.states()
        attempts = self.desk.attempts()
        shown = self.ask('show', '1')
        assert self.desk.attempts() == attempts, 'the restart sent something'
        self.look_for_strangers()
        if shown['submission'] is None:
            # It was killed before there was a submission.
            assert not before and not self.desk.server.purges(), shown['error']
            return None
        states = [batch['state'] for batch in shown['batches']]
        assert states == ['unknown' if state == 'sending' else state for state in before], \
            f'{before} on disk, and {states} shown'
        self.look(shown)
        return shown

    def look_for_strangers(self):
        """The server knows no request that is not on the disk, and none more often."""
        self.strangers |= set(self.desk.server.on_wire() - self.desk.on_disk())

    def retry(self):
        """Sends what waits and what was rejected, and only that."""
        before = self.desk.attempts()
        waiting = self.batches('waiting')
        refused = self.batches('rejected')
        shown = self.ask('retry', '1', '--yes')
        parents = dict(self.desk.query('SELECT id, parent_id FROM batch'))
        sent = {batch for nonce, batch in self.desk.attempts().items() if nonce not in before}
        wrong = {batch for batch in sent if batch not in waiting and parents[batch] not in refused}
        assert not wrong, f'batches {sorted(wrong)} were sent again'
        assert sent or not waiting, shown

    def batches(self, state):
        return {batch for batch, was in self.desk.query('SELECT id, state FROM batch')
                if was == state}

    def check(self):
        """Asks what became of what is unknown: what was executed is settled, and nothing else."""
        executed = self.desk.server.executed()
        unknown = self.desk.batch_directories('unknown')
        attempts = self.desk.attempts()
        self.ask('check', '1')
        states = dict(self.desk.query('SELECT id, state FROM batch'))
        assert self.desk.attempts() == attempts, 'the check sent something'
        now_executed = self.desk.server.executed()
        for batch, urls in unknown.items():
            was, may_be = (all(count[url] for url in urls) for count in (executed, now_executed))
            assert not was or states[batch] in ('accepted', 'done'), \
                f'batch {batch} was executed and is {states[batch]}'
            assert may_be or states[batch] == 'unknown', \
                f'batch {batch} was not executed and is {states[batch]}'
            self.checked[states[batch]] += 1

    def finish(self):
        """At the end nothing was purged twice, and everything is there once."""
        executed = self.desk.server.executed()
        self.twice |= {url for url, count in executed.items() if count > 1}
        live = collections.Counter(self.desk.live_directories())
        self.lost |= {url for url in self.urls if live[url] != 1}
        self.look_for_strangers()

    def run(self):
        self.kill()
        # What has begun goes its way; what comes later is answered.
        self.desk.server.say('clear')
        standing = {self.plan.request} if self.plan.kind in ('place', 'byte') else set()
        if self.plan.late:
            self.desk.server.settle(but=standing)
        else:
            self.go_on()
        shown = self.restart()
        if shown is None:
            return
        while self.batches('waiting'):
            self.retry()
        if self.batches('rejected'):
            self.retry()
        self.check()
        if self.plan.late:
            self.go_on()
            self.check()
        self.finish()


class Campaign:
    """Every kill in folders of its own."""

    def __init__(self, template, careless=False):
        self.template = template
        self.careless = careless

    def __call__(self, seed):
        plan = Plan(seed, self.careless)
        with tempfile.TemporaryDirectory(prefix='kill-') as folder:
            desk = Desk(folder, self.template, plan.script(), plan.api)
            with desk.ends:
                kill = Kill(desk, plan, self.careless)
                try:
                    kill.run()
                except Exception as error:
                    raise AssertionError(f'{plan}: {kill}') from error
                complains = kill.lost or kill.twice or kill.strangers
                return (kill.killed and plan.api, len(kill.lost), len(kill.twice), kill.seen,
                        kill.checked, f'{plan}: {kill}' if complains else None)


def main():
    careless = '--careless' in sys.argv
    arguments = [argument for argument in sys.argv[1:] if argument != '--careless']
    numbers = read_numbers(arguments, 10000)
    command = 'build-aux/kills' + (' --careless' if careless else '')
    failed, results = run_all(functools.partial(Campaign, careless=careless), numbers, command)

    seen = collections.Counter()
    checked = collections.Counter()
    found = 0
    for seed, (_, _, _, saw, settled, complaint) in results:
        seen += saw
        checked += settled
        if complaint:
            found += 1
            complain(complaint, command, seed)
    killed = collections.Counter(result[0] for _, result in results if result[0])
    lost, twice = (sum(result[i] for _, result in results) for i in (1, 2))
    counts = ', '.join(f'{state} {seen[state]}' for state in STATES)
    apis = ', '.join(f'{killed[api]} of API {api}' for api in ('2.0', '3.0'))
    print(f'kills: {killed.total()} kills ({apis}), {lost} lost, {twice} twice; seen {counts}')

    n_left = checked.pop('unknown', 0)
    print(f'checks: {checked.total()} unknown batches settled, {n_left} left unknown')

    if careless:
        return 0 if twice and found and not failed else 1
    empty = numbers[0] >= 100 and not (len(killed) == 2 and
                                       all(seen[state] for state in STATES) and
                                       checked.total() and n_left)
    return 1 if found or failed or empty else 0


if __name__ == '__main__':
    sys.exit(main())
