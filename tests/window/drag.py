#!/usr/bin/python3
"""A real XDND drag source: a small GTK window that something can be dragged from.

Usage: drag.py FILE             the file itself
       drag.py --as TYPE… FILE  no file, but its content, offered as each of these types
"""

import pathlib
import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402

path = pathlib.Path(sys.argv[-1]).absolute()
types = sys.argv[2:-1] if sys.argv[1] == "--as" else ["text/uri-list"]


def give(_widget, _context, selection, _info, _time):
    if types == ["text/uri-list"]:
        selection.set_uris([path.as_uri()])
    else:
        selection.set(selection.get_target(), 8, path.read_bytes())


window = Gtk.Window(title="drag source")
window.set_default_size(120, 60)
handle = Gtk.EventBox()
handle.add(Gtk.Label(label="drag me"))
window.add(handle)
targets = [Gtk.TargetEntry.new(kind, 0, 0) for kind in types]
handle.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, targets, Gdk.DragAction.COPY)
handle.connect("drag-data-get", give)
handle.connect("drag-end", lambda *_: GLib.timeout_add(300, Gtk.main_quit))
window.connect("destroy", Gtk.main_quit)
window.show_all()
Gtk.main()
