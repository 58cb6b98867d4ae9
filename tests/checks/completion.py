#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""Completion in bash: offers what the program's own help names, and nothing else; does so at the
right place of a line; executes nothing that stands in the name of an account; and works where a
person types."""

import json
import os
import pathlib
import pty
import re
import select
import subprocess
import tempfile
import time

import tree
from programs import BUILD, ask_help, list_commands, list_options

PROGRAM = 'cdn-purge-cli'
SCRIPT = BUILD / 'data' / PROGRAM
DEADLINE = 60.0
FILES = '(files)'
COMMANDS = ['purge', 'accounts', 'history', 'show', 'check', 'retry', 'quota']

# What readline does, but for the keyboard.
DRIVER = r'''
. "$1"
COMP_LINE=$2 COMP_POINT=${#2}
shift 2
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'
compopt() { [ "$2" != default ] || echo '(files)'; }
_cdn_purge_cli
printf '%s\n' "${COMPREPLY[@]}"
'''

# What stands before the cursor, and what is offered there for the last word as readline cuts it.
CASES = [
    ('', COMMANDS),
    ('c', ['check']),
    ('--json ', COMMANDS),
    ('--account=shop q', ['quota']),
    ('--account shop q', ['quota']),
    ('--acc', ['--account=']),
    ('--v', ['--version']),
    ('purge', ['purge']),
    ('accounts ', ['list', 'add', 'remove']),
    ('accounts re', ['remove']),
    ('accounts add ', []),
    ('accounts add shop --api=3', ['3.0', '3.0-intl']),
    ('accounts add shop --api 3.0-', ['3.0-intl']),
    ('accounts add shop --endpoint=http:', []),
    ('accounts add --sec', ['--secret-id=']),
    ('accounts list ', []),
    ('purge ', [FILES]),
    ('purge --yes lists/', [FILES]),
    ('purge -- --', [FILES]),
    ('purge --m', ['--mode=']),
    ('purge --mode=', ['updated', 'all']),
    ('purge --mode=u', ['updated']),
    ('purge --mode ', ['updated', 'all']),
    ('purge --mode all --t', ['--type=']),
    ('purge --mode=some', []),
    ('purge --yes --area=o', ['overseas']),
    ('purge a:b --dr', ['--dry-run']),
    ('--json   purge --w', ['--wait']),
    ('history --limit ', []),
    ('history --format=c', ['csv']),
    ('history --search=purge --form', ['--format=']),
    ('history ', []),
    ('show ', []),
    ('retry 12 --u', ['--unknown']),
    ('nonsense --', []),
]

# Names that a shell could take for something else; the last has to be escaped in JSON.
NAMES = ['shop', 'my shop', '$(touch executed)', 'a:b', 'Größe', 'said "so"']
OFFERED = ['shop', r'my\ shop', r'\$\(touch\ executed\)', 'a:b', 'Größe']

ACCOUNT_CASES = [
    ('accounts remove ', OFFERED),
    ('accounts remove my', [r'my\ shop']),
    ('accounts remove a:', ['b']),
    ('--account=', OFFERED),
    ('--account sh', ['shop']),
    ('history --account=G', ['Größe']),
]


def split(line):
    """As readline does."""
    words = re.findall(r'[=:]+|[^\s=:]+', line)
    return words if line[-1:].strip() else words + ['']


def complete(line, program=PROGRAM, **environment):
    line = f'{program} {line}'
    return subprocess.run(
        ['bash', '--norc', '-c', DRIVER, 'bash', SCRIPT, line, *split(line)], capture_output=True,
        text=True, env=os.environ | {'XDG_DATA_HOME': '/nonexistent'} | environment, check=True,
        timeout=DEADLINE).stdout.split('\n')[:-1]


def compare(line, got, wanted):
    got = [item for item in got if item]
    return [] if sorted(got) == sorted(wanted) else [f'“{line}” offers {got}, not {wanted}']


def check_cases():
    return [problem for line, wanted in CASES
            for problem in compare(line, complete(line), wanted)]


def check_options():
    """All of the help, and the values where it lists them."""
    overview = ask_help(PROGRAM)
    problems = []
    for command in ['', *list_commands(overview)]:
        options = list_options(ask_help(PROGRAM, command))
        line = f'{command} --'.strip()
        problems += compare(line, complete(line),
                            [re.sub('=.*', '=', option) for option in options])
        for option in options:
            name, _, values = option.partition('=')
            if '|' in values:
                line = f'{command} {name}='
                problems += compare(line, complete(line), values.split('|'))
    return problems


def check_commands():
    """Of two words, the second is offered after the first."""
    told = list_commands(ask_help(PROGRAM))
    offered = [' '.join(words) for first in complete('')
               for words in [(first, second) for second in complete(f'{first} ')
                             if any(name.startswith(f'{first} ') for name in told)] or [(first,)]]
    return compare('', offered, told)


def check_accounts():
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        fake = root / PROGRAM
        answer = json.dumps({'accounts': [{'name': name, 'api': '3.0'} for name in NAMES],
                             'error': None}, ensure_ascii=False, separators=(',', ':'))
        fake.write_text(f"#!/bin/sh\n[ \"$*\" = '--json accounts list' ] || exit 2\n"
                        f"cat <<'END'\n{answer}\nEND\n")
        fake.chmod(0o755)

        def ask(line):
            return complete(line, program=fake, XDG_DATA_HOME=folder)

        problems = [f'without a database {problem}' for problem in
                    compare('--account=', ask('--account='), [])]
        for name in ('cdn-purge', 'cdn-purge-devel'):
            (root / name).mkdir()
            (root / name / 'journal.sqlite').touch()
        for line, wanted in ACCOUNT_CASES:
            problems += compare(line, ask(line), wanted)
        if pathlib.Path('executed').exists():
            problems.append('the name of an account was executed')
    return problems


class Terminal:
    """An interactive bash."""

    def __init__(self):
        self.read = b''
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvpe('bash', ['bash', '--norc', '--noprofile', '-i'],
                       os.environ | {'PS1': 'ready> ', 'HISTFILE': '', 'TERM': 'dumb',
                                     'INPUTRC': '/dev/null'})

    def expect(self, text):
        end = time.monotonic() + DEADLINE
        while text not in self.read:
            ready, _, _ = select.select([self.fd], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                raise TimeoutError(f'{text!r} did not come after {self.read!r}')
            self.read += os.read(self.fd, 4096)
        self.read = self.read.partition(text)[2]

    def type(self, text):
        os.write(self.fd, text)

    def end(self):
        os.close(self.fd)
        os.waitpid(self.pid, 0)


def check_terminal():
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, 'my list.txt').touch()
        return check_typing(folder)


def check_typing(folder):
    """What is typed, with tabulators, and what then reaches the program."""
    terminal = Terminal()
    try:
        terminal.expect(b'ready> ')
        terminal.type(f'. {SCRIPT}; {PROGRAM}() {{ printf "<%s>" "$@"; echo; }}\n'.encode())
        terminal.expect(b'ready> ')
        for typed, reached in (
                ('pu\t--mo\tu\t--ye\t', '<purge><--mode=updated><--yes>'),
                ('accounts ad\tx --api=3.0-\t', '<accounts><add><x><--api=3.0-intl>'),
                ('purge --area ov\t' + folder + '/m\t',
                 f'<purge><--area><overseas><{folder}/my list.txt>')):
            terminal.type(f'{PROGRAM} {typed}\n'.encode())
            terminal.expect(reached.encode())
            terminal.expect(b'ready> ')
    except (OSError, TimeoutError) as error:
        return [str(error)]
    finally:
        terminal.end()
    return []


def main():
    tree.report({
        'commands': check_commands(),
        'options and values': check_options(),
        'lines': check_cases(),
        'accounts': check_accounts(),
        'at a terminal': check_terminal(),
    })


if __name__ == '__main__':
    main()
