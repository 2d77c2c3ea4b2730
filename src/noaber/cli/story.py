"""`noaber story`: play the exercise on, through the same services as the pages, while the site is served or not."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from noaber.cli import site
from noaber.cli.demo import start_exercise
from noaber.core.problems import InvalidInput, Problem

if TYPE_CHECKING:
    from noaber.apps.demo.player import Played


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("story", help="play the exercise of the demo on")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    _add_action(actions, "list", "what has been played, and what is to come")
    following = _add_action(actions, "next", "play the next step")
    following.add_argument("count", nargs="?", type=int, default=1, metavar="N", help="so many steps (1)")
    until = _add_action(actions, "until", "play everything up to a time of the exercise, and put its clock there")
    until.add_argument("time", metavar="TIME", help="20:30, or 2021-07-15T06:00+02:00")
    _add_action(actions, "all", "play everything to the end")
    for name in ("next", "until", "all"):
        actions.choices[name].add_argument(
            "--leave",
            action="append",
            default=[],
            metavar="CODE",
            help="leave the steps of this organisation to people; may be repeated",
        )


def _add_action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=text)
    site.add_data_option(parser)
    parser.set_defaults(run=run)
    return parser


def run(args: argparse.Namespace) -> int:
    start_exercise(args.data)
    from noaber.apps.demo import player

    _check_loaded()
    match args.action:
        case "list":
            _list()
        case "next":
            _tell(player.play(most=args.count, leave=_codes(args.leave)))
        case "all":
            _tell(player.play(leave=_codes(args.leave)))
        case "until":
            _play_until(_time(args.time), _codes(args.leave))
    return 0


def _check_loaded() -> None:
    """Tables that are missing or older are brought up to date by the command that loads the exercise."""
    from noaber.apps.demo.load import is_loaded

    if site.count_waiting_migrations() or not is_loaded():
        raise InvalidInput([Problem("demo.not-loaded")])


def _list() -> None:
    from noaber.apps.demo import player
    from noaber.reference.demo.story import load_story
    from noaber.web import clock

    waiting = {step.id for step in player.waiting_steps()}
    for step in load_story():
        mark = " " if step.id in waiting else "x"
        site.say(f"[{mark}] {_local(step.at):%d %b %H:%M}  {step.organisation:<8}  {step.caption.en}")
    site.say(f"The exercise's clock shows {_local(clock.now()):%d %B %Y, %H:%M}.")


def _play_until(moment: datetime, leave: frozenset[str]) -> None:
    from noaber.apps.demo import player
    from noaber.web import clock

    if not _tell(player.play(until=moment, leave=leave)):
        clock.advance_to(moment)
        site.say(f"The exercise's clock shows {_local(clock.now()):%d %B %Y, %H:%M}.")


def _tell(steps: Iterable[Played]) -> bool:
    """Say each step as it is taken; answers whether the story stopped because it is somebody's turn."""
    told = False
    turn = False
    for played in steps:
        told = True
        turn = played.outcome is None and not played.why
        site.say(_line(played))
    if not told:
        site.say("There is nothing to play.")
    return turn


def _line(played: Played) -> str:
    step = played.step
    line = f"{_local(played.at):%d %b %H:%M}  {step.organisation:<8}  {step.caption.en}"
    if played.outcome is None:
        return f"{line} Held: {played.why}" if played.why else f"{line} This is for {step.organisation} to do."
    return line if played.outcome == "played" else f"{line} (Overtaken: nothing was left to do.)"


def _local(moment: datetime) -> datetime:
    from noaber.reference.demo.scenario import load_scenario

    return moment.astimezone(ZoneInfo(load_scenario().time_zone))


def _time(text: str) -> datetime:
    """An instant; from a time of day alone, the next one after the exercise's own time."""
    from noaber.web import clock

    if re.fullmatch(r"\d{1,2}:\d{2}", text):
        try:
            asked = datetime.strptime(text, "%H:%M").time()
        except ValueError as error:
            raise InvalidInput([Problem("demo.time", params={"text": text})]) from error
        here = _local(clock.now())
        moment = datetime.combine(here.date(), asked, here.tzinfo)
        return moment if moment >= here.replace(second=0, microsecond=0) else moment + timedelta(days=1)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput([Problem("demo.time", params={"text": text})]) from error
    if moment.tzinfo is None:
        raise InvalidInput([Problem("demo.time", params={"text": text})])
    return moment


def _codes(given: list[str]) -> frozenset[str]:
    """The organisations that people play; an unknown one is refused."""
    from noaber.apps.accounts.models import Organisation

    known = set(Organisation.objects.filter(code__in=given).values_list("code", flat=True))
    for code in given:
        if code not in known:
            raise InvalidInput([Problem("person.organisation", params={"code": code})])
    return frozenset(given)
