# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""What `purge` reads: files, standard input, and things that are no lists. By dry runs, which do
nothing but read."""

import gzip
import os
import pathlib

from clitest import collect, directories, lines, main

URL = 'https://www.example.com/a/'

# Content of a file, and what its dry run ends with.
FILES = {
    'plain': (f'{URL}\n', 0),
    'no line end': (URL, 0),
    'CR LF': (f'{URL}\r\nhttps://www.example.com/b/\r\n', 0),
    'a byte order mark': (f'\ufeff{URL}\n', 0),
    'UTF-16 with a mark': (f'{URL}\n'.encode('utf-16'), 2),
    'UTF-16 without one': (f'{URL}\n'.encode('utf-16-le'), 2),
    'UTF-32': (f'{URL}\n'.encode('utf-32'), 2),
    'an archive': (gzip.compress(URL.encode()), 2),
    'a picture': (b'\x89PNG\r\n\x1a\n' + bytes(64), 2),
    'a document': (b'%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 2),
    'a NUL byte': (f'{URL}\0\n', 2),
    'nothing': ('', 2),
    'a bad byte in one line': (b'https://www.example.com/\xff/\n' + URL.encode() + b'\n', 2),
    'too many bytes': (b'#' * (16 * 1024 * 1024 + 1), 2),
    'too many lines': ('\n' * 200_000 + URL, 2),
    'as many lines as allowed': ('\n' * 199_999 + URL, 0),
    'one endless line': ('https://www.example.com/' + 'a' * 1_000_000, 2),
}


def make_file(content, code):
    def test(place):
        path = place.write('list.txt', content)
        report = place.run('--json', 'purge', '--dry-run', path).report(code)
        assert code == 2 or report['waiting'] > 0
        standard_input = content if isinstance(content, bytes) else content.encode()
        piped = place.run('--json', 'purge', '--dry-run', stdin=standard_input).report(code)
        assert piped['waiting'] == report['waiting']
        if code == 2:
            human = place.run('purge', '--dry-run', path).expect(2)
            assert human.err.replace('\n', '').isprintable(), human.err
    return test


def test_bad_byte(place):
    """a line that is no UTF-8 is that line's problem, and the others stay usable"""
    path = place.write('list.txt', FILES['a bad byte in one line'][0])
    report = place.run('--json', 'purge', '--dry-run', '--skip-invalid', path).report(0)
    assert report['waiting'] == 1
    problem, = report['problems']
    assert problem['line'] == 1 and problem['problem'] == 'invalid-utf8', problem


def test_several_files(place):
    """several files and standard input are one list; a line is found by its file"""
    first = place.write('first.txt', lines(directories(2)))
    second = place.write('second.txt', lines(['nonsense'] + directories(2, start=1)))
    result = place.run('--json', 'purge', '--dry-run', '--skip-invalid', first, '-', second,
                       stdin=lines(directories(1, start=5)))
    report = result.report(0)
    sent = [url for batch in report['batches'] for url in batch['directories']]
    assert sent == directories(2) + directories(1, start=5) + directories(1, start=2), sent
    assert [(line['file'], line['line']) for line in report['problems']] == [(second, 1)]
    change, = report['changes']
    assert (change['file'], change['line'], change['problem']) == (second, 2, 'duplicate-merged')
    assert f'{first}, line 2' in change['sentence'], change
    assert f'{second}, line 1' in result.err, result.err


def test_special_files(place):
    """a folder, a pipe, a device, a hole and a file that may not be read are refused at once"""
    pipe = place / 'pipe'
    os.mkfifo(pipe)
    hole = place / 'hole'
    with open(hole, 'wb') as file:
        file.truncate(4 << 30)
    dangling = place / 'dangling'
    dangling.symlink_to('/nonexistent')
    for path in (place.folder, pipe, pathlib.Path('/dev/zero'), hole, dangling,
                 pathlib.Path('/proc/self/mem')):
        error = place.run('--json', 'purge', '--dry-run', str(path)).report(2)['error']
        assert error['kind'] == 'refused-file', (path, error)


def test_strange_names(place):
    """a file may be called like an option, or like nothing a terminal should see"""
    place.write('--yes', lines(directories(1)))
    os.chdir(place.folder)
    assert place.run('--json', 'purge', '--dry-run', '--', '--yes').report(0)['waiting'] == 1
    result = place.run('purge', '--dry-run', 'x\x1b[31m\u202e')
    assert result.expect(2).err.replace('\n', '').isprintable(), result.err


def test_many_directories(place):
    """the longest list there may be is split into requests, in order"""
    urls = directories(200_000)
    report = place.run('--json', 'purge', '--dry-run', place.write('list', lines(urls))).report(0)
    assert [url for batch in report['batches'] for url in batch['directories']] == urls
    assert {len(batch['directories']) for batch in report['batches']} == {20}


def test_many_problems(place):
    """thousands of bad lines do not flood the terminal, and are all in the JSON"""
    path = place.write('list.txt', 'nonsense\n' * 5000)
    result = place.run('--json', 'purge', '--dry-run', path)
    assert len(result.report(2)['problems']) == 5000
    assert result.err.count('\n') < 500, 'too much on the terminal'


if __name__ == '__main__':
    main(collect(globals()) +
         [(f'a file with {name}', make_file(*case)) for name, case in FILES.items()])
