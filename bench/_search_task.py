"""One run of `bench search`: fills the database that the environment names, makes the index and asks."""

from __future__ import annotations

import datetime
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from noaber.cli.site import start_django

ROUNDS = 7
NOW = datetime.datetime(2021, 7, 14, 16, 0, tzinfo=datetime.UTC)
SHARES = (4, 3, 2, 1)
"""Of ten records so many are capacities, actions, incidents, recommendations."""
WORDS = {
    "nl": "overleg over de overstroming met pompen en boten langs de Maas voor het vervolg van de oefening",
    "fr": "réunion sur les inondations avec les pompes et les bateaux de la zone pour la suite des exercices",
    "de": "Abstimmung zum Hochwasser mit Pumpen und Booten an der Mosel und zur Auswertung der Übung",
    "en": "follow-up of the floods with pumps and boats on the river, and what the exercise has shown",
}
QUESTIONS = ("BENCH-00417", "zeldzaam", "inondation", "hochwasser übung", "pomp", "be", "b", "")


def main(records: int) -> None:
    start_django(None)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from noaber.apps.accounts.reference import load_organisations

    load_organisations()
    _fill(records)
    _index()
    _gather_statistics()
    _ask()


def _fill(records: int) -> None:
    from noaber.apps.accounts.models import Organisation, Person, SharingGroup
    from noaber.apps.actions.models import Action, Recommendation
    from noaber.apps.planner.models import Incident
    from noaber.apps.registry.models import Capacity

    rng = random.Random(2021)
    owners = list(Organisation.objects.filter(memberships=None)[:50])
    groups = list(SharingGroup.objects.all())
    person = Person.objects.create(username="bench", display_name="Bench")
    makers: tuple[tuple[type[Any], Callable[[int, str], dict[str, Any]]], ...] = (
        (Capacity, _capacity),
        (Action, lambda number, words: _action(number, words, owners[number % len(owners)])),
        (Incident, lambda number, words: _incident(number, words, person)),
        (Recommendation, _recommendation),
    )
    for (model, make), share in zip(makers, SHARES, strict=True):
        count = records * share // sum(SHARES)
        rows = (
            _shared(model, make(number, language := rng.choice(list(WORDS))), language, owners, rng)
            for number in range(count)
        )
        while batch := list(islice(rows, 2_000)):
            made = model.objects.bulk_create(batch)
            _share(model, made, groups, rng)


def _shared(model: type[Any], fields: dict[str, Any], language: str, owners: list[Any], rng: random.Random) -> Any:
    named = {field.name for field in model._meta.fields}
    if "language" in named:
        fields["language"] = language
    tlp = rng.choices(("AMBER", "GREEN", "CLEAR", "RED", "AMBER+STRICT"), (5, 3, 1, 1, 1))[0]
    return model(owner=rng.choice(owners), tlp=tlp, **fields)


def _share(model: type[Any], rows: list[Any], groups: list[Any], rng: random.Random) -> None:
    through = model.groups.through
    column = f"{model._meta.model_name}_id"
    through.objects.bulk_create(
        through(**{column: row.pk, "sharinggroup_id": group.pk})
        for row in rows
        for group in rng.sample(groups, rng.choice((0, 1, 2)))
    )


def _title(number: int, language: str) -> str:
    words = random.Random(number).sample(WORDS[language].split(), 5)
    rare = " zeldzaam" if number % 1_000 == 7 else ""
    return f"BENCH-{number:05d} {' '.join(words)}{rare}"


def _capacity(number: int, language: str) -> dict[str, Any]:
    return {
        "status": "Exercise", "code": f"B-{number}", "name": _title(number, language), "base": "Maastricht",
        "lon": 5.7, "lat": 50.8, "territory": "NL423", "quantity": 2, "mobilisation_minutes": 30, "state_at": NOW,
        "languages": [language],
    }  # fmt: skip


def _action(number: int, language: str, responsible: Any) -> dict[str, Any]:
    return {
        "number": f"A-{number}", "title": _title(number, language), "responsible": responsible,
        "description": WORDS[language], "made_on": _day(number),
    }  # fmt: skip


def _incident(number: int, language: str, person: Any) -> dict[str, Any]:
    return {
        "number": f"B-{number}", "title": _title(number, language), "status": "Exercise",
        "hazard": ("flood", "storm", "wildfire")[number % 3], "severity": "Severe", "place": "Maastricht",
        "territory": "NL423", "lon": 5.7, "lat": 50.8, "note": WORDS[language], "opened_by": person,
        "opened_at": NOW - datetime.timedelta(days=number % 2_000),
    }  # fmt: skip


def _recommendation(number: int, language: str) -> dict[str, Any]:
    return {"number": f"R-{number}", "text": _title(number, language), "made_on": _day(number)}


def _day(number: int) -> datetime.date:
    return NOW.date() - datetime.timedelta(days=number % 2_000)


def _index() -> None:
    from noaber.apps.library.services.search import rebuild

    began = time.perf_counter()
    count = rebuild()
    print(f"index of {count:,} records made anew in {time.perf_counter() - began:.1f} s")


def _gather_statistics() -> None:
    """What PostgreSQL does by itself some time after many rows were written."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _ask() -> None:
    from noaber.apps.accounts.models import Organisation

    member, observer = (Organisation.objects.get(code=code) for code in ("NL-NCC", "SE-MCF"))
    for name, reader in (("member", member), ("observer", observer)):
        for question in QUESTIONS:
            seconds, total = _measure(reader, question)
            print(
                f"{name:9} {question or '(everything)':18} found {total:7,}  best {min(seconds) * 1000:6.0f}"
                f"  median {statistics.median(seconds) * 1000:6.0f}  worst {max(seconds) * 1000:6.0f}",
                flush=True,
            )


def _measure(reader: Any, text: str) -> tuple[list[float], int]:
    from noaber.apps.library.search import Wanted, search
    from noaber.core.search.question import read_question

    def rounds() -> Iterator[float]:
        for _round in range(ROUNDS):
            began = time.perf_counter()
            wanted = Wanted(read_question(text), "Exercise")
            found = search(reader, wanted)
            _titles = [hit.title for hit in found.hits]
            yield time.perf_counter() - began
            totals.append(found.counts.total)

    totals: list[int] = []
    return list(rounds()), totals[0]


if __name__ == "__main__":
    main(int(sys.argv[1]))
