#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""translations.py ROOT: what translators are given is whole, and is written as it should be."""

import re
import subprocess

import tree
from tree import name_of

LISTS = [path for path in (tree.ROOT / 'po' / 'POTFILES.in', tree.ROOT / 'po' / 'POTFILES')
         if path.exists()]

CODE = re.compile(r'(?<![\w.])(_|N_|C_|NC_|Q_|ngettext|dngettext|g_dngettext)\s*\(\s*"')
TRANSLATABLE = {
    r'src/.*\.[ch]$': CODE,
    r'src/.*\.ui$': re.compile(r'translatable="(yes|true)"'),
    r'data/.*\.(desktop|metainfo\.xml)(\.in)*$': re.compile(r''),
}

# The vendor calls it so, in one word; people do not.
REFRESH = re.compile(r'\brefresh', re.I)
VENDOR = re.compile(r'\b(RefreshCdn\w+|GetCdnRefresh\w+)')
TYPEWRITER = re.compile(r'''\.\.\.|["']|\w - \w''')


def list_translatable():
    for path in tree.list_files():
        if any(re.match(name, name_of(path)) and text.search(tree.read(path))
               for name, text in TRANSLATABLE.items()):
            yield name_of(path)


def read_list():
    lines = [line.strip() for path in LISTS for line in tree.read(path).splitlines()]
    return [line for line in lines if line and not line.startswith('#')]


def check_list():
    listed = read_list()
    wanted = set(list_translatable())
    return ([f'missing: {name}' for name in sorted(wanted - set(listed))] +
            [f'stale: {name}' for name in listed if name not in wanted] +
            [f'not sorted: {name}' for name, other in zip(listed, sorted(listed))
             if name != other][:1])


def extract():
    """Every text that a translator is shown, as (places, text)."""
    files = [name for name in read_list() if (tree.ROOT / name).exists()]
    output = subprocess.run(
        ['xgettext', '--from-code=UTF-8', '--no-wrap', '--keyword=_', '--keyword=N_',
         '--keyword=C_:1c,2', '--keyword=NC_:1c,2', '--keyword=ngettext:1,2',
         '--keyword=dngettext:2,3', '--keyword=g_dngettext:2,3', '--output=-', *files],
        cwd=tree.ROOT, capture_output=True, text=True, check=True).stdout if files else ''
    for entry in output.split('\n\n')[1:]:
        places = ' '.join(re.findall(r'^#: (.*)', entry, re.M))
        for match in re.finditer(r'^msgid(?:_plural)? ((?:".*"\n?)+)', entry, re.M):
            text = ''.join(re.findall(r'^"(.*)"$', match[1], re.M))
            yield places, re.sub(r'\\(.)', r'\1', text)


def check_words(pattern):
    return [f'{places}: {text}' for places, text in extract()
            if pattern.search(VENDOR.sub('', text))]


tree.report({
    'the list of files': check_list() if LISTS else [],
    'the word for it is purge': check_words(REFRESH),
    'typographic characters': check_words(TYPEWRITER),
})
