"""Get the news in, and record exactly what was and was not seen."""

import importlib
import sys

# sqlite_utils imports numpy and pandas where they happen to be installed, to store their types. Nothing here has a
# value of them, and to import numpy takes longer than to read the catalogue.
_unwanted = [name for name in ("numpy", "pandas") if name not in sys.modules]
sys.modules.update(dict.fromkeys(_unwanted))  # type: ignore[arg-type]  # None: not to be found
importlib.import_module("sqlite_utils")
for _name in _unwanted:
    del sys.modules[_name]
