"""Random documents made from the tables of a standard, and random damage to them: food for the differential tests."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable

from lxml import etree

from noaber.core.messages.datatypes import ID, SimpleType
from noaber.core.messages.schema import Choice, ComplexType, Element, Particle, Process, Schema, Wildcard

_SAMPLES = (
    "2021-07-14T18:00:00+02:00",
    "5",
    "12.5",
    "true",
    "nl",
    "urn:x",
    "AAAA",
    "18:00:00",
    "P1D",
    "50.5 4.25",
    "name",
    "text\nof lines",
    "",
)
_DAMAGE = ("", "x y", "-1", "2021-07-14T18:00:00Z", "2021-07-14T18:00:00.5+02:00", "NaN", "%", "Actual", " Actual", "é")
_STRANGER = "urn:example:stranger"


def random_document(schema: Schema, root: str, chance: random.Random, richness: float) -> etree._Element:
    """A document that the tables allow; `richness` from 0 to 1 says how much of what is optional is there."""
    element = etree.Element(root)
    _fill(element, schema.types[schema.roots[root]], schema, chance, richness)
    return element


def _value(kind: SimpleType, chance: random.Random) -> str:
    if kind == ID:
        return f"id{chance.randrange(10**9)}"
    if kind.values:
        return chance.choice(kind.values)
    return chance.choice([sample for sample in _SAMPLES if kind.accepts(sample)])


def _fill(element: etree._Element, kind: object, schema: Schema, chance: random.Random, richness: float) -> None:
    if isinstance(kind, SimpleType):
        element.text = _value(kind, chance)
        return
    assert isinstance(kind, ComplexType)
    for name, attribute in kind.attributes.items():
        if attribute.required or chance.random() < richness / 4:
            element.set(name, attribute.fixed or _value(attribute.type, chance))
    if kind.text is not None:
        element.text = _value(kind.text, chance)
    for particle in kind.content:
        for _ in range(_count(particle, chance, richness)):
            _add(element, particle, schema, chance, richness)


def _count(particle: Particle, chance: random.Random, richness: float) -> int:
    if chance.random() > richness:
        return particle.minimum
    return max(particle.minimum, 1) + (chance.randint(0, 1) if particle.maximum is None else 0)


def _add(parent: etree._Element, particle: Particle, schema: Schema, chance: random.Random, richness: float) -> None:
    match particle:
        case Element() if _is_impossible(schema.types[particle.type_name]):
            return
        case Element():
            child = etree.SubElement(parent, particle.tag)
            _fill(child, schema.types[particle.type_name], schema, chance, richness * 0.8)
        case Choice():
            option = chance.choice(particle.options)
            for _ in range(_count(option, chance, richness)):
                _add(parent, option, schema, chance, richness)
        case Wildcard() if particle.namespace.startswith("##"):
            etree.SubElement(parent, f"{{{_STRANGER}}}any").text = "kept"
        case Wildcard():
            etree.SubElement(parent, f"{{{particle.namespace}}}any")


def _is_impossible(kind: object) -> bool:
    """Whether it asks for known elements of a vocabulary that no schema here knows: GeoRSS in an address."""
    particles = kind.content if isinstance(kind, ComplexType) else ()
    return any(isinstance(particle, Wildcard) and particle.process is Process.STRICT for particle in particles)


def damaged(document: etree._Element, chance: random.Random) -> etree._Element:
    """A copy with one thing changed, which may or may not make it invalid."""
    copied = copy.deepcopy(document)
    target = chance.choice(list(copied.iter(etree.Element)))
    chance.choice(_DAMAGES)(target, chance)
    return copied


def _delete(target: etree._Element, chance: random.Random) -> None:
    if target.getparent() is not None:
        target.getparent().remove(target)


def _duplicate(target: etree._Element, chance: random.Random) -> None:
    if target.getparent() is not None:
        target.addnext(copy.deepcopy(target))


def _swap(target: etree._Element, chance: random.Random) -> None:
    following = target.getnext()
    if following is not None:
        target.addprevious(following)


def _move(target: etree._Element, chance: random.Random) -> None:
    parent = target.getparent()
    if parent is not None:
        parent.insert(chance.randrange(len(parent)), target)


def _rename(target: etree._Element, chance: random.Random) -> None:
    names = [target.tag + "x", etree.QName(target).localname, f"{{{_STRANGER}}}any"]
    others = [other.tag for other in target.itersiblings() if isinstance(other.tag, str)]
    if target.getparent() is not None:
        target.tag = chance.choice(names + others[:2])


def _write(target: etree._Element, chance: random.Random) -> None:
    target.text = chance.choice(_DAMAGE)


def _tail(target: etree._Element, chance: random.Random) -> None:
    if target.getparent() is not None:
        target.tail = chance.choice(("text", "\n "))


def _child(target: etree._Element, chance: random.Random) -> None:
    tag = chance.choice((f"{{{_STRANGER}}}any", target.tag, "plain"))
    target.insert(chance.randint(0, len(target)), etree.Element(tag))


def _attribute(target: etree._Element, chance: random.Random) -> None:
    names = [f"{{{_STRANGER}}}a", "plain", f"{{{etree.QName(target).namespace}}}Type", "srsName", "numArc"]
    names += ["{http://www.w3.org/1999/xlink1}role", "{urn:oasis:names:tc:ciq:ct:3}LanguageCode"]
    target.set(chance.choice(names), chance.choice(_DAMAGE + _SAMPLES))


def _change_attribute(target: etree._Element, chance: random.Random) -> None:
    if target.attrib:
        name = chance.choice(sorted(target.attrib))
        if chance.random() < 0.3:
            del target.attrib[name]
        else:
            target.set(name, chance.choice(_DAMAGE + _SAMPLES))


def _comment(target: etree._Element, chance: random.Random) -> None:
    target.insert(chance.randint(0, len(target)), etree.Comment("said between the lines"))


_DAMAGES: tuple[Callable[[etree._Element, random.Random], None], ...] = (
    _delete,
    _delete,
    _duplicate,
    _duplicate,
    _swap,
    _move,
    _rename,
    _write,
    _write,
    _tail,
    _child,
    _attribute,
    _change_attribute,
    _comment,
)
