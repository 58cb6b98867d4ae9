# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""What checks of translations share: the texts that the sources have, and those of a catalogue."""

import dataclasses
import re
import subprocess

import tree

KEYWORDS = ('_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'ngettext:1,2', 'dngettext:2,3', 'g_dngettext:2,3')


@dataclasses.dataclass
class Entry:
    """One text, as the sources and a catalogue have it."""
    places: str
    flags: str
    obsolete: bool
    context: str
    text: str
    plural: str
    translations: list

    @property
    def key(self):
        return self.context, self.text, self.plural

    def __str__(self):
        return f'{self.places or "nowhere"}: {self.text!r}'


def read_list():
    """The files that translators are given."""
    path = tree.ROOT / 'po' / 'POTFILES.in'
    lines = [line.strip() for line in tree.read(path).splitlines()] if path.exists() else []
    return [line for line in lines if line and not line.startswith('#')]


def read_field(block, name):
    match = re.search(rf'^{name} ((?:".*"\n?)+)', block, re.M)
    text = ''.join(re.findall(r'^"(.*)"$', match[1], re.M)) if match else ''
    return re.sub(r'\\(.)', lambda found: {'n': '\n', 't': '\t'}.get(found[1], found[1]), text)


def parse(output):
    """The entries of a catalogue without wrapped lines; its head is none."""
    for block in output.strip().split('\n\n'):
        obsolete = bool(re.search(r'^#~ msgid', block, re.M))
        plain = re.sub(r'^#~ ', '', block, flags=re.M)
        entry = Entry(' '.join(re.findall(r'^#: (.*)', block, re.M)),
                      ' '.join(re.findall(r'^#, (.*)', block, re.M)), obsolete,
                      read_field(plain, 'msgctxt'), read_field(plain, 'msgid'),
                      read_field(plain, 'msgid_plural'),
                      [read_field(plain, re.escape(name))
                       for name in re.findall(r'^(msgstr(?:\[\d\])?) ', plain, re.M)])
        if entry.text:
            yield entry


def run(*command):
    """What a program of gettext says; its complaint where it fails."""
    return subprocess.run(command, cwd=tree.ROOT, capture_output=True, text=True, check=False)


def extract():
    """Every text that the sources have for translators."""
    return list(parse(run_xgettext()))


def extract_comments():
    """All that translators are told, in one line."""
    comments = re.findall(r'^#\. ?(.*)', run_xgettext(), re.M)
    return ' '.join(re.sub(r'^\s*\* ?', '', line) for line in comments)


def run_xgettext():
    files = [name for name in read_list() if (tree.ROOT / name).exists()]
    if not files:
        return ''
    result = run('xgettext', '--from-code=UTF-8', '--no-wrap', '--output=-', '--add-comments',
                 *(f'--keyword={keyword}' for keyword in KEYWORDS), *files)
    if result.returncode != 0:
        raise SystemExit(result.stderr)
    return result.stdout


def find(language):
    return tree.ROOT / 'po' / f'{language}.po'


def read(language):
    result = run('msgcat', '--no-wrap', str(find(language)))
    if result.returncode != 0:
        raise SystemExit(result.stderr)
    return list(parse(result.stdout))
