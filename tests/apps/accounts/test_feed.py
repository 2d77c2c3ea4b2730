"""The live feed: a page hears of changes, and a sign of life as long as the counters can be read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from noaber.apps.accounts import feed


@pytest.fixture
def hear(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], dict[int, int]], float], list[int | None]]:
    """What a page hears in so many seconds, where `read` gives the counters."""
    monkeypatch.setattr(feed, "LOOK_EVERY_S", 0.01)
    monkeypatch.setattr(feed, "SIGN_OF_LIFE_EVERY_S", 0.1)

    def listen(read: Callable[[], dict[int, int]], seconds: float) -> list[int | None]:
        async def versions() -> dict[int, int]:
            return read()

        async def gather() -> list[int | None]:
            heard: list[int | None] = []
            watcher = feed.Watcher()

            async def note() -> None:
                async for version in watcher.listen(1):
                    heard.append(version)

            task = asyncio.create_task(note())
            await asyncio.sleep(seconds)
            watcher.close()
            await task
            assert watcher.task is not None
            watcher.task.cancel()
            return heard

        monkeypatch.setattr(feed, "_versions", versions)
        return asyncio.run(gather())

    return listen


def test_a_quiet_page_hears_signs_of_life(hear: Callable[..., list[int | None]]) -> None:
    first, *others = hear(lambda: {1: 7}, 0.6)
    assert first == 7
    assert None in others
    assert set(others) <= {None, 7}


def test_no_sign_of_life_while_the_counters_cannot_be_read(hear: Callable[..., list[int | None]]) -> None:
    reads = []

    def breaks() -> dict[int, int]:
        reads.append(1)
        if len(reads) > 1:
            raise OSError("the database is away")
        return {1: 7}

    heard = hear(breaks, 0.8)
    assert len(reads) > 2, "it is tried again"
    assert heard[:1] == [7]
    assert heard.count(None) <= 1, "at most the one that was due when it went"
