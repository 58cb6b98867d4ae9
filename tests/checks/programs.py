# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""What the programs, as they were built, say of themselves with --help."""

import os
import pathlib
import re
import subprocess
import sys

import tree

BUILD = pathlib.Path(sys.argv[2]).resolve()

INSTALLED = re.compile(r"executable\('([\w-]+)',[^)]*install: true")
OPTION = re.compile(r'^  (?:-\w, )?(--\S+)', re.M)
COMMAND = re.compile(r'^  (\w+(?: \w+)?)  ')


def list_programs():
    return INSTALLED.findall(tree.read(tree.ROOT / 'meson.build'))


def ask_help(program, command=''):
    environment = dict(os.environ, LC_ALL='C.UTF-8', LANGUAGE='')
    return subprocess.run([BUILD / program, *command.split(), '--help'], capture_output=True,
                          text=True, env=environment, timeout=60,
                          check=True).stdout.replace('…', '...')


def list_commands(overview):
    _, _, rest = overview.partition('\nCommands:\n')
    lines = rest.partition('\n\n')[0].split('\n')
    return [match[1] for line in lines if (match := COMMAND.match(line))]


def list_options(text):
    """Options with what they take: --yes, --account=NAME, --mode=updated|all."""
    return OPTION.findall(text)
