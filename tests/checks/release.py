#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""What a release says of itself: one version, the newest release of the metainfo is that version, notes for
people, and no address that nobody gave."""

import datetime
import re
import xml.etree.ElementTree as ElementTree

import tree
from tree import name_of

METAINFO = 'data/io.github.cdn_purge.CdnPurge.metainfo.xml.in.in'
# Here it may stand beside meson.build: in words for people, who want to know since when.
FOR_PEOPLE = ('meson.build', METAINFO, 'CHANGELOG.md')
ADDRESS = re.compile(r'https?://[^\s<"]+')
# Of a namespace, and of the place where everybody's runtimes are.
KNOWN_ADDRESSES = re.compile(r'http://www\.w3\.org/|https://(dl\.)?flathub\.org/')


def read_version():
    match = re.search(r"^  version: '([^']+)'", tree.read(tree.ROOT / 'meson.build'), re.M)
    return match[1] if match else ''


def read_releases():
    return ElementTree.fromstring(tree.read(tree.ROOT / METAINFO).strip()).findall('releases/release')


def check_version(version, releases):
    problems = [f'{name_of(path)} has the version {version}' for path in tree.list_files()
                if re.match(r'(src|data|flatpak|build-aux)/|[^/]*$', name_of(path))
                and name_of(path) not in FOR_PEOPLE
                and re.search(rf'(?<![\w.]){re.escape(version)}(?![\w.])', tree.read(path))]
    if not version or not releases or releases[0].get('version') != version:
        problems.append(f'meson.build says {version}, and the newest release of the metainfo does not')
    if not re.search(rf'^## (Unreleased|{re.escape(version)}\b)',
                     tree.read(tree.ROOT / 'CHANGELOG.md'), re.M):
        problems.append('CHANGELOG.md has neither this version nor what is unreleased')
    return problems


def check_releases(releases):
    """Newest first, none of the future, each with words."""
    dates = [release.get('date', '') for release in releases]
    problems = [f'{date} is no date' for date in dates if not re.fullmatch(r'\d{4}-\d\d-\d\d', date)]
    if dates != sorted(dates, reverse=True):
        problems.append('the newest release is not the first')
    tomorrow = (datetime.date.today() + datetime.timedelta(days=1)).isoformat()
    problems += [f'{date} has not come yet' for date in dates if date > tomorrow]
    return problems + [f"{release.get('version')} has no notes" for release in releases
                       if not ''.join(release.itertext()).strip()]


def check_addresses():
    """What is installed sends nobody anywhere, unless the one who built it said where."""
    return [f'{name_of(path)}: {address}' for path in tree.list_files()
            if re.match(r'(data/[^/]*\.in|flatpak/)', name_of(path))
            for address in ADDRESS.findall(tree.read(path)) if not KNOWN_ADDRESSES.match(address)]


def main():
    releases = read_releases()
    tree.report({
        'one version': check_version(read_version(), releases),
        'releases': check_releases(releases),
        'addresses': check_addresses(),
    })


if __name__ == '__main__':
    main()
