"""Two people of one organisation change one meeting, a point of its agenda, or the words of a decision."""

from __future__ import annotations

from edit_hands import Window, check_two_people, two_clients
from meetings_builders import Table, make_decision, make_item, make_series


def test_a_meeting(table: Table) -> None:
    address = f"/meetings/{table.meeting.pk}/edit"
    changes = ({"starts_time": "09:30"}, {"ends_on": "2024-06-25", "groups": ["BENELUX"]})
    check_two_people(two_clients(table.brussels), address, changes=changes, field="place")


def test_a_point_of_the_agenda(table: Table) -> None:
    item = make_item(table.brussels, table.meeting)
    address = f"/meetings/{table.meeting.pk}/agenda/{item.pk}/edit"
    changes = ({"minutes_allotted": "20"}, {"members_only": "on", "presenter": "NL-NCC"})
    check_two_people(two_clients(table.brussels), address, changes=changes, field="title")


def test_a_decision(table: Table) -> None:
    decision = make_decision(table.brussels, table.meeting)
    address = f"/decisions/{decision.number}/edit"
    one, other = (Window(client, address) for client in two_clients(table.brussels))
    assert one.send({"text": "Theirs."}).status_code == 302
    assert other.send({"text": "Mine."}).status_code == 409
    assert other.send({}, keep="theirs:text").status_code == 302
    decision.refresh_from_db()
    assert decision.text == "Theirs."


def test_a_series(table: Table) -> None:
    series = make_series(table.brussels)
    address = f"/meetings/series/{series.pk}/edit"
    changes = ({"name_nl": "Directeurenoverleg"}, {"name_fr": "Concertation", "tlp": "GREEN"})
    check_two_people(two_clients(table.brussels), address, changes=changes, field="name_en")


def test_a_meeting_that_was_called_off_meanwhile_is_not_convened(table: Table) -> None:
    one, other = two_clients(table.brussels)
    address = f"/meetings/{table.meeting.pk}"
    assert one.post(f"{address}/call-off", {"off-reason": "Snow."}).status_code == 302
    refused = other.post(f"{address}/steps/convened", {})
    assert refused.status_code == 409
    assert "somebody has acted meanwhile" in refused.content.decode()
