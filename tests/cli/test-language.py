# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""The language of the person, in programs that run where they were built, also where the system has
no such locale."""

import platform
import re
import subprocess

from clitest import DEADLINE, SIMULATOR, Terminal, collect, lines, main

NONE = {'LC_ALL': '', 'LC_MESSAGES': '', 'LANG': '', 'LANGUAGE': ''}

# Since this version C.UTF-8 is English, whatever LANGUAGE says, and translations need another locale.
STRICT = tuple(map(int, platform.libc_ver()[1].split('.'))) >= (2, 41)

# What the environment says, and whether that is Chinese. Before that version no locale but C.UTF-8 has to
# be there.
ENVIRONMENTS = {
    'a locale that may not be there': ({'LANG': 'zh_CN.UTF-8'}, True),
    'that locale for messages only': ({'LANG': 'C.UTF-8', 'LC_MESSAGES': 'zh_CN.UTF-8'}, True),
    'that locale for all': ({'LANG': 'en_US.UTF-8', 'LC_ALL': 'zh_CN.UTF-8'}, True),
    'a list of languages': ({'LANG': 'C.UTF-8', 'LANGUAGE': 'zh_CN:en'}, not STRICT),
    'a locale and another language': ({'LANG': 'zh_CN.UTF-8', 'LANGUAGE': 'en'}, False),
    'a language without translation': ({'LANG': 'xx_XX.UTF-8'}, False),
    'the plain locale': ({'LANG': 'C', 'LANGUAGE': 'zh_CN'}, False),
    'nothing': ({}, False),
}

CHINESE = {'LC_ALL': '', 'LANG': 'zh_CN.UTF-8'}
COMMANDS = ['purge', 'accounts list', 'accounts add', 'accounts remove', 'history', 'show', 'check',
            'retry', 'quota']

# Examples are commands, which are the same in every language.
EXAMPLE = re.compile(r'^  (echo|cdn-purge-cli) .*$', re.M)
ENGLISH = re.compile(r'\b[a-z]+ [a-z]+ [a-z]+\b')


def make_environment(environment, chinese):
    def test(place):
        environment_there = NONE | environment
        said = place.run('accounts', 'list', environment=environment_there).expect(0)
        assert ('还没有账号' in said.out) == chinese, said.out
        helped = subprocess.run([SIMULATOR, '--help'], env=place.environment | environment_there,
                                capture_output=True, text=True, timeout=DEADLINE, check=True)
        assert ('不刷新任何内容' in helped.stdout) == chinese, helped.stdout
    return test


def test_help(place):
    """no help has English left in it"""
    for command in ['', *COMMANDS]:
        text = place.run(*command.split(), '--help', environment=CHINESE).expect(0).out
        left = ENGLISH.findall(EXAMPLE.sub('', text).replace('accounts', ''))
        assert not left, (command, left)


def test_sentences(place):
    """sentences follow each other without a blank, and lists have the comma of lists"""
    bad = place.run('purge', '--dry-run', stdin=lines(['http://EXAMPLE.com/a']), environment=CHINESE)
    assert re.search('主机名已改为小写。已在.*末尾添加“/”。', bad.expect(0).err), bad.err
    unknown = place.run('nonsense', environment=CHINESE).expect(2)
    assert 'purge、accounts list、' in unknown.err, unknown.err


def test_json(place):
    """what scripts read is the same in every language, sentences aside"""
    report = place.run('--json', 'purge', '--practice', '--yes', environment=CHINESE,
                       stdin=lines(['https://www.example.com/a'])).report(0)
    assert report['batches'][0]['state'] == 'accepted'
    assert report['changes'][0]['problem'] == 'slash-added', report['changes']
    assert '腾讯云已受理刷新。' in report['batches'][0]['explanation'], report


def test_confirmed(place):
    """what is asked on the terminal is asked in Chinese, and answered with one letter"""
    place.environment |= CHINESE
    path = place.write('list.txt', 'https://www.example.com/\n')
    terminal = Terminal(place, ['purge', '--practice', path])
    terminal.wait_for('刷新 1 个目录？')
    terminal.wait_for('[y/N]')
    terminal.type('y\n')
    assert '已受理' in terminal.end().expect(0).out


if __name__ == '__main__':
    main(collect(globals()) +
         [(f'the language of {name}', make_environment(*case))
          for name, case in ENVIRONMENTS.items()])
