# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""What the checks share: the files of the project, and how a check says what it found."""

import pathlib
import re
import subprocess
import sys

# The checks take another tree as an argument, to prove that they can fail.
ROOT = pathlib.Path(sys.argv[1]).resolve()
SHEBANG = re.compile(rb'#!(?:/usr/bin/env )?\S*?(\w+)\n')


def name_of(path):
    """The path of a file inside the project."""
    return str(path.relative_to(ROOT))


def list_files():
    """Every file that belongs to the project, whether git keeps it already or not."""
    if (ROOT / '.git').exists():
        names = subprocess.run(['git', 'ls-files', '-z', '--cached', '--others',
                                '--exclude-standard'], cwd=ROOT, capture_output=True, text=True,
                               check=True).stdout.split('\0')
        paths = [ROOT / name for name in names if name]
    else:
        paths = [path for path in ROOT.rglob('*')
                 if not re.match(r'(build(-(?!aux)\w+)?|node_modules)/', name_of(path))]
    return sorted(path for path in paths if path.is_file() and not path.is_symlink())


def find_interpreter(path):
    """The interpreter that a script names in its first line, without its folder."""
    with open(path, 'rb') as stream:
        match = SHEBANG.match(stream.readline())
    return match[1].decode() if match else None


def read(path):
    """The text of a file; none where it is not text."""
    try:
        return path.read_text(encoding='utf-8')
    except UnicodeDecodeError:
        return ''


def report(checks):
    """Prints the outcome of checks, a mapping of names to lists of problems, and exits."""
    print(f'1..{len(checks)}')
    for number, (name, problems) in enumerate(checks.items(), 1):
        print(f"{'not ok' if problems else 'ok'} {number} {name}")
        for problem in problems:
            print(f'# {problem}')
    sys.exit(1 if any(checks.values()) else 0)
