#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""bench-submit.py P1|P2|P4: submitting a list over TLS, as whole processes from start to exit.

Ours is cdn-purge-cli as a script would call it, with a real keyring on a bus of its own and a journal
that has an accepted batch of the last day, so that no canary is due. It trusts whom the system trusts,
and the test's authority, which is added in a mount namespace. The limit is curl: one process that sends
the same requests, signed beforehand, up to six side by side, to the same simulator; it has no list, no
key and no journal, and trusts the test's authority only. Over HTTP/2 there is a second limit, curl that
reads all that the system trusts, as ours has to. (Over HTTP/1.1 curl reads that again for each
connection, and is no limit.) The vendor's two SDKs for Node send side by side as well.

The simulator verifies every signature and answers after a fixed latency; its log, in memory, has to show
every directory once after every run.

Where the time goes that is above the limit (callgrind, 100 directories over HTTP/2, 253 million
instructions): 66 % are GnuTLS reading whom the system trusts, once for GIO's database and once more for
each connection (glib-networking 2.74); 11 % the loader, for libraries and for GIO's modules; 9 % the key
exchange with the keyring, by libsecret; 2 % SQLite; 0.2 % are instructions of the program itself. The first
of these is done in a thread (purge-warm-up.c), beside all that comes before the first request. What is left
of it cannot be had: a smaller store would trust others than the system does, and a database of our own in
place of GnuTLS's would not see the revocation that a server staples to its certificate. Over HTTP/1.1 each
connection costs 7 ms of the main thread for that reason. Neither connections made ready while the keyring
is waited for nor a session with the keyring that is opened before the journal saved anything: the main
thread has no time to spare. The journal waits for the disk twice a batch, but once for what several ask for
at once, and five times for itself."""

import argparse
import dataclasses
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

import bench
from bench import Row

HERE = pathlib.Path(__file__).parent
sys.path += [str(HERE.parent / 'simulator'), str(HERE.parent / 'sdk')]
from client import ID, KEY, PATH, Simulator, encode, purge, sign  # noqa: E402
from sdk import SKIPPED, Sdk  # noqa: E402

CLI = os.environ['CLI']
TRUSTED = '/etc/ssl/certs/ca-certificates.crt'
BATCH = 20
SIDE_BY_SIDE = 6
SDKS = {"Tencent's SDK for 2.0": 'v2', "Tencent's SDK for 3.0": 'v3'}


@dataclasses.dataclass
class Case:
    """What is submitted how, and what it may cost: ratios to the limit, and milliseconds of CPU."""
    http: str
    latency: int
    count: int
    rounds: int
    wall: float | None = None
    cpu: float | None = None
    cpu_ms: float | None = None
    connections: int | None = None
    sdks: bool = False

    def __str__(self):
        return f'{self.count:,} directories, HTTP/{self.http}, {self.latency} ms'


CASES = {
    'P1': [Case('2', 100, 100, 11, wall=1.3, connections=1, sdks=True),
           Case('1.1', 100, 100, 11, wall=1.7, connections=5, sdks=True)],
    'P2': [Case('2', 0, 100, 15, wall=2, cpu=2, connections=1),
           Case('1.1', 0, 100, 15)],
    'P4': [Case('1.1', 100, 2000, 5, wall=1.1, cpu_ms=300, connections=SIDE_BY_SIDE, sdks=True)],
}


class Server:
    """A simulator for one case, and the account that speaks to it."""

    def __init__(self, case, folder):
        self.case = case
        self.list = folder / 'list'
        self.list.write_text(''.join(f'https://www.example.com/d{number}/\n'
                                     for number in range(case.count)), encoding='utf-8')
        self.log = open(folder / 'log', 'w+', encoding='utf-8')  # noqa: SIM115
        os.environ['SOUP_SERVER_HTTP2'] = '1' if case.http == '2' else '0'
        self.simulator = Simulator(f'--log={folder}/log', f'--latency={case.latency}',
                                   '--quota=100000000', f'--tls-certificate={folder.parent}/server.pem',
                                   f'--tls-key={folder.parent}/server.key')
        self.url = self.simulator.url
        self.host = urllib.parse.urlsplit(self.url).netloc
        self.account = f'{case.http}-{case.latency}-{case.count}'
        self.folder = folder
        subprocess.run([CLI, 'accounts', 'add', self.account, f'--secret-id={ID}',
                        f'--endpoint={self.url}'], input=f'{KEY}\n', text=True, check=True,
                       stdout=subprocess.DEVNULL)

    def check(self):
        """Every directory once since the last time, all of them executed."""
        lines = [json.loads(line) for line in self.log.readlines()]
        arrived = [directory for line in lines for directory in line['directories']]
        wanted = self.list.read_text(encoding='utf-8').splitlines()
        assert sorted(arrived) == sorted(wanted), f'{len(arrived)} of {len(wanted)} arrived'
        assert all(line['executed'] for line in lines), lines

    def end(self):
        assert self.simulator.end() == 0
        self.log.close()

    def measure(self, command, stdin=None):
        usage = bench.run(command, stdin=stdin)
        self.check()
        return usage

    def command(self):
        return [CLI, 'purge', '--yes', f'--account={self.account}', str(self.list)]

    def run_ours(self):
        return self.measure(self.command())

    def write_requests(self, trusted):
        """A configuration of curl's with all requests, signed."""
        directories = self.list.read_text(encoding='utf-8').split()
        parts = []
        for start in range(0, len(directories), BATCH):
            parameters = purge(*directories[start:start + BATCH])
            parameters['Signature'] = sign('POST', self.host, parameters)
            body = self.folder / f'{start}.body'
            body.write_bytes(encode('post', parameters)[3])
            parts.append(f'url={self.url}{PATH}\ndata=@{body}\noutput=/dev/null\n'
                         f'http{self.case.http}\nfail\ncacert={trusted}\n')
        config = self.folder / 'curl'
        config.write_text('next\n'.join(parts), encoding='utf-8')
        return config

    def run_curl(self, trusted):
        config = self.write_requests(trusted)
        return self.measure(['curl', '--parallel', '--parallel-max', str(SIDE_BY_SIDE), '--silent',
                             '--config', str(config)])

    def run_sdk(self, sdk):
        with tempfile.TemporaryFile() as key:
            key.write(KEY.encode())
            key.seek(0)
            return self.measure(['node', '--no-deprecation', str(sdk.folder / sdk.script), self.host, ID,
                                 str(self.list)], stdin=key)

    def count_connections(self):
        """How many connections the program makes; that of IPv6, which is refused, does not count."""
        trace = self.folder / 'trace'
        self.measure(['strace', '-f', '-qq', '-e', 'trace=connect', '-o', str(trace), *self.command()])
        return trace.read_text(encoding='utf-8').count(
            f'{{sa_family=AF_INET, sin_port=htons({self.simulator.port})')


