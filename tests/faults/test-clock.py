# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""A computer that does not know what time it is, against a server that does."""

import datetime

from clitest import collect, directories, lines, main, until
from truth import Witness, wrong_clock

MINUTE = 60
DAY = 24 * 60 * MINUTE
PURGES = ('RefreshCdnDir', 'PurgePathCache')


def were_executed(simulator):
    """Of each purge whether it was."""
    return [entry['executed'] for entry in simulator.log() if entry['action'] in PURGES]


def make_small_error(seconds):
    def test(place):
        simulator = place.ready()
        Witness(place, simulator).purge(25, wrong_clock(seconds=seconds)).report(0)
        assert were_executed(simulator) == [True, True]
    test.__doc__ = f'{seconds // MINUTE:+} minutes: the server does not mind'
    return test


def make_large_error(seconds, api='2.0'):
    def test(place):
        simulator = place.simulator('--batch=20')
        place.add_account(simulator.url, 'shop', f'--api={api}')
        report = Witness(place, simulator, attempts=2).purge(25, wrong_clock(seconds=seconds)).report(0)
        assert report['accepted'] == 25, report
        # What was measured with the first batch holds for the second one.
        assert were_executed(simulator) == [False, True, True], simulator.log()
    test.__doc__ = (f'{seconds // MINUTE:+} minutes, API {api}: refused once, then signed with the '
                    'server\'s time')
    return test


test_a_little_ahead = make_small_error(3 * MINUTE)
test_a_little_behind = make_small_error(-3 * MINUTE)
test_ten_minutes_ahead = make_large_error(10 * MINUTE)
test_ten_minutes_behind = make_large_error(-10 * MINUTE)
test_ten_minutes_ahead_v3 = make_large_error(10 * MINUTE, '3.0')
test_ten_minutes_behind_v3 = make_large_error(-10 * MINUTE, '3.0-intl')
test_a_day_ahead = make_large_error(DAY)
test_a_day_behind = make_large_error(-DAY)
test_years_ahead = make_large_error(3650 * DAY)


def test_battery(place):
    """a clock that was reset and stands in 1980"""
    simulator = place.ready()
    began = int(datetime.datetime(1980, 1, 1, tzinfo=datetime.timezone.utc).timestamp())
    Witness(place, simulator, attempts=2).purge(25, wrong_clock(time=began)).report(0)
    assert were_executed(simulator) == [False, True, True], simulator.log()


def make_step(seconds):
    def test(place):
        simulator = place.ready('--latency=1500')
        offset = place / 'offset'
        offset.write_text('0')
        process = place.start('--json', 'purge', '--yes', environment=wrong_clock(file=offset))
        process.stdin.write(lines(directories(25)).encode())
        process.stdin.close()
        process.stdin = None
        until(simulator.log, 'the first request')
        offset.write_text(str(seconds))
        result = place.finish(process)
        Witness(place, simulator, attempts=2).compare(directories(25), result)
        report = result.report(0)
        assert report['accepted'] == 25, report
        assert were_executed(simulator) == [True, False, True], simulator.log()
    test.__doc__ = f'{seconds // DAY:+} days while a request is under way: the next is signed again'
    return test


test_step_ahead = make_step(DAY)
test_step_back = make_step(-DAY)


main(collect(globals()))
