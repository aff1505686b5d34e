"""`python -m crawlers.bench SUBJECT ...`: a module of this folder by its name."""

import importlib
import pkgutil
import sys
from types import ModuleType

from crawlers import bench


def run(benches: ModuleType, arguments: list[str]) -> int:
    """Runs the module of a package of benches that the first argument names, with the others; gives its exit code."""
    subjects = sorted(m.name for m in pkgutil.iter_modules(benches.__path__) if not m.name.startswith("_"))
    if not arguments or arguments[0] not in subjects:
        sys.stderr.write(f"usage: python -m {benches.__name__} {{{','.join(subjects)}}} ...\n")
        return 2
    code: int | None = importlib.import_module(f"{benches.__name__}.{arguments[0]}").main(arguments[1:])
    return code or 0


def main(arguments: list[str]) -> int:
    return run(bench, arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
