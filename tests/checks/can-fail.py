#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""can-fail.py ROOT BUILD: a check that cannot fail proves nothing.

Runs the other checks on small trees of which each breaks one rule, and sees that the check of that
rule fails and no other does; then asks the compiler of each room of core for a header of GTK, as
the build would, and sees it refused.
"""

import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

import tree

HERE = pathlib.Path(__file__).parent
HEAD = ('/* SPDX-License-Identifier: GPL-3.0-or-later\n'
        ' * SPDX-FileCopyrightText: The CDN Purge authors\n */\n')
SCRIPT = '#!/bin/sh\n# ' + HEAD.replace('/* ', '').replace(' * ', '# ').replace('\n */', '')
LONG_FUNCTION = 'void\nf (void)\n{\n' + '  ;\n' * 60 + '}\n'

# Without these no tree is right.
GROUND = {'build-aux/run': SCRIPT + 'true\n'}

VALUES = 'src/core/values/purge-a.c'
ID = 'io.github.cdn_purge.CdnPurge'


CATALOGUE = r"""msgid ""
msgstr "Language: zh_CN\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"MIME-Version: 1.0\n"
"Plural-Forms: nplurals=1; plural=0;\n"
"PO-Revision-Date: 2026-11-25 23:00+0000\n"
"Project-Id-Version: a\n"
"Last-Translator: a\n"
"Language-Team: a\n"
"""


def make_chinese(*entries, flags='c-format', end='', sources=None):
    """A catalogue of pairs, a text and its translation, and a source with those texts or others."""
    texts = [text for text, _ in entries] if sources is None else sources
    return {'po/POTFILES.in': 'src/a.c\n',
            'src/a.c': ''.join(f'a = _("{text}");\n' for text in texts),
            'po/zh_CN.po': CATALOGUE + ''.join(
                f'\n#, {flags}\nmsgid "{text}"\nmsgstr "{translation}"\n'
                for text, translation in entries) + end}


def make_manual(told, written, end='', help_end=''):
    """A program with options in its help, and a page with some."""
    options = ''.join(f'  {option}  Does so\n' for option in told)
    return {'meson.build': "executable('a', 'a.c', install: true)\n",
            'build/a': f"#!/bin/sh\ncat <<'END'\nUsage:\n  a [OPTION]\n\n{options}{help_end}END\n",
            'data/man/a.1': '.TH A 1 2026-11-26 A A\n.SH NAME\na \\- do it\n.SH OPTIONS\n' + ''.join(
                f'.TP\n.B {option}\nDo so.\n' for option in written) + end}


def make_completion(edit='', known=('', '')):
    """The command line and its completion as built, but one tells something else of itself, or the
    other knows something else."""
    build = pathlib.Path(sys.argv[2]).resolve()
    script = (build / 'data/cdn-purge-cli').read_text()
    assert known[0] in script
    return {'build/cdn-purge-cli': '#!/bin/sh\n' + shlex.quote(str(build / 'cdn-purge-cli')) +
                                   f' "$@" | sed "{edit}"\n',
            'build/data/cdn-purge-cli': script.replace(*known)}


def copy(*names, **edits):
    """Files of this project, with a text in some of them put in the place of another: a file's name ends
    with what the edit is called."""
    files = {}
    for name in names:
        files[name] = (tree.ROOT / name).read_text(encoding='utf-8')
        for end, (old, new) in edits.items():
            if name.endswith(end.replace('_', '.')):
                assert old in files[name], (name, old)
                files[name] = files[name].replace(old, new)
    return files


MANIFESTS = [f'flatpak/{ID}.json', f'flatpak/{ID}.Devel.json']
RELEASE = ['meson.build', f'data/{ID}.metainfo.xml.in.in', 'CHANGELOG.md']
ICONS = [f'data/icons/hicolor/{folder}/apps/{ID}{profile}{end}.svg' for profile in ('', '.Devel')
         for folder, end in (('scalable', ''), ('symbolic', '-symbolic'))]
RESOURCES = [f'src/ui/{name}.gresource.xml' for name in ('purge', 'purge-drawn-icons')]


# (the check's program, the one that must fail, files that make it do so)
CASES = [
    ('layers', 'includes', {VALUES: '#include <gtk/gtk.h>\n'}),
    ('layers', 'includes', {VALUES: '#include <adwaita.h>\n'}),
    ('layers', 'includes', {VALUES: '#include <json-glib/json-glib.h>\n'}),
    ('layers', 'includes', {'src/cli/a.c': '#include <libsoup/soup.h>\n'}),
    ('layers', 'includes', {'src/core/outside/purge-a.c': '#  include <gdk/gdk.h>\n'}),
    ('layers', 'includes', {VALUES: '#include "purge-b.h"\n', 'src/core/work/purge-b.h': ''}),
    ('layers', 'includes', {VALUES: '#include "../work/purge-b.h"\n', 'src/core/work/purge-b.h': ''}),
    ('layers', 'includes', {'src/core/work/purge-a.c': '#include "purge-b.h"\n',
                            'src/ui/purge-b.h': ''}),
    ('layers', 'includes', {'src/core/work/purge-a.c': '#include "purge-b.h"\n',
                            'src/simulator/purge-b.h': ''}),
    ('layers', 'includes', {'src/simulator/a.c': '#include "purge-b.h"\n',
                            'src/core/values/purge-b.h': ''}),
    ('layers', 'includes', {'src/cli/a.c': '#include "purge-b.h"\n', 'src/ui/purge-b.h': ''}),
    ('layers', 'includes', {'src/ui/a.c': '#include <libsecret/secret.h>\n'}),
    ('layers', 'includes', {'src/ui/a.c': '#include <sqlite3.h>\n'}),
    ('layers', 'includes', {'src/ui/a.c': '#include <json-glib/json-glib.h>\n'}),
    ('layers', 'few files for one part of the outside',
     {'src/core/outside/purge-soup-transport.c': '#include <libsoup/soup.h>\n',
      'src/core/outside/purge-other.c': '#include <libsoup/soup.h>\n'}),
    ('layers', 'few files for one part of the outside',
     {'src/core/outside/purge-soup-route.h': '#include <libsoup/soup.h>\n',
      'src/core/outside/purge-other.c': '#include "purge-soup-route.h"\n'}),
    ('layers', 'few files for one part of the outside',
     {'src/core/outside/purge-sql.c': ''}),
    ('layers', 'what the compiler is told', {VALUES: '', '-I/usr/include/gtk-4.0': ''}),
    ('layers', 'what the compiler is told', {'src/ui/a.c': '', '-I/usr/include/libsoup-3.0': ''}),
    ('layers', 'symbols', {'src/core/work/purge-a.c': 'void gtk_init (void);'
                                                      'void f (void) { gtk_init (); }\n'}),
    ('layers', 'pure rooms', {VALUES: '#include <time.h>\nlong f (void) { return time (0); }\n'}),
    ('layers', 'pure rooms', {VALUES: '#include <stdlib.h>\n'
                                      'char *f (void) { return getenv ("A"); }\n'}),
    ('layers', 'pure rooms', {VALUES: 'long g_get_real_time (void);'
                                      'long f (void) { return g_get_real_time (); }\n'}),
    ('house', 'licence headers', {VALUES: 'int a;\n', 'no head': ''}),
    ('house', 'file sizes', {VALUES: '\n' * 700}),
    ('house', 'function sizes', {VALUES: LONG_FUNCTION}),
    ('house', 'nothing unfinished', {VALUES: '/* TO' + 'DO: all of it */\n'}),
    ('house', 'no paths of one machine', {'README.md': 'See /wo' + 'rk/main.\n'}),
    ('house', 'no papers that are not here', {VALUES: '/* See DESI' + 'GN.md */\n'}),
    ('house', 'no registries', {'README.md': 'https://registry.npm' + 'js.org/\n'}),
    ('house', 'shell scripts', {'a': SCRIPT + 'echo $1\n'}),
    ('house', 'documentation of core', {'src/core/values/purge-a.h': 'void purge_a (void);\n',
                                        VALUES: 'void\npurge_a (void)\n{\n}\n'}),
    ('translations', 'the list of files', {'po/POTFILES.in': '', VALUES: 'a = _("Purge");\n'}),
    ('translations', 'the list of files', {'po/POTFILES.in': 'src/a.c\n'}),
    ('translations', 'the list of files', {'po/POTFILES.in': 'src/b.c\nsrc/a.c\n',
                                           'src/a.c': 'a = _("A");\n', 'src/b.c': 'a = _("A");\n'}),
    ('translations', 'the word for it is purge',
     {'po/POTFILES.in': 'src/a.c\n', 'src/a.c': 'a = _("Refreshing");\n'}),
    ('translations', 'typographic characters',
     {'po/POTFILES.in': 'src/a.c\n', 'src/a.c': 'a = ngettext ("One", "More...", n);\n'}),
    ('translations', 'comments for translators',
     {'po/POTFILES.in': 'src/a.c\n',
      'src/a.c': '/* Translators: %s is a file. */\nb = 1;\na = _("Choose %s.");\n'}),
    ('translations', 'whole for translators',
     {'po/POTFILES.in': 'src/a.c\n', 'src/a.c': 'a = _("One %" G_GINT64_FORMAT " more");\n'}),
    ('chinese', 'complete', make_chinese(('Purge', '刷新'), sources=['Purge', 'Check'])),
    ('chinese', 'complete', make_chinese(('Purge', '刷新'), ('Check', '查询'), sources=['Purge'])),
    ('chinese', 'complete', make_chinese(('Purge', ''))),
    ('chinese', 'complete', make_chinese(('Purge', '刷新'), flags='fuzzy')),
    ('chinese', 'complete', make_chinese(('Purge', '刷新'),
                                         end='\n#~ msgid "Old"\n#~ msgstr "旧"\n')),
    ('chinese', 'format', make_chinese(('Purge %s', '刷新 %d'))),
    ('chinese', 'words', make_chinese(('Load it again.', '请刷新这次提交。'))),
    ('chinese', 'words', make_chinese(('No account', '没有帐号'))),
    ('chinese', 'setting', make_chinese(('Nothing was sent, or', '没有发送任何内容,或'))),
    ('chinese', 'setting', make_chinese(('Purge the CDN', '刷新CDN'))),
    ('chinese', 'setting', make_chinese(('It is on the disk now', '结果已 保存'))),
    ('chinese', 'setting', make_chinese(('Paste (Ctrl+V)', '粘贴(Ctrl+V)'))),
    ('chinese', 'mnemonics', make_chinese(('_Purge', '刷新(_R)'))),
    ('chinese', 'mnemonics', make_chinese(('_Purge', '刷新 _P'))),
    ('chinese', 'ends of sentences', make_chinese(('Nothing was sent.', '没有发送任何内容'))),
    ('completion', 'commands', make_completion('/^  quota /d')),
    ('completion', 'options and values', make_completion('s/--wait/--weight/')),
    ('completion', 'options and values', make_completion('s/updated|all/updated|al|l/')),
    ('completion', 'lines', make_completion(known=('--mode | ', ''))),
    ('completion', 'accounts', make_completion(known=('%q', '%s'))),
    ('icons', 'grid', copy(*ICONS, CdnPurge_svg=('"128" height="128"', '"96" height="96"'))),
    ('icons', 'single colour', copy(*ICONS, symbolic_svg=('<path fill="#2e3436" d', '<path fill="red" d'))),
    ('icons', 'edges', copy(*ICONS, CdnPurge_svg=('<rect x="12" y="16" width="104"',
                                                  '<rect x="0" y="16" width="128"'))),
    ('icons', 'grounds', copy(*ICONS, CdnPurge_svg=('stop-color="#', 'stop-color="#222222" _="'))),
    ('icons', 'profiles', copy(*ICONS) | {ICONS[2]: copy(ICONS[0])[ICONS[0]]}),
    ('icons', 'resources', copy(*ICONS, *RESOURCES) | {'src/ui/icons/purge-new-symbolic.svg': ''}),
    ('manifests', 'permissions', copy(*MANIFESTS, json=('"--device=dri"', '"--filesystem=home"'))),
    ('manifests', 'form', copy(*MANIFESTS, json=('"command": "cdn-purge",', ''))),
    ('manifests', 'profiles', copy(*MANIFESTS, Devel_json=('"runtime-version": "', '"runtime-version": "1'))),
    ('release', 'one version', copy(*RELEASE, build=("  version: '", "  version: '9"))),
    ('release', 'one version', copy(*RELEASE) | {'data/man/a.1': copy('meson.build')['meson.build']}),
    ('release', 'releases', copy(*RELEASE, in_in=(' date="', ' date="9'))),
    ('release', 'releases', copy(*RELEASE, in_in=(' date="2', ' date="3'))),
    ('release', 'addresses', copy(*RELEASE, in_in=('<name>CDN', '<name>https://example.org/ CDN'))),
    ('manuals', 'programs are known', {'meson.build': ''}),
    ('manuals', 'pages and help', {**make_manual([], []), 'data/man/a.1': ''} | {
        'meson.build': "executable('a', install: true)\nexecutable('b', install: true)\n",
        'build/b': make_manual([], [])['build/a']}),
    ('manuals', 'pages and help', make_manual(['--yes', '--no=A|B'], [r'\-\-yes'])),
    ('manuals', 'pages and help', make_manual(['--no=A|B'], [r'\-\-no=A'])),
    ('manuals', 'pages and help', make_manual([], [r'\-\-yes'])),
    ('manuals', 'pages and help', make_manual([], [], '.SH EXAMPLES\na \\-\\-yes\n')),
    ('manuals', 'pages and help', make_manual([], [], help_end='\nCommands:\n  go  Goes\n\n')),
    ('manuals', 'pages and help', make_manual([], [], '.SH COMMANDS\n.SS go [OPTION]\nGo.\n')),
    ('manuals', 'pages and help', make_manual([], [], help_end='\nExit codes:\n  0  Done\n')),
    ('manuals', 'setting', make_manual(['--yes'], [r'\-\-yes'], '.nonsense\n')),
]


def write_tree(root, files):
    bare = 'no head' in files
    commands = []
    flags = ' '.join(name for name in files if name.startswith('-I'))
    for name, text in {**GROUND, **files}.items():
        if name.startswith('-I') or name == 'no head':
            continue
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((HEAD if path.suffix in ('.c', '.h') and not bare else '') + text)
        path.chmod(0o755 if text.startswith('#!') else 0o644)
        if path.suffix == '.c':
            commands.append({'directory': str(root), 'file': name, 'command': f'cc {flags} {name}'})
    (root / 'build').mkdir(exist_ok=True)
    (root / 'build' / 'compile_commands.json').write_text(json.dumps(commands))


def make_archive(root, files):
    for name in files:
        if name.startswith('src/core/') and name.endswith('.c'):
            folder = root / 'build' / pathlib.Path(name).parent
            folder.mkdir(parents=True)
            subprocess.run(['cc', '-w', '-c', str(root / name), '-o', str(folder / 'a.o')], check=True)
            subprocess.run(['ar', 'rc', str(folder / 'liba.a'), str(folder / 'a.o')], check=True)


def run_case(program, rule, files):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        write_tree(root, files)
        if rule in ('symbols', 'pure rooms'):
            make_archive(root, files)
        result = subprocess.run([sys.executable, HERE / f'{program}.py', root, root / 'build'],
                                capture_output=True, text=True, check=False)
    failed = re.findall(r'^not ok \d+ (.*)', result.stdout, re.M)
    if failed == [rule] and result.returncode == 1:
        return []
    return [f'{program} with {list(files)} gives {failed}', *result.stderr.splitlines()]


def check_compiler(build):
    """No file of core finds GTK, none of the window libsoup: the build says no by itself."""
    problems = []
    for command in json.loads((build / 'compile_commands.json').read_text()):
        source = (pathlib.Path(command['directory']) / command['file']).resolve()
        if source.suffix != '.c' or not source.is_relative_to(tree.ROOT / 'src'):
            continue
        inside = tree.name_of(source)
        header = {'core': 'gtk/gtk.h', 'cli': 'gtk/gtk.h', 'ui': 'libsoup/soup.h'}.get(
            inside.split('/')[1])
        if header is None:
            continue
        flags = [flag for flag in shlex.split(command['command']) if flag.startswith(('-I', '-D'))]
        result = subprocess.run(['cc', *flags, '-fsyntax-only', '-xc', '-'], text=True,
                                input=f'#include <{header}>\n', capture_output=True,
                                cwd=command['directory'], check=False)
        if 'No such file' not in result.stderr:
            problems.append(f'{inside} may include {header}')
    return problems


def main():
    checks = {f'{number} {program}: {rule}': run_case(program, rule, files)
              for number, (program, rule, files) in enumerate(CASES, 1)}
    checks['the compiler refuses'] = check_compiler(pathlib.Path(sys.argv[2]))
    tree.report(checks)


if __name__ == '__main__':
    main()
