"""Work of which there may be one at a time on a database."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawlers.errors import Busy


@contextmanager
def alone(db: Path, work: str, busy: str) -> Iterator[int]:
    """Holds the lock of a kind of work on a database; gives its file, which a child process may hold too.

    Raises Busy with `busy` while another holds it. A process that died holds nothing.
    """
    with db.with_name(f"{db.name}.{work}.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(f"{db}: {busy}") from None
        # closing the file lets go of it, once no child holds it; unlocking would take it from the child too
        yield handle.fileno()
