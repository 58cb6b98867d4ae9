# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""On the disk before it is on the wire, and on the disk before it is said: what a whole run asks of
the system, in order."""

import json
import re
import subprocess

from killtest import CLI, DRIVER, Desk, directories, lines, make_template

from clitest import collect, main
import strace

CALLS = ('pwrite64', 'fsync', 'fdatasync', 'write', 'writev', 'sendto', 'sendmsg')


def desk_of(place, *script):
    template = make_template(place)
    desk = Desk(place / 'desk', template, script)
    place.ends.push(desk.ends)
    return desk


def trace(desk, command):
    urls = directories(100)
    # A host that the server does not know: its batch is rejected.
    urls[60] = 'https://www.example.invalid/d60/'
    result, calls = strace.trace(command, CALLS, env=desk.environment, input=lines(urls), text=True,
                                 stdout=subprocess.PIPE, timeout=60)
    return result.stdout, calls


def find_requests(calls):
    """Where the first byte of each request is, with its nonce."""
    begun = {}
    for i, call in enumerate(calls):
        if not call.path.startswith('TCP:'):
            continue
        if call.data.startswith(b'POST '):
            begun[call.path] = [i, b'']
        begun[call.path][1] += call.data
        nonce = re.search(rb'[&\n]Nonce=(\d+)&', begun[call.path][1])
        if nonce:
            yield begun[call.path][0], int(nonce[1])


def as_stored(number):
    """An integer as SQLite stores it."""
    size = next(size for size in (1, 2, 3, 4, 6, 8) if number < 1 << (8 * size - 1))
    return number.to_bytes(size, 'big')


def is_synchronised(calls, before, what):
    """Whether the log was written with that in it, and synchronised after, before a call."""
    written = [i for i, call in enumerate(calls[:before])
               if call.name == 'pwrite64' and call.path.endswith('.sqlite-wal') and
               what in call.data]
    return bool(written) and any(call.name in ('fsync', 'fdatasync') and
                                 call.path.endswith('.sqlite-wal')
                                 for call in calls[written[0]:before])


def count_late(calls):
    """How many requests there are, and how many of them were on the wire before the disk."""
    requests = dict(find_requests(calls))
    return len(requests), sum(not is_synchronised(calls, i, as_stored(nonce))
                              for i, nonce in requests.items())


def test_requests(place):
    """each of five requests is on the disk before its first byte is on the wire"""
    _, calls = trace(desk_of(place), [CLI, '--json', 'purge', '--yes'])
    assert count_late(calls) == (5, 0), count_late(calls)


def test_careless(place):
    """a program that journals after sending is found out"""
    _, calls = trace(desk_of(place), [DRIVER, 'careless'])
    assert count_late(calls) == (5, 5), count_late(calls)


def test_verdicts(place):
    """each verdict is on the disk before it is said"""
    said, calls = trace(desk_of(place), [CLI, '--json', 'purge', '--yes'])
    batches = json.loads(said)['batches']
    assert [batch['state'] for batch in batches].count('accepted') == 4, batches
    shown = next(i for i, call in enumerate(calls)
                 if call.name == 'write' and b'"submission"' in call.data)
    for batch in batches:
        verdict = batch['taskId'] or batch['message']
        assert is_synchronised(calls, shown, verdict.encode()), verdict
    # Nothing is written to the log between that and what is said.
    last = max(i for i, call in enumerate(calls[:shown])
               if call.name == 'pwrite64' and call.path.endswith('.sqlite-wal'))
    assert any(call.name == 'fdatasync' for call in calls[last:shown])


if __name__ == '__main__':
    main(collect(globals()))
