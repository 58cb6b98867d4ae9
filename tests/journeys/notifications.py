# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""The part of a desktop that shows notifications: keeps what it is told, and is clicked on.

Owns org.freedesktop.Notifications on the session bus, in a thread of its own.
"""

import itertools
import threading

from gi.repository import Gio, GLib

NAME = 'org.freedesktop.Notifications'
PATH = '/org/freedesktop/Notifications'
INTERFACE = Gio.DBusNodeInfo.new_for_xml('''
<node>
  <interface name="org.freedesktop.Notifications">
    <method name="Notify">
      <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
      <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
      <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/>
      <arg type="u" direction="out"/>
    </method>
    <method name="CloseNotification"><arg type="u" direction="in"/></method>
    <method name="GetCapabilities"><arg type="as" direction="out"/></method>
    <method name="GetServerInformation">
      <arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/>
      <arg type="s" direction="out"/>
    </method>
    <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
    <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
  </interface>
</node>''').interfaces[0]


class Notifications:
    """What is shown now is in `shown`: title, text and actions by number."""

    def __init__(self):
        self.shown = {}
        self.numbers = itertools.count(1)
        self.bus = None
        self.loop = None
        self.ready = threading.Event()
        threading.Thread(target=self.serve, daemon=True).start()
        self.ready.wait()

    def serve(self):
        context = GLib.MainContext.new()
        context.push_thread_default()
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.bus.register_object(PATH, INTERFACE, self.on_call, None, None)
        self.bus.call_sync('org.freedesktop.DBus', '/', 'org.freedesktop.DBus', 'RequestName',
                           GLib.Variant('(su)', (NAME, 0)), None, Gio.DBusCallFlags.NONE, -1, None)
        self.loop = GLib.MainLoop.new(context, False)
        self.ready.set()
        self.loop.run()

    def on_call(self, bus, sender, path, interface, method, parameters, invocation):
        answer = None
        if method == 'Notify':
            _, replaces, _, title, text, actions, *_ = parameters.unpack()
            number = replaces or next(self.numbers)
            self.shown[number] = (title, text, actions[::2])
            answer = GLib.Variant('(u)', (number,))
        elif method == 'CloseNotification':
            self.shown.pop(parameters.unpack()[0], None)
        elif method == 'GetCapabilities':
            answer = GLib.Variant('(as)', (['actions', 'body', 'persistence'],))
        else:
            answer = GLib.Variant('(ssss)', ('Journey', 'CDN Purge', '1', '1.2'))
        invocation.return_value(answer)

    def click(self, number):
        """A click on the whole of it, which every desktop knows as the default action."""
        self.emit('ActionInvoked', GLib.Variant('(us)', (number, 'default')))
        self.shown.pop(number)
        self.emit('NotificationClosed', GLib.Variant('(uu)', (number, 2)))

    def emit(self, signal, parameters):
        self.bus.emit_signal(None, PATH, NAME, signal, parameters)
