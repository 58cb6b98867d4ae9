# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""What a whole run leaves of a secret: nothing, in any file, output, log, argument, environment or
write of any of its processes; of a signature nothing but on the wire."""

import base64
import contextlib
import json
import os
import pathlib
import re
import secrets
import subprocess
import urllib.parse

from killtest import CLI, Server, directories, lines
from residue import PIECE, Needles

from clitest import collect, main
import strace

SECRET_ID = 'AKIDcanary0123456789canary0123456789'
DEADLINE = 60

# All that a process can hand out, and what comes back to it over a socket. What comes from a file
# or from standard input is what it was given.
CALLS = ('write', 'writev', 'pwrite64', 'pwritev', 'pwritev2', 'sendto', 'sendmsg', 'sendmmsg',
         'recvfrom', 'recvmsg', 'openat')

# Of five requests that are under way at once, after the first was accepted: one is executed and its
# answer lost, one is lost before, one refused, one accepted.
SCRIPT = ('2 reset at=executed', '3 close at=body')


def invent(alphabet='+/='):
    """All kinds of characters that a key has been seen with."""
    return f'{secrets.token_urlsafe(12)}{alphabet}{secrets.token_hex(8).upper()}{alphabet}' \
        f'{secrets.token_urlsafe(12)}'.replace('-', 'x').replace('_', 'y')


def is_on_the_wire(where):
    return where.startswith('send') and ' to TCP:' in where


class Watch:
    """A person's session with one canary key, and all that is seen of it."""

    def __init__(self, place, form):
        self.place = place
        self.key = invent()
        self.token = invent()
        self.needles = {'key': Needles(self.key), 'token': Needles(self.token)}
        self.signatures = set()
        self.form = form
        self.seen = []
        place.environment['G_MESSAGES_DEBUG'] = 'all'
        self.server = Server(place.folder, SCRIPT)
        place.ends.callback(self.server.end)

    def run(self, *arguments, stdin=''):
        """Runs the program; keeps what it said, and what strace saw of it."""
        result, calls = strace.trace([CLI, *arguments], CALLS, env=self.place.environment,
                                     input=stdin.encode(), stdout=subprocess.PIPE,
                                     stderr=subprocess.PIPE, timeout=DEADLINE)
        name = ' '.join(arguments[:2])
        self.seen.append((f'standard output of {name}', result.stdout))
        self.seen.append((f'standard error of {name}', result.stderr))
        self.seen += [(f'{call.name} to {call.path} by {name}', call.data) for call in calls]
        self.find_signatures(calls)
        return result.stdout

    def find_signatures(self, calls):
        for call in calls:
            if not call.path.startswith('TCP:') or call.name.startswith('recv'):
                continue
            fields = re.findall(rb'Signature(?:=|"\r\n\r\n)([^& \r]+)', call.data)
            for field in fields:
                self.signatures.add(urllib.parse.unquote(field.decode()))

    def watch_processes(self, pid):
        assert pathlib.Path(f'/proc/{pid}/environ').read_bytes(), 'nothing to be seen'
        for process in pathlib.Path('/proc').glob('[0-9]*'):
            for name in ('cmdline', 'environ'):
                with contextlib.suppress(OSError):
                    self.seen.append((f'{name} of a process', (process / name).read_bytes()))

    def look_into_files(self):
        """Every file of the session, the keyring's too: that is encrypted."""
        for path in pathlib.Path(os.environ['HOME']).parent.rglob('*'):
            if path.is_file() and not path.is_symlink():
                with contextlib.suppress(OSError):
                    self.seen.append((f'file {path}', path.read_bytes()))
                    self.seen.append(('the name of a file', os.fsencode(path)))

    def judge_secrets(self):
        """The key is nowhere; the token is a part of every request, and nowhere else."""
        for where, content in self.seen:
            for what, needles in self.needles.items():
                if what == 'token' and is_on_the_wire(where):
                    continue
                found = needles.find(content)
                assert found is None, f'{where} holds the {what} as {found!r}'

    def judge_signatures(self):
        """A signature is on the wire, and nowhere else."""
        assert len(self.signatures) >= 5, self.signatures
        for signature in self.signatures:
            forms = {signature, urllib.parse.quote(signature, safe=''),
                     base64.b64decode(signature).hex()}
            for where, content in self.seen:
                if is_on_the_wire(where):
                    continue
                for form in forms:
                    assert form.encode() not in content, f'{where} holds the signature {form}'


