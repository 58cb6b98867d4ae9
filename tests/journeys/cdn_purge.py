# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""What a person does with CDN Purge again and again, and the server they do it to.

The programs are those of $CDN_PURGE_BUILD, the folder of the build.
"""

import contextlib
import json
import os
import pathlib
import re
import secrets
import signal
import subprocess
import tempfile

from driver import DEADLINE, PROGRAM_ENVIRONMENT, Failure, Program, spoken, wait_for

BUILD = pathlib.Path(os.environ.get('CDN_PURGE_BUILD') or
                     pathlib.Path(__file__).parents[2] / 'build')
SECRET_ID = 'AKIDjourneyONLYforTheSimulator000000'
# Another one each time: found anywhere, it can only have come from here.
SECRET_KEY = secrets.token_hex(16)


def exactly(text):
    """A pattern for one whole element that says TEXT."""
    return re.compile(f'^{re.escape(text)}$')


class Simulator:
    """cdn-purge-simulator in a process of its own, which knows the one key above."""

    def __init__(self, *options):
        self.log = pathlib.Path(tempfile.mkdtemp()) / 'requests.jsonl'
        self.process = subprocess.Popen(
            [BUILD / 'cdn-purge-simulator', f'--secret-id={SECRET_ID}', f'--log={self.log}',
             # What is accepted stays so, but for journeys that want to see it done.
             '--task-time=3600000', *options],
            env=PROGRAM_ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.process.stdin.write(f'{SECRET_KEY}\n')
        self.process.stdin.close()
        self.url = self.process.stdout.readline().strip()
        if not self.url:
            raise Failure(f'the simulator ended with {self.process.wait(timeout=DEADLINE)}')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=DEADLINE)
        self.process.stdout.close()

    @contextlib.contextmanager
    def frozen(self):
        """Takes what it is sent, and answers only afterwards."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def read_requests(self):
        """What it was asked so far, one dictionary a request."""
        if not self.log.exists():
            return []
        return [json.loads(line) for line in self.log.read_text().splitlines()]


PURGES = ('RefreshCdnDir', 'RefreshCdnUrl', 'PurgePathCache', 'PurgeUrlsCache')


def list_purge_requests(simulator):
    """What it was asked to purge, executed or not; whether that is done is asked by itself."""
    return [request for request in simulator.read_requests() if request['action'] in PURGES]


def list_purges(simulator):
    """What the simulator executed; an order in which side by side does not matter."""
    return sorted((request for request in list_purge_requests(simulator) if request['executed']),
                  key=lambda request: request['directories'])


def add_account(simulator, name='Production', api='2.0'):
    """Adds an account by the command line, for journeys about something else."""
    added = subprocess.run([BUILD / 'cdn-purge-cli', 'accounts', 'add', name,
                            f'--secret-id={SECRET_ID}', f'--endpoint={simulator.url}',
                            f'--api={api}'],
                           input=f'{SECRET_KEY}\n', env=PROGRAM_ENVIRONMENT, timeout=DEADLINE,
                           capture_output=True, text=True, check=False)
    if added.returncode != 0:
        raise Failure(f'accounts add ended with {added.returncode}: {added.stderr}')


class Window(Program):
    """The window of CDN Purge."""

    def __init__(self, *arguments, **options):
        super().__init__([str(BUILD / 'cdn-purge'), *map(str, arguments)], **options)
        self.focus()

    def add_account(self, simulator, api=None):
        """Types the first account in; chooses an API other than that of a new one."""
        self.click(self.find('button', 'Add Account'))
        dialog = self.wait_for_window('Add Account')
        self.focus(dialog)
        for field, text in {'Name': 'Production', 'SecretId': SECRET_ID,
                            'SecretKey': SECRET_KEY}.items():
            self.click(self.find('entry', field))
            self.type(text)
        if api:
            self.click(self.find('label', exactly('API')))
            self.click(self.find('label', exactly(api)))
        self.click(self.find_endpoint())
        self.type(simulator.url)
        self.click(self.find('button', 'Save'))
        self.wait_window_gone(dialog)
        self.find('button', 'Account: Production')
        self.focus(self.window)

    def find_endpoint(self):
        """The entry of the account's dialog that is folded away at first."""
        self.scroll(self.find('entry', 'SecretKey'), 20)
        self.click(self.find('label', exactly('Advanced')))
        self.scroll(self.find('label', exactly('Advanced')), 20)
        return self.find('entry', 'Endpoint')

    def wait_practice(self):
        self.find('status', 'Practice: nothing leaves this computer')

    def paste(self, text):
        self.set_clipboard(text)
        self.keys('ctrl+v')

    def list_rows(self):
        """The texts of the rows of the list that are on the screen, without what is said of them."""
        rows = self.find('list', 'Directories')
        return [spoken(row).removeprefix('Kind: ').split(' ')[1]
                for row in self.find_all('row', '', rows)]

    def wait_rows(self, wanted):
        wait_for(lambda: self.list_rows() == list(wanted), f'the rows {wanted}')

    def find_row(self, text):
        """The row of the list that says this."""
        return self.find('row', text, self.find('list', 'Directories'))

    def choose(self, menu, item):
        """Clicks an item of a menu, which is closed then."""
        before = {surface.number for surface in self.list_windows()}
        self.click(self.find('button', menu))
        node = self.find('item', item)
        opened = {surface.number for surface in self.list_windows()} - before
        self.click(node)
        # As long as it is there, the next click does nothing but close it.
        for number in opened:
            self.wait_window_gone(number)

    def find_purge(self, n_directories):
        """The button that sends, once the list has that many to send."""
        return self.find('button', re.compile(rf'\bPurge {n_directories}\b'))

    def purge_many(self, n_directories):
        """Presses the button and answers the question, which is asked of more than 20."""
        self.click(self.find_purge(n_directories))
        heading = f'Purge {n_directories} Directories'
        self.click(self.find('button', heading, self.find('window', f'{heading}?')))

    def find_add_entry(self):
        return self.find('entry', 'Directory to add')

    def wait_summary(self, text):
        """Until the head of the results says this."""
        return self.find('status', text)

    def find_batch(self, title, state):
        """The row of a batch in the results."""
        return self.find('row', re.compile(rf'{re.escape(title)} {state}\b'), self.find_results())

    def list_results(self, state):
        """The directories in that state which are on the screen, from top to bottom."""
        rows = self.find_all('row', re.compile(rf'^https?://\S+ {state}$'), self.find_results())
        return [spoken(row).split(' ')[0] for row in rows]

    def wait_results(self, urls, state):
        """Until exactly these directories are on the screen in that state."""
        wait_for(lambda: self.list_results(state) == list(urls), f'{len(urls)} × {state}')

    def find_results(self):
        return self.find('list', 'Results')

    def list_dialogs(self):
        """The X windows that stand before the window."""
        return [surface.number for surface in self.list_windows()
                if surface.title and surface.number != self.window]

    def wait_until_front(self):
        """Until no dialog stands before the window, which has the keyboard then."""
        wait_for(lambda: not self.list_dialogs(), 'the dialog to close')
        self.focus()
