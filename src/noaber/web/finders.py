"""Finds third-party scripts and styles inside the pinned packages that carry them, so that no copy is kept here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from django.contrib.staticfiles.finders import BaseFinder
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage, Storage

VENDOR_FILES: Final[Mapping[str, tuple[str, str]]] = {
    "vendor/maplibre-gl.js": ("maplibre", "srcjs/maplibre-gl.js"),
    "vendor/maplibre-gl.css": ("maplibre", "srcjs/maplibre-gl.css"),
}
"""Static path, and where it lies: package, path inside it."""


class _OneFolder(FileSystemStorage):
    """Reads a file of a package under the static path that it has here."""

    def __init__(self, sources: Mapping[str, Path]) -> None:
        super().__init__(location="/")
        self.sources = sources

    def path(self, name: str) -> str:
        return str(self.sources[name])


def _source(package: str, path: str) -> Path:
    """Where a file of a package lies, without importing the package: some do much when they are imported."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ImproperlyConfigured(f"The package {package}, which carries {path}, is not installed.")
    return Path(spec.submodule_search_locations[0]) / path


class PackageFilesFinder(BaseFinder):
    """Serves exactly `VENDOR_FILES`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sources = {static: _source(*place) for static, place in VENDOR_FILES.items()}
        self.storage = _OneFolder(self.sources)

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> str | list[str] | None:  # type: ignore[override]
        source = self.sources.get(path)
        found = str(source) if source and source.is_file() else None
        if find_all:
            return [found] if found else []
        return found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for static in self.sources:
            yield static, self.storage
