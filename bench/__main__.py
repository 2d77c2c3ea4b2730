"""`python -m bench [NAME]`: runs one benchmark, or all of them.

A benchmark is a module of this package with a function `run()` that prints what it measured; a name that begins
with an underscore is a helper.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys

import bench


def names() -> list[str]:
    """Every benchmark, by the name of its module."""
    return sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if not module.name.startswith("_"))


def main(arguments: list[str]) -> int:
    """Run the benchmarks that are asked for; 2 where one does not exist."""
    for wanted in arguments or names():
        if wanted not in names():
            print(f"There is no benchmark {wanted!r}; there are: {', '.join(names())}.", file=sys.stderr)
            return 2
        importlib.import_module(f"bench.{wanted}").run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
