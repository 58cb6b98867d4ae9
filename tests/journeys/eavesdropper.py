# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""Another program on the accessibility bus, which writes down all that a program tells there.

Asks on the bus itself, and not with the help of a library that leaves out what it does not know.
"""

import functools

from gi.repository import Gio, GLib

from driver import Failure, wait_for

FLAGS = (Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
         | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
ACCESSIBLE = 'org.a11y.atspi.Accessible'
TEXT = 'org.a11y.atspi.Text'
EDITABLE_TEXT = 'org.a11y.atspi.EditableText'
PROPERTIES = 'org.freedesktop.DBus.Properties'
EVENTS = 'org.a11y.atspi.Event.Object'
ROOT = '/org/a11y/atspi/accessible/root'
BUS = ('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus')

# Letter, word, sentence, line, paragraph; in the older methods letter, word, line.
GRANULARITIES, BOUNDARIES = range(5), (0, 1, 5)

# Letter by letter a long text takes its time, and says what it said as a whole.
SEVERAL = 50


def connect():
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    address = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None,
                                None, Gio.DBusCallFlags.NONE, -1).unpack()[0]
    return Gio.DBusConnection.new_for_address_sync(address, FLAGS)


@functools.cache
def list_interfaces(introspected):
    """Of each interface its name, and the names of the methods that ask for something just so."""
    return [(interface.name, [method.name for method in interface.methods
                              if method.name.startswith('Get') and not method.in_args])
            for interface in Gio.DBusNodeInfo.new_for_xml(introspected).interfaces]


class Eavesdropper:
    def __init__(self, pid):
        self.bus = connect()
        self.events = []
        self.name = wait_for(lambda: self.find_name(pid), 'the program on the accessibility bus')
        self.bus.signal_subscribe(self.name, None, None, None, None, Gio.DBusSignalFlags.NONE,
                                  self.on_event)
        # Newer versions of GTK tell nothing where nobody has asked for it.
        self.call('org.a11y.atspi.Registry', '/org/a11y/atspi/registry', 'org.a11y.atspi.Registry',
                  'RegisterEvent', '(s)', 'object:')

    def call(self, name, path, interface, method, signature='()', *arguments):
        return self.bus.call_sync(name, path, interface, method, GLib.Variant(signature, arguments),
                                  None, Gio.DBusCallFlags.NONE, 10000).unpack()

    def ask(self, path, interface, method, signature='()', *arguments):
        """What the program answers; an empty tuple where it does not."""
        try:
            return self.call(self.name, path, interface, method, signature, *arguments)
        except GLib.Error:
            return ()

    def get(self, path, interface, name):
        """A property; None where there is none."""
        return next(iter(self.ask(path, PROPERTIES, 'Get', '(ss)', interface, name)), None)

    def find_name(self, pid):
        names = [name for name in self.call(*BUS, 'ListNames')[0] if name.startswith(':')]
        return next((name for name in names if self.call(
            *BUS, 'GetConnectionUnixProcessID', '(s)', name) == (pid,)), None)

    def on_event(self, _bus, _sender, path, interface, signal, parameters):
        self.events.append((path, interface, signal, parameters.unpack()))

    def list_events(self):
        """All that it was told so far without asking: whatever was sent before this is among it."""
        self.ask(ROOT, ACCESSIBLE, 'GetRole')
        while GLib.MainContext.default().iteration(False):
            pass
        return self.events

    def list_changes(self):
        """The texts of the events that tell of a change of a text, as they came."""
        return [arguments[3] for _, interface, signal, arguments in self.list_events()
                if interface == EVENTS and signal == 'TextChanged']

    def list_paths(self):
        """Where the elements are: those of the tree, and whatever else told of itself."""
        paths, left = set(), [ROOT, *(path for path, *_ in self.list_events())]
        while left:
            path = left.pop()
            if path in paths:
                continue
            paths.add(path)
            for children in self.ask(path, ACCESSIBLE, 'GetChildren'):
                left += [child for name, child in children if name == self.name]
        return sorted(paths)

    def list_characters(self, path):
        """What the methods that ask for a part of a text say; last the text letter by letter."""
        n = self.get(path, TEXT, 'CharacterCount') or 0
        for end in (-1, n):
            yield self.ask(path, TEXT, 'GetText', '(ii)', 0, end)
        for at in (0, n // 2):
            yield from (self.ask(path, TEXT, 'GetStringAtOffset', '(iu)', at, granularity)
                        for granularity in GRANULARITIES)
            yield from (self.ask(path, TEXT, f'GetText{where}Offset', '(iu)', at, boundary)
                        for where in ('Before', 'At', 'After') for boundary in BOUNDARIES)
            yield self.ask(path, TEXT, 'GetAttributeRun', '(ib)', at, True)
        yield ''.join(chr(letter) for at in range(min(n, SEVERAL))
                      for letter in self.ask(path, TEXT, 'GetCharacterAtOffset', '(i)', at))

    def describe(self, path):
        """All properties of all interfaces, and what methods say that can be asked just so."""
        for introspected in self.ask(path, 'org.freedesktop.DBus.Introspectable', 'Introspect'):
            for interface, methods in list_interfaces(introspected):
                yield self.ask(path, PROPERTIES, 'GetAll', '(s)', interface)
                yield from (self.ask(path, interface, method) for method in methods)
                if interface == TEXT:
                    yield from self.list_characters(path)

    def listen(self):
        """Everything that the program tells, asked or not, one thing a line."""
        told = [f'{path} {thing}' for path in self.list_paths() for thing in self.describe(path)]
        told += [f'{event}' for event in self.list_events()]
        return '\n'.join(told) + '\n' + ''.join(map(str, self.list_changes()))

    def find(self, name):
        """Where the element is that can be edited and is called so."""
        for path in self.list_paths():
            interfaces = self.ask(path, ACCESSIBLE, 'GetInterfaces')
            if (interfaces and EDITABLE_TEXT in interfaces[0]
                    and self.get(path, ACCESSIBLE, 'Name') == name):
                return path
        raise Failure(f'nothing called {name} is on the accessibility bus')
