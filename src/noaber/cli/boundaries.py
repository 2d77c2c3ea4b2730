"""`noaber boundaries import|list|remove`: boundaries of municipalities and regions, for the map and its figures."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from noaber.cli.files import read_input
from noaber.cli.roads import warn
from noaber.cli.site import add_data_option, check_migrated, prepare_database, say, start_django
from noaber.core.problems import InvalidInput, Problem

if TYPE_CHECKING:
    from noaber.core.boundaries.decode import ReadBoundaries

KINDS = ("municipality", "district", "emergency-zone", "safety-region", "province")
NAME_LANGUAGES = ("nl", "fr", "de", "en")
_LONGEST_SOURCE = 400


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    parser = commands.add_parser("boundaries", help="boundaries of municipalities and regions, from GeoJSON")
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")
    bring = steps.add_parser("import", help="keep the areas of GeoJSON files as one set, all of it or nothing")
    bring.add_argument("files", metavar="FILE.geojson", type=Path, nargs="+")
    _add_set(bring)
    bring.add_argument("--code-property", metavar="P", help="the property with the code (else a known one)")
    bring.add_argument(
        "--name-property",
        metavar="[LANG=]P",
        action="append",
        help="the property with the name, such as NAAM, or fr=NOM for one language; may be repeated (else known ones)",
    )
    bring.add_argument("--attribution", metavar="TEXT", default="", help="whose data it is, as the map says")
    bring.add_argument("--licence", metavar="TEXT", default="", help="under which licence")
    bring.add_argument("--replace", action="store_true", help="put it in the place of the set that is there")
    bring.add_argument("--dry-run", action="store_true", help="check and say what would be taken, and write nothing")
    show = steps.add_parser("list", help="the sets that are kept")
    remove = steps.add_parser("remove", help="take a set away")
    _add_set(remove)
    for step, run in ((bring, _import), (show, _list), (remove, _remove)):
        add_data_option(step)
        step.set_defaults(run=run)


def _add_set(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kind", required=True, choices=KINDS, help="what the areas are")
    parser.add_argument("--country", required=True, type=country, metavar="XX", help="where they lie, such as BE")


def country(text: str) -> str:
    """A country of the map, for argparse."""
    from noaber.reference.region import COUNTRIES

    if text.upper() not in COUNTRIES:
        raise argparse.ArgumentTypeError(f"“{text}” is no country of the map; expected one of {', '.join(COUNTRIES)}")
    return text.upper()


def _import(args: argparse.Namespace) -> int:
    read = _read(args)
    boundaries = [one for file in read for one in file.boundaries]
    taken = "; ".join(dict.fromkeys(str(file.taken) for file in read))
    if args.dry_run:
        say(f"{args.kind} {args.country}: {len(boundaries)} would be kept ({taken}); nothing was written.")
        return 0
    start_django(args.data)
    prepare_database()
    from noaber.apps.roads.enums import BoundaryKind
    from noaber.apps.roads.services.boundaries import Provenance, import_boundaries

    source = ", ".join(path.name for path in args.files)[:_LONGEST_SOURCE]
    provenance = Provenance(source, args.attribution, args.licence)
    try:
        import_boundaries(
            BoundaryKind(args.kind), args.country, boundaries, provenance, by=_by("import"), replace=args.replace
        )
    except InvalidInput as error:
        raise InvalidInput(error.problems, source) from error
    say(f"{args.kind} {args.country}: {len(boundaries)} kept ({taken}).")
    return 0


def _read(args: argparse.Namespace) -> list[ReadBoundaries]:
    """Every file; a code that two of them use is refused, and so is what does not lie in the country of the map."""
    from noaber.core.boundaries.decode import decode_boundaries
    from noaber.reference.on_map import check_boundaries

    names = _names(args.name_property)
    found = []
    first: dict[str, Path] = {}
    for path in args.files:
        read = read_input(path, lambda data: decode_boundaries(data, code=args.code_property, names=names))
        twice = [one for one in read.boundaries if first.setdefault(one.code, path) != path]
        if twice:
            problems = (_twice(one.where, one.code, first[one.code]) for one in twice)
            raise InvalidInput(problems, str(path))
        try:
            warn(path, [*read.warnings, *check_boundaries(read.boundaries, args.country)])
        except InvalidInput as error:
            raise InvalidInput(error.problems, str(path)) from error
        found.append(read)
    return found


def _twice(where: str, code: str, path: Path) -> Problem:
    return Problem("boundary.twice-file", where, {"code": code, "file": path})


def _names(given: Iterable[str] | None) -> dict[str, str] | None:
    """The properties with names, by language; None where they are to be guessed."""
    from noaber.core.boundaries.properties import ANY

    if given is None:
        return None
    found = {}
    for text in given:
        language, equals, name = text.partition("=")
        if equals and language not in NAME_LANGUAGES:
            params = {"expected": f"a language, one of {', '.join(NAME_LANGUAGES)}, before “=”", "found": language}
            raise InvalidInput([Problem("input.type", "", params)], "--name-property")
        found[language if equals else ANY] = name if equals else text
    return found


def _list(args: argparse.Namespace) -> int:
    start_django(args.data)
    check_migrated()
    from django.db.models import Count

    from noaber.apps.roads.models import BoundarySet

    sets = BoundarySet.objects.annotate(count=Count("boundaries"))
    for one in sets:
        whose = ", ".join(text for text in (one.attribution, one.licence) if text) or "no attribution given"
        day = f"{one.imported_at:%Y-%m-%d}"
        say(f"{one.kind} {one.country}: {one.count} from {one.source}, imported {day} ({whose})")
    if not sets:
        say("No boundaries are kept; “noaber boundaries import” brings some.")
    return 0


def _remove(args: argparse.Namespace) -> int:
    start_django(args.data)
    check_migrated()
    from noaber.apps.roads.enums import BoundaryKind
    from noaber.apps.roads.services.boundaries import remove_boundaries

    count = remove_boundaries(BoundaryKind(args.kind), args.country, by=_by("remove"))
    say(f"{args.kind} {args.country}: {count} removed.")
    return 0


def _by(step: str) -> str:
    """The account of this machine under which the command runs, for the history."""
    return f"noaber boundaries {step} ({os.environ.get('USER') or os.getuid()})"
