"""Two people of one organisation change one plan, one of its objectives, or one indicator."""

from __future__ import annotations

from decimal import Decimal

from edit_hands import Window, check_two_people, two_clients
from noaber.apps.accounts.acting import Acting
from noaber.apps.plans import services
from noaber.apps.plans.models import Indicator
from noaber.apps.plans.values import IndicatorData
from plans_builders import director_of, make_objective, make_plan, make_programme

Centres = tuple[Acting, Acting, Acting]


def test_a_plan(centres: Centres) -> None:
    plan = make_programme(centres[0])
    changes = ({"last_year": "2027"}, {"title_fr": "Programme 2025-2027"})
    check_two_people(two_clients(centres[0]), f"/plans/{plan.number}/edit", changes=changes, field="text")


def test_an_objective_and_its_part(centres: Centres) -> None:
    plan = make_programme(centres[0])
    objective = make_objective(centres[0], plan)
    part = make_objective(centres[0], plan, "Read every text", parent=objective)
    changes = ({"last_year": "2027"}, {"responsible": "NL-NCC"})
    for record in (objective, part):
        address = f"/plans/objectives/{record.pk}/edit"
        check_two_people(two_clients(centres[0]), address, changes=changes, field="title")


def test_an_indicator(centres: Centres) -> None:
    objective = make_objective(centres[0], make_plan(centres[0]))
    data = IndicatorData("Texts read", "en", "texts", Decimal("0.5"), None)
    record = services.add_indicator(centres[0], objective, data)
    changes = ({"target": "12.5"}, {"unit": "pages"})
    address = f"/plans/indicators/{record.pk}/"
    clients = two_clients(centres[0])
    one, other = Window(clients[0], address), Window(clients[1], address)
    assert one.send(changes[0]).status_code == 302
    assert other.send(changes[1]).status_code == 302
    found = Indicator.objects.get()
    assert (found.baseline, found.target, found.unit) == (Decimal("0.5"), Decimal("12.5"), "pages")
    check_two_people(clients, address, changes=({"unit": "texts"}, {"language": "fr"}), field="name")


def test_words_for_a_plan_that_was_adopted_meanwhile_stay_in_the_form(centres: Centres) -> None:
    plan = make_plan(centres[0])
    objective = make_objective(centres[0], plan)
    window = Window(two_clients(centres[0])[0], f"/plans/objectives/{objective.pk}/edit")
    day = plan.first_on
    services.adopt_plan(director_of(centres[0]), plan, adopted_on=day, adopted_by="The directors")
    refused = window.send({"title": "Words of an hour"})
    assert refused.status_code == 409
    assert "This plan is adopted" in refused.content.decode()
    assert window.fields["title"] == ["Words of an hour"]
    objective.refresh_from_db()
    assert objective.title == "Know who may help"
