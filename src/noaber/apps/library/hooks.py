"""The index follows the records: whatever saves or deletes one, in whichever service, writes its entry with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save

from noaber.apps.library.services.search import forget, index_written, share
from noaber.apps.records.kinds import Kind, kinds
from noaber.web.written import written


def follow_kinds() -> None:
    """Let an entry of the index be written with each record that search finds, from now on."""
    for kind in kinds():
        if kind.searched is not None:
            follow(kind)


def follow(kind: Kind) -> None:
    """Write an entry of the index with each record of this kind."""
    _connect(kind.model, f"search {kind.code}", _indexer(kind), _forgetter(kind))
    written.connect(_many(kind), sender=kind.model, weak=False, dispatch_uid=f"search {kind.code}")
    if kind.is_by_label:
        for name in ("groups", "addressees"):
            through = getattr(kind.model, name).through
            m2m_changed.connect(_sharer(kind), sender=through, weak=False, dispatch_uid=f"search {kind.code} {name}")
    for part, field in kind.parts:
        changed = _part_indexer(kind, field)
        _connect(part, f"search {kind.code} {field}", changed, changed)


def _connect(model: type[models.Model], uid: str, saved: Callable[..., None], deleted: Callable[..., None]) -> None:
    post_save.connect(saved, sender=model, weak=False, dispatch_uid=uid)
    post_delete.connect(deleted, sender=model, weak=False, dispatch_uid=uid)


def _indexer(kind: Kind) -> Callable[..., None]:
    def saved(instance: models.Model, raw: bool = False, **_told: Any) -> None:
        if not raw:
            index_written(kind, [instance.pk])

    return saved


def _sharer(kind: Kind) -> Callable[..., None]:
    def changed(instance: models.Model, action: str, **_told: Any) -> None:
        if action.startswith("post_") and isinstance(instance, kind.model):
            share(kind, [instance.pk])

    return changed


def _forgetter(kind: Kind) -> Callable[..., None]:
    def deleted(instance: models.Model, **_told: Any) -> None:
        forget(kind, [instance.pk])

    return deleted


def _many(kind: Kind) -> Callable[..., None]:
    def saved(keys: Iterable[Any], **_told: Any) -> None:
        index_written(kind, keys)

    return saved


def _part_indexer(kind: Kind, field: str) -> Callable[..., None]:
    def changed(instance: Any, raw: bool = False, **_told: Any) -> None:
        key = getattr(instance, instance._meta.get_field(field).attname)
        if key is not None and not raw:
            index_written(kind, [key])

    return changed
