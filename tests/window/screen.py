"""The window as a person has it: pointer and keys through the X server, names and buttons through AT-SPI."""

import pathlib
import subprocess
import time

from gi.repository import Gio, GLib

ACCESSIBLE = "org.a11y.atspi.Accessible"
HERE = pathlib.Path(__file__).parent


class Failed(Exception):
    pass


def wait(what, probe, seconds=20.0):
    """The first true answer of `probe`; software rendering on a busy machine is slow, so the limit is generous."""
    end = time.monotonic() + seconds
    while True:
        found = probe()
        if found:
            return found
        if time.monotonic() > end:
            raise Failed(f"waited {seconds:.0f} s for {what}")
        time.sleep(0.2)


class Accessibility:
    """AT-SPI by plain D-Bus calls: what a screen reader sees."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        status = ("org.a11y.Bus", "/org/a11y/bus")
        enabled = GLib.Variant("(ssv)", ("org.a11y.Status", "IsEnabled", GLib.Variant("b", True)))
        session.call_sync(*status, "org.freedesktop.DBus.Properties", "Set", enabled, None, 0, 5000, None)
        address = session.call_sync(*status, "org.a11y.Bus", "GetAddress", None, None, 0, 5000, None).unpack()[0]
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.bus = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)

    def call(self, node, interface, method, arguments=None):
        return self.bus.call_sync(*node, interface, method, arguments, None, 0, 5000, None).unpack()

    def children(self, node):
        return self.call(node, ACCESSIBLE, "GetChildren")[0]

    def name(self, node):
        wanted = GLib.Variant("(ss)", (ACCESSIBLE, "Name"))
        return self.call(node, "org.freedesktop.DBus.Properties", "Get", wanted)[0]

    def nodes(self):
        """Every node with its name; a node that goes away while it is read is left out."""
        rest = list(self.children(("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")))
        while rest:
            node = rest.pop()
            try:
                yield node, self.name(node)
                rest.extend(reversed(self.children(node)))
            except GLib.Error:
                continue

    def find(self, wanted):
        """The first node of which `wanted` is the name, or part of it when it ends in an ellipsis."""
        part = wanted.removesuffix("…")
        fits = (lambda name: part in name) if wanted.endswith("…") else (lambda name: name == wanted)
        return next((node for node, name in self.nodes() if fits(name)), None)

    def names(self):
        return [name for _, name in self.nodes() if name]

    def see(self, wanted):
        try:
            return wait(f"the name “{wanted}”", lambda: self.find(wanted))
        except Failed as failure:
            raise Failed(f"{failure}; there are: {self.names()}") from None

    def press(self, wanted):
        self.call(self.see(wanted), "org.a11y.atspi.Action", "DoAction", GLib.Variant("(i)", (0,)))


def xdotool(*arguments):
    return subprocess.run(["xdotool", *map(str, arguments)], check=True, capture_output=True, text=True).stdout.strip()


def window_named(title):
    """The X window with that title (a regular expression), or None."""
    found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", title], capture_output=True, text=True)
    return found.stdout.split()[-1] if found.stdout.split() else None


def drop(path, onto, kinds=()):
    """Drags a file, or its content as these types, from another program and lets it go in the middle of the window `onto`."""
    offered = ["--as", *kinds, path] if kinds else [path]
    source = subprocess.Popen(["/usr/bin/python3", HERE / "drag.py", *offered])
    try:
        window = wait("the drag source", lambda: window_named("^drag source$"))
        xdotool("windowmove", "--sync", window, 1100, 820)
        start = (1150, 870)
        place = dict(line.split("=") for line in xdotool("getwindowgeometry", "--shell", onto).splitlines())
        end = (int(place["X"]) + int(place["WIDTH"]) // 2, int(place["Y"]) + int(place["HEIGHT"]) // 2)
        xdotool("windowraise", window)
        xdotool("mousemove", *start, "sleep", 0.3, "mousedown", 1, "sleep", 0.3)
        steps = 8
        for step in range(1, steps + 1):
            xdotool("mousemove", *(a + (b - a) * step // steps for a, b in zip(start, end)), "sleep", 0.1)
        xdotool("sleep", 0.3, "mouseup", 1)
        source.wait(timeout=10)
    finally:
        source.kill()


def copy(text):
    """Puts text on the clipboard."""
    subprocess.run(["xclip", "-selection", "clipboard", "-in"], input=text.encode(), check=True)
