"""`noaber message check|show|normalise`: message files of EDXL-RM, EDXL-DE and CAP, ours or anyone's.

`check` answers with one JSON line a file and exit code 1 where any is not valid; what cannot be parsed is not valid.
A file that cannot be read at all is exit code 2. What a standard asks is in `core/messages/checking.py`.
"""

from __future__ import annotations

import argparse
import gettext
import io
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import noaber
from noaber.cli.files import write_output
from noaber.core.messages.checking import Document, read_document
from noaber.core.messages.findings import Finding
from noaber.core.messages.labels import LANGUAGES
from noaber.core.messages.normalising import normalise_document
from noaber.core.messages.showing import show_document
from noaber.core.messages.vocabulary import CAPABILITY, ORGANISATION, REASON
from noaber.core.messages.xml import LIMIT_BYTES
from noaber.core.problems import InvalidInput, Problem
from noaber.reference.organisations import load_organisations
from noaber.reference.vocabulary import load_capabilities, load_reasons

LISTED = 1000
"""At most so many errors, and so many warnings, are listed for one file."""
_LOCALE = Path(noaber.__file__).parent / "locale"


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `message` and its three actions."""
    parser = commands.add_parser("message", help="check, show or normalise message files")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    check = actions.add_parser("check", help="one JSON line a file: valid or not, and why")
    check.add_argument("files", nargs="+", metavar="FILE")
    check.set_defaults(run=run_check)
    show = actions.add_parser("show", help="the message for a person")
    show.add_argument("file", metavar="FILE")
    show.add_argument("--lang", choices=LANGUAGES, default="en", help="the language to show it in")
    show.set_defaults(run=run_show)
    normalise = actions.add_parser("normalise", help="read the message and write it again, in one form")
    normalise.add_argument("file", metavar="FILE")
    normalise.add_argument("-o", "--output", type=Path, metavar="OUT", help="where to write; standard output otherwise")
    normalise.set_defaults(run=run_normalise)


def run_check(arguments: argparse.Namespace) -> int:
    """Print one verdict a file; 1 where any is not valid.

    Raises
    ------
    InvalidInput
        Where a file cannot be read, after the verdicts on all others.
    """
    _write_utf8()
    unreadable: list[Problem] = []
    all_ok = True
    for name in arguments.files:
        try:
            verdict = _check(name, _read(name))
        except InvalidInput as error:
            unreadable += error.problems
            continue
        print(json.dumps(verdict, ensure_ascii=False))
        all_ok = all_ok and verdict["ok"]
    if unreadable:
        raise InvalidInput(unreadable)
    return 0 if all_ok else 1


def run_show(arguments: argparse.Namespace) -> int:
    """Print the message in words."""
    _write_utf8()
    translate = gettext.translation("django", _LOCALE, [arguments.lang], fallback=True).gettext
    print(show_document(_open(arguments.file), arguments.lang, names=_name_in, translate=translate), end="")
    return 0


def run_normalise(arguments: argparse.Namespace) -> int:
    """Write the message again; 1 where it is not valid, so that what came out would not be either."""
    document = _open(arguments.file)
    if not document.is_structured_well:
        errors = [finding.problem for finding in document.findings if finding.is_error]
        print(f"{arguments.file}: {errors[0]}", file=sys.stderr)
        return 1
    data = normalise_document(document)
    write_output(arguments.output, data)
    return 0


def _write_utf8() -> None:
    """All that we write is UTF-8, whatever the terminal says; a file name that is no text is escaped."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def _read(name: str) -> bytes:
    """The file, or as much of it as shows that it is too large."""
    try:
        with Path(name).open("rb") as file:
            return file.read(LIMIT_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InvalidInput([Problem("input.unreadable", "", {"file": name, "reason": reason})]) from error


def _open(name: str) -> Document:
    data = _read(name)
    try:
        return read_document(data)
    except InvalidInput as error:
        raise InvalidInput(error.problems, source=error.source or name) from error


def _check(name: str, data: bytes) -> dict[str, Any]:
    try:
        document = read_document(data)
    except InvalidInput as error:
        return _verdict(name, None, [_as_error(problem) for problem in error.problems], [])
    errors = [finding for finding in document.findings if finding.is_error]
    warnings = [finding for finding in document.findings if not finding.is_error]
    return _verdict(name, document, _listed(errors), _listed(warnings))


def _listed(findings: list[Finding]) -> list[dict[str, Any]]:
    """The findings as JSON; of a file that is wrong everywhere, the first ones and how many more there are."""
    listed = [_as_json(finding) for finding in findings[:LISTED]]
    if len(findings) > LISTED:
        rest = Problem("check.more", "", {"count": len(findings) - LISTED})
        listed.append({"line": findings[LISTED].line, "element": "", "message": rest.message})
    return listed


def _verdict(
    name: str, document: Document | None, errors: list[dict[str, Any]], warnings: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "file": name,
        "standard": document.standard.name if document else None,
        "type": document.type or None if document else None,
        "id": document.id or None if document else None,
        "ok": not errors,
        "errors": errors,
        "warnings": warnings,
    }


def _as_json(finding: Finding) -> dict[str, Any]:
    return {"line": finding.line, "element": finding.element, "message": finding.problem.message}


def _as_error(problem: Problem) -> dict[str, Any]:
    """A problem of the file as a whole: `where` is its line."""
    line = problem.where.removeprefix("line ").split(",")[0]
    return {"line": int(line) if line.isdigit() else 1, "element": "", "message": problem.message}


def _name_in(urn: str, value: str, language: str) -> str | None:
    """The name of a capability, a reason or an organisation that we know."""
    if urn not in _NAMED:
        return None
    found = _NAMED[urn]().get(value)
    return None if found is None else str(found.names.in_language(language))


_NAMED: dict[str, Callable[[], Mapping[str, Any]]] = {
    CAPABILITY: load_capabilities,
    REASON: load_reasons,
    ORGANISATION: load_organisations,
}
"""Who knows the names of the values of a list."""
