"""What the forms share: how a step was said, coded reasons, and putting problems beside their fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.apps.exchange import words
from noaber.apps.exchange.coded_words import write_reason
from noaber.apps.exchange.services import Manner
from noaber.core.clock_times import Side
from noaber.core.messages.model import Channel
from noaber.core.problems import InvalidInput
from noaber.reference.vocabulary import ReasonUse, reasons_for
from noaber.web import clock, wording
from noaber.web.forms import ClockField, Segments
from noaber.web.reader import reader_language
from noaber.web.written_in import WrittenInField

TEXT_LENGTH: Final = 2000
SHORT_LENGTH: Final = 200
MINUTES_TO_ANSWER: Final = (10, 20, 30, 60, 120)
ANSWER_CLASSES: Final = {"Accept": "yes", "Provisional": "may", "Decline": "no"}
ANSWER_ICONS: Final = {"Accept": "yes", "Provisional": "part", "Decline": "no"}


def reason_choices(use: ReasonUse) -> list[tuple[str, str]]:
    """The coded reasons of a step, with an empty first choice."""
    named = [(reason.code, reason.names.in_language(reader_language())) for reason in reasons_for(use)]
    return [("", ""), *named]


class ReasonField(forms.ChoiceField):
    """A coded reason for one kind of step."""

    def __init__(self, use: ReasonUse, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Reason"))
        super().__init__(choices=lambda: reason_choices(use), **kwargs)


class WordsField(forms.CharField):
    """A few words in the writer's own language."""

    def __init__(self, *, rows: int = 2, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", TEXT_LENGTH)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class CodedWords(forms.Form):
    """A form whose coded reason and words go out as one text, in a message that has no place for a code."""

    words_field: ClassVar[str] = "reason"

    def words_in(self, language: str) -> str:
        return write_reason(self.cleaned_data["reason_code"], self.cleaned_data[self.words_field], language)


def answer_field(labels: Mapping[Any, words.Label] = words.ANSWERS, **kwargs: Any) -> forms.ChoiceField:
    """Yes, perhaps, no, in the words of the step: side by side."""
    kwargs.setdefault("label", _("Answer"))
    options = [(str(answer), label.text) for answer, label in labels.items()]
    widget = Segments(classes=ANSWER_CLASSES, icons=ANSWER_ICONS)
    return forms.ChoiceField(choices=options, widget=widget, **kwargs)


def minutes_field(**kwargs: Any) -> forms.TypedChoiceField:
    """Within how many minutes an answer will come, or is wanted."""
    return forms.TypedChoiceField(choices=_minutes_to_answer, coerce=int, **kwargs)


def _minutes_to_answer() -> list[tuple[int, str]]:
    return [(minutes, wording.duration(minutes)) for minutes in MINUTES_TO_ANSWER]


def has_words(form: object) -> bool:
    """Whether a form asks for words in the writer's own language."""
    return isinstance(form, forms.Form) and any(isinstance(field, WordsField) for field in form.fields.values())


class MannerForm(forms.Form):
    """How a step was said, where it was not said here: the channel, the time, and who said it.

    With `told_by` it is a step of the other side that we enter: then all three are needed. With `has_words` something
    is written with it, in the page's language unless its writer says otherwise.
    """

    prefix = "manner"
    language = WrittenInField()
    channel = forms.ChoiceField(label=_("Said"))
    said_at = ClockField(label=_("At"), required=False, side=Side.BEHIND)
    said_by = forms.CharField(label=_("By whom"), max_length=SHORT_LENGTH, required=False)

    def __init__(self, *args: Any, told_by: str = "", has_words: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told_by, self.has_words = told_by, has_words
        channels = [channel for channel in Channel if not (told_by and channel is Channel.NOABER)]
        channel = self.fields["channel"]
        assert isinstance(channel, forms.ChoiceField)  # noqa: S101 - declared above
        channel.choices = [(item.value, words.CHANNELS[item]) for item in channels]
        channel.initial = channels[0].value
        channel.required = bool(told_by)
        self.fields["said_at"].initial = clock.now

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if Channel(cleaned.get("channel") or Channel.NOABER) is not Channel.NOABER:
            for name in ("said_at", "said_by"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("What was said elsewhere needs the time, and the name of who said it."))
            said_at = cleaned.get("said_at")
            if said_at and said_at > clock.now():
                self.add_error("said_at", _("This time lies ahead."))
        return cleaned

    def manner(self) -> Manner:
        """The manner; call it once the form is valid."""
        channel = Channel(self.cleaned_data.get("channel") or Channel.NOABER)
        if channel is Channel.NOABER:
            return Manner(language=self.cleaned_data["language"])
        return Manner(
            language=self.cleaned_data["language"],
            channel=channel,
            said_at=self.cleaned_data["said_at"],
            said_by=self.cleaned_data["said_by"],
            on_behalf_of=self.told_by,
        )


def add_problems(form: forms.Form, error: InvalidInput, places: dict[str, str] | None = None) -> None:
    """Put each problem beside its field (`places`: JSON pointer to field), or above the form."""
    for problem in error.problems:
        name = (places or {}).get(problem.where)
        form.add_error(name if name in form.fields else None, wording.problem(problem))
