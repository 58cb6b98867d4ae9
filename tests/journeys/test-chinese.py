#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""The whole in Chinese: what a person reads, finds and presses who reads no English."""

import re
import tempfile
import unittest

from cdn_purge import BUILD, SECRET_ID, SECRET_KEY, Simulator, Window, exactly, list_purges
from driver import spoken, wait_for, walk
from language import Language

CHINESE = {'LC_ALL': 'zh_CN.UTF-8'}
URLS = ['https://www.example.com/news/',
        'https://www.example.com/products/2024/',
        'https://static.example.com/css/']
MANY = [f'https://www.example.com/{number}/' for number in range(1, 23)]

LANGUAGE = Language(BUILD / 'po' / 'zh_CN' / 'LC_MESSAGES' / 'cdn-purge.mo')
# What stands on a key of the keyboard, as GTK shows it in any language.
KEYS = {'Delete', 'S'}
ENGLISH = re.compile(r'\b[a-z]+ [a-z]+ [a-z]+\b')


class ChineseTest(unittest.TestCase):
    @staticmethod
    def open():
        """A first start, whatever others have done before."""
        return Window(environment=CHINESE | {'XDG_DATA_HOME': tempfile.mkdtemp()})

    def assert_chinese(self, window):
        """Nothing on any page is one of the English texts, or reads like one."""
        left = [text for text in map(spoken, walk(window.root))
                if ENGLISH.search(text) or text not in KEYS and LANGUAGE.texts.get(text, text) != text]
        self.assertEqual(left, [])

    def close(self, window, title):
        number = window.wait_for_window(title)
        window.focus(number)
        self.assert_chinese(window)
        window.keys('Escape')
        window.wait_window_gone(number)
        window.focus()

    def test_practice(self):
        with self.open() as window:
            self.assert_chinese(window)
            window.click(window.find('button', '练习'))
            window.find('status', '练习：数据不会离开本机')
            window.paste('\n'.join([*URLS, 'www.example.com/x', 'http://WWW.example.com/b']))
            window.find('label', '缺少协议。请以 http:// 或 https:// 开头')
            window.find('label', re.compile('主机名已改为小写。已在.*末尾添加“/”。'))
            window.find('status', '4 个目录 · 1 个请求 · 今日剩余 100 / 100')
            self.assert_chinese(window)
            window.click(window.find('button', '刷新 4 个'))
            window.find('status', '已受理 4')
            window.find('label', '腾讯云已受理刷新。该请求已发送。')
            window.find('status', '今日剩余 96 / 100')
            self.assert_chinese(window)
            window.screenshot('chinese')

            window.click(window.find('button', '原始响应'))
            number = window.wait_for_window('原始响应')
            window.focus(number)
            window.keys('Escape')
            window.wait_window_gone(number)
            window.focus()
            window.keys('ctrl+t')
            window.find('entry', '目录，每行一个；')
            self.assert_chinese(window)

    def test_account(self):
        with Simulator() as simulator, self.open() as window:
            window.click(window.find('button', '添加账号'))
            dialog = window.wait_for_window('添加账号')
            window.focus(dialog)
            window.click(window.find('button', '保存'))
            window.find('label', '账号没有名称。')
            self.assert_chinese(window)
            for field, text in {'名称': 'Production', 'SecretId': SECRET_ID,
                                'SecretKey': SECRET_KEY}.items():
                window.click(window.find('entry', field))
                window.type(text)
            window.scroll(window.find('entry', 'SecretKey'), 20)
            window.click(window.find('label', exactly('高级')))
            window.scroll(window.find('label', exactly('高级')), 20)
            window.click(window.find('entry', '服务地址'))
            window.type(simulator.url)
            self.assert_chinese(window)
            window.click(window.find('button', '保存'))
            window.wait_window_gone(dialog)
            window.find('button', '账号：Production')
            window.focus()

            window.paste('\n'.join(MANY))
            window.click(window.find('button', '刷新 22 个'))
            question = window.find('window', '刷新 22 个目录？')
            self.assert_chinese(window)
            window.click(window.find('button', '刷新 22 个目录', question))
            window.wait_until_front()
            window.find('status', '已受理 22')
            wait_for(lambda: sum(len(purge['directories']) for purge in list_purges(simulator)) == 22,
                     'the server to have them all')

            window.keys('ctrl+h')
            history = window.wait_for_window('操作记录')
            window.focus(history)
            window.find('row', '已受理 22')
            window.type('/17/')
            window.find('row', '在 1 个目录中找到，共 22 个')
            self.assert_chinese(window)
            window.keys('ctrl+a')
            window.type('nowhere')
            window.find('label', '没有目录或 URL 包含此文本。')
            window.keys('Escape', 'Escape')
            window.wait_window_gone(history)
            window.focus()

            window.keys('ctrl+question')
            self.close(window, '键盘快捷键')
            window.keys('F10')
            window.click(window.find('menu item', '账号'))
            self.close(window, '账号')


if __name__ == '__main__':
    unittest.main()
