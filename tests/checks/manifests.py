#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""The Flatpak asks for a network, a window, and nothing else, in either profile; its manifests are written
in the order that Flathub asks for, and differ in nothing but what a profile is."""

import json

import tree

ID = 'io.github.cdn_purge.CdnPurge'

# Another permission is a change of what SECURITY.md promises.
PERMISSIONS = ['--share=network', '--share=ipc', '--socket=fallback-x11', '--socket=wayland',
               '--device=dri']
KEYS = ['id', 'runtime', 'runtime-version', 'sdk', 'command', 'separate-locales', 'finish-args',
        'cleanup', 'modules']
SAME = {'runtime': 'org.gnome.Platform', 'sdk': 'org.gnome.Sdk', 'command': 'cdn-purge',
        # Else a bundle has no translations in it.
        'separate-locales': False}


def read(name):
    path = tree.ROOT / 'flatpak' / f'{name}.json'
    return json.loads(tree.read(path)) if path.exists() else {}


def check_form(name):
    manifest = read(name)
    problems = [f'{name}: {key} is not {value}' for key, value in {'id': name, **SAME}.items()
                if manifest.get(key) != value]
    if list(manifest) != KEYS:
        problems.append(f'{name}: the keys are {list(manifest)}')
    if len(manifest.get('modules', [])) != 1:
        problems.append(f'{name}: everything else is in the runtime')
    return problems


def check_permissions(name):
    asked = read(name).get('finish-args', [])
    return [] if asked == PERMISSIONS else [f'{name} asks for {asked}']


def check_profiles():
    release, devel = read(ID), read(f'{ID}.Devel')
    options = ['-Dtests=false']
    problems = []
    for manifest in (release, devel):
        if not manifest:
            return ['there are not two manifests']
        if manifest['modules'][0].get('config-opts') != options:
            problems.append(f"{manifest['id']} is not configured with {options}")
        # What is left has to be the same.
        del manifest['id'], manifest['modules'][0]['config-opts']
        options = ['-Dprofile=devel', *options]
    if release != devel:
        problems.append('the profiles differ in more than their names')
    return problems


def main():
    names = (ID, f'{ID}.Devel')
    tree.report({
        'permissions': [problem for name in names for problem in check_permissions(name)],
        'form': [problem for name in names for problem in check_form(name)],
        'profiles': check_profiles(),
    })


if __name__ == '__main__':
    main()
