# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""A disk that fails with every single call in turn, and afterwards is well again."""

import itertools

from clitest import collect, directories, lines, main, until
from truth import Disk, Witness

# A canary, and one batch more.
COUNT = 25
# Nothing here takes part in a run that works.
ENOUGH = '--quota=1000000'


def fail_each(place, disk, **options):
    """Runs until the number of the call that fails is larger than the number of calls."""
    witness = Witness(place, place.ready(ENOUGH))
    codes = set()
    for first in itertools.count(1):
        result = witness.purge(COUNT, disk.environment(first=first, **options))
        if not disk.has_failed():
            break
        codes.add(result.code)
    assert first > 2, 'no such call was made'
    assert 4 in codes, codes
    result.report(0)
    # The journal has taken no harm.
    witness.purge(COUNT).report(0)


def test_full(place):
    """the disk is full from the n-th write on, and has room again at the next start"""
    fail_each(place, Disk(place, 'ENOSPC', 'write', 'truncate'))


def test_broken_write(place):
    """one write fails"""
    fail_each(place, Disk(place, 'EIO', 'write'), count=1)


def test_broken_sync(place):
    """from one point on nothing reaches the disk for certain"""
    fail_each(place, Disk(place, 'EIO', 'sync'))


def test_one_broken_sync(place):
    """one sync fails, and the next ones tell that all is well"""
    fail_each(place, Disk(place, 'EIO', 'sync'), count=1)


def test_no_new_files(place):
    """from one point on no file can be made or opened for writing"""
    fail_each(place, Disk(place, 'ENOSPC', 'open'))


def test_read_only(place):
    """a home that cannot be written to: nothing is sent, and it says so"""
    witness = Witness(place, place.ready(ENOUGH))
    witness.purge(COUNT).report(0)
    disk = Disk(place, 'EROFS', 'open', 'write', 'truncate', 'sync')
    report = witness.purge(COUNT, disk.environment()).report(4)
    assert disk.has_failed()
    assert report['error']['kind'] == 'storage', report['error']
    assert report['error']['sentence'].startswith('Nothing was sent, and no quota was spent.')
    witness.purge(COUNT).report(0)


def test_read_only_from_the_start(place):
    """a home that never could be written to: the same, and no account is added"""
    disk = Disk(place, 'EROFS', 'open', 'write', 'truncate', 'sync')
    result = place.run('accounts', 'add', 'shop', '--secret-id=AKIDreadonly', stdin='key\n',
                       environment=disk.environment()).expect(4)
    assert 'cannot be written to' in result.err, result.err
    place.run('--json', 'purge', stdin=lines(directories(1)),
              environment=disk.environment()).report(4)
    assert not (place / 'xdg_data_home').exists()


def test_full_before_the_answer(place):
    """the disk is full when the answer comes: it is told, and unknown at the next start"""
    simulator = place.ready(ENOUGH, '--latency=1500')
    full = place / 'full'
    disk = Disk(place, 'ENOSPC', 'write', 'truncate')
    process = place.start('--json', 'purge', '--yes', environment=disk.environment(**{'while': full}))
    place.feed(process, lines(directories(COUNT)))
    until(simulator.log, 'the request')
    full.touch()
    result = place.give_up_on_disk(process)
    full.unlink()

    assert disk.has_failed()
    Witness(place, simulator).compare(directories(COUNT), result)
    report = result.report(result.code)
    assert (report['accepted'], report['waiting']) == (20, 5), report
    assert report['error']['kind'] == 'storage' and result.code == 3, report
    assert 'The disk is full' in result.err, result.err
    assert place.run('--json', 'show', '1').report(3)['unknown'] == 20


main(collect(globals()))