def run_whole(place, form):
    watch = Watch(place, form)
    urls = directories(100)
    urls[60] = 'https://www.example.invalid/d60/'
    watch.run('accounts', 'add', 'shop', f'--secret-id={SECRET_ID}', '--token', f'--form={form}',
              f'--endpoint={watch.server.url}', stdin=f'{watch.key}\n{watch.token}\n')
    report = json.loads(watch.run('--json', 'purge', '--yes', stdin=lines(urls)))
    states = [batch['state'] for batch in report['batches']]
    # Which of the five is the second on the wire is nobody's business.
    assert states.count('unknown') == 2 and states[0] == 'accepted', states
    kill_one(watch)
    for arguments in (('show', '1'), ('--json', 'show', '2'), ('accounts', 'list'), ('quota',),
                      ('check', '1'), ('--json', 'check', '2'), ('retry', '1', '--yes'),
                      ('history',), ('history', '--format=csv'), ('--json', 'history')):
        watch.run(*arguments)
    watch.look_into_files()
    watch.run('accounts', 'remove', 'shop')
    watch.look_into_files()
    return watch


def kill_one(watch):
    """A run that is killed with its request on the wire leaves its journal as it is."""
    n_requests = len(watch.server.log())
    watch.server.say(f'{n_requests + 1} stop at=executed')
    process = watch.place.start('--json', 'purge', '--yes')
    process.stdin.write(lines(directories(3, start=500)).encode())
    process.stdin.close()
    process.stdin = None
    assert watch.server.wait_for(lambda event: event['event'] == 'stopped', process), \
        process.communicate()
    watch.watch_processes(process.pid)
    process.kill()
    watch.seen += zip(('output of the killed', 'log of the killed'),
                      process.communicate(timeout=DEADLINE))
    watch.look_into_files()
    watch.server.say('go')
    watch.server.say('clear')


def judge(watch):
    assert len(watch.seen) > 1000, len(watch.seen)
    assert len(watch.needles['key'].forms) > 12 * (len(watch.key) - PIECE)
    watch.judge_secrets()
    watch.judge_signatures()


def test_needles(place):
    """a secret is found however it is written down"""
    key = invent()
    needles = Needles(key)
    raw = key.encode()
    for name, content in {
            'raw': raw, 'a piece': raw[5:5 + PIECE], 'upper': raw.upper(), 'lower': raw.lower(),
            'reversed': raw[::-1], 'hexadecimal': raw.hex().encode(),
            'quoted': urllib.parse.quote(key, safe='').encode(),
            'JSON': json.dumps(key).encode(), 'UTF-16': key.encode('utf-16'),
            'base64': base64.b64encode(raw), 'base64, later': base64.b64encode(b'x' + raw),
            'base64, later still': base64.b64encode(b'xy' + raw),
            'inner pad': bytes(byte ^ 0x36 for byte in raw)}.items():
        assert needles.find(b'some ' + content + b' text'), name
    assert not needles.find(raw[:PIECE - 1] + b' ' + raw[PIECE:2 * PIECE - 1])


def test_post(place):
    """form: nothing of key, token and signature is left"""
    judge(run_whole(place, 'post'))


def test_multipart(place):
    """multipart: nothing of key, token and signature is left"""
    judge(run_whole(place, 'multipart'))


def test_get(place):
    """GET: nothing of key, token and signature is left"""
    judge(run_whole(place, 'get'))


if __name__ == '__main__':
    main(collect(globals()))
