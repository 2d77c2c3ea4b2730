"""How kernels are compiled: by numba, without the interpreter lock, and kept for the next process where that can be.

The compiled code lies beside the source. Where that folder cannot be written (an installed package), numba takes
the user's cache folder, or the one that NUMBA_CACHE_DIR names. Where none of them can be written, each process
compiles for itself. What is kept is thrown away when the kernel's own file changes, and only then: so a kernel calls
no kernel of another module.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt
from numba import njit

F = TypeVar("F", bound=Callable[..., Any])

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]
Milliseconds = npt.NDArray[np.uint32]

NEVER: Final = np.uint32(0x3FFFFFFF)
"""No way, in milliseconds: about 12 days. Two of them added still fit 32 bits."""


def kernel(function: F) -> F:
    """Compile a function when it is first called."""
    try:
        return njit(function, cache=True, nogil=True)  # type: ignore[no-any-return]
    except RuntimeError:  # no folder for the compiled code can be written
        return njit(function, nogil=True)  # type: ignore[no-any-return]


def inlined(function: F) -> F:
    """A small part of kernels, compiled into each of them."""
    return njit(function, inline="always")  # type: ignore[no-any-return]
