"""Organisations, people, who belongs where, and the sharing groups."""

from __future__ import annotations

from typing import ClassVar, Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.enums import GroupCapacity, OrganisationKind, Role
from noaber.reference.exonyms import town_in_language
from noaber.reference.texts import OWN_NAMES
from noaber.web.reader import reader_language

LANGUAGES = list(OWN_NAMES.items())


def in_reader_language(names: dict[str, str]) -> str:
    """The entry of `names` in the language of the page, else in English, else any."""
    language = reader_language()
    return names.get(language) or names.get("en") or next(iter(names.values()), "")


class Organisation(models.Model):
    """A centre, partner, secretariat, observer or service; its code is its name in messages."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    names = models.JSONField(_("names"), default=dict)
    country = models.CharField(_("country"), max_length=2, blank=True)
    territory = models.CharField(_("territory"), max_length=5, blank=True, help_text="NUTS 2021")
    seat = models.CharField(_("seat"), max_length=80, blank=True)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    languages = models.JSONField(_("languages"), default=list)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Brussels")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    released_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="releases",
        verbose_name=_("its means are released by"),
        help_text=_("Empty where it releases them itself, or where nothing is known."),
    )
    connected = models.BooleanField(
        _("uses Noaber"), default=False, help_text=_("Others are asked on paper or by mail, outside Noaber.")
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("organisation", args=[self.code])

    @property
    def name(self) -> str:
        return in_reader_language(self.names)

    @property
    def seat_name(self) -> str:
        """Its seat, as the reader's language calls the town."""
        return town_in_language(self.seat, reader_language())


class Responsibility(models.Model):
    """What happens in this territory is the organisation's to answer for. Derived from the reference data.

    There is a row for every territory in which an incident can lie, so that the sharing rule compares whole codes.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="responsibilities")
    territory = models.CharField(max_length=5, db_index=True)
    answers_for = models.CharField(max_length=5)
    """The territory of its own that says so: it holds the other, or lies in it."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "territory"), name="answers_once_for_each"),)

    def __str__(self) -> str:
        return f"{self.organisation} for {self.territory}"


class Person(AbstractUser):
    """Someone who signs in. What they may do comes from their memberships."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    display_name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, blank=True)

    objects: ClassVar[UserManager[Self]] = UserManager()

    class Meta:
        ordering = ("display_name",)
        verbose_name = _("person")
        verbose_name_plural = _("persons")

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name


class Membership(models.Model):
    """One role of a person in an organisation, while it lasts."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("organisation__code", "role")
        constraints = (
            models.UniqueConstraint(fields=("person", "organisation", "role"), name="one_role_once"),
            models.CheckConstraint(
                condition=models.Q(since__isnull=True)
                | models.Q(until__isnull=True)
                | models.Q(until__gte=models.F("since")),
                name="membership_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation} · {self.role}"


class SharingGroup(models.Model):
    """A circle of organisations that an owner may let a record reach."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    names = models.JSONField(_("names"), default=dict)
    organisations = models.ManyToManyField(Organisation, through="GroupMembership", related_name="sharing_groups")

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        return in_reader_language(self.names)


class GroupMembership(models.Model):
    group = models.ForeignKey(SharingGroup, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="group_memberships")
    capacity = models.CharField(_("as"), max_length=10, choices=GroupCapacity.choices)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("group", "organisation"), name="one_seat_in_a_group"),)

    def __str__(self) -> str:
        return f"{self.organisation} in {self.group}"


class Feed(models.Model):
    """How often something that an organisation sees has changed: what an open page listens to.

    The counter is raised in the transaction of the change, under the row's lock, so no reader can miss one.
    """

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="feed")
    version = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.organisation} at {self.version}"


class OnceToken(models.Model):
    """The token of a form that was carried out: the same form sent twice does its work once."""

    token = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, models.CASCADE)
    used_at = models.DateTimeField()
    location = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.token
