"""Live updates: one watcher for each process reads the counters, and wakes the pages that are open.

An event says only that something has changed; the page asks again for its fragments, so the sharing rule is
applied where it always is. Reading the counters works alike on both databases and for any number of processes.

Between changes a page hears a sign of life every few seconds, as long as the counters can be read. A page that hears
none says that what it shows may be old.

What changes by the passing of time alone has nobody who announces it: an app names a function with `at_each_look`,
which announces what is due, and which several processes may call at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
import weakref
from collections.abc import AsyncIterator, Callable
from typing import Final

from asgiref.sync import sync_to_async
from django.db import connection

from noaber.apps.accounts.models import Feed

LOOK_EVERY_S = 0.4
SIGN_OF_LIFE_EVERY_S = 4.0
"""A page waits three times as long before it says that its line is lost (`live.js`)."""

_looks: Final[list[Callable[[], None]]] = []


def at_each_look(announce_due: Callable[[], None]) -> None:
    """Call `announce_due` before each reading of the counters, while pages are open here."""
    if announce_due not in _looks:
        _looks.append(announce_due)


class Watcher:
    """Wakes the listeners of one event loop."""

    def __init__(self) -> None:
        self.versions: dict[int, int] = {}
        self.listeners: dict[asyncio.Event, int] = {}
        self.read_at = 0.0
        """When the counters were last read, by the monotonic clock."""
        self.task: asyncio.Task[None] | None = None
        self.closed = False

    async def listen(self, organisation_id: int) -> AsyncIterator[int | None]:
        """The counter of the organisation at each change; None as a sign of life while nothing changes.

        There is no sign of life while the counters cannot be read. Ends when the watcher is closed.
        """
        event = asyncio.Event()
        self.listeners[event] = organisation_id
        if self.task is None or self.task.done():
            self.versions = await _versions()
            self.read_at = time.monotonic()
            self.task = asyncio.create_task(self._watch())
        try:
            yield self.versions.get(organisation_id, 0)
            while not self.closed:
                try:
                    await asyncio.wait_for(event.wait(), SIGN_OF_LIFE_EVERY_S)
                except TimeoutError:
                    if time.monotonic() - self.read_at < SIGN_OF_LIFE_EVERY_S:
                        yield None
                    continue
                event.clear()
                yield self.versions.get(organisation_id, 0)
        finally:
            self.listeners.pop(event, None)

    def close(self) -> None:
        """End every open stream: the server stops, and pages ask again when it is back."""
        self.closed = True
        for event in self.listeners:
            event.set()

    async def _watch(self) -> None:
        while self.listeners:
            await asyncio.sleep(LOOK_EVERY_S)
            with contextlib.suppress(Exception):  # a database that is away for a moment comes back
                self._wake(await _versions())
                self.read_at = time.monotonic()

    def _wake(self, versions: dict[int, int]) -> None:
        changed = {key for key, version in versions.items() if self.versions.get(key) != version}
        self.versions = versions
        for event, organisation_id in self.listeners.items():
            if organisation_id in changed:
                event.set()


_watchers: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, Watcher] = weakref.WeakKeyDictionary()


def watcher() -> Watcher:
    """The watcher of the running event loop."""
    return _watchers.setdefault(asyncio.get_running_loop(), Watcher())


def read_versions() -> dict[int, int]:
    """The counter of each organisation, after what is due was announced."""
    try:
        for announce_due in _looks:
            announce_due()
        return dict(Feed.objects.values_list("organisation_id", "version"))
    finally:
        connection.close()


_versions = sync_to_async(read_versions, thread_sensitive=False)
"""In a thread of the loop's own pool: the watcher outlives the request that started it."""
