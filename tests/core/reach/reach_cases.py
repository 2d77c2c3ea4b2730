"""Units, places and agreements at random, as files and as a question."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from noaber.core.reach.decode import decode_places, decode_texts, decode_units
from noaber.core.reach.question import Borders, Question
from oracles import traveltime as oracle

TERRITORIES = ("BE33", "BE335", "BE221", "NL42", "NL423", "DEA2D", "LU", "FRF")
CAPABILITIES = ("BOAT", "CBRN", "HCP")


def random_agreements(chance: random.Random) -> list[dict[str, Any]]:
    return [
        {
            "id": f"text-{i}",
            "providers": chance.sample(("BE", "NL", "DEA2", "LU", "FR", "BE335"), 2),
            "receivers": chance.sample(("BE", "NL4", "DE", "LU", "FRF"), 2),
            "capabilities": chance.choice((["*"], ["HCP"], ["HCP", "BOAT"])),
            "hazards": chance.choice((["*"], ["flood"], ["fire", "storm"])),
            "approval": chance.choice((0, 10, 10, 25.5, 90)),
        }
        for i in range(7)
    ]


def write_case(folder: Path, box: tuple[float, float, float, float], seed: int) -> oracle.Question:
    """Some units and places in a box, and texts between their territories."""
    chance = random.Random(seed)
    west, south, east, north = box

    def somewhere() -> str:
        return f"{chance.uniform(west, east):.6f},{chance.uniform(south, north):.6f}"

    bases = [somewhere() for _ in range(9)]
    units = ["id,owner,territory,capabilities,quantity,lon,lat,mobilisation"]
    for i in range(40):
        capabilities = "|".join(chance.sample(CAPABILITIES, chance.randint(1, 2)))
        row = f"{chance.choice(TERRITORIES)},{capabilities},{chance.randint(0, 3)},{chance.choice(bases)}"
        units.append(f"unit-{i},owner-{i % 4},{row},{chance.choice((0, 15, 7.25))}")
    places = ["id,name,territory,lon,lat,population"]
    places += [f'place-{i},"Village, {i}",{chance.choice(TERRITORIES)},{somewhere()},{i * 100}' for i in range(25)]
    (folder / "units.csv").write_text("\n".join(units) + "\n")
    (folder / "places.csv").write_text("\n".join(places) + "\n")
    return oracle.Question(folder / "units.csv", folder / "places.csv", random_agreements(chance))


def question_of(plain: oracle.Question) -> Question:
    return Question(
        decode_units(plain.units.read_bytes()),
        decode_places(plain.places.read_bytes()),
        decode_texts(json.dumps({"agreements": plain.agreements}).encode()),
        plain.hazard,
        Borders(plain.borders),
        tuple(plain.ks),
    )
