"""Tiles that were made, kept in the process up to a bound, and how they are answered."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers

from noaber.core.tiles.encode import MEDIA_TYPE

MOST_BYTES: Final = 32 * 1024 * 1024
_OVERHEAD: Final = 400
"""What a kept tile costs beside its bytes."""
_SECONDS: Final = 3600


class TileCache:
    """The tiles that were asked for last, under what they were made of."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._tiles: OrderedDict[Hashable, bytes] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """The tile under `key`, made where it is not kept."""
        with self._lock:
            kept = self._tiles.get(key)
            if kept is not None:
                self._tiles.move_to_end(key)
                return kept
        made = make()
        with self._lock:
            if key not in self._tiles:
                self._tiles[key] = made
                self._bytes += len(made) + _OVERHEAD
            while self._bytes > self._most_bytes:
                _key, gone = self._tiles.popitem(last=False)
                self._bytes -= len(gone) + _OVERHEAD
        return made

    @property
    def size(self) -> int:
        """Bytes that are kept."""
        return self._bytes


tiles: Final = TileCache()


def answer_tile(request: HttpRequest, stamp: str, make: Callable[[], bytes]) -> HttpResponse:
    """A tile whose contents are named by `stamp`.

    A browser keeps it, for this reader alone, where its address names the same contents (`?v=`). An address of what
    was before gets what holds now, and nobody keeps that under it.
    """
    etag = f'"{stamp}"'
    is_current = request.GET.get("v") == stamp
    if is_current and request.headers.get("If-None-Match") == etag:
        answer: HttpResponse = HttpResponseNotModified()
    else:
        answer = HttpResponse(make(), content_type=MEDIA_TYPE)
    answer["ETag"] = etag
    answer["Cache-Control"] = f"private, max-age={_SECONDS}" if is_current else "private, no-store"
    patch_vary_headers(answer, ["Cookie"])
    return answer
