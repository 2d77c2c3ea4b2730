"""The overview: ten sentences with figures, each with its day and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from noaber.apps.mapping.neighbours import Between
from noaber.apps.registry.coded import capability_name, territory_name
from noaber.apps.reports.facts import Content, Figure
from noaber.apps.reports.figures import is_without_text, pairs_of
from noaber.apps.reports.parts import Section
from noaber.apps.reports.words import said_basis, share
from noaber.web import wording
from noaber.web.clock import has_come
from noaber.web.pdf import Bullets, Paragraph, Run, Text

COUNTRIES = Between.COUNTRIES.value


def overview(content: Content) -> Section:
    sentences: list[Text] = [_dated(sentence, figure) for sentence, figure in sentences_of(content)]
    lead = _("What the inventory, the registry and the roads say of mutual assistance between neighbours.")
    return Section("overview", _("Overview"), (Paragraph(lead, quiet=True), Bullets(sentences, numbered=True)))


def sentences_of(content: Content) -> Iterator[tuple[str, Figure]]:
    """Each sentence with the figure that dates it."""
    yield _texts(content), content.figure("texts")
    yield _directions(content), content.figure("pairs")
    yield _gaps(content), content.figure(f"gaps-{COUNTRIES}")
    yield _without_text(content), content.figure(f"no-text-{COUNTRIES}")
    yield _unknowns(content), content.figure("unknowns")
    for minutes in content.minutes[:1]:
        yield _reached(content, minutes.capability), content.figure(f"opened-{minutes.capability}")
        yield _gained(content, minutes.capability), content.figure(f"gaining-{minutes.capability}")
    yield _capacities(content), content.figure("owners")
    yield _functions(content), content.figure("functions")
    yield _advice(content), content.figure("advice")


def _dated(sentence: str, figure: Figure) -> Text:
    return (sentence, " ", Run(f"({said_basis(figure)})", quiet=True))


def _number(content: Content, key: str) -> str:
    return wording.number(content.figure(key).value)


def _texts(content: Content) -> str:
    checked_on = content.figure("texts-checked").on
    params = {
        "count": _number(content, "texts"),
        "counted": _number(content, "texts-counted"),
        "day": wording.day(checked_on),
    }
    words = (
        _("Of %(count)s texts in the inventory, %(counted)s count as in force; the oldest check is of %(day)s.")
        if has_come(checked_on)
        else _(
            "Of %(count)s texts in the inventory, %(counted)s count as in force; they were checked before the exercise."
        )
    )
    return words % params


def _directions(content: Content) -> str:
    params = {key: _number(content, f"pairs-{key}") for key in ("complete", "open", "unknown", "missing")}
    params["pairs"] = _number(content, "pairs")
    return (
        _(
            "Of %(pairs)s directions in which one country may help another, %(complete)s rest on a text of which "
            "everything is established, %(open)s on a text with open facts; for %(unknown)s it is not established "
            "whether a text covers them, and %(missing)s have none."
        )
        % params
    )


def _gaps(content: Content) -> str:
    count = content.figure(f"gaps-{COUNTRIES}").value
    words = ngettext(
        "Of %(pairs)s pairs of neighbouring countries, %(count)s lacks a text for some help at some hazard; "
        "the Union mechanism closes no gap.",
        "Of %(pairs)s pairs of neighbouring countries, %(count)s lack a text for some help at some hazard; "
        "the Union mechanism closes no gap.",
        count,
    )
    return words % {"pairs": _number(content, f"neighbours-{COUNTRIES}"), "count": wording.number(count)}


def _without_text(content: Content) -> str:
    bare = [gap for gap in pairs_of(content, Between.COUNTRIES) if is_without_text(gap)]
    if not bare:
        return _("Every pair of neighbouring countries has some text below the Union mechanism.")
    names = "; ".join(f"{territory_name(gap.one)} – {territory_name(gap.other)}" for gap in bare)
    words = ngettext(
        "%(count)s pair has no text at all below the Union mechanism: %(names)s.",
        "%(count)s pairs have no text at all below the Union mechanism: %(names)s.",
        len(bare),
    )
    return words % {"count": wording.number(len(bare)), "names": names}


def _unknowns(content: Content) -> str:
    count = content.figure("unknowns").value
    words = ngettext(
        "%(count)s fact in %(texts)s texts is not established; %(asked)s of them were given to someone to find out, "
        "and %(late)s of these are overdue.",
        "%(count)s facts in %(texts)s texts are not established; %(asked)s of them were given to someone to find out, "
        "and %(late)s of these are overdue.",
        count,
    )
    return words % {
        "count": wording.number(count),
        "texts": _number(content, "unknowns-texts"),
        "asked": _number(content, "unknowns-asked"),
        "late": _number(content, "unknowns-late"),
    }


def _reached(content: Content, capability: str) -> str:
    people = content.figure(f"people-{capability}").value
    closed, opened = (content.figure(f"{key}-{capability}").value for key in ("closed", "opened"))
    return _(
        "%(help)s: with borders closed, %(closed)s of %(people)s people (%(closed_share)s) are reached within "
        "60 minutes; with borders open to whom a text permits, %(opened)s (%(opened_share)s)."
    ) % {
        "help": capability_name(capability),
        "people": wording.number(people),
        "closed": wording.number(closed),
        "closed_share": share(closed, people),
        "opened": wording.number(opened),
        "opened_share": share(opened, people),
    }


def _gained(content: Content, capability: str) -> str:
    return _(
        "%(help)s: for %(gaining)s people the first team comes at least ten minutes sooner, or comes at all, because "
        "borders are open."
    ) % {"help": capability_name(capability), "gaining": _number(content, f"gaining-{capability}")}


def _capacities(content: Content) -> str:
    return _("%(owners)s owners show %(capacities)s capacities; the oldest word on the state of one is of %(day)s.") % {
        "owners": _number(content, "owners"),
        "capacities": _number(content, "capacities"),
        "day": wording.day(content.figure("capacities").on),
    }


def _functions(content: Content) -> str:
    return _(
        "Of %(functions)s functions that neighbours should be able to ring, %(due)s are missing, expired or never "
        "verified."
    ) % {"functions": _number(content, "functions"), "due": _number(content, "functions-due")}


def _advice(content: Content) -> str:
    count = content.figure("advice").value
    words = ngettext(
        "%(count)s recommendation led to %(actions)s actions, of which %(done)s are done and %(late)s late.",
        "%(count)s recommendations led to %(actions)s actions, of which %(done)s are done and %(late)s late.",
        count,
    )
    return words % {
        "count": wording.number(count),
        "actions": _number(content, "actions"),
        "done": _number(content, "actions-done"),
        "late": _number(content, "actions-late"),
    }
