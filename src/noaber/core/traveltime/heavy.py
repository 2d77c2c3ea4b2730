"""What a heavy vehicle may drive, and how fast: the limits that are tagged on ways, and what is assumed of the vehicle.

It drives where a car drives, in the same directions, less what is too low, too narrow, too short or too weak for it.
Limits of sizes and weights are physical and hold for everybody; a ban of lorries, or of heavy ones by their rating, is
a rule, from which `emergency=yes` frees.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from noaber.core.traveltime.vehicles import CAR_SPEEDS_KM_H, CLOSED, Driving, maxspeed_km_h


@dataclass(frozen=True, slots=True)
class HeavyVehicle:
    """An assumed fire engine or swap-body lorry, laden: the upper end of what is sent across a border as one vehicle.

    Parameters
    ----------
    height_m, width_m, length_m
        Its size, metres.
    weight_t
        Its weight, which is also the rated one, tonnes.
    top_km_h
        How fast it is driven at most.
    share_of_car
        How fast it is driven on a road without a lower limit, as a share of the car's speed.
    """

    height_m: float = 3.5
    width_m: float = 2.5
    length_m: float = 10.0
    weight_t: float = 18.0
    top_km_h: float = 80.0
    share_of_car: float = 0.85


HEAVY: Final = HeavyVehicle()

_METRES: Final = re.compile(r"([0-9]+(?:[.,][0-9]+)?) ?(m|cm|ft|')?")
_FEET_AND_INCHES: Final = re.compile(r"([0-9]+) ?(?:ft|') ?([0-9]+(?:\.[0-9]+)?) ?(?:in|\"|'')")
_TONNES: Final = re.compile(r"([0-9]+(?:[.,][0-9]+)?) ?(t|kg|st|lbs)?")
_M_PER_UNIT: Final = {"m": 1.0, "cm": 0.01, "ft": 0.3048, "'": 0.3048}
_T_PER_UNIT: Final = {"t": 1.0, "kg": 0.001, "st": 0.90718474, "lbs": 0.00045359237}
_M_PER_INCH: Final = 0.0254


def heavy_km_h(tags: Mapping[str, str], car: Driving) -> float | None:
    """How fast the heavy vehicle drives a way that a car drives as `car` says; None where it does not."""
    if not _fits(tags) or (_is_banned(tags) and tags.get("emergency") != "yes"):
        return None
    speed_km_h = min(HEAVY.share_of_car * CAR_SPEEDS_KM_H[tags["highway"]], HEAVY.top_km_h, car.speed_km_h)
    limit_km_h = maxspeed_km_h(tags.get("maxspeed:hgv", ""))
    return speed_km_h if limit_km_h is None else min(speed_km_h, limit_km_h)


def limit_m(text: str) -> float | None:
    """A length in metres, from metres (the unit where none is named), centimetres, feet, or feet and inches.

    None for any other value, such as “default”, “none” or “below_default”, and for a limit of 0.
    """
    text = text.strip()
    if match := _FEET_AND_INCHES.fullmatch(text):
        return (float(match[1]) * _M_PER_UNIT["ft"] + float(match[2]) * _M_PER_INCH) or None
    return _quantity(_METRES, _M_PER_UNIT, text, unit="m")


def limit_t(text: str) -> float | None:
    """A weight in tonnes, from tonnes (the unit where none is named), kilograms, short tons or pounds; else None."""
    return _quantity(_TONNES, _T_PER_UNIT, text.strip(), unit="t")


def _quantity(pattern: re.Pattern[str], factors: Mapping[str, float], text: str, *, unit: str) -> float | None:
    match = pattern.fullmatch(text)
    if match is None:
        return None
    return float(match[1].replace(",", ".")) * factors[match[2] or unit] or None


def _fits(tags: Mapping[str, str]) -> bool:
    """Whether the vehicle is within every limit of size and weight that is tagged."""
    sizes = (("maxheight", HEAVY.height_m), ("maxwidth", HEAVY.width_m), ("maxlength", HEAVY.length_m))
    return all(_within(limit_m(tags.get(key, "")), size) for key, size in sizes) and _within(
        limit_t(tags.get("maxweight", "")), HEAVY.weight_t
    )


def _is_banned(tags: Mapping[str, str]) -> bool:
    return tags.get("hgv") in CLOSED or not _within(limit_t(tags.get("maxweightrating", "")), HEAVY.weight_t)


def _within(limit: float | None, value: float) -> bool:
    """As much as the limit is allowed, with the play that a unit's conversion needs."""
    return limit is None or value <= limit + 1e-9
