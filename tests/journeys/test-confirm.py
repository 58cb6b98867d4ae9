#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""What is asked before it is sent, and sent once: as it was confirmed, whatever happens to the list."""

import pathlib
import subprocess
import tempfile
import unittest

from cdn_purge import BUILD, Simulator, Window, add_account, list_purge_requests, list_purges
from driver import DEADLINE, PROGRAM_ENVIRONMENT

NEWS = [f'https://www.example.com/news/{number:02}/' for number in range(1, 16)]
IMAGES = [f'https://img.example.com/{number:02}/' for number in range(1, 11)]
LATER = 'https://www.example.com/later/'


class ConfirmTest(unittest.TestCase):
    def setUp(self):
        # Without the account and the list of the other test.
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        PROGRAM_ENVIRONMENT['XDG_DATA_HOME'] = folder.name

    @staticmethod
    def open_question(window):
        window.click(window.find_purge(25))
        question = window.find('window', 'Purge 25 Directories?')
        window.find('label', 'www.example.com – 15 directories\nimg.example.com – 10 directories',
                    question)
        return question

    @staticmethod
    def add_by_second_start(line):
        """The one thing that changes a list while a question is open."""
        path = pathlib.Path(tempfile.mkdtemp()) / 'later.txt'
        path.write_text(f'{line}\n')
        subprocess.run([BUILD / 'cdn-purge', path], env=PROGRAM_ENVIRONMENT, timeout=DEADLINE,
                       check=True)

    def test_question(self):
        with Simulator() as simulator:
            add_account(simulator)
            with Window() as window:
                window.find('status', '100 of 100 left today')
                window.paste('\n'.join(NEWS + IMAGES))
                window.click(window.find('button', 'Cancel', self.open_question(window)))
                window.wait_until_front()
                self.open_question(window)
                window.keys('Escape')
                window.wait_until_front()
                window.find('status', '25 directories · 2 requests · 100 of 100 left today')
                self.assertEqual(simulator.read_requests(), [])

                question = self.open_question(window)
                window.screenshot('confirm-question', 'root')
                self.add_by_second_start(LATER)
                window.find('status', '26 directories')
                with simulator.frozen():
                    window.click(window.find('button', 'Purge 25 Directories', question))
                    window.find('label', 'Batch 1 of 2')
                    window.choose('List Menu', 'Clear List')
                    window.find('label', 'No Directories Yet')
                window.wait_summary('25 accepted')
                window.screenshot('confirm-sent')
            self.assertEqual([purge['directories'] for purge in list_purges(simulator)],
                             [NEWS[:15] + IMAGES[:5], IMAGES[5:]][::-1])

    @staticmethod
    def add(window, lines, n_directories):
        window.paste('\n'.join(lines))
        window.find_purge(n_directories)

    def test_pressed_once_too_often(self):
        """A server so fast that it has answered before the press is over: it is one press."""
        with Simulator() as simulator:
            add_account(simulator)
            with Window() as window:
                window.find('status', '100 of 100 left today')
                self.add(window, NEWS[:1], 1)
                window.keys('ctrl+Return', 'ctrl+Return')
                window.wait_summary('1 accepted')

                self.add(window, NEWS[1:2], 2)
                window.click(window.find_purge(2), count=2)
                window.wait_summary('2 accepted')

                self.add(window, NEWS[2:], 15)
                with window.held('ctrl+Return'):
                    window.wait_summary('15 accepted')
                    window.find('status', '82 of 100 left today')
                window.screenshot('confirm-held')

                # A key that is held answers no question, either.
                self.add(window, IMAGES, 25)
                with window.held('ctrl+Return'):
                    question = window.find('window', 'Purge 25 Directories?')
                    window.find('label', 'www.example.com – 15 directories', question)
                window.click(window.find('button', 'Cancel', question))
                window.wait_until_front()
            self.assertEqual([request['directories'] for request in list_purge_requests(simulator)],
                             [NEWS[:1], NEWS[:2], NEWS])


if __name__ == '__main__':
    unittest.main()
