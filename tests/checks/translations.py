#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""translations.py ROOT: what translators are given is whole, and is written as it should be."""

import re

import catalogue
import tree
from tree import name_of

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
# The compiler puts the number's letter there; translators' tools see a text that ends before it.
MACRO = re.compile(r'%[-+ #0\d.]*$')


def list_translatable():
    for path in tree.list_files():
        if any(re.match(name, name_of(path)) and text.search(tree.read(path))
               for name, text in TRANSLATABLE.items()):
            yield name_of(path)


def check_list():
    listed = catalogue.read_list()
    wanted = set(list_translatable())
    return ([f'missing: {name}' for name in sorted(wanted - set(listed))] +
            [f'stale: {name}' for name in listed if name not in wanted] +
            [f'not sorted: {name}' for name, other in zip(listed, sorted(listed))
             if name != other][:1])


def check_texts(pattern):
    return [f'{entry.places}: {text}' for entry in catalogue.extract()
            for text in (entry.text, entry.plural) if pattern.search(VENDOR.sub('', text))]


def simplify(comment):
    """A comment without what its lines begin with, and without their ends."""
    return ' '.join(re.sub(r'^\s*(#\.|\*)? ?', '', line) for line in comment.split('\n')).strip()


def check_comments():
    """A comment that does not stand just above its text is not given to translators."""
    given = catalogue.extract_comments()
    return [f'{name_of(path)}: {simplify(comment)}'
            for path in tree.list_files() if re.match(r'(src|data)/', name_of(path))
            for comment in re.findall(r'Translators:.*?(?=\*/|-->)', tree.read(path), re.S)
            if simplify(comment) not in given]


has_list = any((tree.ROOT / 'po' / name).exists() for name in ('POTFILES.in', 'POTFILES'))

tree.report({
    'the list of files': check_list() if has_list else [],
    'the word for it is purge': check_texts(REFRESH),
    'typographic characters': check_texts(TYPEWRITER),
    'whole for translators': check_texts(MACRO),
    'comments for translators': check_comments() if has_list else [],
})
