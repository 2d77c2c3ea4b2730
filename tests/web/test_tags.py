"""The template tags, each rendered alone."""

from __future__ import annotations

import datetime
import re

import pytest
from django.template import Context, Template
from django.utils import translation

from noaber.core.messages.model import FreeText, StatusKind, Tlp
from noaber.web.icons import ICONS

NOW = datetime.datetime(2021, 7, 14, 16, 41, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context)).strip()


@pytest.mark.parametrize("name", sorted(ICONS))
def test_every_icon_is_well_formed(name: str) -> None:
    from lxml import etree

    drawn = etree.fromstring(render(f'{{% icon "{name}" %}}'))
    assert drawn.get("aria-hidden") == "true"
    assert len(drawn) > 0


def test_an_icon_that_stands_alone_has_a_name() -> None:
    assert 'role="img" aria-label="Call &lt;us&gt;"' in render('{% icon "phone" label=words %}', words="Call <us>")


@pytest.mark.parametrize("given", [Tlp.AMBER_STRICT, "AMBER+STRICT", "TLP:AMBER+STRICT"])
def test_tlp(given: object) -> None:
    drawn = render("{% tlp label %}", label=given)
    assert 'class="tlp tlp--amber"' in drawn
    assert drawn.endswith(">TLP:AMBER+STRICT</span>")


@pytest.mark.parametrize(("given", "word"), [("Extreme", "Extreme"), ("minor", "Minor"), ("odd", "Unknown")])
def test_severity_is_a_shape_and_a_word(given: str, word: str) -> None:
    drawn = render("{% severity level %}", level=given)
    assert "<svg" in drawn
    assert drawn.endswith(f"{word}</span>")


def test_the_band_from_the_enum() -> None:
    assert "band--exercise" in render("{% status_band status %}", status=StatusKind.EXERCISE)


def test_free_text_is_escaped_and_marked() -> None:
    drawn = render("{% text words %}", words=FreeText("<b>Courant</b> très fort", "fr"))
    assert '<span class="free" lang="fr">&lt;b&gt;Courant&lt;/b&gt; très fort</span>' in drawn
    assert 'title="French">FR</abbr>' in drawn
    assert render("{% text words %}", words=None) == ""


@pytest.mark.parametrize(
    ("value", "kind", "drawn"),
    [(118, "routed", '<span class="min">1 h 58</span>'), (None, "routed", '<span class="unk">unknown</span>')],
)
def test_minutes(value: float | None, kind: str, drawn: str) -> None:
    assert render("{% minutes value kind %}", value=value, kind=kind) == drawn


def test_estimated_minutes_say_so() -> None:
    assert re.search('class="min est" title="Estimated from[^"]+">1 h 58<', render("{% minutes 118 'estimate' %}"))


def test_a_clock_says_where_it_stands() -> None:
    drawn = render("{% clock deadline=deadline now=now hint=hint %}", deadline=NOW, now=NOW, hint="to <us>")
    assert 'class="clock w-0 clock--soon"' in drawn
    assert 'data-noaber-deadline="2021-07-14T16:41:00+00:00"' in drawn
    assert "<small>to &lt;us&gt;</small>" in drawn


def test_a_track_takes_values_or_an_index() -> None:
    steps = [("A", "Committed"), ("B", "Arrived")]
    by_value, by_index = (render("{% track steps current %}", steps=steps, current=current) for current in ("B", 1))
    assert by_value == by_index
    assert 'aria-label="Arrived, step 2 of 2"' in by_value


def test_a_moment_is_a_time_element_in_utc() -> None:
    assert '<time datetime="2021-07-14T16:41:00+00:00"' in render("{% moment at %}", at=NOW)
    assert render("{% moment at %}", at=None) == '<span class="unk">unknown</span>'


def test_filters() -> None:
    assert (
        render(
            "{{ n|number }} {{ x|number:1 }} {{ m|duration }} {{ 'nl'|language_name }} {{ 'xx'|language_name }}",
            n=1200,
            x=0.25,
            m=80,
        )
        == "1,200 0.2 1 h 20 Dutch xx"
    )
