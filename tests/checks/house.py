#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""House rules that a machine can judge: licence headers, sizes, words, scripts, documentation."""

import re
import subprocess

import tree
from tree import name_of

LONGEST_FILE = 700
LONGEST_FUNCTION = 60

LICENCE = ('SPDX-License-Identifier: GPL-3.0-or-later',
           'SPDX-FileCopyrightText: The CDN Purge authors')
WITH_LICENCE = re.compile(r'\.(c|h|py|sh|ui|css|xml|build|supp)$|meson_options\.txt$')

# Other people's text and tables, where neither size nor words are ours.
NOT_OURS = re.compile(r'^(COPYING|LICENSES/.*|po/.*\.po|tests/data/.*|.*package-lock\.json)$')

# Each word is written so that it does not find itself.
UNFINISHED = r'\b(TO[D]O|FIX[M]E|XX[X])\b'
ELSEWHERE = r'(?<![\w.$}])/wor[k]/|\.\./share[d]\b|/far[m]/'
PAPERS = r'\b(DESIG[N]|RELIABILIT[Y]|FACT[S]|TESTIN[G]|PEER[S]|STYL[E]|PERFORMANC[E])\.md\b'
REGISTRIES = (r'npmj[s]\.(org|com)|pyp[i]\.org|pythonhoste[d]\.org|crate[s]\.io|rubygem[s]\.org|'
              r'proxy\.golan[g]\.org|deb\.debia[n]\.org|archive\.ubunt[u]\.com|docke[r]\.io')


def list_ours():
    return [path for path in tree.list_files() if not NOT_OURS.match(name_of(path))]


def check_licences():
    problems = []
    for path in list_ours():
        if WITH_LICENCE.search(path.name) or tree.find_interpreter(path):
            head = tree.read(path).split('\n')[:6]
            if not all(any(text in line for line in head) for text in LICENCE):
                problems.append(f'{name_of(path)}: no two-line SPDX header')
    return problems


def check_file_sizes():
    return [f'{name_of(path)}: {lines} lines' for path in list_ours()
            if (lines := tree.read(path).count('\n')) > LONGEST_FILE]


def list_functions(paths):
    """(file, first line, last line, name) of every function."""
    output = subprocess.run(
        ['ctags', '-x', '--_xformat=%F\t%n\t%e\t%N', '--kinds-C=f', '--kinds-Python=fm',
         '--languages=C,Python', '-L', '-'], input='\n'.join(map(str, paths)),
        capture_output=True, text=True, check=True).stdout
    for line in output.splitlines():
        file, first, last, name = line.split('\t')
        # A function of one line has no end.
        yield file, int(first), int(last or first), name


def check_function_sizes():
    problems = []
    sources = [path for path in list_ours() if path.suffix in ('.c', '.py')]
    for file, first, last, name in list_functions(sources):
        if last - first + 1 > LONGEST_FUNCTION:
            problems.append(f'{file}:{first}: {name}: {last - first + 1} lines')
    return problems


def check_words(pattern):
    problems = []
    for path in list_ours():
        for number, line in enumerate(tree.read(path).split('\n'), 1):
            if match := re.search(pattern, line):
                problems.append(f'{name_of(path)}:{number}: {match[0]}')
    return problems


def check_scripts():
    scripts = [str(path) for path in list_ours() if tree.find_interpreter(path) in ('sh', 'bash')
               or name_of(path).startswith('data/completion/')]
    if not scripts:
        return ['there is none']
    result = subprocess.run(['shellcheck', '--format=gcc', *scripts], capture_output=True,
                            text=True, check=False)
    return (result.stdout + result.stderr).splitlines()


def check_documentation():
    """Every public function of core has a comment where it is defined."""
    core = [path for path in list_ours() if name_of(path).startswith('src/core/')]
    headers = '\n'.join(tree.read(path) for path in core if path.suffix == '.h')
    problems = []
    for file, line, _, name in list_functions([path for path in core if path.suffix == '.c']):
        if re.match(r'purge_(?!\w+_get_type$)', name) \
                and re.search(rf'^[^\n]*\b{name}\s+\(', headers, re.M) \
                and not re.search(rf'^/\*\*\n \* {name}:', open(file, encoding='utf-8').read(), re.M):
            problems.append(f'{file}:{line}: {name}')
    return problems


tree.report({
    'licence headers': check_licences(),
    'file sizes': check_file_sizes(),
    'function sizes': check_function_sizes(),
    'nothing unfinished': check_words(UNFINISHED),
    'no paths of one machine': check_words(ELSEWHERE),
    'no papers that are not here': check_words(PAPERS),
    'no registries': check_words(REGISTRIES),
    'shell scripts': check_scripts(),
    'documentation of core': check_documentation(),
})
