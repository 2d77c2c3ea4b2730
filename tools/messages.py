"""The catalogues: `update` gathers the texts of the product into each language's, `compile` makes what is read.

Babel does the work, so no gettext needs to be on the machine. Templates go through Django's own `templatize`,
which turns their translation tags into calls that Babel's Python extractor reads.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "noaber"
LANGUAGES = ("nl", "fr", "de")
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def main(action: str) -> int:
    """Run one action: update, compile or check."""
    match action:
        case "update":
            for language in LANGUAGES:
                print(f"{language}: {update(language)}")
            compile_all()
        case "compile":
            compile_all()
        case "check":
            problems = [problem for language in LANGUAGES for problem in find_problems(language)]
            print("\n".join(problems) or "The catalogues are complete.")
            return 1 if problems else 0
        case _:
            print("usage: messages.py update|compile|check", file=sys.stderr)
            return 2
    return 0


def catalogue_path(language: str) -> Path:
    return SOURCE / "locale" / language / "LC_MESSAGES" / "django.po"


def read_catalogue(language: str) -> Catalog:
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language, project="Noaber")
    with path.open("rb") as file:
        return read_po(file, locale=language)


@cache
def texts() -> Catalog:
    """Every text of the product that is to be translated, from Python files and templates."""
    catalogue = Catalog(project="Noaber")
    for path, lineno, message, comments, context in sorted(_extracted(), key=lambda row: (str(row[0]), row[1])):
        where = str(path.relative_to(ROOT))
        catalogue.add(
            message,
            locations=[(where, lineno)],
            auto_comments=comments,
            context=context,
            flags=_flags(message),
        )
    return catalogue


def _flags(message: str | tuple[str, ...]) -> list[str]:
    first = message if isinstance(message, str) else message[0]
    return ["python-format"] if "%(" in first else []


def _extracted() -> Iterator[tuple[Path, int, str | tuple[str, ...], list[str], str | None]]:
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield from _extract(path, path.read_bytes())
    for path in sorted([*SOURCE.rglob("*.html"), *SOURCE.rglob("*.txt")]):
        if "templates" in path.parts:
            yield from _extract(path, _as_python(path))


def _as_python(path: Path) -> bytes:
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure(USE_I18N=True)
    source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    return "\n".join(line.lstrip() for line in source.split("\n")).encode()  # Babel minds how Python is indented


def _extract(path: Path, source: bytes) -> Iterator[tuple[Path, int, str | tuple[str, ...], list[str], str | None]]:
    options = {"encoding": "utf-8"}
    for lineno, message, comments, context in extract("python", BytesIO(source), KEYWORDS, ("Translators:",), options):
        if message and message != ("", ""):
            yield path, lineno, message, comments, context


def update(language: str) -> str:
    """Merge the texts into the language's catalogue, keep its translations, drop what is no longer used."""
    catalogue = read_catalogue(language)
    catalogue.update(texts(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(
            file,
            catalogue,
            width=110,
            omit_header=False,
            sort_output=True,
            ignore_obsolete=True,
            no_location=True,
        )
    missing = sum(1 for message in catalogue if message.id and not _is_translated(message))
    return f"{len(catalogue)} texts, {missing} to translate"


def _is_translated(message: object) -> bool:
    string = message.string  # type: ignore[attr-defined]
    return bool(string) if isinstance(string, str) else bool(string) and all(string)


def compile_all() -> None:
    """Write the .mo beside each .po that is newer."""
    for language in LANGUAGES:
        source = catalogue_path(language)
        target = source.with_suffix(".mo")
        if source.exists() and (not target.exists() or target.stat().st_mtime < source.stat().st_mtime):
            with target.open("wb") as file:
                write_mo(file, read_catalogue(language))


def find_problems(language: str) -> list[str]:
    """What is missing, fuzzy, stale or broken in the language's catalogue."""
    have = {(m.id, m.context): m for m in read_catalogue(language) if m.id}
    want = {(m.id, m.context): m for m in texts() if m.id}
    found = [f"{language}: not in the catalogue: {key[0]!r}" for key in want.keys() - have.keys()]
    found += [f"{language}: no longer used: {key[0]!r}" for key in have.keys() - want.keys()]
    for key, message in have.items():
        if key not in want:
            continue
        if not _is_translated(message):
            found.append(f"{language}: not translated: {key[0]!r}")
        elif message.fuzzy:
            found.append(f"{language}: fuzzy: {key[0]!r}")
        else:
            found += [f"{language}: {error} in {key[0]!r}" for error in _placeholder_errors(message)]
    return sorted(found)


def _placeholder_errors(message: object) -> list[str]:
    import re

    pattern = re.compile(r"%\((\w+)\)[sd]|%%")
    ids, strings = message.id, message.string  # type: ignore[attr-defined]
    ids = [ids] if isinstance(ids, str) else list(ids)
    strings = [strings] if isinstance(strings, str) else list(strings)
    allowed = set().union(*(set(pattern.findall(text)) for text in ids))
    errors = []
    for text in strings:
        names = set(pattern.findall(text))
        if not names <= allowed:
            errors.append(f"unknown placeholder {sorted(names - allowed)}")
        elif len(strings) == 1 and names != allowed:
            errors.append(f"placeholder missing {sorted(allowed - names)}")
    return errors


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "update"))
