"""The kinds and roles of people and organisations."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationKind(TextChoices):
    NATIONAL_CENTRE = "national-centre", _("national centre")
    REGIONAL_PARTNER = "regional-partner", _("regional partner")
    SECRETARIAT = "secretariat", _("secretariat")
    OBSERVER = "observer", _("observer")
    SERVICE = "service", _("service, owner of capacities")


class Role(TextChoices):
    DUTY_OFFICER = "duty-officer", _("duty officer")
    PLANNER = "planner", _("planner")
    DIRECTOR = "director", _("director")
    POLICY_OFFICER = "policy-officer", _("policy officer")
    ADMINISTRATOR = "administrator", _("administrator")
    OBSERVER = "observer", _("observer")


class GroupCapacity(TextChoices):
    """As what an organisation belongs to a sharing group."""

    MEMBER = "member", _("member")
    PARTNER = "partner", _("partner")
    OBSERVER = "observer", _("observer")


class TlpLabel(TextChoices):
    """TLP 2.0 (FIRST). The words are the standard's own and are not translated."""

    CLEAR = "CLEAR", "TLP:CLEAR"
    GREEN = "GREEN", "TLP:GREEN"
    AMBER = "AMBER", "TLP:AMBER"
    AMBER_STRICT = "AMBER+STRICT", "TLP:AMBER+STRICT"
    RED = "RED", "TLP:RED"


class Status(TextChoices):
    """Actual, Exercise or Test: on every record from birth."""

    ACTUAL = "Actual", _("Actual")
    EXERCISE = "Exercise", _("Exercise")
    TEST = "Test", _("Test")


class Permission(StrEnum):
    """What a person may do for the organisation for which they act. Which role may: `permissions.py`."""

    READ = "read"
    OPEN_INCIDENT = "open-incident"
    SEND_REQUEST = "send-request"
    ANSWER_REQUEST = "answer-request"
    REPORT_DEPLOYMENT = "report-deployment"
    KEEP_LOG = "keep-log"
    SIGN_OFF = "sign-off"
    EDIT_CAPACITIES = "edit-capacities"
    EDIT_AGREEMENTS = "edit-agreements"
    EDIT_CONTACTS = "edit-contacts"
    CLOSE_ROADS = "close-roads"
    COOPERATE = "cooperate"
    MANAGE_PEOPLE = "manage-people"
    MANAGE_INSTALLATION = "manage-installation"
