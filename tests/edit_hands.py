"""Two people at one form: each opens it as a browser would, and sends it with what they changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.test import Client
from lxml import html

from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Role
from registry_builders import make_acting

Fields = dict[str, Any]
ByClient = tuple[Client, Client]


def two_clients(acting: Acting) -> ByClient:
    """Two people of one organisation, each with a browser of their own."""
    people = (acting.person, make_acting(acting.organisation, Role.POLICY_OFFICER).person)
    clients = (Client(), Client())
    for client, person in zip(clients, people, strict=True):
        client.force_login(person)
    return clients


class Window:
    """A form that is open in somebody's browser."""

    def __init__(self, client: Client, address: str, *, page: str = "") -> None:
        """`page` is where the form at `address` stands, where that is another page."""
        self.client = client
        self.address = address
        answer = client.get(page or address)
        assert answer.status_code == 200, answer.status_code
        self.fields = fields_of(answer, address)

    def send(self, changed: Mapping[str, Any], **more: str) -> HttpResponse:
        """Send the form, with other values in some of its fields, or by one of its buttons."""
        self.fields |= changed
        answer = self.client.post(self.address, self.fields | more)
        assert answer.status_code in (302, 409, 422), answer.status_code
        if answer.status_code != 302:
            self.fields = fields_of(answer, self.address)
        return answer


def fields_of(answer: HttpResponse, address: str) -> Fields:
    """What a browser would send of the form on a page that says with what it was opened."""
    page = html.fromstring(answer.content.decode())
    forms = [form for form in page.forms if form.xpath(".//input[@name='opened' or contains(@name, '-opened')]")]
    form = next(form for form in forms if (form.action or address) == address)
    fields: Fields = {}
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value.removeprefix("\n"))  # a browser drops the first line end of an area
    return fields


def check_two_people(
    clients: ByClient, address: str, *, changes: tuple[Fields, Fields], field: str, page: str = ""
) -> None:
    """Changes of different fields are both saved; of one field, the two are shown and one of them is chosen.

    Parameters
    ----------
    changes
        Two changes of different fields.
    field
        A field of text, which both then change.
    """
    one, other = clients
    first, second = Window(one, address, page=page), Window(other, address, page=page)
    assert first.send(changes[0]).status_code == 302
    assert second.send(changes[1]).status_code == 302
    both = Window(one, address, page=page).fields
    for name, value in (changes[0] | changes[1]).items():
        assert both[name] == (value if isinstance(value, list) else [value])

    first, second = Window(one, address, page=page), Window(other, address, page=page)
    assert first.send({field: "Words of the first."}).status_code == 302
    refused = second.send({field: "Words of the second."})
    assert refused.status_code == 409
    shown = html.fromstring(refused.content.decode()).xpath("//fieldset[@class='clash']")
    assert len(shown) == 1
    assert "Words of the first." in shown[0].text_content()
    assert "Words of the second." in shown[0].text_content()
    assert second.fields[field] == ["Words of the second."]
    assert Window(one, address, page=page).fields[field] == ["Words of the first."]

    prefix, _dash, bare = field.rpartition("-")
    keep = f"{prefix}-keep" if prefix else "keep"
    assert second.send({}).status_code == 409
    assert second.send({}, **{keep: f"mine:{bare}"}).status_code == 302
    assert Window(one, address, page=page).fields[field] == ["Words of the second."]

    first, second = Window(one, address, page=page), Window(other, address, page=page)
    assert first.send({field: "Once more of the first."}).status_code == 302
    assert second.send({field: "Once more of the second."}).status_code == 409
    assert second.send({}, **{keep: f"theirs:{bare}"}).status_code == 302
    assert Window(one, address, page=page).fields[field] == ["Once more of the first."]
