#!/usr/bin/python3
"""A real XDND drag source: a small GTK window that FILE can be dragged from. Usage: drag.py FILE"""

import pathlib
import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402

uri = pathlib.Path(sys.argv[1]).absolute().as_uri()
window = Gtk.Window(title="drag source")
window.set_default_size(120, 60)
handle = Gtk.EventBox()
handle.add(Gtk.Label(label="drag me"))
window.add(handle)
handle.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [Gtk.TargetEntry.new("text/uri-list", 0, 0)], Gdk.DragAction.COPY)
handle.connect("drag-data-get", lambda _widget, _context, selection, _info, _time: selection.set_uris([uri]))
handle.connect("drag-end", lambda *_: GLib.timeout_add(300, Gtk.main_quit))
window.connect("destroy", Gtk.main_quit)
window.show_all()
Gtk.main()
