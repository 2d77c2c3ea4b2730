"""Practices: the list with its facets, one of them, writing, translating, reusing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.apps.accounts.acting import ActingRequest, acting_required
from noaber.apps.accounts.enums import Permission, TlpLabel
from noaber.apps.accounts.models import LANGUAGES
from noaber.apps.accounts.queries import keeps
from noaber.apps.library.panel import links_panel
from noaber.apps.library.views.source import asked_source, title_of_source
from noaber.apps.practices import services
from noaber.apps.practices.forms.practices import WORDS, PracticeFilterForm, PracticeForm, ReuseForm, TranslationForm
from noaber.apps.practices.models import Practice, Reuse
from noaber.apps.practices.presenters.about import about
from noaber.apps.practices.presenters.practices import (
    COLUMNS,
    FILE_COLUMNS,
    ReuseRow,
    languages_of,
    present_facets,
    present_practice,
    words_in,
)
from noaber.apps.practices.queries import PracticeFilter, count_practices, get_practice, get_reuse, list_practices
from noaber.apps.practices.views.source import initial_of_source
from noaber.apps.records.edits import Stands
from noaber.apps.records.history import history_of
from noaber.apps.records.pages import edit_page, new_page, save_form
from noaber.apps.records.permissions import can_change
from noaber.apps.records.words import Values
from noaber.apps.registry.presenters.history import ChangeView, present_history
from noaber.web.edits import form_status
from noaber.web.htmx import render_page_or_fragment
from noaber.web.pagination import paginate
from noaber.web.parts import LANGUAGE_NAMES
from noaber.web.reader import asked_language, reader_language
from noaber.web.tables import Sorting, export

PER_PAGE = 50
_FORM_PAGE: Final = "practices/practice_form.html"


@acting_required
@require_GET
def practices(request: ActingRequest) -> HttpResponse:
    """The list, the newest first unless a column is chosen."""
    form = PracticeFilterForm(request.GET)
    asked = form.wanted()
    found = list(list_practices(request.acting.organisation, asked))
    sorting = Sorting.from_query(request.GET, COLUMNS, default="-made")
    rows = sorting.apply(map(present_practice, found))
    if file := export(request, name="practices", columns=FILE_COLUMNS, rows=rows):
        return file
    context = {
        "form": form,
        "sorting": sorting,
        "pages": paginate(request, rows, per_page=PER_PAGE),
        "facets": present_facets(request.GET, asked, count_practices(found)),
        "is_filtered": asked != PracticeFilter(),
        "may_add": request.acting.may(Permission.COOPERATE),
    }
    return render_page_or_fragment(request, "practices/practices.html", "practices/_practice_rows.html", context)


@acting_required
@require_GET
def practice(request: ActingRequest, number: str) -> HttpResponse:
    """One practice; `?language=` is one into which it was translated."""
    return _page(request, get_practice(request.acting.organisation, number))


def _page(request: ActingRequest, record: Practice, reuse_form: forms.BaseForm | None = None) -> HttpResponse:
    """The page of a practice; `reuse_form` is the one that was refused."""
    acting = request.acting
    kept = keeps(acting.organisation)
    reuses = record.reuses.select_related("organisation")
    words = words_in(record, asked_language(request))
    context: dict[str, Any] = {
        "practice": record,
        "words": {name: words.free(name) for name in WORDS},
        "translation": None if words.language == record.language else words,
        "pdf_languages": [code for code, _name in LANGUAGES],
        "languages": [(code, code == words.language) for code in languages_of(record)],
        "about": about(record),
        "reuses": [ReuseRow(reuse, reuse.organisation_id in kept) for reuse in reuses],
        "links": links_panel(acting, record),
        "groups": [group.name for group in record.groups.all()] if record.owner_id in kept else [],
        "history": _history(record) if record.owner_id in kept else [],
        "is_kept": record.owner_id in kept,
        "may_change": can_change(acting.roles, owner=record.owner_id, kept=kept),
        "may_add": acting.may(Permission.COOPERATE),
        "may_reuse": acting.may(Permission.COOPERATE) and record.owner_id not in kept,
        "reuse_form": reuse_form or ReuseForm(initial={"since": acting.today}),
    }
    status = 422 if reuse_form else 200
    return render_page_or_fragment(
        request, "practices/practice.html", "practices/_practice.html", context, status=status
    )


def _history(record: Practice) -> list[ChangeView]:
    """With where it was reused, and into which language it was put: that stands there as the reason."""
    views = present_history(history_of(record), Practice, {"note": _("What came of it")}, parts=[Reuse])
    return [replace(view, reason=str(LANGUAGE_NAMES.get(view.reason, view.reason))) for view in views]


@acting_required
@require_http_methods(["GET", "POST"])
def practice_new(request: ActingRequest) -> HttpResponse:
    """Write a practice down; `?source=lesson:7` names what led to it."""
    acting = request.acting
    acting.check_may(Permission.COOPERATE)
    source = asked_source(request)
    initial = {"made_on": acting.today, "tlp": TlpLabel.GREEN, **initial_of_source(source)}
    form = PracticeForm(request.POST or None, acting=acting, initial=initial)

    def add(values: Values) -> Practice:
        return services.add_practice(acting, values, source=source)

    told = _("The practice is kept.")
    return new_page(request, form, add, _FORM_PAGE, told, source=source, source_title=title_of_source(source))


@acting_required
@require_http_methods(["GET", "POST"])
def practice_edit(request: ActingRequest, number: str) -> HttpResponse:
    record = get_practice(request.acting.organisation, number)
    return edit_page(request, record, PracticeForm, services.change_practice, _FORM_PAGE)


@acting_required
@require_http_methods(["GET", "POST"])
def practice_translate(request: ActingRequest, number: str) -> HttpResponse:
    """The original beside the form; a translation that is there is bettered."""
    acting = request.acting
    acting.check_may(Permission.COOPERATE)
    record = get_practice(acting.organisation, number)
    others = [code for code, _name in LANGUAGES if code != record.language]
    asked = (request.POST.get("language", ""), request.GET.get("language", ""), reader_language())
    language = next((code for code in asked if code in others), others[0])

    def initial(practice: Practice) -> dict[str, Any]:
        known = practice.translations.filter(language=language).first()
        return {name: getattr(known, name) for name in WORDS} if known else {"language": language}

    stands = Stands(record, initial)
    form = TranslationForm(request.POST or None, initial=initial(record), practice=record)

    def work() -> str:
        services.translate_practice(acting, record, form.values())
        return f"{record.get_absolute_url()}?language={form.cleaned_data['language']}"

    told = _("The translation is kept.")
    if request.method == "POST" and (answer := save_form(request, form, work, told, stands)):
        return answer
    context = {"form": form, "practice": record, "words": {name: record.free(name) for name in WORDS}}
    return render(request, "practices/translation_form.html", context, status=form_status(form))


@acting_required
@require_POST
def practice_reuse(request: ActingRequest, number: str) -> HttpResponse:
    """Say that we reuse it."""
    acting = request.acting
    record = get_practice(acting.organisation, number)
    form = ReuseForm(request.POST)

    def work() -> str:
        services.reuse_practice(acting, record, form.values())
        return record.get_absolute_url()

    return save_form(request, form, work, _("Others now see that you reuse it.")) or _page(request, record, form)


@acting_required
@require_http_methods(["GET", "POST"])
def reuse_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Say what came of it since."""
    acting = request.acting
    acting.check_may(Permission.COOPERATE)
    reuse = get_reuse(acting.organisation, pk, keeps(acting.organisation))
    stands = Stands(reuse, _initial_reuse, history=reuse.practice)
    form = ReuseForm(request.POST or None, initial=_initial_reuse(reuse))

    def work() -> str:
        services.change_reuse(acting, reuse, form.values())
        return reuse.practice.get_absolute_url()

    told = _("The changes are kept.")
    if request.method == "POST" and (answer := save_form(request, form, work, told, stands)):
        return answer
    context = {"form": form, "reuse": reuse, "practice": reuse.practice}
    return render(request, "practices/reuse_form.html", context, status=form_status(form))


def _initial_reuse(reuse: Reuse) -> dict[str, Any]:
    return {name: getattr(reuse, name) for name in ReuseForm.Meta.fields}
