"""The colours by calculation (WCAG 2.2): 4.5:1 for text wherever it may stand, 3:1 for edges and focus."""

from __future__ import annotations

import colorsys
import re
from pathlib import Path

import pytest

import noaber.web

TOKENS = (Path(noaber.web.__file__).parent / "static/noaber/css/tokens.css").read_text(encoding="utf-8")
SURFACES = ("bg", "surface", "surface-2", "hover", "selected")
TEXTS = ("text", "text-2", "accent", "ok", "warn", "bad", "sev-extreme", "sev-severe", "sev-moderate", "sev-minor")
SOFT = (("accent", "accent-soft"), ("ok", "ok-soft"), ("warn", "warn-soft"), ("bad", "bad-soft"))
FILLED = (("on-accent", "accent"), ("on-accent", "accent-hover"), ("on-danger", "danger"))


def theme(name: str) -> dict[str, str]:
    """The colours of a theme, with what is the same in both."""
    blocks = re.findall(r"([^{}]+)\{([^{}]*)\}", TOKENS)
    chosen = [body for selector, body in blocks if f'"{name}"' in selector or selector.strip().endswith(":root")]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", "\n".join(chosen)))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_calculation_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_on_every_surface(name: str) -> None:
    colours = theme(name)
    pairs = [(text, surface) for text in TEXTS for surface in SURFACES] + [*SOFT, *FILLED]
    pairs += [("text", soft) for _text, soft in SOFT] + [("text-2", soft) for _text, soft in SOFT]
    weak = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("name", ["light", "dark"])
def test_edges_of_fields_and_focus(name: str) -> None:
    colours = theme(name)
    for edge in ("field-line", "focus"):
        for surface in SURFACES:
            assert contrast(colours[edge], colours[surface]) >= 3, (edge, surface)


@pytest.mark.parametrize("status", ["actual", "exercise", "test"])
def test_bands_on_both_of_their_stripes(status: str) -> None:
    colours = theme("light")
    for stripe in (f"band-{status}", f"band-{status}-2"):
        assert contrast(colours[f"band-{status}-text"], colours[stripe]) >= 4.5


@pytest.mark.parametrize(
    ("label", "official"), [("red", "#ff2b2b"), ("amber", "#ffc000"), ("green", "#33ff00"), ("clear", "#ffffff")]
)
def test_tlp_has_its_official_colours(label: str, official: str) -> None:
    assert theme("dark")[f"tlp-{label}"] == theme("light")[f"tlp-{label}"] == official
    assert theme("light")["tlp-bg"] == "#000000"


LANDS = ("map-land", "map-land-out")
SIGNS = ("text", "accent", "warn", "bad", "sev-extreme", "sev-severe", "sev-moderate", "sev-minor", "map-border")
ROADS_ON_LAND = 2.4
"""Main roads lie behind what the map is for: they are seen, and no line of a team is taken for one."""


@pytest.mark.parametrize("name", ["light", "dark"])
def test_what_a_map_shows_stands_out_from_the_land(name: str) -> None:
    colours = theme(name)
    weak = {
        (sign, land): round(contrast(colours[sign], colours[land]), 2)
        for land in LANDS
        for sign, least in [*((sign, 3) for sign in SIGNS), ("map-label", 4.5), ("map-road", ROADS_ON_LAND)]
        if contrast(colours[sign], colours[land]) < least
    }
    assert weak == {}
    assert contrast(colours["map-label"], colours["map-halo"]) >= 4.5
    for way in ("text", "accent", "warn"):
        assert contrast(colours[way], colours["map-road"]) > 1.5, way


MINUTES = [f"min-{step}" for step in range(1, 7)]


@pytest.mark.parametrize("name", ["light", "dark"])
def test_minutes_and_gain_leave_the_paper_step_by_step(name: str) -> None:
    colours = theme(name)
    for scale in (MINUTES, [f"gain-{step}" for step in range(4)]):
        steps = [contrast(colours[step], colours["map-land"]) for step in scale]
        assert steps == sorted(steps), scale


MEANINGS = ("accent", "ok", "warn", "bad", "sev-extreme", "sev-severe", "sev-moderate", "sev-minor")


@pytest.mark.parametrize("meaning", [*MEANINGS, *MINUTES, "gain-2", "gain-3", "loss-2", "loss-3"])
def test_a_colour_means_the_same_in_both_themes(meaning: str) -> None:
    light, dark = hue(theme("light")[meaning]), hue(theme("dark")[meaning])
    assert min((light - dark) % 360, (dark - light) % 360) <= 25, (light, dark)


def hue(colour: str) -> float:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return 360 * colorsys.rgb_to_hls(red, green, blue)[0]
