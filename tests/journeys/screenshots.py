#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""screenshots.py PROGRAM WIDTH HEIGHT [VARIANT…]: a picture of every page, to be looked at.

A screen of exactly that size is expected. The pictures go to $JOURNEY_OUTPUT and are called
PAGE-VARIANT-WIDTH.png.
"""

import sys
import time

from driver import Program

VARIANTS = {
    'light': {},
    'dark': {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'},
    'contrast': {'ADW_DEBUG_HIGH_CONTRAST': '1'},
    'rtl': {'LANGUAGE': 'ar', 'GTK_DEBUG': ''},
    'large': {'GDK_DPI_SCALE': '1.5'},
}

MIXED = '''https://www.Example.com/news
https://www.example.com/shop/
https://www.example.com/shop/sale/
www.example.com/x/
https://img.example.com/a/index.html
https://www.example.com/a/rather/long/path/that/does/not/fit/into/one/line/of/a/narrow/window/
'''
FEW = ''.join(f'https://www.example.com/{name}/\n' for name in ('news', 'shop', 'about'))
MANY = 'https://unknown.invalid/a/\n' + ''.join(
    f'https://www.example.com/section-{number}/archive/\n' for number in range(1, 44))


def paste(program, text):
    program.set_clipboard(text)
    program.keys('ctrl+v')
    program.find('label', 'added')


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


def show_raw(program):
    show_accepted(program)
    program.click(program.find('button', 'Raw Answer'))
    program.wait_for_window('Raw Answer')


def show_menu(program):
    program.find('label', 'No Directories Yet')
    program.keys('F10')


def show_shortcuts(program):
    program.find('label', 'No Directories Yet')
    program.keys('ctrl+question')


# Page, whether it is in practice, how to come there.
PAGES = [
    ('start', False, show_start),
    ('account', False, show_account),
    ('account-problem', False, show_account_problem),
    ('keyring-failure', False, show_keyring_failure),
    ('empty', True, show_empty),
    ('list', True, show_list),
    ('text', True, show_text),
    ('question', True, show_question),
    ('accepted', True, show_accepted),
    ('rejected', True, show_rejected),
    ('raw', True, show_raw),
    ('menu', True, show_menu),
    ('shortcuts', True, show_shortcuts),
]


def main():
    path, width, height, *variants = sys.argv[1:]
    for variant in variants or ('light', 'dark'):
        for page, practice, show in PAGES:
            command = [path, '--practice'] if practice else [path]
            with Program(command, VARIANTS[variant]) as program:
                program.resize(int(width), int(height))
                program.focus()
                show(program)
                # What moves comes to rest.
                time.sleep(0.5)
                print(program.screenshot(f'{page}-{variant}-{width}', 'root'), flush=True)
                # A window with a dialog before it does not close.
                program.kill()


if __name__ == '__main__':
    main()
