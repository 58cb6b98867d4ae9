#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""Whose count of the quota is shown, and when the server is asked for it; and where it is purged."""

import unittest

from cdn_purge import Simulator, Window, add_account, exactly, list_purges

LINES = ['https://www.example.com/news/', 'https://www.example.com/shop/',
         'url https://www.example.com/app.css']


def list_questions(simulator):
    return [request for request in simulator.read_requests()
            if request['action'] == 'DescribePurgeQuota']


class QuotaTest(unittest.TestCase):
    def test_tencents_figures(self):
        with Simulator('--quota=3') as simulator:
            add_account(simulator, api='3.0')
            with Window() as window:
                window.find('status', '100 of 100 left today')
                window.find('label', 'By this computer’s count')
                self.assertEqual(simulator.read_requests(), [])

                # The account has fewer than everybody thinks: Tencent knows, by keyboard.
                window.keys('alt+q')
                window.find('status', '3 of 3 left today')
                window.find('label', 'Tencent’s figures of ')
                window.paste('\n'.join(LINES))
                window.find('status', '2 directories, 1 URL · 2 requests · '
                            '3 of 3 directories and 10000 of 10000 URLs left today')

                window.tab_to(window.find('button', 'Where to purge'))
                window.keys('space')
                window.find('label', exactly('Outside mainland China'))
                window.keys('Down', 'Return')
                window.find('label', exactly('Mainland China'))
                window.screenshot('quota-wide')
                window.resize(360, 640)
                window.screenshot('quota-narrow')
                window.resize(1040, 720)

                # More than half of what Tencent says is left: it asks.
                window.keys('ctrl+Return')
                question = window.find('window', 'Purge 2 Directories and 1 URL?')
                window.find('label', 'This takes 2 of the 3 directories left today.', question)
                window.click(window.find('button', 'Purge All', question))
                window.wait_summary('3 accepted')
                window.find('label', 'updated resources · Mainland China')
                window.find_batch('Batch 1 · 2 directories', 'Accepted')
                window.find_batch('Batch 2 · 1 URL', 'Accepted')
                window.screenshot('quota-after')

                # The run had the key in hand: what is left is asked for by itself.
                window.find('status', '1 of 3 directories and 9999 of 10000 URLs left today')
                self.assertEqual([(request['action'], request['directories'])
                                  for request in list_purges(simulator)],
                                 [('PurgeUrlsCache', [LINES[2].split()[1]]),
                                  ('PurgePathCache', LINES[:2])])
                self.assertEqual(len(list_questions(simulator)), 2)


if __name__ == '__main__':
    unittest.main()
