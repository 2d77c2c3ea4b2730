"""`noaber`: finds the command, runs it, and turns what goes wrong into one line and an exit code.

0 done; 1 understood, and the answer is negative; 2 unusable input or arguments. A command is a module of
this package with `add_parser(commands)`, which adds its parser and sets its default `run` to a function that
takes the parsed arguments and returns the exit code. Commands are imported only when asked for: `noaber plan`
needs no Django.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from noaber.core.problems import InvalidInput, NoaberError

COMMANDS: dict[str, str] = {
    "plan": "the proven best plan for a problem file",
    "stress": "every combination of simultaneous incidents of a problem file",
    "network": "build a road network from OpenStreetMap extracts, or say what is in one",
    "reach": "when help is there, for every place and capability",
    "journal": "verify or rebuild from the journal",
    "search": "make the index of the search anew",
    "message": "check, show or normalise message files",
    "capacities": "import capacities from a file, or export them",
    "boundaries": "boundaries of municipalities and regions, from GeoJSON",
    "demo": "a filled site on this machine",
    "story": "play the exercise of the demo on",
    "person": "add accounts, and keys for other systems, from the command line",
    "serve": "serve the site",
    "manage": "Django's own commands: migrate, createsuperuser, ...",
}
"""Name and one-line help of each command; the module has the same name."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        self.exit(2, f"{self.prog}: {message}\n")


def _parser_for(name: str | None) -> _Parser:
    parser = _Parser(prog="noaber", description="Noaber, the shared working place of neighbouring crisis centres.")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser, metavar="COMMAND")
    for command, text in COMMANDS.items():
        if command == name:
            importlib.import_module(f"noaber.cli.{command}").add_parser(commands)
        else:
            commands.add_parser(command, help=text)
    return parser


def _one_line(error: InvalidInput) -> str:
    """The first problem in full, and where the others are: one line, whatever was found."""
    first, *others = error.problems
    line = f"{error.source}: {first}" if error.source else str(first)
    if others:
        places = ", ".join(problem.where or "/" for problem in others[:5])
        line += f" (and {len(others)} more: {places}{' ...' if len(others) > 5 else ''})"
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in " ".join(line.split()))


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    name = arguments[0] if arguments and arguments[0] in COMMANDS else None
    parsed = _parser_for(name).parse_args(arguments)
    try:
        code: int = parsed.run(parsed)
        sys.stdout.flush()
        return code
    except InvalidInput as error:
        print(_one_line(error), file=sys.stderr)
        return 2
    except NoaberError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(f"{error.filename or 'noaber'}: {error.strerror or error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
