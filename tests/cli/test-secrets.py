# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""Where a secret must not be: in arguments, environment, files, output, logs; and what the
environment must not be able to change."""

import base64
import pathlib
import secrets
import subprocess
import urllib.parse

from clitest import CLI, collect, directories, lines, main, until

SECRET_ID = 'AKIDcanary0123456789canary0123456789'

# Variables that would redirect a secret, a key log or the strictness of TLS.
FOREIGN = ('SSLKEYLOGFILE', 'G_TLS_GNUTLS_PRIORITY', 'SECRET_BACKEND', 'SECRET_FILE_TEST_PATH',
           'SECRET_FILE_TEST_PASSWORD', 'SECRET_SERVICE_BUS_NAME')


def forms(secret):
    """A secret as it might be written: pieces of it, encoded, backwards."""
    raw = secret.encode()
    yield from (raw[i:i + 12] for i in range(len(raw) - 11))
    yield raw[::-1]
    yield raw.hex().encode()
    yield base64.b64encode(raw).rstrip(b'=')
    yield urllib.parse.quote_from_bytes(raw, safe='').encode()


def must_not_hold(what, content, secret):
    for form in forms(secret):
        assert form not in content, f'{what} holds the secret as {form!r}'


def look_into_files(place, secret):
    roots = {place.folder} | {pathlib.Path(value) for variable, value in place.environment.items()
                              if variable.startswith('XDG_') and variable.endswith('_HOME')}
    roots.add(pathlib.Path(place.environment['HOME']))
    for path in {path for root in roots if root.exists() for path in root.rglob('*')}:
        if path.is_file():
            must_not_hold(path, path.read_bytes(), secret)


def test_canary(place):
    """a key and a token are in the keyring and nowhere else, while it runs and after"""
    # All kinds of characters that a key has been seen with.
    key, token = (f'{secrets.token_hex(8)}+/={secrets.token_hex(8)}' for _ in range(2))
    simulator = place.simulator(f'--secret-id={SECRET_ID}', '--token', '--latency=1500',
                                secret=f'{key}\n{token}\n')
    talkative = {'G_MESSAGES_DEBUG': 'all'}
    results = [place.run('accounts', 'add', 'shop', f'--secret-id={SECRET_ID}', '--token',
                         f'--endpoint={simulator.url}', stdin=f'{key}\n{token}\n',
                         environment=talkative).expect(0)]

    process = place.start('--json', 'purge', environment=talkative)
    process.stdin.write(lines(directories(2)).encode())
    process.stdin.close()
    process.stdin = None
    until(simulator.log, 'the request')
    for name in ('cmdline', 'environ'):
        content = pathlib.Path(f'/proc/{process.pid}/{name}').read_bytes()
        assert content, name
        for secret in (key, token):
            must_not_hold(name, content, secret)
    for secret in (key, token):
        look_into_files(place, secret)
    results.append(place.finish(process))
    results[-1].report(0)

    for arguments in (('show', '1'), ('accounts', 'list'), ('--json', 'accounts', 'list'),
                      ('accounts', 'remove', 'shop')):
        results.append(place.run(*arguments, environment=talkative).expect(0))
    for secret in (key, token):
        look_into_files(place, secret)
        for result in results:
            must_not_hold('the output', result.raw, secret)


def test_refused_key(place):
    """a key that is refused is not repeated"""
    key = secrets.token_hex(12) + ' ' + secrets.token_hex(12)
    for options in ((), ('--json',)):
        result = place.run(*options, 'accounts', 'add', 'shop', f'--secret-id={SECRET_ID}',
                           stdin=f'{key}\n').expect(2)
        must_not_hold('the output', result.raw, key)


def test_environment(place):
    """variables that redirect secrets or weaken TLS have no effect"""
    rogue = place / 'rogue'
    environment = {'SECRET_BACKEND': 'file', 'SECRET_FILE_TEST_PATH': str(rogue),
                   'SECRET_FILE_TEST_PASSWORD': 'x', 'SSLKEYLOGFILE': str(rogue),
                   'SECRET_SERVICE_BUS_NAME': 'org.example.Rogue',
                   'G_TLS_GNUTLS_PRIORITY': 'NONE'}
    assert set(environment) == set(FOREIGN)
    simulator = place.simulator()
    place.run('accounts', 'add', 'shop', '--secret-id=AKIDpracticeONLYforTheSimulator00000',
              f'--endpoint={simulator.url}', stdin='practiceKEYthatOpensNothing000000\n',
              environment=environment).expect(0)
    # It went into the keyring of the session, where a clean environment finds it.
    place.run('purge', stdin=lines(directories(1))).expect(0)
    place.run('purge', stdin=lines(directories(1)), environment=environment).expect(0)
    assert not rogue.exists()


def test_no_core(place):
    """a crash leaves no core file behind"""
    simulator = place.ready('--latency=60000')
    process = subprocess.Popen(['sh', '-c', 'ulimit -c unlimited; exec "$0" purge', CLI],
                               env=place.environment, stdin=subprocess.PIPE, cwd=place.folder,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    process.stdin.write(lines(directories(1)).encode())
    process.stdin.close()
    until(simulator.log, 'the request')
    limits = pathlib.Path(f'/proc/{process.pid}/limits').read_text(encoding='utf-8')
    process.kill()
    process.wait()
    core = next(line for line in limits.splitlines() if line.startswith('Max core file size'))
    assert core.split()[4:6] == ['0', '0'], core


if __name__ == '__main__':
    main(collect(globals()))
