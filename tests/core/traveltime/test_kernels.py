"""What numba keeps on disk never outlives a change of the source."""

from __future__ import annotations

import importlib
import pkgutil

from numba.core.dispatcher import Dispatcher

import noaber.core.traveltime


def test_no_kernel_is_used_outside_its_own_module() -> None:
    """numba looks at the file of a kernel only: a change in another file would leave the old code running."""
    found = 0
    for info in pkgutil.iter_modules(noaber.core.traveltime.__path__):
        module = importlib.import_module(f"noaber.core.traveltime.{info.name}")
        kernels = [value for value in vars(module).values() if isinstance(value, Dispatcher)]
        assert all(kernel.py_func.__module__ == module.__name__ for kernel in kernels), module.__name__
        found += len(kernels)
    assert found > 10
