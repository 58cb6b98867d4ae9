#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""layers.py ROOT BUILD: which way the arrows between the rooms run.

The build gives each room only the libraries that it may use. This looks whether it does: at what
each file includes, at what its compiler was told, and at what its objects call.
"""

import json
import pathlib
import re
import subprocess
import sys

import tree
from tree import name_of

CORE = ['src/core/values', 'src/core/api', 'src/core/outside', 'src/core/work']

# What a room may know: other people's libraries and our rooms. The longest name that fits counts.
ROOMS = {
    'src/core/values': ([], []),
    'src/core/api': (['json'], ['src/core/values']),
    'src/core/outside': (['soup', 'secret', 'sqlite'], ['src/core/values']),
    'src/core/work': (['json'], CORE),
    'src/place': ([], []),
    'src/simulator': (['soup', 'json'], ['src/place']),
    'src/practice': ([], [*CORE, 'src/simulator']),
    'src/cli': (['json'], [*CORE, 'src/practice', 'src/simulator', 'src/place']),
    'src/ui': (['gtk'], [*CORE, 'src/practice', 'src/simulator', 'src/place']),
    'src': (['gtk'], ['src/ui', 'src/practice', 'src/place', *CORE]),
}

# Each library: its headers, the folder of its headers, its symbols, its file.
LIBRARIES = {
    'gtk': (r'(gtk|gdk|gsk|graphene)/|adwaita\.h', r'/(gtk-4\.0|libadwaita-1)\b',
            r'(gtk|gdk|gsk|adw)_', r'lib(gtk-4|adwaita-1)\.so'),
    'soup': (r'libsoup/', r'/libsoup-3\.0\b', r'soup_', r'libsoup-3\.0\.so'),
    'secret': (r'libsecret/', r'/libsecret-1\b', r'secret_', r'libsecret-1\.so'),
    'sqlite': (r'sqlite3', r'/sqlite3?\b', r'sqlite3_', r'libsqlite3\.so'),
    'json': (r'json-glib/', r'/json-glib-1\.0\b', r'json_', r'libjson-glib-1\.0\.so'),
}

# In core, what is named here stands between the program and one part of the outside world: a .c file
# with its header. A file more is an idea of its own that cannot do without the library, and is written
# down here first, so that nobody includes it in passing.
ONLY = {
    'soup': {'purge-soup-route', 'purge-soup-transport', 'purge-soup-words'},
    'secret': {'purge-secret-keyring', 'purge-secret-operation'},
    'sqlite': {'purge-sql'},
}

# Programs, and what they must not be linked with.
PROGRAMS = {'cdn-purge-cli': ['gtk'], 'cdn-purge-simulator': ['gtk', 'secret', 'sqlite']}

# The rooms that know no clock, no chance, no disk, no network and no environment. Of the C library
# they may call what is named here, of the other libraries all but the following.
PURE = ['values', 'api']
PURE_C = re.compile(
    r'(__)?(mem|str|str[nc]|stpc?)\w+|(__isoc99_)?sscanf|(__)?v?sn?printf(_chk)?|explicit_bzero|'
    r'bsearch|qsort|abort|__assert_fail|__stack_chk_fail|__errno_location|__ctype_\w+|to(upper|lower)|'
    r'(un)?setlocale|_GLOBAL_OFFSET_TABLE_|__tls_get_addr|__explicit_bzero_chk|'
    # Addresses to text and back; texts in the person's language.
    r'inet_(pton|ntop)|(dc|d)?n?gettext|'
    # A secret lives in pages of its own, locked and kept out of dumps.
    r'mmap(64)?|munmap|mlock|madvise|sysconf')
IMPURE_G = re.compile(
    r'g_(file|io_stream|input_stream|output_stream|unix|socket|network|resolver|inet|tls|proxy|'
    r'spawn|subprocess|bus|dbus|settings|mapped_file|dir|mkdir|mkdtemp|mkstemp|access|l?stat|open|'
    r'fopen|creat|unlink|remove|rename|chdir|getenv|setenv|unsetenv|listenv|environ|get_environ|'
    r'get_(real|monotonic|current)_time|get_(user|home|tmp|host|real|system|current_dir|prgname)\w*|'
    r'date_time_new_now|random|rand_|uuid_string_random|timeout|idle|main_|thread|async_queue|task_run)'
    r'\w*|json_(parser_load_from_(file|mapped_file|stream)|generator_to_(file|stream))\w*')

# Chance where it decides nothing: the name of a new account, and where a hash begins, so that nobody
# can write a list whose entries all collide.
CHANCE = {('purge-account.c.o', 'g_uuid_string_random'), ('purge-hash.c.o', 'g_random_int')}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def find_room(name):
    rooms = [room for room in ROOMS if name.startswith(f'{room}/')]
    return max(rooms, key=len, default=None)


def check_includes():
    sources = [path for path in tree.list_files() if re.match(r'src/.*\.[ch]$', name_of(path))]
    homes = {path.name: find_room(name_of(path)) for path in sources}
    problems = []
    for path in sources:
        room = find_room(name_of(path))
        libraries, rooms = ROOMS[room]
        for kind, header in INCLUDE.findall(tree.read(path)):
            home = homes.get(pathlib.Path(header).name) if kind == '"' else None
            if home and home != room and home not in rooms:
                problems.append(f'{name_of(path)}: {header} is of {home}')
            for library, (headers, *_) in LIBRARIES.items():
                if re.match(headers, header) and library not in libraries:
                    problems.append(f'{name_of(path)}: {header}')
    return problems


def list_users(library, includes):
    """Which files include a library, or a header of ours that does."""
    users = {path for path, headers in includes.items()
             if any(re.match(LIBRARIES[library][0], header) for header in headers)}
    while more := {path for path, headers in includes.items() if path not in users
                   and {path.name for path in users} & {pathlib.Path(header).name for header in headers}}:
        users |= more
    return users


def check_few_files():
    includes = {path: [header for _, header in INCLUDE.findall(tree.read(path))]
                for path in tree.list_files() if name_of(path).startswith('src/core/')}
    problems = []
    for library, only in ONLY.items():
        stems = {path.stem for path in list_users(library, includes)}
        there = only & {path.stem for path in includes}
        problems += [f'{library}: {stem}' for stem in sorted(stems ^ there)]
    return problems


def check_flags(build):
    """A room whose compiler does not know the folder of a library cannot include it."""
    problems = []
    for command in json.loads((build / 'compile_commands.json').read_text()):
        path = (pathlib.Path(command['directory']) / command['file']).resolve()
        if not path.is_relative_to(tree.ROOT / 'src'):
            continue
        room = find_room(name_of(path))
        for library, (_, folder, *_) in LIBRARIES.items():
            if library not in ROOMS[room][0] and re.search(folder, command['command']):
                problems.append(f'{name_of(path)}: the compiler was told of {library}')
    return problems


def list_undefined(archive):
    """What the objects of an archive call and do not have: (object, symbol)."""
    output = subprocess.run(['nm', '--undefined-only', '--print-file-name', str(archive)],
                            capture_output=True, text=True, check=True).stdout
    for line in output.splitlines():
        place, _, symbol = line.rpartition(' ')
        yield pathlib.Path(place.split(':')[1]).name, symbol.split('@')[0]


def find_archives(build):
    for room in ROOMS:
        for archive in (build / room).glob('lib*.a'):
            yield room, archive


def check_symbols(build):
    problems = []
    for room, archive in find_archives(build):
        for file, symbol in list_undefined(archive):
            for library, (_, _, symbols, _) in LIBRARIES.items():
                if library not in ROOMS[room][0] and re.match(symbols, symbol):
                    problems.append(f'{archive.name}: {file}: {symbol}')
    return problems


def is_pure(symbol):
    if re.match(r'(g|json)_', symbol):
        return not IMPURE_G.fullmatch(symbol)
    return symbol.startswith('purge_') or bool(PURE_C.fullmatch(symbol))


def check_purity(build):
    problems = []
    for name in PURE:
        for archive in (build / 'src' / 'core' / name).glob('lib*.a'):
            problems += [f'{archive.name}: {file}: {symbol}'
                         for file, symbol in list_undefined(archive)
                         if not is_pure(symbol) and (file, symbol) not in CHANCE]
    return problems


def check_programs(build):
    problems = []
    for name, forbidden in PROGRAMS.items():
        program = build / name
        if program.exists():
            needed = subprocess.run(['objdump', '-p', str(program)], capture_output=True, text=True,
                                    check=True).stdout
            problems += [f'{name} is linked with {library}' for library in forbidden
                         if re.search(rf'NEEDED\s+{LIBRARIES[library][3]}', needed)]
    return problems


def main():
    build = pathlib.Path(sys.argv[2])
    tree.report({
        'includes': check_includes(),
        'few files for one part of the outside': check_few_files(),
        'what the compiler is told': check_flags(build),
        'symbols': check_symbols(build),
        'pure rooms': check_purity(build),
        'programs': check_programs(build),
    })


if __name__ == '__main__':
    main()
