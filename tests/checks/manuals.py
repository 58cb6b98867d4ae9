#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""The manual pages say what the programs' own help says: the same commands, options, values and exit
codes, each where it belongs, and no others; and what sets the pages has nothing to complain about."""

import re
import shutil
import subprocess

import tree
from programs import ask_help, list_commands, list_options, list_programs

PAGES = tree.ROOT / 'data/man'

HELP_CODE = re.compile(r'^  (\d)  ', re.M)
PAGE_OPTION = re.compile(r'(?<![\w-])--[a-z][\w-]*')

LINTERS = (['groff', '-man', '-Tutf8', '-ww', '-z'], ['mandoc', '-Tlint', '-Wwarning'])


def read_usage(text, program):
    """What follows the program's name in the line that says how it is called."""
    return re.search(rf'^  {program} (.*)', text, re.M)[1]


def unroff(text):
    """A line of a page as it is read, without fonts."""
    return re.sub(r'\\f(?:\[\w*\]|.)', '', text).replace(r'\-', '-').replace(r'\&', '')


def read_tag(line):
    """What stands in front of a paragraph: the words of a line whose fonts alternate are one."""
    macro, _, rest = line.partition(' ')
    words = [quoted or word for quoted, word in re.findall(r'"([^"]*)"|(\S+)', rest)]
    return unroff((' ' if macro in ('.B', '.I') else '').join(words))


class Page:
    """Tags by heading: a command's for its own, else the section's."""

    def __init__(self, text):
        self.text = unroff(text)
        self.tags = {}
        self.commands = []
        section = heading = ''
        lines = text.split('\n')
        for line, following in zip(lines, lines[1:] + ['']):
            if line.startswith('.SH '):
                section = heading = unroff(line[4:])
            elif line.startswith('.SS '):
                heading = unroff(line[4:])
                if section == 'COMMANDS':
                    self.commands.append(heading)
            elif line == '.TP':
                self.tags.setdefault(heading, []).append(read_tag(following))

    def get_options(self, heading):
        return [option for tag in self.tags.get(heading, []) for option in tag.split(', ')
                if option.startswith('--')]


def compare(where, told, written):
    """Both are lists of what must be the same, in any order."""
    return [f'{where}: {item} is in the help only' for item in told if item not in written] + \
           [f'{where}: {item} is in the page only' for item in written if item not in told]


def check_commands(program, page, overview):
    problems = []
    shared = page.get_options('OPTIONS')
    usages = []
    for command in list_commands(overview):
        text = ask_help(program, command)
        usage = read_usage(text, program)
        usages.append(usage)
        told = [option for option in list_options(text) if option not in shared]
        problems += compare(f'{program}: {command}', told, page.get_options(usage))
    return problems + compare(f'{program}: commands', usages, page.commands)


def check_mentions(program, page, known):
    """What stands in a sentence or an example has to exist, too."""
    return [f'{program}: no program has {option}'
            for option in sorted(set(PAGE_OPTION.findall(page.text)) - known)]


def check_page(program, page, known):
    overview = ask_help(program)
    problems = compare(program, list_options(overview), page.get_options('OPTIONS'))
    problems += check_commands(program, page, overview)
    problems += check_mentions(program, page, known)
    if codes := HELP_CODE.findall(overview):
        problems += compare(f'{program}: exit codes', codes, page.tags.get('EXIT STATUS', []))
    return problems


def collect_options(programs):
    """Every option that any of the programs has, by its name alone."""
    texts = []
    for program in programs:
        overview = ask_help(program)
        texts += [overview, *(ask_help(program, command) for command in list_commands(overview))]
    return {option.partition('=')[0] for text in texts for option in list_options(text)}


def check_pages(programs):
    known = collect_options(programs)
    problems = []
    for program in programs:
        path = PAGES / f'{program}.1'
        if path.exists():
            problems += check_page(program, Page(tree.read(path)), known)
        else:
            problems.append(f'{program} has no page')
    return problems


def check_setting():
    problems = []
    for linter in (linter for linter in LINTERS if shutil.which(linter[0])):
        for path in sorted(PAGES.glob('*.1')):
            result = subprocess.run([*linter, path], capture_output=True, text=True, check=False)
            lines = (result.stdout + result.stderr).splitlines()
            problems += [f'{linter[0]}: {line}' for line in lines]
    return problems


def main():
    programs = list_programs()
    has_linter = any(shutil.which(linter[0]) for linter in LINTERS)
    tree.report({
        'programs are known': [] if programs else ['meson.build installs none'],
        'pages and help': check_pages(programs),
        'setting' if has_linter else 'setting # SKIP neither groff nor mandoc': check_setting(),
    })


if __name__ == '__main__':
    main()
