"""The errors that a user can mend. Anything else is a bug and keeps its traceback."""

import signal


class MediagapError(Exception):
    """Base of the errors that the command line prints as one line."""

    exit_code = 2


class DataError(MediagapError, ValueError):
    """Data, settings or arguments are wrong: *where: field: found, allowed; what to do*.

    A ValueError, so that one raised inside a data model reaches `datafile.build`, which adds the file.
    """

    def __init__(self, where: object, field: str, found: object, allowed: str, repair: str = "") -> None:
        self.where, self.field, self.found = str(where), field, found
        self.allowed, self.repair = allowed, repair
        field_part = f"{field}: " if field else ""
        text = f"{self.where}: {field_part}found {_shown(found)}, allowed: {allowed}"
        super().__init__(f"{text}; {repair}" if repair else text)


class NothingObserved(MediagapError):
    """The pass ran to its end, but no source could be read: there is nothing to report."""

    exit_code = 3


class Busy(MediagapError):
    """Another process holds the database or the crawl."""

    exit_code = 4


class Interrupted(BaseException):
    """A signal asked the program to end. Like KeyboardInterrupt no Exception: nobody is to go on after it."""

    def __init__(self, number: int) -> None:
        super().__init__(f"ended by {signal.Signals(number).name}")
        self.exit_code = 128 + number


def _shown(found: object) -> str:
    """The value as the user typed it, on one line and not longer than is readable."""
    text = found if isinstance(found, str) and found.startswith(("no ", "nothing")) else repr(found)
    text = " ".join(text.split())
    return text if len(text) <= 160 else text[:157] + "..."
