# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""Where the elements of a window lie, and whether a person sees them, in the two ways in which versions of GTK
tell it to screen readers. Knows neither mouse nor screen."""

from gi.repository import Atspi, GLib

# Since this version GTK lists only what is on the page in front, and tells where it lies; what lies at a
# place it no longer knows. See also bounds-shim.c.
LISTS_WHAT_IS_SHOWN_SINCE = (4, 10)


def ancestors(node):
    while node:
        yield node
        node = node.get_parent()


def extents_of(node):
    """Place and size in the window; None where the node is no widget, such as a page of a stack."""
    try:
        return Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
    except GLib.Error:
        return None


class Ground:
    """Of GTK 4.8, which lists everything, also what is on other pages: it is asked what lies where."""

    # Which of the elements that are as large as a pop-up is the one.
    POPUP = 0

    @staticmethod
    def find_start(popup, _extents):
        """From where places in a pop-up are counted: from the widget that it belongs to."""
        owner = extents_of(popup.get_parent())
        return (owner.x, owner.y) if owner else None

    @staticmethod
    def shows(node, top, extents, is_entry):
        """Whether a person sees the middle of an element of a window or pop-up."""
        # What is only decoration, such as the picture of a button, has no node, and hides the button:
        # its border does not, which GTK 4.8 does not count to the extents. Beside it may be another.
        points = (extents.x + extents.width // 2, extents.x - 3, extents.x + extents.width + 3)
        hits = [top.get_accessible_at_point(x, extents.y + extents.height // 2,
                                            Atspi.CoordType.WINDOW) for x in points]
        if not any(hits):
            # The inner part of an entry has no node either.
            return is_entry
        # What is insensitive is looked through, to what it lies on.
        return any(hit and (node in ancestors(hit) or hit in ancestors(node)) for hit in hits)


class NewerGround(Ground):
    """What is there is on the page in front, but may be scrolled out of sight."""

    POPUP = -1

    @staticmethod
    def find_start(_popup, extents):
        return extents.x, extents.y

    @staticmethod
    def shows(node, top, extents, is_entry):
        x, y = extents.x + extents.width // 2, extents.y + extents.height // 2
        for parent in ancestors(node):
            around = extents_of(parent) if parent.get_role_name() == 'scroll pane' else None
            if around and not (around.x <= x < around.x + around.width and
                               around.y <= y < around.y + around.height):
                return False
            if parent == top:
                break
        return True


def find_ground(application):
    version = tuple(int(number) for number in application.get_toolkit_version().split('.')[:2])
    return NewerGround() if version >= LISTS_WHAT_IS_SHOWN_SINCE else Ground()