def get_sdk(goal, name, what):
    try:
        return Sdk(name, 'submit.js', pathlib.Path(os.environ['SDK_FOLDER']) / name)
    except SystemExit as problem:
        if problem.code != SKIPPED:
            raise
        bench.note(goal, f'{what} is not there and was skipped')
        return None


def compare(case, results, limit, what):
    """Wall and CPU of ours beside those of a limit."""
    def median_ms(name, member):
        return bench.median(getattr(usage, member) for usage in results[name]) * 1000

    return [Row(f'{case}{what}', median_ms('ours', 'wall'), median_ms(limit, 'wall'), case.wall, 'ms'),
            Row(f'{case}{what}: CPU', median_ms('ours', 'cpu'), median_ms(limit, 'cpu'), case.cpu, 'ms')]


def report(goal, server, results):
    case = server.case
    rows = compare(case, results, 'curl', '')
    if case.cpu_ms is not None:
        rows.append(Row(rows[1].what, rows[1].measured, None, case.cpu_ms, 'ms'))
    if 'trusting curl' in results:
        rows += compare(case, results, 'trusting curl', ', both trusting as the system does')
    if case.connections is not None:
        rows.append(Row(f'{case}: connections', server.count_connections(), None, case.connections, ''))
    for name, usages in results.items():
        if name in SDKS:
            rows.append(Row(f'{case}, beside {name}', rows[0].measured,
                            bench.median(usage.wall for usage in usages) * 1000,
                            1 if goal == 'P1' else None, 'ms'))
    bench.report(goal, rows)


def run_case(goal, case, folder):
    folder.mkdir()
    server = Server(case, folder)
    subjects = {'ours': server.run_ours,
                'curl': lambda: server.run_curl(folder.parent / 'ca.pem')}
    if case.http == '2':
        subjects['trusting curl'] = lambda: server.run_curl(TRUSTED)
    if case.sdks:
        for what, name in SDKS.items():
            sdk = get_sdk(goal, name, what)
            subjects[what] = sdk and (lambda sdk=sdk: server.run_sdk(sdk))
    report(goal, server, bench.interleave(subjects, case.rounds))
    server.end()


def enter_namespace(arguments):
    """Begins anew where the system trusts the test's authority, too."""
    folder = pathlib.Path(tempfile.mkdtemp(dir='/dev/shm', prefix='bench-'))
    subprocess.run([os.environ['MAKE_CA'], folder], check=True)
    trusted = folder / 'trusted.pem'
    trusted.write_bytes(pathlib.Path(TRUSTED).read_bytes() + (folder / 'ca.pem').read_bytes())
    try:
        return subprocess.run(['bwrap', '--dev-bind', '/', '/', '--bind', trusted, TRUSTED, '--',
                               sys.executable, __file__, f'--folder={folder}', arguments.goal],
                              env=os.environ | {'NODE_EXTRA_CA_CERTS': str(folder / 'ca.pem')},
                              check=False).returncode
    finally:
        shutil.rmtree(folder)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--folder', type=pathlib.Path)
    parser.add_argument('goal', choices=CASES)
    arguments = parser.parse_args()
    if arguments.folder is None:
        sys.exit(enter_namespace(arguments))
    for case in CASES[arguments.goal]:
        run_case(arguments.goal, case, arguments.folder / f'{case.http}-{case.latency}-{case.count}')
    if arguments.goal == 'P1':
        bench.note('P1', 'tccli comes from PyPI only and was not measured here; on another computer it '
                         'took 33 times as long as curl over HTTP/1.1')


if __name__ == '__main__':
    main()
