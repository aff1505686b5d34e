"""`python -m reports.bench SUBJECT ...`: a module of this folder by its name."""

import importlib
import pkgutil
import sys

from reports import bench


def main(arguments: list[str]) -> int:
    subjects = sorted(m.name for m in pkgutil.iter_modules(bench.__path__) if not m.name.startswith("_"))
    if not arguments or arguments[0] not in subjects:
        sys.stderr.write(f"usage: python -m reports.bench {{{','.join(subjects)}}} ...\n")
        return 2
    code: int | None = importlib.import_module(f"reports.bench.{arguments[0]}").main(arguments[1:])
    return code or 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
