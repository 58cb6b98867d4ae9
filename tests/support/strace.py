# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""What a program asked of the system, in order, as strace saw it. Knows the form of strace's
lines."""

import os
import re
import subprocess
import tempfile
import typing

LINE = re.compile(r'(?:\d+ +)?(\w+)\((?:AT_FDCWD|\d+)<((?:->|[^>])*)>(.*)')
STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')

# What a call is where its halves stand apart: a sync where it ended, since only then it is true,
# and what was received; anything else where it began.
AT_ITS_END = ('sync', 'recvfrom', 'recvmsg')


class Call(typing.NamedTuple):
    name: str
    path: str       # of the file, or what the socket is connected with
    data: bytes     # all that was written or read


def unescape(text):
    return bytes.fromhex(text.replace('\\x', ''))


def read_call(line):
    match = LINE.match(line)
    if match is None:
        return None
    name, path, rest = match.groups()
    path = unescape(path).decode() if path.startswith('\\x') else path
    return Call(name, path, b''.join(unescape(text) for text in STRING.findall(rest)))


def whole_lines(lines):
    """Yields calls whose halves stand apart as one."""
    begun = {}
    for line in lines:
        thread = line.split(' ', 1)[0]
        if line.endswith('<unfinished ...>'):
            line = line[:-len('<unfinished ...>')]
            if any(f'{name}(' in line for name in AT_ITS_END):
                begun[thread] = line
            else:
                yield line
        elif ' resumed>' in line:
            if thread in begun:
                yield begun.pop(thread) + line.split(' resumed>', 1)[1]
        else:
            yield line


def trace(command, names, **options):
    """Runs a command to its end. Returns what subprocess.run() does, and the calls of those names
    that succeeded."""
    # LeakSanitizer cannot work in a process that is traced.
    environment = options.pop('env', os.environ)
    environment = dict(environment, ASAN_OPTIONS=environment.get('ASAN_OPTIONS', '') +
                       ':detect_leaks=0')
    with tempfile.NamedTemporaryFile('r', encoding='ascii') as log:
        result = subprocess.run(
            ['strace', '-f', '-yy', '-xx', '-s', '1000000', '-qq', '-e', 'signal=none',
             '-e', f'trace={",".join(names)}', '-o', log.name, '--', *command],
            env=environment, check=False, **options)
        lines = [line for line in log.read().splitlines() if ' = -1 ' not in line]
    calls = [read_call(line) for line in whole_lines(lines)]
    return result, [call for call in calls if call is not None]
