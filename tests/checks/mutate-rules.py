#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""Takes the rules for directories and URLs out of the code, one after another, and fails where the
tables of cases do not notice.

The rows of tables are taken out in one program: the tables lose their `const`, and a constructor
makes the row without effect that an environment variable names. What is no row is changed in the
text, and only its file is compiled again. All of it happens to copies."""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VALUES = ROOT / 'src' / 'core' / 'values'
STEMS = ('character', 'directory', 'enum', 'file-ending', 'host', 'international-host', 'kind',
         'mends', 'piece', 'problem', 'sentences', 'suggestion')

# Table -> the statement that takes row {0} out.
TABLES = {
    'purge-piece.c': {
        'text_rules': '{0}.is_broken = never_broken;',
        'path_rules': '{0}.is_broken = never_broken;',
        'names': None,
    },
    'purge-host.c': {
        'host_rules': '{0}.is_broken = never_broken;',
        'authority_rules': '{0}.is_broken = never_broken;',
    },
    'purge-character.c': {'ranges': '{0}.kind = 0;'},
    'purge-international-host.c': {'mixtures': '{0} = 0;'},
    'purge-suggestion.c': {'changes': '{0}.problem = -1;'},
    # The last row takes the one before it, so that the order holds.
    'purge-file-ending.c': {'endings': '{0} = {1};'},
}
NEVER = {
    'purge-piece.c': 'static gboolean never_broken (const PurgePiece *piece) { return FALSE; }',
    'purge-host.c': 'static gboolean never_broken (const char *t, gsize n) { return FALSE; }',
}

# What is no row of a table: file, text, text without the rule.
EDITS = [
    ('purge-directory.c', '*mends |= PURGE_MENDS_BLANKS_TRIMMED', ';'),
    ('purge-directory.c', "byte == '\\n' || byte == '\\r'", 'FALSE'),
    ('purge-directory.c', 'PURGE_CHARACTERS_SPACE | PURGE_CHARACTERS_BLANK)) != 0 ||',
     'PURGE_CHARACTERS_SPACE)) != 0 ||'),
    ('purge-directory.c', 'PURGE_CHARACTERS_SPACE | PURGE_CHARACTERS_BLANK)) != 0 ||',
     'PURGE_CHARACTERS_BLANK)) != 0 ||'),
    ('purge-directory.c', 'piece->secure ? "https://" : "http://"', 'piece->text'),
    ('purge-directory.c', '*mends |= PURGE_MENDS_SCHEME_LOWERED', ''),
    ('purge-directory.c', '*mends |= PURGE_MENDS_FRAGMENT_DROPPED', ''),
    ('purge-directory.c', 'trim_blanks (&piece->path, &length, mends);', ''),
    ('purge-directory.c', "byte > ' ' && byte < 0x7f", "byte < 0x7f"),
    ('purge-directory.c', "byte > ' ' && byte < 0x7f", "byte > ' '"),
    ('purge-directory.c', "byte == ' ' ? PURGE_MENDS_BLANK_ENCODED : PURGE_MENDS_PATH_ENCODED",
     'PURGE_MENDS_PATH_ENCODED'),
    ('purge-directory.c', "byte == ' ' ? PURGE_MENDS_BLANK_ENCODED : PURGE_MENDS_PATH_ENCODED",
     'PURGE_MENDS_BLANK_ENCODED'),
    ('purge-directory.c', "g_string_append_c (url, '/');", ''),
    ('purge-directory.c', '*mends |= PURGE_MENDS_SLASH_ADDED;', ''),
    ('purge-directory.c', 'url->len > PURGE_DIRECTORY_MAX_BYTES ? PURGE_PROBLEM_TOO_LONG :', ''),
    ('purge-directory.c', 'url->len > PURGE_DIRECTORY_MAX_BYTES',
     'url->len >= PURGE_DIRECTORY_MAX_BYTES'),
    ('purge-directory.c', "piece->kind == PURGE_KIND_DIRECTORY && piece->path[", 'piece->path['),
    ('purge-directory.c', 'return piece->path_length == 0 ||', 'return'),
    ('purge-directory.c',
     'append_encoded (url, piece->path + piece->path_length, piece->query_length, mends);', ''),
    ('purge-directory.c', 'piece->query_length = length - piece->path_length;', ';'),
    ('purge-directory.c', 'piece->path_length = length;', ';'),
    ('purge-piece.c', "end = find_byte (piece->path, end, '#');", ';'),
    ('purge-piece.c', "find_byte (piece->path, end, '?') : end", 'end : end'),
    ('purge-piece.c', 'piece->kind == PURGE_KIND_DIRECTORY && piece->query_length',
     'piece->query_length'),
    ('purge-piece.c', 'return piece->kind == PURGE_KIND_DIRECTORY && slash', 'return slash'),
    ('purge-piece.c', '&&\n          !ends_in_pair (piece)', ''),
    ('purge-piece.c', 'piece->kind == PURGE_KIND_URL && length > 0', 'length > 0'),
    ('purge-piece.c', "piece->path[length - 1] == ')' &&", ''),
    ('purge-piece.c', '(piece->kind == PURGE_KIND_URL &&\n          (last', '((last'),
    ('purge-piece.c', '(piece->kind == PURGE_KIND_URL &&\n          (last', '(FALSE && (last'),
    ('purge-piece.c', '(PURGE_CHARACTERS_SPACE | PURGE_CHARACTERS_BLANK)) != 0)', '0) != 0)'),
    ('purge-piece.c', '(PURGE_CHARACTERS_SPACE | PURGE_CHARACTERS_BLANK)) != 0)',
     'PURGE_CHARACTERS_SPACE) != 0)'),
    ('purge-piece.c',
     "count_byte (piece->path, length, '(') == count_byte (piece->path, length, ')')", 'TRUE'),
    ('purge-piece.c', "i + 2 < piece->path_length; i++)", 'i + 2 < piece->length; i++)'),
    ('purge-piece.c', "i + 2 < piece->path_length; i++)", 'i + 3 < piece->path_length; i++)'),
    ('purge-piece.c', 'const gsize length = piece->path_length + piece->query_length;\n\n  for',
     'const gsize length = piece->path_length;\n\n  for'),
    ('purge-piece.c', 'const gsize length = piece->path_length + piece->query_length;\n\n  return',
     'const gsize length = piece->path_length;\n\n  return'),
    ('purge-suggestion.c', 'scope == SCOPE_PATH ? strcspn (text, "?") : strlen (text)',
     'strlen (text)'),
    ('purge-suggestion.c', 'scope == SCOPE_PATH ? strcspn (text, "?") : strlen (text)',
     'strcspn (text, "?")'),
    ('purge-suggestion.c', ' && is_for_kind (changes[i].scope, kind)', ''),
    ('purge-suggestion.c', 'SCOPE_TEXT_OF_DIRECTORY, drop_wildcard', 'SCOPE_TEXT, drop_wildcard'),
    ('purge-suggestion.c', 'SCOPE_TEXT_OF_DIRECTORY, strip_bracket', 'SCOPE_TEXT, strip_bracket'),
    ('purge-suggestion.c', 'SCOPE_PATH, merge_slashes', 'SCOPE_TEXT, merge_slashes'),
    ('purge-suggestion.c', 'SCOPE_PATH, decode_slashes', 'SCOPE_TEXT, decode_slashes'),
    ('purge-suggestion.c', 'SCOPE_PATH, resolve_dots', 'SCOPE_TEXT, resolve_dots'),
    ('purge-piece.c', '&& !ends_in_address (piece)', ''),
    ('purge-piece.c', "*p != '?' && *p != '#'", "*p != '#'"),
    ('purge-piece.c', "*p != '?' && *p != '#'", "*p != '?'"),
    ('purge-piece.c', "*p == '/' || *p == '.' ||", "*p == '.' ||"),
    ('purge-piece.c', "*p == '.' || *p == '%'", "*p == '%'"),
    ('purge-piece.c', " || *p == '%'", ''),
    ('purge-piece.c', 'kinds |= PIECE_IS_EMPTY', ''),
    ('purge-piece.c', 'kinds |= PIECE_IS_LONG', ''),
    ('purge-piece.c', 'kinds |= PIECE_HAS_NO_SCHEME', ''),
    ('purge-piece.c', 'kinds |= PIECE_HAS_NO_FINAL_SLASH', ''),
    ('purge-piece.c', 'PURGE_CHARACTERS_STAR) != 0 || has_code (piece, "2a")',
     'PURGE_CHARACTERS_STAR) != 0'),
    ('purge-piece.c', '(piece->kinds & PURGE_CHARACTERS_STAR) != 0 ||', ''),
    ('purge-piece.c', 'PURGE_CHARACTERS_BACKSLASH) != 0 || has_code (piece, "5c")',
     'PURGE_CHARACTERS_BACKSLASH) != 0'),
    ('purge-piece.c', '(piece->kinds & PURGE_CHARACTERS_BACKSLASH) != 0 ||', ''),
    ('purge-piece.c', 'return has_code (piece, "7f");', 'return FALSE;'),
    ('purge-piece.c', "(piece->text[i + 1] == '0' || piece->text[i + 1] == '1')",
     "piece->text[i + 1] == '1'"),
    ('purge-piece.c', "(piece->text[i + 1] == '0' || piece->text[i + 1] == '1')",
     "piece->text[i + 1] == '0'"),
    ('purge-piece.c', '!g_ascii_isxdigit (piece->path[i + 1]) ||', ''),
    ('purge-piece.c', '||\n         !g_ascii_isxdigit (piece->path[i + 2])', ''),
    ('purge-piece.c', 'memcmp (p, "：", 3) == 0 ||', ''),
    ('purge-piece.c', '|| memcmp (p, "；", 3) == 0', ''),
    ('purge-piece.c', 'strchr (":;/", *p)', 'strchr (":;", *p)'),
    ('purge-piece.c', 'strchr (":;/", *p)', 'strchr (":/", *p)'),
    ('purge-piece.c', 'strchr (":;/", *p)', 'strchr (";/", *p)'),
    ('purge-piece.c', '!(length + 1 < piece->length && g_ascii_isdigit (rest[1]))', 'TRUE'),
    ('purge-piece.c', 'g_ascii_strncasecmp (p, "%2e", 3) == 0', 'FALSE'),
    ('purge-piece.c', "p += measure_dot (p, end);", ''),
    ('purge-piece.c', "p == end || *p == '/'", "*p == '/' && p < end"),
    ('purge-character.c', 'start + *bytes == length', 'TRUE'),
    ('purge-host.c', "(i == 0 || host[i - 1] == '.'))\n      return",
     "(host[i - 1] == '.' && i > 0))\n      return"),
    ('purge-host.c', "(i == 0 || host[i - 1] == '.'))\n      return", '(i == 0))\n      return'),
    ('purge-host.c', "(i == 0 || i == length", '(i == length'),
    ('purge-host.c', "i == length - 1 ||", ''),
    ('purge-host.c', "host[i - 1] == '.' ||", ''),
    ('purge-host.c', "|| host[i + 1] == '.'", ''),
    ('purge-host.c', 'inet_pton (AF_INET, copy, &address) == 1', 'TRUE'),
    ('purge-host.c', 'inet_pton (AF_INET, copy, &address) == 1', 'FALSE'),
    ('purge-host.c', "(label[1] | 0x20) == 'x'", 'FALSE'),
    ('purge-host.c', "|| authority[0] == ':'", ''),
    ('purge-host.c', "host[length - 1] != ']'", 'FALSE'),
    ('purge-host.c', 'length - 2 >= sizeof given', 'FALSE'),
    ('purge-host.c', 'inet_pton (AF_INET6, given, &address) != 1 ||', ''),
    ('purge-host.c', 'g_string_append (canonical, shortest);',
     'g_string_append (canonical, given);'),
    ('purge-host.c', '*mends |= PURGE_MENDS_ADDRESS_REWRITTEN', ''),
    ('purge-host.c', 'g_ascii_tolower (canonical->str[i])', 'canonical->str[i]'),
    ('purge-host.c', '*mends |= PURGE_MENDS_HOST_LOWERED;', ''),
    ('purge-host.c', '*mends |= PURGE_MENDS_HOST_ENCODED;', ''),
    ('purge-host.c', '*mends |= PURGE_MENDS_PORT_DROPPED;', ';'),
    ('purge-host.c', 'secure ? 443 : 80', '443'),
    ('purge-host.c', 'length < 1 || length > 5', 'length > 5'),
    ('purge-host.c', '|| length > 5', ''),
    ('purge-host.c', "|| text[0] == '0'", ''),
    ('purge-host.c', 'g_ascii_isdigit (text[i])', 'TRUE'),
    ('purge-host.c', 'return *port <= 65535;', 'return TRUE;'),
    ('purge-host.c', "end[1] != ':' ? length :", "FALSE ? length :"),
    ('purge-host.c', 'MAX_HOST_BYTES 253', 'MAX_HOST_BYTES 254'),
    ('purge-host.c', 'MAX_HOST_BYTES 253', 'MAX_HOST_BYTES 252'),
    ('purge-host.c', 'MAX_LABEL_BYTES 63', 'MAX_LABEL_BYTES 64'),
    ('purge-host.c', 'MAX_LABEL_BYTES 63', 'MAX_LABEL_BYTES 62'),
    ('purge-international-host.c', '|| character == 0x3002', ''),
    ('purge-international-host.c', '|| character == 0xff0e', ''),
    ('purge-international-host.c', '|| character == 0xff61', ''),
    ('purge-international-host.c', 'other != G_UNICODE_SCRIPT_COMMON && other != script', 'FALSE'),
    ('purge-international-host.c', 'if (mixes_scripts (copy))', 'if (FALSE)'),
    ('purge-international-host.c', '*ascii == NULL || **ascii == ', '**ascii == '),
    ('purge-international-host.c', 'scripts != SCRIPT_OTHER', 'TRUE'),
    ('purge-directory.h', 'MAX_BYTES 2048', 'MAX_BYTES 2049'),
    ('purge-directory.h', 'MAX_BYTES 2048', 'MAX_BYTES 2047'),
]


def find_rows(text, name):
    """The rows of a table as (start, end), one for each initialiser at its first level."""
    head = re.search(r'\b%s\[\] = \{' % name, text)
    if head is None:
        sys.exit(f'there is no table {name}')
    rows, depth, start, quoted, i = [], 0, head.end(), False, head.end()
    while depth >= 0:
        c = text[i]
        if c == '"' and text[i - 1] != '\\':
            quoted = not quoted
        elif not quoted:
            depth += (c == '{') + (c == '(') - (c == '}') - (c == ')')
            if (c == ',' and depth == 0) or depth < 0:
                if text[start:i].strip():
                    rows.append((start, i))
                start = i + 1
        i += 1
    return rows


def make_switchable(file, text, first):
    """The text with its tables writable and a switch for each row; and what each row is."""
    cases, labels = [], []
    for name, statement in TABLES.get(file, {}).items():
        rows = find_rows(text, name)
        if statement is None:
            # A table inside a function: each row may be put out in place.
            for n, (start, end) in reversed(list(enumerate(rows))):
                row = text[start:end].strip()
                text = (text[:start] + f' mutant == {first + len(labels) + n} ? "" : {row}' +
                        text[end:])
            text = text.replace(f'static const char * const {name}[]', f'const char *{name}[]')
            labels += [f'{file}: {name}: row {n}' for n in range(len(rows))]
            continue
        for n in range(len(rows)):
            other = n + 1 if n + 1 < len(rows) else n - 1
            cases.append(f'case {first + len(labels)}: ' +
                         statement.format(f'{name}[{n}]', f'{name}[{other}]') + ' break;')
            row = ' '.join(text[rows[n][0]:rows[n][1]].split())
            labels.append(f'{file}: {name}: {row}')
        text = re.sub(r'static const ((?:[^;{}]|\{[^{}]*\})*?\b%s\[\] = )' % name,
                      lambda m: 'static ' + m[1].replace('* const', '*'), text)
    if labels:
        text = re.sub(r'(#include "config.h"\n)',
                      r'\1#include <stdlib.h>\nstatic int mutant = -1;\n', text, count=1)
        text += ('\n' + NEVER.get(file, '') + '\n__attribute__ ((constructor)) static void\n'
                 'mutate (void)\n{\n  const char *name = getenv ("MUTANT");\n\n'
                 '  mutant = name != NULL ? atoi (name) : -1;\n  switch (mutant)\n    {\n    ' +
                 '\n    '.join(cases) + '\n    default: break;\n    }\n}\n')
    return text, labels


def ask_pkg_config(what):
    packages = ['glib-2.0', 'gobject-2.0', 'gio-2.0']
    return shlex.split(subprocess.run(['pkg-config', what, *packages], capture_output=True,
                                      text=True, check=True).stdout)


class Workshop:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.cc = shlex.split(os.environ.get('CC', 'cc'))
        self.flags = ['-std=gnu11', '-O0', '-w', '-D_GNU_SOURCE', f'-I{self.folder}',
                      f'-I{VALUES}', *ask_pkg_config('--cflags')]
        self.libs = ask_pkg_config('--libs')
        (self.folder / 'config.h').write_text('#define GETTEXT_PACKAGE "cdn-purge"\n')
        # Reading GLib's headers takes longer than all the rest, so it is done once.
        common = self.folder / 'common.h'
        common.write_text('#include <gio/gio.h>\n#include <string.h>\n')
        subprocess.run([*self.cc, *self.flags, '-x', 'c-header', common, '-o', f'{common}.gch'],
                       check=True)
        self.flags += ['-include', common]

    def compile(self, source, target, *flags):
        subprocess.run([*self.cc, *flags, *self.flags, '-c', source, '-o', target], check=True)

    def link(self, objects, target):
        subprocess.run([*self.cc, *objects, '-o', target, *self.libs], check=True)

    def is_green(self, program, mutant=None):
        env = dict(os.environ, G_TEST_SRCDIR=str(ROOT / 'tests'), LC_ALL='C.UTF-8',
                   G_DEBUG='fatal-warnings')
        if mutant is not None:
            env['MUTANT'] = str(mutant)
        command = [program, '-p', '/directory/table', '-p', '/directory/urls']
        return subprocess.run(command, env=env, timeout=60, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL).returncode == 0


def build_plain(shop):
    objects = {}
    for source in [VALUES / f'purge-{stem}.c' for stem in STEMS] + \
            [ROOT / 'tests' / 'core' / 'test-directory.c']:
        objects[source.name] = shop.folder / (source.stem + '.o')
    sources = {name: (VALUES if name.startswith('purge-') else ROOT / 'tests' / 'core') / name
               for name in objects}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda name: shop.compile(sources[name], objects[name]), objects))
    return objects


def try_rows(shop, objects):
    labels, mine = [], dict(objects)
    for file in TABLES:
        text, found = make_switchable(file, (VALUES / file).read_text(), len(labels))
        labels += found
        source = shop.folder / ('rows-' + file)
        source.write_text(text)
        mine[file] = source.with_suffix('.o')
        shop.compile(source, mine[file])
    program = shop.folder / 'rows'
    shop.link(mine.values(), program)
    if not shop.is_green(program):
        sys.exit('the tables of cases are not green to begin with')
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        green = list(pool.map(lambda n: shop.is_green(program, n), range(len(labels))))
    return labels, [label for label, survived in zip(labels, green) if survived]


def try_edit(shop, objects, number):
    file, old, new = EDITS[number]
    text = (VALUES / file).read_text()
    if text.count(old) < 1:
        sys.exit(f'{file} has no “{old}”')
    folder = shop.folder / f'edit-{number}'
    folder.mkdir()
    (folder / file).write_text(text.replace(old, new, 1))
    mine = dict(objects)
    for name in [file] if file.endswith('.c') else ['purge-directory.c', 'purge-piece.c']:
        source = folder / name
        if not source.exists():
            source.write_text((VALUES / name).read_text())
        mine[name] = source.with_suffix('.o')
        shop.compile(source, mine[name], f'-I{folder}')
    shop.link(mine.values(), folder / 'program')
    return shop.is_green(folder / 'program')


def main():
    with tempfile.TemporaryDirectory() as folder:
        shop = Workshop(folder)
        objects = build_plain(shop)
        labels, survivors = try_rows(shop, objects)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            green = list(pool.map(lambda n: try_edit(shop, objects, n), range(len(EDITS))))
    survivors += [f'{file}: {old} → {new}' for (file, old, new), survived in zip(EDITS, green)
                  if survived]
    for survivor in survivors:
        print('no case notices that this rule is gone:', survivor)
    print(f'{len(labels) + len(EDITS)} rules taken out, {len(survivors)} not noticed')
    return 1 if survivors else 0


if __name__ == '__main__':
    sys.exit(main())
