"""What is there when the exercise opens: all of it or nothing, once, and nothing that could be taken for real."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.test import Client

from noaber.apps.accounts.enums import Status
from noaber.apps.accounts.models import Organisation, Person
from noaber.apps.actions.models import Action
from noaber.apps.demo import load
from noaber.apps.demo.cast import PASSWORD, accounts
from noaber.apps.demo.models import PlayedStep
from noaber.apps.exchange.journal.verify import verify_journals
from noaber.apps.exchange.models import Deployment, JournalEntry, Payload, Request
from noaber.apps.library.models import Document
from noaber.apps.meetings.models import Decision
from noaber.apps.planner.models import Incident
from noaber.apps.practices.models import Lesson, LessonCheck, Practice, Reuse
from noaber.apps.records.models import Change
from noaber.apps.registry.models import Capacity, ContactPoint
from noaber.core.messages import canonical
from noaber.core.messages.model import StatusKind
from noaber.reference.demo.scenario import load_people, load_scenario
from noaber.reference.demo.story import played_steps
from page_addresses import ADMINISTRATORS_PAGES, PAGES, PLANNERS_PAGES

EVERY_PAGE = [*PAGES, *PLANNERS_PAGES, *ADMINISTRATORS_PAGES]
NOT_THERE = {"/i/nothing/", "/nowhere/"}
READERS = ("be-nccn-policy", "be-nccn-planner", "be-nccn", "be-nccn-admin", "bnl-sg")
OURS = ("accounts", "registry", "exchange", "planner", "demo")
RINGS_NOWHERE = re.compile(r"\+(32|31|352) 0[ 0-9]+|\+49 (30 23125|221 4710) \d{3}|\+33 (3 53 01|1 99 00) \d\d \d\d")
"""A zero after the country code, and the numbers set aside for fiction in Germany and France."""


def our_models() -> Iterator[type[models.Model]]:
    for label in OURS:
        yield from apps.get_app_config(label).get_models()


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Everything that our tables hold."""
    return {
        model._meta.label: sorted((repr(row) for row in model._default_manager.values_list()), key=str)
        for model in our_models()
    }


def test_bringing_it_in_twice_changes_nothing(loaded: None) -> None:
    before = rows()
    assert load.load_exercise() is False
    assert rows() == before
    assert before["demo.PlayedStep"]


def test_nothing_is_told_of_the_days_after_the_handover(loaded: None) -> None:
    """What is still to come is planned, never done: the latest day told is that on which Belgium hands over."""
    handed_over = datetime.date(2024, 12, 19)
    assert max(Change.objects.values_list("at", flat=True)).date() == handed_over
    for model, name in (
        (Practice, "made_on"),
        (Reuse, "since"),
        (Lesson, "made_on"),
        (LessonCheck, "checked_on"),
        (Action, "done_on"),
        (Decision, "made_on"),
        (Document, "dated"),
    ):
        assert not model._default_manager.filter(**{f"{name}__gt": handed_over}).exists(), model


def test_the_small_exchange_is_over_and_three_incidents_are_open(loaded: None) -> None:
    assert sorted(Incident.objects.filter(closed_at=None).values_list("place", flat=True)) == [
        "Eschweiler",
        "Pepinster",
        "Valkenburg",
    ]
    assert Incident.objects.get(place="Ettelbruck").closed_at is not None
    assert [request.state for request in Request.objects.all()] == ["CLOSED"]
    assert [deployment.state for deployment in Deployment.objects.all()] == ["RETURNED"]
    assert set(PlayedStep.objects.values_list("step", flat=True)) == {step.id for step in played_steps()}
    assert verify_journals().broken is None


def test_each_message_carries_the_time_of_its_step(loaded: None) -> None:
    sent = sorted(canonical.decode(bytes(payload.content)).sent_at for payload in Payload.objects.all())
    steps = [
        step for step in played_steps() if step.step not in {"authorise-request", "open-incident", "close-incident"}
    ]
    assert sent == sorted(step.at for step in steps)
    assert {entry.recorded_at for entry in JournalEntry.objects.all()} == set(sent)
    assert max(Incident.objects.values_list("opened_at", flat=True)) < load_scenario().starts_at


def test_everything_is_an_exercise(loaded: None) -> None:
    checked = set()
    for model in our_models():
        fields = [field.name for field in model._meta.get_fields() if getattr(field, "choices", None) == Status.choices]
        for field in fields:
            values = set(model._default_manager.values_list(field, flat=True))
            assert values <= {Status.EXERCISE}, model
            checked |= {model} if values else set()
    assert {Incident, Request, Deployment, Capacity, ContactPoint} <= checked
    messages = [canonical.decode(bytes(payload.content)) for payload in Payload.objects.all()]
    assert {message.envelope.status for message in messages} == {StatusKind.EXERCISE}


def test_nobody_real_can_be_rung_or_written_to(loaded: None) -> None:
    phones = {
        phone
        for model, field in ((Person, "phone"), (ContactPoint, "phone"))
        for phone in model._default_manager.exclude(**{field: ""}).values_list(field, flat=True)
    }
    contacts = [
        contact for payload in Payload.objects.all() for contact in canonical.decode(bytes(payload.content)).contacts
    ]
    phones |= {contact.phone for contact in contacts if contact.phone}
    assert len(phones) > 20
    assert [phone for phone in phones if not RINGS_NOWHERE.fullmatch(phone)] == []
    written = json.dumps(rows()) + "".join(str(contact) for contact in contacts)
    domains = set(re.findall(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)", written))
    assert domains == {"example.org"}


def test_a_figure_without_a_source_is_marked(loaded: None) -> None:
    assert Capacity.objects.count() == 239
    assert not Capacity.objects.filter(illustrative=False, source="").exists()


def test_who_is_printed_can_sign_in_and_nobody_else(loaded: None, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.RATE_LIMITS_OF_A_CLASS
    printed = {account.username for account in accounts()}
    assert (
        printed
        == {person.username for person in load_people()}
        == set(Person.objects.values_list("username", flat=True))
    )
    for username in sorted(printed):
        client = Client()
        client.post("/accounts/login/", {"login": username, "password": PASSWORD})
        assert client.session.get("_auth_user_id"), username


def test_every_page_opens_for_one_of_those_who_may(loaded: None) -> None:
    """On each database: what one answers, another may refuse."""
    clients = {username: Client() for username in READERS}
    for username, client in clients.items():
        client.force_login(Person.objects.get(username=username))
    opened = {
        address
        for address in EVERY_PAGE
        if any(client.get(address, follow=True).status_code == 200 for client in clients.values())
    }
    assert set(EVERY_PAGE) - opened == NOT_THERE


def test_each_connected_organisation_has_an_account(loaded: None) -> None:
    connected = set(Organisation.objects.filter(connected=True).values_list("code", flat=True))
    assert connected == {account.organisation for account in accounts()}
