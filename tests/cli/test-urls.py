# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""URLs beside directories, and areas: what a line is, what is sent, and where."""

from clitest import collect, directories, lines, main, QUOTA

PAGE, OTHER = 'https://www.example.com/app.css?v=2', 'https://www.example.com/a/'
ACTIONS = {'2.0': ('RefreshCdnDir', 'RefreshCdnUrl'), '3.0': ('PurgePathCache', 'PurgeUrlsCache')}


def ready(place, api, *options):
    simulator = place.simulator(*options)
    place.add_account(simulator.url, 'shop', f'--api={api}')
    return simulator


def sent(simulator):
    return [(entry['action'], entry['directories']) for entry in simulator.log()
            if entry['executed']]


def kinds(report):
    return [(batch['kind'], batch['directories']) for batch in report['batches']]


# What a list is read as: options, lines, directories, URLs.
READ = {
    'a line that says so is a URL': ([], [f'url {PAGE}', OTHER], [OTHER], [PAGE]),
    'every line is one where that is said': (['--type=url'], [PAGE, OTHER], [], [PAGE, OTHER]),
    'a word too much does not matter': (['--type=url'], [f'url {PAGE}', OTHER], [], [PAGE, OTHER]),
    'directories may be asked for': (['--type=directory'], [OTHER], [OTHER], []),
    'the same may be both': ([], [OTHER, f'url {OTHER}', f'url {OTHER}'], [OTHER], [OTHER]),
    'a URL gets no slash': (['--type=url'], ['https://www.example.com/a'], [],
                            ['https://www.example.com/a']),
}


def make_read(api, options, entries, paths, urls):
    def test(place):
        simulator = ready(place, api)
        report = place.run('--json', 'purge', *options, stdin=lines(entries)).report(0)
        expected = [('directory', paths)] * bool(paths) + [('url', urls)] * bool(urls)
        assert kinds(report) == expected, report
        actions = dict(zip(('directory', 'url'), ACTIONS[api]))
        assert sent(simulator) == [(actions[kind], entries) for kind, entries in expected]
        assert kinds(place.run('--json', 'show', '1').report(0)) == expected
        local = place.run('--json', 'quota').json(0, QUOTA)['local']
        assert (local['used'], local['urls']['used']) == (len(paths), len(urls)), local
    return test


for api in ACTIONS:
    for name, case in READ.items():
        function = make_read(api, *case)
        function.__doc__ = f'{api}: {name}'
        globals()[f'test_{api}_{name}'] = function


def test_not_guessed(place):
    """2: what has a query, or ends like a file, is no directory, and not taken for a URL"""
    simulator = ready(place, '3.0')
    for entry in (PAGE, 'https://www.example.com/index.html'):
        report = place.run('--json', 'purge', stdin=lines([entry])).report(2)
        assert len(report['problems']) == 1, report
    assert not simulator.log()


def test_url_refused(place):
    """2: a URL has rules, too"""
    report = place.run('--json', 'purge', '--dry-run', '--type=url',
                       stdin=lines(['https://www.example.com/*', PAGE])).report(2)
    problem, = report['problems']
    assert problem['line'] == 1 and problem['problem'], problem


def test_dry_run(place):
    """0: both kinds are said, each in requests of its own"""
    entries = directories(21) + [f'url {url}x' for url in directories(30)]
    report = place.run('--json', 'purge', '--dry-run', stdin=lines(entries)).report(0)
    assert [(batch['kind'], len(batch['directories'])) for batch in report['batches']] == \
        [('directory', 20), ('directory', 1), ('url', 30)], report
    said = place.run('purge', '--dry-run', stdin=lines(entries)).expect(0).out
    assert '21 directories and 30 URLs would go out in 3 requests' in said, said
    said = place.run('purge', '--dry-run', '--type=url', stdin=f'{PAGE}\n').expect(0).out
    assert '1 URL would go out in 1 request' in said, said


def test_merged(place):
    """0: of a URL that stands in two lines it is said that it is one"""
    report = place.run('--json', 'purge', '--dry-run', '--type=url',
                       stdin=lines([PAGE, PAGE])).report(0)
    change, = report['changes']
    assert 'URL' in change['sentence'] and change['line'] == 2, change


def test_refused_by_kind(place):
    """1: what is refused of one kind is retried as that kind"""
    simulator = ready(place, '3.0', '--fail=ResourceNotFound.CdnHostNotExists@2')
    entries = [OTHER, f'url {PAGE}']
    report = place.run('--json', 'purge', stdin=lines(entries)).report(1)
    assert (report['accepted'], report['rejected']) == (1, 1), report
    report = place.run('--json', 'retry', '--yes', '1').report(0)
    assert kinds(report)[-1] == ('url', [PAGE]), report
    assert sent(simulator) == [('PurgePathCache', [OTHER]), ('PurgeUrlsCache', [PAGE])]


def make_area(area, other):
    def test(place):
        simulator = ready(place, '3.0', f'--area={area}')
        report = place.run('--json', 'purge', f'--area={area}', stdin=f'{OTHER}\nurl {PAGE}\n')
        assert report.report(0)['area'] == area
        assert place.run('--json', 'show', '1').report(0)['area'] == area
        place.run('purge', f'--area={other}', stdin=f'{OTHER}\n').expect(1)
        server = place.run('--json', 'quota').json(0, QUOTA)['server']['directory']
        assert (server[area]['available'], server[other]['available']) == (99, 100), server
        assert len(sent(simulator)) == 2
    test.__doc__ = f'0: {area} is purged, and {other} is not'
    return test


test_mainland = make_area('mainland', 'overseas')
test_overseas = make_area('overseas', 'mainland')


def test_no_area(place):
    """0: without an area none is named"""
    ready(place, '3.0')
    assert place.run('--json', 'purge', stdin=f'{OTHER}\n').report(0)['area'] is None


def test_area_of_old_api(place):
    """2: API 2.0 has no areas, and an option that changed nothing would be believed"""
    simulator = ready(place, '2.0')
    result = place.run('--json', 'purge', '--area=mainland', stdin=f'{OTHER}\n')
    error = result.report(2)['error']
    assert error['kind'] == 'usage' and '--area' in error['sentence'], error
    assert not simulator.log()


if __name__ == '__main__':
    main(collect(globals()))
