"""Problems of any size for the planning benchmark: generated, not real, but shaped like the real thing.

Five countries of about a dozen regions each, every region the owner of its teams; bases spread over them; 40
capabilities, some common and most rare, a third of the teams with more than one; home cover per region and
capability; agreements between countries that leave gaps; half of the incidents along one river.
"""

from __future__ import annotations

from typing import Any

import numpy as np

COUNTRIES = ("NL", "BE", "DE", "LU", "FR")
CAPABILITIES = tuple(f"CAP{number:02d}" for number in range(40))
WEST, SOUTH, WIDTH, HEIGHT = 3.0, 49.0, 5.5, 4.0
"""The region, degrees: about 400 km each way."""


def planning_problem(*, teams: int, incidents: int, seed: int, load: float = 1.4) -> dict[str, Any]:
    """A problem file's value.

    Parameters
    ----------
    load
        How much is asked: 1 is about a quarter of what is available, spread over the incidents.
    """
    r = np.random.default_rng(seed)
    regions = _places(r, 60)
    country_centres = _places(r, len(COUNTRIES))
    country = _nearest(regions, country_centres)
    popularity = r.zipf(1.6, len(CAPABILITIES)).clip(1, 12).astype(float)
    popularity /= popularity.sum()
    units = _units(r, teams, regions, country, popularity)
    sites = _incident_sites(r, incidents)
    site_region = _nearest(sites, regions)
    territory = [_territory(region, country) for region in range(len(regions))]
    return {
        "now": "2021-07-14T18:00:00+02:00",
        "units": units,
        "home_cover": _home_cover(r, units),
        "reservations": _reservations(r, units),
        "agreements": list(_agreements(r)),
        "incidents": [
            {
                "id": f"I{number:02d}",
                "territory": territory[site_region[number]],
                "hazard": "flood",
                "lon": float(site[0]),
                "lat": float(site[1]),
                "needs": _needs(r, units, incidents, popularity, load),
            }
            for number, site in enumerate(sites)
        ],
        "travel": {"model": "estimate", "speed": 70, "detour": 1.3},
    }


def _places(r: np.random.Generator, count: int) -> np.ndarray:
    return np.column_stack([WEST + WIDTH * r.random(count), SOUTH + HEIGHT * r.random(count)])


def _nearest(places: np.ndarray, centres: np.ndarray) -> np.ndarray:
    return ((places[:, None] - centres[None]) ** 2).sum(2).argmin(1)


def _territory(region: int, country: np.ndarray) -> str:
    return f"{COUNTRIES[country[region]]}{region // 36}{'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'[region % 36]}"


def _units(
    r: np.random.Generator, teams: int, regions: np.ndarray, country: np.ndarray, popularity: np.ndarray
) -> list[dict[str, Any]]:
    bases = _places(r, max(60, teams // 4))
    base_region = _nearest(bases, regions)
    base_of = r.integers(0, len(bases), teams)
    mobilisation = r.lognormal(np.log(12), 0.5, teams).clip(2, 120).round(1)
    units = []
    for number in range(teams):
        base = base_of[number]
        territory = _territory(base_region[base], country)
        count = 1 + (r.random() < 0.3) + (r.random() < 0.075)
        kinds = r.choice(len(CAPABILITIES), count, replace=False, p=popularity)
        units.append(
            {
                "id": f"U{number:05d}",
                "owner": f"REGION-{territory}",
                "territory": territory,
                "capabilities": [CAPABILITIES[kind] for kind in kinds],
                "quantity": 1 if r.random() > 0.08 else 0,
                "lon": float(bases[base, 0]),
                "lat": float(bases[base, 1]),
                "mobilisation": float(mobilisation[number]),
            }
        )
    return units


def _home_cover(r: np.random.Generator, units: list[dict[str, Any]]) -> list[dict[str, Any]]:
    stock: dict[tuple[str, str], int] = {}
    for unit in units:
        for capability in unit["capabilities"]:
            key = (unit["owner"], capability)
            stock[key] = stock.get(key, 0) + unit["quantity"]
    return [
        {"owner": owner, "capability": capability, "minimum": int(np.ceil(r.choice([0.3, 0.5, 0.7]) * count))}
        for (owner, capability), count in sorted(stock.items())
        if count
    ]


def _reservations(r: np.random.Generator, units: list[dict[str, Any]]) -> list[dict[str, Any]]:
    chosen = r.choice(len(units), len(units) // 12, replace=False)
    return [
        {
            "unit": units[number]["id"],
            "quantity": 1,
            "from": f"2021-07-{r.integers(12, 18):02d}T06:00:00Z",
            "to": "2021-07-19T06:00:00Z",
            "event": "EVENT",
        }
        for number in sorted(chosen.tolist())
    ]


def _agreements(r: np.random.Generator) -> list[dict[str, Any]]:
    found = []
    for provider in COUNTRIES:
        for receiver in COUNTRIES:
            if provider == receiver:
                continue
            kinds = [capability for capability in CAPABILITIES if r.random() < 0.75]
            found.append(
                {
                    "id": f"{provider}-{receiver}",
                    "providers": [provider],
                    "receivers": [receiver],
                    "capabilities": kinds,
                    "hazards": ["*"],
                    "approval": int(r.choice([10, 20, 30, 60])),
                }
            )
    return found


def _incident_sites(r: np.random.Generator, count: int) -> np.ndarray:
    sites = _places(r, count)
    if count > 3:
        cluster = count - count // 2
        sites[count // 2 :] = sites[0] + r.normal(scale=(0.35, 0.22), size=(cluster, 2))
    return sites


def _needs(
    r: np.random.Generator, units: list[dict[str, Any]], incidents: int, popularity: np.ndarray, load: float
) -> list[dict[str, Any]]:
    needs = []
    stock = np.zeros(len(CAPABILITIES))
    for unit in units:
        for capability in unit["capabilities"]:
            stock[int(capability[3:])] += unit["quantity"]
    for kind in r.choice(len(CAPABILITIES), r.integers(3, 9), replace=False, p=popularity):
        wanted = r.lognormal(np.log(max(1.5, load * stock[kind] / (4 * incidents) + 1)), 0.7)
        needs.append(
            {
                "id": CAPABILITIES[kind],
                "capability": CAPABILITIES[kind],
                "quantity": int(max(1, min(60, wanted))),
                "within": int(r.choice([60, 90, 120, 180, 240])),
                "priority": int(r.integers(1, 4)),
                "latest": 360,
            }
        )
    return needs
