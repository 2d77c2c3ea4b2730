"""A recommendation or an action that is begun from another record says from which, and begins shared like it."""

from __future__ import annotations

from django.test import Client

from actions_builders import make_centres, make_recommendation
from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import TlpLabel
from noaber.apps.actions.models import Action, Recommendation
from noaber.apps.library.links import linked_with
from noaber.apps.registry.models import Capacity
from registry_builders import make_capacity


def begun(acting: Acting, address: str) -> str:
    answer = client_of(acting).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def client_of(acting: Acting) -> Client:
    client = Client()
    client.force_login(acting.person)
    return client


def of_a_capacity(acting: Acting) -> Capacity:
    capacity = make_capacity(acting.organisation, "Pumps of the north")
    Capacity.objects.update(tlp=TlpLabel.AMBER_STRICT)
    return capacity


def test_from_the_page_of_a_capacity(db: None):
    brussels, _hague, _dusseldorf = make_centres()
    capacity = of_a_capacity(brussels)
    shown = begun(brussels, f"/links/capacity/{capacity.pk}/")
    for where in ("/recommendations/new", "/actions/new"):
        assert f"{where}?source=capacity:{capacity.pk}" in shown
        form = begun(brussels, f"{where}?source=capacity:{capacity.pk}")
        assert f'<a href="{capacity.get_absolute_url()}">' in form
        assert f'value="{TlpLabel.AMBER_STRICT}" selected' in form
    assert "About “Pumps of the north" in begun(brussels, f"/recommendations/new?source=capacity:{capacity.pk}")


def test_what_is_begun_is_linked_with_what_it_came_from(db: None):
    brussels, _hague, _dusseldorf = make_centres()
    capacity = of_a_capacity(brussels)
    given = {"language": "en", "made_on": "2024-06-24", "origin": "other", "tlp": "AMBER"}
    client = client_of(brussels)
    client.post(f"/recommendations/new?source=capacity:{capacity.pk}", given | {"text": "Mark them."})
    act = given | {"title": "Mark the pumps", "responsible": "BE-NCCN"}
    client.post(f"/actions/new?source=capacity:{capacity.pk}", act)
    linked = [end.record for end in linked_with(brussels.organisation, capacity)]
    assert linked == [Recommendation.objects.get(), Action.objects.get()]


def test_an_action_begins_with_the_words_of_its_recommendation(db: None):
    brussels, _hague, _dusseldorf = make_centres()
    long = f"Share one list. {'And again. ' * 30}".strip()
    for text in ("Partager une liste.", long):
        recommendation = make_recommendation(brussels, text=text, language="fr", groups=["BENELUX"])
        form = begun(brussels, f"/actions/new?source=recommendation:{recommendation.pk}")
        assert text in form
        assert 'value="fr" selected' in form
        assert 'value="BENELUX"' in form
