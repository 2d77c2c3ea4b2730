"""`noaber journal`: verify the journals, derive everything anew from them, erase by rule, look after the keys."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from noaber.cli import site

if TYPE_CHECKING:
    from noaber.apps.exchange.journal.verify import Broken

BREAKS = {
    "unreadable": "its row holds what no entry can hold",
    "sequence": "another entry stands in its place: one is missing, or the order was changed",
    "previous": "it does not follow the entry before it",
    "hash": "its content is not what was hashed",
    "keeper-key": "it is signed with a key that is not, or no longer, its keeper's",
    "keeper-signature": "its keeper's signature does not hold",
    "sender-key": "its message is signed with a key that is not its sender's",
    "sender-signature": "its sender's signature does not hold",
    "payload-missing": "its payload is gone, and no entry says that it was erased",
    "payload-changed": "its payload is not what was signed",
    "payload-other": "its payload is that of another message",
    "head": "the journal does not end where its head says; entries are missing or were added at the end",
    "not-sent": "it was received from an organisation here whose journal did not send it",
}
"""In words, by `core.journal.Break`."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("journal", help="verify or rebuild from the journal")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    _add_action(actions, "verify", _verify, "walk every chain and signature")
    rebuild = _add_action(actions, "rebuild", _rebuild, "derive requests, offers and deployments anew")
    rebuild.add_argument("--check", action="store_true", help="change nothing; exit 1 where something would change")
    erase = _add_action(actions, "erase", _erase, "erase the payloads of one finished exchange, by rule")
    erase.add_argument("organisation", help="code of the organisation whose copy is erased")
    erase.add_argument("request", help="id of the request that opened the exchange")
    erase.add_argument("--reason", required=True, help="the rule and the reason, kept in the journal")
    keys = _add_action(actions, "keys", _keys, "list the public keys; rotate one, or trust one of another node")
    keys.add_argument("--rotate", metavar="ORGANISATION", help="give the organisation a new key")
    keys.add_argument("--trust", nargs=2, metavar=("ORGANISATION", "PUBLIC_KEY"), help="accept what this key signs")


def _add_action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    text: str,
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=text)
    site.add_data_option(parser)
    parser.set_defaults(run=lambda args: _start(args, run))
    return parser


def _start(args: argparse.Namespace, run) -> int:  # type: ignore[no-untyped-def]
    site.start_django(args.data)
    site.check_migrated()
    code: int = run(args)
    return code


def _verify(args: argparse.Namespace) -> int:
    from noaber.apps.exchange.journal.verify import verify_journals

    verified = verify_journals()
    if verified.broken:
        print(_broken_line(verified.broken))
        return 1
    print(f"{verified.entries} entries of {verified.journals} journals checked: every chain and every signature holds.")
    return 0


def _broken_line(broken: Broken) -> str:
    about = f" (message {broken.message_id})" if broken.message_id else ""
    return f"Broken: journal of {broken.organisation}, entry {broken.sequence}{about}: {BREAKS[broken.what]}."


def _rebuild(args: argparse.Namespace) -> int:
    """Only from journals that hold: what was tampered with is not derived from."""
    from noaber.apps.exchange.journal.verify import verify_journals
    from noaber.apps.exchange.rebuild import rebuild_projections

    verified = verify_journals()
    if verified.broken:
        print(_broken_line(verified.broken), "Nothing was derived from it.")
        return 1
    rebuilt = rebuild_projections(keep=not args.check)
    for table, count in rebuilt.changed.items():
        print(f"{table}: {count} rows differed.")
    if rebuilt.changed:
        print("Nothing was changed." if args.check else "The tables now say what the journal says.")
        return 1 if args.check else 0
    print(f"{rebuilt.threads} exchanges derived anew from {rebuilt.messages} messages; it changes nothing.")
    return 0


def _erase(args: argparse.Namespace) -> int:
    from noaber.apps.exchange.services import erase_exchange

    count = erase_exchange(args.organisation, args.request, reason=args.reason)
    print(f"{count} payloads erased from the journal of {args.organisation}.")
    return 0


def _keys(args: argparse.Namespace) -> int:
    from noaber.apps.accounts.queries import get_organisation
    from noaber.apps.exchange.journal import keys
    from noaber.apps.exchange.models import SigningKey

    if args.rotate:
        keys.make_key(get_organisation(args.rotate))
    if args.trust:
        code, public_key = args.trust
        keys.trust_key(get_organisation(code), public_key)
    for key in SigningKey.objects.select_related("organisation").order_by("organisation__code", "valid_from"):
        until = key.valid_until.isoformat(timespec="seconds") if key.valid_until else "now"
        sys.stdout.write(
            f"{key.organisation.code}\t{key.public_key}\t{key.valid_from.isoformat(timespec='seconds')}\t{until}\n"
        )
    return 0
