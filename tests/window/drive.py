#!/usr/bin/python3
"""Goes once through the main job in a running X display. Usage: drive.py PROGRAM PROJECT OUT"""

import os
import pathlib
import shutil
import subprocess
import sys
import time

from screen import Accessibility, Failed, copy, drop, wait, window_named, xdotool

program, project, out = (pathlib.Path(argument).absolute() for argument in sys.argv[1:])
samples = project / "assets" / "samples"


def answers():
    """One snapshot with the DNS of both messages: the test needs no network."""
    lines = []
    for name in ("order-confirmation", "newsletter-third-party"):
        lines += [line for line in (samples / f"{name}.dns").read_text("utf-8").splitlines() if line not in lines]
    path = out / "answers.dns"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


class Journey:
    def __init__(self):
        self.started = time.monotonic()
        self.count = 0
        self.reader = Accessibility()

    def step(self, what):
        """Says what has been seen, and keeps a picture of it."""
        self.count += 1
        time.sleep(0.5)
        subprocess.run(["import", "-window", "root", out / f"{self.count}.png"], check=True)
        print(f"  {self.count}. {what}   ({time.monotonic() - self.started:.1f} s)", flush=True)

    def read_title(self, window, title):
        wait(f"the title “{title}”", lambda: xdotool("getwindowname", window) == title)

    def run(self):
        environment = {**os.environ, "LANG": "C.UTF-8", "XDG_CONFIG_HOME": str(out / "config"), "XDG_DATA_HOME": str(out / "data")}
        running = subprocess.Popen([program, "--dns", answers()], env=environment)
        try:
            self.go(running)
        except (Failed, subprocess.SubprocessError):
            subprocess.run(["import", "-window", "root", out / "failed.png"], check=False)
            raise
        finally:
            running.kill()

    def go(self, running):
        window = wait("the window", lambda: window_named("^Hopscope$"), 60)
        xdotool("windowmove", "--sync", window, 0, 0)
        see, press = self.reader.see, self.reader.press
        see("Paste")
        self.step("the window opens with the welcome view")

        saved = out / "ご注文ありがとうございます.eml"
        shutil.copy(samples / "order-confirmation.eml", saved)
        drop(saved, window)
        see("Summary")
        see("hanamizu.example…")
        self.read_title(window, f"{saved.name} — Hopscope")
        self.step("a file with a Japanese name, dropped, explains itself")

        header = (samples / "newsletter-third-party.eml").read_text("utf-8").partition("\n\n")[0]
        copy(header + "\n")
        xdotool("windowfocus", "--sync", window, "key", "ctrl+v")
        see("tabi-coffee.example…")
        wait("another title", lambda: saved.name not in xdotool("getwindowname", window))
        self.step("pasted headers explain themselves")

        link = out / "link"
        link.write_text("imap-message://sato@mail.example.com/INBOX#12\nご注文", "utf-16-le")
        drop(link, window, ["text/x-moz-url", "application/x-moz-file-promise"])
        see("Thunderbird handed over no file…")
        see("Menu (≡) or File…")
        self.step("a message dragged out of Thunderbird is told how to save")

        drop(saved, window, ["text/html", "UTF8_STRING"])
        see("hanamizu.example…")
        self.read_title(window, "Dropped text — Hopscope")
        self.step("the text of a message, dropped, explains itself")

        press("Path")
        press("Hop 1")
        press("Use hop 1 as the boundary")
        see("Undo my choice")
        self.step("another hop is the boundary")

        press("日本語")
        see("経路")
        see("概要")
        self.step("the language changes at once")

        xdotool("windowfocus", "--sync", window, "key", "alt+F4")
        code = running.wait(timeout=20)
        if code != 0:
            raise Failed(f"closed with exit code {code}")
        self.step("the window closes")


try:
    Journey().run()
except (Failed, subprocess.SubprocessError) as failure:
    sys.exit(f"  failed: {failure}\n  screenshots: {out}")
