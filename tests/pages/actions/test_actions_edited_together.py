"""Two people of one organisation change one action, or one recommendation."""

from __future__ import annotations

from actions_builders import make_action, make_recommendation
from edit_hands import Window, check_two_people, two_clients
from noaber.apps.accounts.acting import Acting
from noaber.apps.actions import services
from noaber.apps.actions.models import Action
from noaber.apps.records.history import history_of

Centres = tuple[Acting, Acting, Acting]


def test_an_action(centres: Centres) -> None:
    record = make_action(centres[0], groups=["BENELUX"])
    changes = ({"due_on": "2024-12-01"}, {"responsible_function": "Planner", "groups": ["BENELUX"]})
    check_two_people(two_clients(centres[0]), f"/actions/{record.number}/edit", changes=changes, field="description")


def test_a_recommendation(centres: Centres) -> None:
    record = make_recommendation(centres[0])
    changes = ({"made_by": "The board"}, {"origin": "incident"})
    check_two_people(two_clients(centres[0]), f"/recommendations/{record.number}/edit", changes=changes, field="text")


def test_three_people_change_one_field(centres: Centres) -> None:
    """What changed again since it was shown is shown again before it is chosen."""
    record = make_action(centres[0])
    one, other = two_clients(centres[0])
    windows = [Window(client, f"/actions/{record.number}/edit") for client in (one, other, one)]
    for window, title in zip(windows, ("First", "Second", "Third"), strict=True):
        window.fields |= {"title": title}
    assert windows[0].send({}).status_code == 302
    assert windows[1].send({}).status_code == 409
    assert windows[2].send({}).status_code == 409
    assert windows[2].send({}, keep="mine:title").status_code == 302
    again = windows[1].send({}, keep="theirs:title")
    assert again.status_code == 409
    assert "Third" in again.content.decode()
    assert windows[1].fields["title"] == ["Second"]
    assert windows[1].send({}, keep="mine:title").status_code == 302
    record.refresh_from_db()
    assert record.title == "Second"
    assert [change.fields["title"][1] for change in history_of(record) if "title" in change.fields] == [
        "Second", "Third", "First",
    ]  # fmt: skip


def test_two_fields_are_settled_one_by_one_and_nothing_is_saved_before(centres: Centres) -> None:
    record = make_action(centres[0], title="Before", description="Before.")
    one, other = (Window(client, f"/actions/{record.number}/edit") for client in two_clients(centres[0]))
    assert one.send({"title": "Theirs", "description": "Theirs."}).status_code == 302
    assert other.send({"title": "Mine", "description": "Mine.", "due_on": "2024-11-30"}).status_code == 409
    assert other.send({}, keep="theirs:title").status_code == 409
    record.refresh_from_db()
    assert (record.title, record.description, record.due_on) == ("Theirs", "Theirs.", None)
    assert other.send({"description": "Theirs, and mine."}, keep="mine:description").status_code == 302
    record.refresh_from_db()
    assert (record.title, record.description) == ("Theirs", "Theirs, and mine.")
    assert str(record.due_on) == "2024-11-30"


def test_whoever_goes_back_and_writes_on_saves_again(centres: Centres) -> None:
    """The browser shows the form as it was left, token and all; sent unchanged, it was saved already."""
    record = make_action(centres[0], title="Before")
    window = Window(two_clients(centres[0])[0], f"/actions/{record.number}/edit")
    window.fields |= {"title": "After"}
    assert window.send({}).status_code == 302
    assert window.send({}).status_code == 302
    assert len(history_of(record)) == 2
    assert window.send({"title": "Long after"}).status_code == 409
    assert window.send({}, keep="mine:title").status_code == 302
    assert Action.objects.get().title == "Long after"


def test_what_is_wrong_in_a_merged_form_is_said_beside_the_merged_values(centres: Centres) -> None:
    record = make_action(centres[0])
    one, other = (Window(client, f"/actions/{record.number}/edit") for client in two_clients(centres[0]))
    assert one.send({"description": "Theirs."}).status_code == 302
    assert other.send({"title": " "}).status_code == 422
    assert other.fields["description"] == ["Theirs."]
    assert other.send({"title": "Better"}).status_code == 302
    record.refresh_from_db()
    assert (record.title, record.description) == ("Better", "Theirs.")


def test_a_step_that_somebody_took_meanwhile_is_refused_in_words(centres: Centres) -> None:
    record = make_action(centres[0])
    one, other = two_clients(centres[0])
    drop = {"drop-reason": "No money.", "drop-language": "en"}
    assert one.post(f"/actions/{record.number}/drop", drop).status_code == 302
    refused = other.post(f"/actions/{record.number}/drop", drop)
    assert refused.status_code == 409
    assert "somebody has acted meanwhile" in refused.content.decode()
    services.reopen_action(centres[0], record, reason="Money came.", language="en")
