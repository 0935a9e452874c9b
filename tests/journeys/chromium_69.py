"""Chromium 69, the oldest browser for which pages are written, as a process: `make oldest-browser` installs it.

Each line that it reads is a command as JSON, each line that it writes the answer: {"go": address} opens a page,
{"run": script} gives the value of a script, {"until": script} waits until that is true, {"said": true} tells what the
console was told since.
"""

import json
import sys
import warnings
from functools import partial

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of the tool that binds Qt to Python
    from PyQt5.QtCore import QEventLoop, QTimer, QUrl
    from PyQt5.QtWebEngineWidgets import QWebEnginePage, QWebEngineView
    from PyQt5.QtWidgets import QApplication

LONGEST, BETWEEN = 20_000, 50  # milliseconds


class TalkingPage(QWebEnginePage):
    """A page that keeps what its console is told."""

    def __init__(self, parent):
        super().__init__(parent)
        self.said = []

    def javaScriptConsoleMessage(self, level, message, line, source):
        self.said.append(f"{message} ({source}:{line})")


def wait(begin):
    """Return what `begin` hands to the function it is given, or None after a while."""
    loop, answers = QEventLoop(), []
    QTimer.singleShot(LONGEST, loop.quit)
    begin(lambda answer: (answers.append(answer), loop.quit()))
    if not answers:
        loop.exec_()
    return answers[0] if answers else None


def obey(page, command):
    """Do what a command says, and return the answer."""
    if "go" in command:
        opened = page.loadFinished
        return wait(lambda done: (opened.connect(done), page.load(QUrl(command["go"]))))
    if "run" in command:
        return wait(lambda done: page.runJavaScript(command["run"], done))
    if "until" in command:

        def ask(done):
            again = partial(QTimer.singleShot, BETWEEN, partial(ask, done))
            page.runJavaScript(f"!!({command['until']})", lambda true: done(True) if true else again())

        return wait(ask)
    said, page.said = page.said, []
    return said


def main():
    """Open a window of a telephone that nobody sees, and obey."""
    app = QApplication(sys.argv[:1])
    view = QWebEngineView()
    page = TalkingPage(view)
    view.setPage(page)
    view.resize(360, 740)
    view.show()
    for line in sys.stdin:
        print(json.dumps(obey(page, json.loads(line))), flush=True)
    del page, view, app  # in this order: a window outlives no application


if __name__ == "__main__":
    main()
