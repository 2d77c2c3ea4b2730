"""`noaber person`: accounts from the command line, and keys for other systems.

With its first account an organisation is served by this node.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import TYPE_CHECKING

from noaber.cli import site
from noaber.core.problems import InvalidInput, Problem
from noaber.reference.texts import LANGUAGES

if TYPE_CHECKING:
    from noaber.apps.accounts.models import Organisation, Person

ROLES = ("duty-officer", "planner", "director", "policy-officer", "administrator", "observer")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("person", help="add an account from the command line")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="add an account; its organisation is served by this node from then on")
    add.add_argument("username", metavar="USERNAME")
    add.add_argument("--name", required=True, help="the person's name, as others see it")
    add.add_argument("--organisation", required=True, metavar="CODE", help="for whom the person acts")
    add.add_argument("--role", action="append", choices=ROLES, required=True, help="may be repeated")
    add.add_argument("--language", choices=LANGUAGES, default="", help="of the pages (else that of the browser)")
    add.add_argument("--phone", default="", help="how colleagues reach the person")
    add.add_argument("--mail", default="", help="how colleagues reach the person")
    add.add_argument(
        "--password-from-stdin",
        action="store_true",
        help="read the password from standard input, not from the keyboard",
    )
    listing = actions.add_parser("organisations", help="list the codes of the organisations, and whom this node serves")
    key = actions.add_parser("key", help="print a key with which another system reads through the API")
    key.add_argument("username", metavar="USERNAME", help="the account on whose behalf it reads")
    key.add_argument("--organisation", required=True, metavar="CODE", help="for whom it reads")
    for action, run in ((add, _add), (listing, _list), (key, _key)):
        site.add_data_option(action)
        action.set_defaults(run=run)


def _add(args: argparse.Namespace) -> int:
    _start(args)
    from noaber.apps.accounts.enums import Role
    from noaber.apps.accounts.models import Person
    from noaber.apps.accounts.services import add_person, serve_organisation

    organisation = _organisation(args.organisation)
    person = Person(
        username=args.username, display_name=args.name, phone=args.phone, email=args.mail, language=args.language
    )
    _check(person)
    password = _password(person, from_stdin=args.password_from_stdin)
    add_person(
        username=person.username,
        display_name=person.display_name,
        password=password,
        roles=[(organisation, Role(role)) for role in dict.fromkeys(args.role)],
        language=person.language,
        phone=person.phone,
        email=person.email,
    )
    serve_organisation(organisation)
    site.say(f"{person.username} can sign in, and acts for {organisation.code} as {', '.join(args.role)}.")
    return 0


def _start(args: argparse.Namespace) -> None:
    """An embedded database is made on first use; a PostgreSQL only by `noaber manage migrate`."""
    site.start_django(args.data)
    site.prepare_database()


def _organisation(code: str) -> Organisation:
    from noaber.apps.accounts.models import Organisation

    found = Organisation.objects.filter(code=code).first()
    if found is None:
        raise InvalidInput([Problem("person.organisation", params={"code": code})], "--organisation")
    return found


def _check(person: Person) -> None:
    """Every rule of the fields, before a password is asked for."""
    from django.core.exceptions import ValidationError

    from noaber.apps.accounts.models import Person

    if Person.objects.filter(username__iexact=person.username).exists():
        raise InvalidInput([Problem("person.username", params={"username": person.username})])
    try:
        person.full_clean(exclude=["password"])
    except ValidationError as error:
        problems = [
            Problem("person.field", field.replace("display_name", "name"), {"reason": text})
            for field, texts in error.message_dict.items()
            for text in texts
        ]
        raise InvalidInput(problems) from error


def _password(person: Person, *, from_stdin: bool) -> str:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    password = sys.stdin.readline().rstrip("\r\n") if from_stdin else _ask_twice()
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise InvalidInput([Problem("person.password", params={"reason": " ".join(error.messages)})]) from error
    return password


def _ask_twice() -> str:
    """Without echo; where there is no keyboard, say how else to give it."""
    if not sys.stdin.isatty():
        raise InvalidInput([Problem("person.no-keyboard")])
    first = getpass.getpass("Password: ")
    if getpass.getpass("Password, again: ") != first:
        raise InvalidInput([Problem("person.twice")])
    return first


def _list(args: argparse.Namespace) -> int:
    _start(args)
    from noaber.apps.accounts.models import Organisation

    for organisation in Organisation.objects.all():
        served = "served here" if organisation.connected else ""
        sys.stdout.write(f"{organisation.code}\t{organisation.names.get('en', '')}\t{served}\n")
    return 0


def _key(args: argparse.Namespace) -> int:
    """The key alone on standard output, so that it can be put where it is needed unseen."""
    _start(args)
    from noaber.apps.accounts.acting import acting_for
    from noaber.apps.accounts.models import Person
    from noaber.apps.api.keys import issue_key

    person = Person.objects.filter(username=args.username, is_active=True).first()
    acting = acting_for(person, args.organisation) if person else None
    if acting is None or acting.organisation.code != args.organisation:
        params = {"username": args.username, "organisation": args.organisation}
        raise InvalidInput([Problem("demo.no-actor", params=params)])
    site.say(issue_key(acting.person, acting.organisation))
    return 0
