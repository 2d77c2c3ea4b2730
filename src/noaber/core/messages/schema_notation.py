"""The notation of the tables: one line a type, in the order of the schema that it stands for.

    Kind := string Name Number
    Area = areaDesc:string polygon:string* geocode:Pair* altitude:decimal?
    Quantity = ( QuantityText:string+ | MeasuredQuantity:Measured )
    Name = <token> @NameType/Kind @NameCode &quality &other

- `name:type` is an element of the table's own namespace, `p:name:type` of the namespace with prefix `p`; after it
  `?`, `*`, `+` or `{0,5}` says how often, as in regular expressions. `( a | b )` is a choice.
- `*[namespace]` is any element of a namespace, `*[##other]` of any other one, `*[##any]` of any; `*[##any skip]` and
  `*[##any strict]` say how it is judged.
- `<type>` is simple content. `@name/type` is an attribute in the table's namespace, `@.name` one in none,
  `@p:name` one of another; `!` requires it, `=value` fixes it. `@name` alone takes any text.
- `&group` is a named group of attributes, given in that notation. `@@##other` lets attributes of other
  namespaces stand.
- `:=` makes a simple type from a built-in one by listing its values. It must stand before it is used.
- A line that begins with a blank continues the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from noaber.core.messages import datatypes
from noaber.core.messages.datatypes import SimpleType, one_of
from noaber.core.messages.schema import Attribute, Choice, ComplexType, Element, Particle, Process, Wildcard

BUILT_IN: dict[str, SimpleType] = {
    "string": datatypes.STRING,
    "line": datatypes.LINE,
    "token": datatypes.TOKEN,
    "dateTime": datatypes.DATE_TIME,
    "capTime": datatypes.CAP_TIME,
    "time": datatypes.TIME,
    "duration": datatypes.DURATION,
    "boolean": datatypes.BOOLEAN,
    "integer": datatypes.INTEGER,
    "positiveInteger": datatypes.POSITIVE_INTEGER,
    "decimal": datatypes.DECIMAL,
    "nonNegative": datatypes.NON_NEGATIVE_DECIMAL,
    "double": datatypes.DOUBLE,
    "doubles": datatypes.NUMBERS,
    "language": datatypes.LANGUAGE,
    "NMTOKEN": datatypes.NMTOKEN,
    "NCName": datatypes.NCNAME,
    "NCNames": datatypes.NAMES,
    "ID": datatypes.ID,
    "base64": datatypes.BASE_64,
    "anyURI": datatypes.ANY_URI,
}

_OCCURS = {"": (1, 1), "?": (0, 1), "*": (0, None), "+": (1, None)}
_ELEMENT = re.compile(r"(?P<name>[\w.:]+?):(?P<type>[\w.]+)(?P<occurs>[?*+]|\{\d+,\d+\})?")
_WILDCARD = re.compile(r"\*\[(?P<namespace>[^\]\s]+)(?: (?P<process>\w+))?\](?P<occurs>[?*+])?")
_ATTRIBUTE = re.compile(r"@(?P<name>[\w.:]+)(?P<required>!)?(?:/(?P<type>[\w.]+))?(?:=(?P<fixed>\S+))?")
_TOKENS = re.compile(r"\([^)]*\)[?*+]?|\*\[[^\]]*\][?*+]?|\S+")


@dataclass(frozen=True)
class Notation:
    """How to read one table.

    Parameters
    ----------
    namespace
        Of the elements and attributes without prefix.
    prefixes
        The other namespaces, by prefix.
    groups
        Groups of attributes in the notation, by name.
    """

    namespace: str
    prefixes: Mapping[str, str]
    groups: Mapping[str, str]

    def read(self, table: str) -> dict[str, ComplexType | SimpleType]:
        """The types of a table by name."""
        types: dict[str, ComplexType | SimpleType] = {}
        simple = dict(BUILT_IN)
        for name, operator, body in _definitions(table):
            if operator == ":=":
                base, *values = body.split()
                types[name] = simple[name] = one_of(BUILT_IN[base], *values)
            else:
                types[name] = self._read_complex(name, body, simple)
        return types

    def _read_complex(self, name: str, body: str, simple: Mapping[str, SimpleType]) -> ComplexType:
        text: SimpleType | None = None
        content: list[Particle] = []
        attributes: dict[str, Attribute] = {}
        other: Wildcard | None = None
        for token in self._expanded(body):
            match token[0]:
                case "<":
                    text = simple[token.strip("<>")]
                case "@" if token.startswith("@@"):
                    other = self._read_other(token)
                case "@":
                    tag, attribute = self._read_attribute(token, simple)
                    attributes[tag] = attribute
                case _:
                    content.append(self._read_particle(token))
        return ComplexType(name, tuple(content), text, attributes, other)

    def _expanded(self, body: str) -> Iterator[str]:
        """The tokens of a definition, with groups put in."""
        for token in _TOKENS.findall(body):
            if token.startswith("&"):
                yield from self._expanded(self.groups[token[1:]])
            else:
                yield token

    def _read_particle(self, token: str) -> Particle:
        if found := _WILDCARD.fullmatch(token):
            minimum, maximum = _OCCURS[found["occurs"] or ""]
            process = Process(found["process"] or "lax")
            return Wildcard(found["namespace"], self.namespace, process, minimum, maximum)
        if token.startswith("("):
            inner, _, occurs = token[1:].rpartition(")")
            minimum, maximum = _OCCURS[occurs]
            return Choice(tuple(self._read_element(part) for part in inner.split("|")), minimum, maximum)
        return self._read_element(token)

    def _read_element(self, token: str) -> Element:
        found = _ELEMENT.fullmatch(token.strip())
        if found is None:
            raise ValueError(f"not in the notation of the tables: {token!r}")
        occurs = found["occurs"] or ""
        minimum, maximum = _OCCURS[occurs] if occurs in _OCCURS else map(int, occurs.strip("{}").split(","))
        return Element(self._tag(found["name"]), found["type"], minimum, maximum)

    def _read_attribute(self, token: str, simple: Mapping[str, SimpleType]) -> tuple[str, Attribute]:
        found = _ATTRIBUTE.fullmatch(token)
        if found is None:
            raise ValueError(f"not in the notation of the tables: {token!r}")
        name = found["name"]
        tag = name[1:] if name.startswith(".") else self._tag(name)
        return tag, Attribute(simple[found["type"] or "line"], bool(found["required"]), found["fixed"])

    def _read_other(self, token: str) -> Wildcard:
        namespace, _, process = token[2:].partition("/")
        return Wildcard(namespace, self.namespace, Process(process or "lax"))

    def _tag(self, name: str) -> str:
        prefix, _, local = name.rpartition(":")
        return f"{{{self.prefixes[prefix] if prefix else self.namespace}}}{local}"


def _definitions(table: str) -> Iterator[tuple[str, str, str]]:
    joined = re.sub(r"\n[ \t]+", " ", table.strip())
    for line in joined.splitlines():
        if line.strip():
            name, operator, body = re.split(r"\s+(:?=)(?:\s+|$)", line, maxsplit=1)
            yield name, operator, body
