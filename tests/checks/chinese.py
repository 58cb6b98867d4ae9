#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""chinese.py ROOT: the Chinese translation says what the English text says, in the words of the
vendor's console, and is set as Chinese is."""

import re

import catalogue
import tree

LANGUAGE = 'zh_CN'

HAN = '[\u3400-\u9fff]'
# One conversion of printf, which may be anything once it is filled in.
CONVERSION = re.compile(r'%(?:\d+\$)?[-+ #0]*\d*(?:\.\d+)?[a-zA-Z]')
MNEMONIC = re.compile(r'\(_[A-Z0-9]\)')

# The word that is meant, and those that are not used for it.
WORDS = {
    '账号': '帐[号户]|账户',
    '密钥': '密匙|秘钥',
    '密钥环': '钥匙[环圈串]',
    '登录': '登[陆入]',
    '默认': '缺省',
    '变更资源': '更新资源|修改资源',
    '操作记录': '历史记录',
    '配额': '额度|份额',
    '源站': '源服务器',
    '结果未知': '状态不明',
    '剪贴板': '剪切板',
}

# What is done to a view, and has a word of its own.
RELOADING = re.compile(r'\b(re)?load(s|ed|ing)?\b|\brefresh(?!Cdn)', re.I)

SETTING = {
    'punctuation of English beside Chinese': re.compile(
        rf'{HAN}\s*[,;:!?."\'()]|[,;:!?"\'()]\s*{HAN}|\.\.\.|--{HAN}'),
    'a blank where Chinese has none': re.compile(rf'{HAN} +{HAN}|[，。；：？！、（）“”] | [，。；：？！、（）“”]'),
    'no blank between Chinese and Latin': re.compile(rf'{HAN}[A-Za-z0-9]|[A-Za-z0-9]{HAN}'),
}
ENDS = {'.': '。', '?': '？', ':': '：', '…': '…'}

# The keywords of a desktop file are separated by semicolons.
VERBATIM = re.compile(r'.*;$')


def list_entries():
    if not catalogue.find(LANGUAGE).exists():
        return []
    return [entry for entry in catalogue.read(LANGUAGE) if not entry.obsolete]


def check_format():
    if not catalogue.find(LANGUAGE).exists():
        return []
    result = catalogue.run('msgfmt', '--check', '--output-file=/dev/null',
                           str(catalogue.find(LANGUAGE)))
    return result.stderr.splitlines() if result.returncode != 0 else []


def check_words(entries):
    for entry in entries:
        for translation in entry.translations:
            for word, others in WORDS.items():
                if found := re.search(others, translation):
                    yield f'{entry}: {found[0]} is {word} here'
            if '刷新' in translation and RELOADING.search(entry.text):
                yield f'{entry}: to load again is 重新加载, and 刷新 is to purge'


def check_setting(entries):
    for entry in entries:
        for translation in entry.translations:
            if VERBATIM.match(translation):
                continue
            # A line of its own; what is filled in may be anything, and is taken for nothing.
            for line in MNEMONIC.sub('', translation).split('\n'):
                bare = CONVERSION.sub('\N{OBJECT REPLACEMENT CHARACTER}', line).strip()
                for fault, pattern in SETTING.items():
                    if found := pattern.search(bare):
                        yield f'{entry}: {fault}: {found[0]}'


def find_mnemonic(text):
    """The letter that is underlined; no text has an underscore for anything else."""
    match = re.search(r'_(\w)', text)
    return match[1].upper() if match else None


def check_mnemonics(entries):
    for entry in entries:
        for translation in entry.translations:
            letter = find_mnemonic(entry.text)
            if find_mnemonic(translation) != letter or \
                    bool(letter) != bool(MNEMONIC.search(translation)):
                yield f'{entry}: {translation} has another mnemonic'


def check_ends(entries):
    for entry in entries:
        end = entry.text.rstrip()[-1:]
        for translation in entry.translations:
            wanted = ENDS.get(end)
            last = translation.rstrip()[-1:]
            if wanted and last != wanted or not wanted and last in '。？：':
                yield f'{entry}: ends with {last}'


def list_keys(entries):
    return {entry.key: str(entry) for entry in entries}


def check_complete():
    """Whether every text of the sources is translated, and none that they do not have."""
    if not catalogue.find(LANGUAGE).exists():
        return
    wanted, entries = list_keys(catalogue.extract()), list(catalogue.read(LANGUAGE))
    there = list_keys(entry for entry in entries if not entry.obsolete)
    yield from (f'not in the catalogue: {wanted[key]}' for key in wanted if key not in there)
    yield from (f'not in the sources: {there[key]}' for key in there if key not in wanted)
    for entry in entries:
        if entry.obsolete:
            yield f'obsolete: {entry.text!r}'
        elif not all(entry.translations):
            yield f'untranslated: {entry}'
        elif 'fuzzy' in entry.flags:
            yield f'fuzzy: {entry}'


def main():
    entries = [entry for entry in list_entries() if any(entry.translations)]
    tree.report({
        'complete': list(check_complete()),
        'format': check_format(),
        'words': list(check_words(entries)),
        'setting': list(check_setting(entries)),
        'mnemonics': list(check_mnemonics(entries)),
        'ends of sentences': list(check_ends(entries)),
    })


if __name__ == '__main__':
    main()
