#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""One of three batches is rejected, explained, and sent again alone: in vain, or with success."""

import re
import tempfile
import unittest

from cdn_purge import Simulator, Window, add_account, list_purge_requests, list_purges
from driver import PROGRAM_ENVIRONMENT, text_of

GOOD = [f'https://www.example.com/section-{number:02}/' for number in range(1, 45)]
FOREIGN = 'https://www.example.invalid/news/'
LINES = GOOD[:25] + [FOREIGN] + GOOD[25:]


class RejectedTest(unittest.TestCase):
    def setUp(self):
        # Without the account and the list of the other test.
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        PROGRAM_ENVIRONMENT['XDG_DATA_HOME'] = folder.name

    def test_retried(self):
        """The server refuses the second request, and would take it the next time."""
        with Simulator('--fail=9110@2') as simulator:
            add_account(simulator)
            with Window() as window:
                window.find('status', '100 of 100 left today')
                window.paste('\n'.join(GOOD))
                window.purge_many(44)
                # Which of the two that went side by side was the second is not known.
                window.find('status', re.compile('accepted · (20|4) rejected'))
                window.screenshot('rejected-partly')
                accepted = [purge['directories'] for purge in list_purges(simulator)]
                self.assertEqual(len(accepted), 2)

                window.click(window.find('button', re.compile('Retry (20|4)')))
                window.wait_summary('44 accepted')
                window.find('label', 'Sent again as batch 4.')
                window.wait_gone('button', 'Retry')
                window.screenshot('rejected-retried')
            # Each was executed once, and only what had failed was sent again.
            requests = list_purge_requests(simulator)
            self.assertEqual(len(requests), 4)
            self.assertNotIn(requests[-1]['directories'], accepted)
            self.assertEqual(sorted(sum((purge['directories'] for purge in list_purges(simulator)),
                                        [])), GOOD)

    def test_one_batch_of_three(self):
        """A host that is not the account's."""
        with Simulator() as simulator:
            add_account(simulator)
            with Window() as window:
                window.find('button', 'Account: Production')
                window.paste('\n'.join(LINES))
                window.purge_many(45)

                window.wait_summary('25 accepted · 20 rejected')
                window.find_batch('Batch 1 · 20 directories', 'Accepted')
                rejected = window.find_batch('Batch 2 · 20 directories', 'Rejected')
                window.find('label', 'One of the hosts is not a CDN domain of this account.', rejected)
                window.find('label', '(9110)', rejected)
                window.find('label', 'Code 4000 · 9110', rejected)
                window.find_batch('Batch 3 · 5 directories', 'Accepted')
                # The first goes alone; the others side by side.
                first, *others = [(request['verdict'], request['executed'])
                                  for request in list_purge_requests(simulator)]
                self.assertEqual([first, *sorted(others)], [(0, True), (0, True), (4000, False)])

                # What the server said, in its own words.
                window.click(window.find('button', 'Raw Answer', rejected))
                answer = window.wait_for_window('Raw Answer')
                window.wait_text(window.find('entry', 'What the server answered'), '(9110)')
                window.focus(answer)
                window.keys('Escape')
                window.wait_window_gone(answer)
                window.focus()

                # Only what failed is sent once more, and fails again.
                window.click(window.find('button', 'Retry 20'))
                window.find_batch('Batch 4 · 20 directories', 'Rejected')
                replaced = window.find_batch('Batch 2 · 20 directories', 'Rejected')
                window.find('label', 'Sent again as batch 4.', replaced)
                window.wait_summary('25 accepted · 20 rejected')
                self.assertEqual(len(list_purge_requests(simulator)), 4)

                # Only what failed goes back into the list; what was accepted does not.
                window.click(window.find('button', 'Load Failed into List'))
                window.find_purge(20)
                window.click(window.find('button', 'Edit as Text'))
                text = window.find('entry', 'Directories, one a line')
                self.assertEqual(text_of(text).split(), LINES[20:40])
                self.assertEqual(len(list_purge_requests(simulator)), 4)


if __name__ == '__main__':
    unittest.main()
