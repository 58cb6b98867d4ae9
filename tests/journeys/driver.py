# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""A person at the window: sees what a screen reader sees, and acts with real mouse and real keys.

    with Program(['build/cdn-purge', '--practice']) as program:
        program.click(program.find('button', 'Paste'))
        program.keys('ctrl+Return')
        program.find('label', 'accepted')

Knows AT-SPI, xdotool and xclip; does not know what program it drives. Runs in with-session. Every
search waits; whatever does not come in time fails with a picture, the tree of the window and what
the program printed.
"""

import contextlib
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import typing

# What the program warns of is looked at in the end, and not fatal at once: see HARMLESS.
PROGRAM_ENVIRONMENT = dict(os.environ)
if 'G_DEBUG' in PROGRAM_ENVIRONMENT:
    PROGRAM_ENVIRONMENT['G_DEBUG'] = PROGRAM_ENVIRONMENT['G_DEBUG'].replace('fatal-warnings', '')
os.environ.pop('G_DEBUG', None)

# What GTK 4.8 forgets with every paste cannot be told from the program's own, see lsan.supp. Windows
# are searched for leaks by the tests of ui, and by the journey “leaks”, which does not paste.
BLIND = {'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '') + ':detect_leaks=0'}

# Where GTK does not tell where things are.
BOUNDS_SHIM = os.environ.get('BOUNDS_SHIM')

import gi  # noqa: E402

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

from ground import ancestors, extents_of, find_ground  # noqa: E402

DEADLINE = float(os.environ.get('JOURNEY_DEADLINE', 20))
OUTPUT = pathlib.Path(os.environ.get('JOURNEY_OUTPUT') or tempfile.gettempdir())

# GTK 4 has changed the names of some roles.
ROLES = {
    'button': ('push button', 'button', 'toggle button'),
    'toggle': ('toggle button', 'switch', 'check box'),
    'entry': ('entry', 'text', 'password text'),
    'label': ('label', 'static', 'heading'),
    'status': ('status bar', 'alert', 'notification'),
    'window': ('frame', 'window', 'dialog', 'alert'),
    'item': ('menu item', 'radio menu item', 'check menu item'),
    'row': ('list item', 'table row', 'row'),
    'progress': ('progress bar', 'level bar'),
}

TYPE_NAME = re.compile(r'(Gtk|Adw|Purge)[A-Z][a-z]\w*')
WARNING = re.compile(r'-(WARNING|CRITICAL|ERROR) \*\*|Sanitizer|runtime error:')
# What GTK 4.18 has to say of the heading in libadwaita's message dialog, and GDK 4.8 where what a pop-up
# belongs to is on no monitor: nobody but GDK asks for one, and it goes on with what it has.
HARMLESS = re.compile(r'Trying to measure GtkLabel|gdk_monitor_get_geometry: assertion')


class Failure(AssertionError):
    """The window did not do what the journey expects."""


class Gone(Failure):
    """What was found is not on the screen any more."""


def make_environment(environment):
    made = PROGRAM_ENVIRONMENT | BLIND | dict(environment)
    if BOUNDS_SHIM:
        made['LD_PRELOAD'] = f"{BOUNDS_SHIM} {made.get('LD_PRELOAD', '')}".strip()
    return made


def run(*command, **options):
    return subprocess.run([str(part) for part in command], check=True, timeout=DEADLINE,
                          capture_output=True, text=True, **options).stdout


def set_clipboard(text):
    """Before a program is started; for one that runs there is Program.set_clipboard()."""
    # xclip keeps serving it from the background, and would keep a pipe open.
    subprocess.run(['xclip', '-selection', 'clipboard', '-in'], input=text.encode(), check=True,
                   timeout=DEADLINE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def wait_for(condition, what, deadline=None):
    """Calls until it gives something; objects may die while they are looked at."""
    end = time.monotonic() + (deadline or DEADLINE)
    while True:
        try:
            if result := condition():
                return result
        except GLib.Error:
            pass
        if time.monotonic() > end:
            raise Failure(f'waited in vain for {what}')
        time.sleep(0.03)


def children(node):
    for index in range(node.get_child_count()):
        if child := node.get_child_at_index(index):
            yield child


def walk(node):
    yield node
    for child in children(node):
        yield from walk(child)


def name_of(node):
    """The name, if somebody gave one: GTK 4.8 offers the type of a widget where there is none."""
    name = node.get_name() or ''
    if not name and node.get_role_name().endswith('menu item'):
        return label_of(node)
    return '' if TYPE_NAME.fullmatch(name) else name


def label_of(node):
    """What stands in the labels that name an element: GTK 4.18 names no item of a menu otherwise."""
    labels = [relation.get_target(index) for relation in node.get_relation_set()
              if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY
              for index in range(relation.get_n_targets())]
    return ' '.join(map(text_of, labels))


def text_of(node):
    """What stands in an entry, a text view or a label; else the name."""
    try:
        return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))
    except GLib.Error:
        return name_of(node)


def has_state(node, state):
    """Whether a node has a state, called as in Atspi.StateType: 'focused', 'sensitive' …"""
    return node.get_state_set().contains(getattr(Atspi.StateType, state.upper()))


def spoken(node):
    """All that is said of an element; of one that has no words itself, what is said inside it."""
    words = ' '.join(dict.fromkeys((name_of(node), text_of(node)))).strip()
    return words or ' '.join(filter(None, map(spoken, children(node))))


def is_window(node):
    """Whether a node is a window; GTK 4.8 has no role for the one in which files are chosen."""
    parent = node.get_parent()
    return (node.get_role_name() in ROLES['window']
            or bool(parent) and parent.get_role_name() == 'application')


def matches(pattern, text):
    return bool(pattern.search(text)) if isinstance(pattern, re.Pattern) else pattern in text


class Surface(typing.NamedTuple):
    """A window or a pop-up as the X server has it."""

    number: str
    title: str
    x: int
    y: int
    width: int
    height: int


class Program:
    """A running program and its windows."""

    harmless = HARMLESS

    def __init__(self, command, environment=()):
        OUTPUT.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(prefix='printed-', delete=False) as log:
            self.printed = pathlib.Path(log.name)
            self.process = subprocess.Popen(
                command, env=make_environment(environment),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            self.root = wait_for(self.find_application, 'the program')
            self.ground = find_ground(self.root)
            # A cache is refreshed by events, which a script without a main loop does not get.
            self.root.set_cache_mask(Atspi.Cache.NONE)
            self.window = self.wait_for_window()
        except Failure:
            self.kill()
            raise

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is not None:
            self.explain(error)
            self.kill()
            return
        if self.process.poll() is None:
            try:
                self.end()
            except Failure as failure:
                self.explain(failure)
                self.kill()
                raise
        complaints = [line for line in self.read_printed().splitlines()
                      if WARNING.search(line) and not self.harmless.search(line)]
        if complaints:
            raise Failure('the program complained:\n' + '\n'.join(complaints))

    def find_application(self):
        if self.process.poll() is not None:
            raise Failure(f'the program ended with {self.process.returncode}: '
                          f'{self.read_printed()}')
        return next((node for node in children(Atspi.get_desktop(0))
                     if node.get_process_id() == self.process.pid), None)

    # Seeing

    def speak(self, name):
        """What a person calls NAME who has this window before them; another language overrides it."""
        return name

    def find_all(self, role, name='', within=None):
        """What is on the screen now; NAME is a part of the name or of the text, or a pattern."""
        roles = ROLES.get(role, (role,))
        name = self.speak(name)
        found = [node for node in walk(within or self.root)
                 if node.get_role_name() in roles and matches(name, spoken(node))]
        windows = list(self.list_windows()) if found else []
        return [node for node in found if self.is_shown(node, windows)]

    def find(self, role, name='', within=None, deadline=None):
        """The first such element, as soon as it is on the screen."""
        return wait_for(lambda: next(iter(self.find_all(role, name, within)), None),
                        f'{role} “{getattr(name, "pattern", name)}”', deadline)

    def wait_gone(self, role, name='', within=None):
        wait_for(lambda: not self.find_all(role, name, within), f'{role} “{name}” to go')

    def wait_text(self, node, text):
        """Until the text of an element has TEXT in it, or matches it."""
        wait_for(lambda: matches(text, text_of(node)), f'the text “{text}”')

    def wait_state(self, node, state, present=True):
        wait_for(lambda: has_state(node, state) == present, f'{state} to be {present}')

    def wait_for_window(self, title=''):
        """The X window that shows and is called so; the one in front where there are several."""
        title = self.speak(title)

        def look():
            found = [window for window in self.list_windows()
                     if window.title and matches(title, window.title)]
            return found[-1].number if found else None
        return wait_for(look, f'a window “{title}”')

    def wait_window_gone(self, number):
        """Until an X window has closed.

        To be used instead of wait_gone() for windows: GTK 4.8 dies if a screen reader looks at the
        children of a widget that is being taken apart.
        """
        wait_for(lambda: number not in {window.number for window in self.list_windows()},
                 f'window {number} to close')

    @staticmethod
    def search_windows(*options):
        def search():
            found = subprocess.run(['xdotool', 'search', '--onlyvisible', *options],
                                   capture_output=True, text=True, check=False)
            # It gives up where a window closes while it looks, and has told of a few by then.
            return 'X Error' not in found.stderr and found
        return wait_for(search, 'the windows of X').stdout.split()

    def list_numbers(self):
        return self.search_windows('--pid', str(self.process.pid))

    def list_windows(self):
        """The X windows that show; pop-ups have no title, whatever X calls them."""
        for number in self.list_numbers():
            told = subprocess.run(['xwininfo', '-id', number], capture_output=True, text=True,
                                  check=False).stdout
            values = dict(re.findall(r'^  ([\w -]+): +(\S+)$', told, re.MULTILINE))
            # One that has closed meanwhile tells nothing.
            if values:
                popup = values['Override Redirect State'] == 'yes'
                title = re.search(r'"(.*)"$', told, re.MULTILINE)
                yield Surface(number, title[1] if title and not popup else '',
                              int(values['Absolute upper-left X']),
                              int(values['Absolute upper-left Y']),
                              int(values['Width']), int(values['Height']))

    def find_popup(self, node, parent, popups):
        """The same as find_surface(), if this one of the parents is a pop-up."""
        extents = extents_of(parent)
        for popup in popups if extents else ():
            # Around a pop-up there is its arrow.
            if 0 <= popup.width - extents.width <= 16 and 0 <= popup.height - extents.height <= 16:
                start, place = self.ground.find_start(parent, extents), extents_of(node)
                if start is None or place is None:
                    continue
                # A tooltip may be as large as something in the window.
                x, y = start
                if 0 <= place.x - x <= popup.width and 0 <= place.y - y <= popup.height:
                    return parent, popup.x - x, popup.y - y
        return None

    def find_surface(self, node, windows):
        """The node of the window or pop-up that holds an element, and where its places begin."""
        popups = [window for window in windows if not window.title]
        found = [self.find_popup(node, parent, popups) for parent in ancestors(node) if popups]
        # What fills a pop-up is nearly as large.
        if found := list(filter(None, found)):
            return found[self.ground.POPUP]
        for parent in ancestors(node):
            if is_window(parent):
                for window in windows:
                    if window.title and window.title == name_of(parent):
                        # Between the X window and what GTK calls the window there is its border.
                        extents = extents_of(parent)
                        if extents is None:
                            return None
                        return (parent, window.x + (window.width - extents.width) // 2,
                                window.y + (window.height - extents.height) // 2)
        return None

    def is_shown(self, node, windows):
        """Whether a person sees the middle of an element."""
        extents = extents_of(node)
        if not extents or extents.width <= 0 or extents.height <= 0:
            return False
        if node.get_role_name() in ROLES['window']:
            return True
        surface = self.find_surface(node, windows)
        return bool(surface) and self.ground.shows(node, surface[0], extents,
                                                  node.get_role_name() in ROLES['entry'])

    def place_of(self, node):
        """The middle of an element on the screen."""
        surface = self.find_surface(node, list(self.list_windows()))
        extents = extents_of(node)
        if not surface or not extents:
            raise Gone(f'no window on the screen has {node.get_role_name()} “{spoken(node)}”')
        _, left, top = surface
        return left + extents.x + extents.width // 2, top + extents.y + extents.height // 2

    def wait_place(self, node):
        """Where an element is once it has stopped moving."""
        places = []

        def rests():
            places.append(self.place_of(node))
            return len(places) > 2 and places[-1] == places[-2] == places[-3] and places[-1]
        return wait_for(rests, f'{node.get_role_name()} “{name_of(node)}” to rest')

    # Acting

    def click(self, node, button=1, count=1):
        """A real click in the middle of an element."""
        x, y = self.wait_place(node)
        run('xdotool', 'mousemove', x, y, 'click', '--repeat', count, '--delay', 60, button)

    def click_newest(self, find):
        """Clicks what FIND finds in a list that may be made anew while it is looked at."""
        def clicks():
            try:
                self.click(find())
            except Gone:
                return False
            return True
        wait_for(clicks, 'a list to rest')

    def grab(self, node):
        """Presses the mouse on an element, and drags it as far as a drag begins."""
        x, y = self.wait_place(node)
        run('xdotool', 'mousemove', x, y, 'mousedown', 1)
        run('xdotool', 'mousemove', x - 12, y, 'mousemove', x - 24, y)

    def hover(self, node):
        """Moves the mouse over an element a little, as a hand does all the time: what is dragged asks
        with every motion whether it is welcome, and goes by the answer to the one before."""
        x, y = self.wait_place(node)
        run('xdotool', 'mousemove', x - 12, y, 'mousemove', x - 6, y, 'mousemove', x, y)

    @staticmethod
    def release():
        """Lets the button of the mouse go, and with it what is dragged."""
        run('xdotool', 'mouseup', 1)

    def move(self, x, y, window=None):
        run('xdotool', 'windowmove', '--sync', window or self.window, x, y)

    def scroll(self, node, steps):
        """Turns the wheel over an element; up where STEPS is negative."""
        run('xdotool', 'mousemove', *self.wait_place(node), 'click', '--repeat',
            abs(steps), '--delay', 20, 4 if steps < 0 else 5)

    def focus(self, window=None):
        """Gives the keyboard to a window, as a click on it would."""
        run('xdotool', 'windowfocus', '--sync', window or self.window)

    @staticmethod
    def find_active():
        """The window that has the keyboard, as the window manager says."""
        return subprocess.run(['xdotool', 'getactivewindow'], capture_output=True, text=True,
                              check=False).stdout.strip()

    def keys(self, *combinations):
        """Presses keys, called as xdotool calls them: 'ctrl+v', 'Tab' …"""
        run('xdotool', 'key', '--clearmodifiers', '--delay', 30, *combinations)

    @contextlib.contextmanager
    def held(self, combination):
        """Keys that are held, and repeat."""
        keys = combination.split('+')
        for key in keys:
            run('xdotool', 'keydown', key)
        try:
            yield
        finally:
            for key in reversed(keys):
                run('xdotool', 'keyup', key)

    def type(self, text):
        """Types text of characters that a keyboard has; paste the others."""
        run('xdotool', 'type', '--clearmodifiers', '--delay', 8, '--', text)

    def find_focus(self):
        """The element that has the keyboard; None where GTK 4.8 does not say, as inside some entries."""
        return next((node for node in walk(self.root) if has_state(node, 'focused')), None)

    def tab_to(self, node, key='Tab', limit=60):
        """Reaches an element by keyboard alone."""
        for _ in range(limit):
            if has_state(node, 'focused'):
                return
            self.keys(key)
            time.sleep(0.05)
        raise Failure(f'{limit} × {key} do not reach {node.get_role_name()} “{name_of(node)}”')

    def set_clipboard(self, text):
        set_clipboard(text)
        # GTK asks the new owner what it has, and until it is told takes the clipboard for an empty
        # one: the program has heard of the owner when it answers here, and xclip has told it when it
        # answers after that.
        self.find_all('window', '')
        self.get_clipboard()

    def get_clipboard(self):
        return run('xclip', '-selection', 'clipboard', '-out')

    def resize(self, width, height, window=None):
        window = window or self.window
        run('xdotool', 'windowsize', window, width, height)

        def has_size():
            geometry = run('xdotool', 'getwindowgeometry', '--shell', window)
            return f'WIDTH={width}\nHEIGHT={height}\n' in geometry
        wait_for(has_size, f'{width} × {height}')

    def screenshot(self, name, window=None):
        """A picture of the window (or of 'root', the whole screen) in the folder for output."""
        path = OUTPUT / f'{name}.png'
        run('import', '-window', window or self.window, path)
        return path

    # Ending

    def wait_end(self, code=0):
        """Until the program has ended by itself."""
        wait_for(lambda: self.process.poll() is not None, 'the end of the program')
        if self.process.returncode != code:
            raise Failure(f'the program ended with {self.process.returncode}')

    def end(self):
        """Closes the window by the window manager's key, and waits for the end."""
        self.focus()
        # The window manager hears of it later than X, and its key is for the window that it knows of.
        wait_for(lambda: self.find_active() == self.window, 'the window manager to know')
        self.keys('alt+F4')
        self.wait_end()

    def kill(self, number=signal.SIGKILL):
        if self.process.poll() is None:
            self.process.send_signal(number)
        self.process.wait(timeout=DEADLINE)

    def read_printed(self):
        return self.printed.read_text(errors='replace')

    def describe(self):
        """What a screen reader could read now, one element a line."""
        windows = list(self.list_windows())

        def lines(node, depth):
            try:
                if self.is_shown(node, windows):
                    yield f"{'  ' * depth}{node.get_role_name()} “{text_of(node) or name_of(node)}”"
                    depth += 1
                for child in children(node):
                    yield from lines(child, depth)
            except GLib.Error as error:
                yield f"{'  ' * depth}({error.message})"
        return '\n'.join(lines(self.root, 0))

    def explain(self, error):
        """What a person needs who was not there."""
        print(f'# {error}\n--- the program printed\n{self.read_printed()}', file=sys.stderr)
        if self.process.poll() is not None:
            print(f'--- it had ended with {self.process.returncode}', file=sys.stderr)
        elif self.root:
            picture = self.screenshot(f'{pathlib.Path(sys.argv[0]).stem}-failure', 'root')
            print(f'--- picture: {picture}\n--- tree\n{self.describe()}', file=sys.stderr)
