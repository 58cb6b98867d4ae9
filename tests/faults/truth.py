# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""Faults for one run of the program, and what holds after each of them whatever the fault was: what the
server was asked stands in the journal, and nobody is told what is not so."""

import collections
import itertools
import os
import pathlib

from clitest import Result, directories, lines

SHIMS = pathlib.Path(os.environ['SHIMS'])
# What may be said of a purge that the server executed, that it refused, and that it never saw.
EXECUTED, REFUSED, UNSEEN = {'accepted', 'unknown'}, {'rejected', 'unknown'}, {'waiting', 'unknown'}


class Disk:
    """The disk below a folder; see disk-shim.c."""

    def __init__(self, place, fault, *calls):
        self.place = place
        self.log_path = place / 'disk-faults.log'
        self.variables = {'LD_PRELOAD': SHIMS / 'disk-shim.so', 'DISK_SHIM_FOLDER': place.folder,
                          'DISK_SHIM_FAULT': fault, 'DISK_SHIM_CALLS': ','.join(calls),
                          'DISK_SHIM_LOG': self.log_path}

    def environment(self, **options):
        """For one run; FIRST, COUNT and WHILE are as in the shim."""
        self.log_path.unlink(missing_ok=True)
        more = {f'DISK_SHIM_{name.upper()}': value for name, value in options.items()}
        return {name: str(value) for name, value in (self.variables | more).items()}

    def has_failed(self):
        return self.log_path.exists()


def wrong_clock(**options):
    """The environment of one run; SECONDS, TIME and FILE are as in clock-shim.c."""
    more = {f'CLOCK_SHIM_{name.upper()}': str(value) for name, value in options.items()}
    return {'LD_PRELOAD': str(SHIMS / 'clock-shim.so')} | more


class Witness:
    """Knows what the server did, and compares it with what the program says."""

    def __init__(self, place, simulator, attempts=1):
        self.place = place
        self.simulator = simulator
        self.attempts = attempts
        self.n_entries = 0
        self.submission = 0
        self.n_directories = 0

    def purge(self, count, environment=()):
        """Directories that were never purged before, and the report on them."""
        urls = directories(count, start=self.n_directories)
        self.n_directories += count
        process = self.place.start('--json', 'purge', '--yes', environment=environment)
        self.place.feed(process, lines(urls))
        # A disk that stays as it is would be waited for in each of many runs.
        result = self.place.give_up_on_disk(process)
        assert result.code in (0, 1, 3, 4, 5), result.code
        self.compare(urls, result)
        return result

    def compare(self, urls, result: Result):
        said = self.read_report(result.report(result.code))
        asked, executed = self.read_log()
        assert set(executed.values()) <= {1}, f'executed more than once: {executed}'
        kept = self.read_journal()

        for batch, n in asked.items():
            assert n <= self.attempts, f'sent {n} times: {batch}'
            assert batch in kept, f'sent and not in the journal: {batch}'
        for source in (said, kept):
            for batch, state in source.items():
                allowed = EXECUTED if batch in executed else REFUSED if batch in asked else UNSEEN
                assert state in allowed, f'{state}, and not {allowed}: {batch}'
        if result.code == 0:
            assert sorted(itertools.chain(*executed)) == sorted(urls), 'not all that was said'

    @staticmethod
    def read_report(report):
        return {tuple(batch['directories']): batch['state'] for batch in report['batches']}

    def read_log(self):
        """The batches that the server was asked for since the last time and those that it executed,
        and how often."""
        entries = self.simulator.log()[self.n_entries:]
        self.n_entries += len(entries)
        # A look-up has no directories, and purges none.
        entries = [entry for entry in entries if entry['directories']]
        asked = collections.Counter(tuple(entry['directories']) for entry in entries)
        executed = collections.Counter(tuple(entry['directories']) for entry in entries
                                       if entry['executed'])
        return asked, executed

    def read_journal(self):
        """The batches of every submission that is new in the journal, and their states."""
        kept = {}
        while True:
            shown = self.place.run('--json', 'show', str(self.submission + 1))
            report = shown.report(shown.code)
            if report['submission'] is None:
                assert report['error']['kind'] == 'not-found', report['error']
                return kept
            self.submission += 1
            kept |= self.read_report(report)
