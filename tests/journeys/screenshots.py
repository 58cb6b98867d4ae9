#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""screenshots.py PROGRAM WIDTH HEIGHT [VARIANT…]: a picture of every page, to be looked at.

A screen of exactly that size is expected. The pictures go to $JOURNEY_OUTPUT and are called
PAGE-VARIANT-WIDTH.png. Where there is a keyring ($SCREENSHOTS_KEYRING), they are those of the pages that
need an account; else those of the others. $SCREENSHOTS_PAGES names those that are wanted; else all.
"""

import contextlib
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

from cdn_purge import BUILD, Simulator, add_account, list_purges
from driver import DEADLINE, PROGRAM_ENVIRONMENT, Program, wait_for
from language import Language

VARIANTS = {
    'light': {},
    'dark': {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'},
    'contrast': {'ADW_DEBUG_HIGH_CONTRAST': '1'},
    'rtl': {'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'he'},
    'large': {},
    'chinese': {'LC_ALL': 'zh_CN.UTF-8'},
    'chinese-dark': {'LC_ALL': 'zh_CN.UTF-8',
                     'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'},
}

MIXED = '''https://www.Example.com/news
https://www.example.com/shop/
https://www.example.com/shop/sale/
www.example.com/x/
https://img.example.com/a/index.html
https://img.example.com/logo?v=2
url https://www.example.com/shop/app.css
https://www.example.com/a/rather/long/path/that/does/not/fit/into/one/line/of/a/narrow/window/
'''
FEW = ''.join(f'https://www.example.com/{name}/\n' for name in ('news', 'shop', 'about'))
FILES = '''https://www.example.com/shop/
https://www.example.com/shop/index.html?from=mail
url https://www.example.com/shop/app.css
'''
HUNDRED = ''.join(
    f'https://{"static-assets.cdn-edge-7.eu-central.shop" if number % 5 == 0 else "www"}.example.com'
    f'/season-{number}/{"pictures/large/" * (number % 7 == 6)}\n' for number in range(1, 101))
GOOD = ''.join(f'https://www.example.com/section-{number}/archive/\n' for number in range(1, 45))
MANY = f'https://unknown.invalid/a/\n{GOOD}'.rsplit('https', 1)[0]


class ChineseProgram(Program):
    """A program in Chinese, in which is found what is called in English."""

    language = Language(BUILD / 'po' / 'zh_CN' / 'LC_MESSAGES' / 'cdn-purge.mo')

    def speak(self, name):
        return self.language.speak(name)


def paste(program, text):
    program.set_clipboard(text)
    program.keys('ctrl+v')
    program.find('button', re.compile(r'\b(Purge|刷新) \d'))


def show_start(program):
    program.find('button', 'Add Account')


def show_account(program):
    program.find('button', 'Add Account')
    program.keys('Return')
    program.wait_for_window('Add Account')


def show_account_problem(program):
    show_account(program)
    program.focus(program.wait_for_window('Add Account'))
    program.type('Production')
    program.keys('Return')
    program.find('label', 'SecretId is empty')


def show_account_secret(program):
    show_account(program)
    program.focus(program.wait_for_window('Add Account'))
    program.click(program.find('entry', 'SecretKey'))
    program.type('notARealKey0123456789')
    program.click(program.find('button', re.compile('^(Show Text|显示文本)$')))
    program.find('button', re.compile('^(Hide Text|隐藏文本)$'))


def show_keyring_failure(program):
    show_account(program)
    program.focus(program.wait_for_window('Add Account'))
    program.type('Production')
    program.click(program.find('entry', 'SecretId'))
    program.type(' AKIDexampleONLY')
    program.click(program.find('entry', 'SecretKey'))
    program.type('notARealKey0123456789')
    program.keys('Return')
    program.find('alert', 'keyring service')


def show_empty(program):
    program.find('label', 'No Directories Yet')


def show_list(program):
    paste(program, MIXED)


def show_kind(program):
    paste(program, FILES)
    program.click(program.find('button', 'Kind: URL'))
    program.find('menu item', 'Purge as URL, This One Only')


def show_many(program):
    paste(program, HUNDRED)


def show_selected(program):
    show_many(program)
    program.keys('Home', 'shift+Down', 'shift+Down', 'shift+Down')


def show_row_menu(program):
    show_selected(program)
    program.keys('shift+F10')
    program.find('menu item', 'Purge as URL')


def show_text(program):
    paste(program, MIXED)
    program.keys('ctrl+t')
    program.find('entry', 'Directories, one a line')


def show_question(program):
    paste(program, MANY)
    program.keys('ctrl+Return')
    program.find('label', 'Purge 44 Directories?')


def show_accepted(program):
    paste(program, FEW)
    program.keys('ctrl+Return')
    program.find('status bar', '3 accepted')


def show_rejected(program):
    show_question(program)
    program.keys('Return')
    program.find('status bar', '20 rejected')


def show_retried(program):
    show_rejected(program)
    program.click(program.find('button', 'Retry 20'))
    program.find('label', 'Sent again as batch 4')
    program.find('status bar', '20 rejected')


def die_while_sending(path, simulator):
    """What is left then is one batch of which nothing is known, and two that wait."""
    with Program([path]) as program:
        program.focus()
        paste(program, GOOD)
        program.keys('ctrl+Return')
        program.find('label', 'Purge 44 Directories?')
        program.keys('Return')
        wait_for(lambda: list_purges(simulator), 'the server to execute the purge')
        program.kill()


def prepare(path, simulator, show):
    """What a page that needs an account is a page of."""
    add_account(simulator)
    if show in (show_days, show_day):
        write_days()
    die_while_sending(path, simulator)


def show_unknown(program):
    program.find('status bar', '20 unknown')


def show_send_as_new(program):
    # In a small window the buttons of a batch are below its words.
    program.scroll(program.find('list', 'Results'), 2)
    program.click(program.find('button', 'Send as New'))
    program.find('label', 'Send 20 Directories as New?')


def show_superseded(program):
    show_send_as_new(program)
    program.click(program.find('button', 'Send as New', program.find('window', 'Send 20')))
    program.find('status bar', '44 accepted')


def show_checking(program):
    program.click(program.find('button', 'Check'))
    program.find('label', 'Asking Tencent…')


def show_raw(program):
    show_accepted(program)
    program.click(program.find('button', 'Raw Answer'))
    program.wait_for_window('Raw Answer')


def show_results_menu(program):
    show_accepted(program)
    program.click(program.find('button', 'Results Menu'))
    program.find('menu item', 'Export…')


def show_menu(program):
    program.find('label', 'No Directories Yet')
    program.keys('F10')


def show_shortcuts(program):
    program.find('label', 'No Directories Yet')
    program.keys('ctrl+question')


def show_history(program):
    program.keys('ctrl+h')
    program.focus(program.wait_for_window('History'))
    program.find('row', '20 unknown')


# What became of how many, on how many days ago; a day without a line had nothing.
DAYS = {
    27: {'accepted': 35}, 26: {'accepted': 12}, 25: {'accepted': 18, 'rejected': 2},
    22: {'accepted': 40}, 21: {'done': 44}, 20: {'accepted': 3}, 19: {'accepted': 61},
    18: {'accepted': 55, 'rejected': 20}, 15: {'accepted': 24}, 14: {'accepted': 1},
    13: {'accepted': 30, 'unknown': 20}, 12: {'accepted': 48, 'waiting': 12}, 11: {'rejected': 20},
    8: {'done': 90, 'failed': 1}, 7: {'accepted': 37}, 6: {'accepted': 29, 'rejected': 9},
    5: {'accepted': 66}, 4: {'accepted': 80, 'rejected': 15, 'unknown': 5}, 1: {'accepted': 22},
}


def write_days():
    """Submissions of the last days, as the program would have written them."""
    path = pathlib.Path(PROGRAM_ENVIRONMENT['XDG_DATA_HOME']) / 'cdn-purge' / 'journal.sqlite'
    with sqlite3.connect(path) as journal:
        for days_ago, states in DAYS.items():
            submission = journal.execute(
                'INSERT INTO submission (account_uuid, account_name, api, endpoint, key_serial, mode,'
                " created) VALUES ('-', 'Production', '3.0', '-', 0, 'updated', ?)",
                (int(time.time()) - days_ago * 24 * 60 * 60,)).lastrowid
            for number, (state, amount) in enumerate(states.items(), 1):
                batch = journal.execute(
                    'INSERT INTO batch (submission_id, account_uuid, number, state)'
                    " VALUES (?, '-', ?, ?)", (submission, number, state)).lastrowid
                journal.executemany(
                    'INSERT INTO entry (batch_id, ordinal, directory) VALUES (?, ?, ?)',
                    [(batch, ordinal, f'https://www.example.com/{state}/{ordinal}/')
                     for ordinal in range(1, amount + 1)])


def show_days(program):
    show_history(program)
    program.find('panel', 'Last 30 Days')


def show_day(program):
    show_days(program)
    # The bar stands before the row of the list.
    program.click(program.find('button', re.compile(r'80 \D+15 ')))
    program.find('button', 'Show All Days')


def show_history_not_found(program):
    show_history(program)
    program.type('nowhere')
    program.find('label', 'Not Found')


def show_history_delete(program):
    show_history(program)
    program.click(program.find('button', 'Delete All'))
    program.find('label', 'Delete the Whole History?')


def show_preferences(program):
    program.keys('ctrl+comma')
    program.focus(program.wait_for_window('Preferences'))
    program.find('label', 'Look Up Results')


# Page, and how to come there.
PAGES = [
    ('start', show_start),
    ('account', show_account),
    ('account-problem', show_account_problem),
    ('account-secret', show_account_secret),
    ('keyring-failure', show_keyring_failure),
]
PRACTICE_PAGES = [
    ('empty', show_empty),
    ('list', show_list),
    ('kind', show_kind),
    ('many', show_many),
    ('selected', show_selected),
    ('row-menu', show_row_menu),
    ('text', show_text),
    ('question', show_question),
    ('accepted', show_accepted),
    ('rejected', show_rejected),
    ('retried', show_retried),
    ('raw', show_raw),
    ('results-menu', show_results_menu),
    ('menu', show_menu),
    ('shortcuts', show_shortcuts),
]
ACCOUNT_PAGES = [
    ('unknown', show_unknown),
    ('checking', show_checking),
    ('send-as-new', show_send_as_new),
    ('superseded', show_superseded),
    ('history', show_history),
    ('history-days', show_days),
    ('history-day', show_day),
    ('history-not-found', show_history_not_found),
    ('history-delete', show_history_delete),
    ('preferences', show_preferences),
]
# One and a half times as large.
LARGE_DPI = 144
# Long enough to die in between.
SLOW = 8000


def take(command, size, variant, page, show):
    kind = ChineseProgram if variant.startswith('chinese') else Program
    with kind(command, VARIANTS[variant]) as program:
        program.resize(*map(int, size))
        program.focus()
        show(program)
        # What moves comes to rest.
        time.sleep(0.5)
        print(program.screenshot(f'{page}-{variant}-{size[0]}', 'root'), flush=True)
        # A window with a dialog before it does not close.
        program.kill()


def set_resources(text):
    subprocess.run(['xprop', '-root', '-format', 'RESOURCE_MANAGER', '8s',
                    '-set', 'RESOURCE_MANAGER', text], check=True, timeout=DEADLINE)


@contextlib.contextmanager
def wear(variant):
    """What a variant needs beside its environment."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        if variant == 'large':
            # What a desktop does with its setting for larger text.
            set_resources(f'Xft.dpi: {LARGE_DPI}')
        elif variant == 'rtl':
            # GLib translates nothing, GTK's direction neither, where a program knows not one word of
            # the language.
            catalogue = BUILD / 'po' / 'he' / 'LC_MESSAGES' / 'cdn-purge.mo'
            catalogue.parent.mkdir(parents=True, exist_ok=True)
            template = folder / 'he.po'
            template.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n')
            subprocess.run(['msgfmt', '-o', catalogue, template], check=True)
        try:
            yield
        finally:
            if variant == 'large':
                set_resources('')
            elif variant == 'rtl':
                shutil.rmtree(BUILD / 'po' / 'he')


def choose(pages):
    wanted = os.environ.get('SCREENSHOTS_PAGES', '').split()
    return [(page, show) for page, show in pages if not wanted or page in wanted]


def take_all(path, size, variant, keyring):
    for page, show in choose(ACCOUNT_PAGES) if keyring else ():
        # With a history of its own.
        PROGRAM_ENVIRONMENT['XDG_DATA_HOME'] = tempfile.mkdtemp()
        with Simulator(f'--latency={SLOW}') as simulator:
            prepare(path, simulator, show)
            take([path], size, variant, page, show)
    for page, show in choose(PRACTICE_PAGES) if not keyring else ():
        take([path, '--practice'], size, variant, page, show)
    for page, show in choose(PAGES) if not keyring else ():
        take([path], size, variant, page, show)


def main():
    path, width, height, *variants = sys.argv[1:]
    keyring = bool(os.environ.get('SCREENSHOTS_KEYRING'))
    for variant in variants or ('light', 'dark'):
        with wear(variant):
            take_all(path, (width, height), variant, keyring)


if __name__ == '__main__':
    main()
