"""Texts to send: an invitation and a reminder, in the language of whoever gets them, ready for any mail program."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from noaber.apps.campaigns.enums import Part
from noaber.apps.campaigns.models import Ask, Invitation
from noaber.web import wording


@dataclass(frozen=True)
class Letter:
    """A mail that is not sent from here: subject, text, and an address that opens it in the mail program."""

    to: str
    subject: str
    text: str
    language: str

    @property
    def mailto(self) -> str:
        subject, body = quote(self.subject, safe=""), quote(self.text.replace("\n", "\r\n"), safe="")
        return f"mailto:{quote(self.to, safe='@')}?subject={subject}&body={body}"


def invitation_letter(invitation: Invitation, link: str) -> Letter:
    """What goes with the link."""
    ask = invitation.ask
    with translation.override(invitation.language):
        lines = [
            _("Dear %(name)s,") % {"name": invitation.name},
            _("%(owner)s asks in “%(campaign)s” what stands about %(organisation)s: %(part)s.") % _facts(ask),
            _("This link opens the page, without an account. There is nothing to learn, and every answer is kept."),
            link,
            _("It opens until %(day)s and is for you alone; pass it on to nobody.")
            % {"day": wording.day(invitation.expires_at)},
            _("The answers are wanted by %(day)s.") % {"day": wording.day(ask.campaign.deadline_on)},
        ]
        subject = _("%(campaign)s: %(part)s of %(organisation)s") % _facts(ask)
        return Letter(invitation.mail, subject, "\n\n".join(lines), invitation.language)


def reminder_letter(ask: Ask, count: int, language: str, *, to: str = "", name: str = "") -> Letter:
    """What is still open; the link itself went with the invitation, and is not repeated."""
    with translation.override(language):
        opens = _("Dear %(name)s,") % {"name": name} if name else _("Dear colleagues,")
        still = ngettext(
            "In “%(campaign)s” %(count)s answer about %(organisation)s is still open: %(part)s.",
            "In “%(campaign)s” %(count)s answers about %(organisation)s are still open: %(part)s.",
            count,
        )
        lines = [
            opens,
            still % (_facts(ask) | {"count": count}),
            _("They are wanted by %(day)s.") % {"day": wording.day(ask.campaign.deadline_on)},
            _("“I do not know” is an answer too, with who would know."),
        ]
        subject = _("%(campaign)s: %(part)s of %(organisation)s") % _facts(ask)
        return Letter(to, subject, "\n\n".join(lines), language)


def _facts(ask: Ask) -> dict[str, str]:
    return {
        "owner": ask.owner.name,
        "campaign": ask.campaign.title,
        "organisation": ask.organisation.name,
        "part": str(Part(ask.part).label),
    }
