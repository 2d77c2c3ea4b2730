"""Capacities on map and lists: the same ones, and how old their state is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from noaber.apps.registry.models import Capacity
from noaber.apps.registry.queries.capacities import bases_of
from noaber.apps.registry.seen import seen_capacities
from noaber.web import clock
from registry_builders import make_capacity


def test_the_map_shows_what_the_filtered_table_lists(neighbours: Any, client_for: Any):
    make_capacity(neighbours.owner, "PUMPS", base="Maastricht")
    make_capacity(neighbours.owner, "BOATS", base="Venlo", lon=6.17, lat=51.37, capabilities=("FRB",))
    client = client_for(neighbours.owner)
    for headers in ({}, {"HX-Request": "true"}):
        text = client.get("/capacities/?capability=FRB", headers=headers).content.decode()
        features = text.partition('id="capacity-map-data"')[2].partition("</script>")[0]
        assert "Venlo, NL-VR24: 4 teams available" in features
        assert "Maastricht" not in features


def test_bases_near_to_each_other_are_one_point_where_there_are_too_many(neighbours: Any):
    for number in range(6):
        make_capacity(neighbours.owner, f"T-{number}", base=f"Base {number}", lon=5.61 + number / 1000, lat=50.81)
    make_capacity(neighbours.owner, "FAR", base="Far", lon=6.9, lat=51.2, quantity=1)
    rows = seen_capacities(neighbours.owner, "Exercise")
    assert len(bases_of(rows, most=7)) == 7
    near, far = sorted(bases_of(rows, most=2), key=lambda base: base.lon)
    assert (near.capacities, near.available, near.only, len(near.names)) == (6, 24, None, 6)
    assert (far.capacities, far.available, far.names) == (1, 1, ("Far",))
    assert [base.capacities for base in bases_of(rows, most=1)] == [7]


def test_a_state_older_than_a_day_is_marked_wherever_it_stands(neighbours: Any, client_for: Any):
    """In the list, on its page, on that of its owner, in the files; what is younger is not marked."""
    for code, hours in (("OLD", 25), ("NEW", 23)):
        make_capacity(neighbours.owner, code, groups=("BENELUX",), now=clock.now() - timedelta(hours=hours))
    client = client_for(neighbours.member)
    mark = "not confirmed for"
    for url in ("/capacities/?q={}", "/capacities/?q={}&owner=NL-VR24&sort=-state_at"):
        for code, expected in (("OLD", 1), ("NEW", 0)):
            rows = client.get(url.format(code), headers={"HX-Request": "true"}).content.decode()
            assert rows.count(mark) == expected
            assert f">{code}</a>" in rows
    assert client.get("/organisations/NL-VR24/").content.decode().count(mark) == 1
    for capacity in Capacity.objects.all():
        text = client.get(capacity.get_absolute_url()).content.decode()
        assert (mark in text) is (capacity.code == "OLD")
    features = client.get("/capacities/?format=geojson").json()["features"]
    assert {feature["properties"]["id"]: feature["properties"]["stale"] for feature in features} == {
        "OLD": True,
        "NEW": False,
    }
    assert client.get("/capacities/?stale=on").context["totals"].capacities == 1


def test_a_state_whose_end_has_passed_says_so(neighbours: Any, client_for: Any):
    past, future = (clock.now() + timedelta(hours=hours) for hours in (-2, 2))
    for code, until in (("PAST", past), ("AHEAD", future)):
        make_capacity(neighbours.owner, code, state="committed", state_until=until, now=clock.now())
    client = client_for(neighbours.owner)
    assert "has passed" in client.get("/capacities/?q=PAST", headers={"HX-Request": "true"}).content.decode()
    ahead = client.get("/capacities/?q=AHEAD", headers={"HX-Request": "true"}).content.decode()
    assert "until" in ahead
    assert "has passed" not in ahead
