"""`python -m reports.bench SUBJECT ...`: a module of this folder by its name."""

import sys

from crawlers.bench.__main__ import run
from reports import bench


def main(arguments: list[str]) -> int:
    return run(bench, arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
