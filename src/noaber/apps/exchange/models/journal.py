"""The journal's tables: the truth of this app. The database itself refuses to change them (`journal/guards.py`)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from noaber.apps.accounts.enums import Status
from noaber.apps.accounts.models import Organisation
from noaber.core.journal import Entry, EntryKind

ID_LENGTH = 200
"""Longest message id, element id or case id that is accepted."""


class KindOfEntry(models.TextChoices):
    SENT = EntryKind.SENT, _("sent")
    RECEIVED = EntryKind.RECEIVED, _("received")
    ERASED = EntryKind.ERASED, _("erased")
    QUARANTINED = EntryKind.QUARANTINED, _("set aside")


class SigningKey(models.Model):
    """A public Ed25519 key of an organisation. Its private half is a file outside the database (`journal/keys.py`)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="signing_keys")
    key_id = models.CharField(max_length=32, unique=True)
    public_key = models.CharField(max_length=64)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("organisation", "valid_from")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation",), condition=models.Q(valid_until=None), name="one_current_signing_key"
            ),
        )

    def __str__(self) -> str:
        return self.key_id


class JournalHead(models.Model):
    """Where an organisation's journal ends. Whoever appends holds this row's lock."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="journal_head")
    sequence = models.PositiveBigIntegerField(default=0)
    entry_hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.organisation} {self.sequence}"


class JournalEntry(models.Model):
    """One entry: see `core.journal.Entry` for what each field means."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="journal")
    sequence = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=12, choices=KindOfEntry.choices)
    message_id = models.CharField(max_length=ID_LENGTH, db_index=True)
    message_type = models.CharField(max_length=60)
    thread_id = models.CharField(max_length=ID_LENGTH, db_index=True)
    case_id = models.CharField(max_length=ID_LENGTH)
    status = models.CharField(max_length=8, choices=Status.choices)
    payload_digest = models.CharField(max_length=64, db_index=True)
    signer = models.CharField(max_length=40)
    signing_key = models.CharField(max_length=32)
    signature = models.CharField(max_length=128)
    reason = models.TextField()
    recorded_at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64)
    entry_hash = models.CharField(max_length=64, unique=True)
    keeper_key = models.CharField(max_length=32)
    keeper_signature = models.CharField(max_length=128)

    class Meta:
        ordering = ("organisation", "sequence")
        indexes = (models.Index(fields=("organisation", "case_id", "sequence"), name="journal_of_a_case"),)
        constraints = (
            models.UniqueConstraint(fields=("organisation", "sequence"), name="one_entry_a_number"),
            models.UniqueConstraint(fields=("organisation", "previous_hash"), name="one_entry_after_another"),
            models.UniqueConstraint(
                fields=("organisation", "message_id", "kind"),
                condition=~models.Q(kind=EntryKind.QUARANTINED.value),
                name="one_entry_a_message",
            ),
            models.UniqueConstraint(
                fields=("organisation", "message_id", "payload_digest"),
                condition=models.Q(kind=EntryKind.QUARANTINED.value),
                name="one_entry_a_quarantine",
            ),
            models.CheckConstraint(condition=models.Q(sequence__gte=1), name="journal_begins_at_one"),
        )

    def __str__(self) -> str:
        return f"{self.organisation} {self.sequence}"

    @property
    def short_hash(self) -> str:
        """Enough of the hash to compare by eye."""
        return self.entry_hash[:12]

    def as_entry(self, organisation: str) -> Entry:
        """The entry as it is hashed; `organisation` is the keeper's code."""
        return Entry(
            organisation=organisation,
            sequence=self.sequence,
            kind=EntryKind(self.kind),
            message_id=self.message_id,
            message_type=self.message_type,
            thread_id=self.thread_id,
            case_id=self.case_id,
            status=self.status,
            payload_digest=self.payload_digest,
            signer=self.signer,
            signing_key=self.signing_key,
            signature=self.signature,
            reason=self.reason,
            recorded_at=self.recorded_at,
            previous_hash=self.previous_hash,
        )


class Payload(models.Model):
    """The canonical bytes of a message, once for all journals of this node that name their digest."""

    digest = models.CharField(max_length=64, primary_key=True)
    message_id = models.CharField(max_length=ID_LENGTH, unique=True)
    thread_id = models.CharField(max_length=ID_LENGTH, db_index=True)
    ended_thread_id = models.CharField(max_length=ID_LENGTH, db_index=True)
    """The exchange that it ends besides opening its own: of a request that replaces another one; else empty."""
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.message_id


class Quarantine(models.Model):
    """What arrived and was set aside: it changes nothing until a person has looked at it."""

    message_id = models.CharField(max_length=ID_LENGTH)
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    signer = models.CharField(max_length=40)
    signature = models.CharField(max_length=128)
    reason = models.CharField(max_length=60)
    arrived_at = models.DateTimeField()

    class Meta:
        ordering = ("-arrived_at",)
        constraints = (models.UniqueConstraint(fields=("message_id", "digest"), name="set_aside_once"),)

    def __str__(self) -> str:
        return self.message_id
