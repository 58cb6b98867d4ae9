#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""test-fault-server.py PROGRAM: the fault server as a program, driven by its standard input."""

import json
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse

PROGRAM = sys.argv.pop(1)


def make_request(nonce):
    body = urllib.parse.urlencode({
        'Action': 'RefreshCdnDir', 'Nonce': nonce, 'Timestamp': int(time.time()), 'SecretId': 'id',
        'Signature': 's', 'dirs.0': 'http://a.example/中/'})
    return (f'POST /v2/index.php HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n'
            f'{body}').encode()


class FaultServer(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.log = pathlib.Path(folder.name) / 'log'
        self.process = subprocess.Popen([PROGRAM, f'--log={self.log}'], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True, bufsize=1)
        self.addCleanup(self.end)
        self.port = int(self.process.stdout.readline().rsplit(':', 1)[1])

    def end(self):
        self.process.terminate()
        self.process.communicate(timeout=30)

    def say(self, line):
        self.process.stdin.write(line + '\n')
        return self.wait_for('taken', 'refused')

    def wait_for(self, *events):
        while True:
            event = json.loads(self.process.stdout.readline())
            if event['event'] in events:
                return event

    def read_log(self):
        return [json.loads(line) for line in self.log.read_text(encoding='utf-8').splitlines()]

    def connect(self):
        client = socket.create_connection(('127.0.0.1', self.port), timeout=30)
        self.addCleanup(client.close)
        return client

    def test_executed_is_on_disk_before_the_answer(self):
        client = self.connect()
        client.sendall(make_request(1))
        self.assertIn(b'"code":0', client.recv(4096))
        last = self.read_log()[-1]
        self.assertEqual(last['executions'], 1)
        self.assertEqual(last['directories'], ['http://a.example/中/'])
        self.assertEqual(last['nonce'], '1')

    def test_stop_and_go(self):
        self.assertEqual(self.say('1 stop at=60')['event'], 'taken')
        client = self.connect()
        client.sendall(make_request(1))
        stopped = self.wait_for('stopped')
        self.assertEqual((stopped['request'], stopped['bytes']), (1, 60))
        self.assertFalse(self.read_log()[-1]['whole'])
        self.say('go')
        self.assertIn(b'"code":0', client.recv(4096))

    def test_client_that_dies(self):
        self.say('1 stop at=60')
        client = self.connect()
        client.sendall(make_request(1)[:80])
        self.wait_for('stopped')
        client.close()
        self.process.stdin.write('go\n')
        self.wait_for('gone')
        self.assertEqual(self.read_log()[-1]['executions'], 0)

    def test_nonsense_is_refused(self):
        self.assertEqual(self.say('1 dance')['event'], 'refused')

    def test_deaf_and_listening(self):
        self.say('deaf')
        with self.assertRaises(ConnectionRefusedError):
            self.connect()
        self.say('listen')
        self.connect()


unittest.main(verbosity=2)
