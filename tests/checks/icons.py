#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""The icons as a desktop wants them: square, on a grid of 128 or 16, nothing at the edges, no shadow of their
own; the symbolic one of a single colour; and all of them to be told from a light and from a dark ground. And
those that only the window shows are in it."""

import re
import xml.etree.ElementTree as ElementTree

import gi

import tree

gi.require_version('GdkPixbuf', '2.0')
from gi.repository import GdkPixbuf, GLib  # noqa: E402

ICONS = tree.ROOT / 'data/icons/hicolor'
IDS = ('io.github.cdn_purge.CdnPurge', 'io.github.cdn_purge.CdnPurge.Devel')
SVG = '{http://www.w3.org/2000/svg}'

# What windows and shells are behind an icon.
GROUNDS = {'light': 0xfa, 'dark': 0x24}
# Of 255: less is not seen at a glance.
CONTRAST = 48


def list_icons():
    for name in IDS:
        yield ICONS / 'scalable/apps' / f'{name}.svg', 128
        yield ICONS / 'symbolic/apps' / f'{name}-symbolic.svg', 16


def label(path):
    return path.relative_to(ICONS.parent)


def parse(path):
    try:
        return ElementTree.parse(path).getroot()
    except (OSError, ElementTree.ParseError):
        return None


def check_grid():
    problems = []
    for path, size in list_icons():
        root = parse(path)
        wanted = {'width': str(size), 'height': str(size), 'viewBox': f'0 0 {size} {size}'}
        if root is None or {key: root.get(key) for key in wanted} != wanted:
            problems.append(f'{label(path)} is not on a grid of {size}')
        elif any(element.tag in (f'{SVG}filter', f'{SVG}image', f'{SVG}text')
                 for element in root.iter()):
            problems.append(f'{label(path)} has a shadow, a picture or letters in it')
    return problems


def check_single_colour():
    problems = []
    for path, _ in list_icons():
        if path.stem.endswith('-symbolic') and (root := parse(path)) is not None:
            fills = {element.get('fill') for element in root.iter() if element.get('fill')}
            if len(fills) != 1 or re.search(r'opacity|gradient|stroke', tree.read(path), re.I):
                problems.append(f'{label(path)} has the colours {sorted(fills)}')
    return problems


def draw(path, size):
    """Rows of pixels, each of red, green, blue and how opaque it is."""
    picture = GdkPixbuf.Pixbuf.new_from_file_at_size(str(path), size, size)
    data, stride = picture.get_pixels(), picture.get_rowstride()
    return [[data[y * stride + 4 * x:y * stride + 4 * x + 4] for x in range(size)]
            for y in range(size)]


def check_edges():
    """Nothing touches the edge of a full-colour icon."""
    problems = []
    for path, size in list_icons():
        if size == 128 and parse(path) is not None:
            rows = draw(path, size)
            edge = rows[0] + rows[-1] + [row[side] for row in rows for side in (0, -1)]
            if any(pixel[3] for pixel in edge):
                problems.append(f'{label(path)} touches the edge')
    return problems


def stands_out(pixel, ground):
    red, green, blue, alpha = pixel
    light = 0.3 * red + 0.59 * green + 0.11 * blue
    return abs(light - ground) * alpha / 255 > CONTRAST


def check_grounds():
    """Most of what is drawn differs in lightness from the ground it may lie on, at its smallest size too."""
    problems = []
    for path, _ in list_icons():
        # A symbolic icon has the colour of the text beside it.
        if path.stem.endswith('-symbolic') or parse(path) is None:
            continue
        for size in (16, 128):
            drawn = [pixel for row in draw(path, size) for pixel in row if pixel[3] > 127]
            for name, ground in GROUNDS.items():
                seen = sum(stands_out(pixel, ground) for pixel in drawn)
                if 3 * seen < 2 * len(drawn) or not drawn:
                    problems.append(f'{label(path)} is lost on a {name} ground at {size} pixels')
    return problems


def check_profiles():
    """One sees which of the two it is."""
    release, devel = (ICONS / 'scalable/apps' / f'{name}.svg' for name in IDS)
    return ['the profiles look the same'] if tree.read(release) == tree.read(devel) else []


def check_resources():
    """What the window shows of our own is in the program, and drawn beforehand in the two sizes of rows."""
    problems = []
    for path in sorted((tree.ROOT / 'src/ui/icons').glob('*.svg')):
        plain, drawn = (tree.read(tree.ROOT / f'src/ui/{name}.gresource.xml')
                        for name in ('purge', 'purge-drawn-icons'))
        if f'>icons/{path.name}<' not in plain:
            problems.append(f'{path.name} is not in the program')
        problems += [f'{path.name} is not drawn with {size} pixels' for size in (16, 32)
                     if f'>{path.stem}-{size}.png<' not in drawn]
    return problems


def main():
    checks = {'grid': check_grid, 'single colour': check_single_colour, 'edges': check_edges,
              'grounds': check_grounds, 'profiles': check_profiles, 'resources': check_resources}
    try:
        tree.report({name: check() for name, check in checks.items()})
    except GLib.Error as error:
        tree.report({'drawing': [error.message]})


if __name__ == '__main__':
    main()
